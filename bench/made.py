"""A folder of coopgraph around a made-up graph: what a build would leave, filled by the bulk loader."""

import json
import shutil
from dataclasses import asdict
from pathlib import Path

import pyoxigraph as ox

from coopgraph import find, graph
from coopgraph.cache import Cache, home, stamp
from coopgraph.stores.embedded import Embedded

REPOSITORY = Path(__file__).resolve().parents[1]


def root(file: Path, folder: Path) -> Path:
    """Make the folder, unless it is there, and give it."""
    made = folder / "root"
    if made.exists():
        return made
    for name in ("ontology", "queries"):
        shutil.copytree(REPOSITORY / name, made / name)
    (made / "data").mkdir()
    Cache(home(made), made).switch(lambda new: _filled(new, made, file))
    return made


def _filled(new: Path, made: Path, file: Path) -> dict[str, object]:
    """Load the store, index the names, keep the questions."""
    store = ox.Store(str(new / "graph"))
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    store.flush()
    find.index(Embedded(store), new / find.INDEX)
    catalogue = {name: asdict(query) for name, query in graph.questions(made).items()}
    (new / graph.CATALOGUE).write_text(json.dumps(catalogue, ensure_ascii=False), encoding="utf-8")
    return {"fingerprint": "made up", "stamp": stamp(made), "issues": [], "counts": {}}
