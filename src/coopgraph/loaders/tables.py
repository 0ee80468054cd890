"""CSV: the registry of who and what exists, and bulk facts with `source` and `at` columns."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from coopgraph import places, sources
from coopgraph.model import PROVENANCE, REGISTRY, Claim, Fields, Issue, Node, Record, Text, Where, problem
from coopgraph.ontology import Ontology
from coopgraph.terms import SLUG


def registry(path: Path, name: str, ontology: Ontology) -> Iterator[Record | Claim | Issue]:
    """Read registry rows: identity only, so every column must be an identifying one."""
    for row in sources.rows(path, name):
        if isinstance(row, Issue):
            yield row
            continue
        record = _record(row, name, ontology)
        if isinstance(record, Issue):
            yield record
            continue
        wrong = [issue for key, _ in record.items[1:] if (issue := _not_identity(key, record, name, ontology))]
        yield from wrong
        if not wrong:
            yield Record(record, REGISTRY, name)


def _not_identity(key: Text, record: Fields, name: str, ontology: Ontology) -> Issue | None:
    """Refuse a column that needs a source."""
    kind = ontology.kinds[record.items[0][0].value]
    chosen = ontology.choose(key.value, kind)
    if chosen and not all(prop.identifying for prop in chosen):
        return problem("identity-only", Where(name, key.line), key=key.value)
    return None


def facts(path: Path, name: str, ontology: Ontology) -> Iterator[Record | Claim | Issue]:
    """Read bulk facts: each row says which document states it, and where in it."""
    described: set[str] = set()
    for row in sources.rows(path, name):
        if isinstance(row, Issue):
            yield row
        else:
            yield from fact(row, name, ontology, described)


def fact(row: Fields, name: str, ontology: Ontology, described: set[str]) -> Iterator[Record | Claim | Issue]:
    """Read one row of bulk facts; graphs among `described` are not described again, those met here are added."""
    source, at = row.get("source"), row.get("at")
    where = Where(name, row.line)
    if not isinstance(source, Text) or not SLUG.fullmatch(source.value):
        missing = "column `source` with the id of a document, e.g. doc-moha-2020-11-17"
        yield problem("no-source", where, missing=missing)
        return
    place = places.read(at.value) if isinstance(at, Text) else None
    if not place:
        yield problem("place", where, value=at.value if isinstance(at, Text) else "")
        return
    graph = place.graph(source.value)
    if graph.value not in described:
        described.add(graph.value)
        for subject, predicate, term in place.describe(source.value):
            yield Claim(ox.Quad(subject, predicate, term, PROVENANCE), where)
    rest = Fields(tuple(item for item in row.items if item[0].value not in ("source", "at")), row.line)
    record = _record(rest, name, ontology)
    yield record if isinstance(record, Issue) else Record(record, graph, name)


def _record(row: Fields, name: str, ontology: Ontology) -> Fields | Issue:
    """Turn a row into a record: class key first, several values split at `; `, `name.vi` gathered under `name`."""
    nothing = Text("", row.line)
    cells = [(key, value) for key, value in row if isinstance(value, Text)]
    (key, value), *rest = cells or [(nothing, nothing)]
    if key.value == "class":
        key, value = value, next((text for name_, text in rest if name_.value == "id"), nothing)
        rest = [item for item in rest if item[0].value != "id"]
    rest = [item for item in rest if item[1].value]
    if key.value not in ontology.kinds:
        return problem("class-column", Where(name, row.line), ontology.kinds, found=key.value)
    gathered = tuple(_gather(rest, row.line))
    if not value.value:
        return Fields(((key, Fields(gathered, row.line)),), row.line)
    return Fields(((key, value), *gathered), row.line)


def _gather(cells: list[tuple[Text, Text]], line: int) -> list[tuple[Text, Node]]:
    """Bring the language columns of one key together, and split cells that hold several values."""
    plain: list[tuple[Text, Node]] = []
    spoken: dict[str, list[Node]] = defaultdict(list)
    for key, value in cells:
        base, dot, lang = key.value.partition(".")
        parts = [Text(part.strip(), line) for part in value.value.split("; ")]
        if dot:
            spoken[base].extend(Fields(((Text(lang, line), part),), line) for part in parts)
        else:
            plain.append((key, tuple(parts)))
    return [*plain, *((Text(key, line), tuple(values)) for key, values in spoken.items())]
