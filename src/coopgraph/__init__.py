"""coopgraph: a sourced knowledge graph of ASEAN public-administration cooperation.

>>> import coopgraph
>>> g = coopgraph.open()
>>> [column for column in g.ask("signatories").columns]
['person', 'for', 'post']
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.3.0"
__all__ = ["Atlas", "open"]

if TYPE_CHECKING:
    from coopgraph.atlas import Atlas
    from coopgraph.opening import open  # noqa: A004  # reads as coopgraph.open()


def __getattr__(name: str) -> Any:  # noqa: ANN401  # whatever the atlas module holds under that name
    """Import the service layer when it is first asked for, so that the command line starts quickly."""
    if name in __all__:
        from coopgraph import opening

        return getattr(opening, name)
    raise AttributeError(f"module 'coopgraph' has no attribute {name!r}")
