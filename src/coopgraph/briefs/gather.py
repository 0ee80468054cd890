"""Gathers a brief: the parts that question files offer for its subject, a small map, open conflicts, sources."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, zip_longest
from typing import Final, Protocol

import pyoxigraph as ox

from coopgraph import charts, dates
from coopgraph.briefs import identity, lines
from coopgraph.briefs.cited import Bibliography
from coopgraph.briefs.parts import Part, chosen
from coopgraph.briefs.sections import About, section
from coopgraph.briefs.values import Brief, Conflict, Row, Statement
from coopgraph.briefs.words import WORDS
from coopgraph.cards import Card, kinds
from coopgraph.errors import QueryError
from coopgraph.evidence import DEFAULT, TYPE, Evidences
from coopgraph.model import Evidence, Table, Term
from coopgraph.network import Network, at_date
from coopgraph.queries import NamedQuery
from coopgraph.terms import CG, CGV, PREFIXES, shrink

DRAWN: Final = 14
"""How many things the small map shows."""
LASTING: Final = ("agreement", "meeting")
"""Families of relations that the map shows when they are over: who met has met, and what is named is in force."""
OPEN: Final = CGV + "status-open"
DISAGREEMENTS: Final = "conflicts"
"""The question that tells where sources disagree."""
ISSUED: Final = ox.NamedNode(PREFIXES["dcterms"] + "issued")
DOCUMENT: Final = CG + "doc-"


class Asked(Protocol):
    """What a brief needs of an atlas: names and claims, questions and their answers, cards, the network."""

    @property
    def evidence(self) -> Evidences:
        """Names and claims."""

    @property
    def questions(self) -> Mapping[str, NamedQuery]:
        """The question files, by name."""

    def ask(self, name: str, lang: str = "en", **values: str) -> Table:
        """Answer a named question."""

    def show(self, name: str, as_of: str = "") -> Card:
        """Give the card of a thing."""

    def network(self, name: str = "relations", as_of: str = "", **values: str) -> Network:
        """Give the relations that a question draws."""

    def resolve(self, text: str) -> str:
        """Give the IRI that an id or a name stands for."""


def gather(asked: Asked, wanted: Sequence[str], lang: str, as_of: str, made: str) -> Brief:
    """Gather the brief on one thing or two, by id or name, on a day; without one, on the day of the newest source.

    Raises NotFoundError for what nothing is called, QueryError when no question tells of two such things together.
    """
    subjects = _subjects(asked, wanted)
    about = About(tuple(map(shrink, subjects)), _names(asked, subjects, lang), as_of or newest(asked.evidence), lang)
    parts, bibliography = _parts(asked, subjects), Bibliography(asked.evidence, lang)
    facts, told = _facts(asked, about, parts, bibliography)
    written = [section(part, about, asked.ask, bibliography) for part in parts]
    named = [subjects, told, *(found for _, found in written)]
    conflicts = tuple(_conflicts(asked, about, {*chain.from_iterable(named)}, bibliography))
    drawn, title = _drawn(asked.network(), named, about.day), {lang: WORDS[lang]["map"]}
    other = _names(asked, subjects, "en" if lang == "vi" else "vi")
    return Brief(
        lang=lang,
        title=about.title,
        subtitle=other if other != about.title else "",
        kind=_kind(asked, subjects, lang),
        as_of=about.day,
        given=bool(as_of),
        made=made,
        facts=tuple(facts),
        sections=tuple(made for made, _ in written),
        conflicts=conflicts,
        references=bibliography.references(),
        map=charts.model(asked.evidence.store, asked.evidence, drawn, title, about.day, made),
        subjects=about.subjects,
    )


def _subjects(asked: Asked, wanted: Sequence[str]) -> list[str]:
    """Give the IRIs of what a brief is wanted on; sources and words of the ontology are none."""
    subjects = [asked.resolve(name) for name in wanted]
    if len({*subjects}) < len(subjects):
        raise QueryError(
            f"{wanted[0]!r} and {wanted[1]!r} are the same thing ({shrink(subjects[0])}); name two different ones",
            f"{wanted[0]!r} và {wanted[1]!r} là một ({shrink(subjects[0])}); hãy nêu hai đối tượng khác nhau",
        )
    for subject, name in ((subject, shrink(subject)) for subject in subjects):
        if subject.startswith(DOCUMENT):
            raise QueryError(
                f"{name} is a source; see what it says: coopgraph ask document-facts document={name}",
                f"{name} là tài liệu nguồn; xem nội dung: coopgraph ask document-facts document={name}",
            )
        if not subject.startswith((CG, CGV)):
            raise QueryError(
                f"{name} is a word of the ontology, not a thing like org-vn-moha",
                f"{name} là thuật ngữ của bản thể học, không phải đối tượng như org-vn-moha",
            )
    return subjects


def _names(asked: Asked, subjects: Sequence[str], lang: str) -> str:
    return " – ".join(asked.evidence.label(subject, lang) for subject in subjects)


def _kind(asked: Asked, subjects: Sequence[str], lang: str) -> str:
    """Name the class of a single subject."""
    found = kinds(asked.evidence.store, subjects[0]) if len(subjects) == 1 else []
    return ", ".join(asked.evidence.label(kind, lang) for kind in found)


def newest(evidences: Evidences) -> str:
    """Give the last day on which the newest source can have been published.

    Raises QueryError when no source has a date.
    """
    issued = (
        quad for quad in evidences.store.quads(None, ISSUED, None, DEFAULT) if _text(quad.subject).startswith(DOCUMENT)
    )
    last = max((span[1] for quad in issued if (span := dates.span(_text(quad.object)))), default="")
    if not last:
        raise QueryError(
            "no source has a date of issue to go by; give the day: --as-of 2024-07-01",
            "không nguồn nào có ngày công bố để làm mốc; hãy nêu ngày: --as-of 2024-07-01",
        )
    return last


def _parts(asked: Asked, subjects: Sequence[str]) -> list[Part]:
    """Choose the parts that questions offer for things of these classes."""
    quads = [asked.evidence.store.quads(ox.NamedNode(subject), TYPE, None, DEFAULT) for subject in subjects]
    classes = set.intersection(*({_text(quad.object) for quad in found} for found in quads))
    found = chosen(asked.questions, classes, len(subjects))
    if len(subjects) > 1 and not found:
        names = " + ".join(map(shrink, subjects))
        raise QueryError(
            f"no brief on {names} together; name two countries, such as cty-vn cty-la, or use: coopgraph path A B",
            f"chưa lập được bản tóm tắt chung về {names}; hãy nêu hai nước như cty-vn cty-la, "
            "hoặc dùng: coopgraph path A B",
        )
    return found


def _facts(
    asked: Asked, about: About, parts: Sequence[Part], bibliography: Bibliography
) -> tuple[list[Row], list[str]]:
    """Tell what a single subject is, and what is said with it when no part tells of it; also give what this names."""
    if len(about.subjects) > 1:
        return [], []
    card, ways = asked.show(about.subjects[0], about.day), (False,) if parts else (False, True)
    told = {name for part in parts for name in part.tells}
    rows = [
        row for way in ways for row in identity.facts(card, asked.evidence, about.lang, bibliography, told, inverse=way)
    ]
    return rows, [_text(fact.value) for fact in card.facts if fact.evidence and fact.inverse in ways]


def _conflicts(asked: Asked, about: About, named: set[str], bibliography: Bibliography) -> Iterable[Conflict]:
    """Find the open disagreements about what the brief names."""
    table = asked.ask(DISAGREEMENTS, about.lang)
    at = {name: number for number, name in enumerate(table.columns)}
    sources = dict(zip(table.rows, table.sources, strict=True))
    open_ = [row for row in table.rows if _text(row[at["status"]]) == OPEN and _text(row[at["subject"]]) in named]
    found: dict[tuple[str, str], dict[str, set[Evidence]]] = {}
    for row in lines.readable(open_, about.lang, lambda row: (row[at["subject"]], row[at["property"]])):
        key = lines.said(table, row[at["subject"]], about.lang), lines.said(table, row[at["property"]], about.lang)
        for value, document in (("value", "document"), ("otherValue", "otherDocument")):
            said = found.setdefault(key, {}).setdefault(lines.said(table, row[at[value]], about.lang), set())
            said.update(item for item in sources[row] if CG + item.document == _text(row[at[document]]))
    for key, sides in found.items():
        yield Conflict(*key, tuple(Statement(text, bibliography.cite(said)[0]) for text, said in sides.items()))


def _drawn(whole: Network, named: Sequence[Sequence[str]], day: str) -> Network:
    """Give the relations between what the brief names, begun by its day, as many as a small map can show."""
    turns = chain.from_iterable(zip_longest(*named, fillvalue=""))
    ids = list(dict.fromkeys(name for name in map(shrink, turns) if name in whole))
    among = at_date(whole.subgraph(ids), day, LASTING)
    return among.subgraph([name for name in ids if name in among][:DRAWN])


def _text(term: Term | None) -> str:
    return str(getattr(term, "value", ""))
