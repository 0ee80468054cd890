"""Analysis: what counting questions and graph theory say of a network, each number with the claims behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final, Protocol

import pyoxigraph as ox

from coopgraph import cards
from coopgraph.errors import NotFoundError, QueryError
from coopgraph.evidence import DEFAULT, TYPE, Evidences
from coopgraph.messages import closest, hint
from coopgraph.model import Table
from coopgraph.network import at_date
from coopgraph.queries import NamedQuery, day, value
from coopgraph.stores import Store
from coopgraph.studies import COLUMNS, HEADINGS, LINK, Row, Study, ends, linked
from coopgraph.terms import PREFIXES, expand, fold, local, shrink, snake
from coopgraph.together import PAIRED, Together

if TYPE_CHECKING:
    from coopgraph.network import Hop, Network

TITLES: Final[Mapping[str, Mapping[str, str]]] = {
    "degree": {
        "en": "Degree: to how many activities, agreements and bodies is each tied?",
        "vi": "Bậc: mỗi bên gắn với bao nhiêu hoạt động, thỏa thuận, tổ chức?",
    },
    "betweenness": {
        "en": "Betweenness: what share of the shortest ways between two others leads through each?",
        "vi": "Độ trung gian: bao nhiêu phần các đường nối ngắn nhất giữa hai bên khác đi qua mỗi bên?",
    },
    "eigenvector": {
        "en": "Eigenvector centrality: who is tied to what is well tied itself? (the best has 1)",
        "vi": "Độ trung tâm véc-tơ riêng: ai gắn với những bên cũng gắn kết nhiều? (cao nhất là 1)",
    },
    "communities": {
        "en": "Communities: which groups are tied more inside than outside?",
        "vi": "Cộng đồng: những nhóm nào gắn kết bên trong nhiều hơn bên ngoài?",
    },
    "brokers": {
        "en": "Brokers: who joins bodies of different countries that share nothing themselves?",
        "vi": "Cầu nối: ai nối các cơ quan khác nước vốn chưa có việc gì chung?",
    },
    "paths": {
        "en": "Paths: how are two connected, step by step?",
        "vi": "Đường nối: hai bên liên hệ với nhau qua những bước nào?",
    },
}
"""What each measure of a network answers, by its name."""

QUESTIONS: Final[Mapping[str, str]] = {
    "partners": "partner-intensity",
    "co-attendance": "co-attendance",
    "met-whom": "met-whom",
    "gaps": "dormant-agreements",
}
"""Measures that a question file answers, and the question's name."""

COUNTS: Final = (*COLUMNS, "partners", "co-attendance")
"""Measures whose rows rest on so many sources that a terminal gets their number."""
TIES: Final = "ties"
"""The network that is measured unless another is named."""
PATHS: Final = 3
"""How many connections are given unless more are wanted."""
PAIR: Final = ("one", "other")
SHARED: Final = "shared-activities"
"""The question that opens the number of a pair."""
COUNTRIES: Final = "home-countries"
"""The question that gives bodies and people their countries."""
CLASS: Final = ox.NamedNode(PREFIXES["owl"] + "Class")
UNIT: Final = PREFIXES["org"] + "OrganizationalUnit"


@dataclass(frozen=True)
class Options:
    """What is wanted of a measure: which network and day, which class, how many rows, the facts behind what."""

    network: str = TIES
    as_of: str = ""
    kind: str = ""
    top: int = 0
    facts: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


class Graph(Protocol):
    """What an analysis asks of an open graph."""

    @property
    def store(self) -> Store:
        """The statements."""

    @property
    def evidence(self) -> Evidences:
        """Names and claims."""

    @property
    def together(self) -> Together:
        """Counts of who does what together."""

    def question(self, name: str) -> NamedQuery:
        """Give a question by its name."""

    def ask(self, name: str, lang: str = "en", **values: str) -> Table:
        """Answer a question."""

    def network(self, name: str = "relations", as_of: str = "", **values: str) -> "Network":
        """Give the network of a question."""

    def path(self, start: str, goal: str, as_of: str = "", most: int = PATHS) -> "list[list[Hop]]":
        """Give the best connections between two things."""

    def resolve(self, text: str) -> str:
        """Give the IRI that an id or a name stands for."""


def analyse(graph: Graph, measure: str, lang: str, options: Options) -> Table:
    """Answer a measure as a table; the sources of a row are the claims behind its number.

    Raises NotFoundError for an unknown measure, network, class or thing, QueryError for what does not go together.
    """
    if measure in QUESTIONS:
        return _asked(graph, measure, lang, options)
    if measure not in TITLES:
        known = (*TITLES, *QUESTIONS)
        near = closest(measure, known)
        raise NotFoundError(
            f"no measure {measure!r}{hint(near, 'en')}; there are: {', '.join(known)}",
            f"không có phép đo {measure!r}{hint(near, 'vi')}; hiện có: {', '.join(known)}",
        )
    answer = _paths if measure == "paths" else _facts if options.facts else _measured
    found = answer(graph, measure, options)
    named = found.but(title=TITLES[measure][lang], labels=graph.evidence.name_rows(found, lang))
    return _told_once(named) if options.facts else named


def headings(graph: Graph, measure: str, *, facts: bool) -> Mapping[str, Mapping[str, str]]:
    """Give what stands above the columns of a measure's table, or of the facts behind it."""
    if measure not in QUESTIONS:
        return HEADINGS
    return {**HEADINGS, **graph.question(SHARED if facts else QUESTIONS[measure]).columns}


def _asked(graph: Graph, measure: str, lang: str, options: Options) -> Table:
    """Let a question answer; the facts behind the number of a pair are what the two share."""
    _refuse(measure, network=options.network != TIES)
    if options.facts:
        if len(options.facts) != len(PAIR):
            raise QueryError(
                f"{measure} tells of two: name both, e.g. --facts cty-vn --facts cty-kr",
                f"{measure} nói về hai bên: hãy nêu cả hai, ví dụ --facts cty-vn --facts cty-kr",
            )
        return graph.ask(SHARED, lang, **dict(zip(PAIR, options.facts, strict=True)))
    extra = {"asOf": options.as_of, "kind": options.kind and _class(graph, options.kind)}
    given = {name: value for name, value in extra.items() if value}
    if QUESTIONS[measure] in PAIRED and graph.together.ready:
        return _paired(graph, measure, lang, {**options.values, **given}, options.top)
    found = graph.ask(QUESTIONS[measure], lang, **options.values, **given)
    most = options.top or len(found.rows)
    return found.but(rows=found.rows[:most], sources=found.sources[:most])


def _paired(graph: Graph, measure: str, lang: str, values: Mapping[str, str], most: int) -> Table:
    """Count pairs; the claims behind a row are looked up for the rows that are shown."""
    question = graph.question(QUESTIONS[measure])
    filled = {name: value(question.parameter(name), given, graph.resolve).value for name, given in values.items()}
    found = PAIRED[question.name](graph.together, filled, most)
    sources = graph.evidence.rows(found, question.properties())
    named = found.but(title=question.title[lang], labels=graph.evidence.name_rows(found, lang), sources=sources)
    return named.hide(question.evidence)


def _paths(graph: Graph, measure: str, options: Options) -> Table:
    """Write the best connections of two things step by step."""
    _refuse(measure, kind=options.kind, facts=options.facts, network=options.network != TIES)
    if set(options.values) != set(PAIR):
        raise QueryError(
            "a path leads from one thing to another, e.g. one=per-ha-quang-truong other=org-kr-nhi",
            "đường nối đi từ một bên đến bên kia, ví dụ one=per-ha-quang-truong other=org-kr-nhi",
        )
    one, other = (options.values[end] for end in PAIR)
    ways = graph.path(one, other, options.as_of, options.top or PATHS)
    steps = [(way, step, tie) for way, ties in enumerate(ways, 1) for step, tie in enumerate(ties, 1)]
    rows = tuple((ox.Literal(way), ox.Literal(step), *linked(graph.evidence, tie)) for way, step, tie in steps)
    sources = tuple(graph.evidence.behind_link(*(expand(end) for end in ends(tie))) for *_, tie in steps)
    return _filled(Table(("connection", "step", *LINK), rows, sources=sources))


def _measured(graph: Graph, measure: str, options: Options) -> Table:
    """Measure a network; what a class or a number of rows leaves out is measured all the same."""
    made = study(graph, options)
    rows = list(_rows(graph, made, measure))
    if options.kind:
        kept = cards.members(graph.store, expand(_class(graph, options.kind)))
        rows = [row for row in rows if row[0] in kept]
    if options.top:
        groups = groupby(rows, key=lambda row: row[1][0] if measure == "communities" else None)
        rows = [row for _, group in groups for row in islice(group, options.top)]
    return Table(COLUMNS[measure], tuple(cells for _, cells in rows), sources=made.sources(name for name, _ in rows))


def _rows(graph: Graph, made: Study, measure: str) -> Iterator[Row]:
    if measure == "brokers":
        return made.brokers(*homes(graph))
    return made.grouped() if measure == "communities" else made.ranked(measure)


def _facts(graph: Graph, measure: str, options: Options) -> Table:
    """Open a number: list the ties that it was made of, each with its sources."""
    made = study(graph, options)
    ties: list[Hop] = []
    for wanted in options.facts:
        if measure == "communities" and wanted.isdecimal():
            found = made.inside([name for name, cells in made.grouped() if cells[0] == ox.Literal(int(wanted))])
        else:
            found = made.of(shrink(graph.resolve(wanted)))
        if not found:
            raise NotFoundError(
                f"{wanted!r} has no ties in {options.network!r}; see what is known: coopgraph show {wanted}",
                f"{wanted!r} không có mối gắn kết nào trong {options.network!r}; xem: coopgraph show {wanted}",
            )
        ties += found
    rows = tuple(linked(graph.evidence, tie) for tie in ties)
    return _filled(Table(LINK, rows, sources=tuple(map(made.behind, ties))))


def study(graph: Graph, options: Options) -> Study:
    """Read the network that is to be measured; on a day, who met before has met."""
    question = graph.question(options.network)
    for name in options.values:
        question.parameter(name)
    network = graph.network(options.network, **options.values)
    if options.as_of:
        network = at_date(network, day(options.as_of).value, lasting=("meeting",))
    return Study(network, cards.hubs(graph.store), graph.evidence, question.properties())


def homes(graph: Graph) -> tuple[dict[str, str], dict[str, str]]:
    """Give each body its country, units apart, for what they do their body does; and each person and unit theirs.

    Who has several countries has none here.
    """
    known: dict[str, set[str]] = {}
    people = cards.members(graph.store, UNIT)
    for who, country, through, *_ in graph.store.select(graph.question(COUNTRIES).text).rows:
        name, home = (shrink(str(getattr(term, "value", ""))) for term in (who, country))
        known.setdefault(name, set()).add(home)
        people |= {name} if through else set()
    alone = {name: min(countries) for name, countries in known.items() if len(countries) == 1}
    return {name: home for name, home in alone.items() if name not in people}, alone


def _class(graph: Graph, word: str) -> str:
    """Give the class that bears a name, such as person, ministry or cuộc họp.

    Raises NotFoundError with the nearest.
    """
    known: dict[str, str] = {}
    for quad in graph.store.quads(None, TYPE, CLASS, DEFAULT):
        iri = str(getattr(quad.subject, "value", ""))
        for name in (shrink(iri), local(iri), snake(local(iri)), *graph.evidence.labels(iri).values()):
            known.setdefault(fold(name), iri)
    if fold(word) not in known:
        near = closest(fold(word), known)
        raise NotFoundError(
            f"no class {word!r}{hint(near, 'en')}; e.g. person, organisation, ministry, meeting, agreement",
            f"không có lớp {word!r}{hint(near, 'vi')}; ví dụ: người, tổ chức, bộ",
        )
    return known[fold(word)]


def _refuse(measure: str, **given: object) -> None:
    """Refuse options that a measure cannot heed.

    Raises QueryError naming the first.
    """
    if wrong := [name for name, value in given.items() if value]:
        raise QueryError(f"{measure} does not go with --{wrong[0]}", f"{measure} không dùng được với --{wrong[0]}")


def _told_once(table: Table) -> Table:
    """Move the one thing whose ties all these are from its column to the title."""
    for end in ("from", "to"):
        cells = {row[table.columns.index(end)] for row in table.rows}
        if len(cells) == 1 < len(table.rows):
            about = table.labels[str(getattr(cells.pop(), "value", ""))]
            return table.hide([end]).but(title=f"{table.title} {about}")
    return table


def _filled(table: Table) -> Table:
    """Leave out columns that hold nothing."""
    cells = zip(*table.rows, strict=True) if table.rows else [(True,)] * len(table.columns)
    return table.hide([name for name, column in zip(table.columns, cells, strict=True) if not any(column)])
