"""The round table: countries on an ellipse, their bodies outside it, what they share inside.

The same model always gives the same places: no chance, no clock, a fixed order of countries.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin, sqrt

from coopgraph.views.model import MapModel, Node

BUDGET = 200
"""How many entities a map shows at once unless told otherwise."""

LIMIT = 300
"""The most it may show: beyond this the picture is a ball of wool."""

RIM = (600.0, 425.0)
"""Half width and half height of the ellipse of countries, in map units."""

AROUND = (
    "cn",
    "hk",
    "mo",
    "kp",
    "kr",
    "jp",
    "tw",
    "us",
    "ca",
    "ph",
    "bn",
    "tl",
    "pg",
    "au",
    "nz",
    "id",
    "sg",
    "my",
    "kh",
    "th",
    "in",
    "bd",
    "lk",
    "np",
    "bt",
    "pk",
    "mm",
    "la",
    "vn",
)
"""Clockwise from the north, as the countries lie around the South China Sea; others follow, by id."""

RANK = {
    "country": 1000,
    "agreement": 60,
    "meeting": 50,
    "ministry": 45,
    "institute": 40,
    "topic": 35,
    "other": 20,
    "person": 10,
}
"""How much a class weighs, in relations, when the budget is short."""

REACH = {"ministry": (118.0, 150.0), "institute": (118.0, 150.0), "other": (118.0, 150.0), "person": (215.0, 245.0)}
"""How far outside the ellipse the classes of a country's own sit, on two alternating rings."""

APART = 62.0
"""Distance at which two entities stop pushing each other; width counts less, since labels are wide."""

WIDE = 1.75
"""By how much more room is kept sideways than up and down."""


@dataclass
class Spot:
    """Where an entity is, where it would like to be, and how it may move."""

    x: float
    y: float
    home: tuple[float, float]
    zone: str


def code(country: str) -> str:
    """Shorten a country's id to its ISO code: `cty-vn` to `vn`."""
    return country.rsplit("-", 1)[-1].lower()


def around(countries: Iterable[str]) -> list[str]:
    """Order country ids as they lie around the table.

    >>> around(["cty-vn", "cty-jp", "cty-zz"])
    ['cty-jp', 'cty-vn', 'cty-zz']
    """
    place = {iso: n for n, iso in enumerate(AROUND)}
    return sorted(countries, key=lambda country: (place.get(code(country), len(place)), country))


def degrees(model: MapModel) -> dict[str, int]:
    """Count the relations of every entity."""
    count = {node.id: 0 for node in model.nodes}
    for edge in model.edges:
        count[edge.source] += 1
        count[edge.target] += 1
    return count


def ranked(model: MapModel) -> list[str]:
    """Order all entities by how much they matter: weight of the class, plus relations, then id."""
    count = degrees(model)
    nodes = sorted(model.nodes, key=lambda node: (-RANK[node.kind] - 2 * count[node.id], node.id))
    return [node.id for node in nodes]


def round_table(model: MapModel, chosen: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Place the chosen entities; the answer maps ids to x and y, rounded to a tenth."""
    wanted = set(chosen)
    nodes = {node.id: node for node in sorted(model.nodes, key=lambda node: node.id) if node.id in wanted}
    links = _links(model, nodes)
    homes = {node.id: _home(node, nodes, links[node.id]) for node in nodes.values()}
    angles = _angles(nodes, homes)
    spots = _rim(nodes, angles) | _outside(nodes, homes, angles)
    spots |= _inside(nodes, spots, links, homes)
    for step in range(160):
        _push(spots, 0.42 * (1 - step / 160))
    _part(spots)
    return {name: (round(spot.x, 1), round(spot.y, 1)) for name, spot in sorted(spots.items())}


def _links(model: MapModel, nodes: Mapping[str, Node]) -> dict[str, list[str]]:
    links: dict[str, list[str]] = {name: [] for name in nodes}
    for edge in sorted(model.edges, key=lambda edge: edge.id):
        if edge.source in nodes and edge.target in nodes:
            links[edge.source].append(edge.target)
            links[edge.target].append(edge.source)
    return links


def _home(node: Node, nodes: Mapping[str, Node], near: Sequence[str]) -> str:
    """Find the country an entity sits behind: its own, or for a person the one of the body it works for."""
    if node.kind == "country" or node.kind not in REACH:
        return ""
    others = near if node.kind == "person" else ()
    for hints in ([node.country], [nodes[other].country for other in others]):
        homes = [hint for hint in hints if hint in nodes and nodes[hint].kind == "country"]
        if homes:
            return min(homes, key=lambda home: (-homes.count(home), home))
    return ""


def _angles(nodes: Mapping[str, Node], homes: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Give each country the middle and width of its sector: more bodies, a wider sector."""
    countries = around(name for name, node in nodes.items() if node.kind == "country")
    behind = list(homes.values())
    shares = [1 + 0.32 * sqrt(behind.count(country)) for country in countries]
    whole = sum(shares)
    angles, turned = {}, 0.0
    for country, share in zip(countries, shares, strict=True):
        width = 2 * pi * share / whole
        angles[country] = (turned + width / 2 - pi / 2 - pi * shares[0] / whole, width)
        turned += width
    return angles


def _at(angle: float, beyond: float) -> tuple[float, float]:
    """Find the point at an angle, some way outside the ellipse."""
    return (RIM[0] + beyond * 1.12) * cos(angle), (RIM[1] + beyond) * sin(angle)


def _rim(nodes: Mapping[str, Node], angles: Mapping[str, tuple[float, float]]) -> dict[str, Spot]:
    return {name: Spot(*_at(angles[name][0], 0), _at(angles[name][0], 0), "rim") for name in nodes if name in angles}


def _outside(
    nodes: Mapping[str, Node], homes: Mapping[str, str], angles: Mapping[str, tuple[float, float]]
) -> dict[str, Spot]:
    """Fan the bodies of each country out behind it, its officials behind them."""
    fans: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for name, home in sorted(homes.items(), key=lambda item: (nodes[item[0]].kind, item[0])):
        if home:
            fans[home, nodes[name].kind == "person"].append(name)
    spots = {}
    for (home, _), names in sorted(fans.items()):
        middle, width = angles[home]
        for n, name in enumerate(names):
            angle = middle + width * 0.86 * ((n + 0.5) / len(names) - 0.5)
            point = _at(angle, REACH[nodes[name].kind][n % 2])
            spots[name] = Spot(*point, point, "outside")
    return spots


def _inside(
    nodes: Mapping[str, Node], spots: Mapping[str, Spot], links: Mapping[str, Sequence[str]], homes: Mapping[str, str]
) -> dict[str, Spot]:
    """Start what is shared at 0.78 of the mean of its participants' places, turned a little by order."""
    inner = [name for name in nodes if name not in spots]
    found = {}
    for n, name in enumerate(inner):
        anchors = [spots[homes[other] or other] for other in links[name] if (homes[other] or other) in spots]
        share = 0.78 / max(1, len(anchors))
        x, y = sum(spot.x for spot in anchors) * share, sum(spot.y for spot in anchors) * share
        golden, out = 2.39996 * n, 14 + (0 if anchors else 26 * sqrt(n + 1))
        point = _within(x + out * cos(golden), y + out * sin(golden))
        found[name] = Spot(*point, point, "inside")
    return found


def _within(x: float, y: float) -> tuple[float, float]:
    """Clip a point to 0.84 of the ellipse."""
    far = hypot(x / RIM[0], y / RIM[1]) / 0.84
    return (x, y) if far <= 1 else (x / far, y / far)


def _without(x: float, y: float) -> tuple[float, float]:
    """Push a point out to at least 85 units behind the ellipse."""
    far = hypot(x / (RIM[0] + 95), y / (RIM[1] + 85))
    return (x, y) if far >= 1 or far == 0 else (x / far, y / far)


def _near(spots: Mapping[str, Spot], cell: float) -> Iterable[tuple[Spot, Spot]]:
    """Yield the pairs close enough to matter, found through a grid."""
    grid: dict[tuple[int, int], list[tuple[str, Spot]]] = defaultdict(list)
    for name, spot in spots.items():
        grid[int(spot.x // (cell * WIDE)), int(spot.y // cell)].append((name, spot))
    for (column, row), here in sorted(grid.items()):
        beside = [other for dx in (-1, 0, 1) for dy in (-1, 0, 1) for other in grid.get((column + dx, row + dy), ())]
        for name, spot in here:
            yield from ((spot, other) for key, other in beside if name < key)


def _push(spots: Mapping[str, Spot], pull: float) -> None:
    """Move everything one step: away from neighbours, back towards home, within its zone."""
    for one, two in _near(spots, APART * 1.3):
        reach = APART * (1.3 if one.zone == two.zone == "inside" else 1.0)
        dx, dy = (one.x - two.x) / WIDE, one.y - two.y
        far = hypot(dx, dy) or 0.01
        if far < reach:
            _shove(one, two, dx / far * WIDE, dy / far, (reach - far) * 0.32)
    for spot in spots.values():
        if spot.zone != "rim":
            spot.x += (spot.home[0] - spot.x) * pull * 0.12
            spot.y += (spot.home[1] - spot.y) * pull * 0.12
            spot.x, spot.y = (_within if spot.zone == "inside" else _without)(spot.x, spot.y)


def _shove(one: Spot, two: Spot, dx: float, dy: float, by: float) -> None:
    """Push two spots apart; a country never gives way."""
    if one.zone != "rim":
        one.x, one.y = one.x + dx * by, one.y + (dy or 0.05) * by
    if two.zone != "rim":
        two.x, two.y = two.x - dx * by, two.y - (dy or 0.05) * by


def _part(spots: Mapping[str, Spot]) -> None:
    """Take the last overlaps away, whatever the zones say."""
    clear = 42.0
    for _ in range(60):
        moved = False
        for one, two in _near(spots, 44.0):
            dx, dy = (one.x - two.x) / 1.15, one.y - two.y
            far = hypot(dx, dy) or 0.01
            if far < clear and not one.zone == two.zone == "rim":
                _shove(one, two, dx / far, dy / far, (clear - far) * 0.55)
                moved = True
        if not moved:
            return
