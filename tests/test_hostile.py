"""Hostile data in what every view gives away and in what the page holds: drawings, tables for Excel, cards, the brief."""

import csv
import json
import re
import xml.etree.ElementTree as ET

import pytest

import drawn
from coopgraph.errors import CoopgraphError
from coopgraph.views import VIEWS
from coopgraph.views.model import Fact, MapModel, Node
from test_map_safety import NASTY, model

NAMES = [f"x{number}-" for number in range(len(NASTY))]
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1")


def saved(opened, name: str) -> str:
    """Save from the menu and give the text of the file."""
    opened.page.locator("#export").click()
    with opened.page.expect_download() as waiting:
        opened.page.locator(f"[data-save={name}]").click()
    return waiting.value.path().read_bytes().decode("utf-8")


def held(html: str) -> dict:
    """Give the data that a page holds."""
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)[1])


@pytest.mark.browser
@pytest.mark.parametrize("view", VIEWS)
def test_a_saved_drawing_of_hostile_texts_is_a_drawing_and_nothing_else(page, view):
    opened = page(VIEWS[view](model(NASTY.values(), NAMES), "en"))

    drawing = ET.fromstring(saved(opened, "svg"))

    tags = {element.tag.rpartition("}")[2] for element in drawing.iter()}
    names = {name.rpartition("}")[2] for element in drawing.iter() for name in element.attrib}
    assert tags <= {"svg", "title", "desc", "defs", "marker", "pattern", "g", "path", "rect", "line", "circle"} | {
        "polygon", "polyline", "text", "tspan", "style", "clipPath", "ellipse",
    }  # fmt: skip
    assert [name for name in names if name.startswith("on") or name == "href"] == []
    assert opened.page.evaluate("window.__pwned") is None
    assert opened.problems == []


@pytest.mark.browser
@pytest.mark.parametrize("view", VIEWS)
def test_no_cell_of_a_saved_table_is_a_formula(page, view):
    nodes = [drawn.node(f"a{number}", "country", text) for number, text in enumerate(FORMULAS)]
    edges = [drawn.edge(n, "a0", f"a{n}", "meeting", "=cmd()", "2020-01-01") for n in range(1, len(nodes))]
    opened = page(VIEWS[view](drawn.model(nodes, edges), "en"))

    for name in ("entities", "relations"):
        rows = list(csv.reader(saved(opened, name).lstrip("\ufeff").splitlines()))
        assert len(rows) > len(edges) - 1
        assert [cell for row in rows for cell in row if re.match(r"[=+@\t\r]|-\D", cell)] == []


@pytest.mark.browser
@pytest.mark.parametrize("view", VIEWS)
def test_a_text_of_300_letters_leaves_the_page_as_wide_as_the_screen(page, view):
    long = [("country", "w" * 300), ("meeting", "Cộng hòa " * 33), ("country", "\u202e" + "ộ" * 300)]
    nodes = [drawn.node(f"a{number}", kind, text) for number, (kind, text) in enumerate(long)]
    edges = [drawn.edge(1, "a0", "a1", "meeting", "v" * 300, "2020-01-01"), drawn.edge(2, "a2", "a1", "meeting", "x")]
    opened = page(VIEWS[view](drawn.model(nodes, edges), "vi"), viewport={"width": 390, "height": 844})

    for chosen in ("", "node=a0", "edge=e1", "pair=a0|a2", "view=table", "view=table&list=relations"):
        opened.page.evaluate("chosen => { location.hash = chosen }", chosen)
        opened.page.wait_for_timeout(60)
        wide = opened.page.evaluate("document.documentElement.scrollWidth")
        assert (chosen, wide) == (chosen, 390)
    assert opened.problems == []


def test_what_a_page_holds_is_stored_once_and_whole():
    """Texts, times and places of sources are numbered; what the numbers stand for is what the model says."""
    html = VIEWS["matrix"](model(NASTY.values(), NAMES), "en")
    data = held(html)

    facts = [(data["words"][fact[0]], data["words"][fact[1]]) for node in data["nodes"] for fact in node["facts"]]
    ends = {(data["nodes"][edge[1]]["id"], data["nodes"][edge[2]]["id"]) for edge in data["edges"]}
    assert {text for fact in facts for text in fact} == set(NASTY.values())
    assert ("x0-0", "x0-1") in ends
    assert {tuple(data["times"][edge[5]]) for edge in data["edges"]} == {("", "2024-01-01", "", "", "")}
    assert {data["sources"][said[0]][0] for said in data["evidence"]} == {source[0] for source in data["sources"]}
    assert len({json.dumps(word) for word in data["words"]}) == len(data["words"])


@pytest.mark.browser
def test_a_value_in_parts_is_told_in_the_language_of_the_reader(page):
    part = ({"en": "post", "vi": "chức vụ"}, {"en": "<b>Minister</b>", "vi": "Bộ trưởng"})
    fact = Fact({"en": "Tenure", "vi": "Nhiệm kỳ"}, {}, "", drawn.SAID, (part, part))
    node = Node("a", "person", {"en": "A"}, {"en": "A"}, "", "https://example.org/a", (fact,), "", "")
    opened = page(VIEWS["timeline"](MapModel({"en": "x"}, (node,), (), (drawn.SOURCE,), "", "", ""), "en"), "#node=a")

    card = opened.page.locator("#card")
    assert "post: <b>Minister</b>, <b>Minister</b>" in card.inner_text()
    opened.page.locator("#lang").click()
    assert "chức vụ: Bộ trưởng, Bộ trưởng" in card.inner_text()


def test_a_source_that_is_cited_and_not_listed_is_refused():
    fact = Fact({"en": "a"}, {"en": "b"}, "", drawn.SAID)
    node = Node("a", "person", {"en": "A"}, {}, "", "", (fact,), "", "")

    with pytest.raises(CoopgraphError, match="doc-a"):
        VIEWS["map"](MapModel({}, (node,), (), (), "", "", ""), "en")
