"""The statements of a store as lines of N-Quads in its folder: read many times sooner than the store itself."""

import shutil
from collections.abc import Iterable, Iterator
from itertools import takewhile
from os import SEEK_END
from pathlib import Path
from typing import Final

NAME: Final = "statements.nq"
END: Final = b"# end\n"
"""Last line, so that a torn text is known."""
KEPT: Final = 4_000_000_000
"""Bytes of the longest text that is kept."""
BLOCK: Final = 1_000_000
"""Bytes that are copied at a time."""


def write(folder: Path, text: bytes) -> None:
    """Keep the statements of a store, unless they are too many; each is a line as pyoxigraph writes it."""
    if len(text) <= KEPT:
        (folder / NAME).write_bytes(text + END)


def copy(folder: Path, files: Iterable[Path]) -> None:
    """Keep the statements of some files in which each is a line as pyoxigraph writes it, unless they are too many."""
    if sum(file.stat().st_size for file in files) <= KEPT:
        with (folder / NAME).open("wb") as kept:
            for file in files:
                with file.open("rb") as lines:
                    shutil.copyfileobj(lines, kept, BLOCK)
            kept.write(END)


def whole(folder: Path | None) -> Path | None:
    """Give the file with the text of a store, when it is there and was written to its end."""
    try:
        if folder:
            with (folder / NAME).open("rb") as file:
                file.seek(-len(END), SEEK_END)
                if file.read() == END:
                    return folder / NAME
    except OSError:
        pass
    return None


def lines(path: Path) -> Iterator[bytes]:
    """Go through the statements of a text; one may come twice."""
    with path.open("rb") as text:
        yield from takewhile(END.__ne__, text)


def accepted(line: bytes) -> bool:
    """Tell whether a line of N-Quads names no graph: no term but a literal holds a space or a quote."""
    end = line.rfind(b'"')
    return line.count(b" ", end + 1) == (3 if end < 0 else 1) or line.endswith(b")>> .\n")  # a statement as a value
