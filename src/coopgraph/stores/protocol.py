"""The SPARQL 1.1 Protocol: a question goes out by GET or POST, and the answer is read as it comes in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlencode

import pyoxigraph as ox

from coopgraph.model import Term
from coopgraph.stores import address
from coopgraph.stores.dialect import CUT, JSON, PARTIAL, XML, plain
from coopgraph.stores.limits import Limits
from coopgraph.stores.refusals import refusal
from coopgraph.stores.transport import Reply, Transport

LONGEST: Final = 1800
"""Letters of a question that still goes into the address; longer ones are posted."""
TRIPLES: Final = "application/n-triples, text/turtle;q=0.8"
FORM: Final = "application/x-www-form-urlencoded"
ROWS: Final = (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML)
GRAPHS: Final = (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.TURTLE)
Row = tuple[Term | None, ...]


class Endpoint:
    """One address that answers SPARQL questions."""

    def __init__(self, url: str, limits: Limits) -> None:
        self.line = Transport(address.read(url), limits)
        self.server = ""

    def rows(self, sparql: str, accept: str = f"{JSON}, {XML};q=0.8") -> tuple[tuple[str, ...], Iterator[Row]]:
        """Ask a SELECT or ASK question: columns, and rows as they come in. An ASK gives one row with one boolean.

        Raises QueryError when the server does not understand it or it takes too much, StoreError when the server
        does something else, UnreachableError when the answer breaks off.
        """
        reply = self._send(sparql, accept)
        form = ox.QueryResultsFormat.from_media_type(reply.header("Content-Type"))
        if form not in ROWS:
            raise self._strange(reply)
        with _whole(reply, self.line):
            found: Any = ox.parse_query_results(reply, form)  # type: ignore[arg-type]  # it reads like a file
        if isinstance(found, ox.QueryBoolean):
            return ("answer",), iter([(ox.Literal(bool(found)),)])
        return tuple(variable.value for variable in found.variables), self._each(reply, found)

    def _each(self, reply: Reply, found: Any) -> Iterator[Row]:  # noqa: ANN401  # its class has no name
        with _whole(reply, self.line):
            for row in found:
                yield tuple(plain(value) for value in row)

    def triples(self, sparql: str) -> Iterator[ox.Triple]:
        """Ask a CONSTRUCT question: triples as they come in. Errors are those of `rows`."""
        reply = self._send(sparql, TRIPLES)
        form = ox.RdfFormat.from_media_type(reply.header("Content-Type"))
        if form not in GRAPHS:
            raise self._strange(reply)
        with _whole(reply, self.line):
            for quad in ox.parse(reply, format=form):  # type: ignore[arg-type]  # it reads like a file
                yield ox.Triple(quad.subject, quad.predicate, plain(quad.object))

    def _send(self, sparql: str, accept: str) -> Reply:
        form, headers = urlencode({"query": sparql}), {"Accept": accept}
        if len(form) < LONGEST:
            mark = "&" if "?" in self.line.to.path else "?"
            reply = self.line.send("GET", headers, more=mark + form)
        else:
            reply = self.line.send("POST", {**headers, "Content-Type": FORM}, form.encode())
        self.server = reply.header("Server") or self.server
        for header, case in ((CUT, "cut"), (PARTIAL, "partial")):
            if said := reply.header(header):
                reply.close()
                raise refusal(case, self.line.to, words=said)
        return reply

    def _strange(self, reply: Reply) -> Exception:
        reply.close()
        kind = reply.header("Content-Type").partition(";")[0] or "?"
        return refusal("strange", self.line.to, kind=kind)


@contextmanager
def _whole(reply: Reply, line: Transport) -> Iterator[None]:
    """Read an answer, and tell what is wrong with it when it is not whole; one that nobody reads on is let go."""
    try:
        yield
    except BaseException as wrong:
        reply.close()
        if reply.failed:
            raise reply.failed from None
        if isinstance(wrong, SyntaxError | ValueError | OSError):
            raise refusal("broken", line.to) from wrong
        raise
