"""The embedded store: pyoxigraph on disk, opened read-only."""

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from coopgraph import ahead
from coopgraph.errors import QueryError, StoreError
from coopgraph.model import Table, Term
from coopgraph.stores import text

Watch = Callable[[], AbstractContextManager[None]]
"""Makes a context in which a question is answered, so that it can be kept within limits."""
MOST: Final = 256_000_000
"""Bytes of the longest text that is compared with an old one; a larger graph is written whole each time."""
FEW: Final = 0.2
"""Share of statements that may differ from the old graph; with more, writing all is quicker."""


class Embedded:
    """A graph in a folder, or one in memory."""

    def __init__(self, inner: ox.Store, watch: Watch = nullcontext, folder: Path | None = None) -> None:
        self.inner = inner
        self.watch = watch
        self.folder = folder

    def select(self, sparql: str) -> Table:
        """Answer a SELECT or ASK question."""
        with self.watch(), _clear_errors():
            found = self.inner.query(sparql)
            if isinstance(found, ox.QueryBoolean):
                return Table(("answer",), ((ox.Literal(bool(found)),),))
            if not isinstance(found, ox.QuerySolutions):
                raise QueryError("a SELECT or ASK question was expected here")
            columns = tuple(variable.value for variable in found.variables)
            return Table(columns, tuple(tuple(row) for row in found))

    def construct(self, sparql: str) -> Iterator[ox.Triple]:
        """Answer a CONSTRUCT or DESCRIBE question."""
        with self.watch(), _clear_errors():
            found = self.inner.query(sparql)
            if not isinstance(found, ox.QueryTriples):
                raise QueryError("a CONSTRUCT or DESCRIBE question was expected here")
            yield from found

    def quads(
        self,
        subject: Term | None = None,
        predicate: ox.NamedNode | None = None,
        term: Term | None = None,
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """Go through the statements that match."""
        if isinstance(subject, ox.Literal):
            return iter(())
        return self.inner.quads_for_pattern(subject, predicate, term, graph)

    def lines(self, *, accepted: bool = False) -> Iterator[bytes]:
        """Give all statements, or those of the accepted view, as lines of N-Quads in any order, maybe twice.

        They come from the text of the graph when that is whole.
        """
        if kept := text.whole(self.folder):
            yield from filter(text.accepted, text.lines(kept)) if accepted else text.lines(kept)
            return
        from tempfile import TemporaryFile

        with TemporaryFile() as dump:
            if accepted:
                self.inner.dump(dump, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
            else:
                self.inner.dump(dump, ox.RdfFormat.N_QUADS)
            dump.seek(0)
            yield from dump

    def gather(self, things: Iterable[Term], *, inverse: bool = False, steps: int = 0) -> None:
        """Do nothing: everything is near."""


class _clear_errors:  # noqa: N801  # reads as a phrase after `with`
    """Turns what pyoxigraph raises into errors that a person can act on."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, wrong: BaseException | None, trace: object) -> None:
        if isinstance(wrong, SyntaxError):
            raise invalid(wrong.args[0]) from wrong
        if isinstance(wrong, OSError | RuntimeError):
            raise StoreError(f"the graph on disk cannot be read: {wrong}; run: coopgraph build") from wrong


def invalid(why: object) -> QueryError:
    """Say that a text is no SPARQL, in one line: where, and what is wrong or what was expected there.

    >>> str(invalid("error at 1:9: expected one of The SELECT contains a variable that is unbound, [_], '$'"))
    'not valid SPARQL: error at 1:9: The SELECT contains a variable that is unbound'
    """
    place, found, listed = " ".join(str(why).split()).partition(": expected ")
    listed = listed.replace("LATERAL, SERVICE, ", "").removeprefix("one of ")
    items = [item for item in listed.split(", ") if item[:1] not in ("", "[")]
    said = [item for item in items if item[0].isupper() and " " in item]
    expected = [item for item in items if "..=" not in item and not item.endswith("]")]
    what = said[0] if said else f"expected {', '.join(expected)}" if expected else "this was not expected here"
    told = f"{place}: {what}" if found else place
    return QueryError(f"not valid SPARQL: {told}", f"SPARQL không hợp lệ: {told}")


def copied(folder: Path) -> ox.Store:
    """Give a copy in memory of the graph in a folder: scans are quicker there than on disk."""
    found = ox.Store()
    if kept := text.whole(folder):
        found.bulk_load(path=str(kept), format=ox.RdfFormat.N_QUADS)
    else:
        found.bulk_extend(opened(folder).inner)
    return found


def opened(folder: Path, watch: Watch = nullcontext) -> Embedded:
    """Open the graph in a folder for reading.

    Raises StoreError when there is none or it is damaged.
    """
    try:
        return Embedded(ahead.taken(folder) or ox.Store.read_only(str(folder)), watch, folder)
    except (OSError, RuntimeError, ValueError) as wrong:
        raise StoreError(
            f"no readable graph in {folder}; run: coopgraph build --anew",
            f"không đọc được đồ thị trong {folder}; chạy: coopgraph build --anew",
        ) from wrong


def written(made: ox.Store, folder: Path, old: Path | None = None) -> None:
    """Write a graph that was made in memory into a new one on disk; what an old one shares with it is taken over."""
    try:
        lines = made.dump(format=ox.RdfFormat.N_QUADS) or b""
        if not (old and len(lines) <= MOST and _taken_over(lines, folder, old)):
            filled(folder, [(io.BytesIO(lines), ox.RdfFormat.N_QUADS, "")])
        text.write(folder, lines)
    except OSError as wrong:
        raise StoreError(f"the graph cannot be written to {folder}: {wrong}") from wrong


def _taken_over(lines: bytes, folder: Path, old: Path) -> bool:
    """Make a graph from an old one by their few differences; the files that both need are linked, not copied."""
    kept = text.whole(old)
    if not kept:
        return False
    try:
        before, after = {line[:-1] for line in text.lines(kept)}, set(lines.splitlines())
        if len(before ^ after) > len(after) * FEW:
            return False
        ox.Store.read_only(str(old)).backup(str(folder))
        store = ox.Store(str(folder))
    except OSError:
        import shutil

        shutil.rmtree(folder, ignore_errors=True)
        return False
    for quad in ox.parse(b"\n".join(before - after), format=ox.RdfFormat.N_QUADS):
        store.remove(quad)
    store.extend(ox.parse(b"\n".join(after - before), format=ox.RdfFormat.N_QUADS))
    store.flush()
    return True


def filled(folder: Path, dumps: Iterable[tuple[Path | BinaryIO, ox.RdfFormat, str]]) -> None:
    """Make a store in a folder and load dumps into it, each with its syntax and base, by its bulk loader."""
    store = ox.Store(str(folder))
    for dump, form, base in dumps:
        if isinstance(dump, Path):
            store.bulk_load(path=str(dump), format=form, base_iri=base)
        else:
            store.bulk_load(dump, format=form)
    store.flush()
