"""Reads one value of one property: text of a curated file → RDF term. A dict of readers, one per range."""

import re
from collections.abc import Callable, Mapping
from typing import Final

import pyoxigraph as ox

from coopgraph import dates
from coopgraph.model import Fields, Issue, Text, Where, problem
from coopgraph.ontology import Ontology, Property
from coopgraph.terms import CG, CGV, COOP, RDF, RDFS, SLUG, XSD, shrink

AMOUNT: Final = re.compile(
    r"(?P<sign>[~<>]?)(?P<low>[0-9]+(?:\.[0-9]+)?)(?:-(?P<high>[0-9]+(?:\.[0-9]+)?))?"
    r" (?P<unit>[a-z][a-z0-9-]*)(?:/(?P<per>[a-z][a-z0-9-]*))?(?: @(?P<on>[0-9]{4}(?:-[0-9]{2}){0,2}))?"
)
"""A quantity in compact form: `2-3 expert`, `~20 official/delegation`, `38000 person @2016`."""
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
WEB: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")

Reader = Callable[[str, str, Where | None], ox.Literal | Issue]


def _plain(pattern: str, code: str, datatype: str) -> Reader:
    """Make the reader of a datatype whose values are known by their form."""
    form = re.compile(pattern)

    def read(key: str, value: str, where: Where | None) -> ox.Literal | Issue:
        good = form.fullmatch(value)
        return (
            ox.Literal(value, datatype=ox.NamedNode(datatype)) if good else problem(code, where, key=key, value=value)
        )

    return read


def _string(_key: str, value: str, _where: Where | None) -> ox.Literal:
    return ox.Literal(value)


def _partial_date(_key: str, value: str, where: Where | None) -> ox.Literal | Issue:
    datatype = dates.read(value)
    return ox.Literal(value, datatype=ox.NamedNode(datatype)) if datatype else problem("date", where, value=value)


def _day(_key: str, value: str, where: Where | None) -> ox.Literal | Issue:
    good = dates.read(value) == XSD + "date"
    return ox.Literal(value, datatype=ox.NamedNode(XSD + "date")) if good else problem("day", where, value=value)


READERS: Final[Mapping[str, Reader]] = {
    XSD + "string": _string,
    XSD + "integer": _plain(r"0|-?[1-9][0-9]*", "integer", XSD + "integer"),
    XSD + "decimal": _plain(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", "decimal", XSD + "decimal"),
    XSD + "boolean": _plain(r"true|false", "boolean", XSD + "boolean"),
    XSD + "date": _day,
    XSD + "anyURI": _plain(WEB.pattern, "uri", XSD + "anyURI"),
    COOP + "PartialDate": _partial_date,
}
"""Range → reader of its literals. A range that is not here is a class, and its values are ids or concepts."""


def term(prop: Property, key: str, text: Text, path: str, ontology: Ontology) -> ox.NamedNode | ox.Literal | Issue:
    """Read one scalar as a value of the property."""
    where = Where(path, text.line)
    if not text.value:
        return problem("empty-value", where, key=key)
    if prop.scheme:
        return _concept(prop, key, text.value, where, ontology)
    if prop.range in READERS:
        return READERS[prop.range](key, text.value, where)
    if prop.range == RDF + "langString":
        return problem("language-missing", where, key=key, value=text.value[:60])
    return _thing(prop, text.value, where, ontology)


def _thing(prop: Property, value: str, where: Where | None, ontology: Ontology) -> ox.NamedNode | Issue:
    """Read the name of a thing: a property, a web page where anything may stand, or an entity."""
    if prop.range == RDF + "Property":
        return _property(value, where, ontology)
    if prop.range == RDFS + "Resource" and WEB.fullmatch(value):
        return ox.NamedNode(value)
    return entity(value, where, ontology)


def entity(value: str, where: Where | None, ontology: Ontology) -> ox.NamedNode | Issue:
    """Read an entity id; whether it exists is known only when every file is read."""
    if not SLUG.fullmatch(value) or not value.startswith(ontology.prefixes):
        return problem("id", where, value=value, example="org-vn-moha")
    return ox.NamedNode(CG + value)


def _concept(prop: Property, key: str, value: str, where: Where | None, ontology: Ontology) -> ox.NamedNode | Issue:
    names = ontology.concepts.get(prop.scheme, ())
    if value in names:
        return ox.NamedNode(f"{CGV}{prop.scheme}-{value}")
    return problem("unknown-concept", where, names, key=key, value=value)


def _property(value: str, where: Where | None, ontology: Ontology) -> ox.NamedNode | Issue:
    """Read the name of a property: a curated key that means one thing, or a prefixed name."""
    named = {shrink(iri): iri for iri in ontology.by_iri}
    named |= {key: items[0].iri for key, items in ontology.by_key.items() if len(items) == 1}
    return ox.NamedNode(named[value]) if value in named else problem("term", where, named, value=value)


def languages(key: str, fields: Fields, path: str) -> list[tuple[ox.Literal, Where] | Issue]:
    """Read a text in several languages: `{vi: "…", en: "…"}`."""
    found: list[tuple[ox.Literal, Where] | Issue] = []
    for lang, value in fields:
        where = Where(path, lang.line)
        if not LANGUAGE.fullmatch(lang.value):
            found.append(problem("language", where, value=lang.value))
        elif not isinstance(value, Text) or not value.value.strip():
            found.append(problem("empty-value", where, key=f"{key}.{lang.value}"))
        else:
            found.append((ox.Literal(value.value.strip(), language=lang.value), where))
    return found


def quantity(text: Text, path: str) -> Fields | Issue:
    """Read a compact quantity as the fields of a quantity record."""
    found = AMOUNT.fullmatch(text.value)
    if not found:
        return problem("quantity", Where(path, text.line), value=text.value)
    sign, low, high = found["sign"], found["low"], found["high"]
    parts = {
        "min_value": "" if sign == "<" else low,
        "max_value": low if sign == "<" else ("" if sign == ">" else high or low),
        "approximate": "true" if sign == "~" else "",
        "unit": found["unit"],
        "per_unit": found["per"],
        "observed": found["on"],
    }
    items = tuple((Text(key, text.line), Text(value, text.line)) for key, value in parts.items() if value)
    return Fields(items, text.line)
