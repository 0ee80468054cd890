"""What graph theory says of a network: degree, betweenness, eigenvector centrality, communities, brokers."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from coopgraph.errors import QueryError

if TYPE_CHECKING:
    import networkx as nx

    from coopgraph.network import Network

    Plain = nx.Graph[str]
else:
    Plain = Any

TRIES: Final = 5
"""How often communities are looked for, each time from another order; the best division counts."""
ROUNDS: Final = 20_000
"""How often eigenvector centrality is handed on before it is said not to settle."""


def plain(network: "Network", hubs: Collection[str]) -> Plain:
    """Give one tie between two things however many relations and sources tie them, in an order of its own.

    Hubs are left out, because to share a country connects nobody; unless nothing else is tied, as where countries are
    what the network is about.
    """
    import networkx

    shut = set(hubs)
    pairs = {(min(ends), max(ends)) for ends in network.edges() if ends[0] != ends[1]}
    counted = sorted(pair for pair in pairs if not shut & set(pair)) or sorted(pairs)
    found: Plain = networkx.Graph()
    found.add_nodes_from(sorted({end for pair in counted for end in pair}))
    found.add_edges_from(counted)
    return found


def degree(ties: Plain) -> dict[str, float]:
    """Count the different things that each thing is tied to."""
    return {name: float(number) for name, number in ties.degree()}


def betweenness(ties: Plain) -> dict[str, float]:
    """Give the share of the shortest ways between two others that lead through each thing; every tie is one step.

    Exact, and the same whether rustworkx counts, which is quicker, or networkx.
    """
    import networkx

    try:
        import rustworkx
    except ImportError:
        return dict(networkx.betweenness_centrality(ties))
    numbers = rustworkx.betweenness_centrality(rustworkx.networkx_converter(ties))
    return {name: numbers[place] for place, name in enumerate(ties)}


def eigenvector(ties: Plain) -> dict[str, float]:
    """Tell how well each thing is tied to what is well tied itself; the best has 1.

    Only things of the largest connected part can be compared; the others get no number.

    Raises QueryError when the numbers do not settle, as in a long thin chain.
    """
    import networkx

    if not ties:
        return {}
    parts: list[list[str]] = sorted(sorted(part) for part in networkx.connected_components(ties))
    names: list[str] = max(parts, key=len)
    largest: Plain = networkx.Graph()
    largest.add_nodes_from(names)
    largest.add_edges_from(ends for ends in ties.edges() if ends[0] in largest)
    try:
        found = networkx.eigenvector_centrality(largest, max_iter=ROUNDS, tol=1e-9)
    except networkx.PowerIterationFailedConvergence as wrong:
        raise QueryError(
            "eigenvector centrality does not settle in this network; try: coopgraph analyse degree",
            "độ trung tâm véc-tơ riêng không hội tụ trong mạng này; hãy thử: coopgraph analyse degree",
        ) from wrong
    most = max(found.values())
    return {name: number / most for name, number in found.items()}


def communities(ties: Plain) -> list[list[str]]:
    """Divide a network into groups that are tied more inside than outside (Louvain), the largest first."""
    import networkx

    if not ties:
        return []
    names = list(ties)
    places = {name: place for place, name in enumerate(names)}
    numbered: nx.Graph[int] = networkx.Graph()
    numbered.add_nodes_from(places.values())
    numbered.add_edges_from((places[one], places[other]) for one, other in ties.edges())
    tries = [networkx.community.louvain_communities(numbered, seed=seed) for seed in range(TRIES)]
    best = max(tries, key=lambda found: networkx.community.modularity(numbered, found))
    return sorted((sorted(names[place] for place in group) for group in best), key=lambda group: (-len(group), group))


class Broker(NamedTuple):
    """What a broker joins: how many countries, and how many pairs of bodies that nothing else joins directly."""

    countries: int
    pairs: int


def brokers(ties: Plain, homes: Mapping[str, str]) -> dict[str, Broker]:
    """Find who ties bodies of different countries that share nothing themselves; `homes` gives bodies their country.

    Two bodies are partners when they are tied, or tied to one thing: an activity, an agreement, a body of no country.
    """
    near = {name: _partners(ties, name, homes) for name in ties}
    found = {}
    for name, partners in near.items():
        strange = ((one, other) for one in sorted(partners) for other in partners - near[one] if one < other)
        joined = [pair for pair in strange if homes[pair[0]] != homes[pair[1]]]
        if joined:
            found[name] = Broker(len({homes[end] for pair in joined for end in pair}), len(joined))
    return found


def _partners(ties: Plain, name: str, homes: Mapping[str, str]) -> set[str]:
    shared = {other for thing in ties[name] if thing not in homes for other in ties[thing]}
    return {other for other in shared | set(ties[name]) if other in homes} - {name}
