"""RDF syntaxes, sorted: the same graph gives the same bytes, whatever the order of loading."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from coopgraph.model import placed
from coopgraph.terms import PREFIXES, RDF

if TYPE_CHECKING:
    from coopgraph.atlas import Atlas

FORMATS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}
TYPE: Final = ox.NamedNode(RDF + "type")


def accepted(atlas: "Atlas", form: str) -> str:
    """Write the accepted view: what the default graph holds."""
    return _write((quad for quad in atlas.quads() if isinstance(quad.graph_name, ox.DefaultGraph)), form)


def everything(atlas: "Atlas", form: str) -> str:
    """Write the accepted view and every claim graph with its source and place."""
    return _write(atlas.quads(), form)


def triples(found: Iterable[ox.Triple], form: str) -> str:
    """Write the triples that a CONSTRUCT or DESCRIBE gave."""
    return _write((placed(triple, ox.DefaultGraph()) for triple in found), form)


def _write(quads: Iterable[ox.Quad], form: str) -> str:
    listed: Iterable[ox.Quad] | Iterable[ox.Triple] = sorted(set(quads), key=_order)
    if form in ("ttl", "nt", "rdfxml"):
        listed = (quad.triple for quad in listed)  # type: ignore[union-attr]
    known = PREFIXES if form in ("ttl", "trig", "rdfxml", "jsonld") else None
    written = ox.serialize(listed, format=FORMATS[form], prefixes=known)
    return (written or b"").decode()


def _order(quad: ox.Quad) -> tuple[str, str, bool, str, str]:
    """Sort by graph, subject, class first, predicate, object."""
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
    return graph, str(quad.subject), quad.predicate != TYPE, str(quad.predicate), str(quad.object)
