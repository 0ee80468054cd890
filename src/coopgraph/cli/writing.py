"""Commands that write files for others: map, export."""

from pathlib import Path

import click

from coopgraph.cache import folder
from coopgraph.cli import options
from coopgraph.exporters import EXPORTERS, SHARDED
from coopgraph.exporters.shards import write

WORDS = {
    "en": "Wrote {0} ({1} kB); open it in any browser, it needs no network.",
    "vi": "Đã ghi {0} ({1} kB); mở bằng trình duyệt bất kỳ, không cần mạng.",
}


@click.command(
    "map",
    epilog=options.examples(
        "coopgraph map -o map.html",
        "coopgraph map --focus evt-accsm-21 --depth 2 --lang vi -o accsm-21.html",
        "coopgraph map --as-of 2023-06-01 -o june-2023.html",
        "coopgraph map --size degree --colour communities -o groups.html",
        "coopgraph map organisation-chart organisation=org-vn-moha --as-of 2023-06-01 -o chart.html",
        "coopgraph map region-tiles --geo approved.geojson -o region.html",
    ),
)
@click.argument("name", default="relations")
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
@options.reading
@options.lang
@options.as_of
@click.option("--focus", default="", metavar="ID", help="Draw only what is near this thing.")
@click.option("--depth", default=1, show_default=True, type=click.IntRange(1, 4), help="How many steps count as near.")
@click.option("--size", default="", metavar="MEASURE", help="Draw larger what has more of this, e.g. degree.")
@click.option("--colour", default="", metavar="MEASURE", help="Colour by this, e.g. communities, betweenness.")
@click.option("--geo", default="", metavar="FILE", help="Draw countries with the shapes of this GeoJSON file.")
@options.output
def map_(
    name: str,
    values: tuple[str, ...],
    root: Path | None,
    lang: str,
    depth: int,
    output: Path | None,
    **wanted: str,
) -> None:
    """Draw the question NAME (by default: all relations) as one HTML document that needs no network.

    The measures for size and colour are those of coopgraph analyse.
    """
    if output and output.suffix not in (".html", ".htm", ""):
        raise click.UsageError(f"-o {output}: a map is a page for a browser; name it like map.html")
    atlas = options.atlas(root, lang)
    page = atlas.map(name, lang, depth=depth, **wanted, **options.pairs(values))
    options.emit(page, output)
    if output:
        options.say(WORDS[lang].format(output, round(len(page.encode()) / 1000)))


@click.command(
    epilog=options.examples(
        "coopgraph export ttl -o coopgraph.ttl",
        "coopgraph export nq | gzip > coopgraph.nq.gz",
        "coopgraph export gexf --lang vi -o coopgraph.gexf",
        "coopgraph export nquads --shards 8 -o shards",
        "coopgraph export edges.parquet -o edges.parquet",
    )
)
@click.argument("form", metavar="FORMAT", type=click.Choice([*EXPORTERS, SHARDED]))
@options.reading
@options.lang
@click.option("--shards", default=1, show_default=True, type=click.IntRange(1, 999), help="How many files of nquads.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file; nquads: to this new folder.")
def export(form: str, root: Path | None, lang: str, shards: int, output: Path | None) -> None:
    """Write the graph in FORMAT, sorted, so that two releases can be compared line by line.

    ttl, nt and rdfxml hold the accepted view; trig, nq and jsonld hold every claim with its source as well, and so does
    nquads, in several files with a manifest. csv, graphml and gexf hold the relations, with names in the language asked
    for; edges.csv and edges.parquet hold them with ids only.
    """
    if form != SHARDED and output and output.is_dir():
        raise click.UsageError(f"-o {output} is a folder; only nquads are written to one")
    atlas = options.atlas(root, lang)
    if form != SHARDED:
        options.pour(lambda out: EXPORTERS[form](atlas, lang, out), output)
        return
    if not output:
        raise click.UsageError("nquads is a folder of files; name it, e.g. -o shards")
    with folder(output) as new:
        write(atlas.store.lines(), new, shards)
