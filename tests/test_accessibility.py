"""Every view as axe-core sees it: light and dark, at a desk and on a phone, in both languages, closed and open."""

from importlib.resources import files

import pytest

import mini
from coopgraph import queries
from coopgraph.briefs import FORMATS
from coopgraph.views import VIEWS

pytestmark = pytest.mark.browser
MAPS = queries.library(mini.REPOSITORY, "maps")
QUESTION = {query.view: name for name, query in MAPS.items()} | {"map": "relations"}
SCREENS = {
    "desk": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
}
AXE = files("axe_playwright_python").joinpath("axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FAULTS = """async rules => {
    const { violations } = await axe.run({ runOnly: rules, resultTypes: ["violations"] });
    return violations.map(({ id, impact, nodes }) => [id, impact, nodes.map(node => node.target.join(" ")).slice(0, 5)]);
}"""
DRESSED = """([lang, theme]) => {
    const { lang: said, dataset } = document.documentElement;
    return said === lang && dataset.theme === theme;
}"""


@pytest.fixture
def examined(page, atlas):
    """Open a view, and put axe-core into it past its policy, as only a test can."""

    def go(view: str, screen: str):
        opened = page(atlas.map(QUESTION[view]), **SCREENS[screen])
        opened.page.evaluate(AXE.read_text(encoding="utf-8"))
        return opened

    return go


def faults(shown) -> list:
    """Give what axe-core finds wrong, whatever its impact, once what moves has come to rest."""
    shown.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished))")
    return shown.evaluate(FAULTS, RULES)


def turn(shown, lang: str, theme: str, also: str = "") -> None:
    """Turn a page to a language and a theme by its address, and open what else the address says."""
    shown.evaluate("hash => { location.hash = hash }", f"lang={lang}&theme={theme}{also}")
    shown.wait_for_function(DRESSED, arg=[lang, theme])


def test_a_fault_is_found(examined):
    opened = examined("map", "desk")
    opened.page.evaluate("document.querySelector('main').append(new Image())")

    assert [found[0] for found in faults(opened.page)] == ["image-alt"]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_has_no_fault_in_any_language_or_light(examined, view, screen):
    opened, found = examined(view, screen), {}

    for lang in ("en", "vi"):
        for theme in ("light", "dark"):
            turn(opened.page, lang, theme, f"&view={view}")
            found[lang, theme] = faults(opened.page)

    assert {look: wrong for look, wrong in found.items() if wrong} == {}
    assert opened.problems == []


@pytest.mark.parametrize(("screen", "lang", "theme"), [("desk", "en", "light"), ("phone", "vi", "dark")])
@pytest.mark.parametrize("view", VIEWS)
def test_what_is_opened_over_a_view_has_no_fault(examined, view, screen, lang, theme):
    """The cards of an entity, of a relation and of a pair, both tables, the search, the menu, the help."""
    opened, found = examined(view, screen), {}
    shown = opened.page
    first, last = shown.evaluate("JSON.parse(document.getElementById('data').textContent).edges[0].slice(1, 3)")

    for also in (f"node={first}", "edge=e0", f"pair={first}|{last}", f"focus={first}", "view=table", "list=relations"):
        turn(shown, lang, theme, f"&{also}")
        found[also] = faults(shown)
    turn(shown, lang, theme)
    for name in ("filters", "export", "ask"):
        button = shown.locator(f"#{name}")
        if button.is_visible():
            button.click()
            found[name] = faults(shown)
            shown.keyboard.press("Escape")
    if screen == "phone":
        shown.locator("#filters").click()
    shown.locator("#search").fill("a")
    shown.get_by_role("option").first.wait_for()
    found["search"] = faults(shown)

    assert {part: wrong for part, wrong in found.items() if wrong} == {}
    assert opened.problems == []


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_brief_has_no_fault(chromium, atlas, tmp_path, lang, screen):
    file = tmp_path / "brief.html"
    file.write_text(FORMATS["html"](atlas.brief("cty-vn", "cty-la", lang)), encoding="utf-8", newline="\n")
    found = {}

    for scheme in ("light", "dark"):
        context = chromium.new_context(offline=True, color_scheme=scheme, **SCREENS[screen])
        shown = context.new_page()
        shown.goto(file.as_uri())
        shown.evaluate(AXE.read_text(encoding="utf-8"))
        found[scheme] = faults(shown)
        context.close()

    assert {scheme: wrong for scheme, wrong in found.items() if wrong} == {}
