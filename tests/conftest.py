"""What all tests share: the repository's graph in a temporary cache, the command line, a browser without a network."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import fakes
import seeds
import servers

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OURS = ("COOPGRAPH_", "LANG", "LC_", "XDG_CACHE_HOME", "PYTHONHASHSEED")

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # started in the background by a shell; commands would inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("coopgraph", deadline=None, max_examples=60, derandomize=bool(os.environ.get("CI")))
settings.load_profile("coopgraph")


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    stdout: str
    stderr: str


@dataclass
class Opened:
    """A page in the browser, with everything that it asked for and complained about."""

    page: Any
    requests: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def cache(tmp_path_factory) -> Path:
    """Give the folder that holds the built graph of the repository during the tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def region(cache):
    """Open the repository's graph, built once for all tests; the user's own .coopgraph is left alone."""
    return _open(ROOT, cache)


@pytest.fixture(scope="session")
def root(tmp_path_factory) -> Path:
    """Give the folder of a small graph: the documents that are curated line by line."""
    return seeds.copied(tmp_path_factory.mktemp("seeds"))


@pytest.fixture(scope="session")
def atlas(root, cache):
    """Open the small graph, built once for all tests."""
    return _open(root, cache)


def _open(folder: Path, cache: Path):
    import coopgraph

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COOPGRAPH_CACHE", str(cache))
        return coopgraph.open(folder)


@pytest.fixture
def copied(atlas, tmp_path) -> Path:
    """Give a copy of the small graph, with what was built of it in its own .coopgraph."""
    return _copied(atlas, tmp_path / "copy")


@pytest.fixture
def whole(region, tmp_path) -> Path:
    """Give a copy of the repository's graph, with what was built of it in its own .coopgraph."""
    return _copied(region, tmp_path / "whole")


def _copied(opened, copy: Path) -> Path:
    for name in ("data", "ontology", "queries"):
        shutil.copytree(opened.root / name, copy / name)
    shutil.copytree(opened.shelf.cache.folder, copy / ".coopgraph")
    return copy


@pytest.fixture(scope="session")
def environment(root, cache) -> dict[str, str]:
    """Give the variables for a command: English, 100 columns, the small graph, and the cache of the tests."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    folder = str(Path(sys.executable).parent)
    path = f"{folder}{os.pathsep}{plain.get('PATH', '')}"
    return {
        **plain,
        "PATH": path,
        "LANG": "C.UTF-8",
        "COLUMNS": "100",
        "COOPGRAPH_CACHE": str(cache),
        "COOPGRAPH_ROOT": str(root),
    }


@pytest.fixture
def empty(tmp_path) -> Path:
    """Give an empty folder to work in."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


@pytest.fixture
def run(atlas, environment, empty) -> Callable[..., Ran]:
    """Run coopgraph in a process of its own, in an empty folder unless told otherwise; None takes a variable away."""

    def go(*args: object, cwd: Path = empty, given: str = "", **changes: str | None) -> Ran:
        variables = {k: v for k, v in {**environment, **changes}.items() if v is not None}
        command = [str(Path(sys.executable).with_name("coopgraph")), *map(str, args)]
        done = subprocess.run(
            command, cwd=cwd, env=variables, input=given, capture_output=True, encoding="utf-8", timeout=60, check=False
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return go


@pytest.fixture
def call(atlas, environment, empty, monkeypatch, capsys) -> Callable[..., Ran]:
    """Run coopgraph in this process, which is quicker, in an empty folder; a traceback fails the test."""
    from coopgraph.cli import main

    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(empty)

    def go(*args: object, **changes: str) -> Ran:
        for name, value in changes.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["coopgraph", *map(str, args)])
        code: object = 0
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        return Ran(code, *capsys.readouterr())

    return go


@pytest.fixture
def shell(atlas, environment, empty) -> Callable[..., Ran]:
    """Run a line of a shell, as a person types it, in an empty folder unless told otherwise."""

    def go(line: str, cwd: Path = empty, **changes: str | None) -> Ran:
        variables = {k: v for k, v in {**environment, **changes}.items() if v is not None}
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", line],
            cwd=cwd,
            env=variables,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return go


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start a headless Chromium, once."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not found:
        told = "no Chromium here; get it with: apt-get update && apt-get install -y chromium fonts-noto-core"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(told)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=found, headless=True, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, tmp_path) -> Iterator[Callable[..., Opened]]:
    """Open pages that have no network; what each asks for and complains about is kept."""
    contexts = []

    def go(html: str, after: str = "", **options: object) -> Opened:
        file = tmp_path / f"page-{len(contexts)}.html"
        file.write_text(html, encoding="utf-8", newline="\n")
        options = {"viewport": {"width": 1440, "height": 900}, "offline": True, **options}
        context = chromium.new_context(**options)
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("request", lambda asked: opened.requests.append(asked.url))
        opened.page.on("pageerror", lambda wrong: opened.problems.append(str(wrong)))
        opened.page.on("dialog", lambda box: (opened.problems.append(f"dialog {box.message}"), box.dismiss()))
        opened.page.on(
            "console", lambda m: m.type in ("error", "warning") and opened.problems.append(f"{m.type}: {m.text}")
        )
        opened.page.goto(file.as_uri() + after)
        opened.page.wait_for_function("() => window.__ready", timeout=10_000)
        return opened

    yield go
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def html(atlas) -> str:
    """Write the map of all relations in English."""
    return atlas.map(lang="en")


@pytest.fixture
def opened(page, html) -> Opened:
    """Open the map of all relations."""
    return page(html)


@pytest.fixture(scope="session")
def oxigraph(atlas, tmp_path_factory) -> Iterator[servers.Server]:
    """Run an Oxigraph server that holds the repository's graph."""
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        published(atlas, server)
        yield server


@pytest.fixture(scope="session")
def virtuoso(atlas, tmp_path_factory) -> Iterator[servers.Server]:
    """Run a Virtuoso server that holds the repository's graph."""
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        published(atlas, server)
        yield server


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request) -> servers.Server:
    """Give each server in turn."""
    return request.getfixturevalue(request.param)


def published(atlas: Any, server: servers.Server) -> None:
    """Publish a graph to a server."""
    from coopgraph.publish import Publication

    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        publication = Publication(atlas.quads, server.url)
        publication.apply(publication.plan())


@pytest.fixture
def fake(monkeypatch, tmp_path) -> Iterator[fakes.Server]:
    """Run a server that answers what the test wants, for somebody without credentials."""
    for name in ("USER", "PASSWORD", "HTTP"):
        monkeypatch.delenv(f"COOPGRAPH_STORE_{name}", raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))
    with fakes.running() as server:
        yield server
