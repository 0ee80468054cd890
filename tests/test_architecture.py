"""The house rules that a machine can keep: sizes, contracts, documentation, nothing of this workplace."""

import ast
import doctest
import importlib
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import coopgraph

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
MODULES = sorted(
    found.name
    for found in pkgutil.walk_packages(coopgraph.__path__, "coopgraph.")
    if not found.name.endswith("__main__")
)
HOSTS = (
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "crates" + ".io",
    "--index" + "-url",
    "--extra-index" + "-url",
)
HERE = re.compile(r"(?<!\w)/(work|root|home/[a-z]+|Users/[A-Za-z]+)/\w")
VENDORED = re.compile(r"\.min\.(js|css)$|(^|/)node_modules/|\.(so|dll|exe|whl|zip|tar|gz)$")


def tracked() -> list[Path]:
    """Give the files of the repository: those git knows, or would know."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> dict[str, str]:
    """Give the tracked text files with what they hold."""
    found = {}
    for path in tracked():
        try:
            found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


def definitions(path: Path) -> list[ast.AST]:
    """Give the functions and classes of a file, however deep."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, kinds)]


def public(path: Path) -> list[ast.AST]:
    """Give what a reader of the module sees: public functions, classes and methods, not those inside functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = [node for node in tree.body if hasattr(node, "name") and not node.name.startswith("_")]
    inner = [part for node in top if isinstance(node, ast.ClassDef) for part in node.body]
    return top + [part for part in inner if isinstance(part, ast.FunctionDef) and not part.name.startswith("_")]


def short(path: Path) -> str:
    """Name a file below the repository."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    "path", [*SOURCES, *sorted((ROOT / "tests").glob("*.py")), *sorted((ROOT / "src").rglob("*.js"))], ids=short
)
def test_no_module_is_longer_than_a_reader_can_hold(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", SOURCES, ids=short)
def test_no_function_is_longer_than_a_screen(path):
    long = {
        node.name: length
        for node in definitions(path)
        if not isinstance(node, ast.ClassDef) and (length := node.end_lineno - node.lineno + 1) > 30
    }

    assert long == {}


@pytest.mark.parametrize("path", SOURCES, ids=short)
def test_every_module_and_everything_public_says_its_job(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert [node.name for node in public(path) if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("path", SOURCES, ids=short)
def test_no_module_holds_a_store_or_reads_a_file_when_imported(path):
    calls = ("open", "read_text", "read_bytes", "Store", "Dataset", "getcwd")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = [
        node
        for node in tree.body
        if not isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.If))
    ]

    made = [node.func for part in top for node in ast.walk(part) if isinstance(node, ast.Call)]
    assert [name for func in made if (name := getattr(func, "id", getattr(func, "attr", ""))) in calls] == []


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_documentation_of_a_module_hold(name, atlas, cache, monkeypatch):
    monkeypatch.setenv("COOPGRAPH_CACHE", str(cache))

    done = doctest.testmod(importlib.import_module(name))

    assert done.failed == 0


def test_the_package_itself_says_how_to_begin(atlas, cache, monkeypatch):
    monkeypatch.setenv("COOPGRAPH_CACHE", str(cache))

    done = doctest.testmod(coopgraph)

    assert (done.failed, done.attempted > 0) == (0, True)


def test_modules_import_only_from_below():
    command = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([str(command), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_no_file_names_a_registry():
    assert [(name, host) for name, text in texts().items() for host in HOSTS if host in text] == []


def test_no_file_names_a_place_on_this_machine():
    assert {name: found for name, text in texts().items() if (found := HERE.findall(text))} == {}


def test_no_script_or_archive_of_others_is_kept_here():
    assert [short(path) for path in tracked() if VENDORED.search(short(path))] == []


def test_no_source_text_is_kept_here():
    """Own words and titles only: the archived texts stay outside; their names stand in the passports."""
    named = {name for text in texts().values() for name in re.findall(r"^archived_as: *(\S+)", text, re.MULTILINE)}

    assert named
    assert [short(path) for path in tracked() if path.name in named] == []


def test_pins_have_hashes():
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        blocks = re.split(r"\n(?=[a-z])", path.read_text(encoding="utf-8"))
        pins = [block for block in blocks if re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==", block, re.IGNORECASE)]
        assert pins, path.name
        assert [block.split()[0] for block in pins if "--hash=sha256:" not in block] == []


@pytest.mark.skipif(os.name == "nt", reason="no execute bit there")
def test_what_is_run_can_be_run():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
