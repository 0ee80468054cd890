"""A table with `from`, `relation` and `to` as a networkx graph; connections between two things in it."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, Final

from coopgraph.model import Table
from coopgraph.terms import shrink

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]
else:
    Network = Any

MOST_HOPS: Final = 6
"""A connection over more hops says nothing any more."""
TIES: Final = {"agreement": 0.9, "theme": 2.0}
"""What a relation of a family costs against the others: an agreement ties most, a common theme least."""
Hop = tuple[str, str, dict[str, str]]


def graph(table: Table) -> Network:
    """Make a `networkx.MultiDiGraph` of a table: nodes are entity ids, edges carry relation, fact, family, dates.

    Raises KeyError when the table has no columns `from` and `to`.
    """
    import networkx

    found: Network = networkx.MultiDiGraph()
    at = {name: number for number, name in enumerate(table.columns)}
    for row in table.rows:
        cells = {name: _text(row[number]) for name, number in at.items()}
        source, target = cells.pop("from"), cells.pop("to")
        for node in (source, target):
            found.add_node(node)
        key = " ".join(cells.get(part, "") for part in ("relation", "fact", "via"))
        found.add_edge(source, target, key=key, **_widest(found.get_edge_data(source, target, key=key) or {}, cells))
    return found


def _widest(old: Mapping[str, str], cells: dict[str, str]) -> dict[str, str]:
    """Keep the widest dates when one relation comes with several."""
    start = min((day for day in (old.get("start"), cells.get("start")) if day), default="")
    end = max((day for day in (old.get("end"), cells.get("end")) if day), default="")
    return {**cells, "start": start, "end": end}


def _text(term: object) -> str:
    return shrink(str(getattr(term, "value", "") or ""))


def at_date(network: Network, day: str, lasting: Collection[str] = ()) -> Network:
    """Leave out what was surely not there on a day (ISO date); what has no date stays.

    Relations of `lasting` families stay when they are over: who met has met.
    """
    kept = [
        (u, v, key)
        for u, v, key, about in network.edges(keys=True, data=True)
        if not (about["start"] and about["start"] > day)
        and not (about["end"] and about["end"] < day and about.get("family") not in lasting)
    ]
    found: Network = network.edge_subgraph(kept).copy()  # type: ignore[arg-type]  # the stubs forget keys
    return found


def around(network: Network, node: str, depth: int) -> Network:
    """Keep what lies within so many steps of a node, whatever the direction."""
    import networkx

    if node not in network:
        return network.subgraph([]).copy()
    near = networkx.single_source_shortest_path_length(network.to_undirected(as_view=True), node, cutoff=depth)
    found: Network = network.subgraph(near).copy()
    return found


def connections(
    network: Network, start: str, goal: str, hubs: Collection[str], agents: Collection[str], most: int = 3
) -> list[list[Hop]]:
    """Give the best connections between two things, shortest and least worn first.

    Nothing passes through `hubs` (countries, topics …): that two things share a country connects nobody. What ties
    many `agents` (people, bodies, countries) together ties each pair of them less.
    """
    import networkx

    shut = set(hubs) - {start, goal}
    plain: nx.Graph[str] = networkx.Graph()
    for source, target, about in sorted(network.edges(data=True), key=lambda edge: edge[:2]):
        if source not in shut and target not in shut:
            worn = sum(_worn(network, node, agents) for node in (source, target) if node not in (start, goal))
            cost = (1 + worn) * TIES.get(about.get("family", ""), 1.0)
            known = plain.get_edge_data(source, target, {}).get("weight", cost)
            plain.add_edge(source, target, weight=min(cost, known))
    if start not in plain or goal not in plain or not networkx.has_path(plain, start, goal):
        return []
    ways = networkx.shortest_simple_paths(plain, start, goal, weight="weight")
    return [list(_hops(network, way)) for way in islice(ways, most) if len(way) - 1 <= MOST_HOPS]


def _worn(network: Network, node: str, agents: Collection[str]) -> float:
    """Cost of going through a node: the more agents it touches, the less it says of two of them."""
    near = {*network.predecessors(node), *network.successors(node)}
    return 0.3 * math.log2(1 + len(near & set(agents)))


def _hops(network: Network, way: Sequence[str]) -> Iterator[Hop]:
    """Give each step of a way with the relation that carries it, in its own direction."""
    for left, right in pairwise(way):
        edges = [(left, right, about) for about in (network.get_edge_data(left, right) or {}).values()]
        edges += [(right, left, about) for about in (network.get_edge_data(right, left) or {}).values()]
        yield min(edges, key=lambda edge: (edge[2].get("family", ""), edge[2].get("relation", "")))
