"""The accepted view: what the default graph holds. Every claim is in, unless a decision keeps it out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from coopgraph.model import DECISIONS, DOCUMENTS, ONTOLOGY, PROVENANCE, REGISTRY, placed
from coopgraph.terms import CG, CGG, COOP, PREFIXES, SKOS

PREF: Final = ox.NamedNode(SKOS + "prefLabel")
ALT: Final = ox.NamedNode(SKOS + "altLabel")
HIDDEN: Final = ox.NamedNode(SKOS + "hiddenLabel")
ISSUED: Final = ox.NamedNode(PREFIXES["dcterms"] + "issued")
EVERYTHING: Final = f"INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != {PROVENANCE}) }}"
SEVERAL: Final = f"""SELECT DISTINCT ?s WHERE {{
  {{ SELECT ?s ?language WHERE {{ ?s {PREF} ?name BIND(LANG(?name) AS ?language) }}
     GROUP BY ?s ?language HAVING(COUNT(*) > 1) }}
  UNION
  {{ ?s {PREF} ?name ; {ALT} ?name }}
}}"""
"""Things with several preferred names in a language, or with one that is another name of theirs, too."""
FIRST: Final = (ONTOLOGY, REGISTRY, DECISIONS, DOCUMENTS)
"""Graphs whose names for a thing come before those that documents use."""

Decided = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


def accept(store: ox.Store) -> None:
    """Fill the default graph from all named graphs of the store but the provenance."""
    rejected = _rejected(store)
    store.update(EVERYTHING)
    for subject, predicate, term in rejected:
        store.remove(ox.Quad(subject, predicate, term, ox.DefaultGraph()))
    order = {str(graph): number for number, graph in enumerate(_order(store))}
    several = {row["s"] for row in store.query(SEVERAL)}  # type: ignore[union-attr]
    for thing in sorted(several | {subject for subject, _, _ in rejected}, key=str):
        ranked = _ranked(store, thing, order, rejected)
        for predicate in (PREF, ALT):
            for quad in list(store.quads_for_pattern(thing, predicate, None, ox.DefaultGraph())):
                store.remove(quad)
        store.extend(placed(triple, ox.DefaultGraph()) for triple in _one_name(ranked))


def _ranked(
    store: ox.Store, thing: ox.NamedNode, order: Mapping[str, int], rejected: Collection[Decided]
) -> dict[ox.Triple, int]:
    """Give the names of a thing, each with the rank of the graph that gives it; rejected ones become hidden names."""
    found: dict[ox.Triple, int] = {}
    for predicate in (PREF, ALT):
        for quad in store.quads_for_pattern(thing, predicate, None):
            wrong = (quad.subject, quad.predicate, quad.object) in rejected
            triple = ox.Triple(quad.subject, HIDDEN, quad.object) if wrong else quad.triple
            rank = order.get(str(quad.graph_name), len(order))
            found[triple] = min(found.get(triple, rank), rank)
    return found


def _rejected(store: ox.Store) -> frozenset[Decided]:
    """List the statements that decisions keep out."""
    found: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for quad in store.quads_for_pattern(None, None, None, DECISIONS):
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            found[str(quad.subject)][quad.predicate.value.removeprefix(COOP)].append(quad.object)
    return frozenset(
        (subject, predicate, value)
        for said in found.values()
        for subject in said["decisionSubject"]
        for predicate in said["decisionProperty"]
        for value in said["rejectedValue"]
        if isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode)
    )


def _order(store: ox.Store) -> list[ox.NamedNode]:
    """Put the graphs in order: ontology, registry, decisions, then documents from the earliest."""
    issued = {
        quad.subject.value.removeprefix(CG): str(quad.object.value)
        for quad in store.quads_for_pattern(None, ISSUED, None, DOCUMENTS)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    }

    def age(graph: ox.NamedNode) -> tuple[str, str]:
        document = graph.value.removeprefix(CGG).partition("/")[0]
        return issued.get(document, "9999"), graph.value

    named = [graph for graph in store.named_graphs() if isinstance(graph, ox.NamedNode) and graph not in FIRST]
    return [*FIRST, *sorted(named, key=age)]


def _one_name(triples: dict[ox.Triple, int]) -> Iterator[ox.Triple]:
    """Keep one preferred name per language; the others become other names."""
    best: dict[tuple[str, str | None], tuple[int, str]] = {}
    for triple, rank in _names(triples, PREF):
        key = (str(triple.subject), _language(triple))
        best[key] = min(best.get(key, (rank, str(triple.object))), (rank, str(triple.object)))
    chosen = {(subject, name) for (subject, _), (_, name) in best.items()}
    demoted: set[ox.Triple] = set()
    for triple in triples:
        here = (str(triple.subject), str(triple.object))
        if triple.predicate == PREF and here not in chosen:
            demoted.add(ox.Triple(triple.subject, ALT, triple.object))
        elif not (triple.predicate == ALT and here in chosen):
            yield triple
    yield from demoted - triples.keys()


def _names(triples: dict[ox.Triple, int], predicate: ox.NamedNode) -> Iterable[tuple[ox.Triple, int]]:
    return ((triple, rank) for triple, rank in triples.items() if triple.predicate == predicate)


def _language(triple: ox.Triple) -> str | None:
    return triple.object.language if isinstance(triple.object, ox.Literal) else None
