"""Build: curated files → claims → accepted view → bounds → rules → checks → store. All of it, or nothing."""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Final

import pyoxigraph as ox

from coopgraph import accept, bounds, checks, ontology, places, queries
from coopgraph.cache import FOLDERS, Cache
from coopgraph.errors import QueryError
from coopgraph.lift import lift
from coopgraph.lifted import CLAIMED, Lifted, lifted
from coopgraph.loaders import SourceFile, find
from coopgraph.model import DERIVED, ONTOLOGY, REGISTRY, Claim, Issue, Record, Where, problem
from coopgraph.ontology import Ontology
from coopgraph.progress import Tell, silent
from coopgraph.stores.embedded import Embedded, invalid
from coopgraph.terms import CG, CGG, COOP, RDF

TYPE: Final = ox.NamedNode(RDF + "type")
RULE: Final = re.compile(r"\bCONSTRUCT\s*(\{[^{}]*\})\s*WHERE\b", re.IGNORECASE)
"""What makes a question a rule: the statements it makes, which are inserted instead."""


@dataclass
class Built:
    """What a build made: the graph in memory, the problems found, and what was read anew."""

    store: ox.Store
    files: list[Lifted] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    unread: bool = False
    read: int = 0

    @property
    def failed(self) -> bool:
        """Tell whether anything stands in the way of using the graph."""
        return any(issue.severity == "error" for issue in self.issues)


def build(root: Path, cache: Cache, texts: Path | None = None, tell: Tell = silent) -> Built:
    """Make the graph of a folder in memory and check it; `tell` hears how far that is.

    Raises OntologyError or QueryError when the ontology, a rule or a check question is wrong; every problem with
    data is in `issues`.
    """
    built = made(root, cache, texts, tell)
    if not built.failed:
        check(root, cache, built, tell)
    return built


def made(root: Path, cache: Cache, texts: Path | None = None, tell: Tell = silent) -> Built:
    """Make the graph of a folder in memory: what is claimed, what is accepted, what follows; not checked yet."""
    terms = ontology.read(root / "ontology")
    built = Built(ox.Store())
    _load(root, terms, cache, built, tell)
    built.issues += _twice(built.files)
    if not built.unread:
        built.issues += _dangling(built.files, terms)
    built.issues += _texts(built, texts or root / "texts")
    if built.failed:
        return built
    Thread(target=checks.prepare, daemon=True).start()  # what follows runs in the store and leaves the interpreter free
    built.store.bulk_extend(terms.quads_in(ONTOLOGY))
    built.store.bulk_load(b"".join(file.quads for file in built.files), format=ox.RdfFormat.N_QUADS)
    accept.accept(built.store)
    built.store.extend(bounds.derive(built.store))
    _take_over(built.store, bounds.GRAPH)
    for rule in queries.library(root, "rules").values():
        _conclude(built.store, rule)
    return built


def _load(root: Path, terms: Ontology, cache: Cache, built: Built, tell: Tell) -> None:
    """Lift every curated file; files that did not change come from the cache."""
    files, strange = find(root)
    for name in strange:
        texts = {
            "en": "no loader reads this file; see docs/curating.md",
            "vi": "không có bộ đọc cho tệp này; xem docs/curating.md",
        }
        built.issues.append(Issue("warning", texts, Where(name, 1)))
    for file in files:
        key = cache.key(file.path, file.name)
        found = cache.lifted(key)
        if found is None:
            built.read += 1
            claims, issues = _claims(file, terms)
            found = lifted(file.name, claims)
            built.issues += issues
            built.unread |= bool(issues) and not claims
            if not issues:
                cache.keep(key, found)
        built.files.append(found)
        tell("read", len(built.files), len(files))
    cache.sweep()


def _claims(file: SourceFile, terms: Ontology) -> tuple[list[Claim], list[Issue]]:
    """Read one file: its statements, or everything that is wrong with it."""
    claims: list[Claim] = []
    issues: list[Issue] = []
    for item in file.load(file.path, file.name, terms):
        for found in lift(item, terms) if isinstance(item, Record) else (item,):
            (issues if isinstance(found, Issue) else claims).append(found)  # type: ignore[arg-type]
    return claims, issues


def _twice(files: Iterable[Lifted]) -> Iterator[Issue]:
    """Find documents that are described in two places."""
    first: dict[str, Where] = {}
    for file in files:
        for document, line in file.described:
            where = Where(file.path, line)
            known = first.setdefault(document, where)
            if known != where:
                yield problem("document-twice", where, value=document.removeprefix(CG), other=known)


def _dangling(files: Iterable[Lifted], terms: Ontology) -> Iterator[Issue]:
    """Find ids that are used but defined nowhere."""
    known = {quad.subject.value for quad in terms.quads if isinstance(quad.subject, ox.NamedNode)}
    known.update(*(file.defined for file in files))
    for file in files:
        if missing := set(file.used) - known:
            names = [iri.removeprefix(CG) for iri in known if iri.startswith(CG)]
            for iri, where in _places(file, missing):
                value = iri.removeprefix(CG)
                alike = [name for name in names if name.partition("-")[0] == value.partition("-")[0]]
                yield problem("unknown-id", where, alike, value=value)


def _places(file: Lifted, iris: Collection[str]) -> Iterable[tuple[str, Where]]:
    """List the places where a file names some ids, each once."""
    parts = ((part, where) for quad, where in file.statements() for part in (quad.subject, quad.object))
    named = ((part.value, where) for part, where in parts if isinstance(part, ox.NamedNode))
    return dict.fromkeys((iri, where) for iri, where in named if iri in iris)


def _texts(built: Built, folder: Path) -> Iterator[Issue]:
    """Check hashes and places against the archived texts that are at hand."""
    lines: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for source in built.files:
        for document, (file, line) in source.archived.items():
            path = folder / file
            if not path.is_file():
                built.notes["texts not at hand"] += 1
                continue
            raw = path.read_bytes()
            digest = hashlib.sha256(raw).hexdigest()
            if digest != source.hashes.get(document, digest):
                yield problem("hash", Where(source.path, line), file=file, found=digest)
            name = document.removeprefix(CG)
            lines[name], names[name] = raw.decode("utf-8", "replace").splitlines(), file
    if lines:
        yield from _misplaced(built, lines, names)


def _misplaced(built: Built, lines: Mapping[str, list[str]], files: Mapping[str, str]) -> Iterator[Issue]:
    """Find places of claim graphs where the text has nothing."""
    for quad, where in (claim for file in built.files for claim in file.statements()):
        if quad.predicate.value != COOP + "locator" or not isinstance(quad.object, ox.Literal):
            continue
        document = str(getattr(quad.subject, "value", "")).removeprefix(CGG).partition("/")[0]
        if document not in lines:
            continue
        built.notes["places verified"] += 1
        if not places.text_at(quad.object.value, lines[document]):
            file, count = files[document], len(lines[document])
            yield problem("place-missing", where, value=quad.object.value, file=file, lines=count)


def _conclude(store: ox.Store, rule: queries.NamedQuery) -> None:
    """Let one CONSTRUCT rule fill its own graph."""
    graph = ox.NamedNode(DERIVED + rule.name)
    text, found = RULE.subn(rf"INSERT {{ GRAPH {graph} \1 }} WHERE", rule.text)
    if found != 1:
        raise QueryError(
            f"{rule.path}: a rule is CONSTRUCT {{ … }} WHERE {{ … }}",
            f"{rule.path}: quy tắc phải có dạng CONSTRUCT {{ … }} WHERE {{ … }}",
        )
    try:
        store.update(text)
    except SyntaxError as wrong:
        raise QueryError(f"{rule.path}: {invalid(wrong.args[0])}") from wrong
    _take_over(store, graph)


def _take_over(store: ox.Store, graph: ox.NamedNode) -> None:
    """Accept what a derived graph holds; what was accepted before is not derived."""
    store.update(f"DELETE {{ GRAPH {graph} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} ?s ?p ?o }}")
    store.update(f"INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")


def check(root: Path, cache: Cache, built: Built, tell: Tell = silent) -> None:
    """Run shapes and check questions over a graph, and put file and line to what they find."""
    store = Embedded(built.store)
    verdicts = cache.verdicts()
    with ThreadPoolExecutor(1) as aside:  # questions run in the store, shapes in the interpreter: side by side
        asked = aside.submit(lambda: list(checks.questions(store, queries.library(root, "checks"))))
        findings = list(checks.shapes(store, root / "ontology" / "shapes.ttl", verdicts, tell))
        findings += asked.result()
    cache.keep_verdicts(verdicts)
    marks = _marks(built.files, {finding.subject for finding in findings})
    found = [finding.issue(marks) for finding in findings]
    once = {(issue.severity, issue.text["en"], issue.where, issue.subject): issue for issue in found}
    built.issues += sorted(once.values(), key=lambda issue: (issue.where or Where("~", 0), issue.text["en"]))


def _marks(files: Iterable[Lifted], subjects: AbstractSet[str]) -> checks.Marks:
    """Find where some things were written first: each as such, and each of its properties."""
    marks: dict[tuple[str, str], Where] = {}
    for quad, where in (claim for file in files for claim in file.statements_about(subjects)):
        subject = str(getattr(quad.subject, "value", ""))
        if quad.graph_name != REGISTRY or quad.predicate == TYPE:
            marks.setdefault((subject, ""), where)
        marks.setdefault((subject, quad.predicate.value), where)
    return marks


def fingerprint(root: Path, code: str, folders: Iterable[str] = FOLDERS) -> str:
    """Give the digest of our code and of all files below some folders: at first all that decide what a build makes."""
    digest = hashlib.sha256(code.encode())
    for folder in folders:
        for path in sorted(item for item in (root / folder).rglob("*") if item.is_file()):
            digest.update(f"{path.relative_to(root).as_posix()}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def counts(built: Built) -> dict[str, int]:
    """Count what a build made."""
    graphs = [str(getattr(graph, "value", "")) for graph in built.store.named_graphs()]
    stating = [name.removeprefix(CGG) for name in graphs if name.startswith(CLAIMED)]
    accepted = Embedded(built.store).select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0]
    return {
        "files": len(built.files),
        "files read": built.read,
        "documents": len({name.partition("/")[0] for name in stating}),
        "places": len(stating),
        "claims": sum(file.claims for file in built.files),
        "accepted statements": int(getattr(accepted, "value", 0)),
        **built.notes,
    }


def rows(issues: Iterable[Issue]) -> list[list[object]]:
    """Write problems as plain lists, for the next run to show again when nothing changed."""
    return [[issue.severity, dict(issue.text), list(issue.where or ()), issue.subject] for issue in issues]
