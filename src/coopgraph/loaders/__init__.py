"""Loaders: curated file → records, or → claims where the file already is RDF. One line of `LOADERS` per file ending."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coopgraph.loaders import rdf, records, tables
from coopgraph.model import Claim, Issue, Record
from coopgraph.ontology import Ontology

Loaded = Record | Claim | Issue
Loader = Callable[[Path, str, Ontology], Iterator[Loaded]]


@dataclass(frozen=True)
class SourceFile:
    """A curated file: where it lies, its name relative to the graph's folder, and what reads it."""

    path: Path
    name: str
    load: Loader


LOADERS: Final[dict[tuple[str, str], Loader]] = {
    ("registry", ".csv"): tables.registry,
    ("docs", ".yaml"): records.documents,
    ("docs", ".yml"): records.documents,
    ("tables", ".csv"): tables.facts,
    ("rdf", ".ttl"): rdf.graph,
    ("rdf", ".trig"): rdf.dataset,
    ("rdf", ".nq"): rdf.dataset,
    ("rdf", ".jsonld"): rdf.dataset,
    ("rdf", ".rdf"): rdf.graph,
    ("", ".yaml"): records.decisions,
}
"""Folder of `data/` and ending → loader. A file that fits no line is not read, and `check` says so."""


def find(root: Path) -> tuple[list[SourceFile], list[str]]:
    """List the curated files below `data/`, sorted, and the names of files that no loader reads."""
    found, strange = [], []
    data = root / "data"
    for path in sorted(_files(data)):
        inside = path.relative_to(data).parts
        folder = inside[0] if len(inside) > 1 else ""
        load = LOADERS.get((folder, path.suffix))
        name = path.relative_to(root).as_posix()
        if load:
            found.append(SourceFile(path, name, load))
        else:
            strange.append(name)
    return found, strange


def _files(data: Path) -> Iterator[Path]:
    """Give the files below a folder. Raises OSError for a folder that cannot be read: its files must not seem gone."""
    for base, _, names in os.walk(data, onerror=_refused):
        found = (Path(base, name) for name in names if not name.startswith((".", "README")))
        yield from (path for path in found if path.is_file())


def _refused(wrong: OSError) -> None:
    raise wrong
