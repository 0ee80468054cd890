"""The region tiles: countries roughly where they lie, lines between those that share most; no boundaries of ours."""

from dataclasses import asdict

from coopgraph.views.countries import REGION, sides
from coopgraph.views.document import checked, document
from coopgraph.views.layout import code
from coopgraph.views.model import MapModel


def render(model: MapModel, lang: str) -> str:
    """Write the whole page; the same model gives the same bytes."""
    countries = [node.id for node in checked(model, lang).nodes if node.kind == "country"]
    places = {one: REGION[code(one)][:2] for one in sorted(countries) if code(one) in REGION}
    data = {"region": places, "sides": sides(countries), "outlines": asdict(model.outlines) if model.outlines else None}
    return document(model, lang, "tiles", data, beside=("matrix",))
