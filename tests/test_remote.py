"""A graph on a server answers like the one here: same rows, names, sources, cards, maps and files, on every server."""

import functools
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pyoxigraph as ox
import pytest

import coopgraph
import servers
from coopgraph import evidence, queries
from coopgraph.exporters import content
from coopgraph.publish import Publication
from coopgraph.stores.remote import Remote
from mini import REPOSITORY

QUESTIONS = {
    f"{folder}/{name}": q for folder in ("", "maps", "stats") for name, q in queries.library(REPOSITORY, folder).items()
}
ENTITIES = [
    (name, parameter)
    for name, query in QUESTIONS.items()
    for parameter in query.parameters
    if parameter.kind not in ("date", "number", "text")
]
KINDS = {"country": "cty", "person": "per", "speaker": "per", "document": "doc", "topic": "topic", "event": "evt"}
"""Name or kind of a parameter → how the ids of what it takes begin."""
DAYS = ("1990-01-01", "2021-05-01", "2023-05-23", "2030-01-01")
AGREEMENT = "https://w3id.org/coopgraph/ns#Agreement"


@pytest.fixture(scope="module")
def opened(root):
    """Keep the graph on each server open."""
    return functools.cache(lambda url: coopgraph.open(root, store=url))


@pytest.fixture
def far(opened, server):
    """Give the graph on a server."""
    return opened(server.url)


def same(ours, theirs) -> None:
    """Compare two answers: everything in them, and the order of the rows; a list of things has no order."""
    assert theirs.columns == ours.columns
    assert list(map(unlisted, theirs.rows)) == list(map(unlisted, ours.rows))


def unlisted(row):
    """Give the cells of a row, lists of things as sets."""
    return [frozenset(evidence.listed(cell)) for cell in row]


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_gets_the_same_rows(atlas, far, name):
    same(atlas._answer(QUESTIONS[name], {}), far._answer(QUESTIONS[name], {}))


@pytest.mark.parametrize(("name", "parameter"), ENTITIES, ids=lambda part: getattr(part, "name", part))
def test_every_question_gets_the_same_rows_for_other_values(atlas, far, name, parameter):
    query = QUESTIONS[name]
    values = candidates(atlas, query, parameter)

    assert values, "nothing to ask about"
    for value in values:
        text = query.bind({parameter.name: value})
        same(atlas.store.select(text), far.store.select(text))


def candidates(atlas, query: queries.NamedQuery, parameter: queries.Parameter) -> list[ox.NamedNode]:
    """Give things of the kind that a parameter takes: from the answer itself, or named like its default."""
    table = atlas.store.select(query.text)
    found = (
        {row[table.columns.index(parameter.name)] for row in table.rows} if parameter.name in table.columns else set()
    )
    alike = re.match(r"cgv?:(\w+)-", parameter.default)
    kind = alike[1] if alike else KINDS.get(parameter.name, KINDS.get(parameter.kind, "per|org|evt"))
    known = things(atlas)
    found |= {one for one in known if re.search(f"/({kind})-", one.value)} or known
    return sorted((one for one in found if isinstance(one, ox.NamedNode)), key=str)[::7][:4]


@functools.cache
def things(atlas) -> set[ox.NamedNode]:
    """Give all things and concepts of a graph."""
    known = (quad.subject for quad in atlas.store.quads(None, None, None, ox.DefaultGraph()))
    return {one for one in known if re.search("/(id|vocab)/", one.value)}


@pytest.mark.parametrize(
    "name", [name for name, query in QUESTIONS.items() if "asOf" in {p.name for p in query.parameters}]
)
@pytest.mark.parametrize("day", DAYS)
def test_every_question_gets_the_same_rows_on_other_days(atlas, far, name, day):
    text = QUESTIONS[name].bind({"asOf": coopgraph.atlas.day(day)})

    same(atlas.store.select(text), far.store.select(text))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ["signatories", "posts-held", "conflicts", "relations", "documents"])
def test_names_and_sources_are_the_same(atlas, far, name, lang):
    assert far.ask(name, lang) == atlas.ask(name, lang)


@pytest.mark.parametrize(
    "thing", ["per-pham-thi-thanh-tra", "Bộ Nội vụ Lào", "evt-accsm-21", "cty-kh", "cgv:topic-training"]
)
def test_a_card_is_the_same(atlas, far, thing):
    assert far.show(thing) == atlas.show(thing)


@pytest.mark.parametrize("words", ["bo noi vu", "đào tạo", "MoHA", "po", "conference on civil"])
def test_a_search_finds_the_same(atlas, far, words):
    assert far.search(words, "vi") == atlas.search(words, "vi")


def test_paths_counts_and_maps_are_the_same(atlas, far):
    ends = "per-ha-quang-truong", "org-kr-nhi"

    assert far.path(*ends) == atlas.path(*ends)
    assert far.stats() == atlas.stats()
    assert undated(far.map(lang="vi")) == undated(atlas.map(lang="vi"))


def undated(page: str) -> str:
    """Take out the digest of the graph: of its files here, of its statements there."""
    return re.sub(r"\b[0-9a-f]{12}\b", "", page)


@pytest.mark.parametrize("form", ["ttl", "nq", "csv"])
def test_exports_are_the_same_bytes(atlas, far, form):
    assert content(form, far) == content(form, atlas)


@pytest.mark.parametrize(
    "text",
    [
        f"ASK {{ ?a a <{AGREEMENT}> }}",
        "ASK { ?a a <https://w3id.org/coopgraph/ns#Nothing> }",
        "SELECT ?a WHERE { ?a a coop:Nothing }",
        "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
        "SELECT ?o WHERE { ?s coop:approximate ?o } ORDER BY ?s LIMIT 3",
        'SELECT ?s WHERE { ?s skos:prefLabel "Bộ Nội vụ Việt Nam"@vi }',
        'SELECT ?x WHERE { BIND("{ # } ?y <" AS ?x) } # { comment',
        "SELECT ?s ?n WHERE { { SELECT ?s (COUNT(?o) AS ?n) WHERE { ?s coop:party ?o } GROUP BY ?s } } ORDER BY ?s",
    ],
)
def test_free_questions_get_the_same_answer(atlas, far, text):
    same(atlas.sparql(text), far.sparql(text))


@pytest.mark.parametrize(
    "text",
    [
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s a <{AGREEMENT}> ; ?p ?o }}",
        f"CONSTRUCT WHERE {{ ?s a <{AGREEMENT}> ; ?p ?o }}",
        "DESCRIBE cg:cty-vn",
        "DESCRIBE ?a cg:cty-vn WHERE { ?a a coop:Agreement }",
        "CONSTRUCT { ?s coop:none ?o } WHERE { ?s coop:none ?o }",
    ],
)
def test_free_questions_get_the_same_triples(atlas, far, text):
    assert set(far.sparql(text)) == set(atlas.sparql(text))


def test_an_rdflib_dataset_holds_the_same(atlas, far):
    assert {*far.dataset().quads()} == {*atlas.dataset().quads()}


def test_looking_up_many_things_takes_few_questions(far, monkeypatch):
    asked, send = [], type(far.store.point.line).send
    monkeypatch.setattr(
        type(far.store.point.line), "send", lambda *given, **more: asked.append(given) or send(*given, **more)
    )

    far.ask("relations")

    assert len(asked) < 12


def test_a_mistake_is_told_in_the_words_of_the_server(far):
    with pytest.raises(coopgraph.errors.QueryError, match="did not understand"):
        far.store.select("SELECT ?x WHERE { ?x ?y }")


@pytest.mark.parametrize(
    "command",
    [
        ["ask", "signatories", "--format", "table"],
        ["ask", "posts-held", "--as-of", "2022-08-05", "--lang", "vi"],
        ["show", "per-pham-thi-thanh-tra"],
        ["search", "bo", "noi", "vu"],
        ["path", "per-ha-quang-truong", "org-kr-nhi"],
        ["sparql", "-q", "SELECT ?a { ?a a coop:Agreement }"],
        ["stats"],
        ["brief", "cty-vn", "cty-la"],
        ["analyse", "degree"],
        ["map", "body-matrix", "--lang", "vi"],
        ["export", "nt"],
    ],
    ids=lambda words: words[0],
)
def test_every_reading_command_takes_a_store(call, server, command):
    here = call(*command)

    there = call(*command, "--store", server.url)

    assert (there.code, there.stderr) == (0, "")
    assert undated(there.stdout) == undated(here.stdout)


def test_the_store_can_stand_in_the_environment(call, server):
    assert (
        call("ask", "agreements", COOPGRAPH_STORE=server.url).stdout
        == call("ask", "agreements", COOPGRAPH_STORE="").stdout
    )


def test_a_server_without_our_graph_says_what_to_do(call, tmp_path):
    with servers.oxigraph(tmp_path) as empty:
        done = call("stats", "--store", empty.url)

    assert done.code == 1
    assert f"coopgraph publish {empty.url}" in done.stderr


def test_rows_that_virtuoso_cuts_off_are_not_taken_for_all(atlas, tmp_path):
    with servers.virtuoso(tmp_path, "ResultSetMaxRows = 50") as server:
        with pytest.raises(coopgraph.errors.StoreError, match="at most 50 rows"):
            Remote(server.url).select("SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }")
        with pytest.raises(coopgraph.errors.StoreError, match="at most 50 rows"):
            list(Remote(server.url).found("GRAPH ?g { ?s ?p ?o }"))


def test_an_unfinished_publication_is_told_with_every_answer(call, tmp_path, atlas):
    with servers.oxigraph(tmp_path) as server:
        publication = Publication(atlas.quads, server.url)
        publication.apply(publication.plan())
        publication.writer.begin(named=False)

        done = call("ask", "agreements", "--store", server.url, "--lang", "vi")

    assert done.code == 0
    assert f"coopgraph publish {server.url}" in done.stderr
    assert "chưa xong" in done.stderr


@pytest.mark.parametrize(
    ("url", "code"), [("http://localhost:1/query", 1), ("localhost", 1), ("http://a:b@localhost/", 1)]
)
def test_a_store_that_cannot_be_asked_is_told_in_one_line(call, url, code):
    done = call("stats", "--store", url)

    assert (done.code, done.stdout) == (code, "")
    assert done.stderr.startswith("coopgraph: ")
    assert done.stderr.count("\n") == 1


def test_several_threads_share_one_store(far):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: far.ask("signatories"), range(24)))

    assert all(answer == answers[0] for answer in answers)


def test_nothing_of_this_is_loaded_for_a_graph_on_disk(environment):
    code = (
        "import sys, coopgraph; from contextlib import nullcontext;"
        "coopgraph.open(watch=nullcontext).ask('signatories');"
        "print([name for name in ('http.client', 'ssl', 'coopgraph.stores.remote') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
