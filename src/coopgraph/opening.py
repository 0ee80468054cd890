"""Opens a graph: finds its folder, builds it when it never was, and says where its questions run."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coopgraph.atlas import Atlas
from coopgraph.cache import Cache, home
from coopgraph.graph import build, where
from coopgraph.stores.embedded import Embedded, Watch, opened
from coopgraph.stores.limits import Limits

if TYPE_CHECKING:
    from coopgraph.stores.limited import Limited


def open(  # noqa: A001  # reads as coopgraph.open()
    root: Path | str | None = None, *, memory: bool = False, limits: Limits | None = None, watch: Watch | None = None
) -> Atlas:
    """Open a graph for asking; build it first when it never was.

    Questions run in a process of their own, within `limits`; with `memory` that process keeps a copy of the graph in
    memory, which answers scans quicker and takes a moment to make. A program that ends with its question, as the
    command line does, can give a `watch` instead: questions then run here, inside that context.

    Raises SourceError when the data cannot be built, NotFoundError when the folder is no graph's folder.
    """
    folder = where(Path(root) if root else None)
    cache = Cache(home(folder), folder)
    if not cache.current():
        build(folder)
    return Atlas(folder, cache, partial(_opened, memory=memory, limits=limits or Limits(), watch=watch))


def _opened(folder: Path, limits: Limits, watch: Watch | None, *, memory: bool) -> "Embedded | Limited":
    """Open the store in a folder, here or with a process of its own."""
    if watch:
        return opened(folder, watch)
    from coopgraph.stores.limited import Limited

    return Limited(folder, limits, memory=memory)
