"""Publishing: brings a graph on a SPARQL server up to the one here, statement by statement, and proves it.

The plan compares what is here with what is there. Additions come before removals, evidence before the accepted view,
so a publication that breaks off has taken nothing away that it did not put in place before; the next one finds by its
own plan what is left to do. At the end everything is read back and compared by hash.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from coopgraph.errors import StoreError, UnreachableError
from coopgraph.model import PUBLICATION
from coopgraph.progress import Tell, silent
from coopgraph.stores import contents
from coopgraph.stores.dialect import Dialect
from coopgraph.stores.limits import Limits
from coopgraph.stores.remote import Remote
from coopgraph.stores.writer import Writer

SPARED: Final = 0.5
"""Part of what is on the server that a publication takes away without being told to."""
FEW: Final = 1_000
"""Statements that may go whatever part they are."""
ROUNDS: Final = 2
"""Times to write: a value that the server takes for equal to one it holds can only be added once that is gone."""
Source = Callable[[], Iterable[ox.Quad]]
Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph


@dataclass
class Plan:
    """What differs between the graph here and the one on the server."""

    total: int = 0
    digest: str = ""
    missing: set[bytes] = field(default_factory=set)
    extra: list[ox.Quad] = field(default_factory=list)
    unkept: frozenset[ox.Quad] = frozenset()
    there: Counter[Graph] = field(default_factory=Counter)
    here: Counter[Graph] = field(default_factory=Counter)
    named: bool = False
    finished: bool = False

    @property
    def done(self) -> bool:
        """Tell whether there is nothing to do."""
        return self.finished and not self.missing and not self.extra

    @property
    def withdrawn(self) -> list[ox.NamedNode]:
        """Graphs that are on the server and no longer here."""
        gone = self.there.keys() - self.here.keys()
        return sorted((graph for graph in gone if isinstance(graph, ox.NamedNode)), key=str)

    @property
    def new(self) -> int:
        """Number of graphs that are here and not yet on the server."""
        return len(self.here.keys() - self.there.keys())

    @property
    def severe(self) -> bool:
        """Tell whether it would take away most of what is on the server."""
        return len(self.extra) > max(FEW, SPARED * sum(self.there.values()))


class Publication:
    """Brings the server at an address up to a source of statements, which is read several times."""

    def __init__(self, source: Source, url: str, update_url: str = "", limits: Limits | None = None) -> None:
        self.source = source
        self.store = Remote(url, limits)
        self.writer = Writer(self.store, update_url)

    def plan(self, tell: Tell = silent) -> Plan:
        """Compare what is here with what is on the server. Nothing is written.

        Raises StoreError when the server cannot be asked, UnreachableError when the connection breaks again and again.
        """
        return self.writer.patiently(lambda: self._plan(tell))

    def _plan(self, tell: Tell) -> Plan:
        known = self._anew().state
        named = self._named()
        self.store.dialect = Dialect(known["server"], named)
        plan = Plan(named=named)
        plan.unkept = self.store.dialect.unkept(self.source())
        for quad in self._kept(plan):
            plan.here[quad.graph_name] += 1
            plan.missing.add(_digest(quad))
        plan.total, plan.digest = len(plan.missing), _whole(plan.missing)
        plan.finished = "creativeWorkStatus" not in known and known.get("identifier") == plan.digest
        plan.there = Counter(contents.counted(self.store))
        total, seen = sum(plan.there.values()), 0
        for seen, quad in enumerate(contents.held(self.store, plan.there), 1):
            tell("compare", seen, total)
            mark = _digest(quad)
            if mark in plan.missing:
                plan.missing.discard(mark)
            else:
                plan.extra.append(quad)
        if seen != total:
            raise UnreachableError(
                f"{self.store} holds {total} statements and gave {seen}: it cuts its answers, or others write"
                " to it at this moment; see docs/servers.md",
                f"{self.store} có {total} dữ kiện nhưng chỉ trả {seen}: máy chủ cắt bớt câu trả lời, hoặc đang"
                " có người khác ghi vào; xem docs/servers.md",
            )
        return plan

    def _anew(self) -> Remote:
        """Forget what was known of the server."""
        self.store = Remote(self.store.url, self.store.limits)
        self.writer.store = self.store
        return self.store

    def _named(self) -> bool:
        """Decide whether the accepted view goes into a named graph.

        It goes into the default graph where that is the server's own and holds nothing of others. A note about an
        earlier publication decides before anything else.
        """
        state = self.store.state
        if {"accepted", "hasPart"} & state.keys():
            return True
        return "creativeWorkStatus" not in state and "identifier" not in state and contents.shown(self.store)

    def _kept(self, plan: Plan) -> Iterator[ox.Quad]:
        """Go through the statements here, but for those that the server cannot hold beside others."""
        return (quad for quad in self.source() if quad not in plan.unkept) if plan.unkept else iter(self.source())

    def apply(self, plan: Plan, tell: Tell = silent, *, replace: bool = False) -> Plan:
        """Do what the plan says, read everything back, and give the plan that is then left: an empty one.

        Raises StoreError when most of what is on the server would go and `replace` does not allow that, or when the
        server does not hold what it was given; a broken connection as `plan` does.
        """
        if plan.severe and not replace:
            raise StoreError(
                f"{len(plan.extra)} of {sum(plan.there.values())} statements on {self.store} would be removed; is it"
                " the right server? Look with --dry-run, then allow it with --replace",
                f"{len(plan.extra)}/{sum(plan.there.values())} dữ kiện trên {self.store} sẽ bị xóa; có đúng máy chủ"
                " không? Hãy xem bằng --dry-run, rồi cho phép bằng --replace",
            )
        if not plan.done:
            self._begin(plan)
            for _ in range(ROUNDS):
                self._write(plan, tell)
                plan = self.plan(tell)
                if not plan.missing and not plan.extra:
                    break
            else:
                raise StoreError(
                    f"after writing, {self.store} lacks {len(plan.missing)} statements and holds"
                    f" {len(plan.extra)} too many; publish again, and if that does not help, see docs/servers.md",
                    f"sau khi ghi, {self.store} thiếu {len(plan.missing)} và thừa {len(plan.extra)} dữ kiện;"
                    " hãy công bố lại, nếu vẫn vậy xem docs/servers.md",
                )
            self.writer.end(plan.digest)
        return plan

    def _begin(self, plan: Plan) -> None:
        """Note that it begins; a first note shows what the server's default graph is."""
        self.writer.begin(named=plan.named)
        note = f"?s ?p ?o FILTER(?s = {PUBLICATION})"
        if not plan.named and self.writer.patiently(lambda: contents.shown(self.store, note)):
            plan.named = True
            self.store.dialect = Dialect(self.store.state["server"], named=True)
            self.writer.begin(named=True)

    def _write(self, plan: Plan, tell: Tell) -> None:
        """Add what is missing, evidence first; then take away what is too much, evidence last; then empty graphs."""
        added, removed = len(plan.missing), len(plan.extra)
        counts = Counter[str]()

        def told(stage: str, total: int) -> Callable[[int], None]:
            def tell_(number: int) -> None:
                counts[stage] += number
                tell(stage, counts[stage], total)

            return tell_

        for default in (False, True):
            self.writer.add(
                (q for q in self._kept(plan) if _default(q) == default and _digest(q) in plan.missing),
                told("add", added),
            )
        for default in (True, False):
            self.writer.remove((q for q in plan.extra if _default(q) == default), told("remove", removed))
        self.writer.drop(plan.withdrawn)


def _default(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.DefaultGraph)


def _digest(quad: ox.Quad) -> bytes:
    """Give the hash of one statement, as a line of N-Quads."""
    return hashlib.sha256(f"{quad} .".encode()).digest()


def _whole(digests: Iterable[bytes]) -> str:
    """Give the canonical hash of a graph: of the sorted hashes of its statements, whatever their order was."""
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest()
