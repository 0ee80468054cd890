"""Counts by year as a small chart of stacked bars, drawn without script."""

from collections.abc import Iterator
from html import escape
from typing import Final

from coopgraph.briefs.values import Bars

WIDE: Final = 1000
TALL: Final = 130
FOOT: Final = 24
HEAD: Final = 20
FEWEST: Final = 6
"""A chart of fewer years than this is not stretched over the whole width."""
SHARE: Final = 0.62
"""How much of a year's room its bar takes, and below how wide it is at most."""
WIDEST: Final = 64.0


def draw(bars: Bars, told: str) -> str:
    """Draw the bars as an SVG element, whose kinds the page colours; `told` describes it to those who do not see it."""
    most = max((sum(counts) for _, counts in bars.years), default=0)
    if not most:
        return ""
    step = WIDE / max(len(bars.years), FEWEST)
    drawn = "\n".join(
        part
        for number, (year, counts) in enumerate(bars.years)
        for part in _bar((number + 0.5) * step, min(step * SHARE, WIDEST), (TALL - HEAD) / most, year, counts)
    )
    return (
        f'<svg class="bars" viewBox="0 0 {WIDE} {TALL + FOOT}" role="img" aria-label="{escape(told)}">\n{drawn}\n</svg>'
    )


def _bar(middle: float, wide: float, unit: float, year: str, counts: tuple[int, ...]) -> Iterator[str]:
    """Draw one year: a box for each kind, the sum above, the year below."""
    top = float(TALL)
    for number, count in enumerate(counts):
        high = count * unit
        top -= high
        if count:
            place = f'x="{middle - wide / 2:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}"'
            yield f'<rect class="b{number}" {place}/>'
    if sum(counts):
        yield f'<text x="{middle:.1f}" y="{top - 5:.1f}">{sum(counts)}</text>'
    yield f'<text class="year" x="{middle:.1f}" y="{TALL + 18}">{escape(year)}</text>'
