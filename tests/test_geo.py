"""An office's own GeoJSON: read strictly and within limits, and turned into shapes of a page."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

import drawn
from coopgraph.errors import QueryError, SourceError
from coopgraph.views import VIEWS, geo, outlined, outlines

SQUARE = [[100.0, 10.0], [104.0, 10.0], [104.0, 14.0], [100.0, 14.0], [100.0, 10.0]]
NUMBERS = re.compile(r"-?\d+")


def feature(coordinates: object = (SQUARE,), kind: str = "Polygon", **properties: object) -> dict:
    """Make a feature; without properties it is Viet Nam."""
    return {
        "type": "Feature",
        "properties": properties or {"ISO_A2": "VN"},
        "geometry": {"type": kind, "coordinates": list(coordinates) if coordinates == (SQUARE,) else coordinates},
    }


def collection(*features: object) -> dict:
    """Put features together."""
    return {"type": "FeatureCollection", "features": list(features)}


def file(folder: Path, data: object) -> Path:
    """Write a file: bytes and texts as they are, everything else as JSON."""
    path = folder / "approved.geojson"
    content = data if isinstance(data, bytes | str) else json.dumps(data)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def countries(*codes: str):
    """Make a model of countries without relations."""
    return drawn.model([drawn.node(f"cty-{code}", "country") for code in codes], [])


WRONG = {
    "not UTF-8": (b'{"type": "Feature\xff"}', "wanted JSON in UTF-8", "byte 0xff"),
    "no JSON": ("<kml/>", "wanted JSON in UTF-8", "Expecting value"),
    "cut off": ('{"type": "FeatureCollection", "features": [', "wanted JSON in UTF-8", "Expecting value"),
    "deep": ("[" * 200_000, "wanted JSON in UTF-8", "lists in lists without end"),
    "NaN": (json.dumps(collection(feature([[[float("nan"), 1.0]] * 4]))), "wanted JSON in UTF-8", "NaN"),
    "infinity": (json.dumps(collection(feature([[[float("inf"), 1.0]] * 4]))), "wanted JSON in UTF-8", "Infinity"),
    "a long number": ('{"type": ' + "9" * 10_000 + "}", "wanted JSON in UTF-8", "4300"),
    "a list": ([], '{"type": "FeatureCollection"', "found []"),
    "features no list": ({"type": "FeatureCollection", "features": {}}, '{"type": "FeatureCollection"', "found {"),
    "TopoJSON": ({"type": "Topology", "objects": {}}, "this is TopoJSON", "found 'Topology'"),
    "a feature that is none": (collection(feature(), 7), "feature 2: wanted {", "found 7"),
    "a geometry on its own": (
        collection({"type": "Polygon", "coordinates": [SQUARE]}),
        "feature 1: wanted {",
        "found {",
    ),
    "properties in a list": (
        collection({**feature(), "properties": ["VN"]}),
        "feature 1: wanted properties",
        "found ['VN']",
    ),
    "a point": (collection(feature([105.8, 21], "Point")), "feature 1: wanted a Polygon", "found 'Point'"),
    "a line": (collection(feature(SQUARE, "LineString")), "feature 1: wanted a Polygon", "found 'LineString'"),
    "no geometry type": (collection({**feature(), "geometry": "here"}), "feature 1: wanted a Polygon", "found 'here'"),
    "a collection in a collection": (
        collection(
            {
                "type": "Feature",
                "geometry": {
                    "type": "GeometryCollection",
                    "geometries": [{"type": "GeometryCollection", "geometries": []}],
                },
            }
        ),
        "feature 1, geometry 1: wanted a Polygon",
        "found 'GeometryCollection'",
    ),
    "coordinates in words": (collection(feature("105.8, 21")), "feature 1: wanted a list", "found '105.8, 21'"),
    "a ring in words": (collection(feature(["105.8, 21"])), "feature 1, ring 1: wanted a list", "found '105.8, 21'"),
    "a ring too short": (collection(feature([SQUARE[:3]])), "feature 1, ring 1: wanted at least 4", "found [[100.0"),
    "one number": (collection(feature([[[1.0]] * 4])), "ring 1, position 1: wanted longitude", "found [1.0]"),
    "five numbers": (collection(feature([[[1, 2, 3, 4, 5]] * 4])), "position 1: wanted longitude", "found [1, 2"),
    "words for numbers": (collection(feature([[["1", "2"]] * 4])), "position 1: wanted longitude", "found ['1', '2']"),
    "true for a number": (collection(feature([[[True, 1]] * 4])), "position 1: wanted longitude", "found [True, 1]"),
    "null for a number": (collection(feature([[[1, None]] * 4])), "position 1: wanted longitude", "found [1, None]"),
    "metres": (collection(feature([[[586_000.0, 2_325_000.0]] * 4])), "in degrees such as", "found [586000.0"),
    "beyond the pole": (collection(feature([[*SQUARE[:3], [10, 91]]])), "ring 1, position 4: wanted", "found [10, 91]"),
    "too large a number": (
        '{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[1e999,0],[0,0],[1,1],[1e999,0]]]}}',
        "position 1: wanted",
        "found [inf, 0]",
    ),
    "the second polygon": (
        collection(feature([[SQUARE], [[[1, 2]]]], "MultiPolygon")),
        "feature 1, polygon 2, ring 1: wanted at least 4",
        "found [[1, 2]]",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_told_in_one_line_with_an_example(tmp_path, name):
    data, wanted, found = WRONG[name]

    with pytest.raises(SourceError) as caught:
        outlines.outlined(countries("vn"), file(tmp_path, data))

    for lang in ("en", "vi"):
        told = caught.value.show(lang)
        assert told.startswith("approved.geojson: ")
        assert "\n" not in told
        assert len(told) < 400
    assert wanted in caught.value.show("en")
    assert found in caught.value.show("en")
    assert caught.value.show("vi") != caught.value.show("en")


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path, monkeypatch):
    huge = tmp_path / "huge.geojson"
    with huge.open("wb") as sparse:
        sparse.truncate(geo.MOST_BYTES + 1)

    for path, found in ((tmp_path / "none.geojson", "no file"), (tmp_path, "no file"), (huge, "more")):
        with pytest.raises(SourceError, match=f"at most 30 MB, found {found}"):
            geo.read(path)
    monkeypatch.setattr(geo, "MOST_POSITIONS", 9)
    with pytest.raises(SourceError, match="feature 2: wanted at most 1,000,000 positions"):
        geo.read(file(tmp_path, collection(feature(), feature())))


def test_a_file_without_a_country_of_the_region_says_which_codes_it_has(tmp_path):
    path = file(tmp_path, collection(feature(ISO_A2="FR"), feature(name="Viet Nam"), feature(iso3=None, ISO="XX")))

    with pytest.raises(SourceError) as caught:
        outlines.outlined(countries("vn", "fr"), path)

    assert str(caught.value).endswith('such as "properties": {"ISO_A2": "VN"}; codes found: fr, xx')


CODES = {
    "two letters": {"ISO_A2": "vn"},
    "a name with signs": {"ISO3166-1-Alpha-2": " VN "},
    "three letters": {"GID_0": "VNM"},
    "a number": {"ISO_N3": 704},
    "a number as text": {"m49": "704"},
    "what is unknown does not count": {"ISO_A2": "-99", "ISO_A2_EH": "VN"},
}


@pytest.mark.parametrize("name", CODES)
def test_a_country_is_known_by_its_iso_code(tmp_path, name):
    found = outlines.outlined(countries("vn", "la"), file(tmp_path, collection(feature(**CODES[name])))).outlines

    assert list(found.shapes) == ["cty-vn"]


def test_a_country_is_known_by_the_id_of_the_feature_and_one_feature_is_enough(tmp_path):
    path = file(tmp_path, {**feature(name="x"), "id": 116})

    assert list(outlines.outlined(countries("kh"), path).outlines.shapes) == ["cty-kh"]


def points(path: str) -> list[list[tuple[int, int]]]:
    """Read the rings of a path back."""
    rings = []
    for part in path.split("z")[:-1]:
        numbers = list(map(int, NUMBERS.findall(part)))
        ring = [(numbers[0], numbers[1])]
        for x, y in zip(numbers[2::2], numbers[3::2], strict=True):
            ring.append((ring[-1][0] + x, ring[-1][1] + y))
        rings.append(ring)
    return rings


def shape(folder: Path, *features: dict, country: str = "cty-vn"):
    """Give the outlines of a file, and the rings of one country."""
    found = outlines.outlined(countries("vn", "la"), file(folder, collection(*features))).outlines
    return found, points(found.shapes[country])


def test_a_shape_keeps_its_form_in_whole_numbers_inside_the_frame(tmp_path):
    found, [ring] = shape(tmp_path, feature())

    width, height = (max(p[n] for p in ring) - min(p[n] for p in ring) for n in (0, 1))
    assert width / height == pytest.approx(0.978, abs=0.01)
    assert height == pytest.approx(outlines.LARGE * (1 - 2 * outlines.MARGIN), abs=2)
    assert all(0 <= x <= found.width and 0 <= y <= found.height for x, y in ring)
    x, y = found.points["cty-vn"]
    assert min(p[0] for p in ring) < x < max(p[0] for p in ring)
    assert min(p[1] for p in ring) < y < max(p[1] for p in ring)


def test_heights_are_left_aside_and_holes_stay_holes(tmp_path):
    high = [[x, y, 1_500.5] for x, y in SQUARE]
    hole = [[101, 11], [103, 11], [103, 13], [101, 13], [101, 11]]

    _, rings = shape(tmp_path, feature([high, hole]))

    assert len(rings) == 2
    assert {len(ring) for ring in rings} == {4}


@pytest.mark.parametrize("east", [-178.0, 182.0])
def test_an_area_across_the_date_line_stays_in_one_piece(tmp_path, east):
    across = [[178, 0], [east, 0], [east, 2], [178, 2], [178, 0]]

    found, [ring] = shape(tmp_path, feature([across]))

    assert found.width / found.height == pytest.approx(1.887, abs=0.01)
    assert max(p[0] for p in ring) - min(p[0] for p in ring) > 1_400


def test_halves_that_meet_at_the_date_line_lie_side_by_side(tmp_path):
    west = [[178, 0], [180, 0], [180, 2], [178, 2], [178, 0]]
    east = [[-180, 0], [-178, 0], [-178, 2], [-180, 2], [-180, 0]]

    found, rings = shape(tmp_path, feature([[west], [east]], "MultiPolygon"))

    assert len(rings) == 2
    assert found.width / found.height == pytest.approx(1.887, abs=0.01)


def test_several_areas_of_one_country_are_one_shape_and_small_islands_are_left_out(tmp_path):
    speck = [[110, 12], [110.001, 12], [110.001, 12.001], [110, 12]]
    island = [[108, 11], [108.5, 11], [108.5, 11.5], [108, 11]]

    _, rings = shape(tmp_path, feature(), feature([island]), feature([speck]))

    assert len(rings) == 2


def test_a_country_that_is_one_speck_is_drawn_all_the_same(tmp_path):
    speck = [[110, 12], [110.001, 12], [110.001, 12.001], [110, 12]]
    found, rings = shape(tmp_path, feature(), feature([speck], ISO_A2="LA"), country="cty-la")

    assert len(rings) == 1
    assert found.points["cty-la"][0] > found.width * 0.8


def test_other_land_is_cut_at_the_frame(tmp_path):
    around = [[0, -60], [180, -60], [180, 80], [0, 80], [0, -60]]
    away = [[0, 40], [20, 40], [20, 60], [0, 40]]

    found, _ = shape(tmp_path, feature(), feature([around], ISO_A2="ZZ"), feature([away], name="far"))

    assert [sorted(ring) for ring in points(found.land)] == [
        sorted([(0, 0), (found.width, 0), (0, found.height), (found.width, found.height)])
    ]


def test_a_file_too_fine_for_a_page_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(outlines, "MOST_DRAWN", 3)

    with pytest.raises(SourceError, match="4 points remain at the size of a page, at most 3"):
        shape(tmp_path, feature())


def test_only_the_region_takes_shapes(tmp_path):
    with pytest.raises(QueryError, match="region-tiles --geo FILE"):
        outlined("timeline", countries("vn"), tmp_path)


def test_the_same_file_gives_the_same_bytes(tmp_path):
    pages = [VIEWS["tiles"](outlines.outlined(countries("vn", "la"), file(tmp_path, collection(feature()))), "en")] * 2

    assert pages[0] == pages[1]
    assert '"shapes":{"cty-vn":"M' in pages[0]


ring_of = some.lists(some.tuples(some.floats(-180, 180), some.floats(-90, 90)), min_size=4, max_size=12)


@given(ring_of)
def test_no_step_of_a_ring_is_longer_than_half_a_turn(ring):
    found = outlines._unbroken(ring)

    assert len(found) == len(ring)
    assert all(abs(a[0] - b[0]) <= 180 for a, b in pairwise(found))
    assert all(
        (a[0] - b[0]) % 360 == pytest.approx(0, abs=1e-6) or (a[0] - b[0]) % 360 > 359
        for a, b in zip(found, ring, strict=True)
    )


@given(ring_of)
def test_what_is_cut_lies_in_the_frame(ring):
    for x, y in outlines._clipped(ring, (-20.0, -30.0, 40.0, 50.0)):
        assert -20.000001 <= x <= 40.000001
        assert -30.000001 <= y <= 50.000001
