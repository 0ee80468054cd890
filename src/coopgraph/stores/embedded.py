"""The embedded store: pyoxigraph on disk, opened read-only."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pyoxigraph as ox

from coopgraph.errors import QueryError, StoreError
from coopgraph.model import Table, Term

Watch = Callable[[], AbstractContextManager[None]]
"""Makes a context in which a question is answered, so that it can be kept within limits."""


class Embedded:
    """A graph that a build left on disk, or one in memory."""

    def __init__(self, inner: ox.Store, watch: Watch = nullcontext) -> None:
        self.inner = inner
        self.watch = watch

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

    def gather(self, things: Iterable[Term], *, inverse: bool = False) -> None:
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
    """Say that a text is no SPARQL."""
    return QueryError(f"not valid SPARQL: {why}", f"SPARQL không hợp lệ: {why}")


def copied(store: ox.Store) -> ox.Store:
    """Give a copy of a graph in memory: scans are quicker there than on disk."""
    found = ox.Store()
    found.bulk_extend(store)
    return found


def opened(folder: Path, watch: Watch = nullcontext) -> Embedded:
    """Open the graph in a folder for reading.

    Raises StoreError when there is none or it is damaged.
    """
    try:
        return Embedded(ox.Store.read_only(str(folder)), watch)
    except (OSError, RuntimeError, ValueError) as wrong:
        raise StoreError(
            f"no readable graph in {folder}; run: coopgraph build --anew",
            f"không đọc được đồ thị trong {folder}; chạy: coopgraph build --anew",
        ) from wrong


def written(made: ox.Store, folder: Path) -> None:
    """Write a graph that was made in memory into a new one on disk."""
    try:
        store = ox.Store(str(folder))
        store.bulk_load(made.dump(format=ox.RdfFormat.N_QUADS), format=ox.RdfFormat.N_QUADS)
        store.flush()
    except OSError as wrong:
        raise StoreError(f"the graph cannot be written to {folder}: {wrong}") from wrong
