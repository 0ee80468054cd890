"""All views alike: questions, pages without a network, languages, phones, measures as sizes and colours."""

import re
from dataclasses import replace

import pytest

import drawn
import mini
from coopgraph import charts, network, queries
from coopgraph.errors import QueryError
from coopgraph.model import Table
from coopgraph.terms import shrink
from coopgraph.views import VIEWS, named, scales
from coopgraph.views.model import Evidence, Fact
from test_map_safety import NASTY
from test_map_safety import model as hostile
from test_questions import cell, visible

MAPS = queries.library(mini.REPOSITORY, "maps")
DRAWN = [name for name, query in MAPS.items() if query.view != "map"]
EXPECTING = [name for name, query in MAPS.items() if query.expect]


@pytest.mark.parametrize("name", MAPS)
def test_the_view_of_a_question_exists(name):
    assert MAPS[name].view in VIEWS


@pytest.mark.parametrize("name", EXPECTING)
def test_a_question_for_a_view_gets_the_answer_it_expects(atlas, name):
    query = MAPS[name]
    table = visible(atlas, query)
    wanted = [tuple(map(str, row)) for row in query.expect.get("includes", ())]

    found = {tuple(cell(term) for term in row) for row in table.rows}

    assert {row for row in wanted if row not in {line[: len(row)] for line in found}} == set()
    assert len(found) >= query.expect.get("at_least", 1)


def test_a_view_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(QueryError, match="timeline"):
        named("timelines")
    assert named("table") is VIEWS["map"]


def test_a_question_without_the_columns_to_draw_is_refused(atlas):
    table = atlas.sparql("SELECT (?p AS ?from) (?a AS ?to) WHERE { ?a coop:party ?p }")
    assert isinstance(table, Table)

    with pytest.raises(QueryError, match=r"\?fact \?relation"):
        charts.model(atlas.store, atlas.evidence, network.graph(table), {"en": "x"}, "", "1")


def test_an_answer_with_nothing_in_it_is_drawn(atlas):
    whole = network.graph(Table(("from", "relation", "to", "fact"), ()))

    assert charts.model(atlas.store, atlas.evidence, whole, {"en": "x"}, "", "1").nodes == ()


def test_a_date_known_to_the_month_gives_the_bounds_of_the_month(atlas):
    answer = atlas.sparql(
        'SELECT ?p ?r ?a ?d WHERE { ?a coop:party ?p BIND(coop:party AS ?r) BIND("2019-02" AS ?d) } LIMIT 1'
    )
    party, relation, agreement, date = answer.rows[0]
    columns = ("from", "relation", "to", "fact", "start", "startLatest")

    whole = network.graph(Table(columns, ((party, relation, agreement, agreement, date, date),)))
    found = charts.model(atlas.store, atlas.evidence, whole, {"en": "x"}, "", "1").edges[0]

    assert (found.start, found.start_latest, found.end) == ("2019-02-01", "2019-02-28", "")
    assert found.source == shrink(party.value)


@pytest.mark.parametrize("name", DRAWN)
def test_a_page_is_the_same_when_made_again_and_is_small(atlas, name):
    html = atlas.map(name)

    assert html == atlas.map(name)
    assert 'id="library"' not in html
    assert len(html.encode()) < 1_000_000


@pytest.mark.browser
@pytest.mark.parametrize("look", ["desk", "phone"])
@pytest.mark.parametrize("name", DRAWN)
def test_a_page_asks_for_nothing_and_fits_the_screen(page, atlas, name, look):
    options = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"} if look == "phone" else {}
    opened = page(atlas.map(name), **options)
    shown = opened.page

    shown.get_by_role("button", name="Tiếng Việt").click()
    assert shown.get_by_role("heading", level=1).inner_text().startswith(atlas.question(name).title["vi"])
    shown.get_by_role("tab").last.click()
    assert shown.get_by_role("row").count() > 1
    shown.get_by_role("tab").last.press("ArrowRight")

    assert shown.locator("body").get_attribute("data-view") == atlas.question(name).view
    assert shown.evaluate("document.documentElement.scrollWidth") <= shown.viewport_size["width"]
    assert (opened.problems, len(opened.requests)) == ([], 1)


@pytest.mark.browser
@pytest.mark.parametrize("view", [view for view in VIEWS if view != "map"])
def test_hostile_texts_are_shown_and_do_no_harm(page, view):
    texts = hostile(NASTY.values(), [f"x{number}-" for number in range(len(NASTY))])
    opened = page(VIEWS[view](texts, "en"))

    for chosen in ("node=x0-1", "edge=e-x1--0", "pair=x0-0|x2-0", "focus=x3-0", "pair=|||", "zoom=99&rows=-1"):
        opened.page.evaluate("chosen => { location.hash = chosen }", chosen)
        opened.page.wait_for_timeout(50)

    assert opened.page.evaluate("window.__pwned") is None
    assert (opened.problems, len(opened.requests)) == ([], 1)
    assert opened.page.evaluate("document.querySelectorAll('script').length") == 2
    assert opened.page.evaluate("document.querySelectorAll('img, iframe, [onerror], a[href^=javascript]').length") == 0


@pytest.mark.browser
@pytest.mark.parametrize("view", [view for view in VIEWS if view != "map"])
def test_a_view_of_nothing_opens(page, view):
    opened = page(VIEWS[view](drawn.model([], []), "en"))

    assert opened.problems == []


@pytest.mark.browser
@pytest.mark.parametrize("name", DRAWN)
def test_the_drawing_can_be_saved(page, atlas, name):
    opened = page(atlas.map(name))
    opened.page.get_by_role("button", name="Export").click()
    with opened.page.expect_download() as waiting:
        opened.page.get_by_role("button", name="SVG").click()

    text = waiting.value.path().read_text(encoding="utf-8")
    assert waiting.value.suggested_filename.endswith(".svg")
    assert text.startswith("<?xml")
    assert atlas.question(name).title["en"] in text
    assert "var(--" not in text
    assert opened.problems == []


def people(*names: str):
    """Make a model of people without relations."""
    return drawn.model([drawn.node(name, "person") for name in names], [])


def test_a_measure_gives_each_entity_its_weight():
    found = scales.sized(people("a", "b", "c"), {"en": "Degree"}, {"a": 4, "b": float("nan"), "c": -1})

    assert [node.weight for node in found.nodes] == [4, 0.0, 0.0]
    assert found.size == {"en": "Degree"}


def test_the_largest_groups_have_colours_of_their_own_and_the_rest_share_one():
    values = {f"n{number}": f"g{min(number, 9)}" for number in range(20)}

    found = scales.grouped(people(*values, "lonely"), {"en": "Community"}, values)

    group = {node.id: node.group for node in found.nodes}
    assert group["n19"] == "0"
    assert group["lonely"] == ""
    assert found.groups[0].labels["en"] == "g9"
    assert found.groups[-1].labels == {"en": "others", "vi": "còn lại"}
    assert len({item.light for item in found.groups}) == len(found.groups) == 8


def test_a_number_as_a_colour_goes_in_steps_from_little_to_much():
    found = scales.ramped(people(*"abcdef"), {"en": "Degree"}, dict(zip("abcde", [1, 1, 1, 2, 30], strict=True)))

    assert [item.labels["en"] for item in found.groups] == ["1", "2", "30"]
    assert [node.group for node in found.nodes] == ["0", "0", "0", "1", "2", ""]


@pytest.mark.browser
def test_the_map_draws_what_was_measured_and_says_so(page):
    nodes = [drawn.node("big", "person"), drawn.node("small", "person")]
    plain = drawn.model(nodes, [drawn.edge(1, "big", "small", "structure", "knows")])
    sized = scales.sized(plain, {"en": "Degree", "vi": "Bậc"}, {"big": 9, "small": 1})
    both = scales.grouped(sized, {"en": "Community", "vi": "Cộng đồng"}, {"big": "north", "small": "south"})

    opened = page(VIEWS["map"](both, "en"))

    look = "id => { const n = __net.body.nodes[id].options; return [n.size, n.color.background] }"
    big, small = (opened.page.evaluate(look, name) for name in ("big", "small"))
    assert big[0] > 2 * small[0] * 0.9
    assert big[1] != small[1]
    legend = opened.page.locator("#measures").inner_text()
    assert re.search("degree.*9.*community.*north.*1.*south.*1", legend.lower(), re.DOTALL)
    opened.page.evaluate("location.hash = 'node=big'")
    opened.page.get_by_role("heading", name="big").wait_for()
    assert "Degree\n9" in opened.page.get_by_role("complementary").last.inner_text()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("heaviest", "shown"),
    [(187, "180 90 10"), (7, "7 3 1"), (1, "1"), (0.0432, "0.043 0.02 0.004"), (1234.5, "1,200 600 100")],
)
def test_the_legend_of_sizes_shows_round_numbers_and_whole_ones_for_counts(page, heaviest, shown):
    sized = scales.sized(people("big", "none"), {"en": "Degree"}, {"big": heaviest})

    opened = page(VIEWS["map"](sized, "en"))

    assert " ".join(opened.page.locator("#measures .sizes span").all_inner_texts()) == shown


@pytest.mark.browser
def test_a_map_around_a_thing_names_it_first_and_its_day(page, atlas):
    shown = page(atlas.map(focus="org-vn-moha", as_of="2023-06-01")).page
    heading = shown.get_by_role("heading", level=1)

    assert heading.inner_text() == "Ministry of Home Affairs of Viet Nam – Who is tied to whom, and through what"
    assert shown.title() == f"{heading.inner_text()} (As of 1 Jun 2023)"
    shown.get_by_role("button", name="Tiếng Việt").click()
    assert heading.inner_text() == "Bộ Nội vụ Việt Nam – Ai gắn với ai, qua việc gì"


@pytest.mark.browser
def test_a_card_tells_each_text_in_the_language_of_the_reader_and_marks_what_is_only_in_another(page):
    evidence, other = (Evidence("doc-a", place, "stated", "", "") for place in ("L1", "L2"))
    said = [({"en": "In private"}, evidence), ({"vi": "Họp kín"}, evidence), ({"vi": "Chỉ có tiếng Việt"}, other)]
    facts = tuple(Fact({"en": "note", "vi": "ghi chú"}, text, "", (where,)) for text, where in said)
    day = Fact({"en": "start", "vi": "bắt đầu"}, {"en": "2022-08-05", "vi": "2022-08-05"}, "", (other,))
    node = replace(drawn.node("a", "meeting"), facts=(*facts, day), when="2022-08-03/2022-08-05")

    shown = page(VIEWS["map"](drawn.model([node], []), "en"), after="#node=a").page
    card = shown.locator("#card")

    assert "In private" in card.inner_text()
    assert "Họp kín" not in card.inner_text()
    assert "Chỉ có tiếng Việt" in card.inner_text()
    assert "Vietnamese" in card.locator("p", has_text="Chỉ có").inner_text()
    assert "3 Aug 2022 or 5 Aug 2022" in card.inner_text()
    shown.get_by_role("button", name="Tiếng Việt").click()
    assert "In private" not in card.inner_text()
    assert "Họp kín" in card.inner_text()
    assert "03/8/2022 hoặc 05/8/2022" in card.inner_text()
