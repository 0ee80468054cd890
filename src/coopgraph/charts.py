"""From the graph to what a relationship map shows: entities with their facts, relations, sources."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from coopgraph import cards, dates, sentences
from coopgraph.errors import QueryError
from coopgraph.evidence import DEFAULT, Evidences, where
from coopgraph.model import Evidence, Term
from coopgraph.stores import Store
from coopgraph.terms import CG, COOP, LANGUAGES, SKOS, expand, shrink
from coopgraph.views import model as view

if TYPE_CHECKING:
    from coopgraph.network import Network

DRAWN: Final = ox.NamedNode(COOP + "drawnAs")
ACRONYM: Final = ox.NamedNode(COOP + "acronym")
COUNTRY: Final = ox.NamedNode(COOP + "country")
START: Final = ox.NamedNode(COOP + "startEarliest")
END: Final = ox.NamedNode(COOP + "endLatest")
OTHER: Final = "other"
SHOWN_BY_EDGES: Final = (
    COOP + "inActivity",
    COOP + "participant",
    COOP + "onBehalfOf",
    COOP + "sentBy",
    COOP + "linkAgent",
)
"""What takes part where is drawn as relations, not told on cards."""

HEADING: Final = SKOS + "prefLabel"
"""The name of an entity stands over its card."""
SEEN_AT: Final = COOP + "observedAt"
"""Whose post was seen at an event is told on the card of the person."""
UNTOLD: Final = (COOP + "alsoReportedBy", COOP + "sourceCount")
"""What says something of sources, not of the thing."""
UNIT: Final = COOP + "unit"


def model(
    store: Store, evidences: Evidences, network: "Network", title: Mapping[str, str], as_of: str, made: str
) -> view.MapModel:
    """Make the model of a page of a network.

    Raises QueryError when its edges do not say which relation they are, or by which fact.
    """
    lacking = {"relation", "fact"}.difference(*(about for *_, about in network.edges(data=True)))
    if network.edges and lacking:
        columns = " ?".join(["", *sorted(lacking)]).strip()
        raise QueryError(
            f"the question has no columns {columns} to draw; see docs/extending.md",
            f"câu hỏi không có cột {columns} để vẽ; xem docs/extending.md",
        )
    chart, things = _Chart(store, evidences), [ox.NamedNode(expand(name)) for name in sorted(network)]
    told = {about[key] for *_, about in network.edges(data=True) for key in ("fact", "relation")}
    store.gather([*things, *(ox.NamedNode(expand(name)) for name in sorted(told))])
    store.gather(things, inverse=True)
    store.gather(things, steps=2)
    nodes = _told_apart([chart.node(name) for name in sorted(network)])
    drawn = sorted(network.edges(data=True), key=lambda edge: (edge[0], edge[1], sorted(edge[2].items())))
    edges = tuple(chart.edge(f"e{number}", *edge) for number, edge in enumerate(drawn))
    found = {item.source for node in nodes for fact in node.facts for item in fact.evidence}
    found |= {item.source for edge in edges for item in edge.evidence}
    evidences.ready(sorted(found))
    sources = tuple(view.Source(name, *evidences.passport(name, "vi")) for name in sorted(found))
    return view.MapModel(dict(title), nodes, edges, sources, as_of, made, CG)


def _told_apart(nodes: Sequence[view.Node]) -> tuple[view.Node, ...]:
    """Add the country to a short name that several bodies share, such as MoHA."""
    taken = Counter(short for node in nodes for short in {*node.short.values()})

    def apart(node: view.Node) -> view.Node:
        code = node.country.rpartition("-")[2].upper()
        if not code or all(taken[short] == 1 for short in node.short.values()):
            return node
        return replace(node, short={lang: f"{short} ({code})" for lang, short in node.short.items()})

    return tuple(apart(node) for node in nodes)


class _Chart:
    """Looks up what the map says of each entity and relation."""

    def __init__(self, store: Store, evidences: Evidences) -> None:
        self.store = store
        self.evidences = evidences
        quads = store.quads(None, DRAWN, None, DEFAULT)
        self.drawn = {str(getattr(q.subject, "value", "")): str(getattr(q.object, "value", OTHER)) for q in quads}

    def labels(self, iri: str) -> dict[str, str]:
        return {lang: self.evidences.label(iri, lang) for lang in LANGUAGES}

    def acronyms(self, iri: str) -> dict[str, str]:
        """Give the acronym in each language; one that has no Vietnamese twin serves both."""
        quads = sorted(self.store.quads(ox.NamedNode(iri), ACRONYM, None, DEFAULT), key=str)
        found = {quad.object.language: quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}
        return {lang: known for lang in LANGUAGES if (known := found.get(lang) or found.get("en"))}

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
        return view.Node(
            id=name,
            kind=self.kind(iri),
            labels=labels,
            short={**labels, **self.acronyms(iri)},
            country=shrink(self.one(iri, COUNTRY)),
            iri=iri,
            facts=tuple(self.facts(iri)),
            start=self.one(iri, START),
            end=self.one(iri, END),
            when=self.evidences.when(iri),
        )

    def facts(self, iri: str) -> Iterable[view.Fact]:
        """Give what the card of an entity says, apart from what the map's relations show."""
        for fact in cards.card(self.store, self.evidences, iri, wanted=self.told).facts:
            if not _known(fact):
                continue
            heading = fact.predicate
            if fact.parts and fact.inverse:
                heading = cards.kinds(self.store, str(getattr(fact.value, "value", "")))[0]
            seen = {item for part in (fact, *fact.parts) for item in part.evidence}
            amount = _amount(fact)
            held = () if amount else (part for part in fact.parts if part.predicate not in UNTOLD)
            parts = tuple((self.labels(part.predicate), self.texts(part)) for part in held)
            yield view.Fact(
                self.labels(heading), {} if parts else self.texts(fact), "", tuple(map(_seen, sorted(seen))), parts
            )

    def texts(self, fact: cards.Fact) -> dict[str, str]:
        """Write a value in each language; a text of one language, unless it is another name, in that one."""
        term = fact.value
        named = fact.predicate in cards.NAMES and fact.predicate != HEADING
        if isinstance(term, ox.Literal) and term.language and not named:
            return {term.language: term.value}
        return {lang: self.text(fact, lang) for lang in LANGUAGES}

    def told(self, predicate: str, inverse: bool, value: Term) -> bool:  # noqa: FBT001  # as `cards.Wanted` has it
        """Tell whether a card tells a fact, because no relation of the map shows it."""
        if predicate in SHOWN_BY_EDGES or predicate == HEADING or (inverse and predicate == SEEN_AT):
            return False
        thing = isinstance(value, ox.NamedNode) and value.value.startswith(CG)
        return cards.opens(self.store, self.evidences, value) or not (inverse or thing)

    def text(self, fact: cards.Fact, lang: str) -> str:
        """Write a value in one line; a node named by its parts by what it holds."""
        parts = cards.readable(fact.parts, lang)
        if not parts:
            return self.evidences.text(fact.value, lang)
        if _amount(fact):
            return sentences.amount(self.evidences, parts, lang)
        return "; ".join(f"{self.evidences.label(part.predicate, lang)}: {self.text(part, lang)}" for part in parts)

    def edge(self, name: str, source: str, target: str, about: Mapping[str, str]) -> view.Edge:
        fact, via = expand(about["fact"]), about.get("via", "")
        found = self.evidences.behind_link(fact, *(expand(end) for end in (source, target, via) if end))
        return view.Edge(
            id=name,
            source=source,
            target=target,
            family=about.get("family") or "structure",
            labels=self.labels(expand(about["relation"])),
            start=_bound(about["start"], 0),
            end=_bound(about["end"], -1),
            evidence=tuple(map(_seen, found)),
            when=self.when(source, target, about),
            start_latest=_bound(about.get("startLatest", ""), -1),
            end_earliest=_bound(about.get("endEarliest", ""), 0),
            via=self.labels(expand(via)) if via and via not in (about["relation"], source) else {},
        )

    def when(self, source: str, target: str, about: Mapping[str, str]) -> str:
        """Give the time of a relation as the sources do.

        What its source says of itself, where the question gives bounds, has only these: a unit is older than its place.
        """
        if about["fact"] == source and "startLatest" in about:
            return ""
        return self.evidences.when(*dict.fromkeys((expand(about["fact"]), expand(target))))


def _amount(fact: cards.Fact) -> bool:
    """Tell whether the parts of a fact make a quantity."""
    return any(part.predicate == UNIT for part in fact.parts)


def _known(fact: cards.Fact) -> bool:
    """Tell whether a source says so; names stand in the heading, and what rules derive is drawn."""
    return bool(fact.evidence or fact.parts)


def _bound(date: str, end: int) -> str:
    """Give the first (0) or the last (-1) day that a date, perhaps a partial one, can mean."""
    days = dates.span(date)
    return days[end] if days else date


def _seen(found: Evidence) -> view.Evidence:
    return view.Evidence(found.document, where(found, "en"), found.mode, found.confidence, found.speaker)
