"""The matrix: every `from` against every other, each cell what both lead to."""

from coopgraph.views.document import checked, document
from coopgraph.views.model import MapModel


def render(model: MapModel, lang: str) -> str:
    """Write the whole page; the same model gives the same bytes."""
    return document(checked(model, lang), lang, "matrix")
