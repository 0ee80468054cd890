"""The graph on disk: built only from what changed, the same every time, and never lost."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

import mini
from coopgraph.errors import StoreError

DOC = "data/docs/doc-x.yaml"
OTHER = "data/docs/doc-y.yaml"
FILES = {DOC: mini.document(mini.EVENT), OTHER: mini.document('L1: [{meeting: evt-y, name: {vi: "B"}}]', "doc-y")}
CHANGED = mini.document('L1: [{meeting: evt-z, name: {vi: "C"}}]', "doc-y")
BUILD = "import sys, pathlib; from coopgraph import graph; graph.build(pathlib.Path(sys.argv[1]))"
EXPORT = (
    "import sys, pathlib; from coopgraph import opening; from coopgraph.exporters import content; "
    "sys.stdout.write(content('nq', opening.open(sys.argv[1])).decode())"
)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """Build two small documents on disk, once."""
    base = mini.folder(tmp_path_factory.mktemp("first"), FILES)
    assert mini.kept(base).errors == 0
    return base


@pytest.fixture
def root(first, tmp_path):
    """Give a copy of the built folder to work on."""
    return shutil.copytree(first, tmp_path / "graph")


def process(code: str, root, **variables: str) -> subprocess.Popen[bytes]:
    """Start a Python of its own on that folder, with the code that is tested here."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COOPGRAPH_")}
    command = [sys.executable, "-c", code, str(root)]
    return subprocess.Popen(
        command, env={**plain, **variables}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def answers(root) -> set[str]:
    """Say which of the meetings the graph on disk knows."""
    asked = mini.opened(root).sparql("SELECT ?x WHERE { ?x a coop:Meeting }")
    return {mini.brief(row[0]) for row in asked.rows}


def test_unchanged_files_are_not_built_again(root):
    assert mini.kept(root).built is False


def test_after_one_file_changed_only_that_one_is_read(root):
    mini.write(root, OTHER, CHANGED)

    report = mini.kept(root)

    assert (report.counts["files"], report.counts["files read"]) == (6, 1)


def test_when_a_question_changed_no_data_file_is_read(root):
    mini.write(root, "queries/q.rq", '#+ title: {en: "Q", vi: "Q"}\nSELECT ?x WHERE { ?x a coop:Meeting }')

    assert mini.kept(root).counts["files read"] == 0


def test_when_the_ontology_changed_every_data_file_is_read(root):
    vocab = root / "ontology/vocab.ttl"
    vocab.write_text(vocab.read_text(encoding="utf-8") + "\n# more\n", encoding="utf-8")

    assert mini.kept(root).counts["files read"] == 6


def test_a_changed_file_changes_the_answers(root):
    mini.write(root, OTHER, CHANGED)
    mini.kept(root)

    assert answers(root) == {"evt-x", "evt-z"}


def test_a_deleted_file_leaves_nothing_behind(root):
    (root / OTHER).unlink()
    mini.kept(root)

    assert answers(root) == {"evt-x"}


def test_what_is_not_used_any_more_is_swept_away_in_time(root):
    home = root / ".coopgraph"
    for number in range(3):
        for path in home.glob("store-*"):
            os.utime(path, (0, 0))
        mini.write(root, OTHER, CHANGED + f"# {number}\n")
        mini.kept(root)

    assert (len(list(home.glob("claims/*"))), len(list(home.glob("store-*")))) == (6, 2)


def test_a_document_with_an_error_loads_not_at_all(root):
    mini.write(root, OTHER, CHANGED + "  L2: [{meeting: evt-w, outcome: heldd}]\n")

    report = mini.kept(root)

    assert (report.errors, answers(root)) == (1, {"evt-x", "evt-y"})


def test_a_violation_leaves_the_graph_that_was_there(root):
    mini.write(root, OTHER, mini.document("L1: [{meeting: evt-z, topics: [training]}]", "doc-y"))

    report = mini.kept(root)

    assert (report.errors > 0, answers(root)) == (True, {"evt-x", "evt-y"})


def test_problems_are_shown_again_when_nothing_changed(root):
    mini.write(root, "data/docs/notes.txt", "x")
    first = mini.kept(root)

    again = mini.kept(root)

    assert (again.built, mini.said(again.issues)) == (False, mini.said(first.issues))


def test_the_same_input_gives_the_same_bytes(tmp_path):
    exports = []
    for seed in ("0", "1", "4711"):
        base = mini.folder(tmp_path / seed, FILES)
        out, err = process(EXPORT, base, PYTHONHASHSEED=seed).communicate(timeout=60)
        assert not err, err.decode()
        exports.append(out)

    assert exports[0].count(b"\n") > 1000
    assert exports[0] == exports[1] == exports[2]


MOMENTS = [part / 10 for part in range(1, 13)]
"""Seconds after its start at which a build is stopped: it takes about one."""


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_build_killed_at_any_moment_leaves_a_graph_that_answers(root, moment):
    mini.write(root, OTHER, CHANGED)
    building = process(BUILD, root)
    time.sleep(moment * random.uniform(0.9, 1.1))
    building.kill()
    building.communicate()

    assert answers(root) in ({"evt-x", "evt-y"}, {"evt-x", "evt-z"})


COMMAND = "import sys; from coopgraph.cli import main; print(flush=True); sys.argv[1:1] = ['build', '--root']; main()"


@pytest.mark.parametrize("moment", MOMENTS[::2])
def test_an_interrupted_build_leaves_a_graph_that_answers_and_nothing_half_done(root, moment):
    mini.write(root, OTHER, CHANGED)
    building = process(COMMAND, root)
    building.stdout.readline()
    time.sleep(moment)
    building.send_signal(signal.SIGINT)
    _, err = building.communicate(timeout=60)

    found = answers(root)
    assert building.returncode in (0, 130, -signal.SIGINT)  # the last: when Python itself was about to leave
    told = err.decode().replace("Exception ignored in", "")  # what Python says when it is struck while it cleans up
    assert "Traceback" not in told or told != err.decode() or building.returncode == -signal.SIGINT
    assert found in ({"evt-x", "evt-y"}, {"evt-x", "evt-z"})
    assert len(list((root / ".coopgraph").glob("store-*"))) == (1 if "evt-y" in found else 2)


def test_after_a_killed_build_the_next_one_goes_through(root):
    mini.write(root, OTHER, CHANGED)
    building = process(BUILD, root)
    time.sleep(0.6)
    building.kill()
    building.communicate()

    mini.kept(root)

    assert answers(root) == {"evt-x", "evt-z"}


def full(*_: object, **__: object) -> None:
    """Write as on a full disk."""
    raise OSError(28, "No space left on device")


def broken(*_: object, **__: object) -> None:
    """Fail as a bug would."""
    raise RuntimeError("a bug")


WRITES = ["coopgraph.graph.written", "coopgraph.cache.replace", "pathlib.Path.mkdir"]


@pytest.mark.parametrize("write", WRITES)
def test_a_full_disk_is_said_plainly(root, monkeypatch, write):
    mini.write(root, OTHER, CHANGED)
    monkeypatch.setattr(write, full)

    with pytest.raises(StoreError, match="No space left on device"):
        mini.kept(root)


@pytest.mark.parametrize(
    ("write", "fault"), [(WRITES[0], full), (WRITES[0], broken), (WRITES[1], full), (WRITES[1], broken)]
)
def test_a_write_that_fails_leaves_the_old_graph(root, monkeypatch, write, fault):
    mini.write(root, OTHER, CHANGED)
    with monkeypatch.context() as patch, suppress(StoreError, OSError, RuntimeError):
        patch.setattr(write, fault)
        mini.kept(root)

    assert answers(root) == {"evt-x", "evt-y"}


def test_a_write_that_fails_leaves_no_half_graph_lying_about(root, monkeypatch):
    before = sorted(path.name for path in (root / ".coopgraph").iterdir())
    mini.write(root, OTHER, CHANGED)
    with monkeypatch.context() as patch, suppress(StoreError):
        patch.setattr("coopgraph.graph.written", full)
        mini.kept(root)

    assert sorted(path.name for path in (root / ".coopgraph").iterdir()) == before


@pytest.mark.parametrize("content", ["", "{", "[]", '{"store": "store-gone", "fingerprint": "x"}'])
def test_a_damaged_pointer_is_mended_by_the_next_build(root, content):
    (root / ".coopgraph/current.json").write_text(content, encoding="utf-8")

    mini.kept(root)

    assert answers(root) == {"evt-x", "evt-y"}


@pytest.mark.parametrize("content", [b"", b"[1]\n", b"\xff\xfe", b"[1]\n<a> <b> <c> <d> .\n<a>"])
def test_a_damaged_claims_file_is_read_anew(root, content):
    for path in (root / ".coopgraph/claims").iterdir():
        path.write_bytes(content)
    mini.write(root, "queries/q.rq", '#+ title: {en: "Q", vi: "Q"}\nSELECT ?x WHERE { ?x a coop:Meeting }')

    mini.kept(root)

    assert answers(root) == {"evt-x", "evt-y"}
