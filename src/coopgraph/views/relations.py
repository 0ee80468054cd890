"""The relationship map: a `MapModel` becomes one self-contained HTML page.  The one door to pyvis' Network."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from coopgraph.errors import CoopgraphError
from coopgraph.views import layout
from coopgraph.views.model import FAMILIES, KINDS, Edge, MapModel, Node, say
from coopgraph.views.page import page
from coopgraph.views.payload import payload

SHAPES: Final[dict[str, tuple[str, int, str, str]]] = {
    "country": ("dot", 23, "#0e2039", "#abbdf3"),
    "ministry": ("square", 13, "#1360d9", "#4c9bf2"),
    "institute": ("triangle", 14, "#239dc6", "#a5e1e4"),
    "person": ("dot", 7, "#878888", "#a2a3a3"),
    "agreement": ("diamond", 15, "#c5360d", "#f0965f"),
    "meeting": ("hexagon", 14, "#115a38", "#0fe19d"),
    "topic": ("star", 16, "#791687", "#cb68b4"),
    "other": ("triangleDown", 12, "#8a6d00", "#d9c26a"),
}
"""Shape, size, light and dark colour of each class: told apart by shape and by colour, also by the colour-blind."""

COLOURS: Final[dict[str, tuple[str, str]]] = {
    "structure": ("#5b6675", "#9aa4b2"),
    "agreement": ("#c5360d", "#f0965f"),
    "meeting": ("#117a4a", "#0fe19d"),
    "theme": ("#791687", "#cb68b4"),
}
"""Light and dark colour of each family of relations; theme is dashed as well."""

OPTIONS: Final[dict[str, object]] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"chosen": False, "borderWidth": 1, "font": {"size": 0}},
    "edges": {"smooth": False, "chosen": False, "hoverWidth": 0, "selectionWidth": 0, "font": {"size": 0}},
    "interaction": {"hover": True, "keyboard": False, "selectConnectedEdges": False, "tooltipDelay": 100000},
}
"""What vis-network may do by itself: almost nothing; places, labels and keys are ours."""


TAKEN: Final = frozenset(
    [
        "__proto__",
        "constructor",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf",
    ]
)
"""Names that every object of JavaScript owns: vis-network cannot use them as ids."""


def render(model: MapModel, lang: str, budget: int = layout.BUDGET) -> str:
    """Write the whole page; the same model gives the same bytes."""
    _check(model, lang)
    order = layout.ranked(model)
    chosen = order[: min(budget, layout.LIMIT)]
    places = layout.round_table(model, chosen)
    drawing = _drawing(model, places, lang)
    data = payload(model, order, places)
    style = {"shapes": SHAPES, "colours": COLOURS, "rim": layout.RIM}
    return page(say(model.title, lang), lang, data | {"vis": drawing, "style": style, "budget": len(chosen)})


def _check(model: MapModel, lang: str) -> None:
    """Refuse what no map can show, naming it."""
    known = {node.id for node in model.nodes}
    wrong = [f"language {lang!r} is not one of en, vi"] if lang not in {"en", "vi"} else []
    wrong += [
        f"id {name!r} means something else to a browser: write a slug such as 'org-vn-moha'"
        for name in sorted(TAKEN & {*known, *(edge.id for edge in model.edges)})
    ]
    for ids in ([node.id for node in model.nodes], [edge.id for edge in model.edges]):
        wrong += [f"id {name!r} is used {times} times" for name, times in sorted(Counter(ids).items()) if times > 1]
    wrong += [
        f"entity {n.id!r}: kind {n.kind!r} is not one of {', '.join(KINDS)}" for n in model.nodes if n.kind not in KINDS
    ]
    wrong += [
        f"relation {e.id!r}: family {e.family!r} is not one of {', '.join(FAMILIES)}"
        for e in model.edges
        if e.family not in FAMILIES
    ]
    wrong += [
        f"relation {e.id!r} leads to {end!r}, which is not an entity of the map"
        for e in model.edges
        for end in (e.source, e.target)
        if end not in known
    ]
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if wrong[1:] else ""
        raise CoopgraphError(f"cannot draw the map: {wrong[0]}{more}")


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
