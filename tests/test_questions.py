"""Every question file: its expected rows, its words in both languages, and the same answer from rdflib."""

import pyoxigraph as ox
import pytest
import rdflib

import mini
from coopgraph import queries
from coopgraph.model import Table
from coopgraph.stores.rdflib_view import from_ox
from coopgraph.terms import CG

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib warns of itself
QUESTIONS = queries.library(mini.REPOSITORY)
ALL = QUESTIONS | {
    f"{folder}/{name}": q
    for folder in ("maps", "stats")
    for name, q in queries.library(mini.REPOSITORY, folder).items()
}
KINDS = {"entity", "country", "organisation", "person", "document", "concept", "topic", "date", "number", "text"}
SLOW = {"maps/relations", "conflicts", "inferred-facts"}
"""Questions that rdflib, which does not reorder joins well, would take too long over."""


def cell(term: object) -> str:
    """Write a cell as the headers of question files do: a short name, or a text without language or datatype."""
    return "" if term is None else term.value if isinstance(term, ox.Literal) else mini.brief(term)


def visible(region, query: queries.NamedQuery) -> Table:
    """Answer a question with its own parameters, without the columns that only carry evidence."""
    return region.store.select(query.text).hide(query.evidence)


def test_there_are_at_least_the_questions_that_were_promised():
    assert len(QUESTIONS) >= 130


def test_most_questions_are_held_to_rows_and_the_rest_to_how_many_there_are():
    held = [name for name, query in QUESTIONS.items() if query.expect.get("rows") or query.expect.get("includes")]

    assert len(held) >= 120


@pytest.mark.parametrize("name", ALL)
def test_a_question_says_what_it_expects(name):
    assert set(ALL[name].expect) & {"rows", "includes", "at_least"}
    assert set(ALL[name].expect) <= {"rows", "includes", "at_least"}


@pytest.mark.parametrize("name", ALL)
def test_an_answer_of_nothing_does_not_meet_what_a_question_expects(name):
    expect = ALL[name].expect

    assert expect.get("rows") or expect.get("includes") or expect.get("at_least", 0) > 0 or expect.get("rows") == []


@pytest.mark.parametrize("name", [name for name in ALL if not name.startswith("maps/")])
def test_a_question_gets_the_answer_it_expects(region, name):
    query = ALL[name]
    found = {tuple(cell(term) for term in row) for row in visible(region, query).rows}

    wanted = {key: {tuple(map(str, row)) for row in query.expect.get(key, ())} for key in ("rows", "includes")}
    assert wanted["includes"] <= found, f"missing: {wanted['includes'] - found}"
    assert len(found) >= query.expect.get("at_least", 0)
    assert "rows" not in query.expect or found == wanted["rows"]


@pytest.mark.parametrize("name", ALL)
def test_a_question_has_titles_in_both_languages(name):
    assert all(ALL[name].title[lang].strip() for lang in ("vi", "en"))
    assert ALL[name].title["vi"] != ALL[name].title["en"]


@pytest.mark.parametrize("name", ALL)
def test_every_column_that_shows_has_a_heading_in_both_languages(region, name):
    query = ALL[name]
    shown = set() if name.startswith("maps/") else set(visible(region, query).columns)

    missing = {column for column in shown if not {"vi", "en"} <= set(query.columns.get(column, {}))}
    assert missing == set()


@pytest.mark.parametrize("name", ALL)
def test_every_evidence_column_is_a_column_of_the_answer(region, name):
    query = ALL[name]

    assert set(query.evidence) <= set(region.store.select(query.text).columns)


@pytest.mark.parametrize("name", [name for name, query in ALL.items() if query.parameters])
def test_every_parameter_is_labelled_and_its_default_names_something(region, name):
    for parameter in ALL[name].parameters:
        assert {"vi", "en"} <= set(parameter.label)
        assert parameter.kind in KINDS
        if parameter.default.startswith(("cg:", "cgv:")):
            assert region.resolve(parameter.default)


@pytest.mark.parametrize("name", [name for name, query in QUESTIONS.items() if query.parameters])
def test_giving_the_default_as_a_value_changes_nothing(region, name):
    query = QUESTIONS[name]
    named = {p.name: p.default for p in query.parameters if p.default.startswith(("cg:", "cgv:"))}

    assert set(region.ask(name, **named).rows) == set(visible(region, query).rows)


@pytest.mark.parametrize("name", ALL)
def test_an_answer_has_an_order_that_does_not_depend_on_chance(atlas, name):
    if "ORDER BY" not in ALL[name].text:
        rows = [tuple(map(str, row)) for row in atlas._answer(ALL[name], {}).rows]
        assert rows == sorted(rows)
        assert len(rows) > 1


@pytest.fixture(scope="module")
def dataset(atlas):
    """Give the graph to rdflib."""
    return atlas.dataset()


@pytest.mark.parametrize("name", [name for name in ALL if name not in SLOW])
def test_rdflib_gives_the_same_answer(atlas, dataset, name):
    text = ALL[name].text
    ours = atlas.store.select(text)

    theirs = dataset.query(text)

    wanted = {tuple(None if term is None else from_ox(term) for term in row) for row in ours.rows}
    assert [str(variable) for variable in theirs.vars] == list(ours.columns)
    assert {tuple(map(value, row)) for row in theirs} == {tuple(map(value, row)) for row in wanted}


def value(term: rdflib.term.Node | None) -> object:
    """Take numbers for what they are worth, 1 and 1.0 are one number; and joined things as they come, in any order."""
    plain = term.toPython() if isinstance(term, rdflib.Literal) else None
    if isinstance(plain, int | float) and not isinstance(plain, bool):
        return float(plain)
    return frozenset(plain.split()) if isinstance(plain, str) and plain.startswith(CG) else term
