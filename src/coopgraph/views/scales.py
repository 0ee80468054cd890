"""What an analysis found, put onto the entities of a page: numbers as sizes, groups and steps of numbers as colours."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from math import isfinite

from coopgraph.views.model import Group, Labels, MapModel
from coopgraph.views.style import GROUPS, RAMP


def sized(model: MapModel, labels: Labels, values: Mapping[str, float]) -> MapModel:
    """Give the entities the sizes of some numbers; `labels` name the measure; without a number one stays small."""
    known = {name: max(value, 0.0) for name, value in values.items() if isfinite(value)}
    nodes = tuple(replace(node, weight=known.get(node.id, 0.0)) for node in model.nodes)
    return replace(model, nodes=nodes, size=labels)


def grouped(
    model: MapModel,
    labels: Labels,
    values: Mapping[str, str],
    names: Mapping[str, Labels] = {},  # never changed
) -> MapModel:
    """Colour the entities by group, the largest first; all beyond the number of colours share the last one.

    `names` says how a group is called; one without a name is called by its id.
    """
    sizes = Counter(values[node.id] for node in model.nodes if node.id in values)
    order = [name for name, _ in sorted(sizes.items(), key=lambda item: (-item[1], item[0]))]
    place = {name: min(number, len(GROUPS) - 1) for number, name in enumerate(order)}
    shown = sorted(set(place.values()))
    groups = tuple(Group(str(number), _named(order, number, names), *GROUPS[number]) for number in shown)
    nodes = tuple(replace(n, group=str(place[values[n.id]]) if n.id in values else "") for n in model.nodes)
    return replace(model, nodes=nodes, colour=labels, groups=groups)


def _named(order: list[str], number: int, names: Mapping[str, Labels]) -> Labels:
    """Name the group of a colour, or what shares the last one."""
    if number < len(GROUPS) - 1 or len(order) == len(GROUPS):
        return names.get(order[number], {"en": order[number], "vi": order[number]})
    return {"en": "others", "vi": "còn lại"}


def ramped(model: MapModel, labels: Labels, values: Mapping[str, float]) -> MapModel:
    """Colour the entities by a number, in steps that hold about as many entities each."""
    of = {node.id: values[node.id] for node in model.nodes if isfinite(values.get(node.id, float("nan")))}
    known = sorted(of.values())
    steps = sorted({known[len(known) * n // len(RAMP)] for n in range(len(RAMP))}) if known else []
    spans = [[value for value in known if bisect_right(steps, value) == n + 1] for n in range(len(steps))]
    first = len(RAMP) - len(steps)
    groups = tuple(Group(str(n), _span(span), *RAMP[first + n]) for n, span in enumerate(spans))
    nodes = tuple(
        replace(node, group=str(bisect_right(steps, of[node.id]) - 1) if node.id in of else "") for node in model.nodes
    )
    return replace(model, nodes=nodes, colour=labels, groups=groups)


def _span(values: list[float]) -> Labels:
    """Write from which number to which a step goes."""
    low, high = f"{values[0]:.3g}", f"{values[-1]:.3g}"
    text = low if low == high else f"{low}–{high}"
    return {"en": text, "vi": text.replace(".", ",")}
