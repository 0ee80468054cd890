"""What goes with an open graph beside its statements: its question files, the names to search, what is known of it."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from coopgraph import graph
from coopgraph.cache import Cache, stamp
from coopgraph.errors import NotFoundError, SourceError
from coopgraph.messages import closest, hint
from coopgraph.queries import NamedQuery

if TYPE_CHECKING:
    from coopgraph.find import Index
    from coopgraph.stores import Store


class Shelf(Protocol):
    """Questions and names of one graph."""

    root: Path

    @property
    def folder(self) -> Path | None:
        """The folder beside whose graph more can be kept."""

    @property
    def made(self) -> str:
        """Digest of the graph: the same graph, the same digest."""

    @property
    def stale(self) -> bool:
        """Tell whether curated files changed since the graph was built."""

    @property
    def unfinished(self) -> bool:
        """Tell whether the graph is not whole, because a publication was begun and not finished."""

    @property
    def questions(self) -> Mapping[str, NamedQuery]:
        """The question files, by name."""

    def one(self, name: str) -> NamedQuery | None:
        """Give one question without reading the others; nothing when there is none of that name."""

    def named(self, text: str) -> list[tuple[str, str]]:
        """Give IRIs and names, at least of all things whose name holds the text."""


class Kept:
    """What a build left on this machine."""

    unfinished = False

    def __init__(self, root: Path, cache: Cache, about: Mapping[str, Any]) -> None:
        self.root = root
        self.cache = cache
        self.about = about
        if not about:
            raise SourceError(
                f"the graph in {root} has problems; run: coopgraph check",
                f"đồ thị trong {root} có lỗi; chạy: coopgraph check",
            )
        self.folder = cache.folder / about["store"]

    @property
    def made(self) -> str:
        """Digest of the files that it was built from."""
        return str(self.about["fingerprint"])

    @cached_property
    def stale(self) -> bool:
        """Tell whether curated files changed since."""
        return bool(self.about["stamp"] != stamp(self.root))

    @cached_property
    def questions(self) -> Mapping[str, NamedQuery]:
        """The question files: as the build kept them, or as they are when they changed since."""
        return graph.catalogued(self._catalogue) if self._catalogue else graph.questions(self.root)

    def one(self, name: str) -> NamedQuery | None:
        """Give one question alone, so that no time is lost with others, nor does a mistake in one stand in the way."""
        return graph.picked(self._catalogue, name) if self._catalogue else graph.question(self.root, name)

    @cached_property
    def _catalogue(self) -> bytes:
        """The questions as the build kept them; none when files changed since."""
        return b"" if self.stale else graph.catalogue(self.folder)

    def named(self, text: str) -> list[tuple[str, str]]:
        """Look a text up in the index of names."""
        return self._index.looked_up(text)

    @cached_property
    def _index(self) -> "Index":
        from coopgraph import find

        return find.Index(self.folder / find.INDEX)


class Away:
    """What goes with a graph that lies elsewhere: the question files of a folder here, and the names that are there."""

    stale = False
    folder = None

    def __init__(self, root: Path, store: "Store", made: str = "", *, unfinished: bool = False) -> None:
        self.root = root
        self.store = store
        self.made = made
        self.unfinished = unfinished

    @cached_property
    def questions(self) -> Mapping[str, NamedQuery]:
        """The question files."""
        return graph.questions(self.root)

    def one(self, name: str) -> NamedQuery | None:
        """Give one question without reading the others."""
        return graph.question(self.root, name)

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        from coopgraph import find

        return list(find.names(self.store))

    def named(self, _text: str) -> list[tuple[str, str]]:
        """Give all names; they are fetched once."""
        return self._names


def question(shelf: Shelf, name: str) -> NamedQuery:
    """Give a question by its name.

    Raises NotFoundError with the nearest name.
    """
    if one := shelf.one(name):
        return one
    if name not in shelf.questions:
        near = closest(name, shelf.questions)
        raise NotFoundError(
            f"no question {name!r}{hint(near, 'en')}; list them with: coopgraph ask",
            f"không có câu hỏi {name!r}{hint(near, 'vi')}; xem danh sách: coopgraph ask",
        )
    return shelf.questions[name]
