"""The made-up graphs are what they say, the questions ask them something, and the measurement tells all of it.

How fast anything is stands in docs/bench.md alone.
"""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

import pyoxigraph as ox
import pytest

from coopgraph.model import PROVENANCE
from coopgraph.terms import CGG, COOP
from test_architecture import ROOT

BENCH = ROOT / "bench"
QUERIES = sorted((BENCH / "queries").glob("*.rq"))
DEFAULT = ox.DefaultGraph()


def generated(size, **variables):
    command = [sys.executable, str(BENCH / "generate.py"), str(size)]
    return subprocess.run(command, capture_output=True, check=True, env={**os.environ, **variables}).stdout


@pytest.fixture(scope="module")
def made():
    """Make ten thousand statements."""
    return generated(10_000)


@pytest.fixture(scope="module")
def store(made):
    """Load them."""
    found = ox.Store()
    found.bulk_load(made, format=ox.RdfFormat.N_QUADS)
    return found


def test_a_size_always_gives_the_same_bytes(made):
    assert generated(10_000, PYTHONHASHSEED="1") == made == generated(10_000, PYTHONHASHSEED="77")


@pytest.mark.parametrize("size", [2_000, 10_000, 40_000])
def test_a_made_up_graph_is_as_big_as_asked_and_says_nothing_twice(size):
    lines = generated(size).splitlines()
    copies = [line for line in lines if not line.rpartition(b" <")[2].startswith(CGG.encode())]

    assert size <= len(lines) - len(copies) < size + 800
    assert len(copies) > size * 0.8
    assert len(set(lines)) == len(lines)


def test_every_claim_graph_is_described_and_every_claim_accepted(store):
    claims = {graph for graph in store.named_graphs() if graph.value.startswith(CGG + "doc-")}
    described = {
        quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(COOP + "locator"), None, PROVENANCE)
    }

    assert len(claims) > 50
    assert claims == described
    for graph in claims:
        triples = [quad.triple for quad in store.quads_for_pattern(None, None, None, graph)]
        assert all(ox.Quad(t.subject, t.predicate, t.object, DEFAULT) in store for t in triples)


def test_some_statements_stand_in_two_documents(store):
    said = Counter(
        quad.triple
        for quad in store
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(CGG + "doc-")
    )

    assert max(said.values()) == 2


def test_there_are_eighteen_questions():
    assert len(QUERIES) == 18


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
def test_a_question_has_an_answer_in_the_smallest_graph(store, query):
    assert list(store.query(query.read_text(encoding="utf-8")))


def test_a_run_writes_everything_and_names_what_is_missing(tmp_path):
    page = tmp_path / "bench.md"
    command = [sys.executable, str(BENCH / "run.py"), "--sizes", "2e3", "--growth", "2e3,4e3"]
    command += ["--engines", "pyoxigraph;coopgraph, here;none"]
    options = ["--tasks", "prepare;pairs;lift morph-kgc", "--results", tmp_path / "found.json", "-o", page]
    variables = {**os.environ, "MORPH_PYTHON": str(tmp_path / "nowhere")}

    done = subprocess.run([*command, *options], env=variables, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    text = page.read_text(encoding="utf-8")
    kept = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    found = kept["2000"]
    assert "All gave the same rows." in text
    assert "not installed" in text
    assert "| 18-one-thing |" in text
    assert "| none | failed: KeyError" in text
    assert found["tasks"]["pairs"]["met-whom all"]
    assert found["quads"] > 3000
    assert all(kept["growth"]["4000"]["tasks"][name]["peak"] > 10 for name in ("load", "export", "lift", "build"))
    assert re.search(r"export nq`: cost per statement grows by \| < 2 \| \S+ from 2·10³ to 4·10³", text)
    ET.parse(tmp_path / "pictures" / "bench.svg")


@pytest.fixture
def report(monkeypatch):
    """Import the writer of the page."""
    monkeypatch.syspath_prepend(str(BENCH))
    import report

    return report


def test_engines_that_disagree_are_named(report):
    def engine(digest):
        return {"queries": {"q": {"digest": digest, "rows": 3}}}

    assert report._differences({"pyoxigraph": engine("a"), "other": engine("a")}) == "All gave the same rows."
    assert "other on q" in report._differences({"pyoxigraph": engine("a"), "other": engine("b")})


def test_a_wrong_answer_counts_for_nothing_however_quick(report):
    def engine(digest, ms):
        return {"queries": {"q": {"digest": digest, "rows": 3, "times": [ms]}}}

    found = {"engines": {"pyoxigraph": engine("a", 2.0), "coopgraph": engine("b", 0.1), "rdflib": engine("a", 90.0)}}

    assert report.ratios(found, "rdflib", "pyoxigraph") == [45.0]
    assert report.ratios(found, "rdflib", "coopgraph") == report.ratios(found, "coopgraph", "pyoxigraph") == []
    assert "other rows" in report.questions(found)


def test_every_way_to_open_a_made_up_graph_holds_all_of_it(made, monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(BENCH))
    monkeypatch.delenv("COOPGRAPH_CACHE", raising=False)
    from made import root

    import coopgraph

    (tmp_path / "graph.nq").write_bytes(made)
    folder = root(tmp_path / "graph.nq", tmp_path)
    question = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"

    for options in ({"memory": True}, {}, {"watch": nullcontext}):
        atlas = coopgraph.open(folder, **options)
        assert int(atlas.sparql(question).rows[0][0].value) == len(made.splitlines()) == len(list(atlas.quads()))
    assert atlas.search("vụ trưởng 15-0").rows


def test_a_ratio_that_is_not_reached_is_said_to_be_missed(report):
    def size(ask):
        return {"tasks": {"cold": {"ask": [ask], "imports": [50.0]}}, "engines": {}}

    good, bad = ({key: size(ask) for key in ("10000", "100000", "1000000")} for ask in (70.0, 80.0))
    part = {"100000": good["100000"]}

    assert report.wanted(good, {}).splitlines()[2].endswith("| 1.40 at 10⁴, 1.40 at 10⁵, 1.40 at 10⁶ | met |")
    assert report.wanted(bad, {}).splitlines()[2].endswith("| 1.60 at 10⁴, 1.60 at 10⁵, 1.60 at 10⁶ | **missed** |")
    assert report.wanted(part, {}).splitlines()[2].endswith("not measured at 10⁶ | not measured |")
    assert report.wanted({"100000": bad["100000"]}, {}).splitlines()[2].endswith("| **missed** |")


@pytest.mark.parametrize(
    ("largest", "seconds", "verdict"),
    [
        ("10000000", 199.0, "1.99 from 10⁵ to 10⁷ | met |"),
        ("10000000", 200.0, "2.00 from 10⁵ to 10⁷ | **missed** |"),
        ("1000000", 10.0, "1.00 from 10⁵ to 10⁶ | not measured to 10⁷ |"),
        ("1000000", 30.0, "3.00 from 10⁵ to 10⁶ | **missed** |"),
        ("10000000", None, "not measured | not measured |"),
    ],
)
def test_growth_is_met_only_at_the_largest_size(report, largest, seconds, verdict):
    late = {"late": 60.0} if seconds is None else {"seconds": [seconds, 900.0]}
    growth = {"100000": {"tasks": {"load": {"seconds": [1.0]}}}, largest: {"tasks": {"load": late}}}

    lines = report.wanted({}, growth).splitlines()

    assert next(line for line in lines if "load` of N-Quads" in line).endswith(verdict)


def test_a_late_task_leaves_nothing_running(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(BENCH))
    import tasks

    program = tmp_path / "slow.py"
    start = "child = subprocess.Popen(['sleep', '60']); open(sys.argv[2], 'w').write(str(child.pid)); child.wait()"
    program.write_text(f"import subprocess, sys; {start}", encoding="utf-8")

    assert tasks.apart("slow", tmp_path / "pid", tmp_path, 2, program) == {"late": 2}

    assert not runs(int((tmp_path / "pid").read_text(encoding="utf-8")))


def runs(pid):
    """Tell whether a process goes on; one that ended may wait to be collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_server_that_ended_says_so_and_is_started_again(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(BENCH))
    import engines

    port = engines._port()
    answer = {"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"value": "1"}}]}}
    (tmp_path / "answer.json").write_text(json.dumps(answer), encoding="utf-8")
    program = "import http.server as h\nclass A(h.BaseHTTPRequestHandler):\n def do_POST(self):\n"
    program += "  self.send_response(200); self.end_headers(); self.wfile.write(open('answer.json', 'rb').read())\n"
    server = engines.Server([sys.executable, "-c", f"{program}h.HTTPServer(('127.0.0.1', {port}), A).serve_forever()"],
                            port, tmp_path)  # fmt: skip
    try:
        assert server.ask("/", {"query": "any"}) == [("1",)]
        server.child.kill()
        server.child.wait()
        with pytest.raises(RuntimeError, match="the server had ended with -9"):
            server.ask("/", {"query": "any"})
        assert server.ask("/", {"query": "any"}) == [("1",)]
    finally:
        server.child.kill()
        server.child.wait()
