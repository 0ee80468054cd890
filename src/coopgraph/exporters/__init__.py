"""Exporters: the graph as files for other systems. One line of `EXPORTERS` per format."""

import io
from collections.abc import Callable
from typing import BinaryIO, Final

from coopgraph.atlas import Atlas
from coopgraph.exporters import edges, graphs, rdf, sheets

Exporter = Callable[[Atlas, str, BinaryIO], None]

EXPORTERS: Final[dict[str, Exporter]] = {
    "ttl": lambda atlas, _, out: rdf.accepted(atlas, "ttl", out),
    "nt": lambda atlas, _, out: rdf.accepted(atlas, "nt", out),
    "rdfxml": lambda atlas, _, out: rdf.accepted(atlas, "rdfxml", out),
    "trig": lambda atlas, _, out: rdf.everything(atlas, "trig", out),
    "nq": lambda atlas, _, out: rdf.everything(atlas, "nq", out),
    "jsonld": lambda atlas, _, out: rdf.everything(atlas, "jsonld", out),
    "csv": sheets.relations,
    "graphml": graphs.graphml,
    "gexf": graphs.gexf,
    "edges.csv": edges.csv_,
    "edges.parquet": edges.parquet,
}
"""Format → writer. Formats of one graph hold the accepted view; formats of several hold the evidence as well."""
SHARDED: Final = "nquads"
"""The format that is a folder of files; see `shards`."""


def content(form: str, atlas: Atlas, lang: str = "en") -> bytes:
    """Give what an export holds."""
    out = io.BytesIO()
    EXPORTERS[form](atlas, lang, out)
    return out.getvalue()
