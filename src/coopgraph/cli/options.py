"""What several commands share: options, opening the graph, and where the answer goes."""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeVar

import click

from coopgraph.atlas import Atlas
from coopgraph.cache import Cache, anew, home, where
from coopgraph.cli.watch import Watch
from coopgraph.errors import StoreError
from coopgraph.opening import open as open_atlas
from coopgraph.stores.limits import Limits

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

F = TypeVar("F", bound=Callable[..., Any])
WIDEST: Final = 160
"""Tables in a terminal are not made wider than this: longer lines are hard to read."""


def examples(*lines: str) -> str:
    """Write the examples of a command for its help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def language() -> str:
    """Give the language asked for by COOPGRAPH_LANG or by the locale; English if neither is Vietnamese."""
    named = os.environ.get("COOPGRAPH_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "vi" if named.startswith("vi") else "en"


root = click.option(
    "--root", type=click.Path(path_type=Path), help="Folder of another graph (ontology/, data/, queries/)."
)


def _kept(context: click.Context, option: click.Parameter, value: float | str) -> None:
    """Keep an option for `atlas`, so that commands need not hand it on."""
    context.meta[f"coopgraph.{option.name}"] = value


_option = partial(click.option, expose_value=False, callback=_kept)
store = _option(
    "--store",
    default="",
    envvar="COOPGRAPH_STORE",
    metavar="URL|FOLDER",
    help="Ask a SPARQL server to which the graph was published, e.g. http://localhost:7878/query, or a loaded store.",
)
seconds = _option(
    "--time-limit",
    type=click.FloatRange(0, min_open=True),
    default=Limits().seconds,
    show_default=True,
    envvar="COOPGRAPH_TIME_LIMIT",
    metavar="SECONDS",
    help="End a question that takes longer.",
)
megabytes = _option(
    "--memory-limit",
    type=click.IntRange(1),
    default=Limits().megabytes,
    show_default=True,
    envvar="COOPGRAPH_MEMORY_LIMIT",
    metavar="MB",
    help="End a question that needs more memory.",
)


def reading(command: F) -> F:
    """Give a command the options of everything that asks a graph: --root, --store, --time-limit, --memory-limit."""
    return root(store(seconds(megabytes(command))))


def limits() -> Limits:
    """Give what the command line allows one question to take."""
    meta = click.get_current_context().meta
    return Limits(meta["coopgraph.time_limit"], meta.get("coopgraph.memory_limit", Limits().megabytes))


lang = click.option(
    "--lang",
    type=click.Choice(["vi", "en"]),
    default=language,
    show_default="COOPGRAPH_LANG, else the locale",
    help="Language of names, headings and messages.",
)
output = click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
as_of = click.option("--as-of", metavar="DATE", default="", help="Only what was so on this day, e.g. 2022-08-05.")


def formats(*names: str) -> Callable[[F], F]:
    """Make the option --format for a command."""
    said = "table in a terminal, tsv in a pipe"
    return click.option(
        "--format", "format_", type=click.Choice(names), default=None, help=f"Form of the answer.  [default: {said}]"
    )


def atlas(folder: Path | None, lang_: str) -> Atlas:
    """Open the graph, building it when it never was; say so when it is older than its files."""
    found = where(folder)
    if url := click.get_current_context().meta.get("coopgraph.store"):
        return _away(found, url, lang_)
    if not Cache(home(found), found).current():
        say(
            {"en": f"Building the graph of {found} (first use) …", "vi": f"Đang dựng đồ thị của {found} (lần đầu) …"}[
                lang_
            ]
        )
    opened = open_atlas(found, watch=Watch(limits(), lang_))
    if opened.stale:
        told = {
            "en": "Note: files changed since the last build; this answer is from before. Run: coopgraph build",
            "vi": "Lưu ý: có tệp thay đổi sau lần dựng gần nhất; câu trả lời theo bản cũ. Chạy: coopgraph build",
        }
        say(told[lang_])
    return opened


def _away(folder: Path, url: str, lang_: str) -> Atlas:
    """Open the graph on a server or in a loaded store; say so when it is not whole."""
    opened = open_atlas(folder, store=url, limits=limits(), watch=Watch(limits(), lang_))
    if opened.shelf.unfinished:
        told = {
            "en": "Note: a publication to this server was not finished, so answers may lack something. Finish it with:"
            f" coopgraph publish {url}",
            "vi": "Lưu ý: lần công bố lên máy chủ này chưa xong nên câu trả lời có thể thiếu. Hoàn tất bằng:"
            f" coopgraph publish {url}",
        }
        say(told[lang_])
    return opened


def say(text: str) -> None:
    """Tell the person something that is not part of the answer."""
    click.echo(text, err=True)


def emit(text: str, path: Path | None) -> None:
    """Give the answer: to the file named, whole or not at all, or to standard output."""
    if path:
        pour(lambda out: out.write(text.encode()), path)
    else:
        click.echo(text, nl=False)


def pour(write: Callable[[BinaryIO], object], path: Path | None) -> None:
    """Let an answer that may be long be written: to the file named, whole or not at all, or to standard output."""
    if not path:
        try:
            write(sys.stdout.buffer)
            sys.stdout.buffer.flush()
        except BrokenPipeError:  # whoever reads has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # a pipe or a terminal stays what it is
        place: AbstractContextManager[BinaryIO] = (
            path.open("wb") if path.exists() and not path.is_file() else anew(path)
        )
        with place as out:
            write(out)
    except OSError as wrong:
        raise StoreError(
            f"cannot write {path}: {wrong.strerror}", f"không ghi được {path}: {wrong.strerror}"
        ) from wrong


def chosen(format_: str | None, path: Path | None) -> str:
    """Give the form of the answer when none was asked for."""
    endings = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".xml": "xml", ".md": "md", ".txt": "table", "": "table"}
    if format_:
        return format_
    if path and path.suffix not in endings:
        raise click.UsageError(f"no form has the ending of {path}; use one of {' '.join(endings)}, or --format")
    if path:
        return endings[path.suffix]
    return "table" if sys.stdout.isatty() else "tsv"


def columns() -> int:
    """Give the width of the terminal."""
    import shutil

    return min(shutil.get_terminal_size((100, 24)).columns, WIDEST)


def pairs(values: tuple[str, ...]) -> dict[str, str]:
    """Read `key=value` arguments; what is an option of the command is no key."""
    split = [value.partition("=") for value in values]
    if wrong := [value for value, (key, mark, _) in zip(values, split, strict=True) if not key or not mark]:
        raise click.UsageError(f"{wrong[0]!r} is not key=value, e.g. event=evt-accsm-21")
    taken = {param.name: param for param in click.get_current_context().command.params}
    for key, _, value in split:
        if key in taken:
            hint = f"; did you mean {taken[key].opts[-1]} {value}?" if isinstance(taken[key], click.Option) else ""
            raise click.UsageError(f"{key!r} is no blank of a question{hint}")
    return {key: value for key, _, value in split}
