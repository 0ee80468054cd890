"""The timeline in a real browser: bars as sure as the dates, lanes, the as-of day, cards, keys."""

import re

import pytest

import drawn
from coopgraph.views import VIEWS

pytestmark = pytest.mark.browser
SHAPES = """name => {
    const bar = [...document.querySelectorAll('[data-bar]')].find(one => one.getAttribute('aria-label').startsWith(name));
    const box = shape => { const { left, right } = shape.getBoundingClientRect(); return [left, right]; };
    const [whole, sure] = ['polygon', 'rect:not([fill=transparent])'].map(what => bar.querySelector(what));
    return { whole: whole && box(whole), sure: sure && box(sure), fill: (sure || whole).getAttribute('fill'),
             label: bar.querySelector('text').textContent };
}"""
YEARS = """() => Object.fromEntries([...document.querySelectorAll('.axis text')].map(text => {
    const { left, right } = text.getBoundingClientRect();
    return [text.textContent, (left + right) / 2];
}))"""
DATED = {
    "exact": ("2004-01-01", "2004-01-01", "2008-01-01", "2008-01-01"),
    "rough": ("2004-01-01", "2004-12-31", "2007-01-01", "2007-12-31"),
    "seen": ("", "2004-06-01", "2006-06-01", ""),
    "year": ("2005-01-01", "2005-12-31", "2005-01-01", "2005-12-31"),
    "signed": ("2006-01-01", "2006-01-01", "", ""),
    "undated": (),
}


def agreements(as_of: str = ""):
    """Make a model of one country's agreements, known more and less exactly."""
    nodes = [drawn.node("cty-aa", "country"), *(drawn.node(name, "agreement") for name in DATED)]
    edges = [drawn.edge(n, "cty-aa", name, "agreement", "party", *days) for n, (name, days) in enumerate(DATED.items())]
    return drawn.model(nodes, edges, as_of)


def meetings(count: int):
    """Make a model of many meetings in five lanes."""
    lanes = [drawn.node(f"cty-{letter}{letter}", "country") for letter in "abcde"]
    days = [f"{1990 + n * 37 % 35}-{1 + n * 7 % 12:02}-{1 + n * 11 % 28:02}" for n in range(count)]
    held = [
        drawn.node(f"evt-{n}", "meeting", f"Meeting number {n} on civil service", day) for n, day in enumerate(days)
    ]
    edges = [drawn.edge(n, lanes[n % 5].id, f"evt-{n}", "meeting", "host", day, day) for n, day in enumerate(days)]
    return drawn.model([*lanes, *held], edges)


@pytest.fixture
def shown(page):
    """Open a timeline of agreements of one country."""
    return page(VIEWS["timeline"](agreements(), "en")).page


def test_a_bar_is_solid_where_it_surely_ran_and_pale_where_it_possibly_did(shown):
    exact, rough = (shown.evaluate(SHAPES, name) for name in ("exact", "rough"))
    years = shown.evaluate(YEARS)

    assert exact["sure"] == pytest.approx([years["2004"], years["2008"]], abs=2)
    assert exact["whole"] == pytest.approx(exact["sure"], abs=2)
    assert rough["whole"] == pytest.approx([years["2004"], years["2008"]], abs=2)
    assert rough["sure"] == pytest.approx([years["2005"], years["2007"]], abs=2)


def test_an_end_that_nobody_knows_is_a_point_beyond_what_was_seen(shown):
    seen, signed = (shown.evaluate(SHAPES, name) for name in ("seen", "signed"))

    assert seen["whole"][0] < seen["sure"][0] - 10
    assert seen["whole"][1] > seen["sure"][1] + 10
    assert signed["whole"][0] == pytest.approx(signed["sure"][0], abs=2)
    assert signed["whole"][1] > signed["sure"][1] + 10


def test_a_time_known_only_to_the_year_has_no_sure_part(shown):
    year = shown.evaluate(SHAPES, "year")

    years = shown.evaluate(YEARS)
    assert year["sure"] is None
    assert year["whole"] == pytest.approx([years["2005"], years["2006"]], abs=2)


def test_periods_are_said_as_exactly_as_they_are_known(shown):
    said = shown.locator("[data-bar]").evaluate_all("bars => bars.map(bar => bar.getAttribute('aria-label'))")

    assert sorted(said) == [
        "exact: 1 Jan 2004 – 1 Jan 2008, party",
        "rough: 2004 – 2007, party",
        "seen: seen 1 Jun 2004 – 1 Jun 2006, party",
        "signed: since 1 Jan 2006, party",
        "year: 2005, party",
    ]


def test_what_has_no_date_is_counted_and_not_drawn(shown):
    assert shown.locator(".lane-name .meta").inner_text() == "1 without a date"
    assert "Bars: 5, lanes: 1" in shown.locator("#status").inner_text()


def test_the_as_of_day_is_a_line_and_makes_pale_what_was_not_running(page):
    now = page(VIEWS["timeline"](agreements("2007-06-01"), "en")).page
    before = page(VIEWS["timeline"](agreements(), "en")).page

    colours = {name: [each.evaluate(SHAPES, name)["fill"] for each in (before, now)] for name in ("exact", "year")}
    line = now.locator(".lane svg:not(.axis) line[stroke-dasharray]").first.bounding_box()
    assert colours["exact"][0] == colours["exact"][1]
    assert colours["year"][0] != colours["year"][1]
    assert now.evaluate(SHAPES, "exact")["sure"][0] < line["x"] < now.evaluate(SHAPES, "exact")["sure"][1]
    assert before.locator(".lane svg:not(.axis) line[stroke-dasharray]").count() == 0


def test_a_click_on_the_axis_chooses_the_day(shown):
    x = shown.evaluate(YEARS)["2007"]
    axis = shown.locator(".axis").bounding_box()
    shown.mouse.click(x + 3, axis["y"] + 8)

    assert re.match("2007-01", shown.locator("#day").input_value())


def test_a_bar_opens_its_card_with_sources_and_the_address_brings_it_back(page):
    opened = page(VIEWS["timeline"](agreements(), "en"))
    opened.page.locator("[data-bar]", has_text="rough").click()
    card = opened.page.get_by_role("complementary", name="Details")

    assert "A source" in card.inner_text()
    assert "2004 – 2007" in card.inner_text()
    opened.page.wait_for_function("() => location.hash.includes('edge=')")
    opened.page.reload()
    opened.page.wait_for_function("() => window.__ready")
    assert "A source" in card.inner_text()
    assert opened.problems == []


def test_a_dated_thing_in_one_lane_is_one_bar_and_opens_itself(page):
    nodes = [drawn.node("cty-aa", "country"), drawn.node("mou", "agreement", start="2004-01-01")]
    twice = [drawn.edge(n, "cty-aa", "mou", "agreement", "party", "2004-01-01", "", "", "2006-01-01") for n in (1, 2)]
    shown = page(VIEWS["timeline"](drawn.model(nodes, twice), "en")).page

    shown.locator("[data-bar]").click()

    shown.get_by_role("heading", name="mou").wait_for()
    assert shown.locator("[data-bar]").count() == 1


def test_the_arrow_keys_go_from_bar_to_bar_and_enter_opens(page):
    shown = page(VIEWS["timeline"](meetings(20), "en")).page
    focused = "() => document.activeElement.getAttribute('aria-label')"
    shown.locator("[data-bar][tabindex='0']").focus()
    first = shown.evaluate(focused)
    shown.keyboard.press("ArrowRight")
    second = shown.evaluate(focused)
    shown.keyboard.press("ArrowDown")
    lane = shown.evaluate("() => document.activeElement.closest('.lane').id")
    shown.keyboard.press("Enter")

    assert len({first, second, shown.evaluate(focused)}) == 3
    assert lane == "lane-cty-bb"
    assert shown.locator("[data-bar][tabindex='0']").count() == 1
    assert shown.locator("#card").is_visible()


def test_three_hundred_bars_are_all_there_and_no_label_lies_on_another(page):
    opened = page(VIEWS["timeline"](meetings(300), "en"))
    clashes = """() => [...document.querySelectorAll('.lane svg')].flatMap(lane => {
        const boxes = [...lane.querySelectorAll('[data-bar] text')].map(text => text.getBoundingClientRect());
        return boxes.flatMap((a, n) => boxes.slice(n + 1).filter(b =>
            a.left < b.right && b.left < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom));
    }).length"""

    assert opened.page.locator("[data-bar]").count() == 300
    assert opened.page.evaluate(clashes) == 0
    assert opened.problems == []


def test_stretching_the_axis_keeps_the_names_in_sight(page):
    shown = page(VIEWS["timeline"](meetings(50), "en")).page
    narrow = shown.locator(".axis").bounding_box()["width"]
    shown.get_by_role("button", name="Stretch the time axis").click()
    shown.evaluate("document.getElementById('view-timeline').scrollLeft = 500")

    assert shown.locator(".axis").bounding_box()["width"] == pytest.approx(2 * narrow, rel=0.01)
    assert shown.locator(".lane-name button").first.bounding_box()["x"] > 290
    shown.wait_for_function("() => location.hash.includes('zoom=2')")


def test_the_focus_shows_only_what_concerns_one_entity(page):
    shown = page(VIEWS["timeline"](meetings(50), "en"), after="#focus=cty-bb").page

    assert shown.locator("[data-bar]").count() == 10
    shown.get_by_role("button", name="Leave (Esc)").click()
    assert shown.locator("[data-bar]").count() == 50


def test_search_brings_the_lane_into_sight(page):
    shown = page(VIEWS["timeline"](meetings(300), "en")).page
    shown.get_by_role("combobox").fill("cty-ee")
    shown.get_by_role("option").first.wait_for()
    shown.keyboard.press("Enter")

    lane = shown.locator("#lane-cty-ee").bounding_box()
    assert lane["y"] < 800
    assert lane["y"] + lane["height"] > 60


def test_the_as_of_line_is_broken_where_it_would_cross_a_label(page):
    shown = page(VIEWS["timeline"](meetings(50), "en"), after="#date=2010-06-01").page

    crossed = shown.evaluate("""() => [...document.querySelectorAll("[data-bar]")].map((bar) => {
        const line = bar.parentElement.querySelector("line[stroke-dasharray='5 3']").getBoundingClientRect();
        const text = bar.querySelector("text").getBoundingClientRect();
        const sheet = [...bar.querySelectorAll("rect")].find((one) => {
            const { left, right, top, bottom } = one.getBoundingClientRect();
            const over = left <= line.left && right >= line.right && top <= text.top + 2 && bottom >= text.bottom - 2;
            return over && one.getAttribute("fill") !== "transparent";
        });
        return [text.left < line.left && line.left < text.right, Boolean(sheet)];
    }).filter(([across]) => across).map(([, covered]) => covered)""")

    assert crossed
    assert all(crossed)
