"""Stores: where the graph is asked. One Protocol; embedded on disk, embedded in a process of its own, and remote."""

from collections.abc import Iterable, Iterator
from typing import Protocol

import pyoxigraph as ox

from coopgraph.model import Table, Term


class Store(Protocol):
    """What the rest of the program asks of a store."""

    def select(self, sparql: str) -> Table:
        """Answer a SELECT or ASK question; an ASK gives one row with one boolean."""

    def construct(self, sparql: str) -> Iterator[ox.Triple]:
        """Answer a CONSTRUCT or DESCRIBE question."""

    def quads(
        self,
        subject: Term | None = None,
        predicate: ox.NamedNode | None = None,
        term: Term | None = None,
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """Go through the statements that match; nothing given matches all."""

    def gather(self, things: Iterable[Term], *, inverse: bool = False, steps: int = 0) -> None:
        """Take note that these things will be asked about next; a store that is far away fetches them at once.

        With `inverse`, what others say of them will be asked for; with `steps`, what they say as well, so many times.
        """
