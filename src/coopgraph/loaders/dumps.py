"""Checks RDF dumps, statement by statement in bounded memory, before a store loads them as they are."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from coopgraph.loaders import rdf
from coopgraph.model import DECISIONS, DERIVED, DOCUMENTS, ONTOLOGY, PROVENANCE, REGISTRY, Issue, Term, Where, problem
from coopgraph.ontology import Ontology
from coopgraph.sources import INVISIBLE
from coopgraph.terms import COOP, RDF, RDFS, shrink

FORMATS: Final = {**rdf.FORMATS, ".nt": ox.RdfFormat.N_TRIPLES}
"""Ending → syntax of a dump."""
LINES: Final = (".nt", ".nq")
"""Syntaxes with one statement a line."""
SOURCELESS: Final = frozenset(graph.value for graph in (ONTOLOGY, REGISTRY, DECISIONS, DOCUMENTS, PROVENANCE))
SOURCE: Final = ox.NamedNode(COOP + "source")
TYPE: Final = ox.NamedNode(RDF + "type")
LABEL: Final = ox.NamedNode(RDFS + "label")
"""Stands beside a term that is checked: nothing can be wrong with it."""
ENTITY: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
OVERLAP: Final = 100
BLOCK: Final = 1_000_000
"""Bytes that are read at a time."""
KEPT: Final = 50_000
"""Terms whose verdict is remembered."""


class Dump:
    """The statements of one file, and what is wrong with them."""

    def __init__(self, path: Path, name: str, ontology: Ontology) -> None:
        self.path = path
        self.name = name
        self.ontology = ontology
        self.form = FORMATS[path.suffix]
        self.base = rdf.SELF + name
        self.statements = 0
        self.defined = {quad.subject for quad in ontology.quads}
        self.sound = lru_cache(KEPT)(self._sound)

    def issues(self) -> Iterator[Issue]:
        """Give what is wrong; nothing when the file can be loaded."""
        entity = self._entity() if self.path.suffix == ".rdf" else None
        if entity:
            yield entity
            return
        named: set[int] = set()
        sourced: set[int] = set()
        for found in self._parsed():
            if isinstance(found, Issue):
                yield found
                return
            line, quad = found
            self.statements += 1
            if isinstance(quad.graph_name, ox.NamedNode):
                named.add(hash(quad.graph_name))
            if quad.predicate == SOURCE:
                sourced.add(hash(quad.subject))
            if not self.fine(quad):
                yield self._wrong(line, quad)
        if unsaid := named - sourced - {hash(ox.NamedNode(graph)) for graph in SOURCELESS}:
            yield from self._sourceless(unsaid)

    def fine(self, quad: ox.Quad) -> bool:
        """Tell quickly whether a statement passes `rdf.check`; what it is made of is judged once."""
        subject, predicate, term = quad.subject, quad.predicate, quad.object
        known = predicate in self.defined or self.sound(LABEL, predicate, LABEL)
        if not known or not self.sound(subject, LABEL, LABEL) or isinstance(quad.graph_name, ox.BlankNode):
            return False
        if isinstance(term, ox.Literal):
            if not term.value.isascii() and not _readable(term.value):
                return False
            return term.datatype.value not in rdf.LEXICAL or self.sound(LABEL, LABEL, term)
        return self.sound(LABEL, TYPE if predicate == TYPE else LABEL, term)

    def _sound(self, subject: ox.NamedNode | ox.BlankNode | ox.Triple, predicate: ox.NamedNode, term: Term) -> bool:
        return rdf.check(ox.Quad(subject, predicate, term), None, self.ontology) is None

    def _wrong(self, line: int, quad: ox.Quad) -> Issue:
        """Say what is wrong with a statement: at its line, or where the syntax has none, with its subject."""
        where = Where(self.name, line) if line else None
        issue = rdf.check(quad, where, self.ontology) or problem("hidden", where, value=shrink(str(quad.object))[:60])
        return issue if where else issue._replace(subject=f"{self.name} ({shrink(getattr(quad.subject, 'value', ''))})")

    def _sourceless(self, unsaid: set[int]) -> Iterator[Issue]:
        """Name the graphs that have no source and need one."""
        for found in self._parsed():
            if isinstance(found, Issue) or not isinstance(found[1].graph_name, ox.NamedNode):
                continue
            graph = found[1].graph_name
            if hash(graph) in unsaid and not graph.value.startswith(DERIVED):
                yield problem("rdf-graph", Where(self.name, found[0] or 1), graph=graph.value)
            unsaid.discard(hash(graph))

    def _parsed(self) -> Iterator[tuple[int, ox.Quad] | Issue]:
        """Give the statements, each with its line where the syntax has one a line, else with 0."""
        before = 0
        try:
            if self.path.suffix not in LINES:
                for quad in ox.parse(path=str(self.path), format=self.form, base_iri=self.base):
                    yield 0, quad
                return
            for block in _blocks(self.path):
                lines = _stated(block) if b"#" in block or b"\n\n" in block else range(1, block.count(b"\n") + 2)
                for line, quad in zip(lines, ox.parse(block, format=self.form), strict=False):
                    yield before + line, quad
                before += block.count(b"\n")
        except (SyntaxError, ValueError, OSError) as wrong:
            reason = str(wrong.args[0] if wrong.args else wrong).replace("\n", " ")
            line = wrong.lineno if isinstance(wrong, SyntaxError) and wrong.lineno else 1
            yield problem("rdf", Where(self.name, before + line), format=self.path.suffix, reason=reason)

    def _entity(self) -> Issue | None:
        """Find an entity of XML, which could reach other files or grow without end."""
        last, before = b"", 0
        with self.path.open("rb") as stream:
            while block := stream.read(BLOCK):
                whole = last + block
                if found := ENTITY.search(whole):
                    return problem("xml-entity", Where(self.name, before + whole.count(b"\n", 0, found.start()) + 1))
                before, last = before + whole[:-OVERLAP].count(b"\n"), whole[-OVERLAP:]
        return None


def _readable(text: str) -> bool:
    """Tell whether a text is in NFC and hides nothing."""
    return unicodedata.is_normalized("NFC", text) and not INVISIBLE.search(text)


def _blocks(path: Path) -> Iterator[bytes]:
    """Read a file in blocks of whole lines."""
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block + stream.readline()


def _stated(block: bytes) -> list[int]:
    """Give the numbers of the lines that hold a statement."""
    return [n for n, line in enumerate(block.split(b"\n"), 1) if line.strip() and not line.lstrip().startswith(b"#")]
