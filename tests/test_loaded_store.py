"""A store that was loaded into a folder answers like the graph it was loaded from."""

import pytest

import coopgraph


@pytest.fixture(scope="module")
def loaded(atlas, tmp_path_factory):
    """Load the whole small graph into a store of its own."""
    from coopgraph.exporters import content
    from coopgraph.loading import Load

    folder = tmp_path_factory.mktemp("loaded")
    (folder / "graph.nq").write_bytes(content("nq", atlas))
    Load([folder / "graph.nq"], atlas.root / "ontology", 1, lambda *_: None).to_store(folder / "store")
    return folder / "store"


@pytest.mark.parametrize(
    "line", ["ask signatories", "search 'bo noi vu'", "show org-vn-moha", "stats", "analyse degree"]
)
def test_a_loaded_store_gives_the_same_answers(call, atlas, loaded, line):
    words = [word.strip("'") for word in line.split(" ", 1 if "'" in line else -1)]

    here, there = (call(*words, "--root", atlas.root, *extra) for extra in ((), ("--store", loaded)))

    assert (there.code, there.stderr) == (0, "")
    assert there.stdout == here.stdout != ""


def test_python_opens_it_as_well(atlas, loaded):
    found = coopgraph.open(atlas.root, store=str(loaded), memory=True)

    assert found.ask("signatories").rows == atlas.ask("signatories").rows


@pytest.mark.parametrize(
    ("folder", "words"),
    [("nowhere", "no store nowhere: give the folder"), ("", "give the folder that coopgraph load made")],
)
def test_what_is_no_store_is_said_in_one_line(call, atlas, tmp_path, monkeypatch, folder, words):
    monkeypatch.chdir(tmp_path)

    done = call("ask", "signatories", "--root", atlas.root, "--store", folder or tmp_path)

    assert done.code == 1
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
