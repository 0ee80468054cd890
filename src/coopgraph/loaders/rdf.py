"""RDF files as a way in: Turtle, TriG, JSON-LD, N-Quads, RDF/XML. Their facts need a source like all others.

A file of one graph (.ttl, .rdf) says of itself, `<>`, which document it was taken from; a file of several graphs says
it of each graph, in its default graph:

    <> coop:source cg:doc-x ; coop:locator "L5s1" ; coop:assertionMode cgv:assertion-stated .
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from coopgraph import places, sources
from coopgraph.model import PROVENANCE, Claim, Issue, Where, problem
from coopgraph.ontology import Ontology
from coopgraph.terms import CG, CGV, COOP, RDF, XSD, shrink
from coopgraph.values import READERS, entity

FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}
SELF: Final = "https://w3id.org/coopgraph/graph/file/"
LEXICAL: Final = {XSD + name: XSD + name for name in ("integer", "decimal", "boolean", "date", "anyURI")} | {
    XSD + name: COOP + "PartialDate" for name in ("gYear", "gYearMonth")
}
ABOUT: Final = ("source", "locator", "assertionMode", "confidence", "saidBy")


def graph(path: Path, name: str, ontology: Ontology) -> Iterator[Claim | Issue]:
    """Read a file that holds one graph; `<>` carries its source."""
    quads = _parse(path, name)
    if isinstance(quads, Issue):
        yield quads
        return
    base = ox.NamedNode(SELF + name)
    about = [quad for quad in quads if quad.subject == base]
    rest = [ox.Quad(quad.subject, quad.predicate, quad.object, base) for quad in quads if quad.subject != base]
    yield from _claims([*about, *rest], name, ontology)


def dataset(path: Path, name: str, ontology: Ontology) -> Iterator[Claim | Issue]:
    """Read a file of several graphs; its default graph carries their sources."""
    quads = _parse(path, name)
    if isinstance(quads, Issue):
        yield quads
    else:
        yield from _claims(quads, name, ontology)


def _parse(path: Path, name: str) -> list[ox.Quad] | Issue:
    """Parse a file without ever going to the network."""
    source = sources.text(path, name)
    if isinstance(source, Issue):
        return source
    if path.suffix == ".rdf" and (found := re.search(r"<!(DOCTYPE|ENTITY)", source, re.IGNORECASE)):
        return problem("xml-entity", Where(name, source[: found.start()].count("\n") + 1))
    try:
        return list(ox.parse(source.encode(), format=FORMATS[path.suffix], base_iri=SELF + name))
    except (SyntaxError, ValueError, OSError) as wrong:
        reason = str(wrong.args[0] if wrong.args else wrong).replace("\n", " ")
        number = wrong.lineno if isinstance(wrong, SyntaxError) and wrong.lineno else 1
        return problem("rdf", Where(name, number), format=path.suffix, reason=reason)


def _claims(quads: list[ox.Quad], name: str, ontology: Ontology) -> Iterator[Claim | Issue]:
    """Give the statements under the claim graphs that their sources make."""
    where = Where(name, 1)
    places_of, plain = _sources(quads)
    wrong = [issue for quad in quads if (issue := _check(quad, where, ontology))]
    found = (str(place) for _, place in places_of.values())
    wrong += [problem("place", where, value=place) for place in found if not places.read(place)]
    unsaid = sorted({_name(quad.graph_name) for quad in plain} - set(places_of))
    wrong += [problem("rdf-graph", where, graph=graph_name) for graph_name in unsaid]
    if wrong:
        yield from {str(issue.text): issue for issue in wrong}.values()
        return
    for document, place in dict.fromkeys(places_of.values()):
        for subject, predicate, term in place.describe(document):
            yield Claim(ox.Quad(subject, predicate, term, PROVENANCE), where)
    for quad in plain:
        document, place = places_of[_name(quad.graph_name)]
        yield Claim(ox.Quad(quad.subject, quad.predicate, quad.object, place.graph(document)), where)


def _name(graph_name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> str:
    return graph_name.value if isinstance(graph_name, ox.NamedNode) else "default"


def _sources(quads: Iterable[ox.Quad]) -> tuple[dict[str, tuple[str, places.Place]], list[ox.Quad]]:
    """Split off what the file says about its graphs."""
    about: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    plain = []
    for quad in quads:
        named = quad.predicate.value.removeprefix(COOP)
        subject, term = quad.subject, quad.object
        described = isinstance(quad.graph_name, ox.DefaultGraph)
        if described and named in ABOUT and isinstance(subject, ox.NamedNode) and not isinstance(term, ox.Triple):
            about[subject.value][named].append(term.value)
        elif not (
            described and quad.predicate.value == RDF + "type" and quad.object == ox.NamedNode(COOP + "ClaimGraph")
        ):
            plain.append(quad)
    return {graph_name: _place(said) for graph_name, said in about.items() if said["source"]}, plain


def _place(said: dict[str, list[str]]) -> tuple[str, places.Place]:
    """Make the place from what was said about a graph."""
    sure = "".join(said["confidence"]).removeprefix(CGV + "confidence-")
    speakers = tuple(sorted(name.removeprefix(CG) for name in said["saidBy"]))
    inferred = said["assertionMode"] == [CGV + "assertion-inferred"]
    locators = tuple(sorted(said["locator"])) or ("whole",)
    return said["source"][0].removeprefix(CG), places.Place(locators, speakers, inferred, sure)


def _check(quad: ox.Quad, where: Where, ontology: Ontology) -> Issue | None:
    """Refuse what `check` refuses, and what only rules may state."""
    ours = quad.predicate.value
    if ours in ontology.by_iri and ontology.by_iri[ours].derived:
        return problem("derived", where, key=shrink(ours))
    return check(quad, where, ontology)


def check(quad: ox.Quad, where: Where | None, ontology: Ontology) -> Issue | None:
    """Refuse blank nodes, terms that are not ours, and values that are not what their datatype says."""
    if any(isinstance(part, ox.BlankNode) for part in (quad.subject, quad.object, quad.graph_name)):
        return problem("blank-node", where)
    ours = quad.predicate.value
    if ours.startswith(COOP) and ours not in ontology.by_iri:
        return problem("term", where, [shrink(iri) for iri in ontology.by_iri], value=shrink(ours))
    kind = quad.object.value if ours == RDF + "type" and isinstance(quad.object, ox.NamedNode) else ""
    if kind.startswith(COOP) and kind not in ontology.kind_by_iri:
        return problem("term", where, [shrink(iri) for iri in ontology.kind_by_iri], value=shrink(kind))
    return _ill_named(quad, where, ontology) or _ill_typed(quad, where)


def _ill_named(quad: ox.Quad, where: Where | None, ontology: Ontology) -> Issue | None:
    """Refuse an id that could not be written in a curated file either."""
    for part in (quad.subject, quad.object):
        if isinstance(part, ox.NamedNode) and part.value.startswith(CG):
            read = entity(part.value.removeprefix(CG), where, ontology)
            if isinstance(read, Issue):
                return read
    return None


def _ill_typed(quad: ox.Quad, where: Where | None) -> Issue | None:
    """Refuse a literal that is not what its datatype says; the store would rewrite it or compare it wrongly."""
    ours = quad.predicate.value
    if isinstance(quad.object, ox.Literal) and quad.object.datatype.value in LEXICAL:
        datatype = quad.object.datatype.value
        read = READERS[LEXICAL[datatype]](shrink(ours), quad.object.value, where)
        if isinstance(read, Issue) or read.datatype.value != datatype:
            return problem("literal", where, value=quad.object.value, datatype=shrink(datatype))
    return None
