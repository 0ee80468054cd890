"""A graph that was published to a SPARQL server, asked there as the embedded store is asked here."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pyoxigraph as ox

from coopgraph.errors import StoreError
from coopgraph.model import ACCEPTED, PROVENANCE, PUBLICATION, Table, Term
from coopgraph.stores.dialect import Dialect, yes_or_no
from coopgraph.stores.embedded import written
from coopgraph.stores.limited import Limited
from coopgraph.stores.limits import Limits
from coopgraph.stores.protocol import Endpoint
from coopgraph.terms import CGG, RDF, RDFS

MANY: Final = 200
"""Things that are looked up in one question."""
MOST: Final = 300_000
"""Statements that are kept from one look-up to the next."""
OURS: Final = f'FILTER(STRSTARTS(STR(?g), "{CGG}") && ?g != {PUBLICATION})'
DEFAULT: Final = ox.DefaultGraph()
CLAIMS: Final = CGG + "doc-"
KINDS: Final = (RDF + "type", RDFS + "subClassOf")
Kept = dict[Term, tuple[ox.Quad, ...]]


class Remote:
    """A published graph. What is looked up about a thing is kept as long as this lives."""

    def __init__(self, url: str, limits: Limits | None = None) -> None:
        self.url = url
        self.limits = limits or Limits()
        self.point = Endpoint(url, self.limits)
        self._about: Kept = {}
        self._into: Kept = {}
        self._turn = threading.RLock()

    def __str__(self) -> str:
        """Give the address."""
        return str(self.point.line.to)

    @cached_property
    def state(self) -> Mapping[str, str]:
        """What the server says of the publication, asked once.

        Keys: `server`; `accepted` and `provenance` when these graphs are there; what was noted about the publication:
        `identifier` (its hash), `hasPart` (the graph of the accepted view), `creativeWorkStatus` while it goes on.
        """
        there = "".join(
            f'{{ SELECT ("{name}" AS ?here) ("" AS ?said) WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }} LIMIT 1 }} UNION '
            for name, graph in (("accepted", ACCEPTED), ("provenance", PROVENANCE))
        )
        text = f"SELECT ?here ?said WHERE {{ {there} {{ GRAPH {PUBLICATION} {{ {PUBLICATION} ?here ?said }} }} }}"
        _, rows = self.point.rows(text)
        found = {}
        for name, said in rows:
            found[str(getattr(name, "value", "")).rpartition("/")[2]] = str(getattr(said, "value", ""))
        return {"server": self.point.server, **found}

    def greet(self) -> None:
        """Make sure that the server can be asked, and holds a graph of coopgraph.

        Raises StoreError when it does not.
        """
        if "provenance" not in self.state:
            raise StoreError(
                f"{self} holds no graph of coopgraph; bring one there with: coopgraph publish {self}",
                f"{self} không có đồ thị của coopgraph; hãy đưa lên bằng: coopgraph publish {self}",
            )

    @property
    def made(self) -> str:
        """Hash of the publication; nothing when it was not published by coopgraph."""
        return self.state.get("identifier", "")

    @property
    def unfinished(self) -> bool:
        """Tell whether a publication was begun and not finished."""
        return "creativeWorkStatus" in self.state

    @cached_property
    def dialect(self) -> Dialect:
        """How this server is asked."""
        return Dialect(self.state["server"], bool({"accepted", "hasPart"} & self.state.keys()))

    @property
    def inner(self) -> ox.Store:
        """A copy of the whole graph on this machine, for those who need a pyoxigraph store."""
        return self.copied.inner

    @cached_property
    def copied(self) -> Limited:
        """A copy of the whole graph in a folder that goes when this does: for questions that are beyond the server."""
        self._folder = TemporaryDirectory(prefix="coopgraph-")
        folder, copy = Path(self._folder.name) / "graph", ox.Store()
        copy.bulk_extend(self.quads())
        written(copy, folder)
        return Limited(folder, self.limits)

    def select(self, sparql: str) -> Table:
        """Answer a SELECT or ASK question; one that is beyond the server is answered here, from a copy."""
        if self.dialect.beyond(sparql):
            return self.copied.select(sparql)
        columns, rows = self.point.rows(self.dialect.question(sparql), self.dialect.rows)
        return yes_or_no(Table(columns, tuple(rows)))

    def construct(self, sparql: str) -> Iterator[ox.Triple]:
        """Answer a CONSTRUCT or DESCRIBE question."""
        return self.point.triples(self.dialect.question(sparql))

    def quads(
        self,
        subject: Term | None = None,
        predicate: ox.NamedNode | None = None,
        term: Term | None = None,
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """Go through the statements that match."""
        if isinstance(subject, ox.Literal | ox.BlankNode) or isinstance(term, ox.BlankNode):
            return iter(())
        if subject is None and not isinstance(term, ox.NamedNode):
            return self._matching(predicate, term, graph)
        near = self._near(subject or term, inverse=subject is None)
        return (
            quad
            for quad in near
            if (predicate is None or quad.predicate == predicate)
            and (term is None or quad.object == term)
            and (graph is None or quad.graph_name == graph)
        )

    def lines(self, *, accepted: bool = False) -> Iterator[bytes]:
        """Give all statements, or those of the accepted view, as lines of N-Quads in any order."""
        return (f"{quad} .\n".encode() for quad in self.quads(graph=DEFAULT if accepted else None))

    def gather(self, things: Iterable[Term], *, inverse: bool = False, steps: int = 0) -> None:
        """Look up many things at once, because each will be asked about soon; with `inverse`, what is said of them.

        With `steps`, what they say in the accepted view is looked up as well, so many times.
        """
        things, kept = list(things), self._into if inverse else self._about
        with self._turn:
            if sum(map(len, kept.values())) > MOST:
                kept.clear()
            self._fetch(kept, things, inverse=inverse)
            if steps:
                said = {quad for thing in things for quad in kept.get(thing, ()) if quad.graph_name == DEFAULT}
                self.gather({part for quad in said for part in (quad.predicate, quad.object)}, steps=steps - 1)

    def _near(self, thing: Any, *, inverse: bool) -> tuple[ox.Quad, ...]:  # noqa: ANN401  # a NamedNode
        """Give every statement about a thing, or with it as value."""
        kept = self._into if inverse else self._about
        with self._turn:
            if thing not in kept:
                self.gather((thing,), inverse=inverse)
            return kept[thing]

    def _fetch(self, kept: Kept, things: Iterable[Term], *, inverse: bool) -> None:
        """Look up what is not known yet."""
        new = [one for one in dict.fromkeys(things) if isinstance(one, ox.NamedNode) and one not in kept]
        for start in range(0, len(new), MANY):
            self._look_up(kept, new[start : start + MANY], "?o" if inverse else "?s")

    def _look_up(self, kept: Kept, things: Sequence[Term], place: str) -> None:
        """Fetch every statement that has one of these things in a place, and what is always asked of it next."""
        found: dict[Term, list[ox.Quad]] = defaultdict(list)
        names, next_ = " ".join(map(str, things)), set[Term]()
        for quad in self.found(f"VALUES {place} {{ {names} }} {self._everywhere()}"):
            found[quad.subject if place == "?s" else quad.object].append(quad)
            if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(CLAIMS):
                next_.add(quad.graph_name)
            if quad.predicate.value in KINDS:
                next_.add(quad.object)
        kept.update({thing: tuple(found[thing]) for thing in things})
        if place == "?s":
            self._fetch(kept, next_, inverse=False)

    def _everywhere(self, pattern: str = "?s ?p ?o") -> str:
        """Look for a pattern in the accepted view and in the evidence."""
        named = f"GRAPH ?g {{ {pattern} }} {OURS}"
        return named if self.dialect.named else f"{{ {pattern} }} UNION {{ {named} }}"

    def _matching(
        self, predicate: ox.NamedNode | None, value: Term | None, graph: ox.NamedNode | ox.DefaultGraph | None
    ) -> Iterator[ox.Quad]:
        """Go through the statements with a property, a value or neither."""
        fixed = {"?p": predicate, "?o": value}
        pattern = " ".join(str(fixed.get(part) or part) for part in ("?s", "?p", "?o"))
        if graph is None:
            where = self._everywhere(pattern)
        elif isinstance(graph, ox.NamedNode) or self.dialect.named:
            where = f"GRAPH {graph if isinstance(graph, ox.NamedNode) else ACCEPTED} {{ {pattern} }}"
        else:
            where = pattern
        return self.found(where, {"p": predicate, "o": value, "g": graph})

    def found(self, where: str, fixed: Mapping[str, Any] = {}) -> Iterator[ox.Quad]:  # never changed
        """Go through the statements that a pattern finds as ?s, ?p, ?o and ?g; some of these may be known before."""
        known = {name: value for name, value in fixed.items() if value is not None}
        names = [name for name in ("s", "p", "o", "g") if name not in known]
        text = f"SELECT {' '.join('?' + name for name in names)} WHERE {{ {where} }}"
        columns, rows = self.point.rows(text, self.dialect.rows)
        for row in rows:
            all_: dict[str, Any] = {**dict(zip(columns, row, strict=True)), **known}
            at = all_.get("g") or DEFAULT
            yield ox.Quad(all_["s"], all_["p"], all_["o"], DEFAULT if at == ACCEPTED else at)
