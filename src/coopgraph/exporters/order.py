"""Puts statements into the order of every export, in bounded memory: sorted runs on disk, merged."""

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from typing import IO, Final

import pyoxigraph as ox

from coopgraph.terms import RDF

RUN: Final = 1_000_000
"""Statements that are sorted in memory at a time."""
TYPE: Final = f"<{RDF}type>"


def ordered(quads: Iterable[ox.Quad]) -> Iterator[tuple[str, str]]:
    """Give each statement once, its graph ("" for the default one) and its line of N-Quads.

    The order is that of graph, subject, class first, predicate and object.

    No order of loading and no hash seed shows: what is compared is text.
    """
    keys = map(_key, quads)
    with ExitStack() as files:
        runs: list[Iterable[str]] = []
        while run := sorted(islice(keys, RUN)):
            runs.append(run if len(run) < RUN else _spilled(run, files))
        for key, _ in groupby(heapq.merge(*runs) if len(runs) > 1 else (runs or [()])[0]):
            graph, _, line = key.partition(" ")
            if "  " in line:
                subject, _, rest = line.partition(" ")
                line = f"{subject} {TYPE}{rest}" if rest[0] == " " else line
            yield graph, line


def _key(quad: ox.Quad) -> str:
    """Write graph and line so that texts sort as statements do: the class is left out, so that it comes first.

    No term but a literal holds a space, and every other sign sorts after it.
    """
    graph, line = quad.graph_name, str(quad)
    if TYPE in line:
        subject, _, rest = line.partition(" ")
        line = f"{subject} {rest.removeprefix(TYPE)}"
    return f"{'' if isinstance(graph, ox.DefaultGraph) else graph} {line} .\n"


def _spilled(run: list[str], files: ExitStack) -> IO[str]:
    """Keep a sorted run on disk until the export is written."""
    file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115  # `files` closes it
    files.enter_context(file)
    file.writelines(run)
    file.seek(0)
    return file
