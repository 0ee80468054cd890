"""The service layer: everything a person can ask of a graph, one short method each."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from coopgraph.cache import Cache, home
from coopgraph.errors import NotFoundError, QueryError
from coopgraph.evidence import DEFAULT, TYPE, Evidences
from coopgraph.graph import build, where
from coopgraph.messages import closest, hint
from coopgraph.model import Table, Term
from coopgraph.queries import NamedQuery, Parameter
from coopgraph.shelf import Away, Kept, Shelf, question
from coopgraph.stores import opening
from coopgraph.stores.embedded import Watch
from coopgraph.stores.limits import Limits
from coopgraph.stores.opening import Opened
from coopgraph.terms import CG, CGV, COOP, PREFIXES, XSD, expand, shrink

if TYPE_CHECKING:
    import rdflib

    from coopgraph.cards import Card
    from coopgraph.network import Hop, Network

MOST_GUESSES: Final = 5
LONGEST_NUMBER: Final = 18
"""Digits of a whole number that a question takes."""


def open(  # noqa: A001  # reads as coopgraph.open()
    root: Path | str | None = None,
    *,
    store: str = "",
    memory: bool = False,
    limits: Limits | None = None,
    watch: Watch | None = None,
) -> "Atlas":
    """Open a graph for asking; build it first when it never was.

    Questions run in a process of their own, within `limits`; with `memory` that process keeps a copy of the graph in
    memory, which answers scans quicker and takes a moment to make. A program that ends with its question, as the
    command line does, can give a `watch` instead: questions then run here, inside that context.

    With `store`, the address of a SPARQL server to which the graph was published, questions are answered there; only
    their files are read here, and nothing is built.

    Raises SourceError when the data cannot be built, NotFoundError when the folder is no graph's folder, StoreError
    when the server cannot be asked or holds no graph of coopgraph.
    """
    folder = where(Path(root) if root else None)
    if store:
        far = opening.away(store, limits or Limits())
        return Atlas(Away(folder, far), lambda: far)
    cache = Cache(home(folder), folder)
    if not cache.current():
        build(folder)
    shelf = Kept(folder, cache)
    return Atlas(shelf, partial(opening.near, shelf.folder / "graph", limits or Limits(), watch, memory=memory))


class Atlas:
    """An open graph. Make one with `coopgraph.open()`."""

    def __init__(self, shelf: Shelf, opener: Callable[[], Opened]) -> None:
        self.shelf = shelf
        self.root = shelf.root
        self._opener = opener

    @cached_property
    def store(self) -> Opened:
        """The graph, read-only: on disk, or on a server."""
        return self._opener()

    @cached_property
    def evidence(self) -> Evidences:
        """Names and claims, each looked up once."""
        return Evidences(self.store)

    @property
    def stale(self) -> bool:
        """Tell whether curated files changed since the graph was built."""
        return self.shelf.stale

    @property
    def questions(self) -> Mapping[str, NamedQuery]:
        """The question files, by name."""
        return self.shelf.questions

    def question(self, name: str) -> NamedQuery:
        """Give a question by its name.

        Raises NotFoundError with the nearest name.
        """
        return question(self.shelf, name)

    def ask(self, name: str, lang: str = "en", **values: str) -> Table:
        """Answer a named question.

        `values` fill its parameters: an entity's id or name, a date such as 2022-08-05, a text. The answer is a
        `Table` with the names of things in the language and the claims behind each row.

        Raises NotFoundError for an unknown question or thing, QueryError for an unknown parameter or a wrong value.
        """
        query = self.question(name)
        table = self.named(self._answer(query, values), lang, query.title[lang])
        return replace(table, sources=self.evidence.rows(table, query.properties())).hide(query.evidence)

    def _answer(self, query: NamedQuery, values: Mapping[str, str]) -> Table:
        """Bind the values that a person gave, and ask."""
        return self.store.select(
            query.bind({key: self._value(query.parameter(key), value) for key, value in values.items()})
        )

    def named(self, table: Table, lang: str, title: str = "") -> Table:
        """Put a title and the names of its things to a table."""
        return replace(table, title=title, labels=self.evidence.name_rows(table, lang))

    def _value(self, parameter: Parameter, value: str) -> ox.NamedNode | ox.Literal:
        """Read a parameter's value by its kind."""
        if parameter.kind == "date":
            return day(value)
        if parameter.kind == "number":
            if not (value.isascii() and value.removeprefix("-").isdigit() and len(value) < LONGEST_NUMBER):
                raise QueryError(
                    f"{parameter.name}: {value!r} is not a whole number like 21",
                    f"{parameter.name}: {value!r} không phải số nguyên như 21",
                )
            return ox.Literal(int(value))
        if parameter.kind == "text":
            return ox.Literal(value)
        return ox.NamedNode(self.resolve(value))

    def resolve(self, text: str) -> str:
        """Give the IRI that an id, a prefixed name, an IRI or a name stands for.

        Raises NotFoundError when nothing, or more than one thing, bears the name.
        """
        for iri in (expand(text), CGV + text) if text.strip() else ():
            if _is_iri(iri) and any(True for _ in self.store.quads(ox.NamedNode(iri), None, None, DEFAULT)):
                return iri
        from coopgraph import find

        found = find.search(self.shelf.named(text), text)
        best = [item for item in found if item[2] == found[0][2]] if found else []
        exact = [item for item in best if item[2] in (0, find.MARKED)]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0][0]
        if found:
            listed = "; ".join(f"{shrink(iri)} ({name})" for iri, name, _ in found[:MOST_GUESSES])
            raise NotFoundError(
                f"{text!r} can mean {len(found)} things; name one by its id: {listed}",
                f"{text!r} có thể là {len(found)} đối tượng; hãy dùng mã: {listed}",
            )
        known = self.store.quads(None, find.NAMES[0], None, DEFAULT)
        ids = [quad.subject.value.removeprefix(CG) for quad in known if isinstance(quad.subject, ox.NamedNode)]
        near = closest(text, ids)
        raise NotFoundError(
            f"nothing is called {text!r}{hint(near, 'en')}; find it with: coopgraph search WORDS",
            f"không có gì tên {text!r}{hint(near, 'vi')}; hãy tìm bằng: coopgraph search TỪ",
        )

    def sparql(self, text: str) -> Table | list[ox.Triple]:
        """Answer any SPARQL question: a `Table` for SELECT and ASK, triples for CONSTRUCT and DESCRIBE.

        Raises QueryError when it is not SPARQL, would change the graph, or would reach out of it.
        """
        from coopgraph import guard

        form, whole = guard.form(text), guard.prefixed(text)
        return self.store.select(whole) if form in ("SELECT", "ASK") else list(self.store.construct(whole))

    def show(self, name: str, as_of: str = "") -> "Card":
        """Give the card of a thing: every fact about it, in both directions, with document and place.

        With a date (YYYY-MM-DD), posts and memberships that were surely not running then are left out.
        """
        from coopgraph import cards

        return cards.card(self.store, self.evidence, self.resolve(name), day(as_of).value if as_of else "")

    def search(self, text: str, lang: str = "en", most: int = 50) -> Table:
        """Find things by name, whatever the marks; exact matches first."""
        from coopgraph import cards, find

        rows: list[tuple[Term | None, ...]] = []
        found = find.search(self.shelf.named(text), text)[:most]
        self.store.gather(ox.NamedNode(iri) for iri, *_ in found)
        for iri, name, _ in found:
            kind = next(iter(cards.kinds(self.store, iri)), "")
            matched = ox.Literal(name) if name != self.evidence.label(iri, lang) else None
            rows.append((ox.Literal(shrink(iri)), ox.NamedNode(iri), ox.NamedNode(kind) if kind else None, matched))
        return self.named(Table(("id", "name", "class", "matched"), tuple(rows)), lang, text)

    def network(self, name: str = "relations", as_of: str = "", **values: str) -> "Network":
        """Give a `networkx.MultiDiGraph` of a question with columns `from` and `to`; by default of all relations.

        Nodes are entity ids; edges carry `relation`, `family`, `fact`, `start` and `end` as text.
        """
        from coopgraph import network

        table = self._answer(self.question(name), values)
        if not {"from", "to"} <= set(table.columns):
            raise QueryError(
                f"question {name!r} has no columns ?from and ?to to draw; try: coopgraph map relations",
                f"câu hỏi {name!r} không có cột ?from và ?to để vẽ; hãy thử: coopgraph map relations",
            )
        whole = network.graph(table)
        return network.at_date(whole, day(as_of).value) if as_of else whole

    def path(self, start: str, goal: str, as_of: str = "") -> "list[list[Hop]]":
        """Give the best connections between two things; none at all is an answer, too."""
        from coopgraph import network

        ends = shrink(self.resolve(start)), shrink(self.resolve(goal))
        if ends[0] == ends[1]:
            raise QueryError(
                f"{start!r} and {goal!r} are the same thing ({ends[0]}); name two different ones",
                f"{start!r} và {goal!r} là một ({ends[0]}); hãy nêu hai đối tượng khác nhau",
            )
        hub_classes = [quad.subject for quad in self.store.quads(None, ox.NamedNode(COOP + "hub"), None, DEFAULT)]
        hubs, agents = self._members(hub_classes), self._members([ox.NamedNode(PREFIXES["foaf"] + "Agent")])
        return network.connections(self.network(as_of=as_of), *ends, hubs=hubs, agents=agents)

    def _members(self, classes: Iterable[Term]) -> set[str]:
        """List the ids of everything in some classes."""
        things = (quad.subject for kind in classes for quad in self.store.quads(None, TYPE, kind, DEFAULT))
        return {shrink(thing.value) for thing in things if isinstance(thing, ox.NamedNode)}

    def map(
        self, name: str = "relations", lang: str = "en", focus: str = "", depth: int = 1, as_of: str = "", **values: str
    ) -> str:
        """Draw a question with columns `from` and `to` as one HTML document that needs no network.

        `focus` keeps only what lies within `depth` steps of a thing.
        """
        from coopgraph import charts, network
        from coopgraph.views import VIEWS

        query, whole = self.question(name), self.network(name, **values)
        if focus:
            whole = network.around(whole, shrink(self.resolve(focus)), depth)
            if not whole:
                raise NotFoundError(
                    f"{focus!r} has no relation to draw; see what is known: coopgraph show {focus}",
                    f"{focus!r} không có quan hệ nào để vẽ; xem những gì đã biết: coopgraph show {focus}",
                )
        made = self.shelf.made[:12]
        model = charts.model(self.store, self.evidence, whole, query.title, day(as_of).value if as_of else "", made)
        return VIEWS[query.view](model, lang)

    def stats(self, lang: str = "en") -> list[Table]:
        """Count what the graph holds and what it lacks."""
        counted = [query for query in self.questions.values() if query.path.startswith("queries/stats/")]
        return [self.named(self.store.select(query.text), lang, query.title[lang]) for query in counted]

    def dataset(self) -> "rdflib.Dataset":
        """Give an rdflib `Dataset` over the same data, read-only; its default graph is the accepted view."""
        from coopgraph.stores.rdflib_view import dataset

        return dataset(self.store.inner)

    def quads(self) -> Iterator[ox.Quad]:
        """Go through every statement of the graph and of its evidence."""
        return self.store.quads()


def day(text: str) -> ox.Literal:
    """Read the date that a question asks about; it must be a full day.

    Raises QueryError with an example.
    """
    from coopgraph import dates

    if dates.read(text) != XSD + "date":
        raise QueryError(
            f"{text!r} is not a full date like 2022-08-05", f"{text!r} không phải ngày đầy đủ dạng 2022-08-05"
        )
    return ox.Literal(text, datatype=ox.NamedNode(XSD + "date"))


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True
