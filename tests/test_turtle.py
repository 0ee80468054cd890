"""Turtle of our own: the very same graph for two independent parsers, whatever the terms and the order of loading."""

import io
import random
import shutil

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st

from coopgraph.exporters import content, order, rdf
from coopgraph.exporters.turtle import KEPT, Names, turtle
from coopgraph.stores import embedded
from coopgraph.stores import text as text_of
from coopgraph.stores.text import NAME
from coopgraph.terms import PREFIXES, RDF, XSD

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
LOCALS = (
    "x",
    "a.b",
    "a.",
    ".a",
    "-a",
    "a-",
    "9",
    "%41",
    "a%20b",
    "a/b",
    "a#b",
    "a~b",
    "a(b)",
    "a,b;c",
    "Bộ",
    "a:b",
    "",
)
TEXTS = (
    "",
    '"',
    '\\"',
    "\\",
    "a\nb\r\tc",
    '"""',
    " . ",
    "> .",
    '"^^<x>',
    "@en",
    "a^^b",
    "Bộ Nội vụ",
    "\u2028 \U0001f600 \x00\x07",
)
NUMBERS = ("1", "-1", "01", "+1", "1.", "1.50", ".5", "1e5", "true", "false", "1 ", "", "x")
spaces = st.sampled_from([*PREFIXES.values(), "http://e.org/", "urn:x:"])
joined = st.builds(str.__add__, spaces, st.sampled_from(LOCALS))
iris = joined.filter(lambda iri: iri.count("#") < 2).map(ox.NamedNode)
kinds = st.sampled_from([XSD + name for name in ("integer", "decimal", "double", "boolean", "date", "string")])
literals = st.one_of(
    st.builds(ox.Literal, st.sampled_from(TEXTS) | st.text(max_size=4)),
    st.builds(
        lambda text, tag: ox.Literal(text, language=tag), st.sampled_from(TEXTS), st.sampled_from(["vi", "en-gb"])
    ),
    st.builds(lambda text, kind: ox.Literal(text, datatype=kind), st.sampled_from(NUMBERS), kinds.map(ox.NamedNode)),
    st.builds(lambda text, kind: ox.Literal(text, datatype=kind), st.sampled_from(TEXTS), iris),
)
predicates = iris | st.just(ox.NamedNode(RDF + "type"))
triples = st.builds(ox.Triple, iris | st.just(ox.BlankNode("b.1")), predicates, iris | literals)


def text(found) -> bytes:
    """Write triples as Turtle."""
    out = io.BytesIO()
    rdf.triples(found, "ttl", out)
    return out.getvalue()


def by_rdflib(data: bytes, form: str) -> set:
    """Read with rdflib; blank nodes have one name here."""
    read = rdflib.Graph().parse(data=data, format=form)
    return {tuple("_:b" if isinstance(term, rdflib.BNode) else term for term in row) for row in read}


@given(st.lists(triples, max_size=12), st.randoms(use_true_random=False))
@example([ox.Triple(ox.NamedNode("http://e.org/s"), ox.NamedNode(RDF + "type"), ox.Literal("a"))], random.Random(1))
def test_any_graph_reads_back_the_same_with_two_parsers_whatever_the_order(found, shuffle):
    lines = "".join(f"{triple} .\n" for triple in found).encode()

    written = text(found)

    read = {quad.triple for quad in ox.parse(written, format=ox.RdfFormat.TURTLE, rename_blank_nodes=False)}
    assert read == set(found)
    assert by_rdflib(written, "turtle") == by_rdflib(lines, "nt")
    again = [*found, *found]
    shuffle.shuffle(again)
    assert text(again) == written


def test_a_subject_and_a_property_stand_once_and_the_class_comes_first():
    lines = (
        '<https://w3id.org/coopgraph/id/x> <http://purl.org/dc/terms/date> "2022"^^<http://www.w3.org/2001/XMLSchema#gYear> .',
        '<https://w3id.org/coopgraph/id/x> <https://schema.org/name> "a" .',
        '<https://w3id.org/coopgraph/id/x> <https://schema.org/name> "a"@vi .',
        '<https://w3id.org/coopgraph/id/x> <https://schema.org/size> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        f"<https://w3id.org/coopgraph/id/x> <{RDF}type> <http://e.org/a/b> .",
        "<https://w3id.org/coopgraph/id/y> <https://schema.org/name> <https://w3id.org/coopgraph/id/a/b> .",
    )

    parts = turtle(order.keys(f"{line}\n".encode() for line in reversed(lines)))

    body = b"".join(parts).decode().split("\n", len(PREFIXES))[-1]
    assert body == (
        'cg:x a <http://e.org/a/b> ;\n\tdcterms:date "2022"^^xsd:gYear ;\n\tschema:name "a" , "a"@vi ;\n'
        "\tschema:size 1 .\ncg:y schema:name <https://w3id.org/coopgraph/id/a/b> .\n"
    )


def test_names_are_forgotten_before_they_fill_the_memory():
    names = Names()
    for number in range(KEPT + 2):
        assert names[b"<https://w3id.org/coopgraph/id/x%d>" % number] == b"cg:x%d" % number

    assert len(names) == 2


@pytest.fixture
def folder(tmp_path):
    """Write a graph to disk with its text: terms that look like the end of a line, in the default graph and in another."""
    store, one, two = ox.Store(), ox.NamedNode("http://e.org/s"), ox.NamedNode("http://e.org/g(x)")
    said = ox.Triple(one, two, ox.Literal("a"))
    values = [*map(ox.Literal, TEXTS), ox.Literal("> <x> .", language="en"), ox.Literal("1", datatype=one), two, said]
    for value in values:
        store.add(ox.Quad(one, one, value))
        store.add(ox.Quad(two, one, value, two))
    embedded.written(store, tmp_path / "graph")
    return tmp_path / "graph"


@pytest.mark.parametrize("accepted", [True, False])
def test_the_text_of_a_graph_gives_the_lines_that_its_store_gives(folder, accepted):
    opened = embedded.opened(folder)
    by_text = sorted(opened.lines(accepted=accepted))

    (folder / NAME).unlink()

    assert by_text == sorted(opened.lines(accepted=accepted))
    assert len(by_text) == (len(TEXTS) + 4) * (1 if accepted else 2)


@pytest.mark.parametrize("cut", [1, 6, 40])
def test_a_torn_text_is_not_read(folder, cut):
    whole = sorted(embedded.opened(folder).lines())
    path = folder / NAME
    path.write_bytes(path.read_bytes()[:-cut])

    assert sorted(embedded.opened(folder).lines()) == whole


def test_a_text_is_not_read_when_the_store_was_changed_since(folder):
    node = ox.NamedNode("http://e.org/new")
    store = ox.Store(str(folder))
    store.add(ox.Quad(node, node, node))
    store.flush()
    del store

    assert f"{node} {node} {node} .\n".encode() in set(embedded.opened(folder).lines())


def test_a_text_from_which_lines_were_taken_is_not_read(folder):
    lines = (folder / NAME).read_bytes().splitlines(keepends=True)
    (folder / NAME).write_bytes(b"".join(lines[1:]))

    assert text_of.whole(folder) is None


def test_a_text_is_read_after_its_store_was_copied(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "copy")

    assert text_of.whole(tmp_path / "copy") == tmp_path / "copy" / NAME


def test_a_graph_in_memory_gives_the_same_turtle_as_the_one_on_disk(atlas, monkeypatch):
    on_disk = content("ttl", atlas)
    copy = ox.Store()
    copy.extend(random.Random(2).sample(list(atlas.quads()), len(list(atlas.quads()))))
    monkeypatch.setattr(atlas, "store", embedded.Embedded(copy))

    assert content("ttl", atlas) == on_disk
