"""A graph's folder: built, checked, and catalogued for those who ask."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph import queries
from coopgraph.cache import GRAPH, Cache, home, stamp
from coopgraph.errors import CoopgraphError
from coopgraph.model import Issue, Where
from coopgraph.progress import Tell, silent
from coopgraph.queries import NamedQuery, Parameter
from coopgraph.stores.embedded import Embedded, opened, written

if TYPE_CHECKING:
    from coopgraph.build import Built

CATALOGUE: Final = "catalogue.jsonl"
"""File of the questions: a line that tells what they were made of, then a line for each."""
SHELVES: Final = ("", "maps", "stats")
"""Folders below `queries/` whose files a person can ask."""


def build(root: Path, texts: Path | None = None, *, anew: bool = False, tell: Tell = silent) -> "Report":
    """Bring the graph on disk up to its curated files. Unchanged input is not built again, unless `anew`.

    Gives the problems found; with an error among them, the graph that was there stays in use.
    """
    from coopgraph import build as builder

    cache = Cache(home(root), root)
    now, about = builder.fingerprint(root, cache.code), cache.current()
    last = cache.folder / about["store"] if about.get("code") == cache.code and not anew else None
    last = last if last and _sound(last) else None
    if last and about["fingerprint"] == now and not texts:
        return Report([_issue(row) for row in about["issues"]], about["counts"], built=False)
    built = builder.made(root, cache, texts, tell)
    if built.failed:
        return Report(built.issues, {}, built=True)
    counts = builder.counts(built)
    about = {"fingerprint": now, "code": cache.code, "stamp": stamp(root), "counts": counts}

    def finish(folder: Path) -> dict[str, Any] | None:
        _finish(root, cache, built, folder, last, tell)
        return None if built.failed else {**about, "issues": builder.rows(built.issues)}

    cache.switch(finish)
    return Report(built.issues, counts, built=True)


def _finish(root: Path, cache: Cache, built: "Built", folder: Path, last: Path | None, tell: Tell) -> None:
    """Check a graph while it is written into a folder, taking over what it shares with the last one."""
    from concurrent.futures import ThreadPoolExecutor

    from coopgraph import build as builder
    from coopgraph import find

    with ThreadPoolExecutor(1) as aside:
        writing = aside.submit(written, built.store, folder / GRAPH, last and last / GRAPH)
        find.index(Embedded(built.store), folder / find.INDEX, last and last / find.INDEX)
        _catalogue(root, builder.fingerprint(root, cache.code, ("queries",)), folder, last)
        builder.check(root, cache, built, tell)
        writing.result()


def _catalogue(root: Path, digest: str, folder: Path, last: Path | None) -> None:
    """Keep the questions as data; those of the last build, when their files are the same."""
    first = json.dumps({"digest": digest}).encode() + b"\n"
    text = catalogue(last) if last else b""
    if not text.startswith(first):
        rows = (json.dumps(query._asdict(), ensure_ascii=False) for query in questions(root).values())
        text = first + "".join(f"{row}\n" for row in rows).encode()
    (folder / CATALOGUE).write_bytes(text)


def _sound(folder: Path) -> bool:
    """Tell whether the graph of the last build can still be read."""
    try:
        return opened(folder / GRAPH).select("ASK { ?s ?p ?o }").rows != ()
    except CoopgraphError:
        return False


def inspect(root: Path, texts: Path | None = None, tell: Tell = silent) -> "Report":
    """Find every problem of the curated files, without touching the graph in use."""
    from coopgraph import build as builder

    built = builder.build(root, Cache(home(root), root), texts, tell)
    return Report(built.issues, builder.counts(built), built=True)


def _issue(row: list[Any]) -> Issue:
    """Read an issue back from the report of the last build."""
    return Issue(row[0], row[1], Where(*row[2]) if row[2] else None, row[3])


class Report:
    """What a build found: problems, counts, and whether anything had to be done."""

    def __init__(self, issues: list[Issue], counts: Mapping[str, int], *, built: bool) -> None:
        self.issues = issues
        self.counts = counts
        self.built = built

    @property
    def errors(self) -> int:
        """Number of problems that keep the graph from being used."""
        return sum(issue.severity == "error" for issue in self.issues)


def question(root: Path, name: str) -> NamedQuery | None:
    """Read one question file, so that a mistake in another does not stand in its way."""
    paths = (root / "queries" / folder / f"{name}.rq" for folder in SHELVES)
    return next((queries.read(path, root) for path in paths if path.is_file()), None)


def questions(root: Path) -> dict[str, NamedQuery]:
    """Read every question file that a person can ask."""
    return {name: query for folder in SHELVES for name, query in queries.library(root, folder).items()}


def catalogue(folder: Path) -> bytes:
    """Give the text of the questions that a build kept; none when it was a build of another coopgraph."""
    try:
        return (folder / CATALOGUE).read_bytes()
    except FileNotFoundError:
        return b""


def catalogued(text: bytes) -> dict[str, NamedQuery]:
    """Read all questions of a catalogue, which is quicker than reading their files."""
    found = [_kept(json.loads(row)) for row in text.splitlines()[1:]]
    return {query.name: query for query in found}


def picked(text: bytes, name: str) -> NamedQuery | None:
    """Read one question of a catalogue and none of the others."""
    start = text.find(f'\n{{"name": {json.dumps(name, ensure_ascii=False)}, '.encode())
    return _kept(json.loads(text[start : text.index(b"\n", start + 1)])) if start >= 0 else None


def _kept(about: dict[str, Any]) -> NamedQuery:
    """Read a question back from the catalogue of the last build."""
    parameters = tuple(Parameter(*item) for item in about.pop("parameters"))
    lists = {name: tuple(about.get(name, ())) for name in ("evidence", "brief")}
    return NamedQuery(**{**about, **lists, "parameters": parameters})
