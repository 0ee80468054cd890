"""Connections between two things of the repository's graph: sourced, dated, honest when there is none."""

import re
from itertools import combinations

import pyoxigraph as ox
import pytest

from coopgraph import network
from coopgraph.terms import expand, shrink

HUBS = ("cty-", "cgv:", "ser-", "plc-")
PEOPLE = ("per-ha-quang-truong", "per-woo-je-yun", "per-pham-thi-thanh-tra", "per-thongchanh-manixay")


def registered(atlas, source: str, relation: str, target: str) -> bool:
    """Tell whether a relation stands in the registry, which needs no document."""
    return atlas.evidence.origin(*(ox.NamedNode(expand(name)) for name in (source, relation, target))) == "registry"


@pytest.mark.parametrize(("start", "goal"), [*combinations(PEOPLE, 2)])
def test_a_connection_is_sourced_and_passes_through_no_country_topic_or_series(atlas, start, goal):
    ways = atlas.path(start, goal)

    assert ways
    for way in ways:
        inner = {end for hop in way for end in hop[:2]} - {start, goal}
        assert [node for node in inner if node.startswith(HUBS)] == []
        for source, target, about in way:
            said = atlas.evidence.behind_link(expand(about["fact"]), expand(source), expand(target))
            assert said or registered(atlas, source, about["relation"], target), (source, target)


def test_every_step_of_a_connection_says_when_and_who_says_so(call):
    done = call("path", "per-ha-quang-truong", "org-vn-moha")

    steps = [line for line in done.stdout.split("\nSources")[0].splitlines() if line.startswith("  ")]
    assert steps
    assert [step for step in steps if "[" not in step and "(registry)" not in step] == []
    assert any("(2023-08-2" in step for step in steps)


def test_a_step_known_to_the_month_names_no_day(call):
    done = call("path", "per-pham-thi-thanh-tra", "org-asean-secretariat")

    assert "2022-08" in done.stdout
    assert "2022-08-31" not in done.stdout


def test_a_post_without_dates_has_none_even_if_the_body_has(call):
    told = call("path", "per-woo-je-yun", "org-kr-nhi").stdout.splitlines()[1]

    assert "was professor at National Human Resources Development Institute" in told
    assert re.search(r"\([0-9]{4}", told) is None


def test_a_connection_can_be_asked_for_a_day(atlas):
    assert atlas.path("per-ha-quang-truong", "per-woo-je-yun", as_of="2023-08-23")
    assert atlas.path("per-ha-quang-truong", "per-woo-je-yun", as_of="2015-01-01") == []


def test_things_that_nothing_connects_are_said_not_to_be(call):
    said = {lang: call("path", "per-chu-tuan-tu", "org-kr-kipa", "--lang", lang) for lang in ("en", "vi")}

    assert said["en"].stdout.startswith("No connection recorded between ")
    assert said["vi"].stdout.startswith("Chưa ghi nhận liên hệ nào giữa ")
    assert {done.code for done in said.values()} == {0}


def test_a_thing_and_itself_are_not_shown_as_an_empty_connection(call):
    done = call("path", "org-vn-moha", "org-vn-moha")

    assert "Connection 1" not in done.stdout


def test_the_network_has_the_ends_and_relations_of_the_question(atlas):
    table = atlas.ask("relations")
    columns = [table.columns.index(name) for name in ("from", "to")]
    ends = [tuple(shrink(row[column].value) for column in columns) for row in table.rows]

    whole = atlas.network()

    assert set(whole.edges()) == set(ends)
    assert set(whole) == {end for pair in ends for end in pair}


def test_a_thing_is_near_itself_only_as_far_as_asked(atlas):
    whole = atlas.network()
    near = [set(network.around(whole, "evt-accsm-21", depth)) for depth in (1, 2)]

    assert "evt-accsm-21" in near[0]
    assert near[0] < near[1] <= set(whole)
