"""From the answer of a question to the lines of a part: one thing is listed once, what it says twice is said once."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from coopgraph import dates
from coopgraph.briefs.cited import Bibliography, firm
from coopgraph.briefs.values import Bars, Row
from coopgraph.model import Evidence, Table, Term, shown
from coopgraph.terms import CGV

STATUS: Final = "status"
"""The column that says how sure a line is."""
SURE: Final = (CGV + "status-certain", CGV + "status-likely")
YEARS: Final = 12
"""How many single years are counted; those before stand together."""
Cells = tuple[Term | None, ...]


@dataclass(frozen=True)
class Entry:
    """The rows of an answer that speak of one thing, each with who says so."""

    rows: tuple[Cells, ...]
    sources: tuple[tuple[Evidence, ...], ...]


def entries(table: Table, show: Sequence[str], lang: str, keep: Callable[[Cells], bool]) -> list[Entry]:
    """Sort the rows of an answer that are kept by the thing in the first column that is shown."""
    at = [table.columns.index(name) for name in show]
    merged: dict[Cells, set[Evidence]] = {}
    every = table.sources or ((),) * len(table.rows)
    for row, sources in zip(table.rows, every, strict=True):
        merged.setdefault(tuple(row[number] for number in at), set()).update(sources)
    found: dict[Term | None, list[Cells]] = {}
    for cells in readable(merged, lang):
        if keep(cells):
            found.setdefault(cells[0], []).append(cells)
    return [Entry(tuple(rows), tuple(tuple(sorted(merged[row])) for row in rows)) for rows in found.values()]


def things(row: Cells) -> Cells:
    """Give a row without its texts."""
    return tuple(None if getattr(cell, "language", None) else cell for cell in row)


def readable(rows: Collection[Cells], lang: str, of: Callable[[Cells], Cells] = things) -> list[Cells]:
    """Leave out the rows with a text in another language where one in this language speaks of the same things."""
    told = {of(row) for row in rows if not _foreign(row, lang)}
    return [row for row in rows if not _foreign(row, lang) or of(row) not in told]


def _foreign(row: Cells, lang: str) -> bool:
    """Tell whether a row holds a text in another language."""
    return any(code and code != lang for code in (getattr(cell, "language", None) for cell in row))


def status(cells: Cells, show: Sequence[str]) -> str:
    """Give how sure a row is; "" when its question does not say."""
    return str(getattr(cells[show.index(STATUS)], "value", "")) if STATUS in show else ""


def lines(table: Table, entry: Entry, lang: str, bibliography: Bibliography) -> list[Row]:
    """Write an entry: in one line if its rows differ in one column only, else a line each, the thing named once."""
    columns = [list(dict.fromkeys(column)) for column in zip(*entry.rows, strict=True)]
    if sum(len(column) > 1 for column in columns) <= 1:
        texts = ("; ".join(filter(None, (said(table, cell, lang) for cell in _finest(column)))) for column in columns)
        return [_row(tuple(texts), {item for found in entry.sources for item in found}, bibliography)]
    written = []
    for number, (row, found) in enumerate(zip(entry.rows, entry.sources, strict=True)):
        texts = (said(table, cell, lang) for cell in (row[1:] if number else row))
        written.append(_row(("",) * bool(number) + tuple(texts), set(found), bibliography))
    return written


def _finest(column: Sequence[Term | None]) -> list[Term | None]:
    """Leave out the dates that a finer one in the same column agrees with."""
    kept = dates.finest([str(getattr(cell, "value", "")) for cell in column])
    return [cell for cell in column if str(getattr(cell, "value", "")) in kept]


def item(table: Table, entry: Entry, lang: str, bibliography: Bibliography) -> Row:
    """Write an entry as one item of a list: the thing, and in brackets what is said of it."""
    name = said(table, entry.rows[0][0], lang)
    told = (
        ", ".join(text for cell in row[1:] if (text := said(table, cell, lang)) and text != name) for row in entry.rows
    )
    rest = "; ".join(dict.fromkeys(filter(None, told)))
    found = {evidence for sources in entry.sources for evidence in sources}
    return _row((f"{name} ({rest})" if rest else name,), found, bibliography)


def _row(cells: tuple[str, ...], found: set[Evidence], bibliography: Bibliography) -> Row:
    cites, more = bibliography.cite(found)
    return Row(cells, cites, more, doubtful=bool(found) and not any(map(firm, found)))


def said(table: Table, cell: Term | None, lang: str) -> str:
    """Write a cell for a reader: names of things, dates as people write them."""
    text = shown(table, cell)
    return dates.said(text, lang, dates.SHORT_MONTHS) if isinstance(cell, ox.Literal) else text


def trimmed(heads: Sequence[str], rows: Sequence[Row], known: str) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Leave out the name that stands above all, and the columns that then say nothing."""
    written = [replace(row, cells=tuple("" if cell == known else cell for cell in row.cells)) for row in rows]
    keep = [n for n in range(len(heads)) if not written or any(row.cells[n] for row in written)]
    kept = (replace(row, cells=tuple(row.cells[n] for n in keep)) for row in written)
    return tuple(heads[n] for n in keep), tuple(kept)


def by_year(days: Sequence[str], kinds: Sequence[str], other: str, earlier: str) -> Bars:
    """Count things by year and kind, given the day and the kind of each; years before the last twelve stand together.

    >>> by_year(["2021", "2022-05", ""], ["a", "", "a"], "other", "to {0}")
    Bars(kinds=('a', 'other'), years=(('2021', (1, 0)), ('2022', (0, 1))), undated=1)
    """
    pairs = [(day[:4], kind or other) for day, kind in zip(days, kinds, strict=True)]
    names = sorted({kind for _, kind in pairs}, key=lambda kind: (kind == other, kind))
    known = sorted({int(year) for year, _ in pairs if year})
    first = max(known[0], known[-1] - YEARS + 1) if known else 0
    spans = [(str(year), {year}) for year in range(first, known[-1] + 1)] if known else []
    if before := {year for year in known if year < first}:
        spans.insert(0, (earlier.format(first - 1), before))

    def counts(years: set[int]) -> tuple[int, ...]:
        return tuple(sum(bool(year) and int(year) in years and kind == name for year, kind in pairs) for name in names)

    return Bars(tuple(names), tuple((name, counts(years)) for name, years in spans), sum(not year for year, _ in pairs))
