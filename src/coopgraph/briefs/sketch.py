"""The small map of a brief: a still picture that needs no script. Places come from the round table of the big map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, hypot, pi, sin
from typing import Final

from coopgraph.views import layout
from coopgraph.views.model import KINDS, Edge, MapModel, Node, say
from coopgraph.views.style import SHAPES

WIDE: Final = 1000
HIGH: Final = 380
MARGIN: Final = (118, 34)
"""Room left for labels at the sides, and above and below."""
LETTER: Final = 7.4
"""How wide a letter is on average, and below how high a line is, at the size of the labels."""
LINE: Final = 16.0
LONGEST: Final = 28
"""Letters in one line of a label."""
NEAR: Final = (150.0, 54.0)
"""How close two things may come, sideways and up and down."""
STEPS: Final = 80
CORNERS: Final = {
    "square": (4, pi / 4),
    "triangle": (3, -pi / 2),
    "diamond": (4, 0.0),
    "hexagon": (6, 0.0),
    "triangleDown": (3, pi / 2),
}
"""Corners of a shape, and where the first one is."""
SYMBOL: Final = 5.0
"""Half the size of a shape in the key."""


@dataclass(frozen=True)
class Box:
    """A place that is taken, by its middle and half its size."""

    x: float
    y: float
    wide: float
    high: float

    def over(self, other: "Box") -> float:
        """Measure how much of another place this one covers."""
        across = self.wide + other.wide - abs(self.x - other.x)
        down = self.high + other.high - abs(self.y - other.y)
        return max(across, 0) * max(down, 0)

    def outside(self) -> float:
        """Measure how far this place sticks out of the picture."""
        left, right = self.wide - self.x, self.x + self.wide - WIDE
        above, below = self.high - self.y, self.y + self.high - HIGH
        return sum(max(part, 0) for part in (left, right, above, below))


def draw(model: MapModel, lang: str, subjects: Sequence[str], told: str) -> str:
    """Draw a small model as an SVG element, whose shapes and lines the page colours by their classes.

    The same model gives the same picture. `told` describes it to those who do not see it.
    """
    if not model.nodes:
        return ""
    spots = _spots(model)
    parts = [_line(edge, spots) for edge in _once(model.edges)]
    parts += [_thing(node, *spots[node.id], lang, "strong" if node.id in subjects else "") for node in model.nodes]
    parts += _labels(model, spots, lang, subjects)
    inside = "\n".join(parts)
    return f'<svg class="sketch" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{escape(told)}">\n{inside}\n</svg>'


def key(model: MapModel) -> list[tuple[str, str]]:
    """Give the classes of things in a picture, each with its shape as a small SVG element."""
    shown = {node.kind for node in model.nodes}
    shapes = {kind: _shape(kind, SYMBOL, SYMBOL, SYMBOL - 0.5, "", "") for kind in KINDS if kind in shown}
    box = f'<svg viewBox="0 0 {2 * SYMBOL:.0f} {2 * SYMBOL:.0f}" aria-hidden="true">'
    return [(kind, f"{box}{shape}</svg>") for kind, shape in shapes.items()]


def _spots(model: MapModel) -> dict[str, tuple[float, float]]:
    """Spread the places of the round table over the picture, which is wider than high."""
    places = layout.round_table(model, layout.ranked(model))
    sides = [{name: place[axis] for name, place in places.items()} for axis in (0, 1)]
    sides.sort(key=lambda side: min(side.values()) - max(side.values()))
    across, down = map(_even, sides)
    room = WIDE - 2 * MARGIN[0], HIGH - 2 * MARGIN[1]
    spread = {name: [MARGIN[0] + across[name] * room[0], MARGIN[1] + down[name] * room[1]] for name in sorted(places)}
    for _ in range(STEPS):
        _part(list(spread.values()))
    return {name: (round(x, 1), round(y, 1)) for name, (x, y) in spread.items()}


def _even(places: Mapping[str, float]) -> dict[str, float]:
    """Bring places on one axis to 0 … 1, half as they are and half by their order, so that no corner is crowded."""
    low, wide = min(places.values()), (max(places.values()) - min(places.values())) or 1
    order = sorted(places, key=lambda name: (places[name], name))
    last = max(len(order) - 1, 1)
    return {name: (places[name] - low) / wide / 2 + number / last / 2 for number, name in enumerate(order)}


def _part(spots: list[list[float]]) -> None:
    """Push things that are too close a little apart, and keep them inside the picture."""
    for number, one in enumerate(spots):
        for two in spots[number + 1 :]:
            away = [(a - b) / near for a, b, near in zip(one, two, NEAR, strict=True)]
            far = hypot(*away) or 0.01
            if far < 1:
                for axis in (0, 1):
                    shift = away[axis] * NEAR[axis] * (1 - far) / 2 / far or 0.1
                    one[axis], two[axis] = one[axis] + shift, two[axis] - shift
    for spot in spots:
        spot[0] = min(max(spot[0], MARGIN[0]), WIDE - MARGIN[0])
        spot[1] = min(max(spot[1], MARGIN[1]), HIGH - MARGIN[1])


def _once(edges: Sequence[Edge]) -> list[Edge]:
    """Keep one relation of each family between two things."""
    found = {(*sorted((edge.source, edge.target)), edge.family): edge for edge in edges}
    return [found[ends] for ends in sorted(found)]


def _line(edge: Edge, spots: Mapping[str, tuple[float, float]]) -> str:
    (x1, y1), (x2, y2) = spots[edge.source], spots[edge.target]
    return f'<line class="f-{edge.family}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'


def _size(node: Node) -> float:
    return SHAPES[node.kind][1] * 0.45 + 2.5


def _thing(node: Node, x: float, y: float, lang: str, look: str) -> str:
    """Draw a thing, with its whole name for those who point at it."""
    title = f"<title>{escape(say(node.labels, lang, node.id))}</title>"
    return _shape(node.kind, x, y, _size(node), look, title)


def _shape(kind: str, x: float, y: float, size: float, look: str, inside: str) -> str:
    """Draw the shape of a class."""
    form, classes = SHAPES[kind][0], f"k-{kind} {look}".strip()
    if form == "dot":
        return f'<circle class="{classes}" cx="{x}" cy="{y}" r="{size:.1f}">{inside}</circle>'
    if form == "star":
        ring = [(size * (1 if n % 2 == 0 else 0.45), -pi / 2 + n * pi / 5) for n in range(10)]
    else:
        corners, first = CORNERS[form]
        ring = [(size, first + 2 * pi * n / corners) for n in range(corners)]
    points = " ".join(f"{x + far * cos(turn):.1f},{y + far * sin(turn):.1f}" for far, turn in ring)
    return f'<polygon class="{classes}" points="{points}">{inside}</polygon>'


def _labels(model: MapModel, spots: Mapping[str, tuple[float, float]], lang: str, subjects: Sequence[str]) -> list[str]:
    """Write the names where they cover least, the most important first."""
    nodes = {node.id: node for node in model.nodes}
    taken = [Box(*spots[name], _size(node), _size(node)) for name, node in nodes.items()]
    written = []
    for name in sorted(layout.ranked(model), key=lambda name: name not in subjects):
        text = wrapped(say(nodes[name].short, lang) or say(nodes[name].labels, lang, name))
        wide, high = max(map(len, text)) * LETTER / 2, len(text) * LINE / 2
        choices = _choices(*spots[name], wide, high, _size(nodes[name]))
        box = min(choices, key=lambda box: sum(map(box.over, taken)) + 400 * box.outside())
        taken.append(box)
        written.append(_text(text, box, ' class="strong"' if name in subjects else ""))
    return written


def _choices(x: float, y: float, wide: float, high: float, size: float) -> list[Box]:
    """Give the places where a label can stand: right, left, below, above, and at the corners."""
    beside, beyond = size + wide + 4, size + high + 1
    spots = [(beside, 0.0), (-beside, 0.0), (0.0, beyond), (0.0, -beyond)]
    spots += [(dx * beside * 0.8, dy * beyond * 0.8) for dx in (1, -1) for dy in (1, -1)]
    return [Box(x + dx, y + dy, wide, high) for dx, dy in spots]


def _text(lines: Sequence[str], box: Box, look: str) -> str:
    """Write a label of one or more lines."""
    first = box.y - box.high + LINE * 0.77
    spans = (
        f'<tspan x="{box.x:.1f}" y="{first + number * LINE:.1f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f"<text{look}>{''.join(spans)}</text>"


def wrapped(text: str) -> list[str]:
    """Break a name into at most two lines; what does not fit ends in an ellipsis.

    >>> wrapped("Ministry of Home Affairs"), wrapped("a" * 40)
    (['Ministry of Home Affairs'], ['aaaaaaaaaaaaaaaaaaaaaaaaaaa…'])
    """
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LONGEST:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    short = [line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…" for line in lines[:2]]
    if lines[2:]:
        short[1] = f"{short[1].rstrip('… ')[: LONGEST - 1]}…"
    return short
