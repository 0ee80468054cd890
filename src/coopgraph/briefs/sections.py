"""One part of a brief: its question asked about the subject, its answer cut to what a page can hold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from coopgraph.briefs import lines
from coopgraph.briefs.cited import Bibliography
from coopgraph.briefs.parts import Part
from coopgraph.briefs.values import Bars, Row, Section
from coopgraph.briefs.words import WORDS
from coopgraph.model import Table

AS_OF = "asOf"
"""The blank that takes the day of a brief."""


@dataclass(frozen=True)
class About:
    """What a brief is about: the ids of its subjects, its title, its day, its language."""

    subjects: tuple[str, ...]
    title: str
    day: str
    lang: str


def section(
    part: Part, about: About, ask: Callable[..., Table], bibliography: Bibliography
) -> tuple[Section, list[str]]:
    """Write a part; also give what it names, as IRIs, in order."""
    values = dict(zip(part.blanks, about.subjects, strict=False))
    values |= {blank.name: about.day for blank in part.query.parameters if blank.name == AS_OF}
    table = ask(part.query.name, about.lang, **values)
    show = part.show or table.columns
    whole = lines.entries(table, show, about.lang, lambda _: True)
    sure = (
        lines.entries(table, show, about.lang, lambda row: lines.status(row, show) in lines.SURE)
        if part.sure
        else whole
    )
    listed, rows = _written(part, table, sure, about.lang, bibliography)
    names = [part.query.columns.get(name, {}).get(about.lang, name) for name in show]
    heads, kept = lines.trimmed(names[:1] if part.items else names, rows, about.title)
    made = Section(
        title=part.title[about.lang],
        counted=part.counted[about.lang],
        heads=heads,
        rows=kept,
        total=len(sure),
        items=part.items,
        sureness=_sureness(table, show, sure),
        left=_left(len(listed), len(sure), len(whole), about.lang),
        command=" ".join(["coopgraph ask", part.query.name, *(f"{key}={value}" for key, value in values.items())]),
        bars=_bars(part, table, show, sure, about.lang),
    )
    return made, [str(getattr(cell, "value", "")) for entry in listed for row in entry.rows for cell in row]


def _written(
    part: Part, table: Table, found: Sequence[lines.Entry], lang: str, bibliography: Bibliography
) -> tuple[list[lines.Entry], list[Row]]:
    """Write entries until the page is full; a thing is written whole or not at all."""
    rows: list[Row] = []
    listed: list[lines.Entry] = []
    for entry in found[-part.most :] if part.last else found:
        if len(rows) >= part.most:
            break
        rows += (
            [lines.item(table, entry, lang, bibliography)]
            if part.items
            else lines.lines(table, entry, lang, bibliography)
        )
        listed.append(entry)
    return listed, rows


def _left(shown: int, listed: int, found: int, lang: str) -> str:
    """Say what a part does not list."""
    if shown < listed:
        return WORDS[lang]["left"].format(shown, listed)
    return WORDS[lang]["unsure"].format(found - listed) if listed < found else ""


def _sureness(table: Table, show: Sequence[str], found: Sequence[lines.Entry]) -> tuple[tuple[str, int], ...]:
    """Count how sure things are, by the surest that is said of each."""
    counted: dict[str, int] = {}
    for sure in filter(None, (lines.status(entry.rows[0], show) for entry in found)):
        name = table.labels.get(sure, sure)
        counted[name] = counted.get(name, 0) + 1
    return tuple(counted.items())


def _bars(part: Part, table: Table, show: Sequence[str], found: Sequence[lines.Entry], lang: str) -> Bars | None:
    """Count things by year, if the part asks for it."""
    if not part.years or not found:
        return None
    days, kinds = (
        [getattr(entry.rows[0][show.index(name)], "value", "") for entry in found] for name in (part.years, part.split)
    )
    named: Mapping[str, str] = {kind: table.labels.get(kind, kind) for kind in kinds}
    return lines.by_year(days, [named[kind] for kind in kinds], WORDS[lang]["other"], WORDS[lang]["earlier"])
