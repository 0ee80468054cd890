"""How questions are put to servers whose default graph is not ours alone: checked against a store without one."""

import pyoxigraph as ox
import pytest

from coopgraph import evidence, queries
from coopgraph.errors import QueryError
from coopgraph.model import ACCEPTED, Table
from coopgraph.stores.dialect import STEADY, Dialect, plain, within, yes_or_no
from coopgraph.terms import XSD
from mini import REPOSITORY

QUESTIONS = {
    name: q
    for folder in ("", "maps", "stats", "checks", "rules")
    for name, q in queries.library(REPOSITORY, folder).items()
}
NAMED, VIRTUOSO = Dialect("", named=True), Dialect("Virtuoso/07.20", named=True)


@pytest.fixture(scope="module")
def moved(atlas):
    """Give the graph with the accepted view in a named graph, and nothing in the default graph."""
    store = ox.Store()
    store.extend(
        ox.Quad(*quad.triple, ACCEPTED) if isinstance(quad.graph_name, ox.DefaultGraph) else quad
        for quad in atlas.quads()
    )
    return store


def found(store: ox.Store, text: str) -> list[str]:
    """Give rows or triples in a comparable form."""
    answer = store.query(text)
    if isinstance(answer, ox.QueryBoolean):
        return [str(bool(answer))]
    return sorted(str([sorted(map(str, evidence.listed(cell))) for cell in part]) for part in answer)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_file_finds_the_same_inside_a_named_graph(atlas, moved, name):
    text = QUESTIONS[name].text

    assert found(moved, NAMED.question(text)) == found(atlas.store.inner, text)


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX where: <x:y> SELECT * { ?s a where:y } LIMIT 1",
        "SELECT (EXISTS { ?a ?b ?c } AS ?yes) { VALUES ?x { 1 } }",
        'SELECT ("}" AS ?brace) WHERE { ?s ?p ?o } ORDER BY ?s LIMIT 1',
        "ASK { } # { } {",
        "ask{?s?p?o}",
        "CONSTRUCT { ?s <x:y> 'WHERE {' } WHERE { ?s a <https://w3id.org/coopgraph/ns#Agreement> }",
        "CONSTRUCT WHERE { ?s a <https://w3id.org/coopgraph/ns#Agreement> }",
        "SELECT ?s { { SELECT ?s { ?s a <https://w3id.org/coopgraph/ns#Agreement> } LIMIT 1 } } VALUES ?z { 1 }",
        "SELECT ?s (COUNT(*) AS ?n) { ?s a <https://w3id.org/coopgraph/ns#Agreement> } GROUP BY ?s HAVING (COUNT(*) > 0)",
        "DESCRIBE <https://w3id.org/coopgraph/id/cty-vn>",
        "PREFIX cg: <https://w3id.org/coopgraph/id/> DESCRIBE cg:cty-vn cg:cty-la",
        "DESCRIBE ?s WHERE { ?s a <https://w3id.org/coopgraph/ns#Agreement> } LIMIT 1",
    ],
)
def test_free_questions_of_every_shape_find_the_same_inside_a_named_graph(atlas, moved, text):
    assert found(moved, NAMED.question(text)) == found(atlas.store.inner, text)


def test_a_question_without_a_pattern_is_refused():
    with pytest.raises(QueryError, match="to look for"):
        within("SELECT ?x", ACCEPTED)
    with pytest.raises(QueryError, match=r"DESCRIBE \*"):
        NAMED.question("DESCRIBE * WHERE { ?s ?p ?o }")


def test_a_store_of_its_own_is_asked_as_the_question_stands():
    for query in QUESTIONS.values():
        assert Dialect("Oxigraph/0.5.13").question(query.text) == query.text


def test_virtuoso_gets_no_undefined_value_but_texts_and_comments_stay():
    text = 'SELECT * { VALUES ?a { UNDEF } VALUES ?b { 1 } ?s ?p "VALUES ?c { UNDEF }" # VALUES ?d { UNDEF }\n}'

    asked = VIRTUOSO.question(text)

    assert "?a {" not in asked
    assert all(f"VALUES ?{name} {{" in asked for name in "bcd")


@pytest.mark.parametrize(("written", "meant"), [("1", "true"), ("0", "false"), ("true", "true")])
def test_booleans_are_read_as_they_are_meant(written, meant):
    kind = ox.NamedNode(XSD + "boolean")

    assert plain(ox.Literal(written, datatype=kind)) == ox.Literal(meant, datatype=kind)
    assert plain(ox.Literal(written)) == ox.Literal(written)


@pytest.mark.parametrize(("rows", "yes"), [(((ox.Literal(1),),), True), ((), False)])
def test_yes_and_no_are_read_from_a_table(rows, yes):
    assert yes_or_no(Table(("__ASK_RETVAL",), rows)) == Table(("answer",), ((ox.Literal(yes),),))


def test_only_values_that_virtuoso_holds_equal_are_left_out_and_the_most_exact_is_kept():
    def quad(value: str, kind: str, graph: str = "x:g", predicate: str = "x:p") -> ox.Quad:
        literal = ox.Literal(value, datatype=ox.NamedNode(XSD + kind))
        return ox.Quad(ox.NamedNode("x:s"), ox.NamedNode(predicate), literal, ox.NamedNode(graph))

    year, month, day = quad("2019", "gYear"), quad("2019-01", "gYearMonth"), quad("2019-01-01", "date")
    others = [
        quad("2019-02", "gYearMonth"),
        quad("2019", "gYear", "x:h"),
        quad("2019", "gYear", predicate="x:q"),
        quad("2019", "integer"),
        quad("2019", "string"),
        quad("1", "integer"),
    ]

    assert VIRTUOSO.unkept([year, *others, day, month]) == {year, month}
    assert VIRTUOSO.unkept([quad("1", "integer"), quad("true", "boolean")]) == {quad("1", "integer")}
    assert NAMED.unkept([year, month, day]) == frozenset()


def test_virtuoso_is_never_asked_for_the_year_of_nothing(atlas):
    text = (
        'PREFIX coop: <https://w3id.org/coopgraph/ns#> SELECT ?a (YEAR(?on) AS ?year) ("YEAR(?on)" AS ?said)'
        " { ?a a coop:Agreement OPTIONAL { ?a coop:startEarliest ?on } } # YEAR(?on)"
    )

    asked = Dialect("Virtuoso/07.20").question(text)

    assert asked.count("YEAR(") == 2
    assert found(atlas.store.inner, asked.removeprefix(STEADY)) == found(atlas.store.inner, text)


def test_what_a_file_says_is_beyond_some_servers_is_asked_of_the_others():
    marked = next(query.text for query in QUESTIONS.values() if "#+ portable: false" in query.text)

    assert VIRTUOSO.beyond(marked)
    assert not Dialect("Oxigraph/0.5.13").beyond(marked)
    assert not VIRTUOSO.beyond('SELECT ("#+ portable: false" AS ?x) {}')
