"""Checks: SHACL Core shapes and check questions, both reported in the curator's words with file and line."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pyoxigraph as ox

from coopgraph.errors import QueryError
from coopgraph.model import PROVENANCE, Issue, Term, Where
from coopgraph.progress import Tell, silent
from coopgraph.queries import NamedQuery
from coopgraph.stores.embedded import Embedded
from coopgraph.terms import LANGUAGES, PREFIXES, shrink

Marks = Mapping[tuple[str, str], Where]
"""(subject, predicate) → where it was first written; the predicate is "" for the subject as such."""
Verdict = tuple[str, str, Mapping[str, str]]
"""What a shape says of a thing: severity, property, and the message in each language."""
Verdicts = dict[str, list[Verdict]]
"""Digest of a thing's triples → what the shapes say of it."""
SUBCLASS: Final = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
SEVERITIES: Final = {"Violation": "error", "Warning": "warning", "Info": "info", "violation": "error"}
AT_ONCE: Final = 1000
"""Things that are validated in one go."""
HOLE: Final = re.compile(r"\{\?(\w+)\}")


class Finding(NamedTuple):
    """Something that a check found: how grave, about which thing, about which of its properties, in which words."""

    severity: str
    subject: str
    path: str
    texts: Mapping[str, str]

    def issue(self, marks: Marks) -> Issue:
        """Give it its place in the curated files."""
        where = marks.get((self.subject, self.path)) or marks.get((self.subject, ""))
        return Issue(self.severity, self.texts, where, shrink(self.subject))


def questions(store: Embedded, checks: Mapping[str, NamedQuery]) -> Iterator[Finding]:
    """Run the check questions; each row is one problem. `?this` is the thing, `?path` the property it is about."""
    for check in checks.values():
        try:
            table = store.select(check.text)
        except QueryError as wrong:
            raise QueryError(f"{check.path}: {wrong}") from wrong
        for row in table.rows:
            cells = dict(zip(table.columns, row, strict=True))
            texts = {lang: f"{_fill(check.message[lang], cells)} [{check.name}]" for lang in LANGUAGES}
            severity = SEVERITIES.get(check.severity, check.severity)
            yield Finding(severity, _value(cells.get("this")), _value(cells.get("path")), texts)


def _fill(message: str, cells: Mapping[str, Term | None]) -> str:
    return HOLE.sub(lambda hole: shrink(_value(cells.get(hole[1]))), message)


def _value(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else "?"


def prepare() -> None:
    """Import what `shapes` needs, so that this can go on beside other work."""
    import pyshacl  # noqa: F401


def shapes(store: Embedded, file: Path, verdicts: Verdicts, tell: Tell = silent) -> Iterator[Finding]:
    """Validate the accepted view and the claim graphs' descriptions against the SHACL Core shapes.

    A shape looks at one thing and its own triples, so only things that `verdicts` does not know are validated;
    it is brought up to date on the way.
    """
    things = _things(store)
    fresh = sorted(things.keys() - verdicts.keys())
    classes = [str(quad.triple).encode() + b" ." for quad in store.quads(None, SUBCLASS, None, ox.DefaultGraph())]
    for first in range(0, len(fresh), AT_ONCE):
        tell("check", first, len(fresh))
        some = fresh[first : first + AT_ONCE]
        found = _validated([*(triple for digest in some for triple in things[digest]), *classes], file)
        verdicts.update({digest: found.get(_subject(things[digest]), []) for digest in some})
    tell("check", len(fresh), len(fresh))
    for digest in verdicts.keys() - things.keys():
        del verdicts[digest]
    for digest, said in verdicts.items():
        focus = _subject(things[digest])
        for severity, path, texts in said:
            yield Finding(severity, focus, path, texts)


def _things(store: Embedded) -> dict[str, list[bytes]]:
    """Give what is validated: each thing's triples as lines, by their digest."""
    import hashlib

    found: dict[bytes, list[bytes]] = {}
    for graph in (ox.DefaultGraph(), PROVENANCE):
        lines = store.inner.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""
        for line in lines.splitlines():
            found.setdefault(line.partition(b" ")[0], []).append(line)
    return {hashlib.sha256(b"\n".join(sorted(lines))).hexdigest()[:32]: lines for lines in found.values()}


def _subject(lines: list[bytes]) -> str:
    return lines[0].partition(b" ")[0].decode().strip("<>")


def _validated(lines: list[bytes], file: Path) -> dict[str, list[Verdict]]:
    """Run pySHACL over some things; it gets a plain rdflib graph: over a foreign store it reports false violations."""
    import pyshacl
    import rdflib

    from coopgraph.stores.rdflib_view import from_ox

    data = rdflib.Graph()
    for quad in ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES):
        data.add((from_ox(quad.subject), from_ox(quad.predicate), from_ox(quad.object)))
    _, report, _ = pyshacl.validate(data, shacl_graph=str(file), shacl_graph_format="turtle", advanced=False)
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    found: dict[str, list[Verdict]] = {}
    for result in report.objects(None, sh.result):
        name = str(report.value(result, sh.sourceShape)).partition("#")[2]
        said = {getattr(text, "language", None) or "en": str(text) for text in report.objects(result, sh.resultMessage)}
        value = report.value(result, sh.value)
        tail = (f" ({shrink(str(value))})" if value is not None else "") + (f" [{name}]" if name else "")
        texts = {lang: said.get(lang, said.get("en", "")) + tail for lang in LANGUAGES}
        severity = SEVERITIES[str(report.value(result, sh.resultSeverity)).partition("#")[2]]
        path = str(report.value(result, sh.resultPath) or "")
        found.setdefault(str(report.value(result, sh.focusNode)), []).append((severity, path, texts))
    return found
