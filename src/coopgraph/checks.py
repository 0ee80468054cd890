"""Checks: SHACL Core shapes and check questions, both reported in the curator's words with file and line."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from coopgraph.errors import QueryError
from coopgraph.model import PROVENANCE, Issue, Term, Where
from coopgraph.queries import NamedQuery
from coopgraph.stores.embedded import Embedded
from coopgraph.terms import LANGUAGES, shrink

Marks = Mapping[tuple[str, str], Where]
"""(subject, predicate) → where it was first written; the predicate is "" for the subject as such."""
SEVERITIES: Final = {"Violation": "error", "Warning": "warning", "Info": "info", "violation": "error"}
HOLE: Final = re.compile(r"\{\?(\w+)\}")


def questions(store: Embedded, checks: Mapping[str, NamedQuery], marks: Marks) -> Iterator[Issue]:
    """Run the check questions; each row is one problem. `?this` is the thing, `?path` the property it is about."""
    for check in checks.values():
        try:
            table = store.select(check.text)
        except QueryError as wrong:
            raise QueryError(f"{check.path}: {wrong}") from wrong
        for row in table.rows:
            cells = dict(zip(table.columns, row, strict=True))
            this, path = cells.get("this"), cells.get("path")
            texts = {lang: f"{_fill(check.message[lang], cells)} [{check.name}]" for lang in LANGUAGES}
            severity = SEVERITIES.get(check.severity, check.severity)
            yield Issue(severity, texts, _where(marks, this, path), shrink(_value(this)))


def _fill(message: str, cells: Mapping[str, Term | None]) -> str:
    return HOLE.sub(lambda hole: shrink(_value(cells.get(hole[1]))), message)


def _value(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else "?"


def _where(marks: Marks, this: Term | None, path: Term | None) -> Where | None:
    return marks.get((_value(this), _value(path))) or marks.get((_value(this), ""))


def shapes(store: Embedded, file: Path, marks: Marks) -> Iterator[Issue]:
    """Validate the accepted view and the claim graphs' descriptions against the SHACL Core shapes.

    pySHACL gets a plain rdflib graph: over a foreign store it reports false violations (docs/decisions).
    """
    import pyshacl
    import rdflib

    from coopgraph.stores.rdflib_view import from_ox

    data = rdflib.Graph()
    for quad in _flat(store):
        data.add((from_ox(quad.subject), from_ox(quad.predicate), from_ox(quad.object)))
    _, report, _ = pyshacl.validate(data, shacl_graph=str(file), shacl_graph_format="turtle", advanced=False)
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    for result in report.objects(None, sh.result):
        focus, path = str(report.value(result, sh.focusNode)), str(report.value(result, sh.resultPath) or "")
        name = str(report.value(result, sh.sourceShape)).partition("#")[2]
        said = {getattr(text, "language", None) or "en": str(text) for text in report.objects(result, sh.resultMessage)}
        value = report.value(result, sh.value)
        tail = (f" ({shrink(str(value))})" if value is not None else "") + (f" [{name}]" if name else "")
        texts = {lang: said.get(lang, said.get("en", "")) + tail for lang in LANGUAGES}
        severity = SEVERITIES[str(report.value(result, sh.resultSeverity)).partition("#")[2]]
        yield Issue(severity, texts, marks.get((focus, path)) or marks.get((focus, "")), shrink(focus))


def _flat(store: Embedded) -> Iterator[ox.Quad]:
    yield from store.quads(graph=ox.DefaultGraph())
    yield from store.quads(graph=PROVENANCE)
