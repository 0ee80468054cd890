"""A folder of coopgraph around a made-up graph: built without data, then filled by the bulk loader."""

import shutil
from pathlib import Path

import pyoxigraph as ox

from coopgraph import find, graph
from coopgraph.cache import Cache, home
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
    graph.build(made)
    cache = Cache(home(made), made)
    built = cache.folder / cache.current()["store"]
    shutil.rmtree(built / graph.GRAPH)
    (built / find.INDEX).unlink()
    store = ox.Store(str(built / graph.GRAPH))
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    store.flush()
    find.index(Embedded(store), built / find.INDEX)
    return made
