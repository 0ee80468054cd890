"""Exporters: the graph as files for other systems. One line of `EXPORTERS` per format."""

from collections.abc import Callable
from typing import Final

from coopgraph.atlas import Atlas
from coopgraph.exporters import graphs, rdf, sheets

Exporter = Callable[[Atlas, str], str]

EXPORTERS: Final[dict[str, Exporter]] = {
    "ttl": lambda atlas, _: rdf.accepted(atlas, "ttl"),
    "nt": lambda atlas, _: rdf.accepted(atlas, "nt"),
    "rdfxml": lambda atlas, _: rdf.accepted(atlas, "rdfxml"),
    "trig": lambda atlas, _: rdf.everything(atlas, "trig"),
    "nq": lambda atlas, _: rdf.everything(atlas, "nq"),
    "jsonld": lambda atlas, _: rdf.everything(atlas, "jsonld"),
    "csv": sheets.relations,
    "graphml": graphs.graphml,
    "gexf": graphs.gexf,
}
"""Format → writer. Formats of one graph hold the accepted view; formats of several hold the evidence as well."""
