"""Names of things in a language, and the claims behind a fact: which document says so, and where in it."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Final, NamedTuple, TypeGuard

import pyoxigraph as ox

from coopgraph.model import DERIVED, PROVENANCE, REGISTRY, Evidence, Table, Term
from coopgraph.stores import Store
from coopgraph.terms import CG, CGG, CGV, COOP, LANGUAGES, PREFIXES, RDF, RDFS, SKOS, SLUG, local, shrink

DEFAULT: Final = ox.DefaultGraph()
TYPE: Final = ox.NamedNode(RDF + "type")
NAMES: Final = tuple(ox.NamedNode(iri) for iri in (SKOS + "prefLabel", PREFIXES["dcterms"] + "title", RDFS + "label"))
CLAIMS: Final = CGG + "doc-"
WORDS: Final = {
    "en": {
        "L": "line {0}",
        "lines": "lines {0}–{1}",
        "s": "line {0}, sentence {1}",
        "pg": "page {0}",
        "row": "row {0}",
    },
    "vi": {"L": "dòng {0}", "lines": "dòng {0}–{1}", "s": "dòng {0}, câu {1}", "pg": "trang {0}", "row": "hàng {0}"},
}
WHOLE: Final = {"en": "whole document", "vi": "cả tài liệu"}
MARKS: Final = {
    "en": {"inferred": "inferred", "low": "low confidence", "medium": "medium confidence"},
    "vi": {"inferred": "suy luận", "low": "độ tin cậy thấp", "medium": "độ tin cậy trung bình"},
}


class Passport(NamedTuple):
    """What a bibliography needs of a source document."""

    title: str
    publisher: str
    issued: str
    address: str


class Evidences:
    """What the store says about names, documents and claim graphs; each is looked up once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.known: dict[str, Evidence | None] = {}
        self.names: dict[str, dict[str, str]] = {}
        self.opened: dict[str, bool] = {}
        self.dated: dict[str, str] = {}
        self.said: dict[Term, list[tuple[ox.NamedNode, Term, Evidence]]] = {}

    def labels(self, iri: str) -> dict[str, str]:
        """Give the names of a thing by language; a thing without one is named by its id."""
        if iri not in self.names:
            found: dict[str, str] = {}
            for name in NAMES:
                for quad in self.store.quads(ox.NamedNode(iri), name, None, DEFAULT):
                    if isinstance(quad.object, ox.Literal):
                        found.setdefault(quad.object.language or "", quad.object.value)
            self.names[iri] = found
        return self.names[iri]

    def label(self, iri: str, lang: str) -> str:
        """Give the name of a thing in the language, or in another, or its id."""
        found = self.labels(iri)
        order = (lang, *LANGUAGES, "", *sorted(found)) if found else ()
        return next((found[code] for code in order if code in found), "") or shrink(iri)

    def text(self, term: Term | None, lang: str) -> str:
        """Give what a person reads for a term."""
        if isinstance(term, ox.NamedNode):
            return self.label(term.value, lang)
        return term.value if isinstance(term, ox.Literal | ox.BlankNode) else ("" if term is None else str(term))

    def claim(self, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> Evidence | None:
        """Describe a claim graph; other graphs are no evidence."""
        if not isinstance(graph, ox.NamedNode) or not graph.value.startswith(CLAIMS):
            return None
        if graph.value not in self.known:
            self.known[graph.value] = self._describe(graph)
        return self.known[graph.value]

    def _describe(self, graph: ox.NamedNode) -> Evidence | None:
        said: dict[str, list[str]] = {}
        for quad in self.store.quads(graph, None, None, PROVENANCE):
            said.setdefault(local(quad.predicate.value), []).append(getattr(quad.object, "value", ""))
        if "source" not in said:
            return None
        mode = said.get("assertionMode", [""])[0].removeprefix(CGV + "assertion-")
        sure = said.get("confidence", [""])[0].removeprefix(CGV + "confidence-")
        speaker = "+".join(sorted(name.removeprefix(CG) for name in said.get("saidBy", [])))
        place = "+".join(sorted(said.get("locator", []), key=_natural))
        return Evidence(said["source"][0].removeprefix(CG), place, mode, sure, speaker)

    def behind(self, subject: Term, predicate: ox.NamedNode | None, term: Term | None) -> tuple[Evidence, ...]:
        """List who states a fact, and where."""
        said = self._claims(subject)
        found = {item for verb, value, item in said if predicate in (None, verb) and term in (None, value)}
        return tuple(sorted(found))

    def behind_link(self, fact: str, *things: str) -> tuple[Evidence, ...]:
        """List who states the link of two things or more, said of one of them or of a node that names them."""
        ends = {ox.NamedNode(thing) for thing in things}
        node = ox.NamedNode(fact)
        return tuple(sorted({item for _, value, item in self._claims(node) if value in ends and value != node}))

    def when(self, *things: str) -> str:
        """Give the dates of the first thing that has any, or of what it is part of, as precise as the sources are.

        What has no other beginning begins when it was signed; dates that disagree stand side by side: 2022/2023-05.
        """
        return next(filter(None, map(self._dated, things)), "")

    def _dated(self, thing: str) -> str:
        """Give the dates of a thing, or of the nearest of what it is part of; they are looked up once."""
        if thing not in self.dated:
            waiting, seen, found = [thing], set[str](), ""
            while waiting and not found:
                node = ox.NamedNode(waiting.pop(0))
                seen.add(node.value)
                start, end, signed = (self._dates(node, name) for name in ("startDate", "endDate", "signedOn"))
                found = "–".join(dict.fromkeys("/".join(days) for days in (start or signed, end) if days))
                waiting += [whole for whole in self._values(node, COOP + "partOf") if whole not in seen]
            self.dated[thing] = found
        return self.dated[thing]

    def _dates(self, node: ox.NamedNode, name: str) -> list[str]:
        from coopgraph import dates

        return dates.finest(self._values(node, COOP + name))

    def _values(self, node: ox.NamedNode, predicate: str) -> list[str]:
        quads = self.store.quads(node, ox.NamedNode(predicate), None, DEFAULT)
        return sorted(str(getattr(quad.object, "value", "")) for quad in quads)

    def ready(self, documents: Iterable[str]) -> None:
        """Take note that the passports of these documents will be asked for next."""
        self.store.gather((ox.NamedNode(CG + name) for name in documents), steps=1)

    def passport(self, document: str, lang: str) -> "Passport":
        """Give title, publisher, date of issue and address of a source document; "" for what is not known."""
        node = ox.NamedNode(CG + document)

        def one(iri: str) -> str:
            found = (self.text(quad.object, lang) for quad in self.store.quads(node, ox.NamedNode(iri), None, DEFAULT))
            return next(found, "")

        dcterms = PREFIXES["dcterms"]
        title = self.label(node.value, lang)
        return Passport(
            title, one(dcterms + "publisher"), one(dcterms + "issued"), one(PREFIXES["coop"] + "webAddress")
        )

    def origin(self, subject: Term, predicate: ox.NamedNode, term: Term) -> str:
        """Say where a fact without claims comes from: `registry`, a rule's name, or ``""``."""
        return _origin(self.store.quads(subject, predicate, term))

    def origin_of_link(self, fact: str, source: str, target: str) -> str:
        """Say where the link of two things comes from when no claim states it."""
        ends = {ox.NamedNode(source), ox.NamedNode(target)} - {ox.NamedNode(fact)}
        return _origin(quad for quad in self.store.quads(ox.NamedNode(fact)) if quad.object in ends)

    def rows(self, table: Table, asked: Collection[str] = ()) -> tuple[tuple[Evidence, ...], ...]:
        """Find the claims behind each row: those that connect two of its terms by a property the question asks about.

        A property in the row itself counts as asked about; with no properties given, all do.
        """
        self.store.gather(term for row in table.rows for cell in row for term in listed(cell) if ours(term))
        return tuple(tuple(sorted(set(self._row(row, asked)))) for row in table.rows)

    def _row(self, row: Iterable[Term | None], asked: Collection[str]) -> Iterator[Evidence]:
        terms = {term for cell in row for term in listed(cell)}
        for subject in terms:
            if ours(subject):
                for predicate, term, found in self._claims(subject):
                    if term in terms and (not asked or predicate.value in asked or predicate in terms):
                        yield found

    def _claims(self, subject: Term) -> list[tuple[ox.NamedNode, Term, Evidence]]:
        """Give what sources say of a thing, each with who says so; it is looked up once."""
        if subject not in self.said:
            quads = self.store.quads(subject)
            self.said[subject] = [(q.predicate, q.object, found) for q in quads if (found := self.claim(q.graph_name))]
        return self.said[subject]

    def name_rows(self, table: Table, lang: str) -> dict[str, str]:
        """Give the names of all things in a table."""
        things = {cell for row in table.rows for cell in row if isinstance(cell, ox.NamedNode)}
        self.store.gather(things)
        return {thing.value: self.label(thing.value, lang) for thing in sorted(things, key=lambda thing: thing.value)}

    @cached_property
    def computed(self) -> frozenset[str]:
        """Classes whose records are named by their parts, such as participations, tenures and quantities."""
        pattern = ox.NamedNode(PREFIXES["coop"] + "idPattern")
        quads = self.store.quads(None, pattern, None, DEFAULT)
        return frozenset(
            str(getattr(q.subject, "value", "")) for q in quads if "{slug}" not in getattr(q.object, "value", "")
        )


def listed(cell: Term | None) -> tuple[Term, ...]:
    """Give what stands in a cell: one term, or the things that GROUP_CONCAT joined by spaces."""
    if isinstance(cell, ox.Literal) and cell.value.startswith(CG):
        words = set(cell.value.split())
        if all(word.startswith(CG) and SLUG.fullmatch(word.removeprefix(CG)) for word in words):
            return tuple(map(ox.NamedNode, words))
    return () if cell is None else (cell,)


def ours(term: Term) -> TypeGuard[ox.NamedNode]:
    """Tell whether a term is a thing of the graph, such as a person or a meeting."""
    return isinstance(term, ox.NamedNode) and term.value.startswith(CG)


def _origin(quads: Iterable[ox.Quad]) -> str:
    """Give the first graph that is the registry or a rule's."""
    for quad in quads:
        if quad.graph_name == REGISTRY:
            return "registry"
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(DERIVED):
            return quad.graph_name.value.removeprefix(DERIVED)
    return ""


def _natural(text: str) -> list[tuple[int, str]]:
    """Sort L5s10 after L5s9."""
    return [(int(part or 0), word) for word, part in re.findall(r"(\D*)(\d*)", text)]


def spoken(evidence: Evidence, lang: str) -> str:
    """Write a place in words.

    >>> spoken(Evidence("doc-x", "L5s1+L5s9", "inferred"), "en")
    'line 5, sentence 1; line 5, sentence 9 (inferred)'
    """
    marks = [MARKS[lang][mark] for mark in (evidence.mode, evidence.confidence) if mark in MARKS[lang]]
    return where(evidence, lang) + (f" ({', '.join(marks)})" if marks else "")


def where(evidence: Evidence, lang: str) -> str:
    """Write the place alone in words.

    >>> where(Evidence("doc-x", "L39-43", "inferred"), "vi")
    'dòng 39–43'
    """
    return "; ".join(_spot(spot, lang) for spot in evidence.place.split("+"))


def _spot(spot: str, lang: str) -> str:
    from coopgraph import places

    words = WORDS[lang]
    found = places.LOCATOR.fullmatch(spot)
    if not found or not found[1]:
        kind, number = spot.rstrip("0123456789"), spot.lstrip("pgrow")
        return words[kind].format(number) if kind in words else WHOLE[lang]
    if found[2]:
        return words["lines"].format(found[1], found[2])
    return words["s"].format(found[1], found[3]) if found[3] else words["L"].format(found[1])
