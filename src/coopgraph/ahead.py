"""Begins to open the graph that a command will ask while the rest of the program is still being imported.

To open a store takes a third of the time that imports take, and another core can do it. A wrong guess changes nothing.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pyoxigraph as ox

ASKING: Final = ("analyse", "ask", "brief", "export", "map", "path", "search", "show", "sparql", "stats")
"""Commands that open a graph."""


class Opening(Thread):
    """Opens a store; what is wrong with one is found again, and told, by whoever needs it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.store: ox.Store | None = None

    def run(self) -> None:
        """Open it."""
        import pyoxigraph as ox

        with suppress(OSError, RuntimeError, ValueError):
            self.store = ox.Store.read_only(str(self.folder))


_begun: dict[Path, Opening] = {}


def begin(words: Sequence[str]) -> None:
    """Begin to open the graph that the words of a command line are about."""
    line = " ".join(words)
    if not words or words[0] not in ASKING or "--store" in line or os.environ.get("COOPGRAPH_STORE"):
        return
    import pyoxigraph  # noqa: F401  # here, so that the thread need not

    from coopgraph.cache import GRAPH, Cache, home, where

    named = line.replace("--root=", "--root ").partition("--root ")[2].partition(" ")[0]
    with suppress(Exception):  # whoever needs the graph meets it again, and tells it
        root = where(Path(named) if named else None)
        cache = Cache(home(root), root)
        if about := cache.current():
            folder = cache.folder / about["store"] / GRAPH
            _begun[folder] = Opening(folder)
            _begun[folder].start()


def taken(folder: Path) -> "ox.Store | None":
    """Give the store in a folder when it was begun to be opened, and could be."""
    if begun := _begun.pop(folder, None):
        begun.join()
        return begun.store
    return None
