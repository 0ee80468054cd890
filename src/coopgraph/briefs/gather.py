"""Gathers a brief: the parts that question files offer for the subject, a small map, open conflicts, the bibliography."""

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
from coopgraph.network import Network
from coopgraph.queries import NamedQuery
from coopgraph.terms import CG, CGV, PREFIXES, shrink

DRAWN: Final = 14
"""How many things the small map shows."""
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


def gather(asked: Asked, subjects: Sequence[str], lang: str, as_of: str, made: str) -> Brief:
    """Gather the brief on one thing or two, by their IRIs, on a day; without one, on the day of the newest source.

    Raises QueryError when no question says anything of two such things together.
    """
    label, store = asked.evidence.label, asked.evidence.store
    names, others = ([label(subject, code) for subject in subjects] for code in (lang, "en" if lang == "vi" else "vi"))
    about = About(tuple(map(shrink, subjects)), " – ".join(names), as_of or newest(asked.evidence), lang)
    parts, bibliography = _parts(asked, subjects), Bibliography(asked.evidence, lang)
    facts, told = _facts(asked, about, bibliography, alone=not parts)
    written = [section(part, about, asked.ask, bibliography) for part in parts]
    named = [list(subjects), told, *(found for _, found in written)]
    conflicts = tuple(_conflicts(asked, about, {*chain.from_iterable(named)}, bibliography))
    drawn = _drawn(asked.network(), named, about.day)
    return Brief(
        lang=lang,
        title=about.title,
        subtitle=" – ".join(others) if others != names else "",
        kind=", ".join(label(kind, lang) for kind in kinds(store, subjects[0])) if len(subjects) == 1 else "",
        as_of=about.day,
        given=bool(as_of),
        made=made,
        facts=facts,
        sections=tuple(made for made, _ in written),
        conflicts=conflicts,
        references=bibliography.references(),
        map=charts.model(store, asked.evidence, drawn, {lang: WORDS[lang]["map"]}, about.day, made),
        subjects=about.subjects,
    )


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
            f"chưa lập được bản tóm tắt chung về {names}; hãy nêu hai nước như cty-vn cty-la, hoặc dùng: coopgraph path A B",
        )
    return found


def _facts(asked: Asked, about: About, bibliography: Bibliography, *, alone: bool) -> tuple[tuple[Row, ...], list[str]]:
    """Tell what a single subject is, and what is said with it when no question tells of such things; also what this names."""
    if len(about.subjects) > 1:
        return (), []
    card = asked.show(about.subjects[0], about.day)
    ways = (False, True) if alone else (False,)
    told = [identity.facts(card, asked.evidence, about.lang, bibliography, inverse=way) for way in ways]
    named = [_text(fact.value) for fact in card.facts if fact.evidence and fact.inverse in ways]
    return tuple(chain.from_iterable(told)), named


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
    kept = [edge for edge in whole.subgraph(ids).edges(keys=True, data="about") if _current(whole.edges[edge[:3]], day)]
    tied = {end for edge in kept for end in edge[:2]}
    shown = {*[name for name in ids if name in tied][:DRAWN]}
    found: Network = whole.edge_subgraph(edge[:3] for edge in kept if {*edge[:2]} <= shown).copy()
    return found


def _current(about: Mapping[str, str], day: str) -> bool:
    """Tell whether a relation had begun on a day; what someone or something is must also last."""
    over = about["family"] == "structure" and about["end"] and about["end"] < day
    return not over and not (about["start"] and about["start"] > day)


def _text(term: Term | None) -> str:
    return str(getattr(term, "value", ""))
