"""Exports: read back by two independent parsers, sorted, the same bytes every time."""

import csv
import io
import random
import subprocess
import sys
from types import SimpleNamespace
from xml.etree import ElementTree

import networkx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from coopgraph.exporters import EXPORTERS, content, rdf
from coopgraph.stores.embedded import Embedded
from coopgraph.stores.rdflib_view import from_ox
from coopgraph.terms import CG, CGG

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
RDF = {"ttl": "turtle", "nt": "nt", "rdfxml": "xml", "trig": "trig", "nq": "nquads", "jsonld": "json-ld"}
WHOLE = ("trig", "nq", "jsonld")
HARD = (
    'quote " backslash \\ brace } tag <b>&amp;</b> ]]>',
    "line\nbreak\ttab",
    "Bộ Nội vụ — ກະຊວງ 한국 العربية \u202e \u200f",
    "e\u0301 \U0001f600 \u2028 \xa0",
    "",
    " leading and trailing ",
)


@pytest.fixture(scope="module")
def written(atlas) -> dict[str, str]:
    """Write the graph in every format."""
    return {name: content(name, atlas).decode() for name in EXPORTERS if name != "edges.parquet"}


@pytest.fixture(scope="module")
def wanted(atlas) -> dict[bool, set]:
    """Give what the formats must hold, in rdflib's terms: triples for one graph, quads for several."""
    quads = [(from_ox(q.subject), from_ox(q.predicate), from_ox(q.object), q.graph_name) for q in atlas.quads()]
    named = {(s, p, o, "" if g == ox.DefaultGraph() else g.value) for s, p, o, g in quads}
    return {True: named, False: {(s, p, o) for s, p, o, g in named if not g}}


def by_rdflib(text: str, form: str) -> set:
    """Read a text with rdflib."""
    if form not in WHOLE:
        return set(rdflib.Graph().parse(data=text, format=RDF[form]))
    whole = rdflib.Dataset()
    whole.parse(data=text, format=RDF[form])
    names = ((s, p, o, str(getattr(g, "identifier", g) or "")) for s, p, o, g in whole.quads())
    return {(s, p, o, "" if g == str(DATASET_DEFAULT_GRAPH_ID) else g) for s, p, o, g in names}


def by_oxigraph(text: str, form: str) -> set:
    """Read a text with pyoxigraph."""
    parsed = [
        (from_ox(q.subject), from_ox(q.predicate), from_ox(q.object), q.graph_name)
        for q in ox.parse(text, format=rdf.FORMATS[form])
    ]
    if form not in WHOLE:
        assert {g for *_, g in parsed} == {ox.DefaultGraph()}
        return {(s, p, o) for s, p, o, _ in parsed}
    return {(s, p, o, "" if g == ox.DefaultGraph() else g.value) for s, p, o, g in parsed}


def small(texts: tuple[str, ...] = HARD) -> list[ox.Quad]:
    """Make statements with hard texts, in the default graph and in a named one."""
    kinds = [{}, {"language": "vi"}, {"datatype": ox.NamedNode("http://example.org/own")}]
    subject, predicate = ox.NamedNode(CG + "x--y"), ox.NamedNode("http://example.org/a.b/c-1")
    literals = [ox.Literal(text, **kind) for text in texts for kind in kinds]
    graphs = (ox.DefaultGraph(), ox.NamedNode(CGG + "doc-x/L1+L2~inferred"))
    return [ox.Quad(subject, predicate, literal, graph) for literal in literals for graph in graphs]


def as_atlas(quads: list[ox.Quad]) -> SimpleNamespace:
    """Give quads to the exporters, loaded in their order."""
    store = ox.Store()
    for quad in quads:
        store.add(quad)
    return SimpleNamespace(quads=lambda: iter(quads), store=Embedded(store))


@pytest.mark.parametrize("read", [by_rdflib, by_oxigraph])
@pytest.mark.parametrize("form", RDF)
def test_every_rdf_format_reads_back_the_same(written, wanted, form, read):
    assert read(written[form], form) == wanted[form in WHOLE]


@pytest.mark.parametrize("read", [by_rdflib, by_oxigraph])
@pytest.mark.parametrize("form", RDF)
def test_hard_texts_survive_every_rdf_format(form, read):
    quads = small()
    text = content(form, as_atlas(quads)).decode()

    assert {str(row[2]) for row in read(text, form)} == set(HARD)
    assert len(read(text, form)) == len(HARD) * 3 * (2 if form in WHOLE else 1)


@pytest.mark.parametrize("form", RDF)
def test_the_order_of_loading_does_not_show(form):
    quads = small()
    shuffled = [*quads, *quads]
    random.Random(1).shuffle(shuffled)

    assert content(form, as_atlas(shuffled)).decode() == content(form, as_atlas(quads)).decode()


def test_every_format_twice_gives_the_same_bytes(atlas, written):
    assert {name: content(name, atlas).decode() for name in written} == written
    assert content("edges.parquet", atlas) == content("edges.parquet", atlas)


def test_every_question_twice_gives_the_same_rows_and_sources(atlas):
    def answers():
        tables = {name: atlas.ask(name) for name in atlas.questions}
        return {name: list(zip(table.rows, table.sources, strict=True)) for name, table in tables.items()}

    first, second = answers(), answers()
    assert [name for name in first if first[name] != second[name]] == []


def test_another_hash_seed_gives_the_same_bytes(environment, empty, atlas, written):
    code = """
import hashlib, coopgraph
from coopgraph.exporters import EXPORTERS, content
g = coopgraph.open()
print({name: hashlib.sha256(content(name, g)).hexdigest() for name in EXPORTERS})
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=empty,
        env={**environment, "PYTHONHASHSEED": "4711"},
        capture_output=True,
        text=True,
        check=True,
    )

    import hashlib

    assert eval(done.stdout) == {name: hashlib.sha256(content(name, atlas)).hexdigest() for name in EXPORTERS}
    assert written.keys() < EXPORTERS.keys()


def test_another_build_of_the_same_files_gives_the_same_bytes(run, copied, tmp_path, written):
    done = run("export", "nq", "--root", copied, COOPGRAPH_CACHE=str(tmp_path / "anew"))

    assert done.stdout == written["nq"]


@pytest.mark.parametrize("form", ["nt", "nq"])
def test_line_formats_are_sorted_and_have_no_line_twice(written, form):
    lines = written[form].splitlines()
    subjects = [line.split(" ")[0] for line in lines]

    assert len(lines) == len(set(lines))
    if form == "nt":
        assert subjects == sorted(subjects)


@pytest.mark.parametrize("form", RDF)
def test_no_blank_nodes_are_exported(wanted, form):
    assert not [row for row in wanted[form in WHOLE] if any(isinstance(term, rdflib.BNode) for term in row)]


@pytest.mark.parametrize("form", ["ttl", "trig", "rdfxml"])
def test_prefixes_are_declared_and_used(written, form):
    assert "https://w3id.org/coopgraph/ns#" in written[form][:2000]
    assert "coop:" in written[form]


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize(("form", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_networks_read_back_with_the_same_nodes_edges_and_names(atlas, form, read, lang):
    plain = atlas.network()

    found = read(io.BytesIO(content(form, atlas, lang)))

    assert (set(found), found.number_of_edges(), found.is_directed()) == (set(plain), plain.number_of_edges(), True)
    assert sorted(found.edges()) == sorted(plain.edges())
    assert found.nodes["org-vn-moha"]["label"] == atlas.evidence.label(CG + "org-vn-moha", lang)
    for (_, _, about), (_, _, same) in zip(ordered(found), ordered(plain), strict=True):
        assert (about["relation"], about["fact"], about["family"]) == (same["relation"], same["fact"], same["family"])


def ordered(network) -> list:
    """Give the edges with their data in a fixed order."""
    return sorted(network.edges(data=True), key=lambda edge: (*edge[:2], edge[2]["relation"], edge[2]["fact"]))


@pytest.mark.parametrize("form", ["graphml", "gexf", "rdfxml"])
def test_xml_is_well_formed(written, form):
    assert len(ElementTree.fromstring(written[form])) > 0


def test_gexf_says_nothing_of_when_it_was_written(written):
    assert "lastmodified" not in written["gexf"]
    assert "<creator>" not in written["gexf"] or "NetworkX" in written["gexf"]


def test_the_sheet_has_a_row_for_each_relation_with_names_and_sources(atlas, written):
    rows = list(csv.DictReader(io.StringIO(written["csv"], newline="")))

    assert len(rows) == len(atlas.ask("relations").rows)
    assert {"from", "from_label", "relation_label", "to", "to_label", "start", "end", "sources"} <= set(rows[0])
    assert any(row["from_label"] == "Ministry of Home Affairs of Viet Nam" and row["sources"] for row in rows)


def test_names_in_the_sheet_follow_the_language(atlas):
    assert "Bộ Nội vụ Việt Nam" in content("csv", atlas, "vi").decode()
    assert "Bộ Nội vụ Việt Nam" in content("gexf", atlas, "vi").decode()


def test_every_export_of_the_command_line_is_what_the_exporter_writes(run, written):
    assert all(name in run("export", "xyzzy").stderr for name in EXPORTERS)
    assert run("export", "ttl").stdout == written["ttl"]


def test_the_graph_that_a_question_constructs_can_be_written_in_every_form(call):
    question = "CONSTRUCT { ?a coop:party ?b } WHERE { ?a coop:party ?b }"

    found = {
        form: by_rdflib(call("sparql", "-q", question, "--format", form).stdout, form)
        for form in ("ttl", "nt", "rdfxml")
    }

    assert found["ttl"] == found["nt"] == found["rdfxml"] != set()
