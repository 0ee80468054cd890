"""The accepted view: what the default graph holds. Every claim is in, unless a decision keeps it out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from coopgraph.model import DECISIONS, DOCUMENTS, ONTOLOGY, PROVENANCE, REGISTRY, placed
from coopgraph.terms import CG, CGG, COOP, PREFIXES, SKOS

PREF: Final = ox.NamedNode(SKOS + "prefLabel")
ALT: Final = ox.NamedNode(SKOS + "altLabel")
HIDDEN: Final = ox.NamedNode(SKOS + "hiddenLabel")
ISSUED: Final = ox.NamedNode(PREFIXES["dcterms"] + "issued")
FIRST: Final = (ONTOLOGY, REGISTRY, DECISIONS, DOCUMENTS)
"""Graphs whose names for a thing come before those that documents use."""

Decided = tuple[str, str, str]


def accepted(store: ox.Store) -> list[ox.Quad]:
    """Give the statements of the default graph, from all named graphs of the store but the provenance."""
    rejected = _rejected(store)
    order = {graph: number for number, graph in enumerate(_order(store))}
    triples: dict[ox.Triple, int] = {}
    for quad in store:
        if not isinstance(quad.graph_name, ox.NamedNode) or quad.graph_name == PROVENANCE:
            continue
        if rejected and (str(quad.subject), str(quad.predicate), str(quad.object)) in rejected:
            triple = ox.Triple(quad.subject, HIDDEN if quad.predicate in (PREF, ALT) else quad.predicate, quad.object)
            if triple.predicate != HIDDEN:
                continue
        else:
            triple = quad.triple
        triples[triple] = min(triples.get(triple, len(order)), order.get(quad.graph_name, len(order)))
    return [placed(triple, ox.DefaultGraph()) for triple in _one_name(triples)]


def _rejected(store: ox.Store) -> frozenset[Decided]:
    """List the statements that decisions keep out."""
    found: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for quad in store.quads_for_pattern(None, None, None, DECISIONS):
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            found[str(quad.subject)][quad.predicate.value.removeprefix(COOP)].append(quad.object)
    return frozenset(
        (str(subject), str(predicate), str(value))
        for said in found.values()
        for subject in said["decisionSubject"]
        for predicate in said["decisionProperty"]
        for value in said["rejectedValue"]
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
