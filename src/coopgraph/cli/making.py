"""Commands about the graph itself: build, check, and the tour that `make run` gives."""

import sys
import time
from collections import Counter
from pathlib import Path

import click

from coopgraph import graph as service
from coopgraph.cache import where
from coopgraph.cli import options
from coopgraph.cli.bar import bar
from coopgraph.errors import SourceError

WORDS = {
    "en": {
        "same": "Nothing changed; the graph is up to date ({0} claims from {1} documents).",
        "built": "Built in {0:.1f} s: {1} claims at {2} places of {3} documents, {4} accepted statements; "
        "{5} of {6} files read anew.",
        "kept": "Problems: {0}. Nothing was changed, the graph that was there stays in use. Mend them and build again.",
        "clean": "No problem found.",
        "more": "; {0} more like it: --remarks",
        "found": "Violations: {0}; warnings: {1}; remarks: {2}.",
        "texts": "{0} places were verified in their texts; {1} documents have no text at hand (see --texts).",
        "next": "Next, try:",
        "wrote": "Wrote {0}",
        "levels": {"error": "violation", "warning": "warning", "info": "remark"},
    },
    "vi": {
        "same": "Không có thay đổi; đồ thị đang cập nhật ({0} khẳng định từ {1} tài liệu).",
        "built": "Đã dựng trong {0:.1f} giây: {1} khẳng định tại {2} vị trí của {3} tài liệu, "
        "{4} dữ kiện được chấp nhận; đọc lại {5}/{6} tệp.",
        "kept": "Có {0} lỗi; chưa thay đổi gì, đồ thị cũ vẫn được dùng. Hãy sửa rồi dựng lại.",
        "clean": "Không thấy lỗi nào.",
        "more": "; {0} ghi chú tương tự: --remarks",
        "found": "Lỗi: {0}; cảnh báo: {1}; ghi chú: {2}.",
        "texts": "Đã kiểm tra {0} vị trí trong văn bản; {1} tài liệu không có văn bản tại chỗ (xem --texts).",
        "next": "Tiếp theo, hãy thử:",
        "wrote": "Đã ghi {0}",
        "levels": {"error": "lỗi", "warning": "cảnh báo", "info": "ghi chú"},
    },
}
texts_option = click.option(
    "--texts",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with the archived texts: hashes and places are verified in them.",
)


@click.command(
    epilog=options.examples(
        "coopgraph build",
        "coopgraph build --root ~/my-graph --lang vi",
        "coopgraph build --texts ~/archive",
    )
)
@options.root
@options.lang
@texts_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something is wrong.")
@click.option("--anew", is_flag=True, help="Build even when nothing changed.")
def build(root: Path | None, lang: str, texts: Path | None, *, quiet: bool, anew: bool) -> None:
    """Bring the graph up to its curated files: all of them, or, with a violation, none."""
    begun = time.monotonic()
    with bar(lang, quiet=quiet) as tell:
        report = service.build(where(root), texts, anew=anew, tell=tell)
    _list(report, lang, errors_only=True)
    words, counts = WORDS[lang], report.counts
    if report.errors:
        raise SourceError(*(str(WORDS[code]["kept"]).format(report.errors) for code in ("en", "vi")))
    if quiet:
        return
    if not report.built:
        click.echo(str(words["same"]).format(counts["claims"], counts["documents"]))
        return
    taken = time.monotonic() - begun
    names = ("claims", "places", "documents", "accepted statements", "files read", "files")
    click.echo(str(words["built"]).format(taken, *(counts[name] for name in names)))


def _list(report: service.Report, lang: str, *, errors_only: bool = False, remarks: bool = True) -> None:
    """Print problems, one a line, the way editors link them; without `remarks`, one of those that read alike."""
    levels = WORDS[lang]["levels"]
    alike = Counter(issue.text[lang] for issue in report.issues if issue.severity == "info")
    told: set[str] = set()
    for issue in report.issues:
        text, more = issue.text[lang], ""
        if errors_only and issue.severity != "error":
            continue
        if issue.severity == "info" and not remarks:
            if text in told:
                continue
            told.add(text)
            more = str(WORDS[lang]["more"]).format(alike[text] - 1) if alike[text] > 1 else ""
        click.echo(f"{issue.show(lang)} ({levels[issue.severity]}{more})", err=True)  # type: ignore[index]


@click.command(
    epilog=options.examples(
        "coopgraph check",
        "coopgraph check --texts ~/archive --lang vi",
        "coopgraph check --strict",
    )
)
@options.root
@options.lang
@texts_option
@click.option("--strict", is_flag=True, help="Let warnings fail, too.")
@click.option("--remarks", is_flag=True, help="List every remark, not one of each kind.")
@click.option("-q", "--quiet", is_flag=True, help="Show violations only.")
def check(root: Path | None, lang: str, texts: Path | None, *, strict: bool, remarks: bool, quiet: bool) -> None:
    """Report every problem of the curated files with file and line; exit 1 on a violation."""
    with bar(lang, quiet=quiet) as tell:
        report = service.inspect(where(root), texts, tell)
    _list(report, lang, errors_only=quiet and not strict, remarks=remarks)
    words = WORDS[lang]
    if not quiet and report.counts.get("places verified"):
        click.echo(
            str(words["texts"]).format(report.counts["places verified"], report.counts.get("texts not at hand", 0))
        )
    numbers = [sum(issue.severity == level for issue in report.issues) for level in ("error", "warning", "info")]
    if not quiet:
        click.echo(str(words["found"]).format(*numbers) if any(numbers) else str(words["clean"]))
    if numbers[0] or (strict and numbers[1]):
        sys.exit(1)


@click.command()
@options.reading
@options.lang
@click.option("-o", "--output", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path("out"))
def tour(root: Path | None, lang: str, folder: Path) -> None:
    """Answer three questions, write the Turtle and the map, and say what to try next."""
    from coopgraph.cli.reading import render
    from coopgraph.exporters import EXPORTERS

    atlas = options.atlas(root, lang)
    for name in TOUR:
        click.echo(f"\n$ coopgraph ask {name}\n")
        click.echo(render(atlas, atlas.ask(name, lang), "table", lang, atlas.question(name).columns), nl=False)
    click.echo()
    options.pour(lambda out: EXPORTERS["ttl"](atlas, lang, out), folder / "coopgraph.ttl")
    options.emit(atlas.map(lang=lang), folder / "map.html")
    for file in ("coopgraph.ttl", "map.html"):
        click.echo(str(WORDS[lang]["wrote"]).format(folder / file))
    click.echo(f"\n{WORDS[lang]['next']}\n" + "".join(f"  {line}\n" for line in NEXT), nl=False)


TOUR = ("signatories", "commitments", "chairs-over-time")
NEXT = (
    ".venv/bin/coopgraph ask",
    ".venv/bin/coopgraph ask posts-held --as-of 2022-08-05",
    '.venv/bin/coopgraph show "pham thi thanh tra"',
    ".venv/bin/coopgraph path per-ha-quang-truong org-kr-nhi",
    ".venv/bin/coopgraph search dao tao --lang vi",
)
