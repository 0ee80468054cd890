"""Streams large tables to N-Quads in bounded memory and, where there are cores, in several processes."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Self

from coopgraph import ontology
from coopgraph.errors import CoopgraphError, SourceError
from coopgraph.loaders.chunks import Piece, pieces
from coopgraph.loaders.plain import Table, View
from coopgraph.model import Issue


@dataclass(frozen=True)
class Part:
    """What came of a piece: N-Quads, or problems; how many rows and statements, and bytes read."""

    text: bytes
    issues: tuple[Issue, ...]
    rows: int
    claims: int
    read: int


def parts(files: Iterable[tuple[Path, str]], folder: Path, processes: int, view: View = "claims") -> Iterator[Part]:
    """Lift tables (path and shown name) by the ontology in a folder.

    The order is that of the rows, whatever the number of processes.
    Raises SourceError when a process was ended from outside.
    """
    found = ((name, piece) for path, name in files for piece in pieces(path, name))
    if processes == 1:
        yield from (lifted(folder, name, piece, view) for name, piece in found)
        return
    waiting: deque[Worker] = deque()
    with ExitStack() as ended:
        for name, piece in found:
            if full := len(waiting) == processes:
                worker = waiting.popleft()
                part = worker.take()
            else:
                worker = ended.enter_context(Worker(folder, view))
            worker.give(name, piece)
            waiting.append(worker)
            if full:
                yield part
        while waiting:
            yield waiting.popleft().take()


class Worker:
    """A process that lifts one piece at a time; with a pipe of its own, so that its end is never waited for in vain."""

    def __init__(self, folder: Path, view: View) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, folder, view), daemon=True)
        with _deaf():
            self.process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()

    def give(self, name: str, piece: Piece | Issue) -> None:
        """Let a piece be lifted."""
        with _there():
            self.pipe.send((name, piece))

    def take(self) -> Part:
        """Wait for what came of the piece."""
        with _there():
            part: Part | CoopgraphError = self.pipe.recv()
        if isinstance(part, CoopgraphError):
            raise part
        return part


@contextmanager
def _deaf() -> Iterator[None]:
    """Keep Ctrl-C from processes that are started: it is for the one who starts them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _there() -> Iterator[None]:
    """Say it in plain words when the other process is gone."""
    try:
        yield
    except (EOFError, OSError) as wrong:
        raise SourceError(
            "a process that was lifting rows was ended, perhaps for lack of memory; try: --processes 1",
            "một tiến trình đang xử lý bị dừng, có thể do thiếu bộ nhớ; hãy thử: --processes 1",
        ) from wrong


def _work(pipe: Connection, folder: Path, view: View) -> None:
    """Lift pieces until there are no more."""
    with suppress(EOFError, OSError):
        while True:
            name, piece = pipe.recv()
            try:
                part: Part | CoopgraphError = lifted(folder, name, piece, view)
            except CoopgraphError as wrong:
                part = wrong
            pipe.send(part)


def lifted(folder: Path, name: str, piece: Piece | Issue, view: View) -> Part:
    """Lift the rows of a piece; with a problem among them it gives no statements."""
    if isinstance(piece, Issue):
        return Part(b"", (piece,), 0, 0, 0)
    table = _table(folder, name, piece.header, view)
    described: set[str] = set()
    lines: list[str] = []
    issues: list[Issue] = []
    rows = 0
    for row in piece.rows(name):
        rows += 1
        for found in (row,) if isinstance(row, Issue) else table.lines(*row, described):
            (issues if isinstance(found, Issue) else lines).append(found)  # type: ignore[arg-type]
    text = "" if issues else "".join(lines)
    return Part(text.encode(), tuple(issues), rows, text.count("\n"), piece.read)


@cache
def _table(folder: Path, name: str, header: tuple[str, ...], view: View) -> Table:
    """Keep how a table is read from one piece to the next, in each process."""
    return Table(header, name, ontology.read(folder), view)
