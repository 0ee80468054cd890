"""Tables as text, for spreadsheets, for programs: whatever the cells hold."""

import csv
import io
import json
import re
import unicodedata
from html.parser import HTMLParser
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st
from rdflib.query import Result

from coopgraph import tables
from coopgraph.model import Evidence, Table
from coopgraph.stores.rdflib_view import from_ox
from coopgraph.terms import CG

XSD = "http://www.w3.org/2001/XMLSchema#"
HOSTILE = (
    "<script>alert(1)</script>",
    "</td><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "a | b || c",
    "\\| \\\\| \\",
    "`code | x`",
    "~~~ *x* _y_ **z**",
    "line\nbreak\r\nand | pipe",
    "http://evil.example/ www.evil.example",
    "&lt;script&gt; &amp;",
    "=1+1",
    "\u202eevil\u202c \u200f \u2066",
    "한국어 日本語 wide",
    "Bo\u0323\u0302 No\u0323\u0302i vu\u0323",
    "👩‍👩‍👧 🇻🇳",
    "\x1b[31mred\x1b[0m \x07 \x9b31m",
    "\u2028\u2029\x85\x0b\x0c",
    "a" * 300,
    "'",
    '"',
    "",
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(HOSTILE)
XML_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=60)
FORMULAS = ("=1+1", "+1+1", "-1-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|'/c calc'!A0", "\n=1")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def cells(text: st.SearchStrategy[str]) -> st.SearchStrategy[object]:
    """Make terms of every kind."""
    plain = text.map(ox.Literal)
    tagged = text.map(lambda value: ox.Literal(value, language="vi"))
    typed = st.integers(-(10**9), 10**9).map(ox.Literal) | st.booleans().map(ox.Literal)
    things = st.sampled_from(["org-vn-moha", "per-x", "evt-y-21"]).map(lambda name: ox.NamedNode(CG + name))
    return st.none() | plain | tagged | typed | things


def whole(text: st.SearchStrategy[str] = TEXT) -> st.SearchStrategy[Table]:
    """Make tables of one to six columns."""

    def filled(columns: int) -> st.SearchStrategy[Table]:
        rows = st.lists(st.tuples(*[cells(text)] * columns), max_size=4)
        heads = st.just(tuple(f"c_{n}" for n in range(columns)))
        return st.builds(made, heads, rows, text, sourced=st.booleans())

    return st.integers(1, 6).flatmap(filled)


def made(columns, rows, label="Bộ Nội vụ", *, sourced=False) -> Table:
    """Make a table in which one thing has a name."""
    evidence = (Evidence("doc-x", "L5s1+L9", "inferred", "low"), Evidence("doc-y", "whole"))
    sources = tuple(evidence for _ in rows) if sourced else ()
    return Table(tuple(columns), tuple(rows), "Title", {CG + "org-vn-moha": label}, sources)


def one(text: str, *, sourced: bool = False) -> Table:
    """Make a table with one cell."""
    return made(("x",), ((ox.Literal(text),),), sourced=sourced)


@given(table=whole(), columns=st.integers(40, 200))
@example(table=made("abcd", ((None, None, None, ox.Literal("한국어 日本語 wide")),), sourced=True), columns=40)
def test_no_line_is_wider_than_the_terminal_unless_a_single_word_is(table, columns):
    for line in tables.text(table, "en", columns).splitlines():
        words = re.split(r"\s+", line.strip())
        assert tables.width(line) <= columns or len(words) <= 2, (line, columns)


@given(table=whole(), columns=st.integers(-5, 200))
def test_no_control_character_reaches_the_terminal(table, columns):
    assert CONTROL.findall(tables.text(table, "vi", columns).replace("\n", "")) == []


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("columns", [40, 80])
def test_a_hostile_text_is_shown_whole_and_within_the_width(text, columns):
    shown = tables.text(one(text), "en", columns)

    letters = [letter for letter in text if letter.isprintable() and not letter.isspace()]
    assert [letter for letter in shown if letter in set(letters)][-len(letters) :] == letters or not letters
    assert max(map(tables.width, shown.splitlines())) <= columns


def test_columns_of_wide_and_combining_letters_stay_in_line():
    table = made(("a", "b"), [(ox.Literal(text), ox.Literal("|")) for text in ("한국어", "Bo\u0323\u0302", "abc")])

    lines = tables.text(table, "en", 60).splitlines()[2:]

    assert len({tables.width(line.partition("|")[0]) for line in lines}) == 1


def test_marks_do_not_count_and_wide_letters_count_twice():
    assert [tables.width(text) for text in ("", "abc", "Bộ", unicodedata.normalize("NFD", "Bộ"), "日本")] == [
        0,
        3,
        2,
        2,
        4,
    ]


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_an_empty_table_says_that_nothing_is_recorded(lang):
    assert tables.text(made(("a",), ()), lang, 80).strip() == {"en": "Nothing recorded.", "vi": "Chưa ghi nhận."}[lang]


@given(whole())
@example(one("\r"))
def test_csv_reads_back_with_what_was_written(table):
    rows = list(csv.reader(io.StringIO(tables.csv_(table), newline=""), strict=True))

    header, written = tables._flat(table)
    assert rows[0] == header
    assert [[cell.removeprefix("'") for cell in row] for row in rows[1:]] == [
        [cell.removeprefix("'") for cell in row] for row in written
    ]


@pytest.mark.parametrize("write", [tables.csv_, tables.tsv])
@pytest.mark.parametrize("text", FORMULAS)
def test_no_spreadsheet_runs_a_cell_as_a_formula(write, text):
    mark = "," if write is tables.csv_ else "\t"
    labelled = made(("x",), ((ox.NamedNode(CG + "org-vn-moha"),),), label=text)

    for table in (one(text), labelled):
        rows = list(csv.reader(io.StringIO(write(table), newline=""), delimiter=mark))
        assert [cell for cell in rows[1] if cell[:1] in set("=+-@\t\r\n")] == []


def test_a_negative_number_stays_a_number():
    rows = list(csv.reader(io.StringIO(tables.csv_(made(("n",), ((ox.Literal(-5),),))))))

    assert rows[1] == ["-5"]


@given(whole())
def test_tsv_has_one_line_for_each_row_and_one_field_for_each_column(table):
    lines = tables.tsv(table).split("\n")

    assert len(lines) == len(table.rows) + 2
    assert {line.count("\t") for line in lines[:-1]} == {lines[0].count("\t")}


@given(whole())
def test_json_is_valid_and_keeps_every_term(table):
    found = json.loads(tables.json_(table))

    assert found["head"]["vars"] == list(table.columns)
    assert len(found["results"]["bindings"]) == len(table.rows)
    for row, binding in zip(table.rows, found["results"]["bindings"], strict=True):
        kept = {name: term for name, term in zip(table.columns, row, strict=True) if term is not None}
        assert {name: cell["value"] for name, cell in binding.items()} == {
            name: term.value for name, term in kept.items()
        }


@given(whole())
def test_xml_is_well_formed_whatever_the_cells_hold(table):
    found = ElementTree.fromstring(tables.xml(table))

    assert len(found.findall(".//{*}result")) == len(table.rows)


@pytest.mark.parametrize(("write", "form"), [(tables.json_, "json"), (tables.xml, "xml")])
@given(table=whole(XML_TEXT))
def test_rdflib_reads_the_results_with_the_same_terms(write, form, table):
    found = Result.parse(io.BytesIO(write(table).encode()), format=form)

    wanted = [
        {rdflib.Variable(n): from_ox(t) for n, t in zip(table.columns, row, strict=True) if t is not None}
        for row in table.rows
    ]
    assert [dict(binding) for binding in found.bindings] == wanted


@given(whole())
@example(one("a\\|b"))
@example(one("x\\"))
@example(one("`a|b`"))
def test_a_markdown_table_keeps_its_rows_and_columns(table):
    lines = tables.markdown(table).split("\n")

    assert len(lines) == len(table.rows) + 3
    columns = len(table.columns) + bool(table.sources)
    assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines[:-1]} == {columns + 1}


@given(TEXT)
def test_a_markdown_cell_brings_no_html(text):
    tags: list[str] = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, _: tags.append(tag)
    reader.feed(tables.markdown(one(text, sourced=True)))

    assert tags == []


@pytest.mark.parametrize(
    "text", ["[x](javascript:alert(1))", "![x](http://x/)", "*x*", "_x_", "`x`", "<http://x/>", "~~x~~"]
)
def test_a_markdown_cell_is_text_and_nothing_else(text):
    cell = tables.markdown(one(text)).splitlines()[2][2:-2]

    assert not re.search(r"(?<!\\)[\[*_`~<]", cell), cell


@pytest.fixture(scope="module")
def answers(atlas) -> dict[str, Table]:
    """Answer every question."""
    return {query.name: atlas.ask(query.name) for query in atlas.questions.values()}


READERS = {
    "csv": lambda text: len(list(csv.reader(io.StringIO(text, newline="")))) - 1,
    "tsv": lambda text: len(list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))) - 1,
    "json": lambda text: len(Result.parse(io.BytesIO(text.encode()), format="json").bindings),
    "xml": lambda text: len(Result.parse(io.BytesIO(text.encode()), format="xml").bindings),
    "md": lambda text: len(text.splitlines()) - 2,
}


@pytest.mark.parametrize("form", READERS)
def test_every_answer_reads_back_with_as_many_rows_in_every_form(answers, form):
    assert set(READERS) == set(tables.FORMATS)
    for name, table in answers.items():
        assert READERS[form](tables.FORMATS[form](table)) == len(table.rows), name


@pytest.mark.parametrize("form", READERS)
def test_the_command_line_writes_each_form(call, answers, form):
    assert READERS[form](call("ask", "commitments", "--format", form).stdout) == len(answers["commitments"].rows)


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_every_answer_fits_the_terminal(answers, columns):
    for name, table in answers.items():
        lines = tables.text(table, "en", columns).splitlines()
        assert [line for line in lines if tables.width(line) > columns] == [], name
