"""Turns curated records into statements. The ontology says what each key means; nothing of the domain stands here."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import pyoxigraph as ox

from coopgraph import values
from coopgraph.model import Claim, Fields, Issue, Node, Record, Text, Where, problem
from coopgraph.ontology import QUANTITY, Kind, Ontology, Property
from coopgraph.terms import CG, CGV, RDF, SLUG, local, slug

TYPE: Final = ox.NamedNode(RDF + "type")
HOLE: Final = re.compile(r"\{([^}]+)\}")
Object = ox.NamedNode | ox.Literal


def lift(record: Record, ontology: Ontology) -> Iterator[Claim | Issue]:
    """Give the statements of a record, or what is wrong with it, in the words of the file."""
    work = _Work(record, ontology)
    work.open(record.fields, None)
    yield from {(issue.where, issue.text["en"]): issue for issue in work.issues}.values()
    yield from work.claims


@dataclass
class _Draft:
    """A record on its way: its kind, its id once known, its values so far."""

    kind: Kind
    line: int
    owner: str
    id: str = ""
    text: str = ""
    facts: list[tuple[Property, Object, Where]] = field(default_factory=list)
    inner: list[tuple[Property, bool, "Node", Kind, int]] = field(default_factory=list)


@dataclass
class _Work:
    """Lifting of one top-level record with everything nested in it."""

    record: Record
    ontology: Ontology
    claims: list[Claim] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def where(self, line: int) -> Where:
        return Where(self.record.path, line)

    def wrong(
        self, code: str, line: int, known: Iterator[str] | tuple[str, ...] | list[str] = (), **about: object
    ) -> None:
        self.issues.append(problem(code, self.where(line), known, **about))

    def open(self, fields: Fields, expected: "_Expected | None") -> str:
        """Lift one record; give its id, or "" when it cannot be known."""
        draft = self.start(fields, expected)
        if not draft:
            return ""
        self.fill(draft, fields)
        if expected:
            self.link_back(draft, expected)
        draft.id = draft.id or self.build_id(draft)
        if draft.id:
            self.settle(draft)
        else:  # nothing of it will load; what it refers to is kept, so that unknown ids are told in the same round
            for prop, term, where in draft.facts:
                self.state(self.record.graph, ox.NamedNode(prop.iri), term, where)
        return draft.id

    def fill(self, draft: _Draft, fields: Fields) -> None:
        """Take the keys of a record; those read by another key's value come last."""

        def late(item: tuple[Text, Node]) -> bool:
            return any(prop.range_from for prop in self.ontology.choose(item[0].value, draft.kind))

        for key, value in sorted(fields.items, key=late):
            self.enter(draft, key, value)

    def start(self, fields: Fields, expected: "_Expected | None") -> _Draft | None:
        """Find the kind of a record, and its id where the curator gives it."""
        if not fields.items:
            self.wrong("not-a-record", fields.line, value="{}")
            return None
        key, value = fields.items[0]
        kind = self.ontology.kinds.get(key.value)
        if expected and (not kind or expected.kind.iri not in kind.ancestors):
            return _Draft(expected.kind, fields.line, expected.owner, text=expected.text)
        if not kind or not kind.pattern:
            known = [name for name, item in self.ontology.kinds.items() if item.pattern]
            self.wrong("unknown-kind", key.line, known, key=key.value)
            return None
        draft = _Draft(kind, fields.line, expected.owner if expected else "")
        if isinstance(value, Text):
            draft.id = self.given_id(kind, value)
        return draft if draft.id or not isinstance(value, Text) else None

    def given_id(self, kind: Kind, value: Text) -> str:
        """Check an id that the curator wrote."""
        example = kind.prefix + "accsm-21"
        if not SLUG.fullmatch(value.value):
            self.wrong("id", value.line, value=value.value, example=example)
            return ""
        if not value.value.startswith(kind.prefix):
            self.wrong("id-prefix", value.line, kind=kind.key, prefix=kind.prefix, value=value.value)
            return ""
        return value.value

    def enter(self, draft: _Draft, key: Text, value: Node) -> None:
        """Take one key of a record."""
        opened = self.ontology.kinds.get(key.value)
        first = opened is draft.kind and not draft.facts and not draft.inner
        if first and isinstance(value, Text) and value.value == draft.id:
            return
        if first and isinstance(value, Fields) and not draft.id:
            self.fill(draft, value)
            return
        if key.value == "id" and isinstance(value, Text):
            draft.id = self.given_id(draft.kind, value)
            return
        nested = self.ontology.nest(key.value, draft.kind)
        if nested and not isinstance(value, Text):
            prop, kind, back = nested
            draft.inner.append((prop, back, value, kind, key.line))
            return
        self.assign(draft, key, value)

    def assign(self, draft: _Draft, key: Text, value: Node) -> None:
        """Read the values of a plain key."""
        chosen = self.ontology.choose(key.value, draft.kind)
        if not chosen:
            self.wrong("unknown-key", key.line, self.ontology.keys(draft.kind), key=key.value, kind=draft.kind.key)
        for prop in chosen:
            if prop.derived:
                self.wrong("derived", key.line, key=key.value)
                continue
            for item in value if isinstance(value, tuple) else (value,):
                self.value(draft, prop, key, item)

    def value(self, draft: _Draft, prop: Property, key: Text, item: Node) -> None:
        """Read one value: a text in languages, a quantity, a concept, an id, a literal."""
        prop = self.actual(draft, prop)
        if prop.range == QUANTITY:
            kind = self.ontology.kind_by_iri[QUANTITY]
            draft.inner.append((prop, False, item, kind, key.line))
        elif isinstance(item, Fields) and prop.range.endswith("langString"):
            for found in values.languages(key.value, item, self.record.path):
                self.note(draft, prop, found)
        elif isinstance(item, Text):
            found_term = values.term(prop, key.value, item, self.record.path, self.ontology)
            self.note(draft, prop, found_term if isinstance(found_term, Issue) else (found_term, self.where(item.line)))
        else:
            self.wrong("unquoted", key.line, key=key.value, found="list" if isinstance(item, tuple) else "mapping")

    def actual(self, draft: _Draft, prop: Property) -> Property:
        """Give a decision's value the range of the property that it decides on."""
        if not prop.range_from:
            return prop
        named = next((term for other, term, _ in draft.facts if other.iri == prop.range_from), None)
        decided = self.ontology.by_iri.get(named.value) if named else None
        if not decided:
            return prop
        return Property(
            prop.iri, prop.keys, "", prop.domains, decided.range, decided.scheme, "", derived=False, identifying=False
        )

    def note(self, draft: _Draft, prop: Property, found: tuple[Object, Where] | Issue) -> None:
        if isinstance(found, Issue):
            self.issues.append(found)
        else:
            draft.facts.append((prop, *found))

    def link_back(self, draft: _Draft, expected: "_Expected") -> None:
        """Add what the enclosing record gives: the link to it, and the number in the list."""
        if expected.back:
            draft.facts.append((expected.link, ox.NamedNode(CG + expected.owner), self.where(draft.line)))
        ordinal = next(iter(self.ontology.by_key.get("number", ())), None)
        numbered = "{ordinal}" in draft.kind.pattern and not draft.id
        if ordinal and numbered and not any(prop is ordinal for prop, _, _ in draft.facts):
            number = values.READERS[ordinal.range]("number", str(expected.position), self.where(draft.line))
            self.note(draft, ordinal, (number, self.where(draft.line)) if isinstance(number, ox.Literal) else number)

    def build_id(self, draft: _Draft) -> str:
        """Put the id together from its pattern; two sources that say the same then name the same thing."""
        known: dict[str, str] = {}
        for prop, term, _ in draft.facts:
            known.setdefault(local(prop.iri), part(term, prop))
        known["owner"], known["text"] = draft.owner, slug(draft.text)
        built, missing = filled(draft.kind.pattern, known)
        if missing:
            keys = self.ontology.by_iri
            names = [next((p.keys[0] for p in keys.values() if local(p.iri) == n), n) for n in missing.split("|")]
            if not self.issues:
                shown = " | ".join(names)
                self.wrong("id-missing", draft.line, kind=draft.kind.key, pattern=draft.kind.pattern, missing=shown)
            return ""
        return built

    def settle(self, draft: _Draft) -> None:
        """Write the statements of a record whose id is known, then those nested in it."""
        subject = ox.NamedNode(CG + draft.id)
        self.state(subject, TYPE, ox.NamedNode(draft.kind.iri), self.where(draft.line))
        for prop, term, where in draft.facts:
            self.state(subject, ox.NamedNode(prop.iri), term, where)
        for prop, back, value, kind, line in draft.inner:
            items = value if isinstance(value, tuple) else (value,)
            for position, item in enumerate(items, 1):
                expected = _Expected(kind, draft.id, prop, back, position)
                found = self.nested(item, expected, line)
                if found and not back:
                    self.state(subject, ox.NamedNode(prop.iri), ox.NamedNode(CG + found), self.where(line))

    def nested(self, item: Node, expected: "_Expected", line: int) -> str:
        """Lift a record written inside another; a quantity may be written in compact form."""
        if isinstance(item, Text) and expected.kind.iri == QUANTITY:
            fields = values.quantity(item, self.record.path)
            if isinstance(fields, Fields):
                return self.open(fields, replace(expected, position=1, text=item.value))
            self.issues.append(fields)
        elif isinstance(item, Fields):
            return self.open(item, expected)
        else:
            key = expected.link.nested or expected.kind.key
            self.wrong("mapping", line, key=key, value=item.value if isinstance(item, Text) else "list")
        return ""

    def state(self, subject: ox.NamedNode, predicate: ox.NamedNode, term: Object, where: Where) -> None:
        self.claims.append(Claim(ox.Quad(subject, predicate, term, self.record.graph), where))


@dataclass(frozen=True)
class _Expected:
    """What the enclosing record expects of a nested one."""

    kind: Kind
    owner: str
    link: Property
    back: bool
    position: int
    text: str = ""


def filled(pattern: str, known: Mapping[str, str]) -> tuple[str, str]:
    """Fill the holes of an id pattern; give the id, and the first hole for which nothing is known.

    >>> filled("{owner}--{role|part}", {"owner": "evt-x", "part": "day-1"})
    ('evt-x--day-1', '')
    """
    missing = []

    def fill(hole: re.Match[str]) -> str:
        given = next((known[name] for name in hole[1].split("|") if known.get(name)), "")
        missing.extend([] if given else [hole[1]])
        return given

    return HOLE.sub(fill, pattern), (*missing, "")[0]


def part(term: Object, prop: Property) -> str:
    """Give a value as part of an id: without the prefix of its type or list."""
    if isinstance(term, ox.NamedNode) and term.value.startswith(CG):
        return term.value[len(CG) :].partition("-")[2]
    if isinstance(term, ox.NamedNode) and term.value.startswith(CGV):
        return term.value[len(CGV) + len(prop.scheme) + 1 :]
    return slug(term.value)
