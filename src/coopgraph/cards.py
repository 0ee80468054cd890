"""The card of one thing: every fact about it, in both directions, with document and place."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from coopgraph import notebook
from coopgraph.evidence import DEFAULT, TYPE, Evidences
from coopgraph.model import Evidence, Term, printable, short
from coopgraph.stores import Store
from coopgraph.terms import CG, COOP, RDFS, SKOS, shrink

HUB: Final = ox.NamedNode(COOP + "hub")
SUBCLASS: Final = ox.NamedNode(RDFS + "subClassOf")
NAMES: Final = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel", COOP + "acronym")
BOUNDS: Final = tuple(COOP + name for name in ("startEarliest", "startLatest", "endEarliest", "endLatest"))

Wanted = Callable[[str, bool, Term], bool]
"""Tells of a property, whether the other thing says it, and the value, whether that fact is wanted."""
_NARROWEST: "WeakKeyDictionary[Store, dict[frozenset[str], list[str]]]" = WeakKeyDictionary()
"""Classes of a thing → the narrowest of them, for each open store: a store does not change while it is open."""


@dataclass(frozen=True)
class Fact:
    """One statement about a thing. `inverse`: the other thing says it; `parts`: what is inside it."""

    predicate: str
    inverse: bool
    value: Term
    evidence: tuple[Evidence, ...]
    origin: str = ""
    parts: tuple["Fact", ...] = ()


@dataclass(frozen=True)
class Card:
    """A thing with its classes and facts, sorted. `labels` names the things and properties in it, in the language."""

    iri: str
    kinds: tuple[str, ...]
    facts: tuple[Fact, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    lang: str = "en"

    def _repr_html_(self) -> str:
        """Show the card in a notebook: property, value, sources."""
        name = self._said(ox.NamedNode(self.iri))
        kinds = ", ".join(self._said(ox.NamedNode(kind)) for kind in self.kinds)
        arrows = {True: "← ", False: ""}
        rows = [
            (arrows[fact.inverse] + self._said(ox.NamedNode(fact.predicate)), self._told(fact), _cited(fact))
            for fact in readable(self.facts, self.lang)
        ]
        return notebook.table(f"{name} · {kinds}", ("property", "value", "sources"), rows)

    def _told(self, fact: Fact) -> str:
        """Write a value; a node named by its parts by what it holds."""
        parts = (f"{self._said(ox.NamedNode(part.predicate))}: {self._told(part)}" for part in fact.parts)
        return "; ".join(parts) if fact.parts else self._said(fact.value)

    def _said(self, term: Term) -> str:
        value = str(getattr(term, "value", term))
        return printable(self.labels.get(value, shrink(value)) if isinstance(term, ox.NamedNode) else value)


def _cited(fact: Fact) -> str:
    """Write who says a fact or its parts, or where it comes from else."""
    found = {item for part in (fact, *fact.parts) for item in part.evidence}
    return "; ".join(map(short, sorted(found))) or fact.origin


def _things(facts: Iterable[Fact]) -> Iterator[str]:
    """Go through everything with a name in some facts."""
    for fact in facts:
        yield fact.predicate
        if isinstance(fact.value, ox.NamedNode):
            yield fact.value.value
        yield from _things(fact.parts)


def card(
    store: Store, evidences: Evidences, iri: str, day: str = "", lang: str = "en", wanted: Wanted | None = None
) -> Card:
    """Gather everything that the graph holds about a thing; on a day, without spells that were surely not running.

    `wanted` says which facts are wanted, before anything is looked up for them.
    """
    node = ox.NamedNode(iri)
    seen: set[tuple[str, bool, Term]] = set()
    facts = []
    for quad in store.quads(node, None, None, DEFAULT):
        if quad.predicate != TYPE and quad.predicate.value not in BOUNDS:
            seen.add((quad.predicate.value, False, quad.object))
    for quad in store.quads(None, None, node, DEFAULT):
        if quad.predicate not in (TYPE, SUBCLASS) and isinstance(quad.subject, ox.NamedNode):
            seen.add((quad.predicate.value, True, quad.subject))
    store.gather({ox.NamedNode(predicate) for predicate, _, _ in seen} | {value for *_, value in seen})
    for predicate, inverse, value in sorted(seen, key=lambda item: (item[1], item[0], str(item[2]))):
        if wanted and not wanted(predicate, inverse, value):
            continue
        if day and opens(store, evidences, value) and _over(store, value, day):
            continue
        facts.append(_fact(store, evidences, node, predicate, value, inverse=inverse))
    classes = tuple(kinds(store, iri))
    names = {name: evidences.label(name, lang) for name in (iri, *classes, *_things(facts))}
    return Card(iri, classes, tuple(facts), names, lang)


def readable(facts: Iterable[Fact], lang: str) -> tuple[Fact, ...]:
    """Leave out texts in other languages that stand beside one in the reader's: same property, a source in common.

    Names stay in all languages.
    """
    found = tuple(facts)
    own = [fact for fact in found if _language(fact) == lang]

    def doubled(fact: Fact) -> bool:
        beside = (one for one in own if (one.predicate, one.inverse) == (fact.predicate, fact.inverse))
        return any(one.evidence == fact.evidence or set(one.evidence) & set(fact.evidence) for one in beside)

    kept = (fact for fact in found if _language(fact) in ("", lang) or fact.predicate in NAMES or not doubled(fact))
    return tuple(replace(fact, parts=readable(fact.parts, lang)) for fact in kept)


def _language(fact: Fact) -> str:
    return (fact.value.language or "") if isinstance(fact.value, ox.Literal) else ""


def _over(store: Store, value: Term, day: str) -> bool:
    """Tell whether a spell had surely not begun on a day, or was surely over."""

    def bound(name: str) -> str:
        found = store.quads(value, ox.NamedNode(COOP + name), None, DEFAULT)
        return min((str(getattr(quad.object, "value", "")) for quad in found), default="")

    start, end = bound("startEarliest"), bound("endLatest")
    return bool((start and start > day) or (end and end < day))


def kinds(store: Store, iri: str) -> list[str]:
    """Give the narrowest classes of a thing."""
    types = {
        quad.object.value
        for quad in store.quads(ox.NamedNode(iri), TYPE, None, DEFAULT)
        if isinstance(quad.object, ox.NamedNode)
    }
    known = _NARROWEST.setdefault(store, {})
    key = frozenset(types)
    if key not in known:
        known[key] = sorted(types - {up for name in types for up in _above(store, name)})
    return [*known[key]]


def members(store: Store, *classes: str) -> set[str]:
    """List the ids of everything in some classes, or in a class below them."""
    things = (quad.subject for kind in classes for quad in store.quads(None, TYPE, ox.NamedNode(kind), DEFAULT))
    return {shrink(thing.value) for thing in things if isinstance(thing, ox.NamedNode)}


def hubs(store: Store) -> set[str]:
    """List the ids of what so much touches that it connects nobody; the ontology says of which classes (coop:hub)."""
    found = (quad.subject for quad in store.quads(None, HUB, None, DEFAULT))
    return members(store, *(kind.value for kind in found if isinstance(kind, ox.NamedNode)))


def _above(store: Store, name: str) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for quad in store.quads(ox.NamedNode(waiting.pop()), SUBCLASS, None, DEFAULT):
            if isinstance(quad.object, ox.NamedNode) and quad.object.value not in found:
                found.add(quad.object.value)
                waiting.append(quad.object.value)
    return found


def _fact(
    store: Store, evidences: Evidences, node: ox.NamedNode, predicate: str, value: Term, *, inverse: bool
) -> Fact:
    """Make one fact with its evidence; a value that is named by its parts is opened."""
    verb = ox.NamedNode(predicate)
    subject, term = (value, node) if inverse else (node, value)
    found = evidences.behind(subject, verb, term)
    origin = "" if found else evidences.origin(subject, verb, term)
    parts = tuple(_parts(store, evidences, value, node)) if opens(store, evidences, value) else ()
    return Fact(predicate, inverse, value, found, origin, parts)


def opens(store: Store, evidences: Evidences, value: Term) -> bool:
    """Tell whether a value is a node named by its parts, such as a participation or a quantity."""
    if not isinstance(value, ox.NamedNode) or not value.value.startswith(CG):
        return False
    if value.value not in evidences.opened:
        evidences.opened[value.value] = any(name in evidences.computed for name in kinds(store, value.value))
    return evidences.opened[value.value]


def _parts(store: Store, evidences: Evidences, value: Term, parent: ox.NamedNode) -> Iterator[Fact]:
    """Give the facts of a node named by its parts, without the link back."""
    quads = [q for q in store.quads(value, None, None, DEFAULT) if q.predicate != TYPE and q.object != parent]
    store.gather(part for quad in quads for part in (quad.predicate, quad.object))
    for quad in sorted(quads, key=lambda q: (q.predicate.value, str(q.object))):
        if quad.predicate.value not in BOUNDS and quad.predicate.value != COOP + "sourceCount":
            found = evidences.behind(value, quad.predicate, quad.object)
            inner = tuple(_parts(store, evidences, quad.object, parent)) if opens(store, evidences, quad.object) else ()
            yield Fact(quad.predicate.value, inverse=False, value=quad.object, evidence=found, parts=inner)
