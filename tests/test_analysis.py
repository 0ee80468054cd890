"""Analysis of a miniature with answers known by hand, and what must hold of the repository's own graph."""

import shutil

import pytest

import mini
from coopgraph.analysis import QUESTIONS
from coopgraph.atlas import Atlas
from coopgraph.errors import NotFoundError, QueryError
from coopgraph.model import Table
from coopgraph.studies import COLUMNS

FACTS = """\
    L1:
      - meeting: evt-talks
        name: {vi: "Hội đàm", en: "Talks"}
        date: 2020-05-04
        outcome: held
        participants:
          - {who: org-vn-moha, role: host}
          - {who: per-binh, role: co-chair, for: org-la-moha}
      - session: evt-talks-opening
        name: {vi: "Khai mạc", en: "Opening"}
        part_of: evt-talks
        participants: [{who: org-vn-icd, role: speaker}, {who: org-kr-nhi, role: expected-participant}]
      - session: evt-talks-closing
        name: {vi: "Bế mạc", en: "Closing"}
        part_of: evt-talks
        participants: [{who: org-vn-icd, role: speaker}]
    L2:
      - meeting: evt-course
        name: {vi: "Khóa học", en: "Course"}
        date: 2022-07
        participants: [{who: org-vn-moha, role: attendee}, {who: per-kim, role: speaker, for: org-kr-nhi}]
      - meeting: evt-cancelled
        name: {vi: "Bị hủy", en: "Cancelled"}
        date: 2022-08
        outcome: cancelled
        participants: [{who: org-la-moha, role: host}, {who: org-kr-nhi, role: guest}]
      - meeting: evt-planned
        name: {vi: "Dự kiến", en: "Planned"}
        planned: 2030
        participants: [{who: org-la-moha, role: host}, {who: org-kr-nhi, role: guest}]
    L3:
      - agreement: agr-vn-la
        type: mou
        name: {vi: "Bản ghi nhớ", en: "Memorandum"}
        parties: [org-vn-moha, org-la-moha]
        signed: 2019-03
        expires: 2024
      - agreement: agr-vn-kr
        type: mou
        name: {vi: "Thỏa thuận", en: "Arrangement"}
        parties: [org-kr-nhi, org-vn-moha]
      - tenure: {who: per-an, post: post-minister, start: 2018}
"""
REGISTRY = {
    **mini.REGISTRY,
    "data/registry/countries.csv": mini.REGISTRY["data/registry/countries.csv"] + "        cty-kr,Hàn Quốc,Korea,KR\n",
    "data/registry/organisations.csv": mini.REGISTRY["data/registry/organisations.csv"]
    + "        institute,org-kr-nhi,Viện NHI,NHI,cty-kr\n        unit,org-vn-icd,Vụ HTQT,ICD,\n",
    "data/registry/persons.csv": mini.REGISTRY["data/registry/persons.csv"] + "        per-kim,Kim,Kim\n",
    "data/registry/parents.csv": "unit,parent\norg-vn-icd,org-vn-moha\n",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Atlas:
    """Build three countries, two real meetings, one agreement kept and one not."""
    base = mini.folder(tmp_path_factory.mktemp("small"), {"data/docs/doc-x.yaml": mini.document(FACTS)}, REGISTRY)
    shutil.copytree(mini.REPOSITORY / "queries", base / "queries", dirs_exist_ok=True)
    report = mini.kept(base)
    assert report.errors == 0, mini.said(report.issues)
    return mini.opened(base)


def cells(table: Table) -> list[tuple[str, ...]]:
    """Write a table in short forms, without its sources."""
    return [
        tuple("" if term is None else str(getattr(term, "value", "")).rpartition("/")[2] for term in row)
        for row in table.rows
    ]


def places(table: Table) -> list[str]:
    """Give the places behind each row."""
    return [" ".join(item.place for item in found) for found in table.sources]


def test_an_activity_counts_once_with_its_parts_and_a_unit_counts_for_its_body(small):
    degree = dict(cells(small.analyse("degree")))

    assert degree == {
        "org-vn-moha": "4",
        "evt-talks": "4",
        "evt-course": "3",
        "org-la-moha": "2",
        "org-kr-nhi": "2",
        "agr-vn-la": "2",
        "agr-vn-kr": "2",
        "org-vn-icd": "1",
        "per-binh": "1",
        "per-kim": "1",
    }


@pytest.mark.parametrize(
    ("values", "left"),
    [
        ({"since": "2021-01-01"}, {"evt-course", "agr-vn-la", "agr-vn-kr"}),
        ({"since": "2025-01-01"}, {"agr-vn-kr"}),
        ({"until": "2019-12-31"}, {"agr-vn-la", "agr-vn-kr"}),
        ({"as_of": "2020-05-04"}, {"evt-talks", "agr-vn-la", "agr-vn-kr"}),
        ({"as_of": "2025-06-01"}, {"evt-talks", "evt-course", "agr-vn-kr"}),
        ({"as_of": "2019-02-28"}, {"agr-vn-kr"}),
    ],
    ids=str,
)
def test_a_period_or_a_day_leaves_out_what_was_surely_not_then(small, values, left):
    rows = cells(small.analyse("degree", **values))

    assert {name for name, _ in rows if name.startswith(("evt-", "agr-"))} == left


def test_a_class_and_a_number_of_rows_leave_out_rows_not_ties(small):
    assert cells(small.analyse("degree", kind="organisation", top=2)) == [("org-vn-moha", "4"), ("org-kr-nhi", "2")]


@pytest.mark.parametrize("name", ["person", "Person", "foaf:Person", "người", "nguoi"])
def test_a_class_has_many_names(small, name):
    assert {row[0] for row in cells(small.analyse("degree", kind=name))} == {"per-binh", "per-kim"}


def test_the_sources_of_a_number_are_those_of_all_its_ties(small):
    table = small.analyse("degree")

    found = dict(zip((row[0] for row in cells(table)), places(table), strict=True))
    assert (found["org-vn-moha"], found["evt-course"], found["agr-vn-la"]) == ("L1 L2 L3", "L2", "L3")


def test_a_number_opens_to_the_ties_that_make_it(small):
    table = small.analyse("degree", facts=("org-vn-moha",))

    assert table.title.endswith("Ministry of Home Affairs")
    assert table.columns == ("relation", "via", "to", "part", "when")
    assert cells(table) == [
        ("ns#party", "", "agr-vn-kr", "", ""),
        ("ns#party", "", "agr-vn-la", "", "2019-03–2024"),
        ("role-attendee", "", "evt-course", "", "2022-07"),
        ("role-host", "", "evt-talks", "", "2020-05-04"),
        ("role-speaker", "org-vn-icd", "evt-talks", "evt-talks-closing", "2020-05-04"),
        ("role-speaker", "org-vn-icd", "evt-talks", "evt-talks-opening", "2020-05-04"),
    ]
    assert places(table) == ["L3", "L3", "L2", "L1", "L1", "L1"]


def test_betweenness_and_eigenvector_stand_beside_the_degree(small):
    tables = {measure: small.analyse(measure, top=1) for measure in ("betweenness", "eigenvector")}

    assert [cells(table)[0][::2] for table in tables.values()] == [("org-vn-moha", "4")] * 2
    assert [table.columns for table in tables.values()] == [COLUMNS[name] for name in tables]
    assert cells(tables["eigenvector"])[0][1] == "1.000000"


def test_a_community_opens_to_the_ties_inside_it(small):
    rows = cells(small.analyse("communities"))
    table = small.analyse("communities", facts=("1",))

    members = {name for number, _, name, _ in rows if number == "1"}
    ends = {row[table.columns.index(end)].value.rpartition("/")[2] for row in table.rows for end in ("from", "to")}
    assert {row[1] for row in rows if row[0] == "1"} == {str(len(members))}
    assert ends == members


def test_who_works_with_bodies_of_two_countries_joins_them(small):
    table = small.analyse("brokers")

    assert cells(table) == [("org-vn-moha", "cty-vn", "2", "1")]
    assert places(table) == ["L1 L2 L3"]


def test_partners_are_counted_by_year_bilateral_and_multilateral_and_agreements_apart(small):
    table = small.analyse("partners")

    assert cells(table) == [
        ("", "cty-kr", "cty-vn", "0", "0", "1"),
        ("2022", "cty-kr", "cty-vn", "1", "0", "0"),
        ("2019", "cty-la", "cty-vn", "0", "0", "1"),
        ("2020", "cty-la", "cty-vn", "1", "0", "0"),
    ]
    assert places(table) == ["L3", "L2", "L3", "L1"]


@pytest.mark.parametrize(
    ("values", "pairs"),
    [
        ({"country": "cty-vn"}, {("cty-vn", "cty-kr"), ("cty-vn", "cty-la")}),
        ({"partner": "cty-vn"}, {("cty-kr", "cty-vn"), ("cty-la", "cty-vn")}),
        ({"country": "cty-la", "partner": "cty-vn"}, {("cty-la", "cty-vn")}),
        ({"country": "cty-la", "partner": "cty-kr"}, set()),
    ],
    ids=str,
)
def test_the_country_that_is_asked_for_stands_first(small, values, pairs):
    assert {row[1:3] for row in cells(small.analyse("partners", **values))} == pairs


def test_co_attendance_needs_both_at_one_activity_not_at_two_parts_of_a_larger_one(small):
    people = cells(small.analyse("co-attendance"))
    bodies = cells(small.analyse("co-attendance", kind="organisation"))

    assert people == []
    assert bodies == [
        ("org-kr-nhi", "org-vn-moha", "1", "2022-07"),
        ("org-la-moha", "org-vn-icd", "1", "2020-05-04"),
        ("org-la-moha", "org-vn-moha", "1", "2020-05-04"),
        ("org-vn-icd", "org-vn-moha", "1", "2020-05-04"),
    ]


@pytest.mark.parametrize(
    ("since", "gaps"),
    [
        ("2020-05-04", []),
        ("2020-05-05", [("org-la-moha", "org-vn-moha", "agr-vn-la", "evt-talks", "2020-05-04", "status-certain")]),
        ("2022-07-01", [("org-la-moha", "org-vn-moha", "agr-vn-la", "evt-talks", "2020-05-04", "status-certain")]),
        (
            "2022-07-15",
            [
                ("org-la-moha", "org-vn-moha", "agr-vn-la", "evt-talks", "2020-05-04", "status-certain"),
                ("org-kr-nhi", "org-vn-moha", "agr-vn-kr", "evt-course", "2022-07", "status-possible"),
            ],
        ),
        ("2025-01-01", [("org-kr-nhi", "org-vn-moha", "agr-vn-kr", "evt-course", "2022-07", "status-certain")]),
    ],
)
def test_a_gap_is_an_agreement_without_activity_since_and_a_month_is_no_day(small, since, gaps):
    assert cells(small.analyse("gaps", since=since)) == gaps


def test_a_gap_is_sourced_by_the_agreement_and_the_last_activity(small):
    assert places(small.analyse("gaps", since="2025-01-01")) == ["L2 L3"]


def test_the_number_of_a_pair_opens_to_what_the_two_share(small):
    for measure in QUESTIONS:
        table = small.analyse(measure, facts=("cty-vn", "cty-la"))

        assert cells(table) == [("agr-vn-la", "2019-03"), ("evt-talks", "2020-05-04")], measure
        assert places(table) == ["L3", "L1"], measure


def test_paths_are_written_step_by_step_with_sources(small):
    table = small.analyse("paths", one="per-kim", other="org-vn-moha", top=1)

    assert [row[:2] for row in cells(table)] == [("1", "1"), ("1", "2")]
    assert places(table) == ["L2", "L2"]
    assert cells(table)[-1][table.columns.index("to")] == "evt-course"


REFUSED = {
    "measure": (("degre",), {}, NotFoundError, "degree"),
    "class": (("degree",), {"kind": "persn"}, NotFoundError, "person"),
    "thing": (("degree",), {"facts": ("org-nobody",)}, NotFoundError, "org-nobody"),
    "no ties": (("degree",), {"facts": ("per-an",)}, NotFoundError, "coopgraph show per-an"),
    "a hub": (("degree",), {"facts": ("cty-vn",)}, NotFoundError, "ties"),
    "network": (("degree",), {"network": "tise"}, NotFoundError, "'ties'"),
    "no network": (("degree",), {"network": "signatories"}, QueryError, "relations"),
    "day": (("degree",), {"as_of": "2022"}, QueryError, "2022-08-05"),
    "blank": (("degree",), {"country": "cty-vn"}, QueryError, "since, until"),
    "class of a pair": (("gaps",), {"kind": "person"}, QueryError, "since, country"),
    "day of a count": (("partners",), {"as_of": "2022-01-01"}, QueryError, "country, partner"),
    "one of a pair": (("partners",), {"facts": ("cty-vn",)}, QueryError, "--facts cty-vn --facts"),
    "network of a count": (("gaps",), {"network": "relations"}, QueryError, "--network"),
    "no ends": (("paths",), {}, QueryError, "one="),
    "one end": (("paths",), {"one": "per-kim", "from": "x"}, QueryError, "other="),
    "class of a path": (("paths",), {"one": "per-kim", "other": "per-an", "kind": "person"}, QueryError, "--kind"),
}


@pytest.mark.parametrize(("args", "values", "kind", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_measured_is_explained(small, args, values, kind, told):
    with pytest.raises(kind) as wrong:
        small.analyse(*args, **values)

    assert told in wrong.value.show("en")
    assert wrong.value.show("vi") != wrong.value.show("en")
