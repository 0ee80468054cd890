"""Bad input: one clear issue each, at its line, in both languages, and the graph that was there stays."""

import subprocess
import sys
import unicodedata

import pytest

import mini
from coopgraph import graph, sources

GOOD = mini.document(mini.EVENT)
PERSON = "data/registry/strange.csv"
YAML = "data/docs/strange.yaml"
FACT = 'L1: [{meeting: evt-y, name: {vi: "%s"}}]'
LAUGHS = "\n".join(["a0: &a0 [ha]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))])


def doc(name: str) -> bytes:
    """Write a second document whose meeting has this name."""
    return mini.document(FACT % name, "doc-y").encode()


CASES = {
    "broken yaml": (YAML, b'document: doc-y\ntitle: {vi: "x"\nlanguage: vi\n', 3, "YAML", "YAML"),
    "broken quote": (YAML, b'document: doc-y\ntitle: {vi: "x}\n', 3, "YAML", "YAML"),
    "tab": (YAML, b"document: doc-y\nfacts:\n\tL1: []\n", 3, "a tab stands", "tab"),
    "duplicate key": (YAML, b"document: doc-y\nlanguage: vi\nlanguage: en\n", 3, "first at line 2", "hai lần"),
    "latin-1": (YAML, doc("Hội nghị").replace("ộ".encode(), b"\xf4"), 7, "not UTF-8", "không phải UTF-8"),
    "bom": (YAML, b"\xef\xbb\xbf" + doc("x"), 1, "byte order mark", "BOM"),
    "nfd": (YAML, doc(unicodedata.normalize("NFD", "Hội nghị")), 7, "(NFD)", "(NFD)"),
    "line of 10 MB": (YAML, doc("x" * 10_000_000), 7, "at most 100000", "tối đa 100000"),
    "file of 51 MB": (YAML, b"#" * 51_000_000, 1, "at most 50000000", "tối đa 50000000"),
    "empty": (YAML, b"", 1, "is empty", "rỗng"),
    "blank": (YAML, b" \n\n", 1, "is empty", "rỗng"),
    "a list": (YAML, b"- a\n", 1, "found 'a list'", "'a list'"),
    "alias": (YAML, b"document: doc-y\narchived_as: &t x\nweb: *t\n", 2, "anchors", "neo"),
    "alias as key": (YAML, b"document: &t doc-y\n*t : x\n", 1, "anchors", "neo"),
    "billion laughs": (YAML, LAUGHS.encode(), 1, "anchors", "neo"),
    "python tag": (YAML, b"document: doc-y\nlanguage: !!python/name:os.system vi\n", 2, "tags", "thẻ"),
    "own tag": (YAML, b"document: doc-y\nlanguage: !x vi\n", 2, "tags", "thẻ"),
    "binary tag": (YAML, b"document: doc-y\nlanguage: !!binary dmk=\n", 2, "tags", "thẻ"),
    "right-to-left mark": (YAML, doc("x\u202ey"), 7, "U+202E", "U+202E"),
    "zero-width space": (YAML, doc("x\u200by"), 7, "U+200B", "U+200B"),
    "nul": (YAML, doc("x\x00y"), 7, "U+0000", "U+0000"),
    "no mapping": (YAML, b"- document: doc-y\n", 1, "is a mapping", "ánh xạ"),
    "no document": (YAML, b"meeting: evt-y\n", 1, "starts with `document:", "`document:"),
    "comma too many": (PERSON, b"person,name.vi\nper-x,Tran, Van X\n", 2, "3 cells", "3 ô"),
    "csv latin-1": (PERSON, b"person,name.vi\nper-x,Tr\xe0n\n", 2, "not UTF-8", "không phải UTF-8"),
    "csv bom": (PERSON, b"\xef\xbb\xbfperson,name.vi\nper-x,X\n", 1, "byte order mark", "BOM"),
    "csv nfd": (PERSON, b"person,name.vi\nper-x,Tra\xcc\x80n\n", 2, "(NFD)", "(NFD)"),
    "csv mark": (PERSON, "person,name.vi\nper-x,X\u200f\n".encode(), 2, "U+200F", "U+200F"),
    "csv line of 10 MB": (PERSON, b"person,name.vi\nper-x," + b"x" * 10_000_000, 2, "at most", "tối đa"),
    "csv empty": (PERSON, b"", 1, "is empty", "rỗng"),
    "csv open quote": (PERSON, b'person,name.vi\nper-x,"X\n', 2, "CSV", "CSV"),
    "csv column twice": (PERSON, b"person,name.vi,name.vi\nper-x,X,Y\n", 1, "stands twice", "hai lần"),
    "csv without class": (PERSON, b"human,name.vi\nper-x,X\n", 2, "names the class", "nêu lớp"),
    "rdf latin-1": ("data/rdf/x.ttl", b"# Tr\xe0n\n", 1, "not UTF-8", "không phải UTF-8"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_bad_file_gives_one_issue_with_its_line_in_both_languages(tmp_path, case):
    name, content, line, english, vietnamese = CASES[case]
    built = mini.made(tmp_path, {"data/docs/doc-x.yaml": GOOD, name: content})

    said = [(issue.show("en"), issue.show("vi")) for issue in built.issues if issue.severity == "error"]

    place = f"{name}:{line}: "
    right = [en.startswith(place) and english in en and vi.startswith(place) and vietnamese in vi for en, vi in said]
    assert right == [True], said[:3]


@pytest.fixture(scope="module")
def standing(tmp_path_factory):
    """Build a good graph once, which bad files then try to harm."""
    root = mini.folder(tmp_path_factory.mktemp("standing"), {"data/docs/doc-x.yaml": GOOD})
    assert mini.kept(root).errors == 0
    return root


@pytest.mark.parametrize(
    "case", ["broken yaml", "latin-1", "line of 10 MB", "empty", "billion laughs", "comma too many", "csv latin-1"]
)
def test_a_bad_file_leaves_the_graph_that_was_there(standing, case):
    name, content, *_ = CASES[case]
    mini.write(standing, name, content)

    report = mini.kept(standing)
    found = mini.opened(standing).resolve("evt-x")

    (standing / name).unlink()
    assert (report.errors > 0, found.rpartition("/")[2]) == (True, "evt-x")


@pytest.mark.parametrize("depth", [500, 2_000, 40_000])
def test_lists_within_lists_without_end_give_one_issue(tmp_path, depth):
    (tmp_path / "deep.yaml").write_text("document: doc-y\nfacts: " + "[" * depth + "]" * depth, encoding="utf-8")
    code = "import pathlib; from coopgraph.loaders import records; print(*records.documents(pathlib.Path('deep.yaml'), 'x', None))"

    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stderr, ran.stdout.count("Issue(")) == (0, "", 1)


@pytest.mark.parametrize("value", ["no", "010", "12:30", "1e3", "~", "null", "0x1F", "2022-08-05", "yes", "1_000"])
def test_what_yaml_would_turn_into_something_else_stays_text(value):
    found = next(sources.documents(f"document: {value}", "x.yaml"))

    assert found.get("document").value == value


def test_values_carry_the_line_they_stand_on():
    found = next(sources.documents('document: doc-y\n\ntitle:\n  vi: "x"\n', "x.yaml"))

    assert (found.get("title").line, found.get("title").get("vi").line) == (4, 4)


def test_windows_line_ends_read_like_others():
    plain, crlf = "document: doc-y\nlanguage: vi\n", "document: doc-y\r\nlanguage: vi\r\n"

    assert list(sources.documents(plain, "x.yaml")) == list(sources.documents(crlf, "x.yaml"))


def test_every_problem_is_reported_at_once(tmp_path):
    facts = """
        L1: [{meeting: evt-x, topics: [tranning]}]
        L0x: [{meeting: evt-x}]
        L2: [{meting: evt-x}]
        """
    built = mini.stated(tmp_path, facts)

    assert [int(one.split(":")[1]) for one in mini.errors(built)] == [mini.FIRST + 1, mini.FIRST + 2, mini.FIRST + 3]


def test_a_file_that_no_loader_reads_is_said_so(tmp_path):
    built = mini.made(tmp_path, {"data/docs/notes.txt": "x"})

    assert "data/docs/notes.txt:1: no loader reads this file; see docs/curating.md" in mini.said(built.issues)


@pytest.mark.parametrize("name", [".hidden.yaml", "README.md"])
def test_hidden_files_and_readmes_are_left_alone(tmp_path, name):
    built = mini.made(tmp_path, {f"data/docs/{name}": "x", "data/docs/doc-x.yaml": GOOD})

    assert not [one for one in mini.said(built.issues) if name in one]


def test_script_and_quotes_in_a_name_stay_as_they_are(tmp_path):
    built = mini.stated(tmp_path, """L1: [{meeting: evt-x, name: {en: '<script>"x"</script>'}}]""")

    assert ("evt-x", "skos:prefLabel", '<script>"x"</script>@en') in mini.accepted(built)


def test_inspecting_a_bad_folder_touches_no_graph(standing):
    before = mini.opened(standing).shelf.about
    mini.write(standing, YAML, b"")

    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COOPGRAPH_CACHE", raising=False)
        found = graph.inspect(standing)

    (standing / YAML).unlink()
    assert (found.errors, mini.opened(standing).shelf.about) == (1, before)
