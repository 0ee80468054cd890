"""The command that brings the graph to a SPARQL server: publish."""

from pathlib import Path

import click

from coopgraph.cli import options
from coopgraph.cli.bar import bar
from coopgraph.model import ACCEPTED
from coopgraph.publish import Plan, Publication

LISTED = 20
"""Withdrawn graphs that are named in a plan."""
WORDS = {
    "en": {
        "plan": "{0}: to add {1} statements, to remove {2}; graphs: {3} new, {4} withdrawn.",
        "default": "The accepted view lies in the server's default graph.",
        "named": "The accepted view lies in the graph {0}: the server's default graph is not for us alone.",
        "withdrawn": "Withdrawn: {0}",
        "more": "… and {0} more",
        "unkept": "The server takes these for equal to others and cannot hold both; they are left out: {0}",
        "dry": "Nothing was changed (--dry-run).",
        "same": "{0} is up to date: {1} statements in {2} graphs, sha256 {3}.",
        "done": "Published to {0}: {1} statements in {2} graphs, read back and found right, sha256 {3}.",
    },
    "vi": {
        "plan": "{0}: cần thêm {1} dữ kiện, bỏ {2}; đồ thị con: {3} mới, {4} rút lại.",
        "default": "Các dữ kiện được chấp nhận nằm trong đồ thị mặc định của máy chủ.",
        "named": "Các dữ kiện được chấp nhận nằm trong đồ thị {0}, vì đồ thị mặc định của máy chủ không dành riêng.",
        "withdrawn": "Rút lại: {0}",
        "more": "… và {0} đồ thị khác",
        "unkept": "Máy chủ coi các dữ kiện sau là trùng với dữ kiện khác nên không giữ được cả hai; đã bỏ qua: {0}",
        "dry": "Chưa thay đổi gì (--dry-run).",
        "same": "{0} đã khớp: {1} dữ kiện trong {2} đồ thị con, sha256 {3}.",
        "done": "Đã công bố lên {0}: {1} dữ kiện trong {2} đồ thị con, đã đọc lại và đối chiếu đúng, sha256 {3}.",
    },
}


@click.command(
    epilog=options.examples(
        "coopgraph publish http://localhost:7878/query --dry-run",
        "coopgraph publish http://localhost:7878/query",
        "coopgraph publish http://localhost:7878/query --lang vi",
    )
)
@click.argument("url")
@options.root
@options.lang
@click.option("--update-url", default="", metavar="URL", help="Where updates go, if that does not follow from URL.")
@click.option("--dry-run", is_flag=True, help="Say what would be added and removed, and change nothing.")
@click.option("--replace", is_flag=True, help="Allow it to remove most of what is on the server.")
@options.seconds
def publish(url: str, root: Path | None, lang: str, update_url: str, *, dry_run: bool, replace: bool) -> None:
    """Bring the graph on the SPARQL server at URL up to the one here: plan, apply, read back and compare.

    A publication that broke off is finished by the next one. User and password come from COOPGRAPH_STORE_USER and
    COOPGRAPH_STORE_PASSWORD, or from ~/.netrc.
    """
    publication = Publication(options.atlas(root, lang).quads, url, update_url, options.limits())
    with bar(lang) as tell:
        plan = publication.plan(tell)
    words, known = WORDS[lang], (str(publication.store), plan.total, len(plan.here), plan.digest)
    if plan.done:
        click.echo(words["same"].format(*known))
        return
    _show(plan, known[0], lang)
    if dry_run:
        click.echo(words["dry"])
        return
    with bar(lang) as tell:
        publication.apply(plan, tell, replace=replace)
    place = "named" if plan.named else "default"
    click.echo(words[place].format(ACCEPTED.value))
    click.echo(words["done"].format(*known))


def _show(plan: Plan, url: str, lang: str) -> None:
    """Say what a publication would change."""
    words, gone = WORDS[lang], plan.withdrawn
    click.echo(words["plan"].format(url, len(plan.missing), len(plan.extra), plan.new, len(gone)))
    for graph in gone[:LISTED]:
        click.echo("  " + words["withdrawn"].format(graph.value))
    if len(gone) > LISTED:
        click.echo("  " + words["more"].format(len(gone) - LISTED))
    if plan.unkept:
        told = "; ".join(sorted(f"{quad.triple}" for quad in plan.unkept)[:LISTED])
        options.say(words["unkept"].format(told))
