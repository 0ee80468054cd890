# ruff: noqa: INP001  # a script that `make docs` runs, not a package
"""Writes the generated pages of docs/ (PAGES, at the end); --check only says which are out of date."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import click
import pyoxigraph as ox

import coopgraph
from coopgraph import graph, ontology, queries, tables
from coopgraph.cli import cli
from coopgraph.model import Table
from coopgraph.ontology import Kind, Ontology, Property
from coopgraph.queries import NamedQuery
from coopgraph.terms import CGV, PREFIXES, RDFS, SKOS, shrink

ROOT: Final = Path(__file__).resolve().parents[1]
NOTE: Final = "<!-- Written by docs/generate.py from {0}; change that, then run: make docs -->"
EXITS: Final = "Exit codes: 0 answered, 1 wrong input or data, 2 wrong usage, 130 interrupted."
KEYS: Final = "*Key* is what curated files write, *id* how the id of a new record is formed."
MARKS: Final = "*Derived* properties are written by rules only; *identifying* ones may stand in the registry."
FOLDERS: Final = {
    "": ("Questions", "Answered by `coopgraph ask NAME key=value`; any SPARQL tool can run the files as they stand."),
    "maps": ("Maps", "Drawn by `coopgraph map NAME`; `ask` answers them as tables."),
    "stats": ("Counts", "Shown together by `coopgraph stats`."),
    "rules": ("Rules", "Run by every build, in this order; each fills the graph `derived/NAME`."),
    "checks": ("Checks", "Must return no rows; each row is reported with file and line."),
}
"""Folder below queries/ → heading and what its files are for."""
INTRODUCTION: Final = """
For readers of an answer: what stands behind it, and what an empty answer does not mean. The same tables come from
`coopgraph stats` (`--lang vi` for Vietnamese). What was left out on purpose is listed in [left-out.md](left-out.md).
""".strip()
COVERAGE: Final = {
    "certainty": """
Most statements rest on one document, and most documents were read only in their opening part, so that their place is
the whole document. An exact place is known where a text was kept and curated sentence by sentence. What comes from
mirrors, copies and machine-written pages is of low confidence.""",
    "counts-by-class": """
Parts of events, publishers of documents and posts without a known holder count as well.""",
    "counts-by-country": """
An activity counts for every country behind one of its participants, an agreement for the countries of its parties, a
body or a person for its own country.""",
    "counts-by-decade": """
The web holds little from before 2000, so an empty decade says nothing about what took place in it. What has no date is
not here but among the gaps below.""",
    "counts-by-language": """
By ISO 639 code. Names and notes are kept in English and Vietnamese, whatever language was read.""",
    "counts-by-publisher": """
Claims, not statements: what two publishers say counts for both. A page that copies another is of low confidence.""",
    "disagreements": """
Each stays open until a better source settles it. One by one: `coopgraph ask conflicts`.""",
    "gaps": """
A tenure without a start was seen, but no source says since when. Parts of events count with the whole.""",
    "names": """
The last column counts names that were not read in a source of that language: the curator worded or translated them.""",
    "sources-by-country": """
The least sourced come first. Whatever is known from one document only stands or falls with it.""",
}
"""Statistic → what a reader should know of it."""
THIN: Final = """
- **Meetings:** of ACCSM 1 to 10, 12, 15 and 16, and of the second to fourth meetings of ACCSM+3, hardly more is known
  than that some of them took place; of those after August 2024 there is next to nothing.
- **Work plans:** the plans before 2016 and the lists of projects with their lead countries were not found, nor the
  adoption of the plans for 2026–2030.
- **People:** officials are known mostly from the days on which a page shows them in office. Who held a post in between,
  and who represented a country at a meeting, is often not known.
- **Names:** Lao, Khmer, Thai, Burmese, Korean, Japanese and Chinese names stand where a source prints them; most
  Vietnamese names of foreign bodies are the curator's.
- **Agreements:** texts are rare; dates, signatories and fields come from reports of the signing.
""".strip()
"""What is weak for reasons that no count shows."""
Words = Mapping[tuple[str, str, str], str]
"""(IRI, predicate, language) → text."""


def cli_page() -> str:
    """Write the help of the program and of each command, as click itself formats it."""
    program = click.Context(cli, info_name="coopgraph", terminal_width=100, help_option_names=["-h", "--help"])
    parts = ["# Command line", NOTE.format("the commands' own help"), f"For everyone who types `coopgraph`. {EXITS}"]
    parts.append(f"```text\n{cli.get_help(program).rstrip()}\n```")
    for name in cli.list_commands(program):
        if command := cli.get_command(program, name):
            shown = command.get_help(click.Context(command, parent=program, info_name=name))
            parts += [f"## {name}", f"```text\n{shown.rstrip()}\n```"]
    return "\n\n".join(parts) + "\n"


def ontology_page() -> str:
    """Write the classes, properties and concept lists with their keys, labels and definitions."""
    terms = ontology.read(ROOT / "ontology")
    words = _words(terms)
    spaces = ", ".join(f"`{name}:` is `{PREFIXES[name]}`" for name in ("coop", "cgv", "cg", "cgg"))
    kinds = (_kind(kind, words) for kind in sorted(terms.kinds.values(), key=lambda kind: kind.key))
    rows = (_property(item, words) for item in sorted(terms.properties, key=lambda item: (item.keys, item.iri)))
    parts = ["# Ontology", NOTE.format("ontology/*.ttl"), f"For curators and integrators. {KEYS} {spaces}."]
    parts += ["## Classes", _table(("key", "class", "id", "English", "Tiếng Việt"), kinds)]
    parts += ["## Properties", MARKS, _table(("key", "property", "of", "value", "English", "Tiếng Việt"), rows)]
    parts += ["## Concept lists", "Curated files write the short name only."]
    for scheme, names in sorted(terms.concepts.items()):
        concepts = ((f"`{name}`", *_said(words, f"{CGV}{scheme}-{name}")) for name in names)
        parts += [f"### {scheme}", _table(("name", "English", "Tiếng Việt"), concepts)]
    return "\n\n".join(parts) + "\n"


def _words(terms: Ontology) -> Words:
    """Gather the labels, definitions and notes of every term."""
    found = {}
    for quad in terms.quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal) and quad.object.language:
            found[quad.subject.value, quad.predicate.value, quad.object.language] = quad.object.value
    return found


def _said(words: Words, iri: str) -> list[str]:
    """Write the name, definition and note of a term, in English and in Vietnamese."""
    cells = []
    for lang in ("en", "vi"):
        name = words.get((iri, RDFS + "label", lang)) or words.get((iri, SKOS + "prefLabel", lang), "")
        rest = [words.get((iri, SKOS + part, lang), "") for part in ("definition", "scopeNote")]
        cells.append(" ".join(part for part in (f"**{name}.**" if name else "", *rest) if part))
    return cells


def _kind(kind: Kind, words: Words) -> list[str]:
    pattern = f"`{kind.pattern}`" if kind.pattern else "no records of its own"
    return [f"`{kind.key}`", f"`{shrink(kind.iri)}`", pattern, *_said(words, kind.iri)]


def _property(item: Property, words: Words) -> list[str]:
    marks = [" *derived*"] * item.derived + [" *identifying*"] * item.identifying
    keys = [f"`{key}`" for key in item.keys] + [f"nested `{item.nested}`"] * bool(item.nested)
    of = ", ".join(f"`{shrink(domain)}`" for domain in sorted(item.domains)) or "anything"
    value = f"list [{item.scheme}](#{item.scheme})" if item.scheme else f"`{shrink(item.range)}`"
    return [", ".join(keys), f"`{shrink(item.iri)}`{''.join(marks)}", of, value, *_said(words, item.iri)]


def questions_page() -> str:
    """Write every question file: name, titles, parameters with their defaults, view or severity."""
    parts = ["# Questions", NOTE.format("the headers of queries/"), "For analysts and integrators: every `.rq` file."]
    for folder, (heading, about) in FOLDERS.items():
        heads = ["name", "English", "Tiếng Việt", *(["severity"] if folder == "checks" else [])]
        heads += ["parameters", "view"] if folder in ("", "maps") else []
        if rows := list(_questions(folder)):
            parts += [f"## {heading}", about, _table(heads, rows)]
    return "\n\n".join(parts) + "\n"


def _questions(folder: str) -> Iterator[list[str]]:
    for query in queries.library(ROOT, folder).values():
        row = [f"[{query.name}](../{query.path})", query.title["en"], query.title["vi"]]
        blanks = (f"`{item.name}` ({item.kind}), {_default(item.default)}" for item in query.parameters)
        row += [query.severity] if folder == "checks" else []
        yield row + (["<br>".join(blanks), query.view] if folder in ("", "maps") else [])


def _default(written: str) -> str:
    return "any when empty" if written == "UNDEF" else "by default `" + written.partition("^^")[0].strip('"') + "`"


def coverage_page() -> str:
    """Write what the graph holds, how sure it is and where it is thin, from the questions behind `coopgraph stats`."""
    if graph.build(ROOT).errors:
        raise SystemExit("the data has problems; run: coopgraph check")
    atlas = coopgraph.open(ROOT)
    en, vi = (
        dict(zip([query.name for query in atlas.counted], atlas.stats(lang), strict=True)) for lang in ("en", "vi")
    )
    parts = ["# Coverage", NOTE.format("the graph and the questions in queries/stats/"), INTRODUCTION]
    parts += ["## What is thin", "\n".join([*(f"- {line}" for line in _thin(en)), THIN])]
    for query in atlas.counted:
        about = COVERAGE.get(query.name, "")
        parts += [f"## {query.title['en']}", f"*{query.title['vi']}.*{about}"]
        parts.append(_counts(query, en[query.name], vi[query.name]))
    return "\n\n".join(parts) + "\n"


def _counts(query: NamedQuery, en: Table, vi: Table) -> str:
    """Write a table of counts with headings and names in both languages."""
    heads = [f"{query.columns[name]['en']}<br>{query.columns[name]['vi']}" for name in en.columns]
    pairs = zip(_cells(en), _cells(vi), strict=True)
    return _table(heads, ([" · ".join(dict.fromkeys(cell)) for cell in zip(*pair, strict=True)] for pair in pairs))


def _thin(counts: Mapping[str, Table]) -> Iterator[str]:
    """Say in sentences where the tables are weakest."""
    sure = {name: rest for name, *rest in _cells(counts["certainty"])}
    decades = _cells(counts["counts-by-decade"])
    early = sum(int(begun) for decade, begun, *_ in decades if decade < "2000")
    yield (
        f"**Sources:** of {sure['all statements'][0]} statements, {sure['from one document only'][1]} % come from one "
        f"document; {sure['with the exact place in the document'][1]} % have an exact place in it."
    )
    yield f"**Time:** of {sum(int(row[1]) for row in decades)} dated activities, {early} began before 2000."
    for gap, count, of in _cells(counts["gaps"]):
        if count != "0":
            yield f"**{gap.capitalize()}:** {count} of {of}."


def _cells(table: Table) -> list[list[str]]:
    return [[tables.shown(table, term) for term in row] for row in table.rows]


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(heads), *([cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


PAGES: Final = {
    "cli.md": cli_page,
    "coverage.md": coverage_page,
    "ontology.md": ontology_page,
    "questions.md": questions_page,
}
"""Generated page → what writes it."""


def main() -> int:
    """Write the pages that changed; with --check, write nothing and give 1 when one is out of date."""
    old, only_check = 0, "--check" in sys.argv[1:]
    for name, make in PAGES.items():
        path, text = ROOT / "docs" / name, make()
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        old += 1
        if not only_check:
            path.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"docs/{name}: out of date; run: make docs" if only_check else f"Wrote docs/{name}")
    return int(only_check and old > 0)


if __name__ == "__main__":
    sys.exit(main())
