"""The command that writes one or two pages about a thing: brief."""

from pathlib import Path
from typing import Final

import click

from coopgraph import dates
from coopgraph.briefs import FORMATS
from coopgraph.cli import options

WORDS: Final = {
    "en": "Wrote {0} ({1} kB); as of {2}.",
    "vi": "Đã ghi {0} ({1} kB), tính đến ngày {2}.",
}
PAGE: Final = {"en": " It prints on A4 and needs no network.", "vi": " In được trên khổ A4, không cần mạng."}


@click.command(
    epilog=options.examples(
        "coopgraph brief org-vn-moha -o moha.html",
        "coopgraph brief cty-vn cty-la --as-of 2024-07-01 --lang vi -o viet-nam-lao.html",
        'coopgraph brief "Pham Thi Thanh Tra" --format md',
    )
)
@click.argument("name", metavar="ID")
@click.argument("other", metavar="[OTHER-ID]", default="")
@options.reading
@options.lang
@click.option(
    "--as-of",
    metavar="DATE",
    default="",
    help="The day that it speaks of, e.g. 2024-07-01.  [default: the day of the newest source, as the brief says]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    help="Form of the document.  [default: by the ending of the file, else md]",
)
@options.output
def brief(
    name: str, other: str, root: Path | None, lang: str, as_of: str, form: str | None, output: Path | None
) -> None:
    """Write one or two pages on a thing (an id or a name), or on two countries: who, posts, agreements, meetings.

    Every fact carries the number of its source; the sources stand at the end. The same graph gives the same bytes.
    """
    made = options.atlas(root, lang).brief(name, other, lang, as_of)
    form = form or chosen(output)
    text = FORMATS[form](made)
    options.emit(text, output)
    if output:
        told = WORDS[lang].format(output, round(len(text.encode()) / 1000), dates.said(made.as_of, lang))
        options.say(told + PAGE[lang] if form == "html" else told)


def chosen(output: Path | None) -> str:
    """Give the form that the ending of a file asks for; plain Markdown for any other.

    >>> chosen(Path("a.htm")), chosen(Path("a.md")), chosen(None)
    ('html', 'md', 'md')
    """
    return "html" if output and output.suffix.lower() in (".html", ".htm") else "md"
