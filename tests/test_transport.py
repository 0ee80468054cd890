"""What goes over the line to a server, and what comes back: whole, in time, or told in plain words in both languages."""

import threading
import time
from urllib.parse import parse_qs, urlsplit

import pytest

from coopgraph.errors import QueryError, StoreError, UnreachableError
from coopgraph.stores.limits import Limits
from coopgraph.stores.protocol import Endpoint
from fakes import JSON, ROWS, Fake, ask, rows


def test_short_questions_are_got_and_long_ones_posted(fake):
    long = f"SELECT ?a {{ # {'x' * 5000}\n}}"

    assert ask(fake) == ask(fake, long) == 500
    (got, path, *_), (posted, _, headers, body) = fake.asked
    assert (got, parse_qs(urlsplit(path).query)["query"]) == ("GET", ["SELECT ?a {}"])
    assert (posted, parse_qs(body.decode())["query"]) == ("POST", [long])
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_what_stands_in_the_address_stays_there_and_is_not_shown(fake):
    fake.url += "?key=" + "abc123"
    ask(fake)
    fake.reply = lambda on: on.give(404, b"")

    with pytest.raises(StoreError) as told:
        ask(fake)

    assert parse_qs(urlsplit(fake.asked[0][1]).query)["key"] == ["abc123"]
    assert "abc123" not in str(told.value)


def test_one_connection_serves_many_questions(fake):
    point, ports = Endpoint(fake.url, Limits()), set()
    fake.reply = lambda on: (ports.add(on.client_address), on.give(200, ROWS))

    for _ in range(5):
        list(point.rows("SELECT ?a {}")[1])

    assert len(ports) == 1


def test_a_connection_that_the_server_closed_meanwhile_is_replaced(fake):
    point = Endpoint(fake.url, Limits())
    fake.reply = lambda on: (on.give(200, ROWS), setattr(on, "close_connection", True))

    for _ in range(3):
        assert len(list(point.rows("SELECT ?a {}")[1])) == 500
        time.sleep(0.05)


def test_rows_come_as_they_arrive(fake):
    gate = threading.Event()

    def slowly(on: Fake) -> None:
        on.send_response(200)
        on.send_header("Content-Type", JSON)
        on.send_header("Content-Length", str(len(ROWS)))
        on.end_headers()
        on.wfile.write(ROWS[:9000])
        on.wfile.flush()
        gate.wait(10)
        on.wfile.write(ROWS[9000:])

    fake.reply = slowly
    found = Endpoint(fake.url, Limits()).rows("SELECT ?a {}")[1]

    first = next(found)
    gate.set()

    assert first[0].value == "x"
    assert len(list(found)) == 499


def test_answers_may_come_in_chunks(fake):
    def chunked(on: Fake) -> None:
        on.send_response(200)
        on.send_header("Content-Type", JSON)
        on.send_header("Transfer-Encoding", "chunked")
        on.end_headers()
        for start in range(0, len(ROWS), 1000):
            part = ROWS[start : start + 1000]
            on.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
        on.wfile.write(b"0\r\n\r\n")

    fake.reply = chunked

    assert ask(fake) == 500


@pytest.mark.parametrize("kept", [10, 3000, len(ROWS) - 1])
def test_an_answer_that_breaks_off_is_no_answer(fake, kept):
    fake.reply = lambda on: on.give(200, ROWS[:kept], length=len(ROWS))

    with pytest.raises(UnreachableError, match="broke before"):
        ask(fake)


def test_triples_that_break_off_between_two_lines_are_noticed(fake):
    lines = b"<x:a> <x:b> <x:c> .\n" * 50
    fake.reply = lambda on: on.give(200, lines[:200], length=1000, Content_Type="application/n-triples")

    with pytest.raises(UnreachableError, match="broke before"):
        list(Endpoint(fake.url, Limits()).triples("CONSTRUCT {} {}"))


@pytest.mark.parametrize(
    ("status", "kind", "words", "vi"),
    [
        (400, QueryError, "did not understand: Error: no such function", "không hiểu"),
        (401, StoreError, "wants a user and a password", "đòi tên người dùng"),
        (403, StoreError, "wants a user and a password", "đòi tên người dùng"),
        (404, StoreError, "docs/servers.md", "docs/servers.md"),
        (500, StoreError, "failed (500): Error", "gặp lỗi (500)"),
        (503, UnreachableError, "busy or not ready", "đang bận"),
    ],
)
def test_each_refusal_is_told_in_plain_words(fake, status, kind, words, vi):
    page = b"<html><head><title>T</title><style>p{}</style></head><body><h1>Error:</h1> no such\nfunction</body></html>"
    fake.reply = lambda on: on.give(status, page, Content_Type="text/html")

    with pytest.raises(kind) as told:
        ask(fake)

    assert words in str(told.value)
    assert vi in told.value.vi
    assert "<" not in str(told.value)
    assert "\n" not in told.value.show("en") + told.value.show("vi")


def test_a_server_that_moved_says_where_and_is_not_followed(fake):
    fake.reply = lambda on: on.give(302, b"", Location="https://new.example.org/sparql?token=1")

    with pytest.raises(StoreError, match=r"moved to https://new.example.org/sparql;"):
        ask(fake)
    assert len(fake.asked) == 1


def test_a_web_page_is_not_taken_for_an_answer(fake):
    fake.reply = lambda on: on.give(200, b"<html>", Content_Type="text/html; charset=utf-8")

    with pytest.raises(StoreError, match="answered with text/html"):
        ask(fake)


@pytest.mark.parametrize(
    ("headers", "words"),
    [({"X_SPARQL_MaxRows": "10000"}, "at most 10000 rows"), ({"X_SQL_Message": "RC...: incomplete"}, "only a part")],
)
def test_an_answer_that_the_server_shortened_is_refused(fake, headers, words):
    fake.reply = lambda on: on.give(200, ROWS, **headers)

    with pytest.raises((StoreError, QueryError), match=words):
        ask(fake)


@pytest.mark.parametrize("trickle", [False, True], ids=["silent", "trickling"])
def test_a_server_that_takes_too_long_is_not_waited_for(fake, trickle):
    over = threading.Event()

    def slowly(on: Fake) -> None:
        on.send_response(200)
        on.send_header("Content-Type", JSON)
        on.send_header("Content-Length", str(len(ROWS)))
        on.end_headers()
        for at in range(len(ROWS)):
            if over.wait(0.05):
                return
            if trickle:
                on.wfile.write(ROWS[at : at + 1])

    fake.reply = slowly
    with pytest.raises(QueryError, match="longer than"):
        ask(fake, seconds=0.5)
    over.set()


def test_an_answer_that_is_too_large_is_not_read(fake):
    fake.reply = lambda on: on.give(200, rows(20_000))

    with pytest.raises(QueryError, match="more than 1 MB"):
        ask(fake, megabytes=1)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://localhost:1/query", "nothing answers at localhost:1"),
        ("https://no-such-machine.invalid/sparql", "no machine is called no-such-machine.invalid"),
    ],
)
def test_a_server_that_is_not_there_is_told(url, words):
    with pytest.raises(UnreachableError, match=words):
        Endpoint(url, Limits()).rows("ASK {}")
