"""Publishing to real servers: plan, apply, proof, pruning; a cut line at any stage loses nothing, the next run finishes."""

import random

import pyoxigraph as ox
import pytest

import servers
from coopgraph.errors import QueryError, StoreError, UnreachableError
from coopgraph.model import ACCEPTED, placed
from coopgraph.publish import Publication
from coopgraph.stores.remote import Remote
from coopgraph.terms import CG, CGG, COOP, XSD

DEFAULT = ox.DefaultGraph()
FOREIGN = ox.NamedNode("https://example.org/others")
STAGES = 8
TRAFFIC: dict[tuple[str, bool], int] = {}
"""What was counted once for a kind of server."""


def statement(subject: str, word: str, value: str, graph: str = "") -> ox.Quad:
    """Make a statement; without a graph, one of the accepted view."""
    at = ox.NamedNode(CGG + graph) if graph else DEFAULT
    return ox.Quad(ox.NamedNode(CG + subject), ox.NamedNode(COOP + word), ox.Literal(value, language="vi"), at)


def graph(documents: range, size: int = 40) -> list[ox.Quad]:
    """Make a small graph: what some documents claim, its description, and the accepted view of it."""
    found = []
    for document in documents:
        claim = f"doc-{document}/L1"
        found += [
            statement(f"evt-{document}-{n}", "purpose", f"Mục đích “{n}” \\ của\nhội nghị", claim) for n in range(size)
        ]
        found.append(
            ox.Quad(
                ox.NamedNode(CGG + claim),
                ox.NamedNode(COOP + "locator"),
                ox.Literal("L1"),
                ox.NamedNode(CGG + "provenance"),
            )
        )
    return found + [placed(quad.triple, DEFAULT) for quad in found if quad.predicate.value == COOP + "purpose"]


OLD, NEW = graph(range(12)), graph(range(4, 15))


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """Run a Virtuoso for publishing; Oxigraph is quick enough to start for each test."""
    with servers.virtuoso(tmp_path_factory.mktemp("scratch")) as server:
        yield server


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request, tmp_path, monkeypatch):
    """Give an empty server of each kind in turn."""
    if request.param == "oxigraph":
        with servers.oxigraph(tmp_path) as found:
            yield found
        return
    found = request.getfixturevalue("scratch")
    for name, value in found.environment.items():
        monkeypatch.setenv(name, value)
    writer = Publication(list, found.url).writer
    for name in named(found.url):
        writer.send(f"CLEAR SILENT GRAPH {name}")
    yield found


def named(url: str) -> set[ox.NamedNode]:
    """Give the named graphs of a server that are ours or foreign to it."""
    _, rows = Remote(url).point.rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    return {name for (name,) in rows if name.value.startswith((CGG, FOREIGN.value))}


def held(url: str) -> set[ox.Quad]:
    """Give what a server holds of our graph."""
    return set(Remote(url).quads())


def publish(quads, url: str, *, pauses=(), **more) -> tuple:
    """Publish statements; give the plan before and the plan after."""
    publication = Publication(lambda: quads, url)
    publication.writer.pauses = pauses
    before = publication.plan()
    return before, publication.apply(before, **more)


def test_a_first_publication_brings_everything_and_a_second_has_nothing_to_do(server):
    before, after = publish(OLD, server.url)
    again, _ = publish(OLD, server.url)

    assert (len(before.missing), before.extra, before.done) == (len(OLD), [], False)
    assert (after.missing, after.extra) == (set(), [])
    assert held(server.url) == set(OLD)
    assert again.done


def test_a_later_publication_adds_removes_and_prunes(server):
    publish(OLD, server.url)

    before, _ = publish(NEW, server.url)

    assert {graph.value for graph in before.withdrawn} == {f"{CGG}doc-{n}/L1" for n in range(4)}
    assert before.new == 3
    assert held(server.url) == set(NEW)
    assert not {graph for graph in named(server.url) if graph in before.withdrawn}


def test_a_plan_changes_nothing(server):
    publish(OLD, server.url)

    plan = Publication(lambda: NEW, server.url).plan()

    assert (len(plan.missing), len(plan.extra)) == (len(set(NEW) - set(OLD)), len(set(OLD) - set(NEW)))
    assert held(server.url) == set(OLD)


def test_the_hash_does_not_depend_on_the_order(server):
    shuffled = random.Random(1).sample(OLD, len(OLD))

    first, _ = publish(OLD, server.url)
    again, _ = publish(shuffled, server.url)

    assert again.done
    assert again.digest == first.digest != Publication(lambda: OLD[1:], server.url).plan().digest


def test_what_others_keep_on_the_server_is_left_alone(server):
    others = Publication(list, server.url).writer
    others.send(f"INSERT DATA {{ GRAPH {FOREIGN} {{ <x:a> <x:b> <x:c> }} }}")

    publish(OLD, server.url)
    publish(NEW, server.url)

    _, rows = Remote(server.url).point.rows(f"SELECT ?s WHERE {{ GRAPH {FOREIGN} {{ ?s ?p ?o }} }}")
    assert len(list(rows)) == 1


def test_a_default_graph_with_things_of_others_is_not_used(tmp_path):
    with servers.oxigraph(tmp_path) as server:
        Publication(list, server.url).writer.send("INSERT DATA { <x:a> <x:b> <x:c> }")

        plan, _ = publish(OLD, server.url)

        assert plan.named
        assert ACCEPTED in named(server.url)
        assert held(server.url) == set(OLD)


def test_a_server_that_shows_all_graphs_in_its_default_graph_gets_a_named_one(tmp_path):
    with servers.oxigraph(tmp_path, "--union-default-graph") as server:
        plan, _ = publish(OLD, server.url)

        assert plan.named
        assert held(server.url) == set(OLD)
        assert Remote(server.url).select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows[0][0].value == str(12 * 40)
        assert publish(OLD, server.url)[0].done


def test_what_was_tampered_with_is_put_right(server):
    publish(OLD, server.url)
    other = statement("evt-0-0", "purpose", "khác", "doc-0/L1")
    tamper = Publication(list, server.url).writer
    tamper.remove([quad for quad in OLD if quad.graph_name == other.graph_name][:3], lambda _: None)
    tamper.add([other], lambda _: None)

    before, _ = publish(OLD, server.url)

    assert (len(before.missing), len(before.extra)) == (3, 1)
    assert held(server.url) == set(OLD)


def test_removing_most_of_a_server_has_to_be_allowed(server):
    many = graph(range(20), 60)
    publish(many, server.url)

    with pytest.raises(StoreError, match="--replace"):
        publish(OLD[:1], server.url)
    assert held(server.url) == set(many)
    publish(OLD[:1], server.url, replace=True)
    assert held(server.url) == set(OLD[:1])


def test_an_unfinished_publication_is_noted_until_it_is_finished(server):
    publication = Publication(lambda: OLD, server.url)
    publication.writer.begin(named=publication.plan().named)

    assert Remote(server.url).unfinished
    publish(OLD, server.url)
    assert not Remote(server.url).unfinished


@pytest.mark.parametrize("stage", range(STAGES))
@pytest.mark.parametrize("first", [True, False], ids=["first", "later"])
def test_a_cut_line_loses_nothing_and_the_next_run_finishes(server, first, stage):
    start, goal = ([], OLD) if first else (OLD, NEW)
    whole = traffic(server, start, goal)
    line = servers.Line(server.port)
    line.die(int(whole * (stage + 0.5) / STAGES))

    with pytest.raises(UnreachableError):
        publish(goal, server.url.replace(str(server.port), str(line.port)))
    left = held(server.url)
    publish(goal, server.url, pauses=(0.1, 0.2))
    line.close()

    assert set(start) & set(goal) <= left <= set(start) | set(goal)
    assert held(server.url) == set(goal)
    assert not Remote(server.url).unfinished


def traffic(server, start: list[ox.Quad], goal: list[ox.Quad]) -> int:
    """Bring a server to the start; give the bytes that a publication of the goal sends and gets."""
    if start:
        publish(start, server.url)
    key = server.user, not start
    if key in TRAFFIC:
        return TRAFFIC[key]
    line = servers.Line(server.port)
    publish(goal, server.url.replace(str(server.port), str(line.port)))
    line.close()
    publish(start, server.url, replace=True)
    TRAFFIC[key] = line.passed
    return line.passed


def test_a_line_that_breaks_now_and_then_is_bridged(server):
    whole = traffic(server, OLD, NEW)
    line = servers.Line(server.port)
    line.cut(whole // 5, times=3)

    publish(NEW, server.url.replace(str(server.port), str(line.port)), pauses=(0.0, 0.1, 0.2))

    assert line.cuts_left == 0
    assert held(server.url) == set(NEW)
    line.close()


def test_dates_that_virtuoso_cannot_tell_apart_are_named_and_left_out(scratch, monkeypatch):
    for name, value in scratch.environment.items():
        monkeypatch.setenv(name, value)
    year, day = (
        ox.Quad(
            ox.NamedNode(CG + "evt-x"),
            ox.NamedNode(COOP + "startDate"),
            ox.Literal(text, datatype=ox.NamedNode(XSD + kind)),
            DEFAULT,
        )
        for text, kind in (("2019", "gYear"), ("2019-01-01", "date"))
    )
    quads = [*graph(range(2)), year, day]

    publish([*graph(range(2)), year], scratch.url, replace=True)
    plan, _ = publish(quads, scratch.url, replace=True)

    assert plan.unkept == {year}
    assert held(scratch.url) == set(quads) - {year}


def test_without_the_right_to_write_nothing_changes_and_the_password_is_not_told(scratch, monkeypatch):
    monkeypatch.setenv("COOPGRAPH_STORE_USER", "dba")
    monkeypatch.setenv("COOPGRAPH_STORE_PASSWORD", "geheim-und-falsch")

    with pytest.raises(StoreError, match="401") as told:
        publish(graph(range(20)), scratch.url, replace=True)

    assert "geheim" not in str(told.value) + told.value.vi


def test_an_address_for_updates_can_be_given(tmp_path):
    with servers.oxigraph(tmp_path) as server:
        wrong = Publication(lambda: OLD, server.url, server.url)
        right = Publication(lambda: OLD, server.url, server.url.replace("/query", "/update"))

        with pytest.raises((QueryError, StoreError)):
            wrong.apply(wrong.plan())
        right.apply(right.plan())
        assert held(server.url) == set(OLD)


def test_the_command_plans_publishes_and_has_nothing_left_to_do(call, tmp_path, atlas):
    with servers.oxigraph(tmp_path) as server:
        dry = call("publish", server.url, "--dry-run")
        empty = call("stats", "--store", server.url)
        done = call("publish", server.url)
        again = call("publish", server.url, "--lang", "vi")

        assert (dry.code, done.code, again.code) == (0, 0, 0)
        assert "Nothing was changed" in dry.stdout
        assert empty.code == 1
        assert "read back and found right" in done.stdout
        assert "đã khớp" in again.stdout
        assert held(server.url) == set(atlas.quads())
