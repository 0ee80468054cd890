"""The region tiles in a real browser: places, links as the relations give them, ways around tiles, shapes, keys."""

import json
import re
from collections import Counter
from itertools import combinations

import pytest

import drawn
import mini
from coopgraph import queries
from coopgraph.views import VIEWS, outlines
from coopgraph.views.countries import EAST, NORTH, REGION, SOUTH, WEST, sides

pytestmark = pytest.mark.browser
MAPS = queries.library(mini.REPOSITORY, "maps")
LINKS = """() => Object.fromEntries([...document.querySelectorAll('[data-link]')].map(link => {
    const [, one, two, number] = /^(.*) – (.*): (\\d+) shared$/.exec(link.getAttribute('aria-label'));
    return [[one, two].sort().join('|'), Number(number)];
}))"""
TILES = """() => Object.fromEntries([...document.querySelectorAll('[data-country][role=button]')].map(tile => {
    const { x, y, width, height } = tile.querySelector('rect').getBBox();
    const text = [...tile.querySelectorAll('text')].map(one => one.getBBox());
    const inside = text.every(one => one.x >= x && one.x + one.width <= x + width && one.y >= y - 1 && one.y + one.height <= y + height + 1);
    return [tile.dataset.country, { x, y, width, height, inside }];
}))"""
WAYS = """() => [...document.querySelectorAll('[data-link] > path:first-of-type')].map(way => {
    const long = way.getTotalLength();
    return Array.from({ length: 60 }, (_, n) => { const { x, y } = way.getPointAtLength(long * n / 59); return [x, y]; });
})"""
DRAWN_PAIRS = "() => document.querySelectorAll('[data-link]').length"
CODES = ["vn", "la", "kh", "th", "mm", "my", "sg", "bn", "id", "ph", "tl", "cn", "jp", "kr", "fr", "au", "us", "in"]


def crowd():
    """Make a model in which countries share more and more with those before them, and all of them a summit."""
    nodes = [drawn.node(f"cty-{code}", "country", code.upper()) for code in CODES]
    shares = [(a, b, n) for n, (a, b) in enumerate(combinations(CODES[:8] + CODES[11:14], 2))]
    things = [(f"evt-{n}-{k}", a, b) for a, b, n in shares for k in range(1 + n % 7)]
    nodes += [drawn.node(thing, "meeting", start="2020-01-01") for thing, _, _ in things]
    ends = [(thing, code) for thing, a, b in things for code in (a, b)]
    edges = [
        drawn.edge(n, f"cty-{code}", thing, "meeting", "bilateral activity", "2020-01-01")
        for n, (thing, code) in enumerate(ends)
    ]
    nodes.append(drawn.node("summit", "meeting", start="2021-01-01"))
    edges += [
        drawn.edge(9000 + n, f"cty-{code}", "summit", "meeting", "multilateral activity", "2021-01-01")
        for n, code in enumerate(CODES)
    ]
    return drawn.model(nodes, edges)


@pytest.fixture
def shown(page):
    """Open the region of a crowd."""
    return page(VIEWS["tiles"](crowd(), "en")).page


def test_the_region_asks_what_the_matrix_of_countries_asks():
    bodies = [MAPS[name].text.partition("PREFIX")[2] for name in ("region-tiles", "country-matrix")]

    assert bodies[0] == bodies[1]


def test_every_country_has_one_place():
    listed = [*REGION, *NORTH, *EAST, *SOUTH, *WEST]
    spots = [(spot.east, spot.south) for spot in REGION.values()]

    assert len(listed) == len(set(listed))
    assert all(abs(a[0] - b[0]) >= 1 or abs(a[1] - b[1]) >= 0.9 for a, b in combinations(spots, 2))
    assert sides(["cty-zz", "cty-us", "cty-pk"]) == {
        "north": [],
        "east": ["cty-us"],
        "south": [],
        "west": ["cty-pk", "cty-zz"],
    }


def test_tiles_stand_roughly_where_countries_lie(shown):
    at = {name.removeprefix("cty-"): tile for name, tile in shown.evaluate(TILES).items()}

    for west, east in (
        ("mm", "la"),
        ("la", "vn"),
        ("th", "kh"),
        ("vn", "ph"),
        ("sg", "id"),
        ("in", "mm"),
        ("ph", "us"),
    ):
        assert at[west]["x"] < at[east]["x"], (west, east)
    for north, south in (
        ("vn", "kh"),
        ("th", "my"),
        ("my", "sg"),
        ("bn", "id"),
        ("cn", "la"),
        ("jp", "ph"),
        ("tl", "au"),
    ):
        assert at[north]["y"] < at[south]["y"], (north, south)
    assert len(at) == len(CODES)


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700), (800, 600), (390, 844), (320, 640)])
def test_tiles_hold_their_names_and_do_not_touch(page, size):
    options = {"viewport": {"width": size[0], "height": size[1]}}
    shown = page(VIEWS["tiles"](crowd(), "en"), **options).page
    tiles = list(shown.evaluate(TILES).values())

    assert all(tile["inside"] for tile in tiles)
    for one, two in combinations(tiles, 2):
        beside = one["x"] + one["width"] <= two["x"] or two["x"] + two["width"] <= one["x"]
        assert beside or one["y"] + one["height"] <= two["y"] or two["y"] + two["height"] <= one["y"]
    assert shown.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_the_strongest_fifteen_pairs_are_drawn_without_what_ties_everybody(shown):
    wanted = Counter()
    for n, (a, b) in enumerate(combinations(CODES[:8] + CODES[11:14], 2)):
        wanted["|".join(sorted((a.upper(), b.upper())))] = 1 + n % 7

    links = shown.evaluate(LINKS)

    assert len(links) == 15
    assert min(links.values()) >= sorted(wanted.values())[-15]
    assert all(wanted[pair] == number for pair, number in links.items())
    assert "the 15 pairs that share most, of 55" in shown.locator("#view-tiles").inner_text()
    assert not shown.get_by_label("multilateral activity").first.is_checked()


def test_what_ties_everybody_can_be_counted_and_the_address_remembers(shown):
    shown.locator("#view-tiles").get_by_label("multilateral activity").check()

    pairs = len(CODES) * (len(CODES) - 1) // 2
    assert f"of {pairs}" in shown.locator("#view-tiles").inner_text()
    shown.wait_for_function("() => location.hash.includes('notypes=-')")
    shown.reload()
    shown.wait_for_function("() => window.__ready")
    assert f"of {pairs}" in shown.locator("#view-tiles").inner_text()
    shown.locator("#view-tiles").get_by_label("multilateral activity").uncheck()
    shown.wait_for_function("() => !location.hash.includes('notypes')")


def test_a_country_shows_all_its_own_links_and_escape_leads_back(shown):
    shown.get_by_role("button", name=re.compile("^VN: ")).click()

    assert all("VN" in pair.split("|") for pair in shown.evaluate(LINKS))
    assert shown.evaluate(DRAWN_PAIRS) == 10
    assert "all 10 pairs of VN" in shown.locator("#view-tiles").inner_text()
    shown.get_by_role("heading", name="VN", exact=True).wait_for()
    shown.keyboard.press("Escape")
    assert shown.evaluate(DRAWN_PAIRS) == 15


def test_a_link_opens_what_the_two_share(shown):
    name = shown.locator("[data-link]").last.get_attribute("aria-label")
    one, two, number = re.fullmatch(r"(\S+) – (\S+): (\d+) shared", name).groups()
    shown.locator("[data-link]").last.focus()
    shown.keyboard.press("Enter")

    shown.get_by_role("heading", name=f"{one} – {two}").wait_for()
    card = shown.get_by_role("complementary", name="Details").inner_text()
    assert f"{number} shared" in card
    assert f"bilateral activity ({number})" in card


def test_links_pass_behind_no_other_tile(page):
    """A link may graze a corner, not more."""
    for size in ((1440, 900), (1100, 760)):
        shown = page(VIEWS["tiles"](crowd(), "en"), viewport={"width": size[0], "height": size[1]}).page
        tiles = shown.evaluate(TILES).values()
        for way in shown.evaluate(WAYS):
            ends = (way[0], way[-1])
            for tile in tiles:
                held = [
                    point
                    for point in way
                    if tile["x"] + 8 < point[0] < tile["x"] + tile["width"] - 8
                    and tile["y"] + 8 < point[1] < tile["y"] + tile["height"] - 8
                ]
                assert not held or any(end in held for end in ends)


def test_the_keyboard_goes_from_country_to_country_and_from_link_to_link(shown):
    held = "document.activeElement.getAttribute('aria-label').slice(0, 2)"
    reached, waiting = {"LA"}, ["LA"]
    while waiting:
        code = waiting.pop()
        for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
            shown.locator(f"[data-country=cty-{code.lower()}]").click()
            shown.keyboard.press("Escape")
            shown.locator("[data-country][tabindex='0']").press(key)
            if (found := shown.evaluate(held)) not in reached:
                reached.add(found)
                waiting.append(found)
    assert reached == {code.upper() for code in CODES}
    assert shown.locator("[data-country][tabindex='0']").count() == 1
    assert shown.locator("[data-link][tabindex='0']").count() == 1
    shown.locator("[data-link][tabindex='0']").focus()
    shown.keyboard.press("ArrowRight")
    assert shown.evaluate("document.activeElement.id") == "link-1"


def test_the_matrix_of_the_same_counts_stands_beside(shown):
    pair, number = next(iter(shown.evaluate(LINKS).items()))
    one, two = (f"cty-{code.lower()}" for code in pair.split("|"))
    shown.get_by_role("tab", name="Matrix").click()

    assert shown.locator(f"[data-pair='{one}|{two}']").inner_text().split()[0] == str(number)
    assert shown.locator("[data-pair]").count() == 110


@pytest.fixture
def approved(tmp_path):
    """Write a file of an office: two countries as squares, one of them in two parts, and land of nobody here."""

    def square(west: float, south: float, size: float, **properties: str) -> dict:
        ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]
        return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}

    features = [
        square(104, 16, 4, ISO_A2="VN"),
        square(112, 10, 1, ISO_A2="VN"),
        square(98, 14, 4, ISO_A3="THA"),
        square(100, 22, 9, ISO_A2="CN"),
    ]
    path = tmp_path / "approved.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def test_an_office_s_own_shapes_take_the_place_of_tiles(page, approved):
    opened = page(VIEWS["tiles"](outlines.outlined(crowd(), approved), "en"))
    shown = opened.page

    drawn_as = shown.evaluate("""() => Object.fromEntries([...document.querySelectorAll('[data-country][role=button]')]
        .map(one => [one.dataset.country, one.querySelector('rect') ? 'tile' : 'shape']))""")
    assert {name for name, form in drawn_as.items() if form == "shape"} == {"cty-vn", "cty-th"}
    assert len(drawn_as) == len(CODES)
    assert "the file that the office supplied" in shown.locator("#view-tiles").inner_text()
    vn, th = (shown.locator(f"[data-country={name}][role=button]").bounding_box() for name in ("cty-vn", "cty-th"))
    assert th["x"] + th["width"] < vn["x"] + vn["width"]
    shown.locator("[data-country=cty-th][role=button]").click()
    shown.get_by_role("heading", name="TH", exact=True).wait_for()
    assert (opened.problems, len(opened.requests)) == ([], 1)


def test_the_command_takes_the_file_and_refuses_it_elsewhere(call, approved, empty):
    made = call("map", "region-tiles", "--geo", approved, "-o", empty / "region.html")
    assert (made.code, '"shapes":{"cty-th":"M' in (empty / "region.html").read_text(encoding="utf-8")) == (0, True)

    refused = call("map", "--geo", approved, "--lang", "vi")
    missing = call("map", "region-tiles", "--geo", "none.geojson")

    assert refused.code != 0
    assert "chỉ dùng cho hình khu vực" in refused.stderr
    assert missing.code != 0
    assert "none.geojson: wanted a GeoJSON file" in missing.stderr


def test_the_graph_as_tiles_counts_what_its_relations_say(page, atlas):
    network = atlas.network("region-tiles")
    takers: dict[str, set[str]] = {}
    for country, thing, about in network.edges(data=True):
        if about["relation"] != "cgv:basis-multilateral-event":
            takers.setdefault(thing, set()).add(atlas.evidence.label(f"https://w3id.org/coopgraph/id/{country}", "en"))
    wanted = Counter("|".join(pair) for each in takers.values() for pair in combinations(sorted(each), 2))

    links = page(atlas.map("region-tiles")).page.evaluate(LINKS)

    assert links == dict(wanted.most_common(15)) if len(wanted) <= 15 else set(links.values()) <= set(wanted.values())
