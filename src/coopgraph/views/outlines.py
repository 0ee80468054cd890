"""Turns areas on the globe into shapes of a page: one frame around the region, few points, whole numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import cos, floor, radians
from pathlib import Path
from typing import Final

from coopgraph.errors import SourceError
from coopgraph.views import geo
from coopgraph.views.countries import REGION
from coopgraph.views.geo import Feature, Polygon, Position, Ring
from coopgraph.views.layout import code
from coopgraph.views.model import MapModel, Outlines

LARGE: Final = 1600
"""The longer side of the frame, in units."""

MARGIN: Final = 0.03
"""Share of the frame left free around the region."""

STEP: Final = 2.0
"""Points closer than this to the one before say nothing more."""

MOST_DRAWN: Final = 60_000
"""Points that a page takes; a coast line of the region at this scale has about a third."""

CUT: Final = -30.0
"""The meridian in the Atlantic where the globe is cut open, so that the Pacific stays whole."""

LINES: Final = 11
"""How many lines are laid through an area to find its widest place."""

Box = tuple[float, float, float, float]


def outlined(model: MapModel, path: Path) -> MapModel:
    """Give the countries of a page their shapes from a GeoJSON file; what has no code of theirs is drawn as land.

    Raises SourceError when the file is wrong, or holds no country of the region.
    """
    features = geo.read(path)
    wanted = {code(node.id): node.id for node in model.nodes if node.kind == "country" and code(node.id) in REGION}
    known = {key: iso for iso in wanted for key in (iso, REGION[iso].alpha3, REGION[iso].number)}
    found: dict[str, list[Polygon]] = {}
    land: list[Polygon] = []
    for feature in features:
        country = next((wanted[known[one]] for one in feature.codes if one in known), "")
        (found.setdefault(country, []) if country else land).extend(_whole(polygon) for polygon in feature.polygons)
    areas = {country: polygons for country, polygons in found.items() if any(polygons)}
    if not areas:
        raise _nothing(path, features, sorted(wanted))
    return replace(model, outlines=_drawn(areas, land, path))


def _nothing(path: Path, features: Sequence[Feature], wanted: Sequence[str]) -> SourceError:
    """Say that no area has the code of a country of the page."""
    codes = sorted({one for feature in features for one in feature.codes})
    listed = ", ".join(codes[:5]) or "–"
    example = f'"properties": {{"ISO_A2": "{(wanted or ["vn"])[0].upper()}"}}'
    return SourceError(
        f"{path.name}: no area has the ISO code of a country of the region, such as {example}; codes found: {listed}",
        f"{path.name}: không có vùng nào mang mã ISO của một nước trong khu vực, ví dụ {example}; mã có: {listed}",
    )


def _whole(polygon: Polygon) -> Polygon:
    """Lay each ring in one piece, however it crosses the date line, on the half of the globe that is drawn."""
    return [_unbroken(ring) for ring in polygon]


def _unbroken(ring: Ring) -> Ring:
    """Move positions by whole turns until none is more than half a turn from the one before.

    >>> _unbroken([(179.0, 0.0), (-179.0, 0.0), (-179.0, 1.0), (179.0, 0.0)])
    [(179.0, 0.0), (181.0, 0.0), (181.0, 1.0), (179.0, 0.0)]
    """
    found = [ring[0]]
    for x, y in ring[1:]:
        turns = round((found[-1][0] - x) / 360)
        found.append((x + 360 * turns, y))
    middle = (min(x for x, _ in found) + max(x for x, _ in found)) / 2
    turns = floor((middle - CUT) / 360)
    return [(x - 360 * turns, y) for x, y in found]


def _drawn(areas: dict[str, list[Polygon]], land: Iterable[Polygon], path: Path) -> Outlines:
    """Draw the areas in the frame around all of them, and what else lies in it."""
    west, south, east, north = _box(ring for polygons in areas.values() for polygon in polygons for ring in polygon)
    narrow = cos(radians((south + north) / 2)) or 1.0
    wide, high = max((east - west) * narrow, 1e-6), max(north - south, 1e-6)
    scale = LARGE * (1 - 2 * MARGIN) / max(wide, high)
    border = LARGE * MARGIN
    width, height = round(wide * scale + 2 * border), round(high * scale + 2 * border)

    def placed(ring: Ring) -> Ring:
        return [((x - west) * narrow * scale + border, (north - y) * scale + border) for x, y in ring]

    rings = {name: [placed(ring) for polygon in polygons for ring in polygon] for name, polygons in areas.items()}
    around = [_clipped(placed(ring), (0.0, 0.0, width, height)) for polygon in land for ring in polygon]
    shapes = {name: _thinned(list_, keep=True) for name, list_ in sorted(rings.items())}
    ground = _thinned(around, keep=False)
    drawn = sum(len(ring) for list_ in (*shapes.values(), ground) for ring in list_)
    if drawn > MOST_DRAWN:
        raise SourceError(
            f"{path.name}: {drawn} points remain at the size of a page, at most {MOST_DRAWN} can be drawn; simplify it",
            f"{path.name}: còn {drawn} điểm ở cỡ trang, chỉ vẽ được tối đa {MOST_DRAWN}; hãy giản lược tệp",
        )
    points = {name: _inner_point(max(list_, key=_area)) for name, list_ in rings.items()}
    return Outlines(width, height, {name: _path(list_) for name, list_ in shapes.items()}, points, _path(ground))


def _box(rings: Iterable[Ring]) -> Box:
    """Find the west, south, east and north of some rings."""
    xs, ys = zip(*(position for ring in rings for position in ring), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _clipped(ring: Ring, frame: Box) -> Ring:
    """Cut off what lies outside the frame, one side after the other."""
    box = _box([ring])
    if box[2] < frame[0] or box[3] < frame[1] or box[0] > frame[2] or box[1] > frame[3]:
        return []
    for axis, limit, sign in ((0, frame[0], 1), (0, frame[2], -1), (1, frame[1], 1), (1, frame[3], -1)):
        ring = list(_side(ring, axis, limit, sign))
    return ring


def _side(ring: Ring, axis: int, limit: float, sign: int) -> Iterator[Position]:
    """Keep what lies on one side of a line, with the points where the ring crosses it."""
    for one, two in pairwise([*ring, *ring[:1]]):
        inside = [sign * (position[axis] - limit) >= 0 for position in (one, two)]
        if inside[0]:
            yield one
        if inside[0] != inside[1]:
            share = (limit - one[axis]) / (two[axis] - one[axis])
            yield one[0] + share * (two[0] - one[0]), one[1] + share * (two[1] - one[1])


def _thinned(rings: Iterable[Ring], *, keep: bool) -> list[list[tuple[int, int]]]:
    """Leave out points that add nothing, and rings too small to see; of a country the largest is always kept."""
    found = [_thin(ring) for ring in sorted(rings, key=_area, reverse=True)]
    return [ring for number, ring in enumerate(found) if len(ring) >= geo.LEAST_POSITIONS - 1 or (keep and not number)]


def _thin(ring: Ring) -> list[tuple[int, int]]:
    """Keep the points of a ring that are some way from the one before, as whole numbers."""
    found: list[tuple[int, int]] = []
    for x, y in ring:
        if not found or abs(x - found[-1][0]) >= STEP or abs(y - found[-1][1]) >= STEP:
            found.append((round(x), round(y)))
    return found[:-1] if len(found) > 1 and found[0] == found[-1] else found


def _area(ring: Ring) -> float:
    """Measure a ring, whichever way it turns."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, *ring[:1]]))) / 2


def _path(rings: Iterable[list[tuple[int, int]]]) -> str:
    """Write rings as SVG does: a beginning, then steps.

    >>> _path([[(1, 2), (5, 2), (5, 0)]])
    'M1 2l4 0 0 -2z'
    """
    written = []
    for ring in rings:
        steps = " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(ring))
        written.append(f"M{ring[0][0]} {ring[0][1]}l{steps or '1 0 0 1'}z")
    return "".join(written)


def _inner_point(ring: Ring) -> tuple[int, int]:
    """Find a point well inside a ring: the middle of the widest place on lines laid through it."""
    _, low, _, high = _box([ring])
    spans = [
        (right - left, (left + right) / 2, y)
        for n in range(LINES)
        for y in [low + (high - low) * (n + 0.5) / LINES]
        for left, right in _crossed(ring, y)
    ]
    _, x, y = max(spans, default=(0.0, *ring[0]))
    return round(x), round(y)


def _crossed(ring: Ring, y: float) -> Iterator[tuple[float, float]]:
    """Give the stretches of a level line that lie inside a ring."""
    xs = sorted(
        a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for a, b in pairwise([*ring, *ring[:1]])
        if (a[1] > y) != (b[1] > y)
    )
    yield from zip(xs[::2], xs[1::2], strict=False)
