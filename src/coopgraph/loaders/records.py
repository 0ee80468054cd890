"""YAML: one document per source, facts under the place they come from; and the curators' decisions."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from coopgraph import places, sources
from coopgraph.model import DECISIONS, DOCUMENTS, PROVENANCE, Claim, Fields, Issue, Record, Text, Where, problem
from coopgraph.ontology import Ontology


def documents(path: Path, name: str, _ontology: Ontology) -> Iterator[Record | Claim | Issue]:
    """Read the source documents of a file with everything stated in them."""
    for fields in _mappings(path, name):
        if isinstance(fields, Issue):
            yield fields
        else:
            yield from _document(fields, name)


def _mappings(path: Path, name: str) -> Iterator[Fields | Issue]:
    """Read the YAML documents of a file."""
    source = sources.text(path, name)
    if isinstance(source, Issue):
        yield source
    else:
        yield from sources.documents(source, name)


def _document(fields: Fields, name: str) -> Iterator[Record | Claim | Issue]:
    """Read one document: its passport, then its facts place by place."""
    key, value = fields.items[0] if fields.items else (Text("", fields.line), Text("", fields.line))
    if key.value != "document" or not isinstance(value, Text):
        yield problem("document-first", Where(name, key.line), found=key.value)
        return
    passport = Fields(tuple(item for item in fields.items if item[0].value != "facts"), fields.line)
    yield Record(passport, DOCUMENTS, name)
    facts = fields.get("facts")
    if isinstance(facts, Fields):
        for spot, listed in facts:
            yield from _place(value.value, spot, listed, name)
    elif facts is not None:
        found = "a list" if isinstance(facts, tuple) else repr(facts.value[:40])
        yield problem("facts", Where(name, fields.line), found=found)


def _place(document: str, spot: Text, listed: object, name: str) -> Iterator[Record | Claim | Issue]:
    """Read what stands under one place."""
    where = Where(name, spot.line)
    place = places.read(spot.value)
    if not place:
        yield problem("place", where, value=spot.value)
        return
    if not isinstance(listed, tuple) or not listed:
        yield problem("facts", where, found=f"no list under {spot.value}")
        return
    graph = place.graph(document)
    for subject, predicate, term in place.describe(document):
        yield Claim(ox.Quad(subject, predicate, term, PROVENANCE), where)
    for item in listed:
        if isinstance(item, Fields):
            yield Record(item, graph, name)
        else:
            line = item.line if isinstance(item, Text) else spot.line
            yield problem("not-a-record", Where(name, line), value=item.value if isinstance(item, Text) else "a list")


def decisions(path: Path, name: str, _ontology: Ontology) -> Iterator[Record | Claim | Issue]:
    """Read the decisions on claims that exclude each other: one YAML document per decision."""
    for fields in _mappings(path, name):
        yield fields if isinstance(fields, Issue) else Record(fields, DECISIONS, name)
