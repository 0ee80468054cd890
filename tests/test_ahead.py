"""The graph that is opened beside the imports: the right one, or none."""

import pytest

from coopgraph import ahead
from coopgraph.cache import GRAPH
from coopgraph.errors import StoreError
from coopgraph.stores.embedded import opened


@pytest.fixture(autouse=True)
def nowhere(monkeypatch, tmp_path):
    """Ask nothing of the surroundings."""
    for name in ("COOPGRAPH_ROOT", "COOPGRAPH_STORE", "COOPGRAPH_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(ahead, "_begun", {})
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def graph(copied):
    """Give the folder of the graph that was built of a copy."""
    (store,) = (copied / ".coopgraph").glob("store-*")
    return store / GRAPH


@pytest.mark.parametrize("spelled", ["--root {}", "--root={}", "-o x --root {} --lang vi"])
def test_the_graph_of_a_command_is_opened_once(copied, graph, spelled):
    ahead.begin(["ask", "signatories", *spelled.format(copied).split()])

    begun = ahead._begun[graph]
    assert opened(graph).inner is begun.store
    assert ahead.taken(graph) is None


def test_the_graph_around_the_current_folder_or_named_by_the_environment_is_opened(copied, graph, monkeypatch):
    monkeypatch.chdir(copied)
    ahead.begin(["stats"])
    assert len(ahead.taken(graph)) > 1000

    monkeypatch.chdir("/")
    monkeypatch.setenv("COOPGRAPH_ROOT", str(copied))
    ahead.begin(["show", "org-vn-moha"])
    assert len(ahead.taken(graph)) > 1000


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["build"],
        ["publish", "http://localhost:1"],
        ["--version"],
        ["ask", "x", "--store", "http://localhost:1"],
        ["ask", "x", "--store=elsewhere"],
        ["ask", "x", "--root", "no-such-folder"],
    ],
    ids=" ".join,
)
def test_what_asks_no_graph_here_opens_none(copied, monkeypatch, words):
    monkeypatch.chdir(copied)

    ahead.begin(words)

    assert ahead._begun == {}


def test_a_server_named_by_the_environment_is_asked_instead(copied, monkeypatch):
    monkeypatch.setenv("COOPGRAPH_STORE", "http://localhost:1/query")

    ahead.begin(["ask", "x", "--root", str(copied)])

    assert ahead._begun == {}


def test_what_is_wrong_with_a_graph_is_told_by_the_one_who_needs_it(copied, graph):
    for path in graph.glob("MANIFEST*"):
        path.write_bytes(b"damaged")

    ahead.begin(["ask", "--root", str(copied)])

    with pytest.raises(StoreError, match=r"no readable graph in .*; run: coopgraph build --anew"):
        opened(graph)


@pytest.mark.parametrize("store", ["5", "null", '"../x"', "[]"])
def test_whatever_stands_in_the_pointer_of_a_build_changes_nothing_here(copied, store):
    (copied / ".coopgraph" / "current.json").write_text(f'{{"store": {store}}}')

    ahead.begin(["ask", "--root", str(copied)])

    assert ahead._begun == {}
