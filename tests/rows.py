"""Tables of facts to load, and what should come of them."""

import csv
import io
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

import mini
from coopgraph.lift import lift
from coopgraph.loaders import tables
from coopgraph.loading import Load
from coopgraph.model import Issue, Record

ONTOLOGY = mini.REPOSITORY / "ontology"
HEADER = ["source", "at", "meeting", "name.vi", "name.en", "date", "place", "topics", "outcome"]
ROW = ["doc-x", "L1", "evt-x", "Họp", "Meeting", "2022-08-05", "plc-vn-hanoi", "training; digital", "held"]


def table(rows: list[list[str]], header: list[str] = HEADER, quoting: int = csv.QUOTE_MINIMAL) -> str:
    """Write a table as CSV."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=quoting, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def many(count: int) -> list[list[str]]:
    """Make rows that differ, some of them over several lines."""
    return [
        [f"doc-{n % 9}", f"row{n + 1}", f"evt-{n}", f'Họp "{n}"', "Two\nlines" if n % 3 else "One", *ROW[5:]]
        for n in range(count)
    ]


def file(folder: Path, content: str | bytes, name: str = "t.csv") -> Path:
    """Write a file to load."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def loaded(path: Path, processes: int = 1) -> tuple[set[ox.Quad], list[str]]:
    """Load one file: its statements, and what was wrong."""
    target = path.with_name("out.nq")
    done = Load([path], ONTOLOGY, processes, lambda *_: None).to_file(target)
    if done.issues:
        assert not target.exists()
        return set(), [issue.show("en").replace(f"{path.parent}/", "") for issue in done.issues]
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []
    quads = set(ox.parse(path=str(target), format=ox.RdfFormat.N_QUADS))
    target.unlink()
    return quads, []


def by_lift(path: Path) -> tuple[set[ox.Quad], list[str]]:
    """Read a table as the build does."""
    items = tables.facts(path, path.name, mini.ONTOLOGY)
    found = list(
        chain.from_iterable(lift(item, mini.ONTOLOGY) if isinstance(item, Record) else [item] for item in items)
    )
    wrong = [item.show("en") for item in found if isinstance(item, Issue)]
    return (set() if wrong else {claim.quad for claim in found}), wrong
