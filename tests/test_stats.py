"""The statistics count what is there: each number is counted a second time, from the quads, or by a question."""

import os
import subprocess
import sys
from collections import defaultdict
from itertools import pairwise

import pyoxigraph as ox
import pytest

import mini
from coopgraph import tables
from coopgraph.terms import CG, CGG, CGV, COOP, SKOS

PROVENANCE = ox.NamedNode(CGG + "provenance")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
NARROW = 40


@pytest.fixture(scope="module")
def counted(atlas) -> dict[str, dict[str, list[str]]]:
    """Give the statistics: name → first cell → the other cells."""
    rows = {}
    for query, table in zip(atlas.counted, atlas.stats(), strict=True):
        cells = [[tables.cell(term) for term in row] for row in table.rows]
        rows[query.name] = {first: rest for first, *rest in cells}
    return rows


@pytest.fixture(scope="module")
def claims(atlas) -> dict[str, dict[str, set[str]]]:
    """Give every claim graph with what is said of it: property → values."""
    found = defaultdict(lambda: defaultdict(set))
    for quad in atlas.store.quads(None, None, None, PROVENANCE):
        found[quad.subject.value][quad.predicate.value.removeprefix(COOP)].add(quad.object.value)
    return {graph: said for graph, said in found.items() if "source" in said}


@pytest.fixture(scope="module")
def statements(atlas, claims) -> dict[tuple, list[str]]:
    """Give every statement with the graphs that make it."""
    found = defaultdict(list)
    for graph in claims:
        for quad in atlas.store.quads(None, None, None, ox.NamedNode(graph)):
            if quad.predicate.value != COOP + "alsoReportedBy":
                found[quad.subject, quad.predicate, quad.object].append(graph)
    return found


def of_class(atlas, name: str) -> set[str]:
    return {quad.subject.value for quad in atlas.store.quads(None, TYPE, ox.NamedNode(COOP + name), ox.DefaultGraph())}


def having(atlas, name: str) -> set[str]:
    return {quad.subject.value for quad in atlas.store.quads(None, ox.NamedNode(COOP + name), None, ox.DefaultGraph())}


def test_every_statistic_has_rows_a_title_and_headings_in_both_languages(atlas):
    assert len(atlas.counted) >= 9
    for query, table in zip(atlas.counted, atlas.stats(), strict=True):
        assert table.rows, query.name
        assert {*table.columns} == {*query.columns}, query.name
        assert all(said["en"] != said["vi"] for said in [query.title, *query.columns.values()])


def test_statements_are_counted_once_and_by_their_documents(counted, claims, statements):
    single = [s for s, graphs in statements.items() if len({d for g in graphs for d in claims[g]["source"]}) == 1]

    assert int(counted["certainty"]["cgv:measure-statements"][0]) == len(statements)
    assert int(counted["certainty"]["cgv:measure-one-document"][0]) == len(single)


def test_a_statement_is_as_sure_as_its_best_claim(counted, claims, statements):
    def rank(graph: str) -> tuple[bool, int, bool]:
        said = claims[graph]
        level = {CGV + "confidence-medium": 2, CGV + "confidence-low": 1}
        sure = min((level[value] for value in said.get("confidence", ())), default=3)
        exact = max(place != "whole" for place in said["locator"])
        return CGV + "assertion-stated" in said["assertionMode"], sure, exact

    best = [max(map(rank, graphs)) for graphs in statements.values()]
    wanted = {
        "exact-place": sum(exact for _, _, exact in best),
        "inferred": sum(not stated for stated, _, _ in best),
        "medium": sum(sure == 2 for _, sure, _ in best),
        "low": sum(sure == 1 for _, sure, _ in best),
    }
    for name, count in wanted.items():
        shown, percent = counted["certainty"][f"cgv:measure-{name}"]
        assert int(shown) == count, name
        assert abs(float(percent) - 100 * count / len(best)) <= 0.05, name


def test_disagreements_are_those_that_the_question_lists_as_open(atlas, counted):
    open_ = defaultdict(set)
    for subject, property_, *_, status in atlas.ask("conflicts").rows:
        if status.value == CGV + "status-open":
            open_[tables.cell(property_)].add(subject)

    assert {name: int(cells[0]) for name, cells in counted["disagreements"].items()} == {
        name: len(things) for name, things in open_.items()
    }


def test_gaps_are_what_lacks_of_all_there_are(atlas, counted):
    tenures, agreements = of_class(atlas, "Tenure"), of_class(atlas, "Agreement")
    wanted = {
        "tenure-no-start": (tenures, having(atlas, "startDate")),
        "tenure-undated": (tenures, having(atlas, "startLatest")),
        "agreement-undated": (agreements, having(atlas, "signedOn")),
    }
    for name, (all_, known) in wanted.items():
        assert counted["gaps"][f"cgv:gap-{name}"] == [str(len(all_ - known)), str(len(all_))], name
    assert all(int(count) <= int(of) for count, of in counted["gaps"].values())


def test_names_are_missed_and_supplied_language_by_language(atlas, counted):
    named = defaultdict(set)
    for quad in atlas.store.quads(None, ox.NamedNode(SKOS + "prefLabel"), None, ox.DefaultGraph()):
        if quad.subject.value.startswith(CG):
            named[quad.object.language].add(quad.subject)
    supplied = atlas.store.quads(None, ox.NamedNode(COOP + "nameSupplied"), None, ox.DefaultGraph())
    own = [quad.object.value for quad in supplied]

    for lang in ("vi", "en"):
        missing = set().union(*named.values()) - named[lang]
        assert counted["names"][lang] == [str(len(named[lang])), str(len(missing)), str(own.count(lang))], lang


def test_publishers_are_few_and_the_first_gives_most(counted):
    claims = [int(cells[1]) for cells in counted["counts-by-publisher"].values()]

    assert 1 < len(claims) <= 20
    assert all(more >= less for more, less in pairwise(claims))


def test_decades_are_ten_years_long_and_in_order(counted):
    decades = list(counted["counts-by-decade"])

    assert decades == sorted(decades)
    assert all(int(decade[5:]) - int(decade[:4]) == 9 and decade[3] == "0" for decade in decades)


def test_a_country_has_the_documents_that_speak_of_what_it_did(atlas, counted):
    (country, (documents, facts, single, *_)), *_ = counted["sources-by-country"].items()
    found = atlas.sparql(
        f"""SELECT DISTINCT ?thing ?document WHERE {{
          {{ ?thing coop:countryInvolved cg:{country} FILTER NOT EXISTS {{ ?thing coop:partOf ?whole }} }}
          UNION {{ ?thing a coop:Agreement ; coop:party ?party .
            FILTER(?party = cg:{country} || EXISTS {{ ?party coop:country cg:{country} }}) }}
          GRAPH ?g {{ ?thing ?property ?value }} GRAPH cgg:provenance {{ ?g coop:source ?document }}
        }}"""
    )

    things = {thing: {row[1] for row in found.rows if row[0] == thing} for thing, _ in found.rows}
    assert (int(facts), int(documents)) == (len(things), len({row[1] for row in found.rows}))
    assert int(single) == sum(len(said) == 1 for said in things.values())


def test_the_least_sourced_country_comes_first(counted):
    documents = [int(cells[0]) for cells in counted["sources-by-country"].values()]

    assert documents == sorted(documents)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_command_shows_every_heading_in_the_language(call, atlas, lang):
    shown = " ".join(call("stats", "--lang", lang, "--format", "table", COLUMNS="200").stdout.split())

    for query in atlas.counted:
        assert query.title[lang] in shown
        assert all(said[lang] in shown for said in query.columns.values()), query.name


def test_the_command_lists_no_document_one_by_one(call):
    lines = call("stats", "--format", "table", COLUMNS="100").stdout.splitlines()

    assert len(lines) < 400
    assert max(map(tables.width, lines)) <= 100


def test_the_generated_pages_are_up_to_date(environment):
    """Or else: make docs."""
    script = mini.REPOSITORY / "docs" / "generate.py"
    done = subprocess.run(
        [sys.executable, script, "--check"], env=os.environ | environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
