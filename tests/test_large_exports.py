"""Exports for large stores and for analysis past memory: sorted in runs, in shards, as lists of edges."""

import csv
import hashlib
import io
import json
import random
from collections import Counter, defaultdict

import pyarrow.parquet
import pyoxigraph as ox
import pytest

from coopgraph.exporters import content, order, shards
from coopgraph.exporters.edges import COLUMNS
from coopgraph.terms import CG, CGG, RDF


def lines(found: list[ox.Quad]) -> list[bytes]:
    """Write statements as lines of N-Quads."""
    return [f"{quad} .\n".encode() for quad in found]


def quads(count: int = 200) -> list[ox.Quad]:
    """Make statements of several documents, with class statements and texts that try to break lines and order."""
    texts = ("a", "a b", "  ", "a  b", "x\ty\nz", f"<{RDF}type>", f" <{RDF}type> <x>", '"', "Bộ Nội vụ")
    found = []
    for number in range(count):
        subject = ox.NamedNode(f"{CG}evt-{number % 50}")
        graph = ox.NamedNode(f"{CGG}doc-{number % 7}/L{number % 3}") if number % 4 else ox.DefaultGraph()
        found.append(ox.Quad(subject, ox.NamedNode(RDF + "type"), ox.NamedNode(CG + "kind"), graph))
        found.append(ox.Quad(subject, ox.NamedNode(RDF + "aaa"), ox.Literal(texts[number % len(texts)]), graph))
        found.append(ox.Quad(subject, ox.NamedNode(RDF + "typed"), ox.NamedNode(RDF + "type"), graph))
    return found


def by_terms(quad: ox.Quad) -> tuple[str, str, bool, str, str]:
    """Say what the order of exports is, term by term."""
    graph = "" if quad.graph_name == ox.DefaultGraph() else str(quad.graph_name)
    predicate = str(quad.predicate)
    return graph, str(quad.subject), predicate != f"<{RDF}type>", predicate, str(quad.object)


@pytest.mark.parametrize("run", [7, 10_000])
def test_statements_come_once_and_in_the_order_of_their_terms(monkeypatch, run):
    monkeypatch.setattr(order, "RUN", run)
    shuffled = quads() * 2
    random.Random(3).shuffle(shuffled)

    found = [line for _, line in order.ordered(lines(shuffled))]

    assert found == lines(sorted(set(shuffled), key=by_terms))


def test_runs_on_disk_give_the_same_bytes_as_memory_in_every_syntax(monkeypatch, atlas):
    forms = ("ttl", "nt", "rdfxml", "trig", "nq", "jsonld")
    whole = {form: content(form, atlas) for form in forms}
    monkeypatch.setattr(order, "RUN", 1000)

    assert {form: content(form, atlas) for form in forms} == whole


@pytest.fixture(scope="module")
def sharded(atlas, tmp_path_factory):
    """Write the graph in five shards."""
    folder = tmp_path_factory.mktemp("shards")
    shards.write(atlas.store.lines(), folder, 5)
    return folder


def parsed(folder) -> list[list[ox.Quad]]:
    """Read each shard."""
    return [list(ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)) for path in sorted(folder.glob("*.nq"))]


def test_shards_together_hold_the_graph_and_no_statement_twice(atlas, sharded):
    found = [quad for shard in parsed(sharded) for quad in shard]

    assert len(found) == len(set(found))
    assert set(found) == set(atlas.quads())


def test_the_manifest_says_what_each_shard_holds(sharded):
    about = json.loads((sharded / "manifest.json").read_text())

    assert about["statements"] == sum(shard["statements"] for shard in about["shards"])
    assert [shard["file"] for shard in about["shards"]] == [f"coopgraph-0000{n}-of-00005.nq" for n in range(1, 6)]
    for shard in about["shards"]:
        raw = (sharded / shard["file"]).read_bytes()
        assert shard["statements"] == raw.count(b"\n") > 0
        assert (shard["bytes"], shard["sha256"]) == (len(raw), hashlib.sha256(raw).hexdigest())


def test_a_document_stands_in_one_shard_with_its_provenance(sharded):
    where = defaultdict(set)
    for number, shard in enumerate(parsed(sharded)):
        for quad in shard:
            graph = getattr(quad.graph_name, "value", "")
            named = quad.subject.value if graph == CGG + "provenance" else graph
            if named.startswith(CGG):
                where[named.removeprefix(CGG).partition("/")[0] if "/doc-" in named else named].add(number)

    assert len(where) > 5
    assert {name: places for name, places in where.items() if len(places) > 1} == {}


def test_the_same_graph_gives_the_same_shards_whatever_the_order(tmp_path):
    found = quads()
    shuffled = random.Random(5).sample(found, len(found))
    for name, listed in (("a", found), ("b", shuffled)):
        (tmp_path / name).mkdir()
        shards.write(lines(listed), tmp_path / name, 3)

    names = sorted(path.name for path in (tmp_path / "a").iterdir())

    assert names == sorted(path.name for path in (tmp_path / "b").iterdir())
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in names)


def test_shards_are_written_to_a_new_folder_only(call, tmp_path):
    done = call("export", "nquads", "--shards", "3", "-o", tmp_path / "deep" / "shards")
    again = call("export", "nquads", "-o", tmp_path / "deep" / "shards")

    assert (done.code, len(list((tmp_path / "deep" / "shards").iterdir()))) == (0, 4)
    assert (again.code, again.stderr) == (1, f"coopgraph: {tmp_path}/deep/shards exists; name a new folder\n")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["shards"]


def test_shards_need_a_folder(call):
    assert "nquads is a folder of files; name it, e.g. -o shards" in call("export", "nquads").stderr


@pytest.fixture(scope="module")
def edges(atlas) -> list[dict[str, str]]:
    """Read the list of edges."""
    return list(csv.DictReader(io.StringIO(content("edges.csv", atlas).decode())))


def test_edges_are_those_of_the_network(atlas, edges):
    network = atlas.network()
    names = ("relation", "family", "fact", "start", "end")

    wanted = Counter((s, t, *(about[name] for name in names)) for s, t, about in network.edges(data=True))
    assert Counter((row["source"], row["target"], *(row[name] for name in names)) for row in edges) == wanted
    assert tuple(edges[0]) == COLUMNS
    assert [tuple(row.values()) for row in edges] == sorted(tuple(row.values()) for row in edges)


def test_edges_name_the_documents_behind_them(atlas, edges):
    table = atlas.ask("relations")
    cited = {source.document for sources in table.sources for source in sources}

    assert {name for row in edges for name in row["documents"].split()} == cited
    assert all(row["documents"].split() == sorted(set(row["documents"].split())) for row in edges)


def test_parquet_holds_the_same_edges_with_dates_and_lists(atlas, edges):
    table = pyarrow.parquet.read_table(io.BytesIO(content("edges.parquet", atlas)))

    found = [
        {**row, **{name: str(row[name] or "") for name in ("start", "end")}, "documents": " ".join(row["documents"])}
        for row in table.to_pylist()
    ]
    assert found == edges
    assert str(table.schema.field("start").type) == "date32[day]"
    assert any(row["start"] for row in edges)


def test_without_pyarrow_parquet_says_how_to_get_it(call, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)

    done = call("export", "edges.parquet")

    wanted = "coopgraph: writing Parquet needs pyarrow; install it with: pip install 'coopgraph[parquet]'\n"
    assert (done.code, done.stdout, done.stderr) == (1, "", wanted)
