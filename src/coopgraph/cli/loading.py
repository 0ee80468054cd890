"""The command that loads what is too large for the build: load."""

import os
import time
from pathlib import Path

import click

from coopgraph.cache import where
from coopgraph.cli import options
from coopgraph.cli.bar import bar
from coopgraph.errors import SourceError
from coopgraph.loaders.plain import View
from coopgraph.loading import Load, Loaded

WORDS = {
    "en": {
        "done": "Loaded {0} statements from {1} rows and {2} dumps into {3} in {4:.1f} s.",
        "wrong": "Problems: {0}. Nothing was written to {1}.",
        "full": "Problems: {0} and perhaps more, the rest was not read. Nothing was written to {1}.",
    },
    "vi": {
        "done": "Đã nạp {0} khẳng định từ {1} dòng và {2} tệp RDF vào {3} trong {4:.1f} giây.",
        "wrong": "Có {0} lỗi. Chưa ghi gì vào {1}.",
        "full": "Có {0} lỗi và có thể còn nữa; phần còn lại chưa đọc. Chưa ghi gì vào {1}.",
    },
}


@click.command(
    epilog=options.examples(
        "coopgraph load events.csv -o events.nq",
        "coopgraph load events.parquet -o events.nq --processes 2",
        "coopgraph load events.csv coopgraph.nq --accepted --store big.store",
    )
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write N-Quads to this file.")
@click.option(
    "--store", type=click.Path(path_type=Path, file_okay=False), help="Make an Oxigraph store in this folder."
)
@click.option(
    "--processes",
    type=click.IntRange(1),
    default=lambda: min(os.cpu_count() or 1, 8),
    show_default="one per core, at most 8",
    help="How many processes lift rows.",
)
@click.option(
    "--accepted", "view", flag_value="accepted", default="claims", help="Write rows into the accepted view, too."
)
@options.root
@options.lang
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something is wrong.")
def load(
    files: tuple[Path, ...],
    output: Path | None,
    store: Path | None,
    processes: int,
    view: View,
    root: Path | None,
    lang: str,
    *,
    quiet: bool,
) -> None:
    """Load tables (.csv, .parquet) and RDF dumps too large for the build: all of them, or, with a problem, none.

    A table has the columns of data/tables: source, at, then the keys of a record. What it states goes into claim
    graphs with their provenance. A dump (.nq .trig .nt .ttl .rdf .jsonld) is checked and kept as it is.
    """
    target = output or store
    if not target or (output and store):
        raise click.UsageError("say where to load, by -o FILE.nq or by --store FOLDER, one of them")
    begun = time.monotonic()
    with bar(lang, quiet=quiet) as tell:
        work = Load(files, where(root) / "ontology", processes, tell, view)
        done = work.to_file(target) if output else work.to_store(target)
    _report(done, target, lang)
    if not quiet:
        dumps = len(files) - len(work.tables)
        words, taken = WORDS[lang]["done"], time.monotonic() - begun
        options.say(words.format(done.statements, done.rows, dumps, target, taken))


def _report(done: Loaded, target: Path, lang: str) -> None:
    """List the problems, one a line; with any, the command fails."""
    for issue in done.issues:
        options.say(issue.show(lang))
    if done.issues:
        code = "full" if done.full else "wrong"
        raise SourceError(*(WORDS[name][code].format(len(done.issues), target) for name in ("en", "vi")))
