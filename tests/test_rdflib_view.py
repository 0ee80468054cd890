"""The rdflib `Dataset` over the store behaves as rdflib's own, holding the same data."""

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import FOAF, RDF, SKOS
from rdflib.plugins.sparql import prepareQuery

from coopgraph.exporters import content
from coopgraph.stores.rdflib_view import dataset, from_ox, to_ox
from coopgraph.terms import CG, CGG, COOP

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
EX = rdflib.Namespace("http://example.org/")
MINISTRY = rdflib.URIRef(COOP + "Ministry")
TERMS = (
    rdflib.Literal("plain"),
    rdflib.Literal("chữ", lang="vi"),
    rdflib.Literal("x", lang="zh-hans"),
    rdflib.Literal(21),
    rdflib.Literal("021", datatype=rdflib.XSD.integer, normalize=False),
    rdflib.Literal("2022-08", datatype=rdflib.XSD.gYearMonth),
    rdflib.Literal("2022-02-05", datatype=rdflib.XSD.date),
    rdflib.Literal("true", datatype=rdflib.XSD.boolean),
    rdflib.Literal("1.50", datatype=rdflib.XSD.decimal, normalize=False),
    rdflib.Literal('"\\\n\t}'),
    rdflib.Literal("x", datatype=EX.own),
    EX.thing,
    rdflib.BNode("b0"),
)
QUESTIONS = {
    "values in a language": "SELECT ?x ?n { ?x a coop:Ministry ; skos:prefLabel ?n FILTER(LANG(?n) = 'vi') }",
    "plain text": "SELECT ?x { ?x coop:isoCode 'VN' }",
    "plain text in a named graph": "SELECT ?g { GRAPH cgg:provenance { ?g coop:locator 'L10' } }",
    "number": "SELECT ?x { ?x coop:ordinal 21 }",
    "partial date": "SELECT ?x ?d { ?x coop:startDate ?d FILTER(DATATYPE(?d) = xsd:gYearMonth) }",
    "day": "SELECT ?x ?d { ?x coop:startEarliest ?d FILTER(?d >= '2022-08-01'^^xsd:date) }",
    "path": "SELECT ?x { ?x coop:partOf+ cg:evt-accsm-21 }",
    "optional": "SELECT ?x ?c { ?x a coop:Institute OPTIONAL { ?x coop:country ?c } }",
    "nothing to be found": "SELECT ?x { ?x coop:chairedBy ?y FILTER NOT EXISTS { ?x coop:startDate ?d } }",
    "count": "SELECT ?c (COUNT(?x) AS ?n) { ?x coop:country ?c } GROUP BY ?c",
    "graphs of a statement": "SELECT ?g { GRAPH ?g { cg:evt-accsm-21 coop:ordinal 21 } }",
    "union": "SELECT ?x { { ?x a coop:Law } UNION { ?x a coop:Agreement } }",
    "ask": "ASK { cg:evt-accsm-21 coop:outcome cgv:outcome-held }",
}


def bag(rows) -> list:
    """Give rows in a fixed order, each term in full."""
    return sorted(tuple(part.n3() if part is not None else "" for part in row) for row in rows)


@pytest.fixture(scope="module")
def view(atlas):
    """Open the repository's graph through the view."""
    return atlas.dataset()


@pytest.fixture(scope="module")
def copy(atlas):
    """Read the same data into rdflib's own store in memory."""
    whole = rdflib.Dataset()
    whole.parse(data=content("nq", atlas), format="nquads")
    for prefix, space in atlas.dataset().namespaces():
        whole.bind(prefix, space)
    return whole


@pytest.fixture
def small():
    """One triple in the default graph and in two named ones, and every kind of term."""
    store = ox.Store()
    triple = [to_ox(term) for term in (EX.s, EX.p, EX.o)]
    for graph in (ox.DefaultGraph(), to_ox(EX.g), to_ox(EX.h)):
        store.add(ox.Quad(*triple, graph))
    for number, term in enumerate(TERMS):
        store.add(ox.Quad(to_ox(EX.one), to_ox(EX[f"p{number}"]), to_ox(term), to_ox(EX.kinds)))
    return dataset(store)


def test_the_view_holds_the_quads_of_the_export(view, copy):
    def quads(whole):
        return {(s, p, o, getattr(g, "identifier", g)) for s, p, o, g in whole.quads((None, None, None, None))}

    assert quads(view) == quads(copy)


def test_default_and_named_graphs_hold_what_they_hold_in_rdflib(view, copy):
    named = {str(graph.identifier) for graph in view.graphs()}

    assert named == {str(graph.identifier) for graph in copy.graphs()}
    assert CGG + "provenance" in named
    assert set(view.default_graph) == set(copy.default_graph)
    assert set(view.graph(CGG + "provenance")) == set(copy.graph(CGG + "provenance"))


def test_the_view_counts_the_triples_of_its_default_graph(view, copy):
    assert len(view) == len(view.default_graph) == len(copy.default_graph)


def test_a_triple_in_three_graphs_counts_once_in_the_default_graph(small):
    triple = (EX.s, EX.p, EX.o)

    assert len(small.default_graph) == 1
    assert list(small.default_graph) == [triple]
    assert list(small.triples(triple)) == [triple]
    assert len(list(small.query("SELECT * { ?s ?p ?o }"))) == 1
    assert {row[0] for row in small.query("SELECT ?g { GRAPH ?g { <http://example.org/s> ?p ?o } }")} == {EX.g, EX.h}
    assert triple in small
    assert triple in small.get_graph(EX.g)
    assert triple not in small.get_graph(EX.kinds)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.n3())
def test_a_term_comes_back_as_rdflib_makes_it(term):
    back = from_ox(to_ox(term))

    assert (back, type(back), back.n3()) == (term, type(term), term.n3())


def test_terms_are_found_by_value_as_in_rdflib(small):
    graph = small.get_graph(EX.kinds)

    for number, term in enumerate(TERMS):
        if term.n3().startswith(('"021"', '"1.50"')):  # the engine keeps numbers by value
            continue
        assert list(graph.triples((None, EX[f"p{number}"], term))) == [(EX.one, EX[f"p{number}"], term)]


def test_a_plain_string_equals_a_literal(view):
    found = set(view.get_graph(rdflib.URIRef(CGG + "provenance")).objects(None, rdflib.URIRef(COOP + "locator")))

    assert rdflib.Literal("L10") in found
    assert {term.datatype for term in found} == {None}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_sparql_agrees_with_rdflib_in_memory(view, copy, question):
    if question.startswith("ASK"):
        assert view.query(question).askAnswer is copy.query(question).askAnswer is True
        return

    answer = bag(view.query(question))

    assert answer == bag(copy.query(question))
    assert answer


def test_a_prepared_question_and_bindings_work(view):
    prepared = prepareQuery("SELECT ?x ?n { ?x a ?c ; skos:prefLabel ?n }", initNs={"skos": SKOS})

    bound = bag(view.query(prepared, initBindings={"c": MINISTRY}))
    written = bag(view.query("SELECT ?x ?n { ?x a coop:Ministry ; skos:prefLabel ?n }"))

    assert bound == written != []
    assert bag(view.query("SELECT ?c { ?x a ?c }", initBindings={"x": rdflib.URIRef(CG + "per-chu-tuan-tu")})) == bag(
        [(kind,) for kind in view.objects(rdflib.URIRef(CG + "per-chu-tuan-tu"), RDF.type)]
    )


def test_a_literal_can_be_bound(view):
    rows = list(
        view.query(
            "SELECT ?x { ?x foaf:name|skos:prefLabel ?n }",
            initBindings={"n": rdflib.Literal("Hà Quang Trường", lang="vi")},
        )
    )

    assert [str(row[0]) for row in rows] == [CG + "per-ha-quang-truong"]


def test_construct_and_describe_give_graphs(view):
    made = view.query("CONSTRUCT { ?x a foaf:Agent } WHERE { ?x a coop:Ministry }").graph

    assert set(made) == {(x, RDF.type, FOAF.Agent) for x in view.subjects(RDF.type, MINISTRY)}
    assert len(view.query("DESCRIBE cg:evt-accsm-21").graph) > 10


def test_short_names_are_those_of_coopgraph(view):
    assert view.namespace_manager.normalizeUri(rdflib.URIRef(CG + "org-vn-moha")) == "cg:org-vn-moha"
    assert view.namespace_manager.expand_curie("coop:party") == rdflib.URIRef(COOP + "party")


@pytest.mark.parametrize(
    "write",
    [
        lambda data: data.add((EX.s, EX.p, EX.o)),
        lambda data: data.add((EX.s, EX.p, EX.o, EX.g)),
        lambda data: data.addN([(EX.s, EX.p, EX.o, data.default_graph)]),
        lambda data: data.remove((EX.s, EX.p, EX.o)),
        lambda data: data.graph(EX.new).add((EX.s, EX.p, EX.o)),
        lambda data: data.default_graph.set((EX.s, EX.p, EX.o)),
        lambda data: data.parse(data="<http://x/> a <http://y/> .", format="turtle"),
        lambda data: data.update("INSERT { <http://x/> a <http://y/> } WHERE {}"),
        lambda data: data.update("DELETE WHERE { ?s ?p ?o }"),
        lambda data: data.update("CLEAR ALL"),
        lambda data: data.remove_graph(EX.g),
    ],
)
def test_writing_is_refused_with_the_way_to_do_it(small, write):
    before = bag(small.quads())

    with pytest.raises((NotImplementedError, TypeError), match="curated files"):
        write(small)
    assert bag(small.quads()) == before


def test_impossible_patterns_find_nothing(small):
    assert list(small.triples((rdflib.Literal("x"), None, None))) == []
    assert list(small.triples((None, rdflib.BNode(), None))) == []
    assert list(rdflib.Graph(store=small.store, identifier=EX.unknown)) == []


def test_the_view_writes_what_rdflib_writes(view):
    graph = view.get_graph(rdflib.URIRef(CGG + "provenance"))

    again = rdflib.Graph().parse(data=graph.serialize(format="turtle"), format="turtle")

    assert set(again) == set(graph)
