"""Blocks of N-Quads that need no closer look: what is called fine is fine, and most of a graph is."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from coopgraph import ontology
from coopgraph.loaders.dumps import Dump, needs_source
from coopgraph.terms import CG, COOP, RDF, RDFS, XSD

G = "https://w3id.org/coopgraph/graph/doc-x/L1"
LINES = (
    f"<{CG}org-vn-moha> <{RDF}type> <{COOP}Ministry> <{G}> .",
    f'<{CG}org-vn-moha> <{RDFS}label> "Bộ \\"Nội\\" vụ"@vi <{G}> .',
    f'<{CG}evt-x--1> <{COOP}startDate> "2022-08-05"^^<{XSD}date> .',
    f'<{CG}evt-x--1> <{COOP}budget> "12.5"^^<{XSD}decimal> <{G}> .',
    f"<{CG}evt-x> <http://xmlns.com/foaf/0.1/page> <https://example.org/a?b=c#d> <{G}> .",
    f"<{G}> <{COOP}source> <{CG}doc-x> <https://w3id.org/coopgraph/graph/provenance> .",
)
BITS = (
    *' <>"\\@^_.#:%-0?',
    "\t", "\r", "\n", "\\u200b", "\\n", "\\b", "\u0301", "\u200b", "e", "A", "_:b", "<<(", "29", "02", "2023-02-29", "xsd:", "type", "source",
    COOP, CG, RDF, XSD, "gYear", "boolean", "@en-x", "@zh-hant", "@en-GB", ".50", ".0", "Unknown", "http:", "relative", f"<{G}>", "  ",
)  # fmt: skip


@pytest.fixture(scope="module")
def dump(tmp_path_factory):
    """Give the checks of a dump."""
    return Dump(tmp_path_factory.mktemp("d") / "d.nq", "d.nq", ontology.read(ROOT / "ontology"))


@st.composite
def blocks(draw):
    """Make a block of lines, some of which are spoilt in one or two places."""
    text = "".join(line + "\n" for line in draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=3)))
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from((0, 0, 1, 2, 10))))
        text = text[:start] + draw(st.sampled_from(("", *BITS))) + text[end:]
    return text.encode()


@given(block=blocks())
def test_what_is_called_fine_passes_every_check(dump, block):
    seen = dump.lines.seen(block)
    if seen is None:
        return

    quads = list(ox.parse(block, format=ox.RdfFormat.N_QUADS))

    assert [quad for quad in quads if not dump.fine(quad)] == []
    assert seen.lines == len(quads)
    assert seen.named == {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    assert seen.sourced == {quad.subject.value for quad in quads if quad.predicate.value == COOP + "source"}


def test_lines_as_they_are_written_are_fine(dump):
    block = "".join(f"{line}\n" for line in LINES).encode()

    assert dump.lines.seen(block) == (len(LINES), {G, "https://w3id.org/coopgraph/graph/provenance"}, {G})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"{COOP}Ministry", f"{COOP}Minstry"),
        (f"{COOP}startDate", f"{COOP}startDat"),
        ("2022-08-05", "2022-02-30"),
        ("12.5", "12,5"),
        ("12.5", "12.50"),
        ("@vi", "@VI"),
        ("vụ", "v\tụ"),
        ("org-vn-moha", "org-vn-moHa"),
        ("org-vn-moha", "moha-vn"),
        ("evt-x--1", "evt-x---1"),
        (f"<{CG}evt-x--1>", "_:b"),
        (f"<{G}>", "_:g"),
        ("Nội", "No\u0323\u0302i"),
        ("Nội", "Nội\u200b"),
        ("Nội", "N\\u1ED9i"),
        ("example.org/a", "example.org/%zz"),
        ("https://example.org", "//example.org"),
        (f"{COOP}Ministry", f"{CG}NOT_ok"),
        (f"{COOP}startDate", f"{COOP}Event"),
        ("Nội", "N\ufffei"),
        (" <", "  <"),
        (" .", " . # said"),
    ],
)
def test_whatever_is_wrong_or_strange_gets_a_closer_look(dump, old, new):
    text = "".join(f"{line}\n" for line in LINES)
    assert old in text

    assert dump.lines.seen(text.replace(old, new).encode()) is None


def test_what_is_no_text_gets_a_closer_look(dump):
    assert dump.lines.seen(f"{LINES[1]}\n".encode().replace("ộ".encode(), b"\xff")) is None
    assert dump.lines.seen(f"{LINES[2]}\n".encode().replace(b"2022-08-05", b"2022\xff")) is None


def test_no_line_of_the_graph_of_a_build_needs_a_closer_look(dump, region):
    lines = list(region.store.lines())

    assert [line for line in lines if not dump.lines.line.fullmatch(line)] == []
    blocks = [lines[start : start + 5000] for start in range(0, len(lines), 5000)]
    assert [dump.lines.seen(b"".join(block)).lines for block in blocks] == [len(block) for block in blocks]


@given(block=blocks())
def test_what_is_called_fine_is_written_by_a_store_as_it_stands(dump, block):
    if not dump.lines.seen(block):
        return
    store = ox.Store()

    store.bulk_load(block, format=ox.RdfFormat.N_QUADS)

    assert sorted(store.dump(format=ox.RdfFormat.N_QUADS).splitlines()) == sorted(set(block.splitlines()))


def test_graphs_of_rules_and_of_the_build_need_no_source():
    base = "https://w3id.org/coopgraph/graph/"
    assert [needs_source(base + name) for name in ("doc-x/L1", "derived/bounds", "provenance")] == [True, False, False]
