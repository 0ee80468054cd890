"""The document around a view: the model is checked, its data written once, the page filled with its scripts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from coopgraph.errors import CoopgraphError
from coopgraph.views import layout
from coopgraph.views.model import FAMILIES, KINDS, MapModel, say
from coopgraph.views.page import page
from coopgraph.views.payload import payload
from coopgraph.views.style import COLOURS, SHAPES

LANGUAGES: Final = ("en", "vi")

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
"""Names that every object of JavaScript owns: they cannot be ids on a page."""


def checked(model: MapModel, lang: str) -> MapModel:
    """Give the model back if a page can show it; every view begins with this.

    Raises CoopgraphError that names what is wrong.
    """
    if wrong := [*_wrong_words(model, lang), *_wrong_relations(model), *_wrong_sources(model)]:
        more = f" (and {len(wrong) - 1} more)" if wrong[1:] else ""
        raise CoopgraphError(f"cannot draw the map: {wrong[0]}{more}")
    return model


def document(
    model: MapModel,
    lang: str,
    view: str,
    data: Mapping[str, object] | None = None,
    places: Mapping[str, tuple[float, float]] | None = None,
    library: str = "",
    beside: Sequence[str] = (),
) -> str:
    """Write the page of a view, with other views and the table beside it; the same checked model gives the same bytes.

    `view` names the folder of scripts in `assets/`, `data` is what they need besides the model, `library` a script of
    others that comes before them.
    """
    tabs = (view, *beside, "table")
    style = {"shapes": SHAPES, "colours": COLOURS}
    whole = {**payload(model, layout.ranked(model), places or {}), "tabs": list(tabs), "style": style, **(data or {})}
    return page(say(model.title, lang), lang, whole, tabs, library)


def _wrong_words(model: MapModel, lang: str) -> Iterator[str]:
    """Tell which language, ids and kinds no page knows."""
    if lang not in LANGUAGES:
        yield f"language {lang!r} is not one of {', '.join(LANGUAGES)}"
    nodes, edges = [node.id for node in model.nodes], [edge.id for edge in model.edges]
    for name in sorted(TAKEN & {*nodes, *edges}):
        yield f"id {name!r} means something else to a browser: write a slug such as 'org-vn-moha'"
    for ids in (nodes, edges):
        yield from (f"id {name!r} is used {times} times" for name, times in sorted(Counter(ids).items()) if times > 1)
    for node in model.nodes:
        if node.kind not in KINDS:
            yield f"entity {node.id!r}: kind {node.kind!r} is not one of {', '.join(KINDS)}"


def _wrong_relations(model: MapModel) -> Iterator[str]:
    """Tell which relations are of no family or lead to nothing."""
    known = {node.id for node in model.nodes}
    for edge in model.edges:
        if edge.family not in FAMILIES:
            yield f"relation {edge.id!r}: family {edge.family!r} is not one of {', '.join(FAMILIES)}"
        for end in (edge.source, edge.target):
            if end not in known:
                yield f"relation {edge.id!r} leads to {end!r}, which is not an entity of the map"


def _wrong_sources(model: MapModel) -> Iterator[str]:
    """Tell which sources are cited but not listed."""
    cited = {found.source for edge in model.edges for found in edge.evidence}
    cited |= {found.source for node in model.nodes for fact in node.facts for found in fact.evidence}
    for name in sorted(cited - {source.id for source in model.sources}):
        yield f"source {name!r} is cited and is not among the sources of the map"
