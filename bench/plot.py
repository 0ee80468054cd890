"""Draws lines on two logarithmic axes as SVG."""

from math import ceil, floor, log10
from xml.sax.saxutils import escape

Line = list[tuple[float, float]]
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 760, 400, 60, 30, 230, 50
COLOURS = ("#1b6ca8", "#d1495b", "#2e8b57", "#8d6a9f", "#e08e0b", "#5a5a5a", "#17a2a2")


def plot(lines: dict[str, Line], up: str, along: str) -> str:
    """Give a picture of lines by name; each has its points from left to right."""
    lines = {name: line for name, line in lines.items() if line}
    xs = [log10(x) for line in lines.values() for x, _ in line] or [0]
    ys = [log10(y) for line in lines.values() for _, y in line] or [0]
    west, east, south, north = floor(min(xs)), ceil(max(xs)), floor(min(ys)), ceil(max(ys))

    def at(x: float, y: float) -> tuple[float, float]:
        across = (x - west) / max(1, east - west) * (WIDTH - LEFT - RIGHT)
        high = (y - south) / max(1, north - south) * (HEIGHT - TOP - BOTTOM)
        return round(LEFT + across, 1), round(HEIGHT - BOTTOM - high, 1)

    parts = [f'<text x="8" y="18">{escape(up)}</text>']
    for power in range(west, east + 1):
        x, y = at(power, south)
        parts.append(f'<path class="grid" d="M{x} {y}V{TOP}"/><text x="{x - 12}" y="{y + 18}">{_power(power)}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}">{escape(along)}</text>')
    for power in range(south, north + 1):
        x, y = at(west, power)
        parts.append(
            f'<path class="grid" d="M{x} {y}H{WIDTH - RIGHT}"/><text x="14" y="{y + 4}">{_power(power)}</text>'
        )
    for number, (name, line) in enumerate(lines.items()):
        colour, places = COLOURS[number % len(COLOURS)], [at(log10(x), log10(y)) for x, y in line]
        path = " ".join(f"{x},{y}" for x, y in places)
        parts.append(f'<polyline points="{path}" stroke="{colour}"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>' for x, y in places]
        high = TOP + 22 * number + 10
        parts.append(f'<path d="M{WIDTH - RIGHT + 15} {high}h20" stroke="{colour}" stroke-width="3"/>')
        parts.append(f'<text x="{WIDTH - RIGHT + 42}" y="{high + 4}">{escape(name)}</text>')
    style = "text{font:13px sans-serif;fill:#333}.grid{stroke:#ddd}polyline{fill:none;stroke-width:2}"
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img"><title>{escape(up)} by {escape(along)}</title>'
        f'<style>{style}</style><rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _power(number: int) -> str:
    """Write a power of ten.

    >>> _power(5), _power(-1)
    ('10⁵', '0.1')
    """
    return "10" + str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")) if number > 2 else f"{10**number:g}"  # noqa: PLR2004
