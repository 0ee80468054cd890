"""The relations as a spreadsheet: one row per relation, with names, dates and sources."""

from typing import TYPE_CHECKING, BinaryIO

from coopgraph import tables

if TYPE_CHECKING:
    from coopgraph.atlas import Atlas


def relations(atlas: "Atlas", lang: str, out: BinaryIO) -> None:
    """Write every relation of the map as CSV."""
    out.write(tables.csv_(atlas.ask("relations", lang)).encode())
