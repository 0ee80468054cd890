"""Names: namespaces and prefixes, short and long forms of IRIs, folding for search, slugs."""

import re
import unicodedata
from typing import Final

COOP: Final = "https://w3id.org/coopgraph/ns#"
CGV: Final = "https://w3id.org/coopgraph/vocab/"
CG: Final = "https://w3id.org/coopgraph/id/"
CGG: Final = "https://w3id.org/coopgraph/graph/"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: Final[dict[str, str]] = {
    "coop": COOP,
    "cgv": CGV,
    "cg": CG,
    "cgg": CGG,
    "cv": "http://data.europa.eu/m8g/",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": SKOS,
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": XSD,
}
"""Prefix → namespace, as used in every file we read or write."""

SLUG: Final = re.compile(r"[a-z0-9]+(?:--?[a-z0-9]+)*")
"""An entity id: lower-case ASCII words joined by hyphens, parts of a computed id by two."""

LANGUAGES: Final = ("vi", "en")
"""Languages of labels, questions and messages, in the order of preference."""


def expand(name: str) -> str:
    """Give the full IRI of a prefixed name, an entity id or an IRI.

    >>> expand("coop:party")
    'https://w3id.org/coopgraph/ns#party'
    >>> expand("evt-accsm-21")
    'https://w3id.org/coopgraph/id/evt-accsm-21'
    """
    prefix, colon, local = name.partition(":")
    if not colon:
        return CG + name
    return PREFIXES[prefix] + local if prefix in PREFIXES and not local.startswith("//") else name


def shrink(iri: str) -> str:
    """Give the shortest name of an IRI: an entity id, a prefixed name, or the IRI itself.

    >>> shrink("https://w3id.org/coopgraph/id/evt-accsm-21"), shrink("https://w3id.org/coopgraph/ns#party")
    ('evt-accsm-21', 'coop:party')
    """
    if iri.startswith(CG):
        return iri[len(CG) :]
    fits = [(len(space), prefix) for prefix, space in PREFIXES.items() if iri.startswith(space)]
    return f"{max(fits)[1]}:{iri[max(fits)[0] :]}" if fits else iri


def fold(text: str) -> str:
    """Drop case and marks, đ included, so that `Bo Noi vu` meets `Bộ Nội vụ`.

    >>> fold("Đào tạo, Bộ Nội vụ")
    'dao tao, bo noi vu'
    """
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def slug(text: str) -> str:
    """Make the part of an id that a text gives.

    >>> slug("~20 official/delegation"), slug(">100 person")
    ('about-20-official-per-delegation', 'over-100-person')
    """
    words = {"~": "about-", ">": "over-", "<": "under-", "/": "-per-", "@": "-at-"}
    spelled = "".join(words.get(letter, letter) for letter in fold(text))
    return re.sub(r"[^a-z0-9]+", "-", spelled).strip("-")


def snake(name: str) -> str:
    """Turn a term's local name into the key curators write.

    >>> snake("partOfDay"), snake("StudyVisit")
    ('part_of_day', 'study_visit')
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def local(iri: str) -> str:
    """Give the last part of an IRI, after `#` or `/`.

    >>> local("https://w3id.org/coopgraph/ns#party")
    'party'
    """
    return re.split(r"[#/]", iri)[-1]
