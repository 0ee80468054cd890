"""Maps of a real graph for the measurement: the entities that are tied most, which make heavy pages."""

from pathlib import Path

import coopgraph
from coopgraph import charts
from coopgraph.atlas import Atlas
from coopgraph.views.model import MapModel


def densest(atlas: Atlas, size: int) -> MapModel:
    """Make the model of the entities with most relations, and of the relations between them; 0 takes all."""
    whole = atlas.network()
    names = sorted(whole, key=lambda name: (-whole.degree(name), name))[: size or None]
    title = {"en": "The most tied", "vi": "Nhiều mối gắn kết nhất"}
    return charts.model(atlas.store, atlas.evidence, whole.subgraph(names).copy(), title, "", "1")


def maps(folder: Path) -> dict[str, MapModel]:
    """Make the maps of a graph's folder: the 100 and the 300 that are tied most, and all, by what they are."""
    atlas = coopgraph.open(folder)
    models = [densest(atlas, size) for size in (100, 300, 0)]
    return {f"{len(model.nodes):,} real": model for model in models}
