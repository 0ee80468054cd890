"""Questions end in time and within their memory, and nothing else suffers."""

import gc
import os
import subprocess
import sys
import threading
import time
from contextlib import nullcontext

import pytest

import coopgraph
from coopgraph.errors import QueryError
from coopgraph.stores.limits import Limits

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c != ?f) }"
HUNGRY = "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?g ?d ?a"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
QUICK = "ASK { ?a ?b ?c }"


@pytest.fixture(scope="module")
def graph(atlas, cache):
    """Give a way to open the graph of the tests with other settings."""

    def go(**settings: object):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("COOPGRAPH_CACHE", str(cache))
            return coopgraph.open(atlas.root, **settings)

    return go


@pytest.fixture(scope="module")
def hasty(graph):
    """Open the graph for impatient people."""
    return graph(limits=Limits(seconds=1, megabytes=2000))


def test_a_question_that_takes_too_long_is_ended_and_the_next_one_answered(hasty):
    with pytest.raises(QueryError, match="longer than 1 s"):
        hasty.sparql(ENDLESS)

    assert hasty.sparql(QUICK).rows[0][0].value == "true"


def test_the_work_itself_is_ended(hasty):
    with pytest.raises(QueryError):
        hasty.sparql(ENDLESS)

    assert hasty.store._worker is None


def test_a_question_that_takes_too_much_memory_is_ended_and_the_next_one_answered(graph):
    frugal = graph(limits=Limits(seconds=60, megabytes=100))

    with pytest.raises(QueryError, match="more than 100 MB"):
        frugal.sparql(HUNGRY)
    assert frugal.sparql(QUICK).rows[0][0].value == "true"


def test_an_answer_has_a_longest_length(graph):
    with pytest.raises(QueryError, match="answer is longer than"):
        graph().sparql(LONG)


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p ?o", "SELECT * { ?s nowhere:x ?o }"])
def test_a_mistake_is_told_as_ever(hasty, text):
    with pytest.raises(QueryError):
        hasty.sparql(text)


def test_both_ways_answer_alike(graph):
    here = graph(watch=nullcontext)
    there, copy = graph(), graph(memory=True)
    text = "SELECT ?s ?p ?o { ?s coop:topic ?o ; ?p ?o } ORDER BY STR(?s) STR(?p) STR(?o)"
    triples = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o . ?s a <https://w3id.org/coopgraph/ns#Agreement> }"

    assert here.sparql(text).rows == there.sparql(text).rows == copy.sparql(text).rows
    assert set(here.sparql(triples)) == set(there.sparql(triples)) == set(copy.sparql(triples))


def test_several_threads_share_one_graph(hasty):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: hasty.sparql(QUICK).rows, range(40)))

    assert len({str(answer) for answer in answers}) == 1


def test_a_worker_does_not_outlive_its_graph(graph):
    opened = graph()
    opened.sparql(QUICK)
    worker = opened.store._worker
    del opened
    gc.collect()

    assert worker.wait(10) is not None


def test_many_questions_are_watched_by_one_thread(hasty):
    hasty.sparql(QUICK)
    before = threading.active_count()
    for _ in range(50):
        hasty.sparql(QUICK)

    assert threading.active_count() == before


def test_a_question_put_after_the_clock_has_slept_through_a_pause_has_its_whole_time(graph):
    opened = graph(limits=Limits(seconds=1, megabytes=2000))
    opened.sparql(QUICK)
    first = opened.store._worker
    time.sleep(1.6)
    begun = time.monotonic()
    with pytest.raises(QueryError, match="longer than 1 s"):
        opened.sparql(ENDLESS)

    assert time.monotonic() - begun >= 1
    assert first.poll() is not None


def test_the_clock_goes_with_its_worker(graph):
    before = threading.active_count()
    opened = graph()
    opened.sparql(QUICK)
    watched = opened.store._clock
    opened.store.close()

    assert watched.gone.is_set()
    for _ in range(100):
        if threading.active_count() <= before:
            break
        time.sleep(0.02)
    assert threading.active_count() <= before


def test_a_worker_killed_from_outside_is_started_anew(hasty):
    hasty.sparql(QUICK)
    hasty.store._worker.kill()
    hasty.store._worker.wait()

    assert hasty.sparql(QUICK).rows[0][0].value == "true"


@pytest.mark.parametrize(
    ("option", "value", "text", "said"),
    [
        ("--time-limit", "1", ENDLESS, "took longer than 1 s"),
        ("--memory-limit", "100", HUNGRY, "more than 100 MB"),
    ],
)
def test_a_command_ends_with_one_line(run, tmp_path, option, value, text, said):
    (tmp_path / "q.rq").write_text(text, encoding="utf-8")

    done = run("sparql", str(tmp_path / "q.rq"), option, value)

    assert done.code == 1
    assert done.stdout == ""
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("value", ["0", "-1", "soon"])
def test_a_limit_that_makes_no_sense_is_refused(run, value):
    assert run("stats", "--time-limit", value).code == 2


def test_a_program_that_ends_leaves_no_worker_behind(environment):
    code = "import coopgraph; g = coopgraph.open(); g.sparql('ASK { ?s ?p ?o }'); print(g.store._worker.pid)"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    ).stdout
    for _ in range(100):
        if not _running(int(said)):
            break
        time.sleep(0.05)

    assert not _running(int(said))


def _running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
