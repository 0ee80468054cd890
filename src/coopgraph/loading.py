"""Loads large tables and RDF dumps beside the build: into a file of N-Quads or a new store; whole or not at all."""

import io
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from coopgraph import cache, ontology
from coopgraph.errors import NotFoundError, StoreError
from coopgraph.loaders import bulk
from coopgraph.loaders.dumps import FORMATS, Dump
from coopgraph.loaders.plain import View
from coopgraph.model import Issue
from coopgraph.progress import Tell, reached
from coopgraph.stores import embedded, text

TABLES: Final = (".csv", ".parquet")
MOST_ISSUES: Final = 100
"""Problems after which reading stops."""
PACE: Final = 0.2
"""Seconds between two looks at how far the store is."""
BLOCK: Final = 10_000
"""Statements of a dump that are written at a time."""


@dataclass
class Loaded:
    """What a load did: bytes read, rows of tables, statements, and the problems, of which one keeps everything out."""

    read: int = 0
    rows: int = 0
    statements: int = 0
    issues: list[Issue] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Tell whether there were so many problems that the rest was not read."""
        return len(self.issues) >= MOST_ISSUES


@dataclass(frozen=True)
class Load:
    """Files to load, the ontology's folder, how many processes may work, and what is written of tables."""

    files: Sequence[Path]
    folder: Path
    processes: int
    tell: Tell
    view: View = "claims"

    def to_file(self, target: Path) -> Loaded:
        """Write what the files state as N-Quads.

        Raises NotFoundError for a file that is missing or of no known kind, StoreError when nothing can be written.
        """
        done = Loaded()

        def make(new: Path) -> None:
            with new.open("wb") as out:
                out.writelines(self.lifted(done))
                for dump in self.sound(done):
                    parsed = ox.parse(path=str(dump.path), format=dump.form, base_iri=dump.base)
                    while block := list(islice(parsed, BLOCK)):
                        ox.serialize(block, out, format=ox.RdfFormat.N_QUADS)
                        self.tell("load", reached(dump.path) or 0, dump.path.stat().st_size)

        return self._made(cache.beside(target), target, make, done)

    def to_store(self, target: Path) -> Loaded:
        """Load what the files state into a new store; dumps go to its bulk loader as they are, while they are checked.

        Raises what `to_file` raises, and StoreError when there is something at the target.
        """
        done = Loaded()

        def make(new: Path) -> None:
            self._filled(new, done)
            lines = Stream(self.lifted(done))
            try:
                if self.tables and not done.issues:
                    embedded.filled(new, [(io.BufferedReader(lines), ox.RdfFormat.N_QUADS, "")])
            finally:
                if lines.wrong:
                    raise lines.wrong

        return self._made(cache.folder(target), target, make, done)

    @property
    def tables(self) -> list[tuple[Path, str]]:
        """The tables among the files, each with the name that messages give it."""
        return [(path, str(path)) for path in self.files if path.suffix in TABLES]

    def lifted(self, done: Loaded) -> Iterator[bytes]:
        """Lift the tables; with a problem, only further problems are looked for."""
        for part in bulk.parts(self.tables, self.folder, self.processes, self.view):
            done.rows += part.rows
            done.statements += part.claims
            done.issues += part.issues[: MOST_ISSUES - len(done.issues)]
            done.read += part.read
            self.tell("load", done.read, self._bytes)
            if done.full:
                return
            if not done.issues:
                yield part.text

    def sound(self, done: Loaded) -> Iterator[Dump]:
        """Check the dumps; give them when nothing is wrong so far."""
        for dump in self.dumps:
            self._check(dump, done)
            if not done.issues:
                yield dump

    @property
    def dumps(self) -> list[Dump]:
        """The dumps among the files."""
        terms = ontology.read(self.folder)
        return [Dump(path, str(path), terms) for path in self.files if path.suffix not in TABLES]

    def _check(self, dump: Dump, done: Loaded) -> None:
        """Check a dump, unless there were so many problems that the rest is not read."""
        if not done.full:
            found = dump.issues(lambda read: self.tell("sound", done.read + read, self._bytes))
            done.issues += islice(found, MOST_ISSUES - len(done.issues))
            done.statements += dump.statements
            done.read += dump.path.stat().st_size

    @cached_property
    def _bytes(self) -> int:
        """How long the files are together."""
        return sum(path.stat().st_size for path in self.files)

    def _awaited(self, load: Future[None], path: Path) -> None:
        """Wait until a dump is loaded, and tell how much of what was left is."""
        begun = None
        while not wait([load], PACE).done:
            if (now := reached(path)) is not None:
                begun = now if begun is None else begun
                self.tell("load", now - begun, path.stat().st_size - begun)

    def _filled(self, new: Path, done: Loaded) -> None:
        """Load the dumps into a new store in a thread of their own, while this one checks them and keeps their text.

        What the thread cannot load counts only when the check finds nothing, for the check says it better. RDF/XML may
        hold entities that grow without end: it is loaded after its check.
        """
        loads, dumps, fine, kept = list[Future[None]](), self.dumps, False, False
        with ThreadPoolExecutor(1) as thread:
            try:
                for dump in dumps:
                    first = dump.form == ox.RdfFormat.RDF_XML
                    if first:
                        self._check(dump, done)
                    if not done.issues:
                        one = [(dump.path, dump.form, dump.base)]
                        loads.append(thread.submit(embedded.filled, new, one))
                    if not first:
                        self._check(dump, done)
                fine = not done.issues
                if fine and not self.tables and all(dump.plain for dump in dumps):
                    kept = text.copy(new, [dump.path for dump in dumps])
                for load, dump in zip(loads if fine else (), dumps, strict=False):
                    self._awaited(load, dump.path)
            finally:
                thread.shutdown(cancel_futures=not fine)
        for load in loads if fine else ():
            load.result()
        if kept:
            text.finish(new)

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
        self.wrong: BaseException | None = None

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # what BufferedReader hands over
        """Fill a buffer; 0 at the end."""
        try:
            while not self.rest and (part := next(self.texts, None)) is not None:
                self.rest = part
        except BaseException as wrong:
            self.wrong = wrong
            raise
        size = min(len(buffer), len(self.rest))
        buffer[:size], self.rest = self.rest[:size], self.rest[size:]
        return size
