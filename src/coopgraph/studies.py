"""A study of one network: its measures as rows of tables, and the claims behind each row."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from coopgraph import measures
from coopgraph.evidence import Evidences
from coopgraph.model import Evidence, Table, Term
from coopgraph.terms import PREFIXES, SLUG, XSD, expand

if TYPE_CHECKING:
    from coopgraph.network import Hop, Network

NUMBERS: Final[Mapping[str, Callable[[measures.Plain], dict[str, float]]]] = {
    "degree": measures.degree,
    "betweenness": measures.betweenness,
    "eigenvector": measures.eigenvector,
}
"""Measures that give each thing one number."""
DECIMALS: Final = 6
"""Decimals of a share: enough to tell things apart, few enough to be the same everywhere."""
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "degree": ("thing", "degree"),
    "betweenness": ("thing", "betweenness", "degree"),
    "eigenvector": ("thing", "eigenvector", "degree"),
    "communities": ("community", "members", "thing", "degree"),
    "brokers": ("thing", "country", "countries", "pairs"),
}
"""Columns of each measure's table."""
LINK: Final = ("from", "relation", "via", "to", "part", "when")
"""Columns of a table of single ties."""
HEADINGS: Final[Mapping[str, dict[str, str]]] = {
    "thing": {"en": "Thing", "vi": "Đối tượng"},
    "degree": {"en": "Degree", "vi": "Bậc"},
    "betweenness": {"en": "Betweenness", "vi": "Độ trung gian"},
    "eigenvector": {"en": "Eigenvector centrality", "vi": "Độ trung tâm véc-tơ riêng"},
    "communities": {"en": "Community around", "vi": "Cộng đồng quanh"},
    "brokers": {"en": "Pairs of bodies joined", "vi": "Số cặp cơ quan được nối"},
    "community": {"en": "Community", "vi": "Cộng đồng"},
    "members": {"en": "Members", "vi": "Số thành viên"},
    "country": {"en": "Country", "vi": "Nước"},
    "countries": {"en": "Countries joined", "vi": "Số nước được nối"},
    "pairs": {"en": "Pairs joined", "vi": "Số cặp được nối"},
    "documents": {"en": "Documents behind it", "vi": "Số tài liệu nguồn"},
    "connection": {"en": "Connection", "vi": "Liên hệ"},
    "step": {"en": "Step", "vi": "Bước"},
    "from": {"en": "From", "vi": "Từ"},
    "relation": {"en": "Relation", "vi": "Quan hệ"},
    "via": {"en": "Through", "vi": "Qua"},
    "to": {"en": "To", "vi": "Đến"},
    "part": {"en": "In its part", "vi": "Ở phần"},
    "when": {"en": "When", "vi": "Thời gian"},
}
"""Headings of the tables, and the names of measures in a map's legend."""
Row = tuple[str, tuple[Term | None, ...]]
"""A thing, and the cells of its row."""


@dataclass(frozen=True)
class Study:
    """A network with its hubs, and what the question that gave it asks about."""

    network: "Network"
    hubs: Collection[str]
    evidences: Evidences
    asked: Collection[str]

    @cached_property
    def ties(self) -> measures.Plain:
        """The network as it is measured: single ties, no hubs."""
        return measures.plain(self.network, self.hubs)

    def ranked(self, measure: str) -> Iterator[Row]:
        """Rank things by a number, the highest first, equals by id; how many ties each has stands beside it."""
        numbers = NUMBERS[measure](self.ties)
        for name in sorted(numbers, key=lambda name: (-round(numbers[name], DECIMALS), name)):
            count = ox.Literal(self.ties.degree(name))
            yield name, (_thing(name), count) if measure == "degree" else (_thing(name), _share(numbers[name]), count)

    def grouped(self) -> Iterator[Row]:
        """List the communities, numbered; in each, what has most ties comes first."""
        for number, group in enumerate(measures.communities(self.ties), 1):
            for name in sorted(group, key=lambda name: (-self.ties.degree(name), name)):
                cells = (ox.Literal(number), ox.Literal(len(group)), _thing(name), ox.Literal(self.ties.degree(name)))
                yield name, cells

    def brokers(self, bodies: Mapping[str, str], homes: Mapping[str, str]) -> Iterator[Row]:
        """Rank who joins bodies of different countries by how many pairs nobody else joins directly."""
        found = measures.brokers(self.ties, bodies)
        for name in sorted(found, key=lambda name: (-found[name].pairs, name)):
            home = _thing(homes[name]) if name in homes else None
            yield name, (_thing(name), home, ox.Literal(found[name].countries), ox.Literal(found[name].pairs))

    def sources(self, names: Iterable[str]) -> tuple[tuple[Evidence, ...], ...]:
        """List, for each thing, the claims behind all its ties."""
        return tuple(tuple(sorted({item for tie in self.of(name) for item in self.behind(tie)})) for name in names)

    def of(self, name: str) -> list["Hop"]:
        """List the ties of a thing, those to hubs left out, by what they lead to."""
        return self._sorted(edge for edge in self._edges(name) if self.ties.has_edge(*edge[:2]))

    def inside(self, names: Collection[str]) -> list["Hop"]:
        """List the ties between some things."""
        known = set(names)
        return self._sorted(edge for edge in self.network.edges(data=True) if known.issuperset(edge[:2]))

    def _edges(self, name: str) -> Iterator["Hop"]:
        yield from self.network.out_edges(name, data=True)
        yield from self.network.in_edges(name, data=True)

    def _sorted(self, edges: Iterable["Hop"]) -> list["Hop"]:
        return sorted(edges, key=lambda edge: (edge[1], edge[0], sorted(edge[2].items())))

    def behind(self, tie: "Hop") -> tuple[Evidence, ...]:
        """List who states a tie: the claims that connect two of the things it names, as the question asks."""
        names = (tie[0], tie[1], *tie[2].values())
        terms = tuple(_thing(name) for name in names if SLUG.fullmatch(name) or name.partition(":")[0] in PREFIXES)
        return self.evidences.rows(Table((), (terms,)), self.asked)[0]


def counted(table: Table) -> Table:
    """Give the number of documents behind each row as a last column, in place of the sources themselves."""
    counts = (ox.Literal(len({item.document for item in found})) for found in table.sources)
    rows = tuple((*row, count) for row, count in zip(table.rows, counts, strict=True))
    return Table((*table.columns, "documents"), rows, table.title, table.labels)


def ends(tie: "Hop") -> tuple[str, ...]:
    """Give the fact that a tie is, and what it ties: the things that a claim behind it names."""
    source, target, about = tie
    return (about["fact"], source, target, *([about["via"]] if about.get("via") else ()))


def linked(evidences: Evidences, tie: "Hop") -> tuple[Term | None, ...]:
    """Write a tie as a row of `LINK`, with its dates as precise as the sources are."""
    source, target, about = tie
    part, via = about.get("part", ""), about.get("via", "")
    when = evidences.when(*(expand(name) for name in (about.get("fact", ""), part, target) if name))
    shown = (source, about.get("relation", ""), via, target, part if part != target else "")
    return (*(_thing(name) if name else None for name in shown), ox.Literal(when) if when else None)


def _thing(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))


def _share(number: float) -> ox.Literal:
    return ox.Literal(f"{number:.{DECIMALS}f}", datatype=ox.NamedNode(XSD + "decimal"))
