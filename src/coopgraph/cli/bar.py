"""The progress bar: rate and time left, in a terminal, for work that takes more than two seconds."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import click

from coopgraph.progress import Tell, silent

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

PATIENCE: Final = 2.0
"""Seconds that nobody minds waiting for."""
PACE: Final = 0.1
"""Seconds between two looks of the bar."""
WORDS: Final = {
    "en": {
        "read": "Reading files",
        "check": "Checking things",
        "sound": "Checking bytes",
        "load": "Loading bytes",
        "compare": "Comparing",
        "add": "Adding",
        "remove": "Removing",
        "a second": "{0:.0f} a second",
    },
    "vi": {
        "read": "Đọc tệp",
        "check": "Kiểm tra đối tượng",
        "sound": "Kiểm tra byte",
        "load": "Nạp byte",
        "compare": "Đối chiếu",
        "add": "Thêm",
        "remove": "Bỏ",
        "a second": "{0:.0f} mỗi giây",
    },
}
"""Kind of work → what stands before its bar."""


class Bar:
    """Shows on standard error how far a command is; each kind of work has a bar of its own."""

    def __init__(self, lang: str) -> None:
        self.words = WORDS[lang]
        self.begun = time.monotonic()
        self.since = self.moved = self.begun
        self.kind = ""
        self.shown: ProgressBar[Any] | None = None

    def __call__(self, kind: str, done: int, total: int) -> None:
        """Move the bar on; it appears only after a while."""
        now = time.monotonic()
        if kind != self.kind:
            self.end()
            self.kind, self.since = kind, now
        elif now - self.moved < PACE and done < total:
            return
        self.moved = now
        if not self.shown and now - self.begun > PATIENCE and done < total:
            self.shown = self._bar(total, done)
        if self.shown:
            self.shown.update(done - self.shown.pos, self.words["a second"].format(done / max(now - self.since, 1e-3)))
            if done >= total:
                self.end()

    def _bar(self, total: int, done: int) -> "ProgressBar[Any]":
        bar: ProgressBar[Any] = click.progressbar(
            length=total, label=self.words[self.kind], file=sys.stderr, show_pos=True, item_show_func=lambda rate: rate
        )
        bar.pos, bar.start = done, self.since + time.time() - time.monotonic()
        bar.render_progress()
        return bar

    def end(self) -> None:
        """Leave the bar as it is, and give the cursor back."""
        if self.shown:
            self.shown.render_finish()
            self.shown = None


@contextmanager
def bar(lang: str, *, quiet: bool = False) -> Iterator[Tell]:
    """Show a bar where somebody can see it; whatever happens, the terminal is left as it was."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    shown = Bar(lang)
    try:
        yield shown
    finally:
        shown.end()
