"""A folder of coopgraph around a made-up graph: built without data, then filled as a build fills it."""

import shutil
from pathlib import Path

import pyoxigraph as ox

from coopgraph import find, graph
from coopgraph.cache import GRAPH, Cache, home
from coopgraph.stores.embedded import Embedded, written

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
    shutil.rmtree(built / GRAPH)
    for path in built.iterdir():
        if path.name != graph.CATALOGUE:  # whatever else a build leaves tells of a graph without data
            path.unlink()
    store = ox.Store()
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    written(store, built / GRAPH)
    find.index(Embedded(store), built / find.INDEX)
    return made
