"""What a notebook shows: pages in a frame of their own, tables, all text escaped."""

from collections.abc import Iterable, Sequence
from typing import Final

HEIGHT: Final = 640
"""How high a page stands in a notebook, in pixels; a person can pull it larger."""
MOST: Final = 60
"""How many rows of a table a notebook shows."""
LEFT: Final = 'style="text-align:left"'
"""Notebooks put numbers, and so everything, to the right."""
ALLOWED: Final = "allow-scripts allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox"
"""What a page may do in its frame: run, save, print, open a source; never reach the notebook around it."""


class Page(str):
    """A whole HTML document. It is text, for files; a notebook shows it in a sandboxed frame."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from html import escape

        look = f"width:100%;height:{HEIGHT}px;border:1px solid #8886;border-radius:4px;resize:vertical"
        return f'<iframe srcdoc="{escape(self)}" sandbox="{ALLOWED}" title="coopgraph" style="{look}"></iframe>'


def table(title: str, heads: Sequence[str], rows: Sequence[Iterable[str]]) -> str:
    """Write a table for a notebook, the first rows of it.

    >>> table("", ["name"], [["<b>"]]).partition("<tbody>")[2]
    '<tr><td style="text-align:left">&lt;b&gt;</td></tr></tbody></table>'
    """
    from html import escape

    head = "".join(f"<th {LEFT}>{escape(name)}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(f'<td {LEFT}>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows[:MOST])
    more = f"<p>… {len(rows) - MOST} more of {len(rows)} rows</p>" if len(rows) > MOST else ""
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"
