"""Commands that answer with tables: ask, sparql, search, stats."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from coopgraph import tables
from coopgraph.atlas import Atlas
from coopgraph.cli import options
from coopgraph.errors import QueryError
from coopgraph.evidence import spoken
from coopgraph.model import Table

Columns = Mapping[str, Mapping[str, str]]
"""Column → its heading in each language."""
FORMATS = ("table", *tables.FORMATS)
FOUND = {
    "id": {"en": "Id", "vi": "Mã"},
    "name": {"en": "Name", "vi": "Tên"},
    "class": {"en": "Class", "vi": "Lớp"},
    "matched": {"en": "Found as", "vi": "Tìm thấy dưới tên"},
}
"""Headings of what a search finds."""
GRAPHS = ("ttl", "nt", "jsonld", "rdfxml")


@click.command(
    epilog=options.examples(
        "coopgraph ask",
        "coopgraph ask signatories agreement=agr-vn-la-moha-mou-2023",
        "coopgraph ask posts-held --as-of 2022-08-05 --lang vi",
        "coopgraph ask conflicts --format csv -o conflicts.csv",
    )
)
@click.argument("name", required=False)
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
@options.reading
@options.lang
@options.as_of
@options.formats(*FORMATS)
@options.output
@click.option(
    "--sources/--no-sources", default=True, help="Say which document states each row, and where.  [default: yes]"
)
def ask(
    name: str | None,
    values: tuple[str, ...],
    root: Path | None,
    lang: str,
    as_of: str,
    format_: str | None,
    output: Path | None,
    *,
    sources: bool,
) -> None:
    """Answer the question NAME, or list the questions.

    KEY=VALUE fills a blank of the question: an id, a name or a date.
    """
    atlas = options.atlas(root, lang)
    if not name:
        options.emit(listing(atlas, lang), output)
        return
    given = options.pairs(values) | ({"asOf": as_of} if as_of else {})
    table = atlas.ask(name, lang, **given)
    if not sources:
        table = Table(table.columns, table.rows, table.title, table.labels)
    options.emit(render(atlas, table, options.chosen(format_, output), lang, atlas.question(name).columns), output)


def listing(atlas: Atlas, lang: str) -> str:
    """List the questions with their blanks."""
    lines = []
    for query in atlas.questions.values():
        if query.path.count("/") == 1:
            blanks = " ".join(f"{p.name}=…" for p in query.parameters)
            lines.append(f"{query.name:<28} {query.title[lang]}" + (f"\n{'':<28} ({blanks})" if blanks else ""))
    return "\n".join(lines) + "\n"


def render(atlas: Atlas, table: Table, form: str, lang: str, columns: Columns | None = None) -> str:
    """Write a table in the form asked for; in a terminal with its title above and its sources below."""
    if form != "table":
        return tables.FORMATS[form](table)
    heads = {name: said[lang] for name, said in (columns or {}).items()}
    title = f"{table.title}\n\n" if table.title else ""
    return title + tables.text(table, lang, options.columns(), heads) + cited(atlas, table, lang)


def cited(atlas: Atlas, table: Table, lang: str) -> str:
    """List the documents behind a table, with the places that were used."""
    lines = []
    for document, number in tables.numbered(table).items():
        places = dict.fromkeys(spoken(e, lang) for found in table.sources for e in found if e.document == document)
        lines.append(f"[{number}] {reference(atlas, document, lang)}: {'; '.join(places)}")
    return "\n" + "\n".join(lines) + "\n" if lines else ""


def reference(atlas: Atlas, document: str, lang: str) -> str:
    """Name a document: title, publisher, date of issue."""
    about = atlas.evidence.passport(document, lang)
    return ", ".join(part for part in about[:3] if part) + f" ({document})"


@click.command(
    epilog=options.examples(
        "coopgraph sparql -q 'SELECT * { ?a a coop:Agreement }'",
        "coopgraph sparql question.rq --format json",
        "echo 'ASK { cg:evt-accsm-21 coop:outcome cgv:outcome-held }' | coopgraph sparql -",
    )
)
@click.argument("file", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("-q", "--query", "text", help="The question itself. The prefixes of coopgraph are known.")
@options.reading
@options.lang
@options.formats(*FORMATS, *GRAPHS)
@options.output
def sparql(
    file: Path | None, text: str | None, root: Path | None, lang: str, format_: str | None, output: Path | None
) -> None:
    """Run any SPARQL question: SELECT, ASK, CONSTRUCT or DESCRIBE, from FILE, from standard input (-) or with -q."""
    if bool(file) == bool(text):
        raise click.UsageError("give the question as a FILE, as - for standard input, or with -q TEXT")
    atlas = options.atlas(root, lang)
    found = atlas.sparql(text or _read(file))
    if not isinstance(found, Table):
        from coopgraph.exporters import rdf

        form = format_ if format_ in GRAPHS else "ttl"
        options.pour(lambda out: rdf.triples(found, form, out), output)
        return
    form = options.chosen(format_, output)
    if form in GRAPHS:
        raise QueryError(f"{form} is a form for graphs; a SELECT gives a table: use one of {', '.join(FORMATS)}")
    options.emit(render(atlas, atlas.named(found, lang), form, lang), output)


def _read(file: Path | None) -> str:
    if not file or str(file) == "-":
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise QueryError(f"{file}: cannot be read: {getattr(wrong, 'strerror', None) or wrong}") from wrong


@click.command(
    epilog=options.examples(
        'coopgraph search "pham thi thanh tra"',
        'coopgraph search "đào tạo"',
        "coopgraph search moha --format csv",
    )
)
@click.argument("words", nargs=-1, required=True)
@options.reading
@options.lang
@options.formats(*FORMATS)
@options.output
def search(words: tuple[str, ...], root: Path | None, lang: str, format_: str | None, output: Path | None) -> None:
    """Find things by name, alias, acronym, former name or title; marks may be left out, exact matches come first."""
    atlas = options.atlas(root, lang)
    table = atlas.search(" ".join(words), lang)
    form = options.chosen(format_, output)
    options.emit(render(atlas, table, form, lang, FOUND), output)


@click.command(
    epilog=options.examples(
        "coopgraph stats",
        "coopgraph stats --lang vi --format md",
    )
)
@options.reading
@options.lang
@options.formats(*FORMATS)
@options.output
def stats(root: Path | None, lang: str, format_: str | None, output: Path | None) -> None:
    """Count what the graph holds, and what it lacks."""
    atlas = options.atlas(root, lang)
    form = options.chosen(format_, output)
    pairs = zip(atlas.stats(lang), atlas.counted, strict=True)
    options.emit("\n".join(render(atlas, table, form, lang, query.columns) for table, query in pairs), output)
