"""Time the measures on a made network, with rustworkx and without: python bench/measures.py [THINGS] [--quick].

Six in ten things are people and bodies, four in ten are what ties them; a few take part in very much, most in little,
as in the real graph. Without rustworkx, ten thousand things take networkx many minutes; --quick leaves that out.
"""

import random
import sys
import time
from itertools import accumulate

import networkx

from coopgraph import measures

AGENTS = 0.6
LARGEST = 120
COUNTRIES = 14


def made(things: int) -> networkx.MultiDiGraph:
    """Make a network of so many things, the same every time."""
    chance = random.Random(1)
    agents = [f"a{number:05}" for number in range(int(things * AGENTS))]
    busy = list(accumulate((number + 1) ** -0.8 for number in range(len(agents))))
    network = networkx.MultiDiGraph()
    for number in range(things - len(agents)):
        size = min(LARGEST, int(2 / (chance.random() + 0.01) ** 0.7) + 1)
        network.add_edges_from((agent, f"e{number:05}") for agent in chance.choices(agents, cum_weights=busy, k=size))
    alone = [agent for agent in agents if agent not in network]
    network.add_edges_from((agent, f"e{chance.randrange(things - len(agents)):05}") for agent in alone)
    return network


def timed(name: str, measure, *args):
    """Say how long a measure took."""
    start = time.perf_counter()
    found = measure(*args)
    print(f"{name:<28}{time.perf_counter() - start:9.2f} s", flush=True)
    return found


def main() -> None:
    """Time everything once."""
    things = int(next((word for word in sys.argv[1:] if word.isdigit()), "10000"))
    ties = timed("network of single ties", measures.plain, made(things), ())
    print(f"{ties.number_of_nodes()} things, {ties.number_of_edges()} ties")
    homes = {name: f"c{int(name[1:]) % COUNTRIES}" for name in ties if name < "b" and int(name[1:]) % 3 == 0}
    timed("degree", measures.degree, ties)
    timed("eigenvector", measures.eigenvector, ties)
    timed("communities", measures.communities, ties)
    timed("brokers", measures.brokers, ties, homes)
    timed("betweenness, rustworkx", measures.betweenness, ties)
    if "--quick" not in sys.argv:
        sys.modules["rustworkx"] = None
        timed("betweenness, networkx", measures.betweenness, ties)


if __name__ == "__main__":
    main()
