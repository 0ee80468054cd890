"""Checks RDF dumps, statement by statement in bounded memory, before a store loads them as they are."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from coopgraph.loaders import rdf
from coopgraph.loaders.lines import Lines, predicates
from coopgraph.model import DECISIONS, DERIVED, DOCUMENTS, ONTOLOGY, PROVENANCE, REGISTRY, Issue, Term, Where, problem
from coopgraph.ontology import Ontology
from coopgraph.sources import readable
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
PLACE: Final = re.compile(r" (?:at|between) line \d+ (?:column|between columns) \d+ and (?:line \d+ column )?\d+")
"""The place in a block, which a message of the parser names; ours names the line of the file."""
OVERLAP: Final = 100
BLOCK: Final = 1_000_000
"""Bytes that are read at a time."""
MANY: Final = 10_000
"""Statements after which it is told how much was read."""
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
        self.plain = path.suffix in LINES
        """Whether all lines so far are as a store writes them."""
        self.defined = {ox.NamedNode(iri) for iri in predicates(ontology)}
        self.sound = lru_cache(KEPT)(self._sound)
        self.lines = Lines(ontology, lambda value: self._sound(LABEL, LABEL, value))
        self.named: set[int] = set()
        self.sourced: set[int] = set()

    def issues(self, read: Callable[[int], None] = lambda _: None) -> Iterator[Issue]:
        """Give what is wrong; nothing when the file can be loaded. `read` is told how many bytes were read."""
        entity = self._entity() if self.path.suffix == ".rdf" else None
        if entity:
            yield entity
            return
        for found in self._parsed(self._passed, read):
            if isinstance(found, Issue):
                yield found
                return
            line, quad = found
            self.statements += 1
            if isinstance(quad.graph_name, ox.NamedNode) and needs_source(quad.graph_name.value):
                self.named.add(hash(quad.graph_name.value))
            if quad.predicate == SOURCE:
                self.sourced.add(hash(getattr(quad.subject, "value", "")))
            if not self.fine(quad):
                yield self._wrong(line, quad)
        if unsaid := self.named - self.sourced:
            yield from self._sourceless(unsaid)

    def _passed(self, block: bytes) -> int:
        """Give how many lines a block holds when it needs no closer look, else 0."""
        seen = self.lines.seen(block)
        if not seen or (seen.named and self.path.suffix == ".nt"):
            self.plain = False
            return 0
        self.statements += seen.lines
        self.named |= {hash(graph) for graph in seen.named if needs_source(graph)}
        self.sourced |= {hash(graph) for graph in seen.sourced}
        return seen.lines

    def fine(self, quad: ox.Quad) -> bool:
        """Tell quickly whether a statement passes `rdf.check`; what it is made of is judged once."""
        subject, predicate, term = quad.subject, quad.predicate, quad.object
        known = predicate in self.defined or self.sound(LABEL, predicate, LABEL)
        if not known or not self.sound(subject, LABEL, LABEL) or isinstance(quad.graph_name, ox.BlankNode):
            return False
        if isinstance(term, ox.Literal):
            if not term.value.isascii() and not readable(term.value):
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
        for found in self._parsed(lambda _: 0, lambda _: None):
            if isinstance(found, Issue) or not isinstance(found[1].graph_name, ox.NamedNode):
                continue
            graph = found[1].graph_name.value
            if hash(graph) in unsaid:
                yield problem("rdf-graph", Where(self.name, found[0] or 1), graph=graph)
            unsaid.discard(hash(graph))

    def _parsed(
        self, passed: Callable[[bytes], int], read: Callable[[int], None]
    ) -> Iterator[tuple[int, ox.Quad] | Issue]:
        """Give the statements that did not pass, each with its line where the syntax has one a line, else with 0."""
        before = 0
        try:
            with self.path.open("rb") as stream:
                if self.path.suffix not in LINES:
                    for number, quad in enumerate(ox.parse(stream, format=self.form, base_iri=self.base)):
                        if number % MANY == 0:
                            read(stream.tell())
                        yield 0, quad
                    return
                for block in _blocks(stream):
                    read(stream.tell())
                    if not (count := passed(block)):
                        for line, quad in zip(_stated(block), ox.parse(block, format=self.form), strict=False):
                            yield before + line, quad
                    before += count or block.count(b"\n")
        except (SyntaxError, ValueError, OSError, MemoryError) as wrong:
            if isinstance(wrong, MemoryError) and not wrong.args:  # no memory at all, not a line that is too long
                raise
            reason = PLACE.sub("", str(wrong.args[0] if wrong.args else wrong).replace("\n", " "))
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


def needs_source(graph: str) -> bool:
    """Tell whether statements in a graph must say where they are from."""
    return graph not in SOURCELESS and not graph.startswith(DERIVED)


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Read a file in blocks of whole lines."""
    while block := stream.read(BLOCK):
        yield block + stream.readline()


def _stated(block: bytes) -> list[int]:
    """Give the numbers of the lines that hold a statement."""
    return [n for n, line in enumerate(block.split(b"\n"), 1) if line.strip() and not line.lstrip().startswith(b"#")]
