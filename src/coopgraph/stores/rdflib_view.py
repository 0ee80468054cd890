"""An rdflib `Dataset` over the embedded store, without a copy. Terms come back as rdflib itself makes them."""

from collections.abc import Generator, Iterator
from typing import Any, NoReturn

import pyoxigraph as ox
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.store import Store

from coopgraph.terms import PREFIXES, XSD

Node = rdflib.term.Node


class View(Store):
    """Read-only rdflib store; plain strings have no datatype, as in rdflib's own stores."""

    context_aware = True
    graph_aware = True
    formula_aware = False
    transaction_aware = False

    def __init__(self, inner: ox.Store) -> None:
        super().__init__()
        self.inner = inner
        self._counts: dict[object, int] = {}

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:  # noqa: ANN401  # rdflib's signature
        """Give the matching triples, each with the graphs that hold it."""
        subject, predicate, term = (to_ox(part) for part in triple_pattern)
        if isinstance(subject, ox.Literal) or (predicate is not None and not isinstance(predicate, ox.NamedNode)):
            return
        for quad in self.inner.quads_for_pattern(subject, predicate, term, _graph(context)):
            found = (from_ox(quad.subject), from_ox(quad.predicate), from_ox(quad.object))
            yield found, iter([self._context(quad.graph_name)])

    def _context(self, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> rdflib.Graph:
        name = DATASET_DEFAULT_GRAPH_ID if isinstance(graph, ox.DefaultGraph) else rdflib.URIRef(graph.value)
        return rdflib.Graph(store=self, identifier=name)

    def contexts(self, triple: Any = None) -> Generator[rdflib.Graph, None, None]:  # noqa: ANN401  # rdflib's signature
        """Give the named graphs, or those that hold a triple."""
        if triple is None:
            yield self._context(ox.DefaultGraph())
            yield from (self._context(graph) for graph in self.inner.named_graphs())
            return
        subject, predicate, term = (to_ox(part) for part in triple)
        for quad in self.inner.quads_for_pattern(subject, predicate, term):
            yield self._context(quad.graph_name)

    def __len__(self, context: Any = None) -> int:  # noqa: ANN401  # rdflib's signature
        """Count the triples of a graph, once; without one, of the default graph (rdflib's own count all graphs)."""
        graph = _graph(DATASET_DEFAULT_GRAPH_ID if context is None else context)
        if graph not in self._counts:
            pattern = "{ ?s ?p ?o }" if isinstance(graph, ox.DefaultGraph) else f"{{ GRAPH {graph} {{ ?s ?p ?o }} }}"
            found: Any = self.inner.query(f"SELECT (COUNT(*) AS ?n) {pattern}")
            self._counts[graph] = int(next(found)["n"].value)
        return self._counts[graph]

    def namespaces(self) -> Iterator[tuple[str, rdflib.URIRef]]:
        """Give the prefixes of coopgraph."""
        return ((prefix, rdflib.URIRef(space)) for prefix, space in PREFIXES.items())

    def prefix(self, namespace: Any) -> str | None:  # noqa: ANN401  # rdflib's signature
        """Give the prefix of a namespace."""
        return next((prefix for prefix, space in PREFIXES.items() if space == str(namespace)), None)

    def namespace(self, prefix: str) -> rdflib.URIRef | None:
        """Give the namespace of a prefix."""
        return rdflib.URIRef(PREFIXES[prefix]) if prefix in PREFIXES else None

    def bind(self, prefix: str, namespace: Any, override: bool = True) -> None:  # noqa: ANN401, FBT001, FBT002
        """Take no notice: the prefixes are fixed."""

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Take no notice: rdflib announces each graph that it looks at."""

    def remove_graph(self, graph: rdflib.Graph) -> NoReturn:
        """Refuse: facts come from curated files."""
        self.remove(graph)

    def add(self, *_: object, **__: object) -> NoReturn:
        """Refuse: facts come from curated files."""
        raise NotImplementedError("the graph is read-only; change the curated files and run: coopgraph build")

    def remove(self, *_: object, **__: object) -> NoReturn:
        """Refuse: facts come from curated files."""
        raise NotImplementedError("the graph is read-only; change the curated files and run: coopgraph build")


def _graph(context: Any) -> ox.NamedNode | ox.DefaultGraph | None:  # noqa: ANN401  # a graph, a name or nothing
    name = getattr(context, "identifier", context)
    if name is None:
        return None
    return ox.DefaultGraph() if name == DATASET_DEFAULT_GRAPH_ID else ox.NamedNode(str(name))


def to_ox(term: Node | None) -> Any:  # noqa: ANN401  # a term or nothing
    """Turn an rdflib term into one of pyoxigraph."""
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype or XSD + "string")))
    return ox.BlankNode(str(term)) if isinstance(term, rdflib.BNode) else None


def from_ox(term: Any) -> Node:  # noqa: ANN401  # any pyoxigraph term
    """Turn a pyoxigraph term into one of rdflib."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language or term.datatype.value == XSD + "string":
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def dataset(inner: ox.Store) -> rdflib.Dataset:
    """Give an rdflib `Dataset` over the store; its default graph is the store's default graph."""
    return rdflib.Dataset(store=View(inner), default_union=False)
