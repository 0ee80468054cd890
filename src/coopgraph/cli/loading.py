"""The command that loads what is too large for the build: load."""

import os
import sys
import time
from pathlib import Path

import click

from coopgraph import graph as service
from coopgraph.cli import options
from coopgraph.errors import SourceError
from coopgraph.loading import Load, Loaded

WORDS = {
    "en": {
        "done": "Loaded {0} statements from {1} rows and {2} dumps into {3} in {4:.1f} s.",
        "wrong": "Problems: {0}. Nothing was written to {1}.",
        "full": "Problems: {0} and perhaps more, the rest was not read. Nothing was written to {1}.",
        "bar": "Loading",
    },
    "vi": {
        "done": "Đã nạp {0} khẳng định từ {1} dòng và {2} tệp RDF vào {3} trong {4:.1f} giây.",
        "wrong": "Có {0} lỗi. Chưa ghi gì vào {1}.",
        "full": "Có {0} lỗi và có thể còn nữa; phần còn lại chưa đọc. Chưa ghi gì vào {1}.",
        "bar": "Đang nạp",
    },
}


@click.command(
    epilog=options.examples(
        "coopgraph load events.csv -o events.nq",
        "coopgraph load 2024/*.parquet -o events.nq --processes 2",
        "coopgraph load events.csv coopgraph.nq --store big.store",
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
@options.root
@options.lang
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something is wrong.")
def load(
    files: tuple[Path, ...],
    output: Path | None,
    store: Path | None,
    processes: int,
    root: Path | None,
    lang: str,
    *,
    quiet: bool,
) -> None:
    """Load tables (.csv, .parquet) and RDF dumps too large for the build: all of them, or, with a problem, none.

    A table has the columns of data/tables: source, at, then the keys of a record. What it states goes into claim
    graphs with their provenance. A dump (.nq .trig .nt .ttl .rdf .jsonld) is checked and kept as it is.
    """
    if (output is None) == (store is None):
        raise click.UsageError("say where to load, by -o FILE.nq or by --store FOLDER, one of them")
    begun, target = time.monotonic(), output or store
    assert target is not None
    with click.progressbar(
        length=sum(path.stat().st_size for path in files if path.is_file()),
        label=WORDS[lang]["bar"],
        file=sys.stderr,
        hidden=quiet or not sys.stderr.isatty(),
    ) as bar:
        work = Load(files, service.where(root) / "ontology", processes, lambda read, _: bar.update(read))
        done = work.to_file(target) if output else work.to_store(target)
    _report(done, target, lang)
    if not quiet:
        dumps = len(files) - len(work.tables)
        told = WORDS[lang]["done"].format(done.statements, done.rows, dumps, target, time.monotonic() - begun)
        options.say(told)


def _report(done: Loaded, target: Path, lang: str) -> None:
    """List the problems, one a line; with any, the command fails."""
    for issue in done.issues:
        options.say(issue.show(lang))
    if done.issues:
        code = "full" if done.full else "wrong"
        raise SourceError(*(WORDS[name][code].format(len(done.issues), target) for name in ("en", "vi")))
