"""What one curated file states, ready to load: its statements as N-Quads, and what a build must know about them."""

import json
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, field
from typing import Final

import pyoxigraph as ox

from coopgraph.model import DOCUMENTS, Claim, Where
from coopgraph.terms import CG, CGG, COOP, RDF

CLAIMED: Final = CGG + "doc-"
"""Start of the names of the graphs in which documents state something."""


@dataclass
class Lifted:
    """The statements of one curated file, one a line, and a summary that spares reading them."""

    path: str
    quads: bytes = b""
    lines: list[int] = field(default_factory=list)
    """Line of the curated file for each statement."""
    claims: int = 0
    """How many of them documents state."""
    defined: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    """Ids of things that have a class here, and that are named here."""
    described: list[tuple[str, int]] = field(default_factory=list)
    """Documents that are described here, each with its line."""
    archived: dict[str, tuple[str, int]] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    """Documents with an archived text: its file and the line that says so, and its SHA-256."""

    def statements(self) -> Iterator[Claim]:
        """Go through the statements, each with its place in the curated file."""
        quads = ox.parse(self.quads, format=ox.RdfFormat.N_QUADS)
        return (Claim(quad, Where(self.path, line)) for quad, line in zip(quads, self.lines, strict=True))

    def statements_about(self, subjects: AbstractSet[str]) -> Iterator[Claim]:
        """Go through the statements about some things (IRIs)."""
        if all(subject.startswith(CG) for subject in subjects) and subjects.isdisjoint(self.used):
            return
        wanted = {f"<{subject}>".encode() for subject in subjects}
        for text, line in zip(self.quads.splitlines(), self.lines, strict=True):
            if text.partition(b" ")[0] in wanted:
                yield Claim(next(iter(ox.parse(text, format=ox.RdfFormat.N_QUADS))), Where(self.path, line))

    def kept(self) -> bytes:
        """Write it down for `read`."""
        return json.dumps(asdict(self) | {"quads": None}).encode() + b"\n" + self.quads


def lifted(path: str, claims: Iterable[Claim]) -> Lifted:
    """Take stock of a file's statements."""
    found, lines = Lifted(path), []
    defined, used = set(), set()
    for quad, where in claims:
        lines.append(f"{quad} .\n")
        found.lines.append(where.line)
        found.claims += str(getattr(quad.graph_name, "value", "")).startswith(CLAIMED)
        used |= {part.value for part in (quad.subject, quad.object) if isinstance(part, ox.NamedNode)}
        if quad.predicate.value == RDF + "type":
            defined.add(str(getattr(quad.subject, "value", "")))
        if quad.graph_name == DOCUMENTS:
            _describe(found, quad, where.line)
    found.quads = "".join(lines).encode()
    found.defined, found.used = (sorted(iri for iri in iris if iri.startswith(CG)) for iris in (defined, used))
    return found


def _describe(found: Lifted, quad: ox.Quad, line: int) -> None:
    """Note what a document's description says of the document itself and of its archived text."""
    document, value = (str(getattr(part, "value", "")) for part in (quad.subject, quad.object))
    if quad.predicate.value == RDF + "type":
        found.described.append((document, line))
    elif quad.predicate.value == COOP + "archivedAs":
        found.archived[document] = (value, line)
    elif quad.predicate.value == COOP + "sha256":
        found.hashes[document] = value


def read(kept: bytes) -> Lifted:
    """Read what `Lifted.kept` wrote.

    Raises ValueError when it is something else.
    """
    header, _, quads = kept.partition(b"\n")
    try:
        found = Lifted(**{**json.loads(header), "quads": quads})
    except TypeError as wrong:
        raise ValueError(str(wrong)) from wrong
    if quads.count(b"\n") != len(found.lines):
        raise ValueError(f"{len(found.lines)} statements expected")
    return found
