"""Loads large tables and RDF dumps beside the build: into a file of N-Quads or a new store; whole or not at all."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from coopgraph import cache, ontology
from coopgraph.errors import NotFoundError, StoreError
from coopgraph.loaders import bulk
from coopgraph.loaders.dumps import FORMATS, Dump
from coopgraph.model import Issue
from coopgraph.stores import embedded

TABLES: Final = (".csv", ".parquet")
MOST_ISSUES: Final = 100
"""Problems after which reading stops."""
BLOCK: Final = 10_000
"""Statements of a dump that are written at a time."""
Told = Callable[[int, int], None]
"""Hears how many bytes were read, and how many statements came of them, since it heard last."""


@dataclass
class Loaded:
    """What a load did: rows of tables, statements, and the problems, of which one keeps everything out."""

    rows: int = 0
    statements: int = 0
    issues: list[Issue] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Tell whether there were so many problems that the rest was not read."""
        return len(self.issues) >= MOST_ISSUES


@dataclass(frozen=True)
class Load:
    """Files to load, the folder of the ontology they are written by, and how many processes may work."""

    files: Sequence[Path]
    folder: Path
    processes: int
    told: Told

    def to_file(self, target: Path) -> Loaded:
        """Write what the files state as N-Quads.

        Raises NotFoundError for a file that is missing or of no known kind, StoreError when nothing can be written.
        """
        done = Loaded()

        def make(new: Path) -> None:
            with new.open("wb") as out:
                for text in self.lifted(done):
                    out.write(text)
                for dump in self.sound(done):
                    parsed = ox.parse(path=str(dump.path), format=dump.form, base_iri=dump.base)
                    while block := list(islice(parsed, BLOCK)):
                        ox.serialize(block, out, format=ox.RdfFormat.N_QUADS)

        return self._made(cache.beside(target), target, make, done)

    def to_store(self, target: Path) -> Loaded:
        """Load what the files state into a new store; dumps go to its bulk loader as they are.

        Raises what `to_file` raises, and StoreError when there is something at the target.
        """
        done = Loaded()

        def make(new: Path) -> None:
            dumps = list(self.sound(done))
            lines = Stream(self.lifted(done))
            streams = [(io.BufferedReader(lines), ox.RdfFormat.N_QUADS, "")] if self.tables else []
            if not done.issues:
                embedded.filled(new, [*streams, *((dump.path, dump.form, dump.base) for dump in dumps)])
            if lines.wrong:
                raise lines.wrong

        return self._made(cache.folder(target), target, make, done)

    @property
    def tables(self) -> list[tuple[Path, str]]:
        """The tables among the files, each with the name that messages give it."""
        return [(path, str(path)) for path in self.files if path.suffix in TABLES]

    def lifted(self, done: Loaded) -> Iterator[bytes]:
        """Lift the tables; with a problem, only further problems are looked for."""
        for part in bulk.parts(self.tables, self.folder, self.processes):
            done.rows += part.rows
            done.statements += part.claims
            done.issues += part.issues[: MOST_ISSUES - len(done.issues)]
            self.told(part.read, part.claims)
            if done.full:
                return
            if not done.issues:
                yield part.text

    def sound(self, done: Loaded) -> Iterator[Dump]:
        """Check the dumps; give them when nothing is wrong so far."""
        terms = ontology.read(self.folder)
        for path in self.files:
            if path.suffix in TABLES or done.full:
                continue
            dump = Dump(path, str(path), terms)
            done.issues += islice(dump.issues(), MOST_ISSUES - len(done.issues))
            done.statements += dump.statements
            self.told(path.stat().st_size, dump.statements)
            if not done.issues:
                yield dump

    def _made(
        self, place: AbstractContextManager[Path], target: Path, make: Callable[[Path], None], done: Loaded
    ) -> Loaded:
        """Let something be made that takes its place in the end, unless there was a problem."""
        self._known()
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with suppress(_WrongError), place as new:
                make(new)
                if done.issues:
                    raise _WrongError
        except OSError as wrong:
            told = wrong.strerror or wrong
            raise StoreError(f"cannot write {target}: {told}", f"không ghi được {target}: {told}") from wrong
        return done

    def _known(self) -> None:
        """Refuse files that are missing or that nothing here can load."""
        kinds = [*TABLES, *FORMATS]
        for path in self.files:
            if path.suffix not in kinds:
                listed = ", ".join(kinds)
                raise NotFoundError(
                    f"cannot load {path}: its name should end in one of {listed}",
                    f"không nạp được {path}: tên tệp phải kết thúc bằng một trong {listed}",
                )
            if not path.is_file():
                raise NotFoundError(f"no file {path}", f"không có tệp {path}")


class _WrongError(Exception):
    """Tells that what was made is not wanted."""


class Stream(io.RawIOBase):
    """Texts as a stream that can be read; keeps the exception that ended it, which the reader may hide."""

    def __init__(self, texts: Iterator[bytes]) -> None:
        self.texts = texts
        self.rest = b""
        self.wrong: Exception | None = None

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # what BufferedReader hands over
        """Fill a buffer; 0 at the end."""
        try:
            while not self.rest and (text := next(self.texts, None)) is not None:
                self.rest = text
        except Exception as wrong:
            self.wrong = wrong
            raise
        size = min(len(buffer), len(self.rest))
        buffer[:size], self.rest = self.rest[:size], self.rest[size:]
        return size
