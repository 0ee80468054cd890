"""Counts by year as a small chart of stacked bars, drawn without script."""

from html import escape
from typing import Final

from coopgraph.briefs.values import Bars

WIDE: Final = 1000
TALL: Final = 130
FOOT: Final = 24
HEAD: Final = 20


def draw(bars: Bars, told: str) -> str:
    """Draw the bars as an SVG element; the page colours the kinds, `told` describes them to those who do not see."""
    most = max(sum(counts) for _, counts in bars.years) if bars.years else 0
    if not most:
        return ""
    step = WIDE / max(len(bars.years), 6)
    unit = (TALL - HEAD) / most
    drawn = "\n".join(
        part
        for number, (year, counts) in enumerate(bars.years)
        for part in _bar(number * step, step, unit, year, counts)
    )
    high = TALL + FOOT
    return f'<svg class="bars" viewBox="0 0 {WIDE} {high}" role="img" aria-label="{escape(told)}">\n{drawn}\n</svg>'


def _bar(left: float, step: float, unit: float, year: str, counts: tuple[int, ...]) -> list[str]:
    """Draw one year: a box for each kind, the sum above, the year below."""
    wide, at, boxes = min(step * 0.62, 64), float(TALL), []
    middle = left + step / 2
    for number, count in enumerate(counts):
        high = count * unit
        at -= high
        if count:
            boxes.append(
                f'<rect class="b{number}" x="{middle - wide / 2:.1f}" y="{at:.1f}" width="{wide:.1f}" height="{high:.1f}"/>'
            )
    total = f'<text x="{middle:.1f}" y="{at - 5:.1f}">{sum(counts)}</text>' if sum(counts) else ""
    return [*boxes, total, f'<text class="year" x="{middle:.1f}" y="{TALL + 18}">{escape(year)}</text>']
