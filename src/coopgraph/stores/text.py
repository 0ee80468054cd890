"""The statements of a store as lines of N-Quads in its folder: read many times sooner than the store itself."""

import os
import zlib
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import Final

NAME: Final = "statements.nq"
END: Final = b"# end of %08x after %016d\n"
"""Last line: for which state of the store the text stands, and its bytes, so that a torn or outdated one is known."""
KEPT: Final = 4_000_000_000
"""Bytes of the longest text that is kept."""
BLOCK: Final = 1_000_000
"""Bytes that are copied at a time."""


def write(folder: Path, text: bytes) -> None:
    """Keep the statements of a finished store, unless they are too many; each is a line as pyoxigraph writes it."""
    if len(text) <= KEPT:
        (folder / NAME).write_bytes(text)
        finish(folder)


def copy(folder: Path, files: Iterable[Path]) -> bool:
    """Copy files whose lines are as pyoxigraph writes them, unless they are too long; `finish` makes them the text."""
    from shutil import copyfileobj

    short = sum(file.stat().st_size for file in files) <= KEPT
    if short:
        with (folder / NAME).open("wb") as kept:
            for file in files:
                with file.open("rb") as lines:
                    copyfileobj(lines, kept, BLOCK)
    return short


def finish(folder: Path) -> None:
    """Say that the text holds all statements of the store as it is now."""
    with (folder / NAME).open("ab") as kept:
        kept.write(_end(folder, kept.tell()))


def whole(folder: Path | None) -> Path | None:
    """Give the file with the text of a store, when it is there, finished, and the store did not change since."""
    try:
        if folder:
            with (folder / NAME).open("rb") as file:
                place = file.seek(-len(END % (0, 0)), os.SEEK_END)
                if file.read() == _end(folder, place):
                    return folder / NAME
    except OSError:
        pass
    return None


def lines(path: Path) -> Iterator[bytes]:
    """Go through the statements of a whole text; one may come twice."""
    with path.open("rb") as text:
        end = _end(path.parent, path.stat().st_size - len(END % (0, 0)))
        yield from takewhile(end.__ne__, text)


def accepted(line: bytes) -> bool:
    """Tell whether a line of N-Quads names no graph: no term but a literal holds a space or a quote."""
    end = line.rfind(b'"')
    return line.count(b" ", end + 1) == (3 if end < 0 else 1) or line.endswith(b")>> .\n")  # a statement as a value


def _end(folder: Path, length: int) -> bytes:
    """Write the last line of a text: RocksDB never changes a file of data, it makes others."""
    state = sorted((file.name, file.stat().st_size) for file in os.scandir(folder) if file.name[:1].isdigit())
    return END % (zlib.crc32(repr(state).encode()), length)
