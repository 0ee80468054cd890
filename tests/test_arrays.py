"""Counting over arrays gives the very rows of the questions, whatever is asked; and the arrays are made once."""

import shutil

import pyoxigraph as ox
import pytest

import mini
from coopgraph import together
from coopgraph.arrays import FILE, Arrays, numbered, written
from coopgraph.atlas import Atlas
from coopgraph.model import Table
from coopgraph.terms import expand
from test_analysis import FACTS, REGISTRY

AGENT, ORGANISATION, COUNTRY, AGREEMENT = (
    expand(name) for name in ("foaf:Agent", "org:Organization", "coop:Country", "coop:Agreement")
)


def plain(table: Table) -> list[tuple]:
    """Give rows in which the facts, which have no order, are sets."""
    held = [name for name in ("facts",) if name in table.columns]
    places = {table.columns.index(name) for name in held}
    return [
        tuple(frozenset(cell.value.split()) if place in places else cell for place, cell in enumerate(row))
        for row in table.rows
    ]


def asked(atlas, name, values):
    """Answer a question by SPARQL, hidden columns and all."""
    return atlas._answer(atlas.question(name), values)


def counted(atlas, name, values, most=0):
    """Answer the same by counting."""
    return together.PAIRED[name](atlas.together, {key: atlas.resolve(value) for key, value in values.items()}, most)


QUESTIONS = [
    ("co-attendance", {}),
    ("co-attendance", {"kind": ORGANISATION}),
    ("co-attendance", {"kind": COUNTRY}),
    ("co-attendance", {"kind": AGREEMENT}),
    ("co-attendance", {"kind": AGENT, "who": "org-vn-moha"}),
    ("co-attendance", {"kind": ORGANISATION, "who": "org-la-moha"}),
    ("co-attendance", {"who": "agr-vn-la-moha-mou-2023"}),
    ("partner-intensity", {}),
    ("partner-intensity", {"country": "cty-vn"}),
    ("partner-intensity", {"partner": "cty-vn"}),
    ("partner-intensity", {"country": "cty-vn", "partner": "cty-kr"}),
    ("partner-intensity", {"country": "cty-la", "partner": "cty-vn"}),
    ("partner-intensity", {"country": "org-vn-moha"}),
    ("met-whom", {}),
    ("met-whom", {"person": "per-tong-dang-hung"}),
    ("met-whom", {"person": "org-vn-moha"}),
]


@pytest.mark.parametrize("graph", ["atlas", "region"])
@pytest.mark.parametrize(("name", "values"), QUESTIONS, ids=str)
def test_counting_gives_the_rows_of_the_question(graph, name, values, request):
    opened = request.getfixturevalue(graph)

    by_sparql, by_counting = asked(opened, name, values), counted(opened, name, values)

    assert by_counting.columns == by_sparql.columns
    assert plain(by_counting) == plain(by_sparql)


@pytest.mark.parametrize("name", together.PAIRED)
def test_the_first_rows_are_the_first_of_all(region, name):
    everything = counted(region, name, {})

    assert len(everything.rows) > 100
    for most in (1, 20, len(everything.rows) + 1):
        assert counted(region, name, {}, most).rows == everything.rows[:most]


@pytest.mark.parametrize(("measure", "question"), [("partners", "partner-intensity"), ("met-whom", "met-whom")])
def test_an_analysis_opens_to_the_same_sources_as_the_question(atlas, measure, question):
    analysed, asked_ = atlas.analyse(measure), atlas.ask(question)

    assert (analysed.columns, analysed.rows, analysed.sources) == (asked_.columns, asked_.rows, asked_.sources)
    assert analysed.title == asked_.title
    assert all(analysed.sources)


MORE = """\
    L4:
      - visit: evt-tour
        name: {vi: "Chuyến đi", en: "Tour"}
        date: 2023
        outcome: held
        participants: [{who: cty-vn, role: guest}]
      - session: evt-tour-one
        name: {vi: "Chặng một", en: "Stop one"}
        part_of: evt-tour
        participants: [{who: per-binh, role: speaker, for: org-la-moha}]
      - session: evt-tour-two
        name: {vi: "Chặng hai", en: "Stop two"}
        part_of: evt-tour
        participants: [{who: per-kim, role: speaker, for: org-kr-nhi}, {who: per-an, role: speaker, for: org-vn-moha}]
      - session: evt-tour-two-talk
        name: {vi: "Bài nói", en: "Talk"}
        part_of: evt-tour-two
        participants: [{who: per-binh, role: speaker, for: org-la-moha}, {who: org-vn-icd, role: attendee}]
      - meeting: evt-doubtful
        name: {vi: "Chưa chắc", en: "Doubtful"}
        planned: 2024
        participants: [{who: org-la-moha, role: host}, {who: org-vn-moha, role: guest}]
      - session: evt-doubtful-part
        name: {vi: "Phần", en: "Part"}
        part_of: evt-doubtful
        outcome: held
        participants: [{who: org-vn-moha, role: guest}, {who: per-an, role: expected-participant}]
"""


@pytest.fixture(scope="module")
def tour(tmp_path_factory) -> Atlas:
    """Open a graph with an activity of three levels, and one known to be held by a part only."""
    document = mini.document(FACTS + MORE)
    base = mini.folder(tmp_path_factory.mktemp("tour"), {"data/docs/doc-x.yaml": document}, REGISTRY)
    shutil.copytree(mini.REPOSITORY / "queries", base / "queries", dirs_exist_ok=True)
    report = mini.kept(base)
    assert report.errors == 0, mini.said(report.issues)
    return mini.opened(base)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("co-attendance", {"kind": AGENT}),
        ("co-attendance", {"kind": AGENT, "who": "per-binh"}),
        ("co-attendance", {}),
        ("partner-intensity", {}),
        ("met-whom", {}),
        ("met-whom", {"person": "per-kim"}),
    ],
    ids=str,
)
def test_parts_of_parts_count_as_the_question_says(tour, name, values):
    by_sparql = asked(tour, name, values)

    assert by_sparql.rows
    assert plain(counted(tour, name, values)) == plain(by_sparql)


def test_tables_keep_texts_in_order_and_find_rows_by_the_first_column():
    one, two = ox.NamedNode("urn:b"), ox.Literal("Bộ")
    texts, tables = numbered({"a": Table(("x", "y"), ((one, None), (two, one), (one, two))), "none": Table(("x",), ())})
    arrays = Arrays(memoryview(written(texts, tables)))

    assert texts == ["Bộ", "urn:b"]
    assert [tuple(map(arrays.text, row)) for row in arrays.rows("a")] == [
        ("Bộ", "urn:b"),
        ("urn:b", ""),
        ("urn:b", "Bộ"),
    ]
    assert arrays.of("a", arrays.number("urn:b")) == [(1, -1), (1, 0)]
    assert arrays.of("a", arrays.number("urn:b"), arrays.number("Bộ")) == [(1, 0)]
    assert arrays.of("a", 0, 0) == arrays.of("a", 2) == []
    assert (arrays.number("urn:a"), arrays.number("urn:c")) == (None, None)
    assert (list(arrays.rows("none")), arrays.of("none", 0)) == ([], [])


class Silent:
    """A store that must not be asked."""

    def select(self, sparql):
        raise AssertionError(sparql)


def test_the_tables_are_made_once_and_then_read(copied):
    first = mini.opened(copied)
    (first.shelf.folder / FILE).unlink(missing_ok=True)
    rows = first.analyse("partners").rows
    assert (first.shelf.folder / FILE).is_file()

    again = together.read(Silent(), copied, first.shelf.folder)

    assert again.partner_intensity({}).hide(["facts"]).rows == rows


@pytest.mark.parametrize("content", [b"", b"\x04\0\0\0{}  ", b"nonsense" * 99], ids=["empty", "other", "nonsense"])
def test_a_file_of_another_form_is_made_anew(copied, content):
    first = mini.opened(copied)
    rows = first.analyse("partners").rows
    file = first.shelf.folder / FILE
    whole = file.read_bytes()
    file.write_bytes(content)

    assert mini.opened(copied).analyse("partners").rows == rows
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_does_not_matter(copied, monkeypatch):
    opened = mini.opened(copied)
    (opened.shelf.folder / FILE).unlink(missing_ok=True)

    def full(*_):
        raise OSError("no space")

    monkeypatch.setattr("coopgraph.arrays.replace", full)

    assert opened.analyse("partners").rows
    assert not (opened.shelf.folder / FILE).exists()


def test_a_graph_without_the_questions_to_count_by_is_asked_by_sparql(copied):
    shutil.rmtree(copied / "queries" / "counts")

    opened = mini.opened(copied)
    (opened.shelf.folder / FILE).unlink(missing_ok=True)

    assert not opened.together.ready
    assert opened.analyse("partners").rows == opened.ask("partner-intensity").rows


def test_every_table_has_its_question():
    names = {path.stem for path in (mini.REPOSITORY / "queries" / "counts").glob("*.rq")}

    assert names == together.TABLES
