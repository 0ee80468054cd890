"""The command that measures, on the repository's graph: what must hold of every number, and the walk of a newcomer."""

import csv
import io
import re

import pyoxigraph as ox
import pytest

from coopgraph import measures
from coopgraph.analysis import PAIR, QUESTIONS, TITLES, Options, study
from coopgraph.model import Table
from coopgraph.studies import COLUMNS, NUMBERS
from coopgraph.tables import width
from coopgraph.terms import CG

MEASURES = {**dict.fromkeys((*TITLES, *QUESTIONS), ()), "paths": ("one=per-ha-quang-truong", "other=org-kr-nhi")}
VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")


def numbers(table, column: str) -> dict[str, float]:
    """Give the numbers in a column by the thing they are about."""
    at = table.columns.index("thing"), table.columns.index(column)
    return {row[at[0]].value.rpartition("/")[2]: float(row[at[1]].value) for row in table.rows}


@pytest.mark.parametrize("measure", COLUMNS)
def test_every_number_has_sources_and_its_own_columns(atlas, measure):
    table = atlas.analyse(measure)

    assert table.columns == COLUMNS[measure]
    assert len(table.rows) == len(table.sources) > 0
    assert [row for row, found in zip(table.rows, table.sources, strict=True) if not found] == []


@pytest.mark.parametrize("name", ["ties", "relations", "country-matrix"])
def test_degrees_are_twice_the_ties_and_open_to_as_many_things(atlas, name):
    degree = numbers(atlas.analyse("degree", network=name), "degree")
    made = study(atlas, Options(name))

    assert sum(degree.values()) == 2 * made.ties.number_of_edges()
    for thing in list(degree)[:5]:
        ends = {end for tie in made.of(thing) for end in tie[:2]} - {thing}
        assert len(ends) == degree[thing]


@pytest.mark.parametrize("name", ["ties", "relations"])
def test_no_country_topic_series_or_place_is_measured_among_others(atlas, name):
    found = numbers(atlas.analyse("degree", network=name), "degree")

    assert [thing for thing in found if thing.startswith(("cty-", "topic-", "ser-", "plc-"))] == []


def test_countries_are_measured_where_the_network_is_about_them(atlas):
    found = numbers(atlas.analyse("degree", network="country-matrix", kind="country"), "degree")

    assert max(found, key=found.__getitem__) == "cty-vn"


@pytest.mark.parametrize("measure", NUMBERS)
def test_ranks_fall_and_equals_are_in_order_of_ids(atlas, measure):
    found = numbers(atlas.analyse(measure), measure)

    assert list(found) == sorted(found, key=lambda name: (-found[name], name))
    assert measure == "degree" or all(0 <= number <= 1 for number in found.values())


def test_communities_divide_everything_that_is_tied(atlas):
    table = atlas.analyse("communities")

    groups = [int(row[0].value) for row in table.rows]
    assert groups == sorted(groups)
    assert set(numbers(table, "community")) == set(numbers(atlas.analyse("degree"), "degree"))
    assert [groups.count(number) for number in sorted(set(groups))] == [
        int(size) for _, size in sorted({(int(row[0].value), row[1].value) for row in table.rows})
    ]


def test_as_many_paths_as_are_asked_for_the_best_first(atlas):
    asked = dict(zip(PAIR, ("per-ha-quang-truong", "org-kr-nhi"), strict=True))
    found = {most: atlas.analyse("paths", top=most, **asked) for most in (1, 5)}

    assert found[1].rows == found[5].rows[: len(found[1].rows)]
    assert {row[0].value for row in found[5].rows} == set("12345")
    assert all(found[5].sources)


def test_size_and_colour_of_a_map_are_the_numbers_of_the_tables(atlas, page):
    opened = page(atlas.map(size="degree", colour="communities"))
    degree = numbers(atlas.analyse("degree"), "degree")

    shown = opened.page.evaluate(
        "() => Object.fromEntries(JSON.parse(document.getElementById('data').textContent).nodes.map(n => [n.id, n.weight || 0]))"
    )
    assert opened.problems == []
    assert {name: weight for name, weight in shown.items() if weight} == {
        name: degree[name] for name in shown if name in degree
    }


@pytest.mark.parametrize("measure", MEASURES)
def test_the_command_says_what_python_says(call, measure):
    done = call("analyse", measure, *MEASURES[measure], "--format", "csv")

    assert (done.code, done.stderr) == (0, "")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert rows
    assert [row for row in rows if not row["sources"]] == []


@pytest.mark.parametrize("measure", ["communities", "betweenness", "brokers", "co-attendance"])
def test_two_runs_give_the_same_bytes_whatever_the_seed_of_hashes(run, measure):
    one, other = (run("analyse", measure, PYTHONHASHSEED=seed) for seed in ("1", "2"))

    assert one.stdout == other.stdout != ""


def test_without_a_measure_all_are_listed_with_their_blanks(call):
    done = call("analyse")

    assert [line.split()[0] for line in done.stdout.splitlines() if line[0] != " "] == list(MEASURES)
    assert "(since=… until=…)" in done.stdout
    assert "(one=… other=…)" in done.stdout


def test_a_terminal_gets_the_first_rows_and_the_way_to_the_rest(call):
    done = call("analyse", "degree", "--format", "table")

    rows = done.stdout.split("──\n")[-1].splitlines()
    assert len([row for row in rows if re.search(r"\d +\d+$", row)]) == 20
    assert "--top 0" in done.stderr
    assert re.search(r"coopgraph analyse degree --facts [a-z-]+", done.stderr)


def test_the_way_to_the_facts_leads_there(call, shell):
    for measure in ("degree", "partners", "communities"):
        told = call("analyse", measure, "--format", "table").stderr

        done = shell(re.search(r"coopgraph analyse .+", told)[0] + " --format table")

        assert (done.code, done.stderr) == (0, "")
        assert "[1]" in done.stdout


def test_a_pipe_gets_all_rows_and_nothing_else(call):
    shown = call("analyse", "degree", "--format", "table", "--top", "0").stdout
    done = call("analyse", "degree")

    assert done.stderr == ""
    assert len(done.stdout.splitlines()) - 1 == len([row for row in shown.splitlines() if re.search(r"\d +\d+$", row)])


def test_sources_are_counted_named_or_left_out_as_asked(call):
    shown = {
        ask: call("analyse", "degree", "--format", "table", *ask.split()).stdout
        for ask in ("", "--sources", "--no-sources")
    }

    assert "Documents behind it" in shown[""]
    assert "\n[1] " in shown["--sources"]
    assert not re.search(r"\[1\]|Documents", shown["--no-sources"])


@pytest.mark.parametrize("measure", MEASURES)
def test_a_narrow_terminal_is_readable(call, measure):
    done = call("analyse", measure, *MEASURES[measure], "--format", "table", "--no-sources", COLUMNS="40")

    assert [line for line in done.stdout.splitlines()[1:] if width(line) > 40 and " " in line.strip()] == []


@pytest.mark.parametrize("measure", MEASURES)
def test_vietnamese_is_spoken(call, measure):
    done = call("analyse", measure, *MEASURES[measure], "--lang", "vi", "--format", "table")

    title, _, heads = done.stdout.splitlines()[:3]
    assert VIETNAMESE.search(title)
    assert VIETNAMESE.search(heads)


MISTAKES = {
    "measure mistyped": (["degre"], 1, "'degree'"),
    "measure unknown": (["xyzzy"], 1, "betweenness"),
    "class mistyped": (["degree", "--kind", "persn"], 1, "person"),
    "class unknown": (["degree", "--kind", "xyzzy"], 1, "ministry"),
    "thing unknown": (["degree", "--facts", "org-vn-mohaa"], 1, "org-vn-moha"),
    "thing without ties": (["degree", "--facts", "cty-vn"], 1, "coopgraph show cty-vn"),
    "one of a pair": (["partners", "--facts", "cty-vn"], 1, "--facts cty-kr"),
    "network unknown": (["degree", "--network", "tise"], 1, "'ties'"),
    "blank unknown": (["degree", "country=cty-vn"], 1, "since"),
    "option as a blank": (["co-attendance", "kind=organisation"], 2, "--kind organisation"),
    "rows as a blank": (["degree", "top=5"], 2, "--top 5"),
    "language as a blank": (["degree", "lang=vi"], 2, "--lang vi"),
    "argument as a blank": (["degree", "measure=x"], 2, "'measure'"),
    "name as a blank": (["degree", "name=x"], 1, "since, until"),
    "not key=value": (["gaps", "2024-01-01"], 2, "key=value"),
    "day in another order": (["gaps", "since=1/1/2024"], 1, "2022-08-05"),
    "rows below none": (["degree", "--top", "-1"], 2, "--top"),
    "rows not a number": (["degree", "--top", "x"], 2, "--top"),
    "no ends": (["paths"], 1, "one="),
    "same ends": (["paths", "one=org-vn-moha", "other=org-vn-moha"], 1, "same"),
    "form unknown": (["degree", "--format", "xls"], 2, "csv"),
}


@pytest.mark.parametrize(("args", "code", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_gets_one_line_with_the_way_out(call, args, code, told):
    done = call("analyse", *args)

    assert (done.code, done.stdout, done.stderr.count("\n")) == (code, "", 1), done.stderr
    assert told in done.stderr


@pytest.mark.parametrize("option", ["--size", "--colour"])
def test_a_map_refuses_what_gives_no_number(call, option):
    done = call("map", option, "gaps")

    assert (done.code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "degree" in done.stderr


@pytest.mark.parametrize(
    "args", [["ask", "signatories", "lang=vi"], ["ask", "signatories", "name=x"], ["map", "ties", "depth=2"]]
)
def test_no_command_takes_its_own_options_for_blanks(call, args):
    done = call(*args)

    assert (done.code, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_a_text_that_only_begins_like_an_id_is_no_list_of_things(atlas):
    table = Table(("x",), ((ox.Literal(f"{CG}org-vn-moha <nothing>"),),))

    assert atlas.evidence.rows(table) == ((),)


def test_a_pipe_closed_early_is_quiet(shell):
    done = shell("coopgraph analyse degree | head -c 5; exit ${PIPESTATUS[0]}")

    assert (len(done.stdout), done.stderr) == (5, "")


def test_the_answer_is_the_same_without_the_quick_library(atlas, monkeypatch):
    quick = atlas.analyse("betweenness")
    monkeypatch.setitem(__import__("sys").modules, "rustworkx", None)

    assert atlas.analyse("betweenness") == quick
    assert measures.betweenness(study(atlas, Options()).ties)
