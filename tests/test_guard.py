"""Free SPARQL: only questions come through, and none that reaches out; names may look like keywords."""

from itertools import product

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph import guard
from coopgraph.errors import QueryError

HERE = "http://127.0.0.1:1/"
BOOLEAN = ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
PREFIX = f"PREFIX : <{HERE}> PREFIX ex: <{HERE}x/> "
KEYWORDS = (
    "SERVICE",
    "FROM",
    "LOAD",
    "INSERT",
    "DELETE",
    "CLEAR",
    "DROP",
    "CREATE",
    "COPY",
    "MOVE",
    "ADD",
    "WITH",
    "USING",
)
BEFORE = (
    "",
    "?s ?p ?o.",
    "?s ?p 1",
    "?s ?p 1.5",
    "?s ?p 1e1",
    "?s ?p true",
    "?s ?p FALSE",
    "?s ?p :",
    "?s ?p :.",
    "?s ?p ex:.",
    "?s ?p ex:a.",
    "?s ?p 'x'",
    "?s ?p 'x'@en",
    '?s ?p "\\""',
    "?s ?p '''a'' b'''.",
    "?s ?p ?o;",
    "FILTER(1<2)",
    "FILTER(1<2&&3>2)",
    'BIND("#" AS ?x)',
    f"BIND(<{HERE}#> AS ?x)",
    "# comment\n",
    "# comment\r",
    "{}",
    "{} UNION ",
    "OPTIONAL {}",
    "BIND(1 AS ?service)",
)
AFTER = ("", " ", "\n", "\r", "\t", "#x\n", "#x\r", " SILENT ", "#<\n")
ENDS = (f"<{HERE}>", ":x", ":", "ex:x", "?e", "$e")
UPDATES = (
    f"INSERT DATA {{ <{HERE}> <{HERE}> 1 }}",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP SILENT DEFAULT",
    f"LOAD <{HERE}>",
    f"LOAD <{HERE}> INTO GRAPH <{HERE}>",
    f"CREATE GRAPH <{HERE}>",
    f"COPY DEFAULT TO <{HERE}>",
    f"MOVE DEFAULT TO <{HERE}>",
    f"ADD DEFAULT TO <{HERE}>",
    f"WITH <{HERE}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
    "# SELECT\nCLEAR ALL",
    'CLEAR ALL # SELECT "',
)
SAFE = {
    "string": 'SELECT * { ?s ?p "KEYWORD <x> {" }',
    "string in single quotes": "SELECT * { ?s ?p 'it\\'s KEYWORD' }",
    "long string": 'SELECT * { ?s ?p """a "KEYWORD" \n# KEYWORD""" }',
    "long string in single quotes": "SELECT * { ?s ?p '''a 'KEYWORD' \n# KEYWORD''' }",
    "IRI": "SELECT * { ?s <http://x/KEYWORD#KEYWORD> ?o }",
    "comment": "# KEYWORD <x> {\nSELECT * { ?s ?p ?o } # it's KEYWORD",
    "variable": "SELECT ?KEYWORD { ?KEYWORD ?p $KEYWORD }",
    "prefixed name": "PREFIX ex: <http://x/> SELECT * { ex:KEYWORD ?p ex:a.KEYWORD, ex:KEYWORD-x }",
    "part of a name": "PREFIX ex: <http://x/> SELECT ?myKEYWORD { ex:aKEYWORD ?p ?myKEYWORD }",
    "blank node": "SELECT * { _:KEYWORD ?p ?o }",
}


def parses(text: str) -> bool:
    """Tell whether pyoxigraph takes a text as a question; it may then fail in whatever way."""
    try:
        list(ox.Store().query(text))
    except SyntaxError:
        return False
    except (OSError, RuntimeError, TypeError):
        return True
    return True


@pytest.mark.parametrize("before", BEFORE)
def test_no_spelling_of_service_reaches_out(before):
    texts = [
        f"{PREFIX}SELECT * {{ {before}{word}{after}{end} {{ ?s ?p ?o }} }}"
        for word, after, end in product(("SERVICE", "sErViCe"), AFTER, ENDS)
    ]

    assert [text for text in texts if parses(text) and not refused(text)] == []


@pytest.mark.parametrize("after", AFTER)
def test_no_spelling_of_from_names_data_to_fetch(after):
    heads = ("SELECT *", "SELECT ?s ", "SELECT (1 AS ?x)", "DESCRIBE :a ", "ASK ", "CONSTRUCT { ?s ?p ?o }")
    texts = [
        f"{PREFIX}{head}{word}{after}{end} {{ ?s ?p ?o }}"
        for head, word, end in product(heads, ("FROM", "frOm", "FROM NAMED"), (f"<{HERE}>", ":x", "ex:x"))
    ]

    assert [text for text in texts if parses(text) and not refused(text)] == []


@pytest.mark.parametrize("text", UPDATES)
def test_an_update_is_refused_and_changes_nothing(atlas, text):
    with pytest.raises(QueryError):
        atlas.sparql(text)


@pytest.mark.parametrize("form", SAFE.values(), ids=SAFE)
@given(word=st.sampled_from(KEYWORDS), small=st.booleans())
def test_a_keyword_that_is_only_a_name_or_a_text_is_let_through(form, word, small):
    text = form.replace("KEYWORD", word.lower() if small else word)

    assert parses(text), text
    assert guard.form(text) == "SELECT"


@given(
    st.lists(
        st.sampled_from(
            [*"'\"<>#.:;\\{}\n\r ", "1", "true", "ex:", "'''", '"""', "SERVICE", f"<{HERE}>", "?s ?p ?o", "@en"]
        )
    )
)
def test_no_mixture_of_tokens_brings_service_past_the_guard(tokens):
    """A question that the parser takes, and that fails for want of a network, had a SERVICE in it."""
    text = f"{PREFIX}SELECT * {{ {''.join(tokens)} <{HERE}> {{ ?s ?p ?o }} }}"

    assert not reaches(text) or refused(text), text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("ASK {}", "ASK"),
        ("construct where { ?s ?p ?o }", "CONSTRUCT"),
        ("BASE <http://x/> PREFIX select: <http://x/> DESCRIBE select:x", "DESCRIBE"),
        ("# ASK\nSELECT ?ask {}", "SELECT"),
        ("select * { { select ?s { ?s ?p ?o } } }", "SELECT"),
    ],
)
def test_the_form_of_a_question_is_told(text, form):
    assert guard.form(text) == form


@pytest.mark.parametrize("text", ["", " ", "# SELECT", "'SELECT'", "hello", "PREFIX x: <http://x/>", "\x00"])
def test_what_is_no_question_is_refused_with_an_example(text):
    with pytest.raises(QueryError, match=r"e\.g\. SELECT"):
        guard.form(text)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT * { cg:evt-accsm-21 a coop:Meeting }", 1),
        ("PREFIX cg: <http://x/> SELECT * { cg:evt-accsm-21 a coop:Meeting }", 0),
        ("prefix coop: <https://w3id.org/coopgraph/ns#> SELECT * { cg:evt-accsm-21 a coop:Meeting }", 1),
        ("SELECT * { BIND('foaf: x' AS ?x) }", 1),
        (
            "SELECT * { GRAPH cgg:provenance { ?g coop:locator 'L10' ; coop:source cg:doc-sputnik-2022-08-05 } } LIMIT 1",
            1,
        ),
    ],
)
def test_the_prefixes_of_coopgraph_are_known(atlas, text, rows):
    assert len(atlas.sparql(text).rows) == rows


@pytest.mark.parametrize("text", ["ASK { coop: }", "SELECT ?x { ?x }", "SELECT * { ?s ?p 'x\n' }"])
def test_wrong_sparql_is_explained_not_raised_as_it_is(atlas, text):
    with pytest.raises(QueryError, match="not valid SPARQL"):
        atlas.sparql(text)


def refused(text: str) -> bool:
    """Tell whether the guard stops a text."""
    try:
        guard.form(text)
    except QueryError:
        return True
    return False


def reaches(text: str) -> bool:
    """Tell whether running a text tries to reach a server."""
    node = ox.NamedNode(HERE)
    store = ox.Store()
    store.extend(ox.Quad(node, node, term) for term in (node, ox.Literal(1), ox.Literal("true", datatype=BOOLEAN)))
    try:
        list(store.query(text))
    except (OSError, RuntimeError):
        return True
    except (SyntaxError, TypeError):
        return False
    return False
