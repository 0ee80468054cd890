"""A build makes the new graph from the last one where it can: the same graph, only quicker."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

import mini
from coopgraph import find, graph
from coopgraph.errors import QueryError
from coopgraph.stores import embedded, text
from coopgraph.terms import COOP

OTHER = "data/docs/doc-y.yaml"
SAME = {"data/docs/doc-x.yaml": mini.document(mini.EVENT)}


def meeting(name: str) -> str:
    """Write the other document, which states one meeting of that name."""
    return mini.document(f'L1: [{{meeting: evt-z, name: {{vi: "{name}"}}}}]', "doc-y")


@pytest.fixture
def root(tmp_path):
    """Build a small graph on disk."""
    base = mini.folder(tmp_path / "graph", {**SAME, OTHER: meeting("B")})
    mini.kept(base)
    return base


def parts(root) -> tuple[Path, set[bytes]]:
    """Give the folder of the graph in use, and its statements."""
    folder = root / ".coopgraph" / json.loads((root / ".coopgraph/current.json").read_text())["store"]
    return folder, set(ox.Store.read_only(str(folder / "graph")).dump(format=ox.RdfFormat.N_QUADS).splitlines())


def linked(folder: Path) -> bool:
    """Tell whether a graph shares files with another one."""
    return any(path.stat().st_nlink > 1 for path in (folder / "graph").iterdir())


def test_a_graph_made_from_the_last_one_is_the_one_that_is_built_anew(root, tmp_path):
    for number in range(3):
        mini.write(root, OTHER, meeting(f"C{number}"))
        mini.kept(root)
    folder, found = parts(root)
    anew = mini.folder(tmp_path / "anew", {**SAME, OTHER: meeting("C2")})
    mini.kept(anew)
    whole, wanted = parts(anew)

    assert found == wanted
    assert set(find.Index(folder / find.INDEX).looked_up("C2")) == {("https://w3id.org/coopgraph/id/evt-z", "C2")}
    assert {name for _, name in find.Index(folder / find.INDEX).looked_up("C")} == {
        name for _, name in find.Index(whole / find.INDEX).looked_up("C")
    }
    assert (linked(folder), linked(whole)) == (True, False)


def torn(path: Path) -> None:
    """Leave the first half of a file."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def gone(path: Path) -> None:
    """Remove a file."""
    path.unlink()


@pytest.mark.parametrize("spoil", [torn, gone])
def test_a_graph_is_written_whole_when_the_last_one_is_not_sound(root, spoil):
    spoil(parts(root)[0] / "graph" / text.NAME)
    mini.write(root, OTHER, meeting("C"))

    mini.kept(root)

    named = mini.opened(root).sparql("SELECT ?name WHERE { cg:evt-z skos:prefLabel ?name }")
    assert [row[0].value for row in named.rows] == ["C"]
    assert not linked(parts(root)[0])


@pytest.mark.parametrize("spoil", [torn, gone])
def test_a_copy_in_memory_is_whole_even_if_the_text_is_not(root, spoil):
    folder, wanted = parts(root)
    spoil(folder / "graph" / text.NAME)

    copy = embedded.copied(folder / "graph")

    assert set(copy.dump(format=ox.RdfFormat.N_QUADS).splitlines()) == wanted


def test_anew_takes_nothing_over(root):
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COOPGRAPH_CACHE", raising=False)
        graph.build(root, anew=True)

    assert not linked(parts(root)[0])


def test_a_rule_that_is_no_construct_is_named(root):
    mini.write(root, "queries/rules/09-x.rq", '#+ title: {en: "Q", vi: "Q"}\nSELECT ?x WHERE { ?x a coop:Meeting }')

    with pytest.raises(QueryError, match=r"09-x.rq: a rule is CONSTRUCT"):
        mini.kept(root)


def test_what_was_claimed_is_not_derived(root):
    rule = "CONSTRUCT { ?x a coop:Meeting , coop:New } WHERE { ?x a coop:Meeting }"
    mini.write(root, "queries/rules/09-x.rq", f'#+ title: {{en: "Q", vi: "Q"}}\nPREFIX coop: <{COOP}>\n{rule}')

    mini.kept(root)

    derived = [line for line in parts(root)[1] if line.endswith(b"/derived/09-x> .")]
    assert len(derived) == 2
    assert all(b"/ns#New>" in line for line in derived)
