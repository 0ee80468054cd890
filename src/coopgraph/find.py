"""Find things by name, alias, acronym, former name or title, whatever the marks; exact matches first."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from coopgraph.errors import StoreError
from coopgraph.evidence import DEFAULT
from coopgraph.stores import Store
from coopgraph.terms import CG, CGV, COOP, PREFIXES, SKOS, fold

NAMES: Final = tuple(
    ox.NamedNode(iri)
    for iri in (
        SKOS + "prefLabel",
        COOP + "acronym",
        SKOS + "altLabel",
        SKOS + "hiddenLabel",
        PREFIXES["skosxl"] + "literalForm",
        PREFIXES["dcterms"] + "title",
    )
)
OFFICIAL: Final = ox.NamedNode(COOP + "officialName")
INDEX: Final = "names.sqlite"
TRIGRAM: Final = 3
"""Letters that the index needs; shorter texts are looked for in every name."""
INSIDE: Final = frozenset(("agd", "com", "mem", "nam", "obj", "par", "pri", "qty", "ten"))
"""Beginnings of the ids of things that are part of another one."""
MARKED: Final = 10
"""What a match without the typed marks loses against one with them."""


def search(named: Iterable[tuple[str, str]], wanted: str) -> list[tuple[str, str, int]]:
    """Give (IRI, matched name, rank) of the things whose name holds the text; the lower the rank, the better.

    `named` gives IRIs and names: all of a store (`names`), or those that an `Index` finds. Of equal ones,
    things come before concepts, and both before things that only stand inside another, such as agenda items.
    """
    best: dict[str, tuple[int, int, str]] = {}
    for iri, name in named:
        rank = match(wanted.strip(), name)
        if rank is not None:
            best[iri] = min(best.get(iri, (99, 0, "")), (rank, len(name), name))
    found = [(iri, name, rank) for iri, (rank, _, name) in best.items()]
    return sorted(found, key=lambda item: (item[2], _inside(item[0]), len(item[1]), item[1], item[0]))


def _inside(iri: str) -> int:
    """Rank what a thing is: 0 of its own, 1 a concept, 2 named by what it belongs to."""
    if iri.startswith(CGV):
        return 1
    return 2 if iri.removeprefix(CG).partition("-")[0] in INSIDE else 0


def match(wanted: str, name: str) -> int | None:
    """Rank a name: 0 the same, 1 starts so, 2 a word starts so, 3 holds it; plus 10 when marks were overlooked.

    >>> match("Bộ Nội vụ", "Bộ Nội vụ"), match("bo noi vu", "Bộ Nội vụ Lào"), match("x", "Bộ")
    (0, 11, None)
    """
    if not wanted:
        return None
    rank = _rank(wanted.casefold(), name.casefold())
    if rank is not None:
        return rank
    rank = _rank(fold(wanted), fold(name))
    return None if rank is None else rank + MARKED


def _rank(wanted: str, name: str) -> int | None:
    if wanted == name:
        return 0
    if name.startswith(wanted):
        return 1
    if f" {wanted}" in name:
        return 2
    return 3 if wanted in name else None


def index(store: Store, path: Path, old: Path | None = None) -> None:
    """Write an index of all names, without marks, for `Index`; of an old one, what still holds is taken over."""
    now = set(names(store))
    if old and old.is_file():
        path.write_bytes(old.read_bytes())
    with closing(sqlite3.connect(path)) as written, written:
        written.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS names USING fts5"
            "(folded, iri UNINDEXED, name UNINDEXED, tokenize = 'trigram case_sensitive 1')"
        )
        known = {(iri, name): row for row, iri, name in written.execute("SELECT rowid, iri, name FROM names")}
        written.executemany("DELETE FROM names WHERE rowid = ?", [(known[gone],) for gone in known.keys() - now])
        fresh = sorted(now - known.keys())
        written.executemany("INSERT INTO names VALUES (?, ?, ?)", ((fold(name), iri, name) for iri, name in fresh))


class Index:
    """An index of all names, open for asking: each thread has a connection of its own, closed when either goes.

    The file is never changed once it is in use; a new build has a new one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._own = threading.local()

    def looked_up(self, wanted: str) -> list[tuple[str, str]]:
        """Give the IRIs and names that hold the text, whatever the marks.

        Raises StoreError when the index cannot be read.
        """
        part = fold(wanted.strip()).replace("\0", "")
        if len(part) < TRIGRAM:
            where, value = "instr(folded, ?)", part
        else:
            where, value = "names MATCH ?", '"' + part.replace('"', '""') + '"'
        try:
            return self._opened().execute(f"SELECT iri, name FROM names WHERE {where}", (value,)).fetchall()  # noqa: S608  # fixed texts
        except sqlite3.Error as wrong:
            raise StoreError(
                f"no readable names in {self.path}; run: coopgraph build --anew",
                f"không đọc được tên trong {self.path}; chạy: coopgraph build --anew",
            ) from wrong

    def _opened(self) -> sqlite3.Connection:
        """Give this thread's connection."""
        if not hasattr(self._own, "connection"):
            place = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
            self._own.connection = sqlite3.connect(place, uri=True, check_same_thread=False, factory=_Connection)
        found: sqlite3.Connection = self._own.connection
        return found


class _Connection(sqlite3.Connection):
    """Closed when nobody holds it any more, be it in another thread."""

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # it was never opened
            self.close()


def names(store: Store) -> Iterator[tuple[str, str]]:
    """Go through all names of things and concepts; an id counts as a name, too, and a dated name as its owner's."""
    owned = store.quads(None, OFFICIAL, None, DEFAULT)
    owners = {quad.object.value: quad.subject.value for quad in owned if isinstance(quad.object, ox.NamedNode)}  # type: ignore[union-attr]
    for predicate in NAMES:
        for quad in store.quads(None, predicate, None, DEFAULT):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                thing = quad.subject.value
                if predicate == NAMES[0] and thing.startswith(CG):
                    yield thing, thing.removeprefix(CG)
                yield owners.get(thing, thing), quad.object.value
