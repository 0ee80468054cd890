"""The organisation chart: each `from` under its `to`; what came out of something else stands beside it, dashed."""

from coopgraph.views.document import checked, document
from coopgraph.views.model import MapModel


def render(model: MapModel, lang: str) -> str:
    """Write the whole page; the same model gives the same bytes."""
    return document(checked(model, lang), lang, "chart")
