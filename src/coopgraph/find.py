"""Find things by name, alias, acronym, former name or title, whatever the marks; exact matches first."""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from coopgraph.evidence import DEFAULT
from coopgraph.stores import Store
from coopgraph.terms import CG, CGV, COOP, PREFIXES, SKOS, fold

NAMES: Final = tuple(
    ox.NamedNode(iri)
    for iri in (
        SKOS + "prefLabel",
        COOP + "acronym",
        SKOS + "altLabel",
        SKOS + "hiddenLabel",
        PREFIXES["skosxl"] + "literalForm",
        PREFIXES["dcterms"] + "title",
    )
)
OFFICIAL: Final = ox.NamedNode(COOP + "officialName")
MARKED: Final = 10
"""What a match without the typed marks loses against one with them."""


def search(store: Store, wanted: str) -> list[tuple[str, str, int]]:
    """Give (IRI, matched name, rank) of the things whose name holds the text; the lower the rank, the better."""
    best: dict[str, tuple[int, int, str]] = {}
    for iri, name in _names(store):
        rank = match(wanted.strip(), name)
        if rank is not None:
            best[iri] = min(best.get(iri, (99, 0, "")), (rank, len(name), name))
    found = [(iri, name, rank) for iri, (rank, _, name) in best.items()]
    return sorted(found, key=lambda item: (item[2], item[0].startswith(CGV), len(item[1]), item[1], item[0]))


def match(wanted: str, name: str) -> int | None:
    """Rank a name: 0 the same, 1 starts so, 2 a word starts so, 3 holds it; plus 10 when marks were overlooked.

    >>> match("Bộ Nội vụ", "Bộ Nội vụ"), match("bo noi vu", "Bộ Nội vụ Lào"), match("x", "Bộ")
    (0, 11, None)
    """
    if not wanted:
        return None
    rank = _rank(wanted.casefold(), name.casefold())
    if rank is not None:
        return rank
    rank = _rank(fold(wanted), fold(name))
    return None if rank is None else rank + MARKED


def _rank(wanted: str, name: str) -> int | None:
    if wanted == name:
        return 0
    if name.startswith(wanted):
        return 1
    if f" {wanted}" in name:
        return 2
    return 3 if wanted in name else None


def _names(store: Store) -> Iterator[tuple[str, str]]:
    """Go through all names of things and concepts; an id counts as a name, too."""
    for predicate in NAMES:
        for quad in store.quads(None, predicate, None, DEFAULT):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                if predicate == NAMES[0] and quad.subject.value.startswith(CG):
                    yield quad.subject.value, quad.subject.value.removeprefix(CG)
                yield _owner(store, quad.subject), quad.object.value


def _owner(store: Store, node: ox.NamedNode) -> str:
    """Give the body that a dated name belongs to, or the thing itself."""
    owners = (quad.subject for quad in store.quads(None, OFFICIAL, node, DEFAULT))
    return next((owner.value for owner in owners if isinstance(owner, ox.NamedNode)), node.value)
