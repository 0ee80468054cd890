"""Who does what together, and how often: questions that pair things, counted over `arrays` instead of joined.

Each method gives the very table of the question whose name it bears, the first rows of it where so many are enough.
The facts behind a row are gathered for the rows that are given.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from heapq import nlargest, nsmallest
from itertools import combinations, groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Final, TypeVar

import pyoxigraph as ox

from coopgraph.arrays import NOTHING, Arrays, Row, opened
from coopgraph.model import Table, Term
from coopgraph.stores import Store
from coopgraph.terms import CGV, PREFIXES

PERSON: Final = PREFIXES["foaf"] + "Person"
TABLES: Final = frozenset(["circles", "days", "entries", "guests", "homes", "kinds", "pacts", "parts", "shares"])
"""The questions of `queries/counts/`."""
BASES: Final = (CGV + "basis-bilateral-event", CGV + "basis-multilateral-event", CGV + "basis-agreement")
"""What two countries share, in the order of the columns."""
Pair = tuple[int, int]
Values = Mapping[str, str]
Cells = tuple[Term | None, ...]
Found = TypeVar("Found", bound=tuple[object, ...])


class Together:
    """Counts over the tables of one graph. `values` fill the parameters of the question; `most` 0 gives all rows."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self.taken = cache(self._taken)
        self.facts = cache(self._facts)

    @property
    def ready(self) -> bool:
        """Tell whether the graph has the questions that these counts are made of; another's folder need not."""
        return self.arrays.tables.keys() >= TABLES

    def co_attendance(self, values: Values, most: int = 0) -> Table:
        """Count the activities that two took part in; `kind` is a class, `who` one of the two."""
        kind = self._number(values.get("kind", PERSON))
        kept = {agent for _, agent in self.arrays.of("kinds", kind)}
        who = self._given(values, "who")
        counts: Counter[Pair] = Counter()
        last: dict[Pair, int] = {}
        for day, pairs in self._meetings(kept):
            met = pairs if who is None else [pair for pair in pairs if who in pair]
            counts.update(met)
            last.update(dict.fromkeys(met, day))
        least = min(nlargest(most, counts.values()), default=0)
        best = ((pair, count) for pair, count in counts.items() if count >= least)
        found = ((-count, *ends, last[pair]) for pair, count in best if (ends := _turned(pair, who)))
        rows: list[Cells] = []
        for count, one, other, day in _first(found, most):
            said = ox.Literal(self.arrays.text(day))
            rows.append((*self._things(one, other), ox.Literal(-count), said, self._met(one, other)))
        return Table(("one", "other", "activities", "last", "facts"), tuple(rows))

    def _meetings(self, kept: set[int]) -> Iterator[tuple[int, Iterable[Pair]]]:
        """Give the pairs that each activity brings together, with its day, the earliest activity first."""
        began: dict[int, int] = dict(self.arrays.rows("days"))  # type: ignore[arg-type]  # rows of two
        there: defaultdict[int, list[int]] = defaultdict(list)
        for agent, part, _ in self.arrays.rows("entries"):
            if agent in kept and there[part][-1:] != [agent]:
                there[part].append(agent)
        wholes = [(began.get(whole, NOTHING), whole, rows) for whole, rows in _grouped(self.arrays, "parts")]
        for day, whole, rows in sorted(wholes, key=itemgetter(0)):
            alone = rows == [(whole, whole, whole)]
            yield day, list(combinations(there.get(whole, ()), 2)) if alone else _across(rows, there)

    def _met(self, one: int, other: int) -> ox.Literal:
        """List what says that two took part in the same: the nodes, and the activities that these name."""
        found = set[int]()
        for inner, outer in ((one, other), (other, one)):
            (said, near), (named, _) = self.taken(inner), self.taken(outer)
            for around in near.keys() & named.keys():
                found |= {around, *near[around], *named[around]}
                found.update(*(said[part] for part in near[around]))
        return self._listed(found)

    def _taken(self, agent: int) -> tuple[Mapping[int, set[int]], Mapping[int, set[int]]]:
        """Give the activities that one takes part in with the nodes that say so, and those around with their parts."""
        said: defaultdict[int, set[int]] = defaultdict(set)
        near: defaultdict[int, set[int]] = defaultdict(set)
        for _, part, entry in self.arrays.of("entries", agent):
            said[part].add(entry)
            for _, around in self.arrays.of("above", part):
                near[around].add(part)
        return said, near

    def partner_intensity(self, values: Values, most: int = 0) -> Table:
        """Count what two countries share, year by year; `country` and `partner` are the two."""
        country, partner = self._given(values, "country"), self._given(values, "partner")
        shared = groupby(self.arrays.rows("shared"), key=itemgetter(0, 1, 2))
        found = (
            ((*ends, year), list(items))
            for (one, other, year), items in shared
            if (ends := _turned((one, other), country, partner))
        )
        in_order = country is None and partner is None
        rows: list[Cells] = []
        for (one, other, year), items in islice(found, most or None) if in_order else _first(found, most):
            counts = Counter(self.arrays.text(basis) for *_, basis, _ in items)
            said = ox.Literal(self.arrays.text(year)) if year != NOTHING else None
            behind = self._behind((one, other), {what for *_, what in items})
            rows.append((said, *self._things(one, other), *(ox.Literal(counts[basis]) for basis in BASES), behind))
        columns = ("year", "one", "other", "bilateral", "multilateral", "agreements", "facts")
        return Table(columns, tuple(rows))

    def _behind(self, ends: Pair, items: Iterable[int]) -> ox.Literal:
        """List what says that two countries share something."""
        return self._listed({fact for what in items for country in ends for fact in self.facts(what, country)})

    def _facts(self, what: int, country: int) -> list[int]:
        """Give what says that a country has to do with an activity or agreement."""
        return [fact for *_, fact in self.arrays.of("behind", what, country)]

    def met_whom(self, values: Values, most: int = 0) -> Table:
        """List the people of different countries at each event; `person` is one of the two."""
        person = self._given(values, "person")
        guests = {event: [row[1:] for row in rows] for event, rows in _grouped(self.arrays, "guests")}
        found: dict[tuple[int, int, int], Pair] = {}
        for event, larger in self.arrays.rows("circles"):
            for inner, home, mine in guests.get(event, ()):
                for outer, other_home, theirs in guests.get(larger, ()):
                    if inner != outer and home != other_home and (ends := _turned((inner, outer), person)):
                        known = found.get((*ends, event), (mine, theirs))
                        found[*ends, event] = min(known[0], mine), min(known[1], theirs)
        rows = (self._things(*ends, *found[ends]) for ends in _first(found, most))
        return Table(("one", "other", "event", "entry", "otherEntry"), tuple(rows))

    def _given(self, values: Values, name: str) -> int | None:
        """Give the number of a value; None when it is not given."""
        return self._number(values[name]) if name in values else None

    def _number(self, text: str) -> int:
        """Give the number of a text; NOTHING, which meets nobody, for what no table names."""
        found = self.arrays.number(text)
        return NOTHING if found is None else found

    def _things(self, *numbers: int) -> tuple[ox.NamedNode, ...]:
        return tuple(ox.NamedNode(self.arrays.text(number)) for number in numbers)

    def _listed(self, numbers: Iterable[int]) -> ox.Literal:
        return ox.Literal(" ".join(self.arrays.text(number) for number in sorted(numbers)))


def _across(rows: Iterable[Row], there: Mapping[int, list[int]]) -> set[Pair]:
    """Give the pairs of an activity with parts: who is named for one meets those named for a larger one around it."""
    found = {
        (min(one, other), max(one, other))
        for _, around, part in rows
        for one in there.get(around, ())
        for other in there.get(part, ())
    }
    return {pair for pair in found if pair[0] != pair[1]}


def _turned(pair: Pair, first: int | None = None, second: int | None = None) -> Pair | None:
    """Put a pair in order: who was asked for in the place asked for, else by name; None when it is not of them."""
    one, other = min(pair), max(pair)
    if other == first or (first is None and one == second):
        one, other = other, one
    return (one, other) if first in (None, one) and second in (None, other) else None


def _first(found: Iterable[Found], most: int) -> list[Found]:
    """Give the first so many of what was found; 0 gives all."""
    return nsmallest(most, found) if most else sorted(found)


PAIRED: Final[Mapping[str, Callable[[Together, Values, int], Table]]] = {
    "co-attendance": Together.co_attendance,
    "met-whom": Together.met_whom,
    "partner-intensity": Together.partner_intensity,
}
"""Question → what gives its rows without joining."""


def read(store: Store, root: Path, folder: Path | None) -> Together:
    """Give the counts of a graph; beside a store that lies in a folder they are kept once made."""
    return Together(opened(store, root, folder, _more))


def _more(arrays: Arrays) -> Mapping[str, Iterable[Row]]:
    """Give what is looked up: what lies around parts, the pairs of countries and the facts behind them."""
    if not arrays.tables.keys() >= TABLES:
        return {}
    present = _present(arrays)
    return {
        "above": {(part, around) for _, around, part in arrays.rows("parts")},
        "behind": _behind(arrays, present),
        "shared": _shared(arrays, present),
    }


def _present(arrays: Arrays) -> Mapping[int, list[Row]]:
    """Give who takes part in each activity that counts or in a part of it: country, the part, who, and the node."""
    homes: defaultdict[int, list[int]] = defaultdict(list)
    for agent, country in arrays.rows("homes"):
        homes[agent].append(country)
    entries: defaultdict[int, list[Pair]] = defaultdict(list)
    for agent, part, entry in arrays.rows("entries"):
        entries[part].append((agent, entry))
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for whole, around, part in arrays.rows("parts"):
        if around == whole:
            found[whole] += ((home, part, agent, entry) for agent, entry in entries[part] for home in homes[agent])
    return found


def _shared(arrays: Arrays, present: Mapping[int, list[Row]]) -> Iterator[Row]:
    """Give what each two countries share: one, the other, the year, the basis, and the activity or agreement."""
    for activity, shares in _grouped(arrays, "shares"):
        involved = {country for _, country, _, _ in shares}
        there = {row[0] for row in present.get(activity, ())}
        pairs = {(min(one, other), max(one, other)) for one in there for other in involved - {one}}
        for basis, year in {share[2:] for share in shares}:
            yield from ((*pair, year, basis, activity) for pair in pairs)
    for pact, parties in _grouped(arrays, "pacts"):
        pairs = set(combinations(sorted({party[1] for party in parties}), 2))
        for basis, year in {party[2:4] for party in parties}:
            yield from ((*pair, year, basis, pact) for pair in pairs)


def _behind(arrays: Arrays, present: Mapping[int, list[Row]]) -> set[Row]:
    """Give what says that a country has to do with what is shared: the activity or agreement, the country, the fact."""
    found = set[Row]()
    for activity, _ in _grouped(arrays, "shares"):
        for country, *facts in present.get(activity, ()):
            found.update((activity, country, fact) for fact in (activity, *facts))
    for pact, country, *_, party in arrays.rows("pacts"):
        found |= {(pact, country, pact), (pact, country, party)}
    return found


def _grouped(arrays: Arrays, name: str) -> Iterator[tuple[int, list[Row]]]:
    """Go through a table by its first column."""
    return ((first, list(rows)) for first, rows in groupby(arrays.rows(name), key=itemgetter(0)))
