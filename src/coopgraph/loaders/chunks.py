"""Cuts large tables into pieces that can be lifted one by one: CSV between rows, Parquet by batches."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph import sources
from coopgraph.errors import SourceError
from coopgraph.model import Issue, Where, problem

if TYPE_CHECKING:
    from pyarrow import Array
    from pyarrow.parquet import ParquetFile

SIZE: Final = 500_000
"""Bytes of CSV that make a piece."""
ROWS: Final = 5_000
"""Rows of Parquet that make a piece."""
MOST: Final = 16_000_000
"""Bytes of the longest row."""
QUOTED: Final = re.compile(rb'(?:\A|(?<=[,\n\r]))"(?:[^"]|"")*+("|\Z)')
"""A cell in quotes, or one that is still open at the end."""


@dataclass(frozen=True)
class Lines:
    """Whole rows of a CSV file, `before` lines after its beginning; the first piece holds the header."""

    header: tuple[str, ...]
    before: int
    text: bytes

    @property
    def read(self) -> int:
        """Bytes of the file that the piece stands for."""
        return len(self.text)

    def rows(self, name: str) -> Iterator[sources.Row | Issue]:
        """Give the rows with their lines, or what keeps the piece from being read."""
        try:
            text = self.text.decode()
        except UnicodeDecodeError as wrong:
            line = self.before + self.text.count(b"\n", 0, wrong.start) + 1
            yield problem("encoding", Where(name, line), reason=wrong.reason)
            return
        if text.strip() and (hidden := sources.unfit(text, name, self.before)):
            yield hidden
            return
        found = sources.cells(io.StringIO(text, newline=""), name, self.before)
        if not self.before:
            next(found, None)
        yield from found


@dataclass(frozen=True)
class Batch:
    """Rows of a Parquet file as texts, `before` rows after its beginning; row 1 counts as line 2, as in CSV."""

    header: tuple[str, ...]
    before: int
    cells: tuple[tuple[str, ...], ...]
    read: int

    def rows(self, name: str) -> Iterator[sources.Row | Issue]:
        """Give the rows with their lines, or the first thing that is not read."""
        for line, row in enumerate(self.cells, self.before + 2):
            whole = "\n".join(row)
            if whole.strip() and (hidden := sources.unfit(whole, name)):
                yield Issue(hidden.severity, hidden.text, Where(name, line))
                return
            yield line, list(row)


Piece = Lines | Batch


def pieces(path: Path, name: str) -> Iterator[Piece | Issue]:
    """Cut a table into pieces, in order; an issue ends it.

    Raises SourceError for Parquet when pyarrow is not installed.
    """
    return _parquet(path, name) if path.suffix == ".parquet" else _csv(path, name)


def _csv(path: Path, name: str) -> Iterator[Lines | Issue]:
    """Cut a CSV file after the last whole row of each block."""
    header = sources.header(path, name)
    if isinstance(header, Issue):
        yield header
        return
    rest, before = b"", 0
    with path.open("rb") as stream:
        while block := stream.read(SIZE):
            rest += block
            end = _whole(rest)
            if end:
                yield Lines(tuple(header), before, rest[:end])
                before += rest.count(b"\n", 0, end) + len(re.findall(rb"\r(?!\n)", rest[:end]))
                rest = rest[end:]
            elif len(rest) > MOST:
                yield problem("row-length", Where(name, before + 1), limit=MOST)
                return
    if rest:
        yield Lines(tuple(header), before, rest)


def _whole(block: bytes) -> int:
    r"""Give where the last whole row of a block ends; 0 when there is none.

    >>> _whole(b'a,b\n1,"x\ny"\n2,"z\n')
    12
    """
    end = at = 0
    for cell in QUOTED.finditer(block):
        end = max(end, block.rfind(b"\n", at, cell.start()) + 1)
        if not cell[1] or cell.end() == len(block):
            return end
        at = cell.end()
    return max(end, block.rfind(b"\n", at) + 1)


def _parquet(path: Path, name: str) -> Iterator[Batch | Issue]:
    """Read a Parquet file batch by batch."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as wrong:
        raise SourceError(
            f"reading {name} needs pyarrow; install it with: pip install 'coopgraph[parquet]'",
            f"đọc {name} cần pyarrow; cài đặt bằng: pip install 'coopgraph[parquet]'",
        ) from wrong
    try:
        with ParquetFile(path) as file:
            yield from _batches(file, path.stat().st_size)
    except (OSError, ArrowException) as wrong:
        yield problem("parquet", Where(name, 1), reason=str(wrong).replace("\n", " "))


def _batches(file: "ParquetFile", size: int) -> Iterator[Batch]:
    """Turn the batches of a Parquet file into texts."""
    before, total = 0, max(1, file.metadata.num_rows)
    header = tuple(file.schema_arrow.names)
    for batch in file.iter_batches(batch_size=ROWS):
        cells = tuple(zip(*(_texts(column) for column in batch.columns), strict=True))
        yield Batch(header, before, cells, size * len(cells) // total)
        before += len(cells)


def _texts(column: "Array[Any]") -> list[str]:
    """Write the values of a column as a CSV file would: nothing for null, days as 2023-05-23, true and false."""
    import pyarrow

    return ["" if text is None else text for text in column.cast(pyarrow.string()).to_pylist()]
