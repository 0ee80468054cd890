"""Opens a graph: finds its folder or its server, builds it when it never was, and says where its questions run."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coopgraph.atlas import Atlas
from coopgraph.cache import GRAPH, Cache, home, where
from coopgraph.errors import NotFoundError
from coopgraph.graph import build
from coopgraph.shelf import Away, Kept
from coopgraph.stores.embedded import Embedded, Watch, opened
from coopgraph.stores.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.stores.limited import Limited


def open(  # noqa: A001  # reads as coopgraph.open()
    root: Path | str | None = None,
    *,
    store: str = "",
    memory: bool = False,
    limits: Limits | None = None,
    watch: Watch | None = None,
) -> Atlas:
    """Open a graph for asking; build it first when it never was.

    Questions run in a process of their own, within `limits`; with `memory` that process keeps a copy of the graph in
    memory, which answers scans quicker and takes a moment to make. A program that ends with its question, as the
    command line does, can give a `watch` instead: questions then run here, inside that context.

    With `store`, the address of a SPARQL server to which the graph was published or the folder of a store that was
    loaded, questions are answered there; only their files are read here, and nothing is built.

    Raises SourceError when the data cannot be built, NotFoundError when the folder is no graph's folder or no store is
    there, StoreError when the server cannot be asked or holds no graph of coopgraph.
    """
    folder, near = where(Path(root) if root else None), partial(_near, limits or Limits(), watch, memory=memory)
    if store:
        return _away(folder, store, limits or Limits()) if "://" in store else _loaded(folder, near, Path(store))
    cache = Cache(home(folder), folder)
    shelf = Kept(folder, cache, cache.current() or _first(folder, cache))
    return Atlas(shelf, partial(near, shelf.folder / GRAPH))


def _first(folder: Path, cache: Cache) -> dict[str, Any]:
    """Build a graph that never was, and describe it."""
    build(folder)
    return cache.current()


def _away(folder: Path, url: str, limits: Limits) -> Atlas:
    """Open the graph that was published to a server."""
    from coopgraph.stores.remote import Remote

    found = Remote(url, limits)
    found.greet()
    return Atlas(Away(folder, found, found.made, unfinished=found.unfinished), lambda: found)


def _loaded(root: Path, near: "Callable[[Path], Embedded | Limited]", folder: Path) -> Atlas:
    """Open a store that was loaded into a folder."""
    if not (folder / "CURRENT").is_file():  # the file by which RocksDB knows its folder
        raise NotFoundError(
            f"no store {folder}: give the folder that coopgraph load made, or an address like"
            " http://localhost:7878/query",
            f"không có kho {folder}: hãy nêu thư mục do coopgraph load tạo, hoặc địa chỉ như"
            " http://localhost:7878/query",
        )
    found = near(folder)
    return Atlas(Away(root, found, folder.resolve().name), lambda: found)


def _near(limits: Limits, watch: Watch | None, folder: Path, *, memory: bool) -> "Embedded | Limited":
    """Open the store in a folder, here or with a process of its own."""
    if watch:
        return opened(folder, watch)
    from coopgraph.stores.limited import Limited

    return Limited(folder, limits, memory=memory)
