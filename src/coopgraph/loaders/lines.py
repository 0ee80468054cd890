"""Knows blocks of N-Quads that need no closer look: lines as a store writes them, of terms that are ours.

A closer look takes five times as long. All that is said here is "fine"; a block of which that cannot be said, be it for
a second blank or a day that is none, is looked at statement by statement, and what is wrong is found there.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

import pyoxigraph as ox

from coopgraph.loaders.rdf import LEXICAL
from coopgraph.ontology import Ontology
from coopgraph.sources import readable
from coopgraph.terms import CG, COOP, RDF, SLUG

IRI: Final = r"https?://[A-Za-z0-9.-]++(?:/[\w.~:@!$&'()*+,;=/-]*+)?+(?:\?[\w.~:@!$&'*+,;=/?-]*+)?+(?:\#[\w.~:/?-]*+)?+"
"""An IRI in which nothing is escaped."""
PLAIN: Final = r'[^"\\\x00-\x1f\x7f]*+'
TEXT: Final = rf'"{PLAIN}(?:\\[tnr"\\]{PLAIN})*+"(?:@[a-z]{{2,3}}+(?:-[a-z]{{2,4}}+)?+)?+'
VALUE: Final = r'"{}"\^\^<{}>'
TYPES: Final = "|".join(map(re.escape, LEXICAL))
VALUES: Final = re.compile(VALUE.format(f"({PLAIN})", f"({TYPES})").encode())
SOURCE: Final = f"<{COOP}source>".encode()
SCRATCH: Final = "urn:x"
REWRITTEN: Final = ("\ufffe", "\uffff")
"""What is no character; a store writes it by its number."""
LONGEST: Final = 10_000_000
"""Bytes of a block from which it may hold a line that is too long for a store."""
KEPT: Final = 50_000
"""Values that are known to be fine."""


class Seen(NamedTuple):
    """How many lines a block holds, which graphs their statements are in, and of which graphs they say the source."""

    lines: int
    named: set[str]
    sourced: set[str]


class Lines:
    """Judges blocks of whole lines by an ontology; `sound` judges a value whose datatype has rules."""

    def __init__(self, ontology: Ontology, sound: Callable[[ox.Literal], bool]) -> None:
        self.line = re.compile(_line(ontology).encode(), re.MULTILINE)
        self.sound = sound
        self.known: set[tuple[bytes, bytes]] = set()

    def seen(self, block: bytes) -> Seen | None:
        """Tell what is in a block; nothing when it needs a closer look."""
        graphs, count = self.line.findall(block) if len(block) < LONGEST else [], block.count(b"\n")
        if len(graphs) != count or not block.endswith(b"\n") or not _legible(block) or not self._sound(block):
            return None
        return Seen(count, {graph.decode() for graph in set(graphs) - {b""}}, set(_sourced(block)))

    def _sound(self, block: bytes) -> bool:
        """Tell whether all values are what their datatypes say, and as a store writes them."""
        new = set(VALUES.findall(block)) - self.known
        values = [ox.Literal(value.decode(), datatype=ox.NamedNode(kind.decode())) for value, kind in new]
        if not all(map(self.sound, values)) or not _kept(values):
            return False
        if len(self.known) > KEPT:
            self.known.clear()
        self.known |= new
        return True


def _legible(block: bytes) -> bool:
    """Tell whether lines are texts that are readable; what is ASCII is."""
    try:
        text = b"\n".join([line for line in block.split(b"\n") if not line.isascii()]).decode()
    except UnicodeDecodeError:
        return False
    return readable(text) and not any(sign in text for sign in REWRITTEN)


def _sourced(block: bytes) -> Iterator[str]:
    """Give the graphs of which lines say the source."""
    at = block.find(SOURCE)
    while at >= 0:
        subject = block[block.rfind(b"\n", 0, at) + 1 : at - 1]
        if b" " not in subject:
            yield subject[1:-1].decode()
        at = block.find(SOURCE, at + 1)


def _kept(values: Iterable[ox.Literal]) -> bool:
    """Tell whether a store keeps values as they are written: it makes 1.5 of 1.50."""
    scratch, node = ox.Store(), ox.NamedNode(SCRATCH)
    scratch.extend(ox.Quad(node, node, value) for value in values)
    return {quad.object for quad in scratch} == set(values)


def _line(ontology: Ontology) -> str:
    """Make the pattern of a line that is fine, but for what its values say; it gives the graph."""
    slug = SLUG.pattern.replace("+", "++").replace(")*", ")*+")
    thing = f"<(?:{re.escape(CG)}(?={_any(ontology.prefixes)}){slug}|(?!{re.escape(CG)}){IRI})>"
    value = VALUE.format(PLAIN, f"(?:{TYPES})")
    type_ = f"<{re.escape(RDF)}type> "
    typed = type_ + _ours(ontology.kind_by_iri, thing)
    stated = f"(?!{type_}){_ours(predicates(ontology), thing)} (?:{thing}|{value}|{TEXT})"
    return f"^{thing} (?:{typed}|{stated})(?: <({IRI})>)? \\.\n"


def predicates(ontology: Ontology) -> set[str]:
    """Give the properties that a dump may use: those of the ontology, and those that describe the ontology itself."""
    return {*ontology.by_iri, *(quad.predicate.value for quad in ontology.quads)}


def _ours(iris: Iterable[str], other: str) -> str:
    """Make the pattern of one of our IRIs, or of another that is not in our namespace."""
    names = _any({iri.removeprefix(COOP) for iri in iris if iri.startswith(COOP)})
    return f"(?:<{re.escape(COOP)}{names}>|(?!<{re.escape(COOP)}){other})"


def _any(names: Iterable[str]) -> str:
    """Make the pattern of any of some names, letter by letter: to try one after another takes longer."""
    rests: dict[str, set[str]] = {}
    for name in names:
        rests.setdefault(name[:1], set()).add(name[1:])
    parts = (re.escape(first) + _any(rest) if first else "" for first, rest in sorted(rests.items(), reverse=True))
    return f"(?:{'|'.join(parts)})" if len(rests) > 1 else "".join(parts)
