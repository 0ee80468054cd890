"""The organisation chart in a real browser: every state of a unit, what is left out, keys, circles, room for names."""

import re
from dataclasses import replace

import pytest

import drawn
from coopgraph.views import VIEWS

pytestmark = pytest.mark.browser
MERGED = {"en": "the merger of 2025", "vi": "việc sáp nhập năm 2025"}
DASHED = "box => Boolean(box.querySelector('rect').getAttribute('stroke-dasharray'))"
BOXES = """() => [...document.querySelectorAll('[data-body]')].map(box => {
    const { x, y, width, height } = box.querySelector('rect').getBBox();
    const inside = [...box.querySelectorAll('text')].every(text => {
        const one = text.getBBox();
        return one.x >= x && one.x + one.width <= x + width + 1 && one.y >= y - 1 && one.y + one.height <= y + height + 2;
    });
    return { x, y, width, height, inside };
})"""


def names(shown) -> list[str]:
    """Give what the boxes say, in the order of the keyboard."""
    boxes = shown.locator("[data-body]").all()
    return [box.get_attribute("aria-label") for box in boxes]


def body(name: str, text: str = "", kind: str = "ministry"):
    """Make a body of a chart."""
    return drawn.node(name, kind, text)


def place(number: int, unit: str, above: str, *days: str):
    """Place a unit under a body."""
    return drawn.edge(number, unit, above, "structure", "part of", *days)


def change(number: int, new: str, old: str, day: str):
    """Make a body out of another."""
    return replace(drawn.edge(number, new, old, "structure", "merger", day), via=MERGED)


def states():
    """Make a model of a ministry with a unit in every state on 1 June 2024."""
    texts = {
        "sure": ("2020-01-01", "2020-01-01", "2024-12-31", ""),
        "likely": ("", "2020-01-01", "2022-01-01", ""),
        "possible": ("", "2015-01-01", "2019-05-01", ""),
        "undated": (),
        "later": ("", "2025-02-28", "2025-02-28", ""),
        "over": ("", "2015-01-01", "2019-05-01", "2023-01-31"),
        "not-yet": ("2025-01-01", "2025-02-28", "2025-02-28", ""),
    }
    edges = [place(n, name, "top", *days) for n, (name, days) in enumerate(texts.items())]
    edges += [place(20, "inner", "sure", "2021-01-01", "2021-01-01", "2024-12-31")]
    edges += [change(30, "heir", "over", "2023-01-31"), change(31, "top", "origin", "2010-01-01")]
    everybody = ["top", *texts, "inner", "heir", "origin"]
    return drawn.model([body(name, name.replace("-", " ").title()) for name in everybody], edges, "2024-06-01")


@pytest.fixture
def shown(page):
    """Open a chart with a unit in every state."""
    return page(VIEWS["chart"](states(), "en")).page


def test_each_state_says_how_sure_it_is(shown):
    assert names(shown) == [
        "Top",
        "Origin, Predecessor, merger, 1 Jan 2010",
        "Likely",
        "Possible, last seen 2019",
        "Sure",
        "Inner",
        "Undated, no date known",
    ]


def test_what_is_left_out_is_counted_and_can_be_shown(shown):
    assert "5 units" in shown.locator("#status").inner_text()
    assert "1 not drawn: first seen later" in shown.locator("#status").inner_text()
    shown.get_by_label("First seen later (1)").check()
    shown.get_by_label("Former units (1)").check()

    assert names(shown)[-2:] == ["Over, ended by Jan 2023, now Heir", "Later, first seen Feb 2025"]
    shown.wait_for_function("() => location.hash.includes('former=1') && location.hash.includes('later=1')")
    assert "Not Yet" not in names(shown)


def test_at_all_times_every_unit_is_drawn_and_those_that_ended_are_dashed(shown):
    shown.get_by_label("All times").check()

    assert {"Later", "Not Yet", "Over, ended by Jan 2023, now Heir"} <= set(names(shown))
    ended = shown.locator("[data-body][aria-label^=Over]")
    assert ended.evaluate(DASHED)


def test_the_date_control_draws_the_chart_of_another_day(shown):
    shown.locator("#day").fill("2025-06-01")
    shown.get_by_role("treeitem", name="Not Yet").wait_for()
    assert "Later" in names(shown)
    shown.locator("#day").fill("2009-06-01")
    shown.get_by_role("treeitem", name="Likely").wait_for(state="detached")

    assert names(shown) == ["Top", "Undated, no date known"]


def test_the_keyboard_walks_the_tree_and_opens_a_card(shown):
    shown.get_by_role("treeitem", name="Top").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight"):
        shown.keyboard.press(key)
    held = "document.activeElement.getAttribute('aria-label')"
    assert shown.evaluate(held) == "Inner"
    assert shown.evaluate("document.activeElement.getAttribute('aria-level')") == "3"
    shown.keyboard.press("ArrowLeft")
    assert shown.evaluate(held) == "Sure"
    shown.keyboard.press("End")
    assert shown.evaluate(held) == "Undated, no date known"
    shown.keyboard.press("Home")
    assert shown.locator("[data-body][tabindex='0']").count() == 1
    shown.keyboard.press("Enter")
    shown.get_by_role("heading", name="Top").wait_for()
    shown.keyboard.press("Escape")

    assert shown.get_by_role("complementary", name="Details").is_hidden()


def test_the_card_of_a_predecessor_tells_the_change_with_its_source(shown):
    shown.get_by_role("treeitem", name="Origin").click()
    card = shown.get_by_role("complementary", name="Details")
    card.get_by_role("button", name="Relation: merger, Top").click()

    assert "the merger of 2025" in card.inner_text()
    assert "A source" in card.inner_text()


def test_search_shows_a_unit_that_was_left_out(shown):
    shown.get_by_role("combobox").fill("over")
    shown.get_by_role("option", name="Over").wait_for()
    shown.keyboard.press("Enter")

    shown.get_by_role("treeitem", name="Over, ended by Jan 2023").wait_for()
    assert shown.get_by_label("Former units").is_checked()


def test_the_focus_shows_a_unit_with_its_own_alone(shown):
    shown.get_by_role("treeitem", name="Sure").click()
    shown.get_by_role("button", name="Focus").click()

    assert names(shown) == ["Sure", "Inner"]
    shown.get_by_role("button", name="Leave (Esc)").first.click()
    assert len(names(shown)) == 7


def test_circles_in_the_data_come_to_an_end(page):
    edges = [place(1, "a", "b"), place(2, "b", "c"), place(3, "c", "b"), place(4, "b", "top")]
    edges += [change(5, "top", "x", ""), change(6, "x", "y", ""), change(7, "y", "x", "")]
    opened = page(VIEWS["chart"](drawn.model([body(name) for name in "abcxy"] + [body("top")], edges), "en"))

    assert sorted(names(opened.page))[:3] == ["a", "b", "c"]
    assert opened.problems == []


def large():
    """Make a model of a large ministry whose units have long names, some with units and predecessors of their own."""
    long = "Department number {} of international cooperation in matters of the civil service, Ministry of Home Affairs"
    nodes = [body("top", "Ministry of Home Affairs"), *(body(f"u{n}", long.format(n)) for n in range(60))]
    edges = [place(n, f"u{n}", "top" if n < 40 else f"u{n % 7}") for n in range(60)]
    edges += [change(100 + n, f"u{n}", f"u{n}-old", "2010-01-01") for n in range(0, 60, 9)]
    edges += [change(200 + n, "top", f"top-old{n}", f"20{10 + n}-01-01") for n in range(5)]
    old = [body(f"u{n}-old", f"An older department, number {n}") for n in range(0, 60, 9)]
    return drawn.model([*nodes, *old, *(body(f"top-old{n}") for n in range(5))], edges)


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844), (320, 640)])
def test_boxes_hold_their_text_and_do_not_touch(page, size):
    width, height = size
    opened = page(VIEWS["chart"](large(), "en"), viewport={"width": width, "height": height})
    boxes = opened.page.evaluate(BOXES)
    sheet = opened.page.locator("#view-chart svg").last.evaluate(
        "svg => [svg.clientWidth, svg.parentElement.clientWidth]"
    )

    assert len(boxes) == 1 + 60 + 7 + 5
    assert all(box["inside"] for box in boxes)
    assert sheet[0] <= max(sheet[1], 300)
    for n, one in enumerate(boxes):
        for two in boxes[n + 1 :]:
            apart = abs(one["x"] - two["x"]) >= min(one["width"], two["width"]) or (
                one["y"] + one["height"] <= two["y"] or two["y"] + two["height"] <= one["y"]
            )
            assert apart, (one, two)


def test_a_name_does_not_repeat_the_body_above(page):
    shown = page(VIEWS["chart"](large(), "en")).page

    text = shown.locator("[data-body][aria-label^='Department number 3 ']").evaluate(
        "box => [...box.querySelectorAll('text')].map(one => one.textContent).join(' ')"
    )
    assert text == "Department number 3 of international cooperation in matters of the civil service"


def test_the_picture_holds_the_chart_of_the_day(shown):
    shown.get_by_role("button", name="Export").click()
    with shown.expect_download() as waiting:
        shown.get_by_role("button", name="SVG").click()

    text = waiting.value.path().read_text(encoding="utf-8")
    assert re.search("As of: 1 Jun 2024", text)
    assert re.search("last seen 2019", text)
    assert "Later" not in text
