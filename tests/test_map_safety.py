"""The map and hostile data: texts are shown and do nothing, the policy stops what got in, any address opens it."""

import base64
import hashlib
import re
from collections.abc import Iterable

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.views import VIEWS
from coopgraph.views.model import FAMILIES, KINDS, Edge, Evidence, Fact, MapModel, Node, Source
from coopgraph.views.relations import vis_script

pytestmark = pytest.mark.browser
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


def model(texts: Iterable[str] = ("Plain",), names: Iterable[str] = ("x",)) -> MapModel:
    """Make a small map: for each text and name a star of every kind of entity, in which every text is the one given."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    sources: list[Source] = []
    for text, name in zip(texts, names, strict=True):
        said = {"en": text, "vi": text}
        doc = f"doc-{len(sources)}"
        evidence = (Evidence(doc, text or "L1", "stated", "", text), Evidence(doc, "L2", "inferred", "low", ""))
        facts = (Fact(said, said, "", evidence), Fact(said, said, f"{name}1", ()))
        for number, kind in enumerate(KINDS):
            nodes.append(
                Node(f"{name}{number}", kind, said, said, "", "https://example.org/x", facts, "2020-01-01", "")
            )
        for number, family in enumerate(FAMILIES):
            ends = f"{name}0", f"{name}{number + 1}"
            edges.append(Edge(f"e-{name}-{number}", *ends, family, said, "", "2024-01-01", evidence))
        sources.append(Source(doc, text, text, text, text or "javascript:window.__pwned=1"))
    return MapModel(
        {"en": "<script>Title", "vi": "Tên"}, tuple(nodes), tuple(edges), tuple(sources), "", "1", "https://x/"
    )


@pytest.fixture(scope="module")
def hostile() -> str:
    """Write a map with every hostile text; `x0-1` is the second entity with the first of them."""
    return VIEWS["map"](model(NASTY.values(), [f"x{number}-" for number in range(len(NASTY))]), "en")


def test_the_page_names_nothing_to_be_fetched(html):
    head, _, _ = html.partition('<script type="application/json"')

    assert re.findall(r"<(?:link|script|img|iframe)[^>]+(?:src|href)=", html) == []
    assert re.findall(r"url\((?!\s*[\"']?data:)|@import", head) == []


def test_the_policy_lets_only_the_scripts_of_the_page_run(html):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1].replace("&#39;", "'")
    scripts = [*re.findall(r"<script type=\"module\">(.*?)</script>", html, re.DOTALL), vis_script()]

    assert re.findall(r"<script(?! type=\"(?:module|text/plain|application/json)\")", html) == []
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


def test_hostile_texts_are_shown_and_do_no_harm(page, hostile):
    opened = page(hostile)
    for number, text in enumerate(NASTY.values()):
        opened.page.evaluate("id => { location.hash = 'node=' + id }", f"x{number}-1")
        opened.page.get_by_text(f"id/x{number}-1").or_(opened.page.get_by_role("complementary")).first.wait_for()
        words = "".join(letter if letter.isprintable() else " " for letter in text).split()[:2]
        opened.page.wait_for_function("text => document.body.innerText.includes(text)", arg=words[0] if words else "")

    opened.page.get_by_role("tab").nth(1).click()
    opened.page.wait_for_timeout(100)

    assert hostile.lower().count("<script") == VIEWS["map"](model(), "en").lower().count("<script") == 3
    assert opened.page.evaluate("window.__pwned") is None
    assert (opened.problems, len(opened.requests)) == ([], 1)
    assert opened.page.evaluate("document.querySelectorAll('script').length") == 3
    assert opened.page.evaluate("document.querySelectorAll('img, iframe, [onerror], a[href^=javascript]').length") == 0


def test_a_hostile_text_can_be_searched_for(page, hostile):
    opened = page(hostile)
    opened.page.get_by_role("combobox").first.fill("<script>window")

    opened.page.get_by_role("option").first.wait_for()
    assert "<script>window.__pwned = 1</script>" in opened.page.get_by_role("option").first.inner_text()
    assert opened.page.evaluate("window.__pwned") is None


def test_odd_ids_do_no_harm(page):
    names = ['"><b>', "'", "a b", "\\", "#", "__x", "ộ", "1"]

    opened = page(VIEWS["map"](model(["Plain"] * len(names), names), "vi"))

    assert len(opened.page.evaluate(DRAWN)) == len(KINDS) * len(names)
    assert opened.problems == []


@pytest.mark.parametrize("name", ["__proto__", "constructor", "toString"])
def test_an_id_that_no_browser_can_use_is_refused(name):
    nodes = (Node(name, "topic", {}, {}, "", "", (), "", ""),)

    with pytest.raises(CoopgraphError, match=name):
        VIEWS["map"](MapModel({}, nodes, (), (), "", "", ""), "en")


def test_a_map_of_nothing_opens(page):
    opened = page(VIEWS["map"](MapModel({"en": "Nothing"}, (), (), (), "", "", ""), "en"))

    assert opened.problems == []


def test_any_address_opens_the_map(page, html):
    opened = page(html, after="#node=org-accsm&lang=vi")
    for after in (
        "node=nobody&date=xx&view=zz&focus=%00",
        "%",
        "node=<script>window.__pwned=1</script>",
        "hops=9&edge=e0",
        "",
    ):
        opened.page.evaluate("after => { location.hash = after }", after)
        opened.page.wait_for_timeout(50)

    opened.page.reload()
    opened.page.wait_for_function("() => window.__ready")
    assert opened.problems == []
    assert opened.page.evaluate("window.__pwned") is None
