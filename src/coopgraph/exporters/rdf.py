"""RDF syntaxes, sorted: the same graph gives the same bytes, whatever the order of loading."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final

import pyoxigraph as ox

from coopgraph.exporters.order import keys, ordered
from coopgraph.exporters.turtle import turtle
from coopgraph.model import placed
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
    if form == "ttl":
        out.writelines(turtle(keys(atlas.store.lines())))
    else:
        written(atlas.store.quads(graph=ox.DefaultGraph()), form, out)


def everything(atlas: "Atlas", form: str, out: BinaryIO) -> None:
    """Write the accepted view and every claim graph with its source and place."""
    written(atlas.quads(), form, out)


def triples(found: Iterable[ox.Triple], form: str, out: BinaryIO) -> None:
    """Write the triples that a CONSTRUCT or DESCRIBE gave."""
    if form == "ttl":
        out.writelines(turtle(keys(f"{triple} .\n".encode() for triple in found)))
    else:
        written((placed(triple, ox.DefaultGraph()) for triple in found), form, out)


def written(quads: Iterable[ox.Quad], form: str, out: BinaryIO) -> None:
    """Write statements in a syntax other than Turtle, sorted, each once."""
    lines = (line for _, line in ordered(quads))
    if form in LINES:
        out.writelines(lines)
    else:
        ox.serialize(_read(lines), out, format=FORMATS[form], prefixes=PREFIXES)


def _read(lines: Iterator[bytes]) -> Iterator[ox.Quad]:
    """Turn lines into statements again: the engine parses quickly, and its objects would fill the memory."""
    while block := b"".join(islice(lines, BLOCK)):
        yield from ox.parse(block, format=ox.RdfFormat.N_QUADS)
