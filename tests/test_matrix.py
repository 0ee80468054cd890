"""The matrix in a real browser: counts as the relations give them, gaps, what is behind a cell, keys, size."""

import csv
import io
from collections import Counter
from itertools import combinations

import pytest

import drawn
from coopgraph.views import VIEWS

pytestmark = pytest.mark.browser
CELLS = """() => Object.fromEntries([...document.querySelectorAll('[data-pair]')].map(
    cell => [cell.dataset.pair, cell.firstChild.textContent]))"""
THINGS = {
    "mou": ("agreement", "agreement", ["cty-aa", "cty-bb"]),
    "visit": ("meeting", "bilateral activity", ["cty-aa", "cty-bb"]),
    "summit": ("meeting", "multilateral activity", ["cty-aa", "cty-bb", "cty-cc"]),
    "alone": ("meeting", "bilateral activity", ["cty-dd"]),
}


def four():
    """Make a model of four countries and what they share."""
    nodes = [drawn.node(f"cty-{letter}{letter}", "country") for letter in "abcd"]
    nodes += [drawn.node(name, kind, start="2020-01-01") for name, (kind, _, _) in THINGS.items()]
    pairs = [(c, name, kind, how) for name, (kind, how, countries) in THINGS.items() for c in countries]
    edges = [
        drawn.edge(n, c, name, kind, how, "2020-01-01", "", "", "2022-01-01" if name == "mou" else "")
        for n, (c, name, kind, how) in enumerate(pairs)
    ]
    return drawn.model(nodes, edges)


def crowd(rows: int):
    """Make a model of many bodies that all meet their neighbours."""
    bodies = [
        drawn.node(f"org-{n}", "ministry", f"Ministry number {n} of a country with a long name") for n in range(rows)
    ]
    held = [drawn.node(f"evt-{n}", "meeting") for n in range(rows)]
    edges = [
        drawn.edge(5 * n + k, f"org-{(n + k) % rows}", f"evt-{n}", "meeting", "bilateral activity")
        for n in range(rows)
        for k in range(3)
    ]
    return drawn.model([*bodies, *held], edges)


@pytest.fixture
def opened(page):
    """Open the matrix of four countries."""
    return page(VIEWS["matrix"](four(), "en"))


def test_a_cell_counts_what_the_two_share_whichever_comes_first(opened):
    cells = opened.page.evaluate(CELLS)

    assert cells["cty-aa|cty-bb"] == cells["cty-bb|cty-aa"] == "3"
    assert cells["cty-aa|cty-cc"] == cells["cty-cc|cty-bb"] == "1"
    assert len(cells) == 6


def test_the_counts_of_the_graph_are_those_of_its_relations(page, atlas):
    network = atlas.network("country-matrix")
    takers = {}
    for country, thing in network.edges():
        takers.setdefault(thing, set()).add(country)
    wanted = Counter(pair for each in takers.values() for pair in combinations(sorted(each), 2))

    cells = page(atlas.map("country-matrix")).page.evaluate(CELLS)

    found = {
        tuple(key.split("|")): int(number) for key, number in cells.items() if key.split("|") == sorted(key.split("|"))
    }
    assert found == dict(wanted)


def test_bilateral_and_multilateral_counts_stand_apart(opened):
    cell = opened.page.locator("[data-pair='cty-aa|cty-bb']")

    assert cell.locator("small").inner_text() == "1·1·1"
    assert cell.get_attribute("aria-label").endswith("agreement 1, bilateral activity 1, multilateral activity 1")
    opened.page.get_by_role("button", name="multilateral activity", exact=True).click()
    assert opened.page.evaluate(CELLS)["cty-aa|cty-bb"] == "1"
    assert len(opened.page.evaluate(CELLS)) == 6
    opened.page.get_by_role("button", name="agreement", exact=True).click()
    assert set(opened.page.evaluate(CELLS)) == {"cty-aa|cty-bb", "cty-bb|cty-aa"}
    opened.page.get_by_role("button", name="All", exact=True).click()
    assert opened.page.evaluate(CELLS)["cty-aa|cty-bb"] == "3"


def test_who_shares_nothing_keeps_a_row_of_gaps(opened):
    row = opened.page.get_by_role("row", name="cty-dd")

    assert row.locator(".gap").count() == 3
    assert row.locator(".gap").first.inner_text().strip() == "0"
    assert row.locator(".self").count() == 1


def test_rows_come_in_order_of_how_much_they_share(opened):
    names = opened.page.locator("tbody th").all_inner_texts()

    assert [name.strip() for name in names] == ["cty-aa", "cty-bb", "cty-cc", "cty-dd"]
    assert opened.page.locator("tbody .sum").all_inner_texts() == ["3", "3", "1", "0"]


def test_an_agreement_that_is_over_no_longer_counts(opened):
    opened.page.locator("#day").fill("2023-01-01")

    opened.page.wait_for_function("() => document.querySelector('[data-pair]').firstChild.textContent === '2'")


def test_a_cell_opens_what_the_two_share_with_sources(opened):
    opened.page.locator("[data-pair='cty-bb|cty-aa']").click()
    card = opened.page.get_by_role("complementary", name="Details")

    text = card.inner_text()
    assert "cty-bb – cty-aa" in text
    assert all(name in text for name in ("mou", "visit", "summit", "bilateral activity (1)", "1 source"))
    assert "alone" not in text
    opened.page.get_by_role("button", name="mou").click()
    opened.page.get_by_role("heading", name="mou").wait_for()
    opened.page.get_by_role("button", name="Close").click()
    assert "cty-bb – cty-aa" in card.inner_text()
    opened.page.wait_for_function("() => location.hash.includes('pair=')")
    opened.page.keyboard.press("Escape")
    assert card.is_hidden()


def test_the_arrow_keys_go_from_number_to_number(opened):
    opened.page.locator("[data-pair][tabindex='0']").focus()
    opened.page.keyboard.press("ArrowRight")
    opened.page.keyboard.press("ArrowDown")

    assert opened.page.evaluate("document.activeElement.dataset.pair") == "cty-bb|cty-cc"
    assert opened.page.locator("[data-pair][tabindex='0']").count() == 1
    opened.page.keyboard.press("Enter")
    opened.page.get_by_role("heading", name="cty-bb – cty-cc").wait_for()


def test_the_matrix_itself_is_saved_as_csv(opened):
    opened.page.get_by_role("button", name="Export").click()
    with opened.page.expect_download() as waiting:
        opened.page.get_by_role("button", name="This view (CSV)").click()

    rows = list(csv.reader(io.StringIO(waiting.value.path().read_text(encoding="utf-8-sig"))))
    assert rows[0] == ["id", "Name", "All shared", "cty-aa", "cty-bb", "cty-cc", "cty-dd"]
    assert rows[1] == ["cty-aa", "cty-aa", "3", "", "3", "1", "0"]


def test_forty_by_forty_fit_their_names_and_keep_them_in_sight(page):
    opened = page(VIEWS["matrix"](crowd(40), "en"), after="#rows=40")
    view = opened.page.locator("#view-matrix")
    before = opened.page.locator("tbody th").first.bounding_box()
    view.evaluate("view => view.scrollTo(300, 200)")
    head, name = (
        opened.page.locator("thead th").nth(12).bounding_box(),
        opened.page.locator("tbody th").nth(20).bounding_box(),
    )

    assert opened.page.locator("tbody tr").count() == 40
    assert opened.page.locator("[data-pair]").count() == 160
    assert head["y"] == pytest.approx(view.bounding_box()["y"], abs=2)
    assert name["x"] == pytest.approx(before["x"], abs=1)
    assert opened.problems == []


def test_more_rows_than_fit_are_shown_on_demand(page):
    opened = page(VIEWS["matrix"](crowd(50), "en")).page

    assert opened.locator("tbody tr").count() == 20
    opened.get_by_role("button", name="Show 20 more").click()
    assert opened.locator("tbody tr").count() == 40
    opened.get_by_role("button", name="Show 10 more").click()
    assert opened.locator("tbody tr").count() == 50
    assert "50 of 50 rows" in opened.locator("#view-matrix").inner_text()


def test_the_focus_shows_a_body_with_its_partners_alone(page):
    opened = page(VIEWS["matrix"](crowd(50), "en"), after="#focus=org-7").page

    names = opened.locator("tbody th").all_inner_texts()
    assert names[0].split(" ")[2] == "7"
    assert {name.split(" ")[2] for name in names} == {"5", "6", "7", "8", "9"}


def steps():
    """Make a model of two countries that share much with one and less with others, for every step of colour."""
    nodes = [drawn.node(f"cty-{letter}{letter}", "country") for letter in "abcdef"]
    shares = [(other, n) for other, many in zip("bcdef", (1, 6, 20, 45, 90), strict=True) for n in range(many)]
    held = [drawn.node(f"evt-{other}-{n}", "meeting") for other, n in shares]
    edges = [
        drawn.edge(2 * k + end, f"cty-{letter}{letter}", f"evt-{other}-{n}", "meeting", "activity")
        for k, (other, n) in enumerate(shares)
        for end, letter in enumerate(("a", other))
    ]
    return drawn.model([*nodes, *held], edges)


def test_every_number_can_be_read_on_its_ground(page):
    for scheme in ("light", "dark"):
        shown = page(VIEWS["matrix"](steps(), "en"), color_scheme=scheme).page
        ratio = """cell => {
            const light = text => text.match(/\\d+/g).slice(0, 3).map(n => n / 255)
                .map(n => n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4)
                .reduce((sum, n, k) => sum + n * [0.2126, 0.7152, 0.0722][k], 0);
            const { color, backgroundColor } = getComputedStyle(cell);
            const [a, b] = [light(color), light(backgroundColor)].sort((x, y) => y - x);
            return (a + 0.05) / (b + 0.05);
        }"""
        grounds = shown.locator("[data-pair]").evaluate_all("cells => cells.map(cell => cell.style.background)")
        assert len(set(grounds)) == 5
        assert min(shown.locator("[data-pair]").evaluate_all(f"cells => cells.map({ratio})")) >= 4.5
