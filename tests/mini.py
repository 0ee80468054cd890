"""A miniature graph's folder: the repository's ontology and rules, and the data that a test gives as text."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from textwrap import dedent, indent

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis.strategies import SearchStrategy

from coopgraph import graph, ontology, opening, sources
from coopgraph.atlas import Atlas
from coopgraph.build import Built, build
from coopgraph.cache import Cache
from coopgraph.lift import lift
from coopgraph.model import Claim, Fields, Issue, Record
from coopgraph.terms import XSD, shrink

REPOSITORY = Path(__file__).parents[1]
ONTOLOGY = ontology.read(REPOSITORY / "ontology")
GRAPH = "https://w3id.org/coopgraph/graph/doc-x/L1"
FIRST = 7
"""Line of the first place in a document made here."""
PASSPORT = """\
document: {name}
title: {{vi: "Tài liệu {name}", en: "Document {name}"}}
language: vi
web: "https://example.org/{name}"
issued: {issued}
facts:
"""
REGISTRY = {
    "data/registry/countries.csv": """\
        country,name.vi,name.en,iso2
        cty-vn,Việt Nam,Viet Nam,VN
        cty-la,Lào,Lao PDR,LA
        """,
    "data/registry/organisations.csv": """\
        class,id,name.vi,name.en,country
        ministry,org-vn-moha,Bộ Nội vụ,Ministry of Home Affairs,cty-vn
        ministry,org-la-moha,Bộ Nội vụ Lào,Lao Ministry of Home Affairs,cty-la
        """,
    "data/registry/persons.csv": """\
        person,name.vi,name.en
        per-an,Nguyễn An,Nguyen An
        per-binh,Trần Bình,Tran Binh
        """,
    "data/registry/posts.csv": """\
        post,name.vi,name.en,body,role,single_seat
        post-minister,Bộ trưởng,Minister,org-vn-moha,minister,true
        """,
}
EVENT = 'L1: [{meeting: evt-x, name: {vi: "Cuộc họp", en: "Meeting"}, date: 2022-08-05}]'


def document(facts: str, name: str = "doc-x", issued: str = "2022-08-06") -> str:
    """Write a source document with these facts; the first place stands on line `FIRST`."""
    return PASSPORT.format(name=name, issued=issued) + indent(dedent(facts), "  ")


def folder(base: Path, files: Mapping[str, str | bytes], registry: Mapping[str, str] = REGISTRY) -> Path:
    """Write a graph's folder with these data files beside a small registry."""
    shutil.copytree(REPOSITORY / "ontology", base / "ontology", dirs_exist_ok=True)
    for part in ("rules", "checks"):
        (base / "queries" / part).mkdir(parents=True, exist_ok=True)
        shutil.copytree(REPOSITORY / "queries" / part, base / "queries" / part, dirs_exist_ok=True)
    for name, content in {**registry, **files}.items():
        write(base, name, content)
    return base


def write(base: Path, name: str, content: str | bytes) -> None:
    """Write one file; text loses its common indentation."""
    path = base / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())


def read(base: Path, texts: Path | None = None) -> Built:
    """Build a folder in memory."""
    return build(base, Cache(base / ".coopgraph", base), texts)


def made(base: Path, files: Mapping[str, str | bytes]) -> Built:
    """Build these data files in memory."""
    return read(folder(base, files))


def stated(base: Path, facts: str) -> Built:
    """Build one document with these facts in memory."""
    return made(base, {"data/docs/doc-x.yaml": document(facts)})


def kept(base: Path, texts: Path | None = None) -> graph.Report:
    """Build a folder on disk, inside itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COOPGRAPH_CACHE", raising=False)
        return graph.build(base, texts)


def opened(base: Path) -> Atlas:
    """Open what `kept` left on disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COOPGRAPH_CACHE", raising=False)
        return opening.open(base)


def lifted(text: str) -> tuple[list[Claim], list[Issue]]:
    """Lift one record, without any file."""
    claims: list[Claim] = []
    issues: list[Issue] = []
    for fields in sources.documents(dedent(text), "x.yaml"):
        assert isinstance(fields, Fields), fields
        for found in lift(Record(fields, ox.NamedNode(GRAPH), "x.yaml"), ONTOLOGY):
            (issues if isinstance(found, Issue) else claims).append(found)
    return claims, issues


def facts(text: str) -> set[tuple[str, ...]]:
    """Give the statements of one correct record, in short forms."""
    claims, issues = lifted(text)
    assert not issues, said(issues)
    return {short(claim.quad) for claim in claims}


def accepted(built: Built) -> set[tuple[str, ...]]:
    """Give the default graph, in short forms."""
    return {short(quad) for quad in built.store.quads_for_pattern(None, None, None, ox.DefaultGraph())}


def named(built: Built, graph: str) -> set[tuple[str, ...]]:
    """Give a named graph, in short forms."""
    node = ox.NamedNode("https://w3id.org/coopgraph/graph/" + graph)
    return {short(quad) for quad in built.store.quads_for_pattern(None, None, None, node)}


def short(quad: ox.Quad) -> tuple[str, ...]:
    """Write a statement in short forms: ids, prefixed names, `text@vi`, `2021^^xsd:gYear`."""
    return tuple(brief(part) for part in (quad.subject, quad.predicate, quad.object))


def brief(term: object) -> str:
    """Write a term in its short form."""
    if isinstance(term, ox.NamedNode):
        return shrink(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    if term.language:
        return f"{term.value}@{term.language}"
    return term.value if term.datatype.value == XSD + "string" else f"{term.value}^^{shrink(term.datatype.value)}"


def said(issues: Iterable[Issue], lang: str = "en") -> list[str]:
    """Give the lines that a person reads."""
    return [issue.show(lang) for issue in issues]


def errors(built: Built, lang: str = "en") -> list[str]:
    """Give the problems that stop a build, as a person reads them."""
    return said((issue for issue in built.issues if issue.severity == "error"), lang)


def law(*strategies: SearchStrategy) -> Callable:
    """Mark a test that must hold for whatever the strategies give."""
    return lambda test: settings(max_examples=40, deadline=None, database=None)(given(*strategies)(test))
