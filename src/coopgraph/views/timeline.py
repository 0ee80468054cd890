"""The timeline: a lane for each `from`, a bar for each `to`, drawn as surely as the dates are known."""

from coopgraph.views.document import checked, document
from coopgraph.views.model import MapModel


def render(model: MapModel, lang: str) -> str:
    """Write the whole page; the same model gives the same bytes."""
    return document(checked(model, lang), lang, "timeline")
