"""Lifts the rows of a large table to lines of N-Quads: a short way for plain rows, `lift` itself for all others.

A row is plain when its cells are single values of keys that the ontology knows: no nested records, no quantities. What
is wrong in any way is not plain, so that every message is that of `lift`; both ways give the same statements.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Final, NamedTuple

import pyoxigraph as ox

from coopgraph import places, sources, values
from coopgraph.lift import HOLE, TYPE, filled, lift, part
from coopgraph.loaders import tables
from coopgraph.model import PROVENANCE, Issue, Record, Text
from coopgraph.ontology import QUANTITY, Kind, Ontology, Property
from coopgraph.terms import CG, RDF, SLUG, local

KEPT: Final = 20_000
"""Cells of a column, and places, that are remembered: most tables repeat the same few."""
SOURCE: Final = "SOURCE"
"""Stands for the document in what is remembered of a place; no id and no place is written in capitals."""


class Value(NamedTuple):
    """What a cell states: property and value as N-Quads write them; name and part in an id, if an id needs them."""

    text: str
    name: str
    part: str


Read = Callable[[str], tuple[Value, ...] | None]
"""Reads a cell; nothing when it is not plain."""


@dataclass(frozen=True)
class Plan:
    """How plain rows of one kind are read: where the id stands (-1: nowhere), and the columns of facts."""

    kind: Kind
    id: int
    columns: tuple[tuple[int, Read], ...]


class Table:
    """The rows of one table on their way to lines."""

    def __init__(self, header: Sequence[str], name: str, ontology: Ontology) -> None:
        self.header = list(header)
        self.name = name
        self.ontology = ontology
        self.plan = lru_cache(KEPT)(self._plan)
        self.place = lru_cache(KEPT)(self._place)

    def lines(self, line: int, row: Sequence[str], described: set[str]) -> Iterator[str | Issue]:
        """Give the statements of a row as N-Quads, or what is wrong with it; see `tables.fact` for `described`."""
        quick = self.quick(row, described) if len(row) == len(self.header) else None
        if quick is not None:
            yield quick
            return
        fields = sources.fields(self.header, self.name, line, row)
        if isinstance(fields, Issue):
            yield fields
            return
        for item in tables.fact(fields, self.name, self.ontology, described):
            for found in lift(item, self.ontology) if isinstance(item, Record) else (item,):
                yield found if isinstance(found, Issue) else f"{found.quad} .\n"

    def quick(self, row: Sequence[str], described: set[str]) -> str | None:
        """Give the statements of a plain row, or nothing when it is not plain."""
        if not self.sourced:
            return None
        source, place = row[self.sourced[0]].strip(), self.place(row[self.sourced[1]].strip())
        first = self.header[self.opening]
        plan = self.plan(row[self.opening].strip() if first == "class" else first)
        if not place or not plan or not SLUG.fullmatch(source):
            return None
        said: list[Value] = []
        for position, read in plan.columns:
            if row[position]:
                found = read(row[position])
                if found is None:
                    return None
                said += found
        subject = self.id(plan, row, said)
        if not subject:
            return None
        graph = place[0].replace(SOURCE, source)
        start, end = f"<{CG}{subject}> ", f" {graph} .\n"
        text = f"{start}{TYPE} <{plan.kind.iri}>{end}" + "".join(f"{start}{value.text}{end}" for value in said)
        if graph in described:
            return text
        described.add(graph)
        return place[1].replace(SOURCE, source) + text

    @cached_property
    def sourced(self) -> tuple[int, int] | None:
        """The columns that say which document, and where in it."""
        found = [self.header.index(key) for key in ("source", "at") if key in self.header]
        return (found[0], found[1]) if len(found) == 2 and self.opening >= 0 else None  # noqa: PLR2004  # both

    @cached_property
    def opening(self) -> int:
        """The column that opens the record."""
        return next((number for number, key in enumerate(self.header) if key not in ("source", "at")), -1)

    def _place(self, at: str) -> tuple[str, str] | None:
        """Name the claim graph of a place, and describe it."""
        place = places.read(at)
        if not place:
            return None
        lines = (f"{s} {p} {o} {PROVENANCE} .\n" for s, p, o in place.describe(SOURCE))
        return str(place.graph(SOURCE)), "".join(lines)

    def _plan(self, key: str) -> Plan | None:
        """Say how plain rows of a kind are read."""
        kind = self.ontology.kinds.get(key)
        if not kind or not kind.pattern:
            return None
        classed = self.header[self.opening] == "class"
        named = (self.header.index("id") if "id" in self.header else -1) if classed else self.opening
        aside = {*(self.sourced or ()), self.opening, named}
        rest = [number for number in range(len(self.header)) if number not in aside]
        rest.sort(key=lambda number: "." in self.header[number])  # texts in languages come last, as in `tables`
        return Plan(kind, named, tuple((number, self._column(self.header[number], kind)) for number in rest))

    def _column(self, head: str, kind: Kind) -> Read:
        """Make the reader of a column."""
        key, dot, language = head.partition(".")
        chosen = self.ontology.choose(key, kind)
        spoken = all(prop.range == RDF + "langString" for prop in chosen)
        plain = all(not prop.derived and not prop.range_from and prop.range != QUANTITY for prop in chosen)
        alone = [other.partition(".")[0] for other in self.header].count(key) == 1 or key not in kind.pattern
        if not chosen or self.ontology.nest(key, kind) or not plain or bool(dot) != spoken or not alone:
            return _hard
        if dot and not values.LANGUAGE.fullmatch(language):
            return _hard
        wanted = {name for hole in HOLE.findall(kind.pattern) for name in hole.split("|")}
        named = tuple((prop, local(prop.iri) if local(prop.iri) in wanted else "") for prop in chosen)
        return lru_cache(KEPT)(partial(self._read, key, language, named))

    def _read(
        self, key: str, language: str, named: tuple[tuple[Property, str], ...], cell: str
    ) -> tuple[Value, ...] | None:
        """Read a cell of a plain column."""
        texts = [text.strip() for text in cell.strip().split("; ")] if cell.strip() else []
        found = []
        for prop, name in named:
            for text in texts:
                term = self._term(prop, key, language, text)
                if term is None:
                    return None
                found.append(Value(f"<{prop.iri}> {term}", name, part(term, prop) if name else ""))
        return tuple(found)

    def _term(self, prop: Property, key: str, language: str, text: str) -> ox.NamedNode | ox.Literal | None:
        if language:
            return ox.Literal(text, language=language) if text else None
        term = values.term(prop, key, Text(text, 0), self.name, self.ontology)
        return None if isinstance(term, Issue) else term

    def id(self, plan: Plan, row: Sequence[str], said: Sequence[Value]) -> str:
        """Give the id that stands in a row, or the one its values make; nothing when there is none, or a wrong one."""
        given = row[plan.id].strip() if plan.id >= 0 else ""
        if given:
            return given if SLUG.fullmatch(given) and given.startswith(plan.kind.prefix) else ""
        known: dict[str, str] = {}
        for value in said:
            known.setdefault(value.name, value.part)
        built, missing = filled(plan.kind.pattern, known)
        return "" if missing else built


def _hard(cell: str) -> tuple[Value, ...] | None:
    """Read a cell of a column that is not plain: only an empty one is."""
    return None if cell.strip() else ()
