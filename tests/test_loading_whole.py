"""Loading from Parquet, into stores, and cut short: all of it, or nothing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pyoxigraph as ox
import pytest

import mini
from coopgraph.model import PROVENANCE
from rows import HEADER, ROW, by_lift, file, loaded, many, table


def test_parquet_gives_the_statements_and_lines_of_the_same_csv(tmp_path):
    rows = many(30)
    columns = {key: [row[number] or None for row in rows] for number, key in enumerate(HEADER)}
    columns["date"] = pyarrow.array([None, *[18_000] * 29], pyarrow.date32())
    rows = [[*row[:5], "2019-04-14" if number else "", *row[6:]] for number, row in enumerate(rows)]
    columns["outcome"] = pyarrow.array(columns["outcome"]).dictionary_encode()
    pyarrow.parquet.write_table(pyarrow.table(columns), tmp_path / "t.parquet", row_group_size=11)

    assert loaded(tmp_path / "t.parquet") == loaded(file(tmp_path, table(rows)))

    columns["topics"][20] = "nonsense"
    pyarrow.parquet.write_table(pyarrow.table(columns), tmp_path / "t.parquet")
    assert loaded(tmp_path / "t.parquet", 2)[1][0].startswith("t.parquet:22: unknown topics 'nonsense'")


def test_a_broken_or_strange_parquet_file_is_refused(tmp_path):
    broken = file(tmp_path, b"PAR1 no", "t.parquet")
    assert loaded(broken)[1][0].startswith("t.parquet:1: not readable as Parquet: ")

    columns = {"source": ["doc-x"], "at": ["L1"], "meeting": ["evt-x"], "topics": [["training"]]}
    pyarrow.parquet.write_table(pyarrow.table(columns), broken)
    assert loaded(broken)[1][0].startswith("t.parquet:1: not readable as Parquet: ")


def test_without_pyarrow_a_parquet_file_says_how_to_get_it(call, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    done = call("load", file(tmp_path, b"PAR1", "t.parquet"), "-o", tmp_path / "o.nq", "--processes", 1)

    wanted = (
        f"coopgraph: reading {tmp_path}/t.parquet needs pyarrow; install it with: pip install 'coopgraph[parquet]'\n"
    )
    assert (done.code, done.stderr) == (1, wanted)
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".parquet"] == ["empty"]


def test_a_store_holds_the_statements_of_tables_and_dumps(call, tmp_path):
    path = file(tmp_path, table(many(20)))
    dump = file(
        tmp_path,
        f"<{mini.GRAPH}> <https://w3id.org/coopgraph/ns#source> <https://w3id.org/coopgraph/id/doc-x> .\n",
        "d.nt",
    )

    done = call("load", path, dump, "--store", tmp_path / "big")

    assert (done.code, done.stdout) == (0, "")
    assert done.stderr.startswith(f"Loaded {20 * 13 + 1} statements from 20 rows and 1 dumps into {tmp_path}/big in ")
    dumped = set(ox.parse(path=str(dump), format=ox.RdfFormat.N_TRIPLES))
    assert set(ox.Store.read_only(str(tmp_path / "big"))) == by_lift(path)[0] | dumped


def test_a_store_with_a_problem_is_not_made(call, tmp_path):
    bad = [*many(20), [*ROW[:5], "soon", *ROW[6:]]]
    done = call("load", file(tmp_path, table(bad)), "--store", tmp_path / "big", "--lang", "vi")

    assert done.code == 1
    assert done.stderr.splitlines()[-1] == f"coopgraph: Có 1 lỗi. Chưa ghi gì vào {tmp_path}/big."
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "t.csv"]


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        (["x.csv", "-o", "o.nq"], "coopgraph: no file x.csv\n"),
        (["x.txt", "-o", "o.nq"], "coopgraph: cannot load x.txt: its name should end in one of .csv, .parquet, "),
        (["x.csv"], "coopgraph: say where to load, by -o FILE.nq or by --store FOLDER, one of them"),
        (["x.csv", "-o", "o.nq", "--store", "s"], "coopgraph: say where to load"),
    ],
)
def test_what_cannot_be_loaded_is_told(call, args, wanted):
    done = call("load", *args)

    assert (done.code > 0, done.stderr[: len(wanted)]) == (True, wanted)


@pytest.mark.parametrize("where", [["-o", "out.nq"], ["--store", "out"]])
def test_an_interrupted_load_leaves_nothing(environment, tmp_path, where):
    path = file(tmp_path, table(many(60_000)))
    command = [str(Path(sys.executable).with_name("coopgraph")), "load", path.name, *where, "--processes", "2"]
    begun = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while not any(each.name.startswith(".out") for each in tmp_path.iterdir()):
        assert begun.poll() is None
        time.sleep(0.01)
    os.killpg(begun.pid, signal.SIGINT)

    _, told = begun.communicate(timeout=60)

    assert begun.returncode == 130
    assert "Traceback" not in told
    assert [each.name for each in tmp_path.iterdir()] == ["t.csv"]


def test_an_interrupted_load_of_a_dump_leaves_nothing(environment, tmp_path):
    name = '<https://w3id.org/coopgraph/id/evt-%d> <http://www.w3.org/2004/02/skos/core#note> "a" .\n'
    path = file(tmp_path, "".join(name % number for number in range(300_000)), "d.nt")
    command = [str(Path(sys.executable).with_name("coopgraph")), "load", path.name, "--store", "out"]
    begun = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True)
    while not any(tmp_path.glob(".out*/*")):
        assert begun.poll() is None
        time.sleep(0.01)
    begun.send_signal(signal.SIGINT)

    _, told = begun.communicate(timeout=60)

    assert begun.returncode == 130
    assert "Traceback" not in told
    assert [each.name for each in tmp_path.iterdir()] == ["d.nt"]


@pytest.mark.parametrize("where", [["-o", "out.nq"], ["--store", "out"]])
def test_a_lost_process_is_told_and_nothing_is_written(environment, tmp_path, where):
    path = file(tmp_path, table(many(120_000)))
    command = [str(Path(sys.executable).with_name("coopgraph")), "load", path.name, *where, "--processes", "2"]
    begun = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True)
    workers: list[str] = []
    while not workers:
        assert begun.poll() is None
        children = Path(f"/proc/{begun.pid}/task/{begun.pid}/children").read_text().split()
        workers = [each for each in children if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()]
    os.kill(int(workers[0]), signal.SIGKILL)

    _, told = begun.communicate(timeout=60)

    assert (begun.returncode, told.splitlines()[-1][:60]) == (
        1,
        "coopgraph: a process that was lifting rows was ended, perhap",
    )
    assert [each.name for each in tmp_path.iterdir()] == ["t.csv"]


@pytest.mark.parametrize("changed", [{}, {"date": "2022; 2023", "budget": "20 usd"}], ids=["plain", "with a quantity"])
def test_the_accepted_view_repeats_every_claim_and_no_provenance(call, tmp_path, changed):
    header = [*HEADER, *(key for key in changed if key not in HEADER)]
    path = file(
        tmp_path,
        table([[{**dict(zip(HEADER, row, strict=True)), **changed}[key] for key in header] for row in many(5)], header),
    )

    done = call("load", path, "-o", tmp_path / "out.nq", "--accepted", "--quiet")

    claims, wrong = by_lift(path)
    quads = set(ox.parse(path=str(tmp_path / "out.nq"), format=ox.RdfFormat.N_QUADS))
    accepted = {quad.triple for quad in claims if quad.graph_name != PROVENANCE}
    assert (done.code, done.stderr, wrong) == (0, "", [])
    assert quads == claims | {ox.Quad(*triple) for triple in accepted}


def test_a_full_disk_is_told_and_nothing_is_left(shell, tmp_path):
    path = file(tmp_path, table(many(2000)))

    done = shell(f"ulimit -f 200; coopgraph load {path} -o {tmp_path}/out.nq --processes 1")

    assert (done.code, done.stderr) == (1, f"coopgraph: cannot write {tmp_path}/out.nq: File too large\n")
    assert [each.name for each in tmp_path.iterdir() if each.name != "empty"] == ["t.csv"]
