"""The relations as a plain list of edges, for tools that analyse networks larger than memory."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, BinaryIO, Final

from coopgraph import network
from coopgraph.errors import SourceError
from coopgraph.model import cell

if TYPE_CHECKING:
    from coopgraph.atlas import Atlas

COLUMNS: Final = ("source", "target", "relation", "family", "fact", "start", "end", "documents")
KEY: Final = ("relation", "fact", "via")
"""What tells edges between two things apart."""
DATES: Final = ("start", "end")
ROWS: Final = 100_000
"""Edges that Parquet keeps together."""


def edges(atlas: "Atlas") -> Iterator[dict[str, str]]:
    """Give the edges of the network in a fixed order: ids, relation, fact, bounds of its dates, documents behind it."""
    query = atlas.question("relations")
    table = atlas.store.select(query.text)
    at = [table.columns.index(name) for name in ("from", "to", *KEY)]
    documents: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row, sources in zip(table.rows, atlas.evidence.rows(table, query.properties()), strict=True):
        documents[tuple(cell(row[number]) for number in at)].update(source.document for source in sources)
    found = []
    for source, target, about in network.graph(table).edges(data=True):
        said = documents[(source, target, *(about[name] for name in KEY))]
        plain = {name: about[name] for name in ("relation", "family", "fact", *DATES)}
        found.append({"source": source, "target": target, **plain, "documents": " ".join(sorted(said))})
    yield from sorted(found, key=lambda edge: tuple(edge.values()))


def csv_(atlas: "Atlas", _lang: str, out: BinaryIO) -> None:
    """Write the edges as CSV."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(edges(atlas))
    text.flush()
    text.detach()


def parquet(atlas: "Atlas", _lang: str, out: BinaryIO) -> None:
    """Write the edges as Parquet: dates as dates, documents as lists.

    Raises SourceError when pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow.parquet import write_table
    except ImportError as wrong:
        raise SourceError(
            "writing Parquet needs pyarrow; install it with: pip install 'coopgraph[parquet]'",
            "ghi Parquet cần pyarrow; cài đặt bằng: pip install 'coopgraph[parquet]'",
        ) from wrong
    kinds = {**dict.fromkeys(COLUMNS, pyarrow.string()), **dict.fromkeys(DATES, pyarrow.date32())}
    kinds["documents"] = pyarrow.list_(pyarrow.string())
    rows = [{**edge, **_dated(edge), "documents": edge["documents"].split()} for edge in edges(atlas)]
    table = pyarrow.Table.from_pylist(rows, pyarrow.schema(list(kinds.items())))
    write_table(table, out, row_group_size=ROWS)


def _dated(edge: dict[str, str]) -> dict[str, date | None]:
    """Turn the bounds of an edge into dates."""
    return {name: date.fromisoformat(edge[name]) if edge[name] else None for name in DATES}
