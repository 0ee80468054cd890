"""Changes a graph on a SPARQL server by SPARQL 1.1 Update, in portions that may be sent again without harm."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from itertools import groupby
from typing import Final, TypeVar

import pyoxigraph as ox

from coopgraph.errors import QueryError, UnreachableError
from coopgraph.model import ACCEPTED, PUBLICATION
from coopgraph.stores import address
from coopgraph.stores.remote import Remote
from coopgraph.stores.transport import Transport
from coopgraph.terms import PREFIXES

UPDATE: Final = "application/sparql-update"
PORTION: Final = 2_000
"""Statements of one request."""
PAUSES: Final = (0.5, 2.0, 5.0)
"""Seconds before each further try after the connection broke."""
HASH: Final = ox.NamedNode(PREFIXES["dcterms"] + "identifier")
PART: Final = ox.NamedNode(PREFIXES["dcterms"] + "hasPart")
STATUS: Final = ox.NamedNode(PREFIXES["schema"] + "creativeWorkStatus")
UNFINISHED: Final = ox.Literal("unfinished")
T = TypeVar("T")


class Writer:
    """Writes to the server of a `Remote`; where it takes updates follows from its address, or is given."""

    def __init__(self, store: Remote, url: str = "", pauses: tuple[float, ...] = PAUSES) -> None:
        self.store = store
        self.url = url
        self.pauses = pauses

    @cached_property
    def line(self) -> Transport:
        """Connections to the address that takes updates."""
        if self.url:
            return Transport(address.read(self.url), self.store.limits)
        return Transport(address.updating(self.store.point.line.to, self.store.state["server"]), self.store.limits)

    def add(self, quads: Iterable[ox.Quad], done: Callable[[int], None]) -> None:
        """Add statements; tell after each portion how many."""
        self._change("INSERT DATA", quads, done)

    def remove(self, quads: Iterable[ox.Quad], done: Callable[[int], None]) -> None:
        """Remove statements; tell after each portion how many."""
        self._change("DELETE DATA", quads, done)

    def drop(self, graphs: Iterable[ox.NamedNode]) -> None:
        """Remove what is left of emptied graphs: on some servers, that they exist; on others there is no such thing."""
        for graph in graphs:
            with suppress(QueryError):
                self.send(f"DROP SILENT GRAPH {graph}")

    def _change(self, verb: str, quads: Iterable[ox.Quad], done: Callable[[int], None]) -> None:
        for portion in _portions(quads):
            self.send(f"{verb} {{\n{self._written(portion)}}}")
            done(len(portion))

    def _written(self, quads: list[ox.Quad]) -> str:
        """Write statements as the data of an update."""
        named = self.store.dialect.named
        parts = []
        for graph, group in groupby(quads, key=lambda quad: quad.graph_name):
            lines = "".join(f"{quad.triple} .\n" for quad in group)
            at = ACCEPTED if named and isinstance(graph, ox.DefaultGraph) else graph
            parts.append(lines if isinstance(at, ox.DefaultGraph) else f"GRAPH {at} {{\n{lines}}}\n")
        return "".join(parts)

    def begin(self, *, named: bool) -> None:
        """Note on the server that a publication goes on, and where the accepted view will lie."""
        note = f"{PUBLICATION} {STATUS} {UNFINISHED} ." + f" {PUBLICATION} {PART} {ACCEPTED} ." * named
        self.send(f"INSERT DATA {{ GRAPH {PUBLICATION} {{ {note} }} }}")

    def end(self, digest: str) -> None:
        """Note that the graph is whole, and its hash."""
        old = f"{PUBLICATION} {STATUS} {UNFINISHED} ."
        known = self.store.state.get("identifier")
        if known and known != digest:
            old += f" {PUBLICATION} {HASH} {ox.Literal(known)} ."
        new = f"{PUBLICATION} {HASH} {ox.Literal(digest)} ."
        self.send(f"INSERT DATA {{ GRAPH {PUBLICATION} {{ {new} }} }}")
        self.send(f"DELETE DATA {{ GRAPH {PUBLICATION} {{ {old} }} }}")

    def send(self, update: str) -> None:
        """Send one update; when the connection breaks, send it again: what is there twice is there once."""

        def once() -> None:
            reply = self.line.send("POST", {"Content-Type": UPDATE, "Accept": "*/*"}, update.encode())
            while reply.read():
                pass

        self.patiently(once)

    def patiently(self, task: Callable[[], T]) -> T:
        """Do something that may be done again, a few times when the connection breaks.

        Raises UnreachableError when it broke every time.
        """
        for pause in self.pauses:
            try:
                return task()
            except UnreachableError:
                time.sleep(pause)
        return task()


def _portions(quads: Iterable[ox.Quad]) -> Iterator[list[ox.Quad]]:
    """Cut statements into portions for one request each."""
    portion: list[ox.Quad] = []
    for quad in quads:
        portion.append(quad)
        if len(portion) == PORTION:
            yield portion
            portion = []
    if portion:
        yield portion
