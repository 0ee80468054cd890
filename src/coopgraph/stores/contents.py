"""What a server holds of our graphs: how much in each, and every statement of them."""

from collections.abc import Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from coopgraph.model import ACCEPTED
from coopgraph.stores.remote import DEFAULT, OURS, Remote

STATEMENTS: Final = 50_000
"""Statements that are read in one answer, unless one graph alone has more."""
GRAPHS: Final = 500
"""Graphs that are read in one answer."""
Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph


def shown(store: Remote, pattern: str = "?s ?p ?o") -> bool:
    """Tell whether the server's own default graph shows anything of a pattern with ?s, ?p and ?o."""
    return any(True for _ in store.found(f"{{ SELECT ?s ?p ?o WHERE {{ {pattern} }} LIMIT 1 }}"))


def counted(store: Remote) -> dict[Graph, int]:
    """Count the statements of each of our graphs."""
    found: dict[Graph, int] = {}
    named = f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {OURS} }} GROUP BY ?g"
    for graph, number in store.point.rows(named, store.dialect.rows)[1]:
        if isinstance(graph, ox.NamedNode) and isinstance(number, ox.Literal):
            found[DEFAULT if graph == ACCEPTED else graph] = int(number.value)
    if not store.dialect.named:
        default = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
        ((number,),) = store.point.rows(default, store.dialect.rows)[1]
        found[DEFAULT] = int(getattr(number, "value", 0))
    return {graph: number for graph, number in found.items() if number}


def held(store: Remote, counts: Mapping[Graph, int]) -> Iterator[ox.Quad]:
    """Go through every statement of these graphs."""
    if DEFAULT in counts:
        yield from store.quads(graph=DEFAULT)
    for names in _portions({str(graph): number for graph, number in counts.items() if graph != DEFAULT}):
        yield from store.found(f"VALUES ?g {{ {' '.join(names)} }} GRAPH ?g {{ ?s ?p ?o }}")


def _portions(counts: Mapping[str, int]) -> Iterator[list[str]]:
    """Cut graphs into portions for one answer each."""
    portion: list[str] = []
    size = 0
    for name in sorted(counts):
        if portion and (size + counts[name] > STATEMENTS or len(portion) == GRAPHS):
            yield portion
            portion, size = [], 0
        portion.append(name)
        size += counts[name]
    if portion:
        yield portion
