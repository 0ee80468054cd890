"""The relationship map: a `MapModel` becomes one self-contained HTML page.  The one door to pyvis' Network."""

import json
from collections.abc import Mapping
from importlib.resources import files
from re import sub
from typing import Any, Final

from coopgraph.errors import CoopgraphError
from coopgraph.views import layout
from coopgraph.views.document import checked, document
from coopgraph.views.model import MapModel
from coopgraph.views.payload import listed

VIS: Final = "templates/lib/vis-9.1.2/vis-network.min.js"
"""Where the pyvis wheel keeps vis-network (Apache-2.0 or MIT; its licence header stays in the page)."""

OPTIONS: Final[dict[str, object]] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"chosen": False, "borderWidth": 1, "font": {"size": 0}},
    "edges": {"smooth": False, "chosen": False, "hoverWidth": 0, "selectionWidth": 0, "font": {"size": 0}},
    "interaction": {"hover": True, "keyboard": False, "selectConnectedEdges": False, "tooltipDelay": 100000},
}
"""What vis-network may do by itself: almost nothing; places, labels and keys are ours."""


def render(model: MapModel, lang: str, budget: int = layout.BUDGET) -> str:
    """Write the whole page; the same model gives the same bytes."""
    chosen = layout.ranked(checked(model, lang))[: min(budget, layout.LIMIT)]
    drawn = _drawing(model, layout.round_table(model, chosen))
    places = {node["id"]: (node["x"], node["y"]) for node in drawn["nodes"]}
    at = {edge.id: number for number, edge in enumerate(listed(model.edges))}
    vis = {"edges": [at[line["id"]] for line in drawn["edges"]], "options": drawn["options"]}
    return document(model, lang, "map", {"vis": vis, "budget": len(chosen)}, places, vis_script())


def vis_script() -> str:
    """Read vis-network from the installed pyvis, without the reference to its source map."""
    try:
        text = files("pyvis").joinpath(VIS).read_text("utf-8")
    except (ModuleNotFoundError, FileNotFoundError) as wrong:
        raise CoopgraphError(f"pyvis has no {VIS} here: install pyvis 0.3.2, whose wheel brings it") from wrong
    return sub(r"//# sourceMappingURL=\S*", "", text).strip()


def _drawing(model: MapModel, places: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    """Let pyvis describe the entities in sight and the relations between them; how they look changes in the page."""
    from pyvis.network import Network  # imported here: half a second

    net = Network(directed=True, cdn_resources="in_line")
    for name, (x, y) in places.items():
        net.add_node(name, x=x, y=y)
    for edge in listed(model.edges):
        if edge.source in places and edge.target in places:
            net.add_edge(edge.source, edge.target, id=edge.id)
    net.options = OPTIONS
    nodes, edges, *_, options = net.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}  # pyvis hands options on as text
