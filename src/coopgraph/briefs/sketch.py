"""The small map of a brief: a still picture that needs no script. Places come from the round table of the big map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, hypot, pi, sin
from typing import Final

from coopgraph.views import layout
from coopgraph.views.model import Edge, MapModel, Node, say
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
CORNERS: Final = {
    "square": (4, pi / 4),
    "triangle": (3, -pi / 2),
    "diamond": (4, 0.0),
    "hexagon": (6, 0.0),
    "triangleDown": (3, pi / 2),
}
"""Corners of a shape, and where the first one is."""
STAR: Final = 10


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


def draw(model: MapModel, lang: str, subjects: Sequence[str], told: str) -> str:
    """Draw a small model as an SVG element; the classes of its shapes and lines are coloured by the page.

    The same model gives the same picture. `told` describes it to those who do not see it.
    """
    spots = _spots(model)
    parts = [_line(edge, spots) for edge in _once(model.edges)]
    parts += [_shape(node, *spots[node.id], lang, strong=node.id in subjects) for node in model.nodes]
    parts += _labels(model, spots, lang, subjects)
    inside = "\n".join(parts)
    return (
        f'<svg class="sketch" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{escape(told)}">\n{inside}\n</svg>'
        if model.nodes
        else ""
    )


def _spots(model: MapModel) -> dict[str, tuple[float, float]]:
    """Spread the places of the round table over the picture."""
    places = layout.round_table(model, layout.ranked(model))
    if not places:
        return {}
    if _span(places, 1) > _span(places, 0):
        places = {name: (y, x) for name, (x, y) in places.items()}
    room = WIDE - 2 * MARGIN[0], HIGH - 2 * MARGIN[1]
    across, down = (_even({name: place[axis] for name, place in places.items()}) for axis in (0, 1))
    spread = {name: [MARGIN[0] + across[name] * room[0], MARGIN[1] + down[name] * room[1]] for name in sorted(places)}
    for _ in range(80):
        _part(list(spread.values()))
    return {name: (round(x, 1), round(y, 1)) for name, (x, y) in spread.items()}


def _span(places: Mapping[str, tuple[float, float]], axis: int) -> float:
    found = [place[axis] for place in places.values()]
    return max(found) - min(found)


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
            dx, dy = (one[0] - two[0]) / NEAR[0], (one[1] - two[1]) / NEAR[1]
            far = hypot(dx, dy) or 0.01
            if far < 1:
                push = (1 - far) / 2 / far
                shift = dx * NEAR[0] * push or 0.1, dy * NEAR[1] * push or 0.1
                one[0], one[1], two[0], two[1] = (
                    one[0] + shift[0],
                    one[1] + shift[1],
                    two[0] - shift[0],
                    two[1] - shift[1],
                )
    for spot in spots:
        spot[0] = min(max(spot[0], MARGIN[0]), WIDE - MARGIN[0])
        spot[1] = min(max(spot[1], MARGIN[1]), HIGH - MARGIN[1])


def _once(edges: Sequence[Edge]) -> list[Edge]:
    """Keep one relation of each family between two things."""
    found = {(*sorted((edge.source, edge.target)), edge.family): edge for edge in edges}
    return [found[key] for key in sorted(found)]


def _line(edge: Edge, spots: Mapping[str, tuple[float, float]]) -> str:
    (x1, y1), (x2, y2) = spots[edge.source], spots[edge.target]
    return f'<line class="f-{edge.family}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'


def _size(node: Node) -> float:
    return SHAPES[node.kind][1] * 0.45 + 2.5


def _shape(node: Node, x: float, y: float, lang: str, *, strong: bool) -> str:
    """Draw a thing in the shape of its class, with its whole name for those who point at it."""
    kind, size = SHAPES[node.kind][0], _size(node)
    look = f'class="k-{node.kind}{" strong" if strong else ""}"'
    title = f"<title>{escape(say(node.labels, lang, node.id))}</title>"
    if kind == "dot":
        return f'<circle {look} cx="{x}" cy="{y}" r="{size:.1f}">{title}</circle>'
    if kind == "star":
        ring = [(size if n % 2 == 0 else size * 0.45, -pi / 2 + n * pi / 5) for n in range(STAR)]
    else:
        corners, first = CORNERS[kind]
        ring = [(size, first + 2 * pi * n / corners) for n in range(corners)]
    points = " ".join(f"{x + far * cos(turn):.1f},{y + far * sin(turn):.1f}" for far, turn in ring)
    return f'<polygon {look} points="{points}">{title}</polygon>'


def _labels(model: MapModel, spots: Mapping[str, tuple[float, float]], lang: str, subjects: Sequence[str]) -> list[str]:
    """Write the names where they cover least, the most important first."""
    nodes = {node.id: node for node in model.nodes}
    taken = [Box(*spots[name], _size(node), _size(node)) for name, node in nodes.items()]
    written = []
    for name in sorted(layout.ranked(model), key=lambda name: name not in subjects):
        text = _wrapped(say(nodes[name].short, lang) or say(nodes[name].labels, lang, name))
        wide, high = max(map(len, text)) * LETTER / 2, len(text) * LINE / 2
        box = min(_choices(*spots[name], wide, high, _size(nodes[name])), key=lambda choice: _cost(choice, taken))
        taken.append(box)
        written.append(_text(text, box, name in subjects))
    return written


def _choices(x: float, y: float, wide: float, high: float, size: float) -> list[Box]:
    """Give the places where a label can stand: right, left, below, above, and at the corners."""
    beside, beyond = size + wide + 4, size + high + 1
    spots = [(beside, 0.0), (-beside, 0.0), (0.0, beyond), (0.0, -beyond)]
    spots += [(dx * beside * 0.8, dy * beyond * 0.8) for dx in (1, -1) for dy in (1, -1)]
    return [Box(x + dx, y + dy, wide, high) for dx, dy in spots]


def _cost(box: Box, taken: Sequence[Box]) -> float:
    """Measure what a label would cover, and how much of it would fall out of the picture."""
    out = (
        max(box.wide - box.x, 0)
        + max(box.x + box.wide - WIDE, 0)
        + max(box.high - box.y, 0)
        + max(box.y + box.high - HIGH, 0)
    )
    return sum(box.over(other) for other in taken) + 400 * out


def _text(lines: Sequence[str], box: Box, strong: bool) -> str:  # noqa: FBT001  # one caller
    top = box.y - box.high + LINE * 0.77
    rows = "".join(
        f'<tspan x="{box.x:.1f}" y="{top + number * LINE:.1f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f"<text{' class=' + chr(34) + 'strong' + chr(34) if strong else ''}>{rows}</text>"


def _wrapped(text: str) -> list[str]:
    """Break a name into at most two lines; what does not fit ends in an ellipsis."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LONGEST:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    short = [line if len(line) <= LONGEST else line[: LONGEST - 1] + "…" for line in lines[:2]]
    if lines[2:]:
        short[1] = short[1].rstrip("… ")[: LONGEST - 1] + "…"
    return short
