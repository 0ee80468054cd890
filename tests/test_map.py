"""The map in a real browser without a network: nothing asked for, nothing broken, everything reachable."""

import base64
import re
import subprocess
import sys
import zlib

import pytest

from coopgraph import charts
from coopgraph.views import VIEWS
from coopgraph.views.relations import vis_script

pytestmark = pytest.mark.browser
PLACE = """id => {
    const { x, y } = __net.canvasToDOM(__net.getPositions([id])[id]);
    const { left, top } = __net.canvas.frame.getBoundingClientRect();
    return [left + x, top + y];
}"""
DRAWN = "Object.keys(__net.getPositions()).sort()"


def search(page, text: str):
    """Type into the search box and give the options below it."""
    page.get_by_role("combobox").first.fill(text)
    return page.get_by_role("option")


def choose(page, text: str) -> str:
    """Take what the search finds first, and give the text of its card."""
    search(page, text).first.wait_for()
    page.keyboard.press("Enter")
    card = page.get_by_role("complementary").filter(has=page.get_by_role("button", name=re.compile("^(Close|Đóng)$")))
    card.wait_for()
    return card.inner_text()


def test_the_map_asks_for_nothing_and_complains_of_nothing(opened):
    choose(opened.page, "moha")
    opened.page.get_by_role("tab", name="Table").click()
    opened.page.wait_for_timeout(200)

    assert [url for url in opened.requests if not url.startswith("file:")] == []
    assert len(opened.requests) == 1
    assert opened.problems == []


FOUND = {
    "pham thi thanh tra": "Pham Thi Thanh Tra",
    "Phạm Thị Thanh Trà": "Pham Thi Thanh Tra",
    "Pha\u0323m Thi\u0323 Thanh Tra\u0300": "Pham Thi Thanh Tra",
    "bo noi vu viet nam": "Ministry of Home Affairs of Viet Nam",
    "ACCSM": "ASEAN Cooperation on Civil Service Matters",
    "accsm": "ASEAN Cooperation on Civil Service Matters",
    "moha": "Ministry of Home Affairs of Viet Nam",
    "cong vu": "ASEAN",
    "qqqqq": "Nothing found",
    "<b>": "Nothing found",
    ".*": "Nothing found",
    "\\": "Nothing found",
}


def test_search_finds_whatever_the_marks_and_says_when_there_is_nothing(opened):
    for typed, found in FOUND.items():
        options = search(opened.page, typed)
        options.first.wait_for()

        assert found in " | ".join(options.all_inner_texts()), typed


def test_a_click_on_a_node_shows_its_card_with_sources(opened):
    opened.page.mouse.click(*opened.page.evaluate(PLACE, "org-accsm"))

    heading = opened.page.get_by_role("heading", name="ASEAN Cooperation on Civil Service Matters")
    heading.wait_for()
    card = opened.page.get_by_role("complementary").filter(has=heading)
    assert "org-accsm" in card.inner_text()
    assert re.search(r"\d+ sources?\b", card.inner_text())


def test_the_card_names_document_place_and_date(opened):
    choose(opened.page, "pham thi thanh tra")
    opened.page.locator("details summary").first.click()

    text = opened.page.get_by_role("complementary").last.inner_text()
    assert re.search(r"[Ll]ine \d+|\bL\d+|\dL\d+", text), text


def test_a_card_found_by_search_tells_relations_in_words(opened):
    text = choose(opened.page, "Ha Quang Truong")

    assert "Ha Quang Truong" in text
    assert "Building Transformational Leadership" in text


def test_a_date_known_to_the_month_stays_a_month(opened):
    text = choose(opened.page, "pham thi thanh tra")

    assert "Aug 2022" in text
    assert "31 Aug 2022" not in text


def test_the_legend_names_classes_and_hides_them(opened):
    before = opened.page.evaluate(DRAWN)
    box = opened.page.get_by_role("checkbox", name=re.compile("Official"))

    box.uncheck()
    opened.page.wait_for_timeout(150)

    after = opened.page.evaluate(DRAWN)
    assert opened.page.get_by_role("checkbox").count() >= 8
    assert [name for name in before if name.startswith("per-")]
    assert [name for name in after if name.startswith("per-")] == []
    assert set(after) < set(before)


def test_the_page_speaks_both_languages(opened):
    opened.page.get_by_role("button", name="Tiếng Việt").click()

    assert opened.page.locator("html").get_attribute("lang") == "vi"
    assert opened.page.get_by_role("tab", name="Bản đồ").is_visible()
    assert "Phạm Thị Thanh Trà" in choose(opened.page, "pham thi thanh tra")
    opened.page.get_by_role("button", name="English").click()
    assert opened.page.get_by_role("tab", name="Map").is_visible()


def test_the_table_holds_what_the_map_shows(opened, atlas):
    opened.page.get_by_role("tab", name="Table").click()

    panel = opened.page.get_by_role("tabpanel").filter(visible=True)
    assert panel.get_by_role("row").count() > 100
    assert "Ministry of Home Affairs of Viet Nam" in panel.inner_text()


def test_the_keyboard_reaches_search_and_card(opened):
    opened.page.get_by_role("application").focus()
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("napa")
    opened.page.get_by_role("option").first.wait_for()
    opened.page.keyboard.press("Enter")

    opened.page.get_by_role("heading", name=re.compile("National Academy of Public Administration")).first.wait_for()


def test_a_narrow_screen_needs_no_sideways_scrolling(page, html):
    opened = page(html, viewport={"width": 390, "height": 800})

    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.problems == []


def test_the_map_is_small_and_says_its_language_and_title(html):
    assert len(html.encode()) < 1_000_000
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert "<title>Who is tied to whom, and through what</title>" in html


def test_the_map_made_again_in_another_process_is_the_same(html, environment, empty):
    code = "import sys, coopgraph; sys.stdout.buffer.write(coopgraph.open().map(lang='en').encode())"
    other = subprocess.run(
        [sys.executable, "-c", code],
        cwd=empty,
        env={**environment, "PYTHONHASHSEED": "7"},
        capture_output=True,
        check=True,
    )

    assert other.stdout.decode() == html


def test_a_focused_map_holds_only_what_is_near(page, atlas):
    opened = page(atlas.map(focus="org-kr-nhi"))

    drawn = opened.page.evaluate(DRAWN)
    near = set(atlas.network().to_undirected().neighbors("org-kr-nhi")) | {"org-kr-nhi"}
    assert set(drawn) <= near
    assert "org-kr-nhi" in drawn


def test_a_map_in_vietnamese_of_a_day_opens_in_vietnamese_on_that_day(page, atlas):
    opened = page(atlas.map(lang="vi", as_of="2022-08-05"))

    assert opened.page.title() == f"{atlas.question('relations').title['vi']} (Tính đến 05/8/2022)"
    assert opened.page.get_by_role("tab", name="Bảng").is_visible()
    assert opened.page.locator("input[type=date]").input_value() == "2022-08-05"
    assert opened.problems == []


def test_a_browser_that_cannot_unpack_the_library_says_so_in_both_languages(chromium, tmp_path, html):
    (tmp_path / "map.html").write_text(html, encoding="utf-8")
    page = chromium.new_page()
    page.add_init_script("delete window.DecompressionStream")

    page.goto((tmp_path / "map.html").as_uri())

    page.get_by_text("This browser is too old to draw the map").wait_for()
    assert page.get_by_text("Trình duyệt này quá cũ để vẽ bản đồ").is_visible()
    page.close()


def test_the_library_stands_packed_in_the_page_under_its_licence(html):
    library = re.search(r'<script type="text/plain" id="library">(.*?)</script>', html, re.DOTALL)[1]
    licence, end, packed = library.partition("*/")

    assert "Apache" in licence
    assert "MIT" in licence
    assert zlib.decompress(base64.b64decode(packed)).decode() == vis_script()
    assert vis_script().startswith(licence + end)


def test_a_map_of_the_three_hundred_most_tied_entities_is_below_a_megabyte(region):
    whole = region.network()
    most = sorted(whole, key=lambda name: (-whole.degree(name), name))[:300]
    found = charts.model(region.store, region.evidence, whole.subgraph(most), {"en": "Dense"}, "", "1")

    size = len(VIEWS["map"](found, "en").encode())

    assert len(found.nodes) == 300
    assert len(found.edges) > 1_200
    assert size < 1_000_000
