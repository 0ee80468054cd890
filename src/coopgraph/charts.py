"""From the graph to what a relationship map shows: entities with their facts, relations, sources."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from coopgraph import cards
from coopgraph.evidence import DEFAULT, Evidences
from coopgraph.model import Evidence
from coopgraph.stores import Store
from coopgraph.terms import CG, COOP, LANGUAGES, expand, shrink
from coopgraph.views import model as view

if TYPE_CHECKING:
    from coopgraph.network import Network

DRAWN: Final = ox.NamedNode(COOP + "drawnAs")
ACRONYM: Final = ox.NamedNode(COOP + "acronym")
COUNTRY: Final = ox.NamedNode(COOP + "country")
START: Final = ox.NamedNode(COOP + "startEarliest")
END: Final = ox.NamedNode(COOP + "endLatest")
OTHER: Final = "other"


def model(
    store: Store, evidences: Evidences, network: "Network", title: Mapping[str, str], as_of: str, made: str
) -> view.MapModel:
    """Make the model of a map of a network."""
    chart = _Chart(store, evidences)
    nodes = tuple(chart.node(name) for name in sorted(network))
    edges = tuple(
        chart.edge(f"e{number}", source, target, about)
        for number, (source, target, about) in enumerate(
            sorted(network.edges(data=True), key=lambda edge: (edge[0], edge[1], sorted(edge[2].items())))
        )
    )
    found = {item.source for node in nodes for fact in node.facts for item in fact.evidence}
    found |= {item.source for edge in edges for item in edge.evidence}
    sources = tuple(view.Source(name, *evidences.passport(name, "vi")) for name in sorted(found))
    return view.MapModel(dict(title), nodes, edges, sources, as_of, made, CG)


class _Chart:
    """Looks up what the map says of each entity and relation."""

    def __init__(self, store: Store, evidences: Evidences) -> None:
        self.store = store
        self.evidences = evidences
        quads = store.quads(None, DRAWN, None, DEFAULT)
        self.drawn = {str(getattr(q.subject, "value", "")): str(getattr(q.object, "value", OTHER)) for q in quads}

    def labels(self, iri: str) -> dict[str, str]:
        return {lang: self.evidences.label(iri, lang) for lang in LANGUAGES}

    def one(self, iri: str, predicate: ox.NamedNode) -> str:
        found = (
            getattr(quad.object, "value", "") for quad in self.store.quads(ox.NamedNode(iri), predicate, None, DEFAULT)
        )
        return min(found, default="")

    def kind(self, iri: str) -> str:
        """Give how the class of a thing is drawn; the ontology says it of classes (coop:drawnAs)."""
        waiting = cards.kinds(self.store, iri)
        for name in waiting:
            if name in self.drawn:
                return self.drawn[name]
            ups = self.store.quads(ox.NamedNode(name), cards.SUBCLASS, None, DEFAULT)
            waiting += sorted(quad.object.value for quad in ups if isinstance(quad.object, ox.NamedNode))
        return OTHER

    def node(self, name: str) -> view.Node:
        iri = expand(name)
        labels = self.labels(iri)
        acronym = self.one(iri, ACRONYM)
        return view.Node(
            id=name,
            kind=self.kind(iri),
            labels=labels,
            short=dict.fromkeys(LANGUAGES, acronym) if acronym else labels,
            country=shrink(self.one(iri, COUNTRY)),
            iri=iri,
            facts=tuple(self.facts(iri)),
            start=self.one(iri, START),
            end=self.one(iri, END),
        )

    def facts(self, iri: str) -> Iterable[view.Fact]:
        """Give what the card of an entity says, apart from what the map's relations show."""
        for fact in cards.card(self.store, self.evidences, iri).facts:
            if fact.inverse or fact.parts or (isinstance(fact.value, ox.NamedNode) and fact.value.value.startswith(CG)):
                continue
            value = {lang: self.evidences.text(fact.value, lang) for lang in LANGUAGES}
            yield view.Fact(self.labels(fact.predicate), value, "", tuple(map(_seen, fact.evidence)))

    def edge(self, name: str, source: str, target: str, about: Mapping[str, str]) -> view.Edge:
        found = self.evidences.behind_link(expand(about["fact"]), expand(source), expand(target))
        return view.Edge(
            id=name,
            source=source,
            target=target,
            family=about.get("family") or "structure",
            labels=self.labels(expand(about["relation"])),
            start=about["start"],
            end=about["end"],
            evidence=tuple(map(_seen, found)),
        )


def _seen(found: Evidence) -> view.Evidence:
    return view.Evidence(found.document, found.place, found.mode, found.confidence, found.speaker)
