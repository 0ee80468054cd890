"""The card of one thing: every fact about it, in both directions, with document and place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from coopgraph.evidence import DEFAULT, TYPE, Evidences
from coopgraph.model import Evidence, Term
from coopgraph.stores import Store
from coopgraph.terms import CG, COOP, RDFS, SKOS

SUBCLASS: Final = ox.NamedNode(RDFS + "subClassOf")
NAMES: Final = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel", COOP + "acronym")
BOUNDS: Final = tuple(COOP + name for name in ("startEarliest", "startLatest", "endEarliest", "endLatest"))


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
    """A thing with its classes and facts, sorted."""

    iri: str
    kinds: tuple[str, ...]
    facts: tuple[Fact, ...]


def card(store: Store, evidences: Evidences, iri: str, day: str = "") -> Card:
    """Gather everything that the graph holds about a thing; on a day, without spells that were surely not running."""
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
        if day and opens(store, evidences, value) and _over(store, value, day):
            continue
        facts.append(_fact(store, evidences, node, predicate, value, inverse=inverse))
    return Card(iri, tuple(kinds(store, iri)), tuple(facts))


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
    above = {up for name in types for up in _above(store, name)}
    return sorted(types - above)


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
    return any(name in evidences.computed for name in kinds(store, value.value))


def _parts(store: Store, evidences: Evidences, value: Term, parent: ox.NamedNode) -> Iterator[Fact]:
    """Give the facts of a node named by its parts, without the link back."""
    quads = [q for q in store.quads(value, None, None, DEFAULT) if q.predicate != TYPE and q.object != parent]
    store.gather(part for quad in quads for part in (quad.predicate, quad.object))
    for quad in sorted(quads, key=lambda q: (q.predicate.value, str(q.object))):
        if quad.predicate.value not in BOUNDS and quad.predicate.value != COOP + "sourceCount":
            found = evidences.behind(value, quad.predicate, quad.object)
            inner = tuple(_parts(store, evidences, quad.object, parent)) if opens(store, evidences, quad.object) else ()
            yield Fact(quad.predicate.value, inverse=False, value=quad.object, evidence=found, parts=inner)
