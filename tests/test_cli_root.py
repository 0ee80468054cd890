"""The command line and a graph's folder: found, built, changed, broken."""

import re

import pytest

BROKEN = {
    "not YAML": "document: doc-x\n\tfacts: [",
    "unknown key": 'document: doc-x\ntitle: {en: "T", vi: "T"}\nlanguage: vi\nfacts:\n  L1: [{meeting: evt-x, nam: x}]\n',
    "empty": "",
}
ALONE = {"COOPGRAPH_CACHE": None}
"""Each copy keeps what is made of it in its own folder."""


@pytest.fixture
def answer(run) -> str:
    """Give the answer of the repository's own graph."""
    return run("ask", "signatories").stdout


def test_a_copy_of_the_repository_answers_the_same(run, copied, answer):
    done = run("ask", "signatories", "--root", copied, **ALONE)

    assert (done.stdout, done.stderr) == (answer, "")


def test_a_copy_is_found_from_inside_it_and_by_its_variable(run, copied, empty, answer):
    inside = run("ask", "signatories", cwd=copied, **ALONE)
    named = run("ask", "signatories", COOPGRAPH_ROOT=str(copied), **ALONE)

    assert (inside.stdout, named.stdout) == (answer, answer)
    assert list(empty.iterdir()) == []


def test_the_graph_is_built_when_it_never_was(run, copied, tmp_path, answer):
    fresh = {"COOPGRAPH_CACHE": str(tmp_path / "fresh")}

    first = run("ask", "signatories", "--root", copied, **fresh)
    second = run("ask", "signatories", "--root", copied, **fresh)

    assert (first.stdout, second.stdout) == (answer, answer)
    assert ("first use" in first.stderr, second.stderr) == (True, "")


def test_building_twice_says_that_nothing_changed(run, copied):
    first = run("build", "--root", copied, **ALONE)
    second = run("build", "--root", copied, "--lang", "vi", **ALONE)

    assert (first.code, second.code) == (0, 0)
    assert first.stdout.startswith("Nothing changed")
    assert second.stdout.startswith("Không có thay đổi")


def test_building_quietly_says_nothing(run, copied):
    done = run("build", "--quiet", "--root", copied, **ALONE)

    assert (done.code, done.stdout, done.stderr) == (0, "", "")


def test_a_touched_file_makes_the_answer_old_and_a_build_makes_it_new(run, copied, answer):
    path = copied / "data" / "registry" / "persons.csv"
    path.write_text(path.read_text().replace("Thongchanh Manixay,Thongchanh", "Thongchanh Manixay,T. Thongchanh"))

    before = run("ask", "signatories", "--root", copied, **ALONE)
    built = run("build", "--root", copied, **ALONE)
    after = run("ask", "signatories", "--root", copied, **ALONE)

    assert before.stdout == answer
    assert (before.stderr.count("\n"), "coopgraph build" in before.stderr) == (1, True)
    assert re.search(r"\b1 of \d+ files read anew", built.stdout), built.stdout + built.stderr
    assert ("T. Thongchanh" in after.stdout, after.stderr) == (True, "")


def test_an_old_answer_says_so_in_vietnamese(run, copied):
    (copied / "data" / "registry" / "new.csv").write_text("person,name.vi\n")

    assert "coopgraph build" in run("ask", "--root", copied, "--lang", "vi", **ALONE).stderr


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_fails_the_build_and_the_old_graph_stays(run, copied, answer, text):
    (copied / "data" / "docs" / "doc-x.yaml").write_text(text)

    build = run("build", "--root", copied, **ALONE)
    check = run("check", "--root", copied, **ALONE)
    after = run("ask", "signatories", "--root", copied, **ALONE)

    assert (build.code, check.code) == (1, 1)
    assert all("data/docs/doc-x.yaml:" in done.stderr for done in (build, check)), build.stderr + check.stderr
    assert "stays in use" in build.stderr
    assert "Traceback" not in build.stderr + check.stderr
    assert after.stdout == answer


def test_a_broken_question_is_named_and_the_others_still_answer(run, copied, answer):
    (copied / "queries" / "mine.rq").write_text("#+ title: [\nSELECT * { ?s ?p ?o }")

    build = run("build", "--root", copied, **ALONE)
    after = run("ask", "signatories", "--root", copied, **ALONE)

    assert (build.code, "queries/mine.rq" in build.stderr or "mine.rq" in build.stderr) == (1, True)
    assert after.stdout == answer


def test_a_question_of_ones_own_can_be_asked_at_once(run, copied):
    text = '#+ title: {en: "Mine", vi: "Của tôi"}\nPREFIX coop: <https://w3id.org/coopgraph/ns#>\n'
    (copied / "queries" / "mine.rq").write_text(text + "SELECT ?law WHERE { ?law a coop:Law }")

    done = run("ask", "mine", "--root", copied, **ALONE)

    assert (done.code, done.stdout.count("law-la-civil-service")) == (0, 1)


def test_a_damaged_pointer_or_store_is_mended_or_named(run, copied):
    (copied / ".coopgraph" / "current.json").write_text("{ half")

    done = run("ask", "signatories", "--root", copied, **ALONE)

    assert (done.code, "Traceback" in done.stderr) == (0, False)


def test_a_damaged_store_is_named_in_one_line(run, copied):
    for path in (copied / ".coopgraph").glob("store-*/graph/*"):
        path.write_bytes(b"damaged")

    done = run("ask", "signatories", "--root", copied, **ALONE)

    assert (done.code, done.stderr.count("\n")) == (1, 1)
    assert "coopgraph build" in done.stderr


def test_a_build_mends_a_damaged_store(run, copied, answer):
    for path in (copied / ".coopgraph").glob("store-*/graph/*"):
        path.write_bytes(b"damaged")

    built = run("build", "--root", copied, **ALONE)

    assert built.code == 0
    assert run("ask", "signatories", "--root", copied, **ALONE).stdout == answer


def test_a_folder_that_cannot_hold_a_cache_is_named_in_one_line(run, copied, tmp_path):
    (tmp_path / "file").write_text("no folder")

    done = run("build", "--root", copied, COOPGRAPH_CACHE=str(tmp_path / "file" / "cache"))

    assert (done.code, done.stderr.count("\n"), "Traceback" in done.stderr) == (1, 1, False)
