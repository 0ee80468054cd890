"""RDF syntaxes, sorted: the same graph gives the same bytes, whatever the order of loading."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final

import pyoxigraph as ox

from coopgraph.exporters.order import keys, ordered
from coopgraph.exporters.turtle import turtle
from coopgraph.terms import PREFIXES

if TYPE_CHECKING:
    from coopgraph.atlas import Atlas

FORMATS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}
LINES: Final = ("nt", "nq")
"""Syntaxes that are written as the statements come."""
BLOCK: Final = 10_000
"""Statements that are turned at a time."""


def accepted(atlas: "Atlas", form: str, out: BinaryIO) -> None:
    """Write the accepted view: what the default graph holds."""
    written(atlas.store.lines(accepted=True), form, out)


def everything(atlas: "Atlas", form: str, out: BinaryIO) -> None:
    """Write the accepted view and every claim graph with its source and place."""
    written(atlas.store.lines(), form, out)


def triples(found: Iterable[ox.Triple], form: str, out: BinaryIO) -> None:
    """Write the triples that a CONSTRUCT or DESCRIBE gave."""
    written((f"{triple} .\n".encode() for triple in found), form, out)


def written(lines: Iterable[bytes], form: str, out: BinaryIO) -> None:
    """Write lines of N-Quads in a syntax, sorted, each once; those for Turtle name no graph."""
    if form == "ttl":
        out.writelines(turtle(keys(lines)))
    elif form in LINES:
        out.writelines(line for _, line in ordered(lines))
    else:
        statements = _read(line for _, line in ordered(lines))
        ox.serialize(statements, out, format=FORMATS[form], prefixes=PREFIXES)


def _read(lines: Iterator[bytes]) -> Iterator[ox.Quad]:
    """Turn lines into statements again: the engine parses quickly, and its objects would fill the memory."""
    while block := b"".join(islice(lines, BLOCK)):
        yield from ox.parse(block, format=ox.RdfFormat.N_QUADS)
