"""The map in a real browser without a network: nothing asked for, nothing broken, everything reachable."""

import base64
import hashlib
import re
import subprocess
import sys

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.views import VIEWS
from coopgraph.views.model import FAMILIES, KINDS, Edge, Evidence, Fact, MapModel, Node, Source

pytestmark = pytest.mark.browser
PLACE = """id => {
    const { x, y } = __net.canvasToDOM(__net.getPositions([id])[id]);
    const { left, top } = __net.canvas.frame.getBoundingClientRect();
    return [left + x, top + y];
}"""
DRAWN = "Object.keys(__net.getPositions()).sort()"
NASTY = {
    "script": "<script>window.__pwned = 1</script>",
    "end of script": "</script><script>window.__pwned = 1</script>",
    "image": '"><img src=x onerror="window.__pwned = 1">',
    "comment": "<!--<script>",
    "quotes": "\"'`${window.__pwned = 1}`'\" \\",
    "template": "{{ 7 * 7 }} {% raw %}",
    "right to left": "\u202eevil\u202c \u200f\u2067عربي",
    "long": "Cộng hòa " * 33 + "xyz",
    "one long word": "w" * 300,
    "odd": "\u2028\u2029 &lt;b&gt; \U0001f1fb\U0001f1f3 \x00\x1b",
    "empty": "",
}


@pytest.fixture(scope="module")
def html(atlas) -> str:
    """Write the map of all relations in English."""
    return atlas.map(lang="en")


@pytest.fixture
def opened(page, html):
    """Open the map of all relations."""
    return page(html)


def model(text: str = "Plain", name: str = "x") -> MapModel:
    """Make a small map in which every text is the one given."""
    said = {"en": text, "vi": text}
    evidence = (Evidence("doc-x", text or "L1", "stated", "", text), Evidence("doc-x", "L2", "inferred", "low", ""))
    facts = (Fact(said, said, "", evidence), Fact(said, said, f"{name}1", ()))
    nodes = tuple(
        Node(f"{name}{number}", kind, said, said, "", "https://example.org/x", facts if number else (), "2020-01-01", "")
        for number, kind in enumerate(KINDS)
    )
    edges = tuple(
        Edge(f"e{number}", f"{name}0", f"{name}{number + 1}", family, said, "", "2024-01-01", evidence)
        for number, family in enumerate(FAMILIES)
    )
    source = Source("doc-x", text, text, text, text or "javascript:window.__pwned=1")
    return MapModel(said, nodes, edges, (source,), "", "1", "https://example.org/")


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


def test_the_page_names_nothing_to_be_fetched(html):
    head, _, _ = html.partition('<script type="application/json"')

    assert re.findall(r"<(?:link|script|img|iframe)[^>]+(?:src|href)=", html) == []
    assert re.findall(r"url\((?!\s*[\"']?data:)|@import", head) == []


def test_the_policy_lets_only_the_scripts_of_the_page_run(html):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1].replace("&#39;", "'")
    scripts = re.findall(r"<script(?: type=\"module\")?>(.*?)</script>", html, re.DOTALL)

    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts}
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert set(re.search(r"script-src ([^;]+)", policy)[1].split()) == hashes
    assert "unsafe" not in policy


def test_a_script_or_request_that_got_in_would_be_stopped(opened):
    opened.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.__pwned = 1\">')")
    refused = opened.page.evaluate("fetch('https://example.org/').then(() => false, () => true)")
    opened.page.wait_for_timeout(100)

    assert refused
    assert opened.page.evaluate("window.__pwned") is None


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_a_hostile_text_is_shown_and_does_no_harm(page, text):
    html = VIEWS["map"](model(text), "en")

    opened = page(html)
    opened.page.evaluate("id => { location.hash = 'node=' + id }", "x1")
    opened.page.wait_for_timeout(150)
    opened.page.get_by_role("tab").nth(1).click()

    assert html.lower().count("<script") == VIEWS["map"](model(), "en").lower().count("<script")
    assert opened.page.evaluate("window.__pwned") is None
    assert (opened.problems, len(opened.requests)) == ([], 1)
    assert opened.page.evaluate("document.querySelectorAll('script').length") == 3
    assert opened.page.evaluate("document.querySelectorAll('img, iframe, [onerror], a[href^=javascript]').length") == 0
    visible = " ".join(letter for letter in text.split() if letter.isprintable())
    assert " ".join(visible.split()[:2]) in " ".join(opened.page.locator("body").inner_text().split())


@pytest.mark.parametrize("name", ['"><b>', "'", "a b", "\\", "#", "__x", "ộ", "1"])
def test_an_odd_id_does_no_harm(page, name):
    opened = page(VIEWS["map"](model("Plain", name), "vi"))

    assert len(opened.page.evaluate(DRAWN)) == len(KINDS)
    assert opened.problems == []


@pytest.mark.parametrize("name", ["__proto__", "constructor", "toString"])
def test_an_id_that_no_browser_can_use_is_refused(name):
    nodes = (Node(name, "topic", {}, {}, "", "", (), "", ""),)

    with pytest.raises(CoopgraphError, match=name):
        VIEWS["map"](MapModel({}, nodes, (), (), "", "", ""), "en")


def test_a_map_of_nothing_opens(page):
    opened = page(VIEWS["map"](MapModel({"en": "Nothing"}, (), (), (), "", "", ""), "en"))

    assert opened.problems == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("pham thi thanh tra", "Pham Thi Thanh Tra"),
        ("Phạm Thị Thanh Trà", "Pham Thi Thanh Tra"),
        ("Pha\u0323m Thi\u0323 Thanh Tra\u0300", "Pham Thi Thanh Tra"),
        ("bo noi vu viet nam", "Ministry of Home Affairs of Viet Nam"),
        ("ACCSM", "ASEAN Cooperation on Civil Service Matters"),
        ("accsm", "ASEAN Cooperation on Civil Service Matters"),
        ("moha", "Ministry of Home Affairs of Viet Nam"),
        ("cong vu", "ASEAN"),
    ],
)
def test_search_finds_whatever_the_marks(opened, typed, found):
    options = search(opened.page, typed)
    options.first.wait_for()

    assert found in " | ".join(options.all_inner_texts())


@pytest.mark.parametrize("typed", ["qqqqq", "<b>", ".*", "\\"])
def test_search_says_when_nothing_is_found(opened, typed):
    options = search(opened.page, typed)

    assert options.all_inner_texts() == ["Nothing found"]


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


def test_a_map_in_vietnamese_opens_in_vietnamese(page, atlas):
    opened = page(atlas.map(lang="vi"))

    assert opened.page.title() == atlas.question("relations").title["vi"]
    assert opened.page.get_by_role("tab", name="Bảng").is_visible()


def test_the_table_holds_what_the_map_shows(opened, atlas):
    opened.page.get_by_role("tab", name="Table").click()

    panel = opened.page.get_by_role("tabpanel").filter(visible=True)
    assert panel.get_by_role("row").count() > 100
    assert "Ministry of Home Affairs of Viet Nam" in panel.inner_text()


@pytest.mark.parametrize(
    "after",
    ["#node=org-accsm&lang=vi", "#node=nobody&date=xx&view=zz&focus=%00", "#%", "#node=<script>window.__pwned=1</script>", "#hops=9&edge=e0"],
)
def test_any_address_opens_the_map(page, html, after):
    opened = page(html, after=after)

    assert opened.problems == []
    assert opened.page.evaluate("window.__pwned") is None


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


def test_the_map_twice_and_in_another_process_is_the_same(html, atlas, environment, empty):
    code = "import sys, coopgraph; sys.stdout.buffer.write(coopgraph.open().map(lang='en').encode())"
    other = subprocess.run([sys.executable, "-c", code], cwd=empty, env={**environment, "PYTHONHASHSEED": "7"}, capture_output=True, check=True)

    assert atlas.map(lang="en") == html
    assert other.stdout.decode() == html


def test_a_focused_map_holds_only_what_is_near(page, atlas):
    opened = page(atlas.map(focus="org-kr-nhi"))

    drawn = opened.page.evaluate(DRAWN)
    near = set(atlas.network().to_undirected().neighbors("org-kr-nhi")) | {"org-kr-nhi"}
    assert set(drawn) <= near
    assert "org-kr-nhi" in drawn


def test_a_map_of_a_day_opens_on_that_day(page, atlas):
    opened = page(atlas.map(as_of="2022-08-05"))

    assert opened.page.locator("input[type=date]").input_value() == "2022-08-05"
    assert opened.problems == []
