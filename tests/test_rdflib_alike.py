"""The rdflib `Dataset` over our store and rdflib's own store in memory pass the very same checks."""

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF
from rdflib.plugins.sparql import prepareQuery

from coopgraph.stores.rdflib_view import dataset, to_ox

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
EX = rdflib.Namespace("http://example.org/")
SHARED = rdflib.Graph().parse(
    format="turtle",
    data="""
        @prefix ex: <http://example.org/> .
        ex:talks ex:title "talks", "đàm phán"@vi ; ex:size 40 ; ex:on "2022-08"^^<http://www.w3.org/2001/XMLSchema#gYearMonth> ;
            ex:partOf ex:week ; ex:speakers ( ex:anna ex:binh ) .
        ex:week ex:partOf ex:year ; ex:size 2 .
    """,
)
"""What the default graph and two documents say alike."""


@pytest.fixture(params=["rdflib in memory", "ours"])
def either(request):
    """The same quads in rdflib's own store and in ours: all in the default graph and in two named ones, one thing alone."""
    whole = rdflib.Dataset()
    for name in (None, EX.g, EX.h):
        target = whole.graph(name) if name else whole.default_graph
        for triple in SHARED:
            target.add(triple)
    whole.graph(EX.h).add((EX.week, EX.title, rdflib.Literal("week")))
    if request.param != "ours":
        return whole
    store = ox.Store()
    for subject, predicate, term, graph in whole.quads():
        name = graph if isinstance(graph, rdflib.URIRef) else getattr(graph, "identifier", None)
        at = to_ox(name) if name in (EX.g, EX.h) else ox.DefaultGraph()
        store.add(ox.Quad(to_ox(subject), to_ox(predicate), to_ox(term), at))
    return dataset(store)


PREFIX = "PREFIX ex: <http://example.org/> "


def rows(found) -> list:
    """Give rows as plain values, sorted."""
    return sorted(tuple(None if cell is None else cell.toPython() for cell in row) for row in found)


def test_either_store_counts_what_three_graphs_hold_once(either):
    assert len(either.default_graph) == len(SHARED) == 12
    assert len(either.get_graph(EX.h)) == 13
    assert len(either.get_graph(EX.h)) == 13
    assert len(rdflib.Graph(store=either.store, identifier=EX.nothing)) == 0
    assert rows(either.query(PREFIX + "SELECT (COUNT(*) AS ?n) (SUM(?m) AS ?all) { ?x ex:size ?m }")) == [(2, 42)]
    assert rows(either.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")) == [(12,)]
    assert rows(either.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")) == [(25,)]
    assert rows(either.query(PREFIX + "SELECT ?g { GRAPH ?g { ex:talks ex:size 40 } }")) == [(str(EX.g),), (str(EX.h),)]


def test_either_store_gives_strings_and_numbers_as_rdflib_makes_them(either):
    assert set(either.objects(EX.talks, EX.title)) == {rdflib.Literal("talks"), rdflib.Literal("đàm phán", lang="vi")}
    assert (EX.talks, EX.title, rdflib.Literal("talks")) in either
    assert (EX.talks, EX.title, rdflib.Literal("talks", datatype=rdflib.XSD.string)) not in set(either.default_graph)
    assert either.value(EX.talks, EX.size).toPython() == 40
    assert rows(either.query(PREFIX + "SELECT ?x { ?x ex:title 'talks' }")) == [(str(EX.talks),)]
    assert rows(either.query(PREFIX + "SELECT ?x { ?x ex:size ?n FILTER(?n > 10) }")) == [(str(EX.talks),)]


def test_either_store_answers_prepared_questions_of_every_form(either):
    select = prepareQuery("SELECT ?x ?y { ?x ex:partOf+ ?y }", initNs={"ex": EX})
    ask = prepareQuery("ASK { ?x ex:size ?n }", initNs={"ex": EX})
    make = prepareQuery("CONSTRUCT { ?y ex:holds ?x } WHERE { ?x ex:partOf ?y }", initNs={"ex": EX})

    assert rows(either.query(select, initBindings={"x": EX.talks})) == [
        (str(EX.talks), str(EX.week)),
        (str(EX.talks), str(EX.year)),
    ]
    assert either.query(ask, initBindings={"n": rdflib.Literal(40)}).askAnswer is True
    assert either.query(ask, initBindings={"n": rdflib.Literal(41)}).askAnswer is False
    assert set(either.query(make).graph) == {(EX.week, EX.holds, EX.talks), (EX.year, EX.holds, EX.week)}
    assert set(either.query("DESCRIBE <http://example.org/week>").graph) == {
        (EX.week, EX.partOf, EX.year),
        (EX.week, EX.size, rdflib.Literal(2)),
    }


def test_either_store_walks_paths_lists_and_slices(either):
    graph = either.default_graph

    assert set(graph.transitive_objects(EX.talks, EX.partOf)) == {EX.talks, EX.week, EX.year}
    assert set(graph.objects(EX.talks, EX.partOf / EX.partOf)) == {EX.year}
    assert list(graph.items(graph.value(EX.talks, EX.speakers))) == [EX.anna, EX.binh]
    assert set(graph[EX.week]) == {(EX.partOf, EX.year), (EX.size, rdflib.Literal(2))}
    assert set(graph.triples_choices((None, EX.size, [rdflib.Literal(2), rdflib.Literal(40)]))) == {
        (EX.talks, EX.size, rdflib.Literal(40)),
        (EX.week, EX.size, rdflib.Literal(2)),
    }
    assert rows(
        either.query(PREFIX + "SELECT ?who { ex:talks ex:speakers/rdf:rest*/rdf:first ?who }", initNs={"rdf": RDF})
    ) == [
        (str(EX.anna),),
        (str(EX.binh),),
    ]


def test_either_store_tells_graphs_apart(either):
    only = (EX.week, EX.title, rdflib.Literal("week"))

    assert {graph.identifier for graph in either.graphs()} >= {EX.g, EX.h}
    assert only not in either
    assert only in either.get_graph(EX.h)
    assert only not in either.get_graph(EX.g)
    assert [quad[3] for quad in either.quads(only)] == [EX.h]
    assert either.default_graph.isomorphic(SHARED)
    assert (
        rdflib.Graph().parse(data=either.get_graph(EX.g).serialize(format="turtle"), format="turtle").isomorphic(SHARED)
    )
