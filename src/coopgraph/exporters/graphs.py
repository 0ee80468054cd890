"""GraphML and GEXF, for Gephi, yEd and other tools of network analysis."""

import io
from typing import TYPE_CHECKING, BinaryIO

from coopgraph.terms import expand

if TYPE_CHECKING:
    from coopgraph.atlas import Atlas
    from coopgraph.network import Network


def _labelled(atlas: "Atlas", lang: str) -> "Network":
    """Give the network in a fixed order, with names and classes on it."""
    import networkx

    from coopgraph import cards

    plain = atlas.network()
    found: Network = networkx.MultiDiGraph()
    for node in sorted(plain):
        kinds = " ".join(atlas.evidence.label(kind, lang) for kind in cards.kinds(atlas.store, expand(node)))
        found.add_node(node, label=atlas.evidence.label(expand(node), lang), kind=kinds)
    for source, target, about in sorted(plain.edges(data=True), key=lambda e: (e[0], e[1], sorted(e[2].items()))):
        found.add_edge(source, target, label=atlas.evidence.label(expand(about["relation"]), lang), **about)
    return found


def graphml(atlas: "Atlas", lang: str, out: BinaryIO) -> None:
    """Write the network as GraphML."""
    import networkx

    out.writelines(f"{line}\n".encode() for line in networkx.generate_graphml(_labelled(atlas, lang), prettyprint=True))


def gexf(atlas: "Atlas", lang: str, out: BinaryIO) -> None:
    """Write the network as GEXF 1.2, without the date of writing that would change every file."""
    import re

    import networkx

    found = _labelled(atlas, lang)
    for *_, about in found.edges(data=True):
        for name in ("start", "end"):
            about[f"{name}_day"] = about.pop(name)
    dated = io.BytesIO()
    networkx.write_gexf(found, dated)
    out.write(re.sub(rb' lastmodifieddate="[^"]*"', b"", dated.getvalue()) + b"\n")
