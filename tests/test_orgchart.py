"""The question behind the organisation chart, and the chart of a ministry before and after a merger."""

import pytest

import mini
from coopgraph.terms import shrink
from test_orgchart_view import DASHED, names

QUESTION = (mini.REPOSITORY / "queries/maps/organisation-chart.rq").read_text(encoding="utf-8")
REGISTRY = mini.REGISTRY | {
    "data/registry/organisations.csv": """\
        class,id,name.vi,name.en,country
        ministry,org-vn-moha,Bộ Nội vụ,Ministry of Home Affairs,cty-vn
        ministry,org-vn-labour,Bộ Lao động,Ministry of Labour,cty-vn
        unit,org-vn-old,"Vụ Cũ, Bộ Nội vụ","Old Department, Ministry of Home Affairs",cty-vn
        unit,org-vn-new,"Vụ Mới, Bộ Nội vụ","New Department, Ministry of Home Affairs",cty-vn
        unit,org-vn-icd,"Vụ Hợp tác quốc tế, Bộ Nội vụ","International Department, Ministry of Home Affairs",cty-vn
        institute,org-vn-school,Trường Bồi dưỡng,Training School,cty-vn
        """,
    "data/registry/changes.csv": """\
        change,name.vi,name.en
        chg-merger,Sáp nhập Bộ Lao động vào Bộ Nội vụ,Ministry of Labour merged into the Ministry of Home Affairs
        chg-new,Từ Vụ Cũ thành Vụ Mới,From the Old to the New Department
        """,
    "data/registry/posts.csv": """\
        post,name.vi,name.en,body,role
        post-head,Vụ trưởng Vụ Hợp tác quốc tế,Director of the International Department,org-vn-icd,head
        """,
}
EARLY = """\
L1:
  - meeting: evt-x
    name: {vi: "Cuộc họp", en: "Meeting"}
    date: 2021-03-02
    participants: [{who: org-vn-icd, role: delegate}]
  - unit: org-vn-icd
    parent: org-vn-moha
  - unit: org-vn-old
    parent: org-vn-moha
  - institute: org-vn-school
    parent: org-vn-moha
    start: 1990-05-01
"""
LATE = """\
L1:
  - change: chg-merger
    type: absorption
    from: [org-vn-labour, org-vn-moha]
    into: [org-vn-moha]
    start: 2025-03-01
  - change: chg-new
    type: restructuring
    from: [org-vn-old]
    into: [org-vn-new]
    start: 2025-03-01
  - unit: org-vn-icd
    parent: org-vn-moha
  - unit: org-vn-new
    parent: org-vn-moha
"""


@pytest.fixture(scope="module")
def ministry(tmp_path_factory):
    """Open a graph of a ministry before and after a merger, told by two documents."""
    base = mini.folder(
        tmp_path_factory.mktemp("ministry"),
        {
            "data/docs/doc-early.yaml": mini.document(EARLY, "doc-early", "2022-02"),
            "data/docs/doc-late.yaml": mini.document(LATE, "doc-late", "2025-04-10"),
            "queries/maps/organisation-chart.rq": QUESTION,
        },
        REGISTRY,
    )
    report = mini.kept(base)
    assert report.errors == 0, mini.said(report.issues)
    return mini.opened(base)


def rows(atlas, body: str = "org-vn-moha") -> dict[tuple[str, str], tuple[str, ...]]:
    """Ask for a chart: relation and four bounds by the two bodies."""
    table = atlas._answer(atlas.question("organisation-chart"), {"organisation": body})
    cells = [["" if term is None else shrink(term.value) for term in row] for row in table.rows]
    return {(row[0], row[2]): (row[1], *row[5:9]) for row in cells}


def test_a_unit_is_surely_there_when_a_source_places_it_or_it_takes_part(ministry):
    found = rows(ministry)

    assert found["org-vn-icd", "org-vn-moha"][1:] == ("", "2021-03-02", "2025-04-10", "")
    assert found["org-vn-old", "org-vn-moha"][1:] == ("", "2022-02", "2022-02", "2025-03-01")
    assert found["org-vn-new", "org-vn-moha"][1:] == ("2025-03-01", "2025-04-10", "2025-04-10", "")


def test_the_age_of_an_institute_does_not_say_where_it_stood(ministry):
    assert rows(ministry)["org-vn-school", "org-vn-moha"][1:] == ("", "2022-02", "2022-02", "")


def test_what_came_out_of_what_is_told_with_the_change(ministry):
    found = rows(ministry)

    assert found["org-vn-moha", "org-vn-labour"][:3] == ("cgv:change-absorption", "2025-03-01", "2025-03-01")
    assert found["org-vn-new", "org-vn-old"][0] == "cgv:change-restructuring"
    assert ("org-vn-moha", "org-vn-moha") not in found
    assert set(rows(ministry, "org-vn-labour")) == {("org-vn-moha", "org-vn-labour")}
    assert set(rows(ministry, "org-vn-icd")) == {("org-vn-icd", "org-vn-moha")}


@pytest.mark.browser
def test_the_period_of_a_place_is_not_that_of_the_body(ministry, page):
    shown = page(ministry.map("organisation-chart"), after="#node=org-vn-school").page

    told = (
        shown.get_by_role("complementary", name="Details")
        .locator(".group", has_text="part of organisation")
        .inner_text()
    )
    assert "Feb 2022" in told
    assert "1990" not in told


@pytest.mark.browser
def test_the_chart_before_the_merger(ministry, page):
    opened = page(ministry.map("organisation-chart", as_of="2024-06-01"))

    assert names(opened.page) == [
        "Ministry of Home Affairs",
        "International Department, Ministry of Home Affairs",
        "Old Department, Ministry of Home Affairs",
        "Training School",
    ]
    assert "3 units" in opened.page.locator("#status").inner_text()
    assert (opened.problems, len(opened.requests)) == ([], 1)


@pytest.mark.browser
def test_the_chart_after_the_merger_has_the_predecessors_dashed(ministry, page):
    shown = page(ministry.map("organisation-chart", as_of="2025-06-01")).page

    found = names(shown)
    assert found[:2] == ["Ministry of Home Affairs", "Ministry of Labour, Predecessor, absorption, 1 Mar 2025"]
    old = next(name for name in found if name.startswith("Old"))
    assert old.endswith("Predecessor, restructuring, 1 Mar 2025")
    assert found.index(old) == found.index("New Department, Ministry of Home Affairs") + 1
    dashed = shown.locator("[data-body]").evaluate_all(f"boxes => boxes.map({DASHED})")
    assert [name for name, is_dashed in zip(found, dashed, strict=True) if is_dashed] == [found[1], old]
    shown.get_by_label("Predecessors").uncheck()
    assert not any("Predecessor" in name for name in names(shown))


@pytest.mark.browser
def test_a_body_that_is_over_shows_what_it_became(ministry, page):
    shown = page(ministry.map("organisation-chart", organisation="org-vn-labour", as_of="2025-06-01", lang="vi")).page

    assert names(shown) == ["Bộ Nội vụ", "Bộ Lao động, Tổ chức tiền thân, sáp nhập, 01/3/2025"]
