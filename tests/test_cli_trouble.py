"""What can go wrong outside of coopgraph: full disks, files that may not be read, names that mislead, Ctrl-C."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coopgraph import loaders


@pytest.mark.parametrize("command", ["stats", "ask signatories", "export ttl", "export nq", "map"])
def test_what_cannot_be_written_is_told_in_one_line(shell, command):
    done = shell(f"coopgraph {command} > /dev/full")

    assert (done.code, done.stderr) == (1, "coopgraph: No space left on device\n")


def test_a_file_that_cannot_be_read_is_told_in_one_line(call, monkeypatch):
    def refused(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refused)
    done = call("check")

    assert (done.code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.endswith(": Permission denied\n")


def test_a_folder_that_cannot_be_read_is_no_empty_folder(tmp_path):
    with pytest.raises(OSError, match="no-such-folder"):
        loaders.find(tmp_path / "no-such-folder")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ask", "signatories", "-o", "x.xlsx"], "no form has the ending of x.xlsx; use one of .csv .tsv .json"),
        (["map", "-o", "x.pdf"], "-o x.pdf: a map is a page for a browser; name it like map.html"),
    ],
)
def test_a_file_is_not_written_in_a_form_that_its_name_denies(call, empty, words, told):
    done = call(*words)

    assert (done.code, told in done.stderr, list(empty.iterdir())) == (2, True, [])


def test_an_interruption_ends_a_question_at_once(environment, empty):
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    command = [str(Path(sys.executable).with_name("coopgraph")), "sparql", "--time-limit", "50", "-q", text]
    begun = subprocess.Popen(command, cwd=empty, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while int(Path(f"/proc/{begun.pid}/stat").read_text().split()[13]) < 100:  # it has computed for a second
        time.sleep(0.05)
    begun.send_signal(signal.SIGINT)

    out, told = begun.communicate(timeout=40)

    assert (begun.returncode, out, told) == (-signal.SIGINT, b"", b"")
