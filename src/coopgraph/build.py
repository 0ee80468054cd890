"""Build: curated files → claims → accepted view → bounds → rules → checks → store. All of it, or nothing."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from coopgraph import accept, bounds, checks, ontology, places, queries
from coopgraph.cache import Cache
from coopgraph.errors import QueryError
from coopgraph.lift import lift
from coopgraph.loaders import SourceFile, find
from coopgraph.model import DERIVED, DOCUMENTS, ONTOLOGY, REGISTRY, Claim, Issue, Record, Where, placed, problem
from coopgraph.ontology import Ontology
from coopgraph.stores.embedded import Embedded
from coopgraph.terms import CG, CGG, COOP, RDF

TYPE = ox.NamedNode(RDF + "type")


@dataclass
class Built:
    """What a build made: the graph in memory, the problems found, and what was read anew."""

    store: ox.Store
    claims: list[Claim] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    unread: bool = False
    read: int = 0
    files: int = 0

    @property
    def failed(self) -> bool:
        """Tell whether anything stands in the way of using the graph."""
        return any(issue.severity == "error" for issue in self.issues)


def build(root: Path, cache: Cache, texts: Path | None = None) -> Built:
    """Make the graph of a folder in memory and check it.

    Raises OntologyError or QueryError when the ontology, a rule or a check question is wrong; every problem with
    data is in `issues`.
    """
    built = made(root, cache, texts)
    if not built.failed:
        check(root, cache, built)
    return built


def made(root: Path, cache: Cache, texts: Path | None = None) -> Built:
    """Make the graph of a folder in memory: what is claimed, what is accepted, what follows; not checked yet."""
    terms = ontology.read(root / "ontology")
    built = Built(ox.Store())
    _load(root, terms, cache, built)
    built.issues += _twice(built.claims)
    if not built.unread:
        built.issues += _dangling(built.claims, terms)
    built.issues += _texts(built, texts or root / "texts")
    if built.failed:
        return built
    built.store.bulk_extend([*terms.quads_in(ONTOLOGY), *(claim.quad for claim in built.claims)])
    accept.accept(built.store)
    _derive(built.store, bounds.derive(built.store))
    for rule in queries.library(root, "rules").values():
        _derive(built.store, _conclusions(built.store, rule))
    return built


def _load(root: Path, terms: Ontology, cache: Cache, built: Built) -> None:
    """Lift every curated file; files that did not change come from the cache."""
    files, strange = find(root)
    built.files = len(files)
    for name in strange:
        texts = {
            "en": "no loader reads this file; see docs/curating.md",
            "vi": "không có bộ đọc cho tệp này; xem docs/curating.md",
        }
        built.issues.append(Issue("warning", texts, Where(name, 1)))
    for file in files:
        key = cache.key(file.path, file.name)
        claims = cache.claims(key, file.name)
        if claims is None:
            built.read += 1
            claims, issues = _lifted(file, terms)
            built.issues += issues
            built.unread |= bool(issues) and not claims
            if not issues:
                cache.keep(key, claims)
        built.claims += claims
    cache.sweep()


def _lifted(file: SourceFile, terms: Ontology) -> tuple[list[Claim], list[Issue]]:
    """Read one file: its statements, or everything that is wrong with it."""
    claims: list[Claim] = []
    issues: list[Issue] = []
    for item in file.load(file.path, file.name, terms):
        for found in lift(item, terms) if isinstance(item, Record) else (item,):
            (issues if isinstance(found, Issue) else claims).append(found)  # type: ignore[arg-type]
    return claims, issues


def _twice(claims: Iterable[Claim]) -> Iterator[Issue]:
    """Find documents that are described in two places."""
    first: dict[str, Where] = {}
    for quad, where in claims:
        if quad.graph_name == DOCUMENTS and quad.predicate == TYPE and isinstance(quad.subject, ox.NamedNode):
            known = first.setdefault(quad.subject.value, where)
            if known != where:
                yield problem("document-twice", where, value=quad.subject.value.removeprefix(CG), other=known)


def _dangling(claims: Iterable[Claim], terms: Ontology) -> Iterator[Issue]:
    """Find ids that are used but defined nowhere."""
    listed = list(claims)
    known = {
        quad.subject.value for quad, _ in listed if quad.predicate == TYPE and isinstance(quad.subject, ox.NamedNode)
    }
    known |= {quad.subject.value for quad in terms.quads if isinstance(quad.subject, ox.NamedNode)}
    names: list[str] = []
    for iri, where in _used(listed):
        if iri not in known:
            names = names or [name.removeprefix(CG) for name in known if name.startswith(CG)]
            value = iri.removeprefix(CG)
            alike = [name for name in names if name.partition("-")[0] == value.partition("-")[0]]
            yield problem("unknown-id", where, alike, value=value)


def _used(claims: Iterable[Claim]) -> Iterable[tuple[str, Where]]:
    """List the ids that statements name, each once per place."""
    parts = ((part, where) for quad, where in claims for part in (quad.subject, quad.object))
    named = ((part.value, where) for part, where in parts if isinstance(part, ox.NamedNode))
    return dict.fromkeys((iri, where) for iri, where in named if iri.startswith(CG))


def _texts(built: Built, folder: Path) -> Iterator[Issue]:
    """Check hashes and places against the archived texts that are at hand."""
    archived, hashes = COOP + "archivedAs", {}
    found: dict[str, tuple[str, Where]] = {}
    for quad, where in built.claims:
        if (
            quad.graph_name == DOCUMENTS
            and isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, ox.Literal)
        ):
            if quad.predicate.value == archived:
                found[quad.subject.value.removeprefix(CG)] = (quad.object.value, where)
            elif quad.predicate.value == COOP + "sha256":
                hashes[quad.subject.value.removeprefix(CG)] = quad.object.value
    lines: dict[str, list[str]] = {}
    for document, (file, where) in found.items():
        path = folder / file
        if not path.is_file():
            built.notes["texts not at hand"] += 1
            continue
        raw = path.read_bytes()
        digest = hashlib.sha256(raw).hexdigest()
        if digest != hashes.get(document, digest):
            yield problem("hash", where, file=file, found=digest)
        lines[document] = raw.decode("utf-8", "replace").splitlines()
    yield from _misplaced(built, lines, {document: file for document, (file, _) in found.items()})


def _misplaced(built: Built, lines: Mapping[str, list[str]], files: Mapping[str, str]) -> Iterator[Issue]:
    """Find places of claim graphs where the text has nothing."""
    for quad, where in built.claims:
        if quad.predicate.value != COOP + "locator" or not isinstance(quad.object, ox.Literal):
            continue
        document = str(getattr(quad.subject, "value", "")).removeprefix(CGG).partition("/")[0]
        if document not in lines:
            continue
        built.notes["places verified"] += 1
        if not places.text_at(quad.object.value, lines[document]):
            file, count = files[document], len(lines[document])
            yield problem("place-missing", where, value=quad.object.value, file=file, lines=count)


def _derive(store: ox.Store, conclusions: Iterable[ox.Quad]) -> None:
    """Add derived statements to their own graph and to the default graph."""
    found = [quad for quad in conclusions if placed(quad.triple, ox.DefaultGraph()) not in store]
    store.extend([*found, *(placed(quad.triple, ox.DefaultGraph()) for quad in found)])


def _conclusions(store: ox.Store, rule: queries.NamedQuery) -> list[ox.Quad]:
    """Run one CONSTRUCT rule."""
    graph = ox.NamedNode(DERIVED + rule.name)
    try:
        return [placed(triple, graph) for triple in Embedded(store).construct(rule.text)]
    except QueryError as wrong:
        raise QueryError(f"{rule.path}: {wrong}") from wrong


def check(root: Path, cache: Cache, built: Built) -> None:
    """Run shapes and check questions over a graph, and put file and line to what they find."""
    marks: dict[tuple[str, str], Where] = {}
    for quad, where in built.claims:
        subject = str(getattr(quad.subject, "value", ""))
        if quad.graph_name != REGISTRY or quad.predicate == TYPE:
            marks.setdefault((subject, ""), where)
        marks.setdefault((subject, quad.predicate.value), where)
    store = Embedded(built.store)
    found = list(checks.questions(store, queries.library(root, "checks"), marks))
    verdicts = cache.verdicts()
    found += checks.shapes(store, root / "ontology" / "shapes.ttl", marks, verdicts)
    cache.keep_verdicts(verdicts)
    once = {(issue.severity, issue.text["en"], issue.where, issue.subject): issue for issue in found}
    built.issues += sorted(once.values(), key=lambda issue: (issue.where or Where("~", 0), issue.text["en"]))


def fingerprint(root: Path, code: str) -> str:
    """Give the digest of everything that decides what a build makes."""
    digest = hashlib.sha256(code.encode())
    for folder in ("data", "ontology", "queries"):
        for path in sorted(item for item in (root / folder).rglob("*") if item.is_file()):
            digest.update(f"{path.relative_to(root).as_posix()}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def counts(built: Built) -> dict[str, int]:
    """Count what a build made."""
    names = (getattr(claim.quad.graph_name, "value", "") for claim in built.claims)
    graphs = Counter(name for name in names if name.startswith(CGG + "doc-"))
    accepted = Embedded(built.store).select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0]
    return {
        "files": built.files,
        "files read": built.read,
        "documents": len({name.removeprefix(CGG).partition("/")[0] for name in graphs}),
        "places": len(graphs),
        "claims": graphs.total(),
        "accepted statements": int(getattr(accepted, "value", 0)),
        **built.notes,
    }


def rows(issues: Iterable[Issue]) -> list[list[object]]:
    """Write problems as plain lists, for the next run to show again when nothing changed."""
    return [[issue.severity, dict(issue.text), list(issue.where or ()), issue.subject] for issue in issues]
