"""A small graph for tests of how things work: the documents that are curated line by line, and what they name."""

import csv
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ID = re.compile(r"\b[a-z]{3,4}-[a-z0-9-]+")


def copied(folder: Path) -> Path:
    """Copy the repository's graph with only the documents that lie in `data/docs` itself."""
    for name in ("ontology", "queries"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "data/docs").mkdir(parents=True)
    (folder / "data/registry").mkdir()
    shutil.copy(ROOT / "data/decisions.yaml", folder / "data")
    told = []
    for path in sorted((ROOT / "data/docs").glob("*.yaml")):
        shutil.copy(path, folder / "data/docs")
        told.append(path.read_text(encoding="utf-8"))
    _registry(folder / "data/registry", set(ID.findall("\n".join(told))))
    return folder


def _registry(folder: Path, used: set[str]) -> None:
    """Write the registry rows that are used, and those that they use in turn."""
    tables = {path.name: _rows(path) for path in sorted((ROOT / "data/registry").glob("*.csv"))}
    rows = {_id(head, row): row for head, *rest in tables.values() for row in rest}
    waiting = [name for name in used if name in rows]
    while waiting:
        for name in ID.findall(" ".join(rows[waiting.pop()])):
            if name in rows and name not in used:
                used.add(name)
                waiting.append(name)
    for name, (head, *rest) in tables.items():
        if kept := [row for row in rest if _id(head, row) in used]:
            with (folder / name).open("w", encoding="utf-8", newline="") as written:
                csv.writer(written, lineterminator="\n").writerows([head, *kept])


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as read:
        return list(csv.reader(read))


def _id(head: list[str], row: list[str]) -> str:
    return row[1] if head[0] == "class" else row[0]
