"""The walk of a newcomer: help, mistakes, pipes, narrow terminals, files, languages."""

import os
import re
import shlex
import stat

import pyarrow.csv
import pyarrow.parquet
import pytest

import rows
from coopgraph import __version__
from coopgraph.cli import COMMANDS, cli
from coopgraph.tables import width

SHOWN = sorted(name for name in COMMANDS if name != "tour")
SERVER = "http://localhost:7878/query"
"""The server that examples speak of."""
VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
ANSI = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def offered() -> list[str]:
    """Give every example of every command's help, but those with files that only the reader has."""
    found = []
    for name in SHOWN:
        epilog = cli.get_command(None, name).epilog or ""
        found += [line.strip() for line in epilog.splitlines() if "coopgraph " in line and "~/" not in line]
    return found


@pytest.mark.parametrize("name", SHOWN)
def test_help_of_every_command_says_what_it_does_and_gives_examples(call, name):
    done = call(name, "--help")

    assert done.code == 0
    assert "Examples:" in done.stdout
    assert f"\n    coopgraph {name}" in done.stdout


def test_help_of_the_whole_names_every_command_and_the_first_steps(call):
    done = call("--help")

    assert all(re.search(rf"^  {name} ", done.stdout, re.MULTILINE) for name in SHOWN)
    assert "First steps:" in done.stdout


SHAPES = """{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"iso_a2": "LA"}, "geometry":
{"type": "Polygon", "coordinates": [[[101, 14], [107, 14], [107, 22], [101, 22], [101, 14]]]}}]}"""


@pytest.mark.parametrize("line", offered())
def test_every_example_of_the_help_works(request, call, shell, empty, line):
    (empty / "question.rq").write_text("SELECT * { ?a a coop:Agreement }")
    (empty / "approved.geojson").write_text(SHAPES)
    (empty / "events.csv").write_text(rows.table([rows.ROW]))
    pyarrow.parquet.write_table(pyarrow.csv.read_csv(empty / "events.csv"), empty / "events.parquet")
    (empty / "coopgraph.nq").write_text("")
    if SERVER in line:
        line = line.replace(SERVER, request.getfixturevalue("oxigraph").url)

    done = shell(line) if "|" in line else call(*shlex.split(line)[1:])

    assert (done.code, done.stderr.count("coopgraph: ")) == (0, 0), done.stderr


MISTAKES = {
    "command mistyped": (["signatoriess"], 2, "coopgraph"),
    "command nearly right": (["serch", "moha"], 2, "search"),
    "id mistyped": (["show", "evt-acsm-21"], 1, "evt-accsm-21"),
    "id unknown": (["show", "org-xx-nobody"], 1, "coopgraph search"),
    "name empty": (["show", ""], 1, "''"),
    "name ambiguous": (["show", "thứ trưởng cục"], 1, "coopgraph search"),
    "argument missing": (["show"], 2, "NAME"),
    "second end missing": (["path", "org-vn-moha"], 2, "B"),
    "end unknown": (["path", "org-vn-moha", "org-nobody"], 1, "org-nobody"),
    "question mistyped": (["ask", "signatores"], 1, "'signatories'"),
    "question unknown": (["ask", "xyzzy"], 1, "coopgraph ask"),
    "not key=value": (["ask", "signatories", "agreement"], 2, "key=value"),
    "key without value": (["ask", "signatories", "=x"], 2, "key=value"),
    "value empty": (["ask", "signatories", "agreement="], 1, "''"),
    "key unknown": (["ask", "signatories", "agrement=x"], 1, "agreement"),
    "value unknown": (["ask", "signatories", "agreement=agr-vn-la-moha-2023"], 1, "agr-vn-la-moha-mou-2023"),
    "date in another order": (["ask", "posts-held", "--as-of", "5/8/2022"], 1, "2022-08-05"),
    "date that is no day": (["ask", "posts-held", "asOf=2022-02-30"], 1, "2022-08-05"),
    "date too coarse": (["map", "--as-of", "2022"], 1, "2022-08-05"),
    "as-of where none is asked": (["ask", "signatories", "--as-of", "2022-08-05"], 1, "signatories"),
    "language unknown": (["ask", "signatories", "--lang", "fr"], 2, "vi"),
    "form unknown": (["ask", "signatories", "--format", "xls"], 2, "csv"),
    "format unknown": (["export", "turtle"], 2, "ttl"),
    "option unknown": (["export", "ttl", "--formt", "x"], 2, "--formt"),
    "depth out of range": (["map", "--depth", "9"], 2, "--depth"),
    "focus unknown": (["map", "--focus", "org-nobody"], 1, "org-nobody"),
    "question without from and to": (["map", "signatories"], 1, "relations"),
    "no question given": (["sparql"], 2, "-q"),
    "two questions given": (["sparql", "a.rq", "-q", "ASK {}"], 2, "-q"),
    "file missing": (["sparql", "nofile.rq"], 1, "nofile.rq"),
    "file is a folder": (["sparql", "."], 1, "."),
    "not SPARQL": (["sparql", "-q", "SELECT"], 1, "SPARQL"),
    "not a question": (["sparql", "-q", "hello"], 1, "SELECT"),
    "an update": (["sparql", "-q", "DELETE WHERE { ?s ?p ?o }"], 1, "build"),
    "graph form for a table": (["sparql", "-q", "SELECT * {}", "--format", "ttl"], 1, "csv"),
    "root missing": (["build", "--root", "nowhere"], 1, "ontology/"),
    "root empty": (["ask", "--root", "."], 1, "ontology/"),
    "texts missing": (["build", "--texts", "nowhere"], 2, "nowhere"),
    "output is a folder": (["export", "ttl", "-o", "."], 2, "-o"),
    "escape codes in a name": (["show", "\x1b[31mred\x07"], 1, "coopgraph search"),
    "line break in a name": (["show", "two\nlines"], 1, "coopgraph search"),
}


@pytest.mark.parametrize(("args", "code", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_gets_one_line_with_the_way_out(call, args, code, told):
    done = call(*args)

    assert (done.code, done.stdout) == (code, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not ANSI.search(done.stderr)
    assert done.stderr.count("\n") == 1, done.stderr


@pytest.mark.parametrize("line", ["export nq", "ask", "show org-vn-moha", "map", "ask conflicts"])
def test_a_pipe_closed_early_is_quiet(shell, line):
    done = shell(f"coopgraph {line} | head -c 5; exit ${{PIPESTATUS[0]}}")

    assert (len(done.stdout.encode()), done.stderr) == (5, "")
    assert done.code in (0, 141)


@pytest.mark.parametrize(
    "args", [["ask", "commitments"], ["ask", "conflicts", "--lang", "vi"], ["search", "moha"], ["stats"]]
)
def test_a_narrow_terminal_is_readable(call, args):
    done = call(*args, "--format", "table", COLUMNS="40")

    table = done.stdout.split("\n[1] ")[0].splitlines()[1:]
    assert [line for line in table if width(line) > 40 and " " in line.strip()] == []
    assert "──" in done.stdout or ": " in done.stdout


@pytest.mark.parametrize("columns", ["0", "1", "9", "-3", "x", "100000"])
def test_no_width_of_a_terminal_breaks_a_table(call, columns):
    done = call("ask", "signatories", "--format", "table", COLUMNS=columns)

    assert (done.code, done.stderr) == (0, "")
    assert "Pham" in done.stdout


def test_output_goes_whole_to_the_file(run, empty):
    shown = run("ask", "signatories", "--format", "csv")

    done = run("ask", "signatories", "-o", "deep/answer.csv")

    assert (done.code, done.stdout, done.stderr) == (0, "", "")
    assert (empty / "deep" / "answer.csv").read_bytes().decode() == shown.stdout.replace("\n", "\r\n")
    assert [path.name for path in (empty / "deep").iterdir()] == ["answer.csv"]


@pytest.mark.parametrize(
    "args",
    [["ask", "signatores"], ["show", "org-nobody"], ["sparql", "-q", "SELECT"], ["map", "--focus", "org-nobody"]],
    ids=" ".join,
)
def test_what_fails_leaves_the_file_that_was_there(call, empty, args):
    (empty / "kept").write_text("as it was")

    done = call(*args, "-o", "kept")

    assert done.code == 1
    assert [(path.name, path.read_text()) for path in empty.iterdir()] == [("kept", "as it was")]


def test_a_file_that_cannot_be_written_is_named(run, empty):
    (empty / "file").write_text("no folder")

    done = run("export", "nt", "-o", "file/graph.nt")

    assert (done.code, done.stderr.count("\n")) == (1, 1)
    assert "file/graph.nt" in done.stderr


def test_a_file_is_readable_by_whom_the_user_lets_read_it(shell, empty):
    shell("umask 022 && coopgraph ask signatories -o answer.csv")

    assert stat.filemode((empty / "answer.csv").stat().st_mode) == "-rw-r--r--"


def test_a_pipe_as_output_gets_the_answer_and_stays_a_pipe(run, empty):
    """As with `-o /dev/stdout`: a device must never be replaced by a file."""
    os.mkfifo(empty / "pipe")
    end = os.open(empty / "pipe", os.O_RDONLY | os.O_NONBLOCK)

    done = run("ask", "signatories", "-o", "pipe", "--format", "csv")

    kept = stat.S_ISFIFO((empty / "pipe").lstat().st_mode)
    got = os.read(end, 65536) if kept else b""
    os.close(end)
    assert (done.code, kept) == (0, True)
    assert b"per-pham-thi-thanh-tra" in got


VI = {
    "ask": ["ask"],
    "answer": ["ask", "signatories", "--format", "table"],
    "search": ["search", "moha", "--format", "table"],
    "show": ["show", "evt-accsm-21"],
    "path": ["path", "per-ha-quang-truong", "org-kr-nhi"],
    "stats": ["stats", "--format", "table"],
    "build": ["build"],
    "map": ["map", "-o", "map.html"],
    "check": ["check"],
}


@pytest.mark.parametrize("args", VI.values(), ids=VI)
def test_vietnamese_speaks_everywhere(call, args):
    done = call(*args, "--lang", "vi")

    assert done.code == 0, done.stderr
    assert VIETNAMESE.search(done.stdout or done.stderr)


@pytest.mark.parametrize("args", [["search", "moha"], ["stats"], ["ask", "signatories"]])
def test_headings_are_vietnamese_for_whom_reads_vietnamese(call, args):
    heads = [call(*args, "--lang", lang, "--format", "table").stdout.splitlines()[2] for lang in ("en", "vi")]

    assert heads[0] != heads[1]


@pytest.mark.parametrize("args", [["ask", "xyzzy"], ["show", "org-nobody"], ["ask", "posts-held", "asOf=x"]])
def test_a_mistake_is_explained_in_vietnamese_to_whom_reads_vietnamese(call, args):
    assert VIETNAMESE.search(call(*args, "--lang", "vi").stderr)


@pytest.mark.parametrize("variables", [{"COOPGRAPH_LANG": "vi"}, {"LANG": "vi_VN.UTF-8"}, {"LC_ALL": "vi_VN"}])
def test_the_language_follows_the_environment(run, variables):
    assert run("ask", **variables).stdout == run("ask", "--lang", "vi").stdout


def test_a_terminal_that_knows_only_ascii_does_not_break_the_answer(run):
    done = run("ask", "signatories", "--lang", "vi", LANG="C", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert "Traceback" not in done.stderr


def test_ask_lists_every_question_with_its_title_and_blanks(call, atlas):
    done = call("ask")

    for query in atlas.questions.values():
        if query.path.count("/") == 1:
            assert re.search(rf"^{query.name} +{re.escape(query.title['en'])}$", done.stdout, re.MULTILINE), query.name
            assert all(f"{blank.name}=…" in done.stdout for blank in query.parameters)


def test_version_and_module_answer_as_the_command_does(run, shell):
    assert run("--version").stdout == f"coopgraph, version {__version__}\n"
    assert shell("python -m coopgraph ask signatories").stdout == run("ask", "signatories").stdout


def test_the_tour_answers_three_questions_and_writes_turtle_and_map(run, empty):
    done = run("tour")

    assert (done.code, done.stdout.count("$ coopgraph ask")) == (0, 3)
    assert sorted(path.name for path in (empty / "out").iterdir()) == ["coopgraph.ttl", "map.html"]


def test_standard_input_is_a_question(run):
    done = run("sparql", "-", "--format", "csv", given="ASK { cg:evt-accsm-21 a coop:Meeting }")

    assert done.stdout.splitlines() == ["answer", "true"]


def test_remarks_that_read_alike_are_listed_once(call, copied):
    """Take the dates of issue away: every document gets the same remark."""
    for path in (copied / "data/docs").rglob("*.yaml"):
        path.write_text("".join(line for line in path.open() if not line.startswith("issued")), encoding="utf-8")

    brief, whole = (call("check", "--root", str(copied), *extra).stderr for extra in ((), ("--remarks",)))

    alike = "document has no date of issue"
    assert (brief.count(alike), whole.count(alike)) == (1, 5)
    assert "remark; 4 more like it: --remarks" in brief
