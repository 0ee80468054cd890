"""The ontology as the code needs it: kinds of records, keys, ranges, value lists, id patterns."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from coopgraph.errors import OntologyError
from coopgraph.model import placed
from coopgraph.terms import COOP, RDF, RDFS, SKOS, XSD, local, snake

OWL: Final = "http://www.w3.org/2002/07/owl#"
FILES: Final = ("coopgraph.ttl", "vocab.ttl")
"""What is loaded into the graph; shapes.ttl is for the checks, alignments.ttl for outside readers."""


@dataclass(frozen=True)
class Kind:
    """A class of the ontology: the key that opens a record of it, its id pattern, and what it is a kind of."""

    iri: str
    key: str
    pattern: str
    ancestors: frozenset[str]

    @property
    def prefix(self) -> str:
        """Give the fixed start of its ids, such as `evt-`."""
        return self.pattern.partition("{")[0]


@dataclass(frozen=True)
class Property:
    """A property of the ontology: its keys, what it belongs to and what values it takes."""

    iri: str
    keys: tuple[str, ...]
    nested: str
    domains: frozenset[str]
    range: str
    scheme: str
    range_from: str
    derived: bool
    identifying: bool

    def fits(self, kind: Kind) -> bool:
        """Tell whether records of the kind may carry it."""
        return not self.domains or bool(self.domains & kind.ancestors)


@dataclass(frozen=True)
class Ontology:
    """Everything that the loader learns from the ontology files."""

    kinds: Mapping[str, Kind]
    properties: tuple[Property, ...]
    concepts: Mapping[str, tuple[str, ...]]
    quads: tuple[ox.Quad, ...]

    @cached_property
    def by_key(self) -> Mapping[str, tuple[Property, ...]]:
        """Properties by each of their curated keys."""
        found: dict[str, list[Property]] = defaultdict(list)
        for item in self.properties:
            for key in item.keys:
                found[key].append(item)
        return {key: tuple(items) for key, items in found.items()}

    @cached_property
    def by_nested(self) -> Mapping[str, tuple[Property, ...]]:
        """Properties by the key that opens a record inside another."""
        found: dict[str, list[Property]] = defaultdict(list)
        for item in self.properties:
            found[item.nested].append(item)
        return {key: tuple(items) for key, items in found.items() if key}

    @cached_property
    def by_iri(self) -> Mapping[str, Property]:
        """Properties by IRI."""
        return {item.iri: item for item in self.properties}

    @cached_property
    def kind_by_iri(self) -> Mapping[str, Kind]:
        """Kinds of records by the IRI of their class."""
        return {kind.iri: kind for kind in self.kinds.values()}

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """Every start that an entity id may have."""
        return tuple(sorted({kind.prefix for kind in self.kinds.values() if kind.prefix}))

    def quads_in(self, graph: ox.NamedNode) -> list[ox.Quad]:
        """Give the ontology's statements as statements of that graph."""
        return [placed(quad.triple, graph) for quad in self.quads]

    def choose(self, key: str, kind: Kind) -> tuple[Property, ...]:
        """Give the properties that a key means in a record of that kind; a matching domain beats none at all."""
        fitting = tuple(item for item in self.by_key.get(key, ()) if item.fits(kind))
        return tuple(item for item in fitting if item.domains) or fitting

    def nest(self, key: str, kind: Kind) -> tuple[Property, Kind, bool] | None:
        """Find what a nested key opens: the linking property, the kind inside, whether it points back."""
        for item in self.by_nested.get(key, ()):
            for domain in sorted(item.domains):
                if (item.range in kind.ancestors or item.range == RDFS + "Resource") and domain in self.kind_by_iri:
                    return item, self.kind_by_iri[domain], True
            if item.fits(kind) and item.range in self.kind_by_iri:
                return item, self.kind_by_iri[item.range], False
        return None

    def keys(self, kind: Kind) -> list[str]:
        """List every key that a record of the kind may use."""
        plain = [
            key for key, items in self.by_key.items() if any(item.fits(kind) and not item.derived for item in items)
        ]
        return sorted([*plain, *(key for key in self.by_nested if self.nest(key, kind))])


def read(folder: Path) -> Ontology:
    """Read the ontology files of a graph's folder.

    Raises OntologyError when a file is missing or is not Turtle, or when a property has no range.
    """
    store = ox.Store()
    for name in FILES:
        try:
            store.load(path=str(folder / name), format=ox.RdfFormat.TURTLE)
        except (OSError, SyntaxError, ValueError) as wrong:
            raise OntologyError(f"{folder / name}: {wrong}") from wrong
    graph = _Reader(store)
    kinds = {kind.key: kind for kind in graph.kinds()}
    quads = tuple(
        q for q in store if not isinstance(q.subject, ox.BlankNode) and not isinstance(q.object, ox.BlankNode)
    )
    return Ontology(kinds, tuple(graph.properties()), graph.concepts(), quads)


@dataclass(frozen=True)
class _Reader:
    """Small questions to the ontology's triples."""

    store: ox.Store

    def values(
        self, subject: ox.NamedNode | ox.BlankNode, predicate: str
    ) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        found = self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
        return sorted((quad.object for quad in found if not isinstance(quad.object, ox.Triple)), key=str)

    def texts(self, subject: ox.NamedNode | ox.BlankNode, predicate: str) -> list[str]:
        return [value.value for value in self.values(subject, predicate)]

    def one(self, subject: ox.NamedNode, predicate: str) -> str:
        return next(iter(self.texts(subject, predicate)), "")

    def subjects(self, types: Iterable[str]) -> list[ox.NamedNode]:
        found = {
            quad.subject
            for name in types
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(name))
        }
        return sorted((node for node in found if isinstance(node, ox.NamedNode)), key=str)

    def kinds(self) -> Iterator[Kind]:
        for node in self.subjects([OWL + "Class", RDFS + "Class"]):
            ancestors = self.ancestors(node.value)
            key = self.one(node, COOP + "curatedKey") or snake(local(node.value))
            patterns = [self.one(ox.NamedNode(iri), COOP + "idPattern") for iri in ancestors]
            yield Kind(node.value, key, next(filter(None, patterns), ""), frozenset(ancestors))

    def ancestors(self, iri: str) -> list[str]:
        """Give the class itself and all above it, nearest first."""
        found = [iri]
        for name in found:
            found.extend(up for up in self.texts(ox.NamedNode(name), RDFS + "subClassOf") if up not in found)
        return found

    def properties(self) -> Iterator[Property]:
        names = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
        for node in self.subjects([*(OWL + name for name in names), RDF + "Property"]):
            if not self.one(node, RDFS + "range"):
                if self.one(node, RDFS + "domain") or self.one(node, COOP + "curatedKey"):
                    raise OntologyError(f"{node.value} has no rdfs:range; say what values it takes, e.g. xsd:string")
                continue
            keys = self.texts(node, COOP + "curatedKey") or [snake(local(node.value))]
            yield Property(
                iri=node.value,
                keys=tuple(keys),
                nested=self.one(node, COOP + "nestedKey"),
                domains=frozenset(self.domains(node)),
                range=self.one(node, RDFS + "range"),
                scheme=local(self.one(node, COOP + "valuesFrom")).removeprefix("scheme-"),
                range_from=self.one(node, COOP + "rangeFrom"),
                derived=self.one(node, COOP + "derived") == "true",
                identifying=self.one(node, COOP + "identifying") == "true",
            )

    def domains(self, node: ox.NamedNode) -> Iterator[str]:
        for domain in self.values(node, RDFS + "domain"):
            if isinstance(domain, ox.NamedNode):
                yield domain.value
            elif isinstance(domain, ox.BlankNode):
                for head in self.values(domain, OWL + "unionOf"):
                    yield from self.items(head)

    def items(self, head: ox.NamedNode | ox.BlankNode | ox.Literal) -> Iterator[str]:
        """Go through an RDF list."""
        while isinstance(head, ox.BlankNode):
            yield from self.texts(head, RDF + "first")
            head = self.values(head, RDF + "rest")[0]

    def concepts(self) -> dict[str, tuple[str, ...]]:
        """Give the names of each list's concepts, without the list's own prefix."""
        found: dict[str, list[str]] = defaultdict(list)
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(SKOS + "inScheme"), None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                scheme = local(quad.object.value).removeprefix("scheme-")
                found[scheme].append(local(quad.subject.value).removeprefix(scheme + "-"))
        return {scheme: tuple(sorted(names)) for scheme, names in found.items()}


DATE_RANGE: Final = COOP + "PartialDate"
QUANTITY: Final = COOP + "Quantity"
TEXT_RANGES: Final = (XSD + "string", RDF + "langString")
