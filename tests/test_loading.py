"""Loading beside the build: the same statements as `lift`, whatever the pieces and processes."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import mini
from coopgraph.loaders import chunks, plain
from coopgraph.loading import MOST_ISSUES
from rows import HEADER, ROW, by_lift, file, loaded, many, table

CELLS = {
    "source": ["doc-x", "doc-y", "", "Doc"],
    "at": ["L1", "L5s9~inferred", "row3|per-an~low", "", "page 3"],
    "meeting": ["evt-x", "evt-y", "", "org-x", "EVT"],
    "class": ["meeting", "visit", "participation", "membership", "country", "dog", ""],
    "id": ["evt-x", "par-x", "", "cty-vn"],
    "participation": ["", "par-x"],
    "participant": ["org-vn-moha", "per-an", "", "nobody", "per-an; per-binh"],
    "activity": ["evt-x", "", "evt-y"],
    "role": ["host", "", "speaker", "king"],
    "name.vi": ["Họp", " Họp ", "", "A; B", "a\nb", 'x "y"'],
    "name.en": ["Meeting", ""],
    "name": ["Họp", ""],
    "name.": ["Họp", ""],
    "alias.vi": ["", "A; B", "A; ; B"],
    "name.Việt": ["", "x"],
    "date": ["2022-08-05", "2022-08", "", "5/8/2022", "2022; 2023"],
    "number": ["1", "01", "", "2"],
    "topics": ["training", "training; digital", "", "trainin", "training;digital"],
    "outcome": ["held", ""],
    "quantities": ["", "20 person"],
    "budget": ["", "20 usd"],
    "participants": ["", "per-an"],
    "same_as": ["", "https://example.org/x", "evt-z"],
    "ongoing": ["true", "", "yes"],
    "start_earliest": ["", "2022-01-01"],
    "nonsense": ["", "x"],
}


@st.composite
def tables_of_any_kind(draw) -> tuple[list[str], list[list[str]]]:
    """Make a header of keys right and wrong, and rows below it."""
    first = draw(st.sampled_from(["meeting", "class", "participation", "date"]))
    rest = draw(
        st.lists(st.sampled_from([key for key in CELLS if key not in ("source", "at", first)]), max_size=5, unique=True)
    )
    header = [*draw(st.permutations(["source", "at"])), first, *rest]
    header = header[draw(st.integers(0, 9)) == 0 :]
    row = st.tuples(*(st.sampled_from(CELLS[key]) for key in header)).map(list)
    return header, draw(st.lists(row, min_size=1, max_size=4))


@given(tables_of_any_kind())
@example((HEADER, [ROW, ROW]))
@example(
    (["source", "at", "participation", "activity", "participant", "role"], [["doc-x", "L1", "", "evt-x", "per-an", ""]])
)
@example((["source", "at", "class", "id", "name.vi"], [["doc-x", "L1", "meeting", "evt-x", "Họp"]]))
def test_every_table_gives_the_statements_and_the_messages_of_lift(tmp_path_factory, made):
    header, rows = made
    path = file(tmp_path_factory.mktemp("any"), table(rows, header))

    assert loaded(path) == by_lift(path)


def test_plain_rows_do_go_the_short_way(monkeypatch, tmp_path):
    monkeypatch.setattr(plain, "lift", None)

    quads, wrong = loaded(file(tmp_path, table(many(50))))

    assert (len(quads), wrong) == (50 * (9 + 4), [])


@pytest.mark.parametrize("size", [1, 150, 10_000_000])
def test_pieces_and_processes_do_not_show(monkeypatch, tmp_path, size):
    path = file(tmp_path, table(many(200)))
    monkeypatch.setattr(chunks, "SIZE", size)

    assert loaded(path) == loaded(path, processes=2) == by_lift(path)


@given(st.lists(st.lists(st.text('ab",\r\n ', max_size=4), min_size=2, max_size=2), max_size=12), st.integers(1, 40))
def test_rows_are_never_cut(tmp_path_factory, rows, size):
    path = file(tmp_path_factory.mktemp("cut"), table([["x", "y"], *rows], ["a", "b"], csv.QUOTE_ALL))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "SIZE", size)
        pieces = list(chunks.pieces(path, "t.csv"))

    assert [row for piece in pieces for _, row in piece.rows("t.csv")] == [["x", "y"], *rows]


@pytest.mark.parametrize(
    "text", ['a,b\n1,x"y\n2,"p\nq"\n3,z"\n4,"r\ns"\n', 'a,b\r\n1,"x\r\ny"\r\n2,z\r\n', "a,b\n\n1,2\n\n\n3,4"]
)
@pytest.mark.parametrize("size", range(1, 30))
def test_stray_quotes_and_line_ends_do_not_mislead_the_cut(monkeypatch, tmp_path, text, size):
    monkeypatch.setattr(chunks, "SIZE", size)
    path = file(tmp_path, text)

    found = [(line, row) for piece in chunks.pieces(path, "t.csv") for line, row in piece.rows("t.csv")]

    reader = csv.reader(io.StringIO(text, newline=""))
    assert found == [(reader.line_num, row) for row in reader if row][1:]


WRONG = {
    "no header": ("", "t.csv:1: the file is empty"),
    "mark": ("\ufeff" + table([ROW]), "t.csv:1: the file starts with a byte order mark; save it as UTF-8 without BOM"),
    "not utf-8": (table([ROW]).encode() + b'doc-x,L2,evt-y,"\xff",,,,,\n', "t.csv:3: the file is not UTF-8"),
    "columns": (table([ROW, ROW[:-1]]), "t.csv:3: the row has 8 cells and the header has 9"),
    "quote": (table([ROW]) + 'doc-x,L1,"evt-y', "t.csv:3: not readable as CSV: unexpected end of data"),
    "key twice": ("source,at,meeting,meeting\n", "t.csv:1: 'meeting' stands twice in this record"),
    "hidden": (
        table([ROW, [*ROW[:3], "Họp\u200b", *ROW[4:]]]),
        "t.csv:3: the text holds the invisible character U+200B",
    ),
    "date": (table([ROW, [*ROW[:5], "5/8/2022", *ROW[6:]]]), "t.csv:3: '5/8/2022' is not a date like 2023-05-23"),
}


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(("content", "wanted"), WRONG.values(), ids=WRONG)
def test_a_problem_is_told_with_its_line_and_nothing_is_written(tmp_path, content, wanted, processes):
    quads, wrong = loaded(file(tmp_path, content), processes)

    assert quads == set()
    assert len(wrong) == 1
    assert wrong[0].startswith(wanted)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.csv"]


def test_lines_are_counted_across_pieces(monkeypatch, tmp_path):
    monkeypatch.setattr(chunks, "SIZE", 300)
    rows = many(50)
    rows[41][5] = "soon"
    path = file(tmp_path, table(rows))

    assert loaded(path)[1] == by_lift(path)[1] != []


def test_reading_stops_after_so_many_problems(call, tmp_path):
    path = file(tmp_path, table([[*ROW[:5], "soon", *ROW[6:]]] * 1000))

    done = call("load", path, "-o", tmp_path / "out.nq", "--root", mini.REPOSITORY)

    lines = done.stderr.splitlines()
    assert (done.code, len(lines)) == (1, MOST_ISSUES + 1)
    assert lines[-1] == (
        f"coopgraph: Problems: {MOST_ISSUES} and perhaps more, the rest was not read. Nothing was written to {tmp_path}/out.nq."
    )


def test_a_quote_that_never_closes_ends_the_reading(monkeypatch, tmp_path):
    monkeypatch.setattr(chunks, "SIZE", 100)
    monkeypatch.setattr(chunks, "MOST", 1000)

    _, wrong = loaded(file(tmp_path, table([ROW]) + 'doc-x,L1,"' + table([ROW] * 50)))

    assert wrong == ["t.csv:3: the row that begins here does not end within 1000 bytes; is a closing quote missing?"]
