"""The relationship map: a `MapModel` becomes one self-contained HTML page.  The one door to pyvis' Network."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.resources import files
from re import sub
from typing import Final

from coopgraph.errors import CoopgraphError
from coopgraph.views import layout
from coopgraph.views.document import checked, document
from coopgraph.views.model import Edge, MapModel, Node, say
from coopgraph.views.style import SHAPES

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
    places = layout.round_table(model, chosen)
    data = {"vis": _drawing(model, places, lang), "budget": len(chosen)}
    return document(model, lang, "map", data, places, vis_script())


def vis_script() -> str:
    """Read vis-network from the installed pyvis, without the reference to its source map."""
    try:
        text = files("pyvis").joinpath(VIS).read_text("utf-8")
    except (ModuleNotFoundError, FileNotFoundError) as wrong:
        raise CoopgraphError(f"pyvis has no {VIS} here: install pyvis 0.3.2, whose wheel brings it") from wrong
    return sub(r"//# sourceMappingURL=\S*", "", text).strip()


def _drawing(model: MapModel, places: Mapping[str, tuple[float, float]], lang: str) -> dict[str, object]:
    """Let pyvis describe the entities in sight and the relations between them."""
    from pyvis.network import Network  # imported here: half a second

    net = Network(directed=True, cdn_resources="in_line")
    nodes = {node.id: node for node in model.nodes}
    for name, (x, y) in places.items():
        shape, size, light, _ = SHAPES[nodes[name].kind]
        net.add_node(name, label=_label(nodes[name], lang), shape=shape, size=size, color=light, x=x, y=y)
    shown = sorted((e for e in model.edges if e.source in places and e.target in places), key=lambda edge: edge.id)
    for edge, bend in _bends(shown):
        net.add_edge(edge.source, edge.target, id=edge.id, dashes=edge.family == "theme", **bend)
    net.options = OPTIONS
    drawn, lines, *_, options = net.get_network_data()
    return {"nodes": drawn, "edges": lines, "options": json.loads(options)}  # pyvis hands options on as text


def _label(node: Node, lang: str) -> str:
    return say(node.short, lang) or say(node.labels, lang, node.id)


def _bends(edges: Sequence[Edge]) -> list[tuple[Edge, dict[str, object]]]:
    """Bend the second and later of several relations between the same two entities."""
    seen: Counter[tuple[str, str]] = Counter()
    bends: list[tuple[Edge, dict[str, object]]] = []
    for edge in edges:
        pair = min(edge.source, edge.target), max(edge.source, edge.target)
        way = "curvedCW" if edge.source == pair[0] else "curvedCCW"
        smooth = {"enabled": True, "type": way, "roundness": round(min(0.9, 0.18 * seen[pair]), 2)}
        bends.append((edge, {"smooth": smooth} if seen[pair] else {}))
        seen[pair] += 1
    return bends
