"""Networks in miniature: nodes, edges, dates, neighbourhoods, connections."""

import pyoxigraph as ox
import pytest

from coopgraph import network
from coopgraph.model import Table
from coopgraph.terms import CG

COLUMNS = ("from", "relation", "to", "family", "fact", "start", "end")


def row(line: str) -> tuple:
    """Make a row of `from relation to [start end]`, of which "-" is unknown."""
    source, relation, target, *days = line.split()
    days += ["-"] * (2 - len(days))
    things = [ox.NamedNode(CG + name) for name in (source, relation, target)]
    dates = [None if day == "-" else ox.Literal(day) for day in days]
    return (*things, ox.Literal("meeting"), ox.NamedNode(f"{CG}f-{source}-{target}"), *dates)


def net(*lines: str) -> network.Network:
    """Make a network of lines."""
    return network.graph(Table(COLUMNS, tuple(map(row, lines))))


def ways(found: network.Network, start: str, goal: str, *hubs: str, most: int = 3) -> list[str]:
    """Give the connections as the nodes that they pass, whatever the direction of the edges."""
    listed = []
    for way in network.connections(found, start, goal, hubs, set(found), most):
        nodes = [start]
        for source, target, _ in way:
            assert nodes[-1] in (source, target)
            nodes.append(target if source == nodes[-1] else source)
        listed.append(" ".join(nodes))
    return listed


def test_nodes_are_ids_and_edges_carry_relation_family_fact_and_dates():
    found = net("a chair b 2022-08-05 2022-08-05")

    assert list(found.edges(data=True)) == [
        (
            "a",
            "b",
            {"relation": "chair", "family": "meeting", "fact": "f-a-b", "start": "2022-08-05", "end": "2022-08-05"},
        )
    ]


def test_two_relations_between_the_same_things_both_stay():
    assert net("a chair b", "a speaker b").number_of_edges("a", "b") == 2


def test_a_relation_that_comes_twice_is_one_with_the_widest_dates():
    found = net("a chair b 2022 2023", "a chair b 2021 2022", "a chair b - -")

    assert [(about["start"], about["end"]) for *_, about in found.edges(data=True)] == [("2021", "2023")]


def test_no_rows_make_an_empty_network():
    assert len(net()) == 0


def test_a_table_without_ends_is_no_network():
    with pytest.raises(KeyError):
        network.graph(Table(("x",), ((ox.Literal("y"),),)))


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        ("2021-12-31", "undated"),
        ("2022-01-01", "dated open undated"),
        ("2022-12-31", "dated open undated"),
        ("2023-01-01", "open undated"),
    ],
)
def test_on_a_day_only_what_was_surely_not_is_left_out(day, kept):
    found = net("a dated b 2022-01-01 2022-12-31", "a open b 2022-01-01 -", "a undated b")

    relations = [about["relation"] for *_, about in network.at_date(found, day).edges(data=True)]
    assert " ".join(sorted(relations)) == kept


def test_on_a_day_without_relations_the_map_is_empty():
    assert len(network.at_date(net("a x b 2022-01-01 2022-01-02"), "2030-01-01")) == 0


@pytest.mark.parametrize(("depth", "near"), [(0, "b"), (1, "a b c"), (2, "a b c d"), (9, "a b c d")])
def test_what_is_near_lies_within_so_many_steps_in_any_direction(depth, near):
    found = net("a x b", "b x c", "d x c", "e x f")

    assert " ".join(sorted(network.around(found, "b", depth))) == near


def test_nothing_is_near_what_is_not_there():
    assert len(network.around(net("a x b"), "z", 2)) == 0


def test_the_shortest_connection_comes_first_whatever_the_direction():
    found = net("a x b", "c x b", "a x d", "d x e", "e x c")

    assert ways(found, "a", "c") == ["a b c", "a d e c"]


def test_a_well_worn_node_connects_less_than_a_quiet_one():
    busy = [f"n{number} x hub" for number in range(30)]

    assert ways(net(*busy, "a x hub", "hub x b", "a x quiet", "quiet x b"), "a", "b")[0] == "a quiet b"


def test_no_connection_passes_through_a_hub_but_may_end_in_one():
    found = net("a x cty", "b x cty")

    assert ways(found, "a", "b", "cty") == []
    assert ways(found, "a", "cty", "cty") == ["a cty"]


def test_no_more_connections_than_asked_and_none_too_long():
    many = [line for number in range(9) for line in (f"a x m{number}", f"m{number} x b")]
    chain = [f"n{number} x n{number + 1}" for number in range(8)]

    assert len(ways(net(*many), "a", "b", most=3)) == 3
    assert ways(net(*chain), "n0", "n8") == []


@pytest.mark.parametrize(("start", "goal"), [("a", "z"), ("z", "a"), ("y", "z"), ("a", "c")])
def test_what_nothing_connects_has_no_connection(start, goal):
    assert ways(net("a x b", "c x d"), start, goal) == []


def test_the_order_of_the_rows_does_not_show():
    lines = ["a x b", "b x c", "a y d", "d y c", "a z c"]

    assert ways(net(*lines), "a", "c") == ways(net(*reversed(lines)), "a", "c")


def test_the_network_asked_about_is_left_as_it_was():
    found = net("a x b 2022-01-01 2022-02-01", "b x c")
    before = list(found.edges(keys=True, data=True))

    network.at_date(found, "2023-01-01")
    network.around(found, "a", 1).clear()
    network.connections(found, "a", "c", [], [])

    assert list(found.edges(keys=True, data=True)) == before
