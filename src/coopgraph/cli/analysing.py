"""The command that measures: analyse."""

from pathlib import Path
from typing import Final

import click

from coopgraph import analysis, studies
from coopgraph.atlas import Atlas
from coopgraph.cli import options
from coopgraph.cli.reading import FORMATS, render
from coopgraph.model import Table, cell

ROWS: Final = 20
"""How many rows a terminal gets unless more are asked for."""
EACH: Final = {"communities": 5, "paths": analysis.PATHS}
"""How many members of each community, and how many connections."""
FIRST: Final = "Show the first N rows, of communities the first N of each; 0: all.  [default: 20 in a terminal]"
CITED: Final = "Name the documents behind each row.  [default: yes; in a terminal, of many only how many]"
WORDS: Final = {
    "en": {
        "more": "Only the first {0}; all with --top 0.",
        "each": "Only the first {0} of each; all with --top 0.",
        "open": "What a number is made of, with sources: coopgraph analyse {0} --facts {1}",
    },
    "vi": {
        "more": "Chỉ {0} dòng đầu; xem tất cả: --top 0.",
        "each": "Chỉ {0} dòng đầu của mỗi cộng đồng; xem tất cả: --top 0.",
        "open": "Xem các dữ kiện sau một con số, kèm nguồn: coopgraph analyse {0} --facts {1}",
    },
}


@click.command(
    epilog=options.examples(
        "coopgraph analyse",
        "coopgraph analyse degree --kind organisation --top 10",
        "coopgraph analyse degree --facts org-vn-moha",
        "coopgraph analyse betweenness since=2020-01-01 --format csv -o betweenness.csv",
        "coopgraph analyse partners country=cty-vn",
        "coopgraph analyse partners --facts cty-vn --facts cty-kr",
        "coopgraph analyse gaps since=2024-01-01 --lang vi",
        "coopgraph analyse paths one=per-ha-quang-truong other=org-kr-nhi --top 5",
    )
)
@click.argument("measure", required=False)
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
@options.reading
@options.lang
@options.as_of
@click.option("--kind", default="", metavar="CLASS", help="Show only these, e.g. person, organisation, meeting.")
@click.option("--top", type=click.IntRange(min=0), metavar="N", help=FIRST)
@click.option(
    "--facts", multiple=True, metavar="NAME", help="Show what the number of NAME is made of (twice: of a pair)."
)
@click.option("--network", default=analysis.TIES, show_default=True, metavar="QUESTION", help="The network to measure.")
@options.formats(*FORMATS)
@options.output
@click.option("--sources/--no-sources", default=None, help=CITED)
def analyse(
    measure: str | None,
    values: tuple[str, ...],
    root: Path | None,
    lang: str,
    top: int | None,
    facts: tuple[str, ...],
    format_: str | None,
    output: Path | None,
    *,
    sources: bool | None,
    **wanted: str,
) -> None:
    """Measure who is tied to whom, or count; without MEASURE, list the measures.

    KEY=VALUE fills a blank of the question behind the measure: an id, a name or a date.
    """
    atlas = options.atlas(root, lang)
    if not measure:
        options.emit(listing(atlas, lang), output)
        return
    form = options.chosen(format_, output)
    most = top if top is not None else EACH.get(measure, ROWS) if form == "table" and not facts else 0
    table = atlas.analyse(measure, lang, top=most, facts=facts, **wanted, **options.pairs(values))
    shown = cited(table, form, many=measure in analysis.COUNTS and not facts, sources=sources)
    options.emit(render(atlas, shown, form, lang, analysis.headings(atlas, measure, facts=bool(facts))), output)
    if form == "table" and table.rows and not facts:
        told(measure, table, most, lang)


def listing(atlas: Atlas, lang: str) -> str:
    """List the measures with their blanks."""
    said = {name: title[lang] for name, title in analysis.TITLES.items()}
    blanks = {**dict.fromkeys(said, analysis.TIES), **analysis.QUESTIONS}
    said |= {name: atlas.question(question).title[lang] for name, question in analysis.QUESTIONS.items()}
    lines = []
    for name, title in said.items():
        parameters = atlas.question(blanks[name]).parameters
        keys = analysis.PAIR if name == "paths" else [blank.name for blank in parameters if blank.name != "kind"]
        lines.append(f"{name:<14} {title}\n{'':<14} ({' '.join(f'{key}=…' for key in keys)})\n")
    return "".join(lines)


def cited(table: Table, form: str, *, many: bool, sources: bool | None) -> Table:
    """Leave the sources as they are, leave them out, or, where a terminal would show too many, count them."""
    if sources or (sources is None and not (many and form == "table")):
        return table
    return Table(table.columns, table.rows, table.title, table.labels) if sources is False else studies.counted(table)


def told(measure: str, table: Table, most: int, lang: str) -> None:
    """Say how to see more rows, and what a number is made of."""
    if 0 < most <= len(table.rows) and measure != "paths":
        options.say(WORDS[lang]["each" if measure == "communities" else "more"].format(most))
    if measure in studies.COLUMNS:
        options.say(WORDS[lang]["open"].format(measure, cell(table.rows[0][0])))
    elif measure in analysis.QUESTIONS:
        pair = (cell(table.rows[0][table.columns.index(end)]) for end in analysis.PAIR)
        options.say(WORDS[lang]["open"].format(measure, " --facts ".join(pair)))
