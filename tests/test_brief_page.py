"""The page of a brief: safe, silent, readable on paper, on a phone and in the dark; its pictures."""

import base64
import hashlib
import re
from dataclasses import replace
from html import unescape

import pytest

from coopgraph import briefs
from coopgraph.briefs import chart, lines, sketch
from coopgraph.briefs.cited import Bibliography
from coopgraph.briefs.values import Bars, Brief, Cite, Conflict, Reference, Row, Section, Statement
from coopgraph.model import Evidence
from coopgraph.views.model import FAMILIES, KINDS, Edge, MapModel, Node

NASTY = {
    "script": "<script>window.__pwned = 1</script>",
    "end of style": "</style><script>window.__pwned = 1</script>",
    "image": '"><img src=x onerror="window.__pwned = 1">',
    "quotes": "\"'`${window.__pwned = 1}`'\" \\",
    "template": "{{ 7 * 7 }} {% raw %}",
    "markdown": "1. **a** | b_c_ [x](javascript:window.__pwned) ![y](z) <https://e.x/> ~~s~~ # h",
    "right to left": "\u202eevil\u202c \u200f\u2067عربي",
    "long": "Cộng hòa " * 33 + "xyz",
    "one long word": "w" * 300,
    "odd": "\u2028\u2029 &lt;b&gt; \U0001f1fb\U0001f1f3",
}
PAGES = {
    "two countries": (("cty-vn", "cty-la"), "vi"),
    "country": (("cty-vn",), "en"),
    "ministry": (("org-vn-moha",), "vi"),
    "event": (("evt-kh-mcs-transformational-leadership-2023",), "en"),
    "meeting": (("evt-accsm-21",), "vi"),
}


def drawing(text: str = "Plain", count: int = len(KINDS)) -> MapModel:
    """Make a small map with every kind of thing and every family of relations."""
    said = {"en": text, "vi": text}
    nodes = tuple(
        Node(f"n{number}", KINDS[number % len(KINDS)], said, said, "", "https://example.org/x", (), "", "")
        for number in range(count)
    )
    edges = tuple(
        Edge(f"e{number}", "n0", f"n{number}", FAMILIES[number % len(FAMILIES)], said, "", "", ())
        for number in range(1, count)
    )
    return MapModel(said, nodes, edges, (), "2024-01-01", "1", "https://x/")


def hostile(text: str) -> Brief:
    """Make a brief in which every text is the one given."""
    cites = (Cite(1, text),)
    rows = (Row((text, text), cites, 2, doubtful=True), Row(("", text), cites))
    part = Section(
        text, text, (text[:20], text[:20]), rows, 2, sureness=((text, 1),), left="2 of 3:", command="coopgraph ask x"
    )
    listed = replace(
        part, rows=(Row((text,), cites),), heads=(text,), items=True, bars=Bars((text,), ((text, (2,)),), 1)
    )
    conflict = Conflict(text, text, (Statement(text, cites), Statement(text, ())))
    sources = (Reference(1, text, text, text, text, f"https://example.org/{text}"), Reference(2, text, "", "", "", ""))
    return Brief(
        "en", text, text, text, "2024-01-01", given=True, made=text, facts=(Row((text, text), cites),),
        sections=(part, listed), conflicts=(conflict,), references=sources, map=drawing(text), subjects=("n0",),
    )  # fmt: skip


def opened(chromium, tmp_path, html: str, **options: object):
    """Open a page without a network; give it with what it asked for and complained about."""
    file = tmp_path / "brief.html"
    file.write_text(html, encoding="utf-8", newline="\n")
    page = chromium.new_context(offline=True, **options).new_page()
    asked, problems = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: said.type in ("error", "warning") and problems.append(said.text))
    page.on("pageerror", lambda wrong: problems.append(str(wrong)))
    page.goto(file.as_uri())
    return page, asked, problems


def test_the_policy_allows_nothing_but_the_style_of_the_page(atlas):
    html = briefs.html(atlas.brief("cty-vn", "cty-la"))
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1])
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]

    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert re.findall(r"<(?:script|link|img|iframe|object)\b|<[^>]*\s(?:style|on\w+)=|url\(|@import", html) == []


@pytest.mark.browser
@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_hostile_texts_are_shown_and_do_no_harm(chromium, tmp_path, text):
    page, asked, problems = opened(chromium, tmp_path, briefs.html(hostile(text)))

    shown = page.locator("h1").inner_text()
    assert shown.split() == text.split()
    assert page.evaluate("window.__pwned") is None
    assert page.locator("script, img, iframe, object, [onerror], [style]").count() == 0
    assert page.locator("a").evaluate_all("links => links.every(a => /^(#|https:)/.test(a.getAttribute('href')))")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert (problems, len(asked)) == ([], 1)
    page.context.close()


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_hostile_texts_stay_text_in_markdown(text):
    markdown = briefs.markdown(hostile(text))

    bare = re.sub(r"\\.", "", markdown)
    assert "<script" not in markdown
    assert "<img" not in markdown
    assert re.findall(r"!?\[[^\]]*\]\(", bare) == []
    assert markdown.count("\n# ") == 0
    assert len(re.findall(r"^\d+\. ", markdown, re.MULTILINE)) == 2


@pytest.mark.browser
@pytest.mark.parametrize(("names", "lang"), PAGES.values(), ids=PAGES)
def test_a_brief_is_silent_fits_a_phone_and_prints_on_two_pages(chromium, tmp_path, atlas, names, lang):
    html = briefs.html(atlas.brief(*names, lang=lang))
    page, asked, problems = opened(chromium, tmp_path, html, viewport={"width": 390, "height": 844})
    wide = page.evaluate("document.documentElement.scrollWidth")
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))
    clicked = page.locator("a.cite").first
    clicked.click()
    target = page.locator("li:target").inner_text()
    page.context.close()

    assert wide <= 390
    assert pages <= 2
    assert target
    assert (problems, [url for url in asked if not url.startswith("file:")]) == ([], [])


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_both_schemes(chromium, tmp_path, atlas, scheme):
    page, *_ = opened(chromium, tmp_path, briefs.html(atlas.brief("org-vn-moha")), color_scheme=scheme)
    worst = page.evaluate(
        """() => {
            const light = colour => {
                const [r, g, b] = colour.match(/[0-9.]+/g).map(n => n / 255)
                    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const paper = light(getComputedStyle(document.querySelector("main")).backgroundColor);
            return Math.min(...[...document.querySelectorAll("main *")].filter(e => e.textContent.trim() && !e.closest("svg"))
                .map(e => light(getComputedStyle(e).color))
                .map(ink => (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05)));
        }"""
    )
    page.context.close()

    assert worst >= 4.5


def test_the_map_draws_every_kind_within_its_frame_and_always_alike():
    model = drawing("Ministry of Home Affairs of Viet Nam", 14)

    svg = sketch.draw(model, "en", ("n0",), "told")

    assert svg == sketch.draw(model, "en", ("n0",), "told")
    assert {f"k-{kind}" for kind in KINDS} <= set(re.findall(r"k-[a-z]+", svg))
    assert {f"f-{family}" for family in FAMILIES} <= set(re.findall(r"f-[a-z]+", svg))
    assert svg.count("<text") == 14
    places = [(float(x), float(y)) for x, y in re.findall(r'<tspan x="([\d.-]+)" y="([\d.-]+)"', svg)]
    assert all(0 < x < sketch.WIDE and 0 < y < sketch.HIGH for x, y in places)
    assert [kind for kind, _ in sketch.key(model)] == list(KINDS)


def test_a_map_of_nothing_is_no_picture():
    assert sketch.draw(drawing(count=0), "en", (), "told") == ""


def test_things_in_the_map_do_not_cover_each_other():
    spots = list(sketch._spots(drawing(count=14)).values())

    apart = [abs(a[0] - b[0]) + abs(a[1] - b[1]) for n, a in enumerate(spots) for b in spots[n + 1 :]]
    assert min(apart) > 24


def test_the_chart_stacks_each_year_to_its_sum():
    svg = chart.draw(Bars(("a", "b"), (("2022", (1, 3)), ("2023", (0, 2)))), "told")
    heights = [float(high) for high in re.findall(r'height="([\d.]+)"', svg)]

    assert re.findall(r">([^<]+)</text>", svg) == ["4", "2022", "2", "2023"]
    assert heights[1] == pytest.approx(3 * heights[0], abs=0.2)
    assert len(heights) == 3
    assert chart.draw(Bars(("a",), ()), "told") == ""


def test_many_years_are_counted_together_before_the_last_twelve():
    counted = lines.by_year(["1998", "2001-05", "2024-01-02"], ["a", "a", ""], "other", "to {0}")

    assert counted.years[0] == ("to 2012", (2, 0))
    assert [year for year, _ in counted.years[1:]] == [str(year) for year in range(2013, 2025)]
    assert counted.years[-1] == ("2024", (0, 1))


def test_a_line_cites_at_most_two_documents_and_counts_the_others(atlas):
    found = [
        Evidence("doc-a", "L1", "inferred"),
        Evidence("doc-b", "L2"),
        Evidence("doc-c", "L3"),
        Evidence("doc-d", "L4"),
    ]
    bibliography = Bibliography(atlas.evidence, "en")
    first, more = bibliography.cite(found)
    again, _ = bibliography.cite([Evidence("doc-0", "L1"), Evidence("doc-c", "L9")])

    assert ([cite.places for cite in first], more) == (["line 2", "line 3"], 2)
    assert [cite.number for cite in again] == [2, 3]
    assert [one.places for one in bibliography.references()] == ["line 2", "line 3; line 9", "line 1"]
