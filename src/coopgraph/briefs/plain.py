"""A brief as Markdown that reads well in any viewer, and as plain text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from coopgraph import dates
from coopgraph.briefs.values import Bars, Brief, Cite, Row, Section
from coopgraph.briefs.words import WORDS
from coopgraph.tables import plain

MARKER: Final = re.compile(r"^(\d*)([.)+-])")
"""What would make a list of a paragraph that begins with it."""


def markdown(brief: Brief) -> str:
    """Write the whole document; the same brief gives the same bytes."""
    return "\n\n".join(block for block in _blocks(brief) if block) + "\n"


def _blocks(brief: Brief) -> Iterator[str]:
    words = WORDS[brief.lang]
    yield f"# {plain(brief.title)}"
    yield " · ".join(plain(text) for text in (words["brief"], brief.kind, brief.subtitle) if text)
    why = "" if brief.given else f" ({words['newest']})"
    yield f"**{words['as-of'].format(dates.said(brief.as_of, brief.lang))}**{why}"
    figures = [f"- {plain(section.counted)}: {plain(figure(section))}" for section in brief.sections if section.total]
    figures += [
        f"- {words['open-conflicts']}: {len(brief.conflicts)}",
        f"- {words['sources-cited']}: {len(brief.references)}",
    ]
    yield "\n".join(figures)
    if brief.facts:
        yield f"## {words['facts']}"
        yield "\n".join(f"- {plain(row.cells[0])}: {plain(row.cells[1])}{_cited(row, ' ')}" for row in brief.facts)
    for section in brief.sections:
        if section.total or section.left:
            yield from _section(section, brief.lang)
    yield plain(unrecorded(brief))
    yield f"## {words['conflicts']}"
    yield _conflicts(brief) or words["no-conflicts"]
    yield f"## {words['references']}"
    yield "\n".join(_references(brief)) or words["no-references"]
    yield "---"
    yield "\n".join(f"- {plain(words[name])}" for name in ("note-sure", "note-marks"))
    yield plain(words["made"].format(brief.made))


def figure(section: Section) -> str:
    """Write how many things a part found, and how sure they are.

    >>> figure(Section("Posts", "posts", (), (), 3, sureness=(("certain", 2), ("likely", 1))))
    '3 (certain 2, likely 1)'
    """
    sure = ", ".join(f"{name} {count}" for name, count in section.sureness)
    return f"{section.total} ({sure})" if sure else str(section.total)


def unrecorded(brief: Brief) -> str:
    """Say on what nothing is recorded; "" when there is something on everything."""
    empty = [section.title for section in brief.sections if not section.total and not section.left]
    if not brief.sections and not brief.facts:
        return WORDS[brief.lang]["nothing"]
    return WORDS[brief.lang]["unrecorded"].format("; ".join(empty)) if empty else ""


def _section(section: Section, lang: str) -> Iterator[str]:
    words = WORDS[lang]
    yield f"## {plain(section.title)}"
    if section.bars:
        yield _years(section.bars, lang)
    if section.items:
        yield MARKER.sub(r"\1\\\2", "; ".join(f"{plain(row.cells[0])}{_cited(row, ' ')}" for row in section.rows))
    elif section.rows:
        rows = ([*row.cells, _cited(row)] for row in section.rows)
        yield _table(
            [*map(plain, section.heads), words["sources-column"]], ([*map(plain, row[:-1]), row[-1]] for row in rows)
        )
    if section.left:
        yield f"{plain(section.left)} `{section.command}`"


def _years(bars: Bars, lang: str) -> str:
    """Write the counts by year as a table."""
    words = WORDS[lang]
    rows = [[plain(year), *map(str, counts)] for year, counts in bars.years if sum(counts)]
    table = _table([words["year"], *map(plain, bars.kinds)], rows) if rows else ""
    undated = f"{words['in-year'].format(words['undated'], bars.undated)}" if bars.undated else ""
    return "\n\n".join(part for part in (table, undated) if part)


def _conflicts(brief: Brief) -> str:
    other = WORDS[brief.lang]["or"]
    return "\n".join(
        f"- {plain(one.about)}, {plain(one.property)}: "
        + f" {other} ".join(f"“{plain(said.text)}”{_numbers(said.cites, ' ')}" for said in one.statements)
        for one in brief.conflicts
    )


def _references(brief: Brief) -> Iterator[str]:
    for one in brief.references:
        parts = ", ".join(plain(text) for text in (one.publisher, one.issued) if text)
        address = f" <{one.address}>" if one.address and not set(one.address) & set("<> \n") else ""
        places = f": {plain(one.places)}" if one.places else ""
        yield f"{one.number}. *{plain(one.title)}*{', ' if parts else ''}{parts}{places}.{address}"


def _cited(row: Row, before: str = "") -> str:
    """Write the numbers of the sources, with a mark where none is firm."""
    more = f" +{row.more}" if row.more else ""
    return (_numbers(row.cites, before) + ("\\*" if row.doubtful else "") + more) if row.cites else ""


def _numbers(cites: Sequence[Cite], before: str = "") -> str:
    return before + "".join(f"[{cite.number}]" for cite in cites) if cites else ""


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines)
