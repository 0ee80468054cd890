"""Reads an office's own GeoJSON file: areas with their ISO codes, checked strictly, within stated limits."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from re import sub
from reprlib import Repr
from typing import Final, NoReturn

from coopgraph.errors import SourceError

MOST_BYTES: Final = 30_000_000
MOST_POSITIONS: Final = 1_000_000
"""What a file may hold; maps of one region are far smaller."""

LEAST_POSITIONS: Final = 4
"""Positions of the smallest ring: a triangle that comes back to its beginning."""

DIMENSIONS: Final = (2, 3)
"""Numbers of a position: longitude and latitude, and perhaps a height, which is not drawn."""

HIGHEST, FARTHEST = 90.0, 360.0
"""Degrees of latitude and of longitude; beyond 180 is allowed, so that an area may cross the date line in one piece."""

CODES: Final = (
    "isoa2",
    "isoa2eh",
    "iso2",
    "iso31661alpha2",
    "iso31661",
    "iso",
    "countrycode",
    "isoa3",
    "isoa3eh",
    "iso3",
    "iso31661alpha3",
    "adm0a3",
    "gid0",
    "shapegroup",
    "ison3",
    "iso31661numeric",
    "m49",
    "unm49",
    "id",
)
"""Properties that hold the ISO code of a country, without capitals, spaces and signs; the first that helps counts."""

Position = tuple[float, float]
Ring = list[Position]
Polygon = list[Ring]

SHAPE: Final = '{"type": "Polygon", "coordinates": [[[105.8, 21], [106, 21], [105.9, 21.2], [105.8, 21]]]}'
WANTED: Final[dict[str, tuple[str, str]]] = {
    "file": ("a GeoJSON file of at most 30 MB", "tệp GeoJSON không quá 30 MB"),
    "json": ('JSON in UTF-8 such as {"type": "FeatureCollection", "features": []}',) * 2,
    "collection": ('{"type": "FeatureCollection", "features": [{"type": "Feature"}]}',) * 2,
    "topology": (
        "GeoJSON; this is TopoJSON, convert it, for example with topo2geo",
        "GeoJSON; đây là TopoJSON, hãy chuyển đổi, ví dụ bằng topo2geo",
    ),
    "feature": ('{"type": "Feature", "properties": {"ISO_A2": "VN"}, "geometry": {"type": "Polygon"}}',) * 2,
    "properties": ('properties such as {"ISO_A2": "VN"}', 'properties như {"ISO_A2": "VN"}'),
    "geometry": (f"a Polygon or MultiPolygon such as {SHAPE}", f"Polygon hoặc MultiPolygon như {SHAPE}"),
    "list": ("a list such as [[105.8, 21], [106, 21]]", "danh sách như [[105.8, 21], [106, 21]]"),
    "ring": ("at least 4 positions such as [105.8, 21]", "ít nhất 4 điểm như [105.8, 21]"),
    "position": (
        "longitude and latitude in degrees such as [105.8, 21]",
        "kinh độ và vĩ độ tính bằng độ như [105.8, 21]",
    ),
    "many": ("at most 1,000,000 positions; simplify the file", "không quá 1.000.000 điểm; hãy giản lược tệp"),
}
"""What a file must hold, in English and Vietnamese."""

PLACES: Final = {
    "feature": "đối tượng",
    "polygon": "đa giác",
    "ring": "vòng",
    "position": "điểm",
    "geometry": "hình",
}
"""The words for a place in a file, in Vietnamese."""

Where = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Feature:
    """An area with the codes that its properties give, lower case, the likeliest first."""

    codes: tuple[str, ...]
    polygons: tuple[Polygon, ...]


class _Wrong(Exception):  # noqa: N818  # told as SourceError by `read`
    """Something in a file that is not as it should be."""

    def __init__(self, where: Where, found: object, wanted: str) -> None:
        super().__init__(wanted)
        self.where, self.found, self.wanted = where, found, wanted


def read(path: Path) -> list[Feature]:
    """Read the areas of a GeoJSON file.

    Raises SourceError, in one line with an example of right, when the file is too large, no GeoJSON, or holds anything
    but areas in degrees.
    """
    try:
        return list(_features(_parsed(_text(path))))
    except _Wrong as wrong:
        en, vi = WANTED[wrong.wanted]
        place_en = "".join(f"{word} {number}, " for word, number in wrong.where).removesuffix(", ")
        place_vi = "".join(f"{PLACES[word]} {number}, " for word, number in wrong.where).removesuffix(", ")
        found = f"found {_short(wrong.found)}", f"lại thấy {_short(wrong.found)}"
        raise SourceError(
            f"{path.name}: {place_en + ': ' if place_en else ''}wanted {en}, {found[0]}",
            f"{path.name}: {place_vi + ': ' if place_vi else ''}cần {vi}, {found[1]}",
        ) from None


def _short(found: object) -> str:
    """Write what was found in a few words, however large it is."""
    brief = Repr()
    brief.maxstring, brief.maxother, brief.maxlevel, brief.maxlong = 40, 40, 2, 40
    return found.args[0] if isinstance(found, ValueError) else brief.repr(found)


def _text(path: Path) -> str:
    """Read the text of a file that is not too large."""
    if not path.is_file():
        raise _Wrong((), ValueError("no file"), "file")
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _Wrong((), ValueError("more"), "file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise _Wrong((), ValueError(f"byte {content[wrong.start]:#x}"), "json") from wrong


def _parsed(text: str) -> object:
    """Read JSON; NaN and infinity are none."""

    def refuse(word: str) -> NoReturn:
        raise _Wrong((), ValueError(word), "json")

    try:
        return json.loads(text, parse_constant=refuse)
    except RecursionError:
        raise _Wrong((), ValueError("lists in lists without end"), "json") from None
    except ValueError as wrong:
        raise _Wrong((), ValueError(str(wrong)[:80]), "json") from wrong


def _features(data: object) -> Iterator[Feature]:
    """Go through the areas of a feature collection or of one feature."""
    if isinstance(data, dict) and data.get("type") == "Topology":
        raise _Wrong((), data["type"], "topology")
    if isinstance(data, dict) and data.get("type") == "Feature":
        data = {"type": "FeatureCollection", "features": [data]}
    items = data.get("features") if isinstance(data, dict) and data.get("type") == "FeatureCollection" else None
    if not isinstance(items, list):
        raise _Wrong((), data, "collection")
    left = MOST_POSITIONS
    for number, item in enumerate(items, 1):
        where = (("feature", number),)
        if not isinstance(item, dict) or item.get("type") != "Feature":
            raise _Wrong(where, item, "feature")
        polygons = tuple(_polygons(item.get("geometry"), where))
        left -= sum(len(ring) for polygon in polygons for ring in polygon)
        if left < 0:
            raise _Wrong(where, ValueError("more"), "many")
        yield Feature(tuple(_codes(item, where)), polygons)


def _codes(item: Mapping[str, object], where: Where) -> Iterator[str]:
    """Give the codes of a feature, the likeliest first."""
    properties = item.get("properties") or {}
    if not isinstance(properties, dict):
        raise _Wrong(where, properties, "properties")
    plain = {sub(r"[^a-z0-9]", "", str(name).lower()): value for name, value in properties.items()}
    plain.setdefault("id", item.get("id"))
    for name in CODES:
        value = plain.get(name)
        if isinstance(value, str | int):
            yield str(value).strip().lower().zfill(3 if str(value).isdigit() else 0)


def _polygons(geometry: object, where: Where) -> Iterator[Polygon]:
    """Give the polygons of a geometry; a feature without a place has none."""
    if geometry is None:
        return
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon", "GeometryCollection"):
        raise _Wrong(where, kind or geometry, "geometry")
    if kind == "GeometryCollection":
        for number, part in enumerate(_listed(geometry.get("geometries"), where), 1):
            if isinstance(part, dict) and part.get("type") == kind:
                raise _Wrong((*where, ("geometry", number)), kind, "geometry")
            yield from _polygons(part, (*where, ("geometry", number)))
    elif kind == "Polygon":
        yield _polygon(geometry.get("coordinates"), where)
    else:
        for number, part in enumerate(_listed(geometry.get("coordinates"), where), 1):
            yield _polygon(part, (*where, ("polygon", number)))


def _listed(found: object, where: Where) -> Iterable[object]:
    if not isinstance(found, list):
        raise _Wrong(where, found, "list")
    return found


def _polygon(found: object, where: Where) -> Polygon:
    """Read the rings of a polygon: its outline, then its holes."""
    return [_ring(ring, (*where, ("ring", number))) for number, ring in enumerate(_listed(found, where), 1)]


def _ring(found: object, where: Where) -> Ring:
    positions = list(_listed(found, where))
    if len(positions) < LEAST_POSITIONS:
        raise _Wrong(where, positions, "ring")
    ring = [_position(position) for position in positions]
    for number, position in enumerate(ring, 1):
        if position is None:
            raise _Wrong((*where, ("position", number)), positions[number - 1], "position")
    return [position for position in ring if position]


def _position(found: object) -> Position | None:
    """Read longitude and latitude, leaving a height aside; None if they are no degrees."""
    if not isinstance(found, list) or len(found) not in DIMENSIONS:
        return None
    x, y = found[0], found[1]
    if type(x) not in (int, float) or type(y) not in (int, float):
        return None
    return (float(x), float(y)) if abs(x) <= FARTHEST and abs(y) <= HIGHEST else None
