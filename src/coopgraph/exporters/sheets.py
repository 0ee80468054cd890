"""The relations as a spreadsheet: one row per relation, with names, dates and sources."""

from typing import TYPE_CHECKING

from coopgraph import tables

if TYPE_CHECKING:
    from coopgraph.atlas import Atlas


def relations(atlas: "Atlas", lang: str) -> str:
    """Write every relation of the map as CSV."""
    return tables.csv_(atlas.ask("relations", lang))
