"""Streams large tables to N-Quads in bounded memory and, where there are cores, in several processes."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from coopgraph import ontology
from coopgraph.errors import SourceError
from coopgraph.loaders.chunks import Piece, pieces
from coopgraph.loaders.plain import Table
from coopgraph.model import Issue

AHEAD: Final = 2
"""Pieces per process that are on their way at a time."""


@dataclass(frozen=True)
class Part:
    """What came of a piece: N-Quads, or problems; how many rows and statements, and bytes read."""

    text: bytes
    issues: tuple[Issue, ...]
    rows: int
    claims: int
    read: int


def parts(files: Iterable[tuple[Path, str]], folder: Path, processes: int) -> Iterator[Part]:
    """Lift tables (path and shown name) by the ontology in a folder.

    The order is that of the rows, whatever the number of processes.
    Raises SourceError when a process was ended from outside.
    """
    found = ((name, piece) for path, name in files for piece in pieces(path, name))
    if processes == 1:
        yield from (lifted(folder, name, piece) for name, piece in found)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, signal.signal, (signal.SIGINT, signal.SIG_IGN))
    waiting: deque[Future[Part]] = deque()
    try:
        for name, piece in found:
            waiting.append(pool.submit(lifted, folder, name, piece))
            if len(waiting) > processes * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as wrong:
        raise SourceError(
            "a process that was lifting rows was ended, perhaps for lack of memory; try: --processes 1",
            "một tiến trình đang xử lý bị dừng, có thể do thiếu bộ nhớ; hãy thử: --processes 1",
        ) from wrong
    finally:
        pool.shutdown(cancel_futures=True)


def lifted(folder: Path, name: str, piece: Piece | Issue) -> Part:
    """Lift the rows of a piece; with a problem among them it gives no statements."""
    if isinstance(piece, Issue):
        return Part(b"", (piece,), 0, 0, 0)
    table = _table(folder, name, piece.header)
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
def _table(folder: Path, name: str, header: tuple[str, ...]) -> Table:
    """Keep how a table is read from one piece to the next, in each process."""
    return Table(header, name, ontology.read(folder))
