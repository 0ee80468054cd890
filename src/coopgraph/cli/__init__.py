"""The command line: parse, one call to the atlas, render. Commands are imported when they are used."""

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Final

import click

from coopgraph import __version__
from coopgraph.errors import CoopgraphError

COMMANDS: Final = {
    "analyse": "analysing",
    "ask": "reading",
    "brief": "briefing",
    "build": "making",
    "check": "making",
    "export": "writing",
    "load": "loading",
    "map": "writing",
    "path": "cards",
    "publish": "publishing",
    "search": "reading",
    "show": "cards",
    "sparql": "reading",
    "stats": "reading",
    "tour": "making",
}
"""Command → the module of this package that holds it."""

EPILOG: Final = """\b
First steps:
  coopgraph build
  coopgraph ask
  coopgraph ask signatories
  coopgraph show "Bo Noi vu Viet Nam"
  coopgraph map -o map.html
"""


class _Group(click.Group):
    """A group that imports a command only when it is called or listed."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return [name for name in COMMANDS if name != "tour"]

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        found = getattr(import_module(f"coopgraph.cli.{COMMANDS[name]}"), name if name != "map" else "map_")
        return found if isinstance(found, click.Command) else None

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for one that does not exist."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from coopgraph.messages import closest, hint

            near = hint(closest(args[0], [name for name in COMMANDS if name != "tour"]), "en")
            context.fail(f"no command {args[0]!r}{near}")
        return super().resolve_command(context, args)


@click.group(cls=_Group, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coopgraph")
def cli() -> None:
    """Ask a knowledge graph of ASEAN public-administration cooperation; every fact with its source."""


def _language() -> str:
    """Give the language of the last --lang on the command line, or the usual one."""
    from coopgraph.cli.options import language

    spelled = " ".join(sys.argv).replace("--lang=", "--lang ").rpartition("--lang ")[2]
    return spelled[:2] if spelled[:2] in ("vi", "en") and "--lang" in " ".join(sys.argv) else language()


def main() -> None:
    """Run the command line; the one place where exit codes are decided.

    0 answered · 1 the input or the data is wrong · 2 the command was used wrongly · 130 interrupted.
    """
    try:
        cli(standalone_mode=False, prog_name="coopgraph")
        sys.stdout.flush()
    except click.exceptions.Abort:
        sys.exit(130)
    except click.exceptions.Exit as asked:
        sys.exit(asked.exit_code)
    except click.ClickException as wrong:
        context = wrong.ctx if isinstance(wrong, click.UsageError) else None
        path = context.command_path if context else "coopgraph"
        click.echo(f"coopgraph: {wrong.format_message()}; see: {path} --help", err=True)
        sys.exit(wrong.exit_code)
    except CoopgraphError as wrong:
        click.echo(f"coopgraph: {wrong.show(_language())}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        _mute()
        sys.exit(0)
    except OSError as wrong:
        _mute()  # what could not be written is not tried again
        named = f"{wrong.filename}: " if wrong.filename else ""
        click.echo(f"coopgraph: {named}{wrong.strerror or wrong}", err=True)
        sys.exit(1)


def _mute() -> None:
    """Let nothing more be written to standard output."""
    with suppress(OSError):  # of a stream that is no file nothing is left to write
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
