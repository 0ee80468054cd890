"""The service layer: search, names, cards, connections, questions with values."""

import subprocess
import sys

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph import find
from coopgraph.errors import NotFoundError, QueryError
from coopgraph.queries import NamedQuery, Parameter, _parameter, value
from coopgraph.stores.embedded import Embedded
from coopgraph.terms import CG, COOP, PREFIXES, SKOS, shrink

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    [
        '"',
        "\\",
        "}",
        "{",
        '"""',
        "\n",
        "\r\n",
        '" } ?s ?p ?o #',
        "VALUES ?two { 1 }",
        '\nVALUES ?two { "x" }\n',
        "\\1 \\g<1>",
    ]
)
SLOW = {
    *("rdflib", "networkx", "pyvis", "pyshacl", "yaml", "numpy", "jinja2", "asyncio", "http", "difflib"),
    *("bz2", "calendar", "csv", "dataclasses", "html", "lzma", "shutil", "sqlite3", "subprocess"),
    *("tempfile", "coopgraph.build", "coopgraph.dates", "coopgraph.find", "coopgraph.lifted"),
}
"""What a question without values needs none of; each would be waited for every time."""


def ids(atlas, text: str, lang: str = "en") -> list[str]:
    """Give the ids that a search finds, in order."""
    return [row[0].value for row in atlas.search(text, lang).rows]


def stored(*names: tuple[str, str, ox.Literal]) -> Embedded:
    """Make a store in memory of (id, property, name)."""
    store = ox.Store()
    for subject, predicate, name in names:
        store.add(ox.Quad(ox.NamedNode(CG + subject), ox.NamedNode(predicate), name))
    return Embedded(store)


def found(store: Embedded, text: str) -> list[str]:
    """Give the ids that a search in a store finds."""
    return [shrink(iri) for iri, _, _ in find.search(find.names(store), text)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("pham thi thanh tra", "per-pham-thi-thanh-tra"),
        ("Phạm Thị Thanh Trà", "per-pham-thi-thanh-tra"),
        ("PHẠM THỊ THANH TRÀ", "per-pham-thi-thanh-tra"),
        ("Pha\u0323m Thi\u0323 Thanh Tra\u0300", "per-pham-thi-thanh-tra"),
        ("  pham thi thanh tra ", "per-pham-thi-thanh-tra"),
        ("thi thanh tra", "per-pham-thi-thanh-tra"),
        ("ACCSM", "org-accsm"),
        ("accsm", "org-accsm"),
        ("ACCSM+3", "org-accsm3"),
        ("moha", "org-vn-moha"),
        ("Bộ Nội vụ", "org-vn-moha"),
        ("Bo Noi vu Lao", "org-la-moha"),
        ("International Cooperation Department", "org-vn-moha-icd"),
        ("Dao Nguyen", None),
        ("Lan Xang", None),
        ("đào tạo", "ast-vn-la-training"),
        ("dao tao", "ast-vn-la-training"),
        ("org-vn-napa", "org-vn-napa"),
        ("NAPA", "org-vn-napa"),
    ],
)
def test_search_finds_by_name_alias_acronym_and_id_whatever_the_marks(atlas, typed, first):
    assert (ids(atlas, typed) or [None])[0] == first


@pytest.mark.parametrize("text", ["", " ", "\x00", "%%", ".*", "[", "ơ" * 5000])
def test_search_for_nothing_sensible_finds_nothing(atlas, text):
    assert ids(atlas, text) == []


@pytest.mark.parametrize(("typed", "order"), [("Bộ Nội vụ", ["a", "b"]), ("Bo Noi vu", ["b", "a"])])
def test_a_name_with_the_marks_as_typed_comes_before_one_without(typed, order):
    names = [("a", SKOS + "prefLabel", ox.Literal("Bộ Nội vụ")), ("b", SKOS + "prefLabel", ox.Literal("Bo Noi vu"))]

    assert found(stored(*names), typed) == order


def test_the_whole_name_comes_before_its_start_a_word_and_a_part():
    names = [
        (name.replace(" ", "-"), SKOS + "altLabel", ox.Literal(name))
        for name in ("xmoha", "the moha", "moha x", "moha")
    ]

    assert found(stored(*names), "moha") == ["moha", "moha-x", "the-moha", "xmoha"]


def test_a_former_name_finds_the_organisation_that_bore_it():
    store = stored(
        ("nam-x", PREFIXES["skosxl"] + "literalForm", ox.Literal("Ban Tổ chức Chính phủ", language="vi")),
        ("org-x", SKOS + "prefLabel", ox.Literal("Bộ Nội vụ", language="vi")),
    )
    store.inner.add(
        ox.Quad(ox.NamedNode(CG + "org-x"), ox.NamedNode(COOP + "officialName"), ox.NamedNode(CG + "nam-x"))
    )

    assert found(store, "ban to chuc chinh phu")[0] == "org-x"


@pytest.mark.parametrize(
    "name", [CG + "org-vn-napa", "cg:org-vn-napa", "org-vn-napa", "NAPA", "hoc vien hanh chinh quoc gia"]
)
def test_a_thing_is_named_by_iri_prefixed_name_id_or_name(atlas, name):
    assert atlas.resolve(name) == CG + "org-vn-napa"


def test_an_ambiguous_name_lists_what_it_can_mean(atlas):
    with pytest.raises(NotFoundError, match=r"can mean .*org-vn-moha .*org-la-moha"):
        atlas.resolve("moha")


@pytest.mark.parametrize(
    ("typed", "near"), [("org-vn-mohaa", "org-vn-moha"), ("evt-acsm-21", "evt-accsm-21"), ("qqqqqq", "")]
)
def test_an_unknown_name_gets_the_nearest_id(atlas, typed, near):
    with pytest.raises(NotFoundError, match=f"did you mean '{near}'" if near else "nothing is called"):
        atlas.resolve(typed)


@pytest.mark.parametrize("name", ["", " ", "cg:", CG, "http://", "://", "a b://c", "\x1b", "<x>", "https://x/\x1b"])
def test_what_is_no_name_is_not_found(atlas, name):
    with pytest.raises(NotFoundError):
        atlas.resolve(name)


@settings(max_examples=15)
@given(TEXTS)
def test_no_text_breaks_the_look_up_of_a_name(atlas, text):
    told = ""
    try:
        atlas.resolve(text)
    except NotFoundError as wrong:
        told = str(wrong)

    assert told.isprintable()


@pytest.mark.parametrize("name", ["evt-accsm-21", "org-vn-moha", "per-chu-tuan-tu", "cty-la", "doc-sputnik-2022-08-05"])
def test_a_card_holds_every_fact_in_both_directions(atlas, name):
    node = ox.NamedNode(CG + name)
    hidden = {"type", "startEarliest", "startLatest", "endEarliest", "endLatest"}
    quads = [
        q
        for q in atlas.store.quads(None, None, None, ox.DefaultGraph())
        if shrink(q.predicate.value).split(":")[1] not in hidden
    ]

    facts = {(fact.predicate, fact.inverse, fact.value) for fact in atlas.show(name).facts}

    assert facts == {(q.predicate.value, False, q.object) for q in quads if q.subject == node} | {
        (q.predicate.value, True, q.subject) for q in quads if q.object == node
    }


def test_every_fact_of_a_card_says_document_and_place_or_where_else_it_comes_from(atlas):
    facts = [fact for name in ("evt-accsm-21", "org-vn-moha", "per-chu-tuan-tu") for fact in atlas.show(name).facts]

    assert {fact.inverse for fact in facts} == {True, False}
    assert [
        fact
        for fact in facts
        if not fact.evidence and not fact.origin and not fact.parts and "publisher" not in fact.predicate
    ] == []
    assert all(said.document.startswith("doc-") and said.place for fact in facts for said in fact.evidence)


def test_two_spellings_of_one_name_both_stay_each_with_its_source(atlas):
    facts = atlas.show("per-chu-tuan-tu").facts

    spelled = {
        fact.value.value: [said.document for said in fact.evidence] for fact in facts if "Label" in fact.predicate
    }
    assert "Vũ Tuấn Tú" in spelled
    assert spelled["Vũ Tuấn Tú"]


def test_stats_count_and_list_gaps_in_both_languages(atlas):
    titles = {lang: [table.title for table in atlas.stats(lang)] for lang in ("en", "vi")}

    assert len(titles["en"]) == len(titles["vi"]) > 1
    assert not set(titles["en"]) & set(titles["vi"])
    assert all(table.rows for table in atlas.stats())


@given(st.dictionaries(st.sampled_from(["one", "two"]), TEXTS, min_size=1))
def test_a_value_is_a_value_whatever_it_holds(values):
    text = 'SELECT ?one ?two WHERE {\n  VALUES ?one { "1" }\n  VALUES ?two { "2" }\n}'
    blanks = tuple(_parameter(name, {"kind": "text"}, text, "x") for name in ("one", "two"))
    query = NamedQuery("x", "x.rq", text, parameters=blanks)

    bound = query.bind({name: ox.Literal(value) for name, value in values.items()})

    row = next(iter(Embedded(ox.Store()).select(bound).rows))
    assert [cell.value for cell in row] == [values.get("one", "1"), values.get("two", "2")]


@given(TEXTS)
def test_a_value_of_a_real_question_asks_nothing_else(atlas, text):
    assert atlas.ask("facts-at-place", place=text).rows == ()


@pytest.mark.parametrize("given", ["²", "--5", "-", "", "5.0", "x", "٣x", "9" * 5000])
def test_a_number_that_is_none_is_refused(atlas, given):
    with pytest.raises(QueryError, match="whole number"):
        value(Parameter("n", "number", {}, "1"), given, atlas.resolve)


def test_a_name_that_is_no_blank_of_the_question_is_refused(atlas):
    with pytest.raises(QueryError, match="it has: agreement"):
        atlas.ask("signatories", agreements="x")


def test_every_answer_has_a_title_and_headings_in_both_languages(atlas):
    asked = [query for query in atlas.questions.values() if query.path.count("/") == 1]

    for query in asked:
        assert query.title["vi"] != query.title["en"], query.name
        columns = atlas.ask(query.name).columns
        assert [name for name in columns if not {"vi", "en"} <= query.columns.get(name, {}).keys()] == [], query.name
    assert len(asked) >= 24


def test_every_question_answers_with_names_in_the_language(atlas):
    for lang, name in (("en", "Ministry of Home Affairs of Viet Nam"), ("vi", "Bộ Nội vụ Việt Nam")):
        assert atlas.ask("signatories", lang).labels[CG + "org-vn-moha"] == name


@pytest.mark.usefixtures("atlas")
def test_asking_imports_nothing_slow(environment, empty):
    code = f"""
import sys
sys.argv = ["coopgraph", "ask", "signatories"]
from coopgraph.cli import main
try:
    main()
finally:
    sys.stderr.write(" ".join(sorted({SLOW!r} & set(sys.modules))))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=empty, env=environment, capture_output=True, text=True, check=True
    )

    assert ("per-pham-thi-thanh-tra" in done.stdout, done.stderr) == (True, "")
