"""Puts statements into the order of every export, in bounded memory: sorted runs on disk, merged."""

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import IO, Final

from coopgraph.stores.text import accepted
from coopgraph.terms import RDF

RUN: Final = 1_000_000
"""Statements that are sorted in memory at a time."""
TYPE: Final = f"<{RDF}type>".encode()


def ordered(lines: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Give each statement of some lines of N-Quads once: its graph (nothing for the default one) and its line.

    The order is that of graph, subject, class first, predicate and object.

    No order of loading and no hash seed shows: what is compared is text.
    """
    for key in _sorted(map(_placed, lines)):
        graph, _, line = key.partition(b" ")
        if b"  " in line:
            subject, _, rest = line.partition(b" ")
            line = b"%b %b%b" % (subject, TYPE, rest) if rest[:1] == b" " else line
        yield graph, line


def keys(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Give each line of N-Triples once, in the order of `ordered`; the predicate of a class is left out."""
    return _sorted(map(_key, lines))


def _sorted(keys: Iterator[bytes]) -> Iterator[bytes]:
    """Sort keys, each once."""
    with ExitStack() as files:
        runs: list[Iterable[bytes]] = []
        while run := sorted(islice(keys, RUN)):
            runs.append(run if len(run) < RUN else _spilled(run, files))
        last = b""
        for key in heapq.merge(*runs) if len(runs) > 1 else (runs or [()])[0]:
            if key != last:
                yield key
            last = key


def _placed(line: bytes) -> bytes:
    """Write graph and line so that texts sort as statements do."""
    graph = b"" if accepted(line) else line.rsplit(b" ", 2)[1]
    return b"%b %b" % (graph, _key(line))


def _key(line: bytes) -> bytes:
    """Write a line so that texts sort as statements do: the predicate of a class is left out, so that it comes first.

    No term but a literal holds a space, and every other sign sorts after it.
    """
    subject, _, rest = line.partition(b" ")
    return subject + b" " + rest[len(TYPE) :] if rest.startswith(TYPE) else line


def _spilled(run: list[bytes], files: ExitStack) -> IO[bytes]:
    """Keep a sorted run on disk until the export is written."""
    file = files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  # `files` closes it
    file.writelines(run)
    file.seek(0)
    return file
