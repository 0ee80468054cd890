"""Derives the four day bounds of everything that has a date, a sighting, or a successor in a single seat."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

import pyoxigraph as ox

from coopgraph import dates
from coopgraph.dates import Bounds
from coopgraph.model import DERIVED
from coopgraph.terms import COOP, PREFIXES, XSD

GRAPH: Final = ox.NamedNode(DERIVED + "bounds")
NAMES: Final = {
    "start_earliest": "startEarliest",
    "start_latest": "startLatest",
    "end_earliest": "endEarliest",
    "end_latest": "endLatest",
}
Spans = dict[str, list[tuple[str, str]]]


def derive(store: ox.Store) -> Iterator[ox.Quad]:
    """Give the bounds that follow from the accepted dates, as statements of `derived/bounds`."""
    starts, ends, seen_on, over = (_literals(store, name) for name in ("startDate", "endDate", "observedOn", "endedBy"))
    seen: Spans = defaultdict(list)
    for subject, texts in seen_on.items():
        seen[subject] = [span for text in texts if (span := dates.span(text))]
    known = {subject: dates.bounds(starts[subject], ends[subject], [], []) for subject in starts.keys() | ends.keys()}
    for subject, places in _links(store, COOP + "observedAt").items():
        seen[subject] += [span for place in places if (span := _span_of(store, place, known))]
    subjects = starts.keys() | ends.keys() | seen.keys() | over.keys()
    found = {name: dates.bounds(starts[name], ends[name], seen[name], over[name]) for name in sorted(subjects)}
    _succeed(store, found)
    for subject, bound in found.items():
        for field, name in NAMES.items():
            if value := getattr(bound, field):
                day = ox.Literal(value, datatype=ox.NamedNode(XSD + "date"))
                yield ox.Quad(ox.NamedNode(subject), ox.NamedNode(COOP + name), day, GRAPH)


def _literals(store: ox.Store, name: str) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, ox.NamedNode(COOP + name), None, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            found[quad.subject.value].append(quad.object.value)
    return found


def _links(store: ox.Store, predicate: str) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            found[quad.subject.value].append(quad.object.value)
    return found


def _span_of(
    store: ox.Store, place: str, known: dict[str, Bounds], via: frozenset[str] = frozenset()
) -> tuple[str, str] | None:
    """Give the days of the event, or of the larger one it is part of, or the date of issue of the document."""
    bound = known.get(place)
    if bound and bound.start_earliest and bound.start_latest:
        return bound.start_earliest, bound.end_latest or bound.start_latest
    for predicate in (COOP + "partOf", PREFIXES["dcterms"] + "issued"):
        for quad in store.quads_for_pattern(ox.NamedNode(place), ox.NamedNode(predicate), None, ox.DefaultGraph()):
            if isinstance(quad.object, ox.Literal):
                return dates.span(quad.object.value)
            if isinstance(quad.object, ox.NamedNode) and quad.object.value not in via:
                return _span_of(store, quad.object.value, known, via | {place})
    return None


def _succeed(store: ox.Store, found: dict[str, Bounds]) -> None:
    """Let holders of a single seat close and open each other's spells, where they do not overlap."""
    single = ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))
    for post in store.quads_for_pattern(None, ox.NamedNode(COOP + "singleSeat"), single, ox.DefaultGraph()):
        tenures = store.quads_for_pattern(None, ox.NamedNode(COOP + "post"), post.subject, ox.DefaultGraph())
        names = [quad.subject.value for quad in tenures if isinstance(quad.subject, ox.NamedNode)]
        dated = sorted(
            (found[name].start_latest or "", name) for name in names if name in found and found[name].start_latest
        )
        for (_, earlier), (_, later) in pairwise(dated):
            found[earlier], found[later] = _hand_over(found[earlier], found[later])


def _hand_over(earlier: Bounds, later: Bounds) -> tuple[Bounds, Bounds]:
    """Close the earlier spell by the later one's latest start; open the later by the earlier one's last sighting."""
    last, first = earlier.end_earliest, later.start_latest
    if not last or not first or last > first:
        return earlier, later
    return (
        replace(earlier, end_latest=min(earlier.end_latest or first, first)),
        replace(later, start_earliest=max(later.start_earliest or last, last)),
    )
