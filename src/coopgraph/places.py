"""Places in a source text: how they are written, checked and turned into the name of a claim graph."""

import re
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from coopgraph.terms import CG, CGG, CGV, COOP, RDF, SLUG

LOCATOR: Final = re.compile(r"L([0-9]+)(?:-([0-9]+)|s([0-9]+)(?:-([0-9]+))?)?|pg[0-9]+|row[0-9]+|whole")
PLACE: Final = re.compile(
    r"(?P<spots>[^|~]+)(?P<speakers>(?:\|[^|~]+)*)(?P<inferred>~inferred)?(?:~(?P<sure>medium|low))?"
)
TITLES: Final = frozenset(("TS", "ThS", "PGS", "GS", "CVCC", "CVC", "Mr", "Mrs", "Ms", "Dr", "Prof"))
"""Abbreviated titles, after which a sentence goes on."""
BREAK: Final = re.compile(r"[.!?…][”\"»’]*\s+")


@dataclass(frozen=True)
class Place:
    """Where a source says something, in which mode, and in whose words."""

    locators: tuple[str, ...]
    speakers: tuple[str, ...] = ()
    inferred: bool = False
    confidence: str = ""

    def __str__(self) -> str:
        """Write it the way curators do."""
        spoken = "".join(f"|{name}" for name in self.speakers)
        sure = f"~{self.confidence}" if self.confidence else ""
        return "+".join(self.locators) + spoken + ("~inferred" if self.inferred else "") + sure

    def graph(self, document: str) -> ox.NamedNode:
        """Name the claim graph of this place in that document."""
        return ox.NamedNode(f"{CGG}{document}/{str(self).replace('|', '--')}")

    def describe(self, document: str) -> list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
        """Give the statements about the claim graph itself."""
        graph = self.graph(document)

        def says(
            name: str, value: ox.NamedNode | ox.Literal
        ) -> tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]:
            return graph, ox.NamedNode(COOP + name), value

        mode = "inferred" if self.inferred else "stated"
        return [
            (graph, ox.NamedNode(RDF + "type"), ox.NamedNode(COOP + "ClaimGraph")),
            says("source", ox.NamedNode(CG + document)),
            says("assertionMode", ox.NamedNode(f"{CGV}assertion-{mode}")),
            *(says("locator", ox.Literal(locator)) for locator in self.locators),
            *(says("saidBy", ox.NamedNode(CG + speaker)) for speaker in self.speakers),
            *([says("confidence", ox.NamedNode(f"{CGV}confidence-{self.confidence}"))] if self.confidence else []),
        ]


def read(text: str) -> Place | None:
    """Read a place as curators write it, or give nothing.

    >>> read("L5s1+L5s9~inferred")
    Place(locators=('L5s1', 'L5s9'), speakers=(), inferred=True, confidence='')
    """
    found = PLACE.fullmatch(text)
    if not found:
        return None
    locators = tuple(found["spots"].split("+"))
    speakers = tuple(found["speakers"].split("|")[1:])
    good = all(_sound(spot) for spot in locators) and all(SLUG.fullmatch(name) for name in speakers)
    return Place(locators, speakers, bool(found["inferred"]), found["sure"] or "") if good else None


def _sound(spot: str) -> bool:
    """Tell whether a locator can be right at all: counted from 1, and not backwards."""
    found = LOCATOR.fullmatch(spot)
    if not found:
        return False
    numbers = [int(part) for part in found.groups() if part]
    return 0 not in numbers and (found[2] is None or int(found[1]) <= int(found[2])) and _forwards(found[3], found[4])


def _forwards(first: str | None, last: str | None) -> bool:
    return not first or not last or int(first) <= int(last)


def sentences(line: str) -> list[str]:
    """Split a line into sentences: after . ! ? or … before a capital or an opening quote, but not after a title.

    >>> sentences("Đoàn do TS. Hà làm trưởng đoàn. Hội thảo kéo dài 03 ngày.")
    ['Đoàn do TS. Hà làm trưởng đoàn.', 'Hội thảo kéo dài 03 ngày.']
    """
    parts, start = [], 0
    for gap in BREAK.finditer(line):
        after = line[gap.end() : gap.end() + 1]
        before = line[start : gap.start()].rsplit(" ", maxsplit=1)[-1].lstrip('(“"«[‘')
        if after and (after.isupper() or after in '“"«') and before not in TITLES:
            parts.append(line[start : gap.end()].strip())
            start = gap.end()
    return [part for part in (*parts, line[start:].strip()) if part]


def text_at(locator: str, lines: list[str]) -> str:
    """Give the text that a line locator points at, or "" when there is none; pages and rows are not checked.

    >>> text_at("L1s2", ["Mở đầu. Kết thúc."]), text_at("L9", ["một dòng"])
    ('Kết thúc.', '')
    """
    found = LOCATOR.fullmatch(locator)
    if not found or not found[1]:
        return locator
    first, last = int(found[1]), int(found[2] or found[1])
    if not 1 <= first <= last <= len(lines):
        return ""
    if not found[3]:
        return "\n".join(lines[first - 1 : last]).strip()
    parts = sentences(lines[first - 1])
    begin, end = int(found[3]), int(found[4] or found[3])
    return " ".join(parts[begin - 1 : end]) if 1 <= begin <= end <= len(parts) else ""
