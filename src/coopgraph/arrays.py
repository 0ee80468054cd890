"""Tables of whole numbers beside a store: who takes part in what, made once, mapped into memory, counted in a moment.

Each table is the answer of a question in `queries/counts/`, sorted. A number stands for a text: an IRI, a day, a year;
numbers are in the order of the texts, so that comparing the ones compares the others.
"""

import json
import mmap
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import Final

from coopgraph.cache import replace
from coopgraph.model import Table
from coopgraph.queries import library
from coopgraph.stores import Store

FOLDER: Final = "counts"
"""Folder below `queries/` with the questions whose answers are kept."""
FILE: Final = "counts.bin"
FORM: Final = 2
"""Number of the form of the file; another one is made anew."""
WIDTH: Final = 4
"""Bytes of a number."""
NOTHING: Final = -1
"""The number of an empty cell."""
Row = tuple[int, ...]
More = Callable[["Arrays"], Mapping[str, Iterable[Row]]]


class Arrays:
    """Texts and tables in one piece of memory."""

    def __init__(self, raw: memoryview) -> None:
        self.raw = raw
        head = bytes(raw[:WIDTH])
        start = WIDTH + int.from_bytes(head, "little")
        about = json.loads(bytes(raw[WIDTH:start]))
        self._ends, start = self._numbers(start, about["texts"])
        self.tables: dict[str, tuple[memoryview, ...]] = {}
        for name, (width, length) in about["tables"].items():
            columns = []
            for _ in range(width):
                column, start = self._numbers(start, length)
                columns.append(column)
            self.tables[name] = tuple(columns)
        self._texts = raw[start:]
        self._known: dict[int, str] = {}

    def _numbers(self, start: int, length: int) -> tuple[memoryview, int]:
        end = start + length * WIDTH
        return self.raw[start:end].cast("i"), end

    def text(self, number: int) -> str:
        """Give the text that a number stands for; an empty cell is ``""``."""
        if number == NOTHING:
            return ""
        if number not in self._known:
            start = self._ends[number - 1] if number else 0
            self._known[number] = bytes(self._texts[start : self._ends[number]]).decode()
        return self._known[number]

    def number(self, text: str) -> int | None:
        """Give the number of a text, or None when no table names it."""
        place = bisect_left(range(len(self._ends)), text, key=self.text)
        return place if place < len(self._ends) and self.text(place) == text else None

    def rows(self, name: str) -> Iterator[Row]:
        """Go through a table in its order; one without rows has no columns either."""
        return zip(*self.tables[name], strict=True)

    def of(self, name: str, *firsts: int) -> list[Row]:
        """Give the rows of a table that begin with some numbers."""
        columns = self.tables[name]
        low, high = 0, len(columns[0]) if columns else 0
        for column, first in zip(columns, firsts, strict=False):
            low, high = bisect_left(column, first, low, high), bisect_right(column, first, low, high)
        return list(zip(*(column[low:high] for column in columns), strict=True))


def opened(store: Store, root: Path, folder: Path | None, more: More) -> Arrays:
    """Give the tables of a graph: those that lie beside its store, else made now and left there for the next time.

    `more` makes further tables of those that the questions give. Without a folder nothing is left.
    """
    if folder and (kept := _mapped(folder / FILE)):
        return kept
    texts, tables = numbered({name: store.select(query.text) for name, query in library(root, FOLDER).items()})
    first = Arrays(memoryview(written(texts, tables)))
    raw = written(texts, {**tables, **{name: sorted(rows) for name, rows in more(first).items()}})
    if folder:
        with suppress(OSError):
            replace(folder / FILE, raw)
    return Arrays(memoryview(raw))


def _mapped(path: Path) -> Arrays | None:
    """Map a file of tables into memory, if it is there and of our form."""
    with suppress(OSError, ValueError), path.open("rb") as stream:
        mapped = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
        if f'"form": {FORM}'.encode() in bytes(mapped[:64]):
            return Arrays(mapped)
    return None


def numbered(answers: Mapping[str, Table]) -> tuple[list[str], dict[str, list[Row]]]:
    """Give the texts of some answers in order, and the answers with numbers in the place of texts, sorted."""
    plain = {name: {tuple(map(_text, row)) for row in table.rows} for name, table in answers.items()}
    texts = sorted({cell for rows in plain.values() for row in rows for cell in row if cell})
    places = {text: place for place, text in enumerate(texts)} | {"": NOTHING}
    return texts, {name: sorted(tuple(places[cell] for cell in row) for row in rows) for name, rows in plain.items()}


def written(texts: list[str], tables: Mapping[str, list[Row]]) -> bytes:
    """Write texts and tables as one piece: a description, where each text ends, the columns, the texts."""
    columns = {name: list(zip(*rows, strict=True)) for name, rows in tables.items()}
    shape = {name: (len(found), len(tables[name])) for name, found in columns.items()}
    about = json.dumps({"form": FORM, "texts": len(texts), "tables": shape}).encode()
    about += b" " * (-len(about) % WIDTH)
    encoded = [text.encode() for text in texts]
    parts = [len(about).to_bytes(WIDTH, "little"), about, _packed(accumulate(map(len, encoded)))]
    parts += [_packed(column) for found in columns.values() for column in found]
    return b"".join([*parts, *encoded])


def _text(term: object) -> str:
    return str(getattr(term, "value", "") or "")


def _packed(numbers: Iterable[int]) -> bytes:
    return array("i", numbers).tobytes()
