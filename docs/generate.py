# ruff: noqa: INP001  # a script that `make docs` runs, not a package
"""Writes the generated pages of docs/: cli.md, ontology.md, questions.md; --check only says which are out of date."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import click
import pyoxigraph as ox

from coopgraph import ontology, queries
from coopgraph.cli import cli
from coopgraph.ontology import Kind, Ontology, Property
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


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(heads), *([cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


PAGES: Final = {"cli.md": cli_page, "ontology.md": ontology_page, "questions.md": questions_page}
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
