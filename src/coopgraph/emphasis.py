"""Measures as size and colour of what a page shows: the same numbers as in the tables of an analysis."""

from coopgraph import measures
from coopgraph.analysis import Graph, Options, homes, study
from coopgraph.errors import NotFoundError
from coopgraph.studies import HEADINGS, NUMBERS, Study
from coopgraph.terms import expand
from coopgraph.views import scales
from coopgraph.views.model import MapModel


def emphasised(graph: Graph, model: MapModel, size: str, colour: str, as_of: str) -> MapModel:
    """Give the entities of a page the size of one measure and the colour of another; "" leaves them as they are.

    Raises NotFoundError for a measure that gives things no number and no group.
    """
    made = study(graph, Options(as_of=as_of))
    if size:
        values = _numbers(graph, made, size)
        model = scales.sized(model, HEADINGS[size], values)
    if colour == "communities":
        return _grouped(graph, made, model)
    if colour:
        values = _numbers(graph, made, colour)
        model = scales.ramped(model, HEADINGS[colour], values)
    return model


def _grouped(graph: Graph, made: Study, model: MapModel) -> MapModel:
    """Colour the communities; each is called after what has most ties in it."""
    rows = [(name, str(cells[0])) for name, cells in made.grouped()]
    first = {number: name for name, number in reversed(rows)}
    names = {name: graph.evidence.labels(expand(name)) for name in first.values()}
    return scales.grouped(model, HEADINGS["communities"], {name: first[number] for name, number in rows}, names)


def _numbers(graph: Graph, made: Study, measure: str) -> dict[str, float]:
    """Give the number of each thing."""
    if measure == "brokers":
        return {name: float(found.pairs) for name, found in measures.brokers(made.ties, homes(graph)[0]).items()}
    if measure not in NUMBERS:
        known = ", ".join((*NUMBERS, "brokers"))
        raise NotFoundError(
            f"{measure!r} gives no number to draw; there are: {known}, and communities as colour",
            f"{measure!r} không cho số để vẽ; hiện có: {known}, và communities để tô màu",
        )
    return NUMBERS[measure](made.ties)
