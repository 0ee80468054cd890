"""A store whose questions are answered in a process of their own: they end in time, and within a memory ceiling."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from coopgraph.errors import QueryError, StoreError
from coopgraph.model import Table, Term
from coopgraph.stores import worker
from coopgraph.stores.embedded import Embedded, invalid, opened
from coopgraph.stores.limits import Limits


class Limited:
    """The graph in a folder. Patterns are looked up here; questions go to the worker, which is started when needed."""

    def __init__(self, folder: Path, limits: Limits, *, memory: bool = False) -> None:
        self.folder = folder
        self.limits = limits
        self.memory = memory
        self._worker: subprocess.Popen[bytes] | None = None
        self._clock: _Clock | None = None
        self._turn = threading.Lock()

    @cached_property
    def near(self) -> Embedded:
        """The same graph in this process."""
        return opened(self.folder)

    @property
    def inner(self) -> ox.Store:
        """The pyoxigraph store of this process."""
        return self.near.inner

    def select(self, sparql: str) -> Table:
        """Answer a SELECT or ASK question."""
        kind, text = self._ask(sparql)
        if kind == worker.YES_NO:
            answer = ox.parse_query_results(text, worker.JSON)
            return Table(("answer",), ((ox.Literal(bool(answer)),),))
        if kind != worker.ROWS:
            raise QueryError("a SELECT or ASK question was expected here")
        found: Any = ox.parse_query_results(text, worker.TSV)
        return Table(tuple(variable.value for variable in found.variables), tuple(tuple(row) for row in found))

    def construct(self, sparql: str) -> Iterator[ox.Triple]:
        """Answer a CONSTRUCT or DESCRIBE question."""
        kind, text = self._ask(sparql)
        if kind != worker.TRIPLES:
            raise QueryError("a CONSTRUCT or DESCRIBE question was expected here")
        return (quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES))

    def quads(
        self,
        subject: Term | None = None,
        predicate: ox.NamedNode | None = None,
        term: Term | None = None,
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """Go through the statements that match."""
        return self.near.quads(subject, predicate, term, graph)

    def lines(self, *, accepted: bool = False) -> Iterator[bytes]:
        """Give all statements, or those of the accepted view, as lines of N-Quads in any order, maybe twice."""
        return self.near.lines(accepted=accepted)

    def gather(self, things: Iterable[Term], *, inverse: bool = False, steps: int = 0) -> None:
        """Do nothing: everything is near."""

    def close(self) -> None:
        """End the worker; the next question starts another."""
        running, self._worker = self._worker, None
        if self._clock:
            self._clock.gone.set()
        if running:
            for stream in (running.stdin, running.stdout):
                with suppress(OSError):
                    _there(stream).close()
            running.kill()
            running.wait()

    def __del__(self) -> None:
        with suppress(Exception):
            self.close()

    def _ask(self, sparql: str) -> tuple[bytes, bytes]:
        """Put a question to the worker, one at a time; end the worker when it takes too long."""
        with self._turn:
            running, clock = self._started()
            clock.start()
            try:
                worker.send(_there(running.stdin), worker.QUESTION, sparql.encode())
                kind, text = worker.receive(_there(running.stdout))
            except OSError:
                kind, text = b"", b""
            except BaseException:
                self.close()
                raise
            late = clock.stop()
            if late or not kind:
                self.close()
            if not kind:
                raise self.limits.late() if late else self.limits.large()
            return _sound(kind, text)

    def _started(self) -> "tuple[subprocess.Popen[bytes], _Clock]":
        """Give the worker and its clock, started if there is none."""
        if self._worker is None or self._clock is None or self._worker.poll() is not None:
            self.close()
            command = [sys.executable, "-m", worker.__name__, str(self.folder), str(self.limits.megabytes)]
            self._worker = subprocess.Popen(  # noqa: S603  # our own module, and a folder that is not read as a command
                [*command, "copy" if self.memory else "disk"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._clock = _Clock(self._worker, self.limits.seconds)
        return self._worker, self._clock


class _Clock:
    """Ends a worker that takes too long over a question. One thread watches all questions, and sleeps through most.

    Whatever is asked while it sleeps may take as long as it sleeps, so nobody has to wake it.
    """

    def __init__(self, running: "subprocess.Popen[bytes]", seconds: float) -> None:
        self.gone = threading.Event()
        self._running = running
        self._seconds = seconds
        self._end: float | None = None
        self._late = False
        self._turn = threading.Lock()
        threading.Thread(target=self._watch, daemon=True).start()

    def start(self) -> None:
        """Take note that a question is put."""
        with self._turn:
            self._end = time.monotonic() + self._seconds

    def stop(self) -> bool:
        """Take note that it is answered, or never will be; tell whether the worker was ended."""
        with self._turn:
            self._end = None
            return self._late

    def _watch(self) -> None:
        left = self._seconds
        while not self.gone.wait(min(left, threading.TIMEOUT_MAX)):
            with self._turn:
                left = self._seconds if self._end is None else self._end - time.monotonic()
                if left <= 0:
                    self._late = True
                    self._running.kill()
                    return


def _there(stream: IO[bytes] | None) -> Any:  # noqa: ANN401  # a pipe that Popen was asked for
    return stream


def _sound(kind: bytes, text: bytes) -> tuple[bytes, bytes]:
    """Raise what went wrong in the worker."""
    if kind == worker.WRONG:
        where, _, what = text.decode().partition("\n")
        if where == "sparql":
            raise invalid(what)
        if where == "long":
            size = f"{worker.MOST // 1_000_000} MB"
            raise QueryError(
                f"the answer is longer than {size}; ask for less, e.g. with LIMIT, or use: coopgraph export",
                f"câu trả lời dài hơn {size}; hãy thu hẹp, ví dụ bằng LIMIT, hoặc dùng: coopgraph export",
            )
        raise StoreError(f"the graph on disk cannot be read: {what}; run: coopgraph build")
    return kind, text
