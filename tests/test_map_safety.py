"""The map and hostile data: texts are shown and do nothing, the policy stops what got in, any address opens it."""

import base64
import hashlib
import re

import pytest

from coopgraph.errors import CoopgraphError
from coopgraph.views import VIEWS
from coopgraph.views.model import FAMILIES, KINDS, Edge, Evidence, Fact, MapModel, Node, Source

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


def model(text: str = "Plain", name: str = "x") -> MapModel:
    """Make a small map in which every text is the one given."""
    said = {"en": text, "vi": text}
    evidence = (Evidence("doc-x", text or "L1", "stated", "", text), Evidence("doc-x", "L2", "inferred", "low", ""))
    facts = (Fact(said, said, "", evidence), Fact(said, said, f"{name}1", ()))
    nodes = tuple(
        Node(
            f"{name}{number}", kind, said, said, "", "https://example.org/x", facts if number else (), "2020-01-01", ""
        )
        for number, kind in enumerate(KINDS)
    )
    edges = tuple(
        Edge(f"e{number}", f"{name}0", f"{name}{number + 1}", family, said, "", "2024-01-01", evidence)
        for number, family in enumerate(FAMILIES)
    )
    source = Source("doc-x", text, text, text, text or "javascript:window.__pwned=1")
    return MapModel(said, nodes, edges, (source,), "", "1", "https://example.org/")


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
    "after",
    [
        "#node=org-accsm&lang=vi",
        "#node=nobody&date=xx&view=zz&focus=%00",
        "#%",
        "#node=<script>window.__pwned=1</script>",
        "#hops=9&edge=e0",
    ],
)
def test_any_address_opens_the_map(page, html, after):
    opened = page(html, after=after)

    assert opened.problems == []
    assert opened.page.evaluate("window.__pwned") is None
