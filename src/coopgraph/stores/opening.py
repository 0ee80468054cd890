"""Opens the store of a graph: in this process, in a process of its own, or on a server."""

from pathlib import Path
from typing import TYPE_CHECKING, Union

from coopgraph.stores.embedded import Embedded, Watch, opened
from coopgraph.stores.limits import Limits

if TYPE_CHECKING:
    from coopgraph.stores.limited import Limited
    from coopgraph.stores.remote import Remote

Opened = Union[Embedded, "Limited", "Remote"]


def near(folder: Path, limits: Limits, watch: Watch | None, *, memory: bool) -> Opened:
    """Open the graph in a folder: here, when somebody watches, else with a process of its own."""
    if watch:
        return opened(folder, watch)
    from coopgraph.stores.limited import Limited

    return Limited(folder, limits, memory=memory)


def away(url: str, limits: Limits) -> "Remote":
    """Open the graph that was published to a server.

    Raises StoreError when the server cannot be asked or holds no graph of coopgraph.
    """
    from coopgraph.stores.remote import Remote

    found = Remote(url, limits)
    found.greet()
    return found
