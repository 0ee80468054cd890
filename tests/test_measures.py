"""Measures of small networks whose answers are known by hand."""

import sys
from fractions import Fraction
from itertools import combinations
from math import sqrt

import networkx
import pytest
from hypothesis import strategies as some

import mini
from coopgraph import measures
from coopgraph.errors import QueryError

CHAIN = ["a b", "b c", "c d"]
STAR = ["hub a", "hub b", "hub c", "hub d"]
TRIANGLES = ["a b", "b c", "c a", "c x", "x y", "y z", "z x"]
LIBRARIES = {"rustworkx": {}, "networkx": {"rustworkx": None}}
"""What stands in `sys.modules` when a library counts."""


def ties(*lines: str, hubs: tuple[str, ...] = ()) -> measures.Plain:
    """Make a network of lines, each two things that are tied."""
    network = networkx.MultiDiGraph()
    network.add_edges_from(line.split() for line in lines)
    return measures.plain(network, hubs)


@pytest.fixture(params=LIBRARIES)
def library(request, monkeypatch):
    """Count with one library, then with the other."""
    for name, module in LIBRARIES[request.param].items():
        monkeypatch.setitem(sys.modules, name, module)


def test_many_relations_between_two_things_are_one_tie_whatever_their_direction():
    assert list(ties("b a", "a b", "a b", "a a").edges()) == [("a", "b")]


def test_a_hub_ties_nobody_and_is_tied_to_nobody():
    assert list(ties("a cty", "b cty", "a b", hubs=("cty",)).edges()) == [("a", "b")]


def test_hubs_stay_where_nothing_else_is_tied():
    assert sorted(ties("vn meeting", "la meeting", hubs=("vn", "la"))) == ["la", "meeting", "vn"]


@pytest.mark.parametrize("lines", [CHAIN, STAR, TRIANGLES])
def test_the_order_of_the_facts_does_not_show(lines):
    one, other = ties(*lines), ties(*(" ".join(reversed(line.split())) for line in reversed(lines)))

    assert (list(one), list(one.edges())) == (list(other), list(other.edges()))
    assert measures.communities(one) == measures.communities(other)
    assert measures.eigenvector(one) == measures.eigenvector(other)


@pytest.mark.parametrize("measure", [measures.degree, measures.betweenness, measures.eigenvector, measures.communities])
def test_an_empty_network_has_no_numbers(measure):
    assert len(measure(ties())) == 0


def test_degree_counts_different_things():
    assert measures.degree(ties(*STAR, "a hub")) == {"hub": 4, "a": 1, "b": 1, "c": 1, "d": 1}


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["a b", "b c"], {"a": 0, "b": 1, "c": 0}),
        (CHAIN, {"a": 0, "b": Fraction(2, 3), "c": Fraction(2, 3), "d": 0}),
        (STAR, {"hub": 1, "a": 0, "b": 0, "c": 0, "d": 0}),
        (["a b", "b c", "c d", "d a"], dict.fromkeys("abcd", Fraction(1, 6))),
        (["a b", "c d"], dict.fromkeys("abcd", 0)),
        (["a b"], {"a": 0, "b": 0}),
    ],
)
def test_betweenness_is_the_share_of_shortest_ways(lines, wanted):
    assert measures.betweenness(ties(*lines)) == pytest.approx({name: float(part) for name, part in wanted.items()})


@mini.law(some.sets(some.sampled_from([f"{a} {b}" for a, b in combinations("abcdefgh", 2)])))
def test_betweenness_is_the_same_whichever_library_counts(lines):
    found = ties(*lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "rustworkx", None)
        slow = measures.betweenness(found)

    assert measures.betweenness(found) == pytest.approx(slow, abs=1e-12)


def test_the_quick_library_is_here_so_that_both_are_compared():
    assert __import__("rustworkx").betweenness_centrality


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (STAR, {"hub": 1, **dict.fromkeys("abcd", 1 / sqrt(4))}),
        (["a b", "b c"], {"a": 1 / sqrt(2), "b": 1, "c": 1 / sqrt(2)}),
        (["a b", "b c", "c a"], dict.fromkeys("abc", 1)),
    ],
)
def test_eigenvector_centrality_of_the_best_is_one(lines, wanted):
    assert measures.eigenvector(ties(*lines)) == pytest.approx(wanted, abs=1e-6)


def test_eigenvector_centrality_compares_the_largest_connected_part_only():
    assert set(measures.eigenvector(ties(*CHAIN, "x y"))) == set("abcd")


def test_of_connected_parts_of_one_size_the_first_by_name_counts():
    assert set(measures.eigenvector(ties("x y", "a b"))) == {"a", "b"}


def test_what_does_not_settle_is_said_so(monkeypatch):
    monkeypatch.setattr(measures, "ROUNDS", 3)

    with pytest.raises(QueryError, match="degree"):
        measures.eigenvector(ties(*CHAIN))


def test_two_groups_with_one_tie_between_them_are_told_apart():
    assert measures.communities(ties(*TRIANGLES)) == [["a", "b", "c"], ["x", "y", "z"]]


def test_the_largest_group_comes_first():
    found = measures.communities(ties("a b", "p q", "q r", "r p"))

    assert found == [["p", "q", "r"], ["a", "b"]]


@mini.law(some.sets(some.sampled_from([f"{a} {b}" for a, b in combinations("abcdefgh", 2)]), min_size=1))
def test_everything_is_in_one_group(lines):
    found = ties(*lines)

    assert sorted(name for group in measures.communities(found) for name in group) == sorted(found)


HOMES = {"org-a": "vn", "org-b": "vn", "org-c": "kr", "org-d": "kr", "org-e": "la"}


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["org-a m1", "org-b m1", "org-b m2", "org-c m2"], {"org-b": (2, 1)}),
        (["org-a m1", "per m1", "per m2", "org-c m2"], {"per": (2, 1)}),
        (["org-c m1", "per m1", "per m2", "org-d m2"], {}),
        (["org-a m1", "per m1", "per m2", "org-c m2", "org-a m3", "org-c m3"], {}),
        (["org-a m1", "per m1", "org-c m1", "org-e m1"], {}),
        (["org-a m1", "per m1", "per m2", "org-c m2", "per m3", "org-e m3"], {"per": (3, 3)}),
        (["org-a net", "org-c net"], {}),
    ],
    ids=["body", "person", "one country", "met elsewhere", "one meeting", "three countries", "members of one network"],
)
def test_a_broker_joins_bodies_of_different_countries_that_share_nothing(lines, wanted):
    assert measures.brokers(ties(*lines), HOMES) == {
        name: measures.Broker(*numbers) for name, numbers in wanted.items()
    }
