"""The service layer: everything a person can ask of a graph, one short method each."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from coopgraph.errors import NotFoundError, QueryError
from coopgraph.evidence import DEFAULT, Evidences
from coopgraph.messages import closest, hint
from coopgraph.model import Table, Term
from coopgraph.notebook import Page
from coopgraph.queries import PLAIN, NamedQuery, day, value
from coopgraph.shelf import Shelf, question
from coopgraph.terms import CG, CGV, PREFIXES, expand, shrink

if TYPE_CHECKING:
    import rdflib

    from coopgraph.briefs.values import Brief
    from coopgraph.cards import Card
    from coopgraph.network import Hop, Network
    from coopgraph.stores.embedded import Embedded
    from coopgraph.stores.limited import Limited
    from coopgraph.stores.remote import Remote
    from coopgraph.together import Together

MOST_GUESSES: Final = 5


class Atlas:
    """An open graph. Make one with `coopgraph.open()`."""

    def __init__(self, shelf: Shelf, opener: Callable[[], "Embedded | Limited | Remote"]) -> None:
        self.shelf = shelf
        self.root = shelf.root
        self._opener = opener

    @cached_property
    def store(self) -> "Embedded | Limited | Remote":
        """The graph, read-only: on disk, or on a server."""
        return self._opener()

    @cached_property
    def evidence(self) -> Evidences:
        """Names and claims, each looked up once."""
        return Evidences(self.store)

    @cached_property
    def together(self) -> "Together":
        """Counts of who does what together, made when first asked for."""
        from coopgraph import together

        return together.read(self.store, self.root, self.shelf.folder)

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
        return table.but(sources=self.evidence.rows(table, query.properties())).hide(query.evidence)

    def _answer(self, query: NamedQuery, values: Mapping[str, str]) -> Table:
        """Bind the values that a person gave, and ask; an answer without an order of its own gets one."""
        terms = {key: value(query.parameter(key), given, self.resolve) for key, given in values.items()}
        table = self.store.select(query.bind(terms))
        return table if "ORDER BY" in query.text else table.sorted()

    def named(self, table: Table, lang: str, title: str = "") -> Table:
        """Put a title and the names of its things to a table."""
        return table.but(title=title, labels=self.evidence.name_rows(table, lang))

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
            listed += f"; … (coopgraph search {text!r})" if len(found) > MOST_GUESSES else ""
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

    def show(self, name: str, as_of: str = "", lang: str = "en") -> "Card":
        """Give the card of a thing: every fact about it, in both directions, with document and place.

        With a date (YYYY-MM-DD), posts and memberships that were surely not running then are left out.
        """
        from coopgraph import cards

        return cards.card(self.store, self.evidence, self.resolve(name), day(as_of).value if as_of else "", lang)

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

    def path(self, start: str, goal: str, as_of: str = "", most: int = 3) -> "list[list[Hop]]":
        """Give the best connections between two things; none at all is an answer, too."""
        from coopgraph import cards, network

        ends = shrink(self.resolve(start)), shrink(self.resolve(goal))
        if ends[0] == ends[1]:
            raise QueryError(
                f"{start!r} and {goal!r} are the same thing ({ends[0]}); name two different ones",
                f"{start!r} và {goal!r} là một ({ends[0]}); hãy nêu hai đối tượng khác nhau",
            )
        hubs, agents = cards.hubs(self.store), cards.members(self.store, PREFIXES["foaf"] + "Agent")
        return network.connections(self.network(as_of=as_of), *ends, hubs=hubs, agents=agents, most=most)

    def analyse(
        self,
        measure: str,
        lang: str = "en",
        network: str = "ties",
        as_of: str = "",
        kind: str = "",
        top: int = 0,
        facts: tuple[str, ...] = (),
        **values: str,
    ) -> Table:
        """Measure a network, or count: degree, betweenness, communities, brokers, partners, gaps and others.

        `kind` and `top` say which rows are shown, `facts` what a number is made of; `values` fill the parameters of the
        question behind. The sources of a row are the claims behind its number.
        """
        from coopgraph import analysis

        options = analysis.Options(network, as_of, kind, top, facts, values)
        return analysis.analyse(self, measure, lang, options)

    def map(
        self,
        name: str = "relations",
        lang: str = "en",
        focus: str = "",
        depth: int = 1,
        as_of: str = "",
        size: str = "",
        colour: str = "",
        geo: str = "",
        **values: str,
    ) -> Page:
        """Draw a question with columns `from`, `relation`, `to` and `fact` as one HTML document that needs no network.

        The question says as which view. `focus` keeps only what lies within `depth` steps of a thing; `size` and
        `colour` are measures of the network of ties, such as degree and communities; `geo` is a GeoJSON file with the
        shapes of countries.
        """
        from coopgraph import charts, emphasis
        from coopgraph.views import named, outlined

        query, whole = self.question(name), self.network(name, **values)
        whole = self._near(whole, focus, depth) if focus else whole
        made, on = self.shelf.made[:12], day(as_of).value if as_of else ""
        title = {code: self._titled(query, values, code, focus) for code in query.title}
        model = charts.model(self.store, self.evidence, whole, title, on, made)
        model = emphasis.emphasised(self, model, size, colour, as_of) if size or colour else model
        return Page(named(query.view)(outlined(query.view, model, Path(geo)) if geo else model, lang))

    def _near(self, whole: "Network", focus: str, depth: int) -> "Network":
        """Keep what lies near a thing."""
        from coopgraph import network

        near = network.around(whole, shrink(self.resolve(focus)), depth)
        if not near:
            raise NotFoundError(
                f"{focus!r} has no relation to draw; see what is known: coopgraph show {focus}",
                f"{focus!r} không có quan hệ nào để vẽ; xem những gì đã biết: coopgraph show {focus}",
            )
        return near

    def _titled(self, query: NamedQuery, values: Mapping[str, str], lang: str, focus: str = "") -> str:
        """Give the title of a question with the things that fill its blanks, after the thing in focus."""
        filled = [(blank.kind, values.get(blank.name, blank.default)) for blank in query.parameters]
        things = (self.resolve(given) for kind, given in filled if kind not in PLAIN and given not in ("", "UNDEF"))
        whole = ": ".join([query.title[lang], *(self.evidence.label(thing, lang) for thing in things)])
        return f"{self.evidence.label(self.resolve(focus), lang)} – {whole}" if focus else whole

    def brief(self, name: str, other: str = "", lang: str = "en", as_of: str = "") -> "Brief":
        """Gather what is known of a thing, or of two, on a day (else that of the newest source), for two pages."""
        from coopgraph.briefs.gather import gather

        wanted, made = [name, *([other] if other else [])], self.shelf.made[:12]
        return gather(self, wanted, lang, day(as_of).value if as_of else "", made)

    @property
    def counted(self) -> list[NamedQuery]:
        """The question files behind `stats`, in the order of their names."""
        return [query for query in self.questions.values() if query.path.startswith("queries/stats/")]

    def stats(self, lang: str = "en") -> list[Table]:
        """Count what the graph holds and what it lacks, a table for each file of `counted`."""
        return [self.named(self.store.select(query.text), lang, query.title[lang]) for query in self.counted]

    def dataset(self) -> "rdflib.Dataset":
        """Give an rdflib `Dataset` over the same data, read-only; its default graph is the accepted view."""
        from coopgraph.stores.rdflib_view import dataset

        return dataset(self.store.inner)

    def quads(self) -> Iterator[ox.Quad]:
        """Go through every statement of the graph and of its evidence."""
        return self.store.quads()


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True
