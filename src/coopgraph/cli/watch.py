"""Keeps a command's questions within their limits; a question that goes beyond them ends the command."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from coopgraph.errors import CoopgraphError
from coopgraph.stores.limits import Limits

PACE: Final = 0.02
"""Seconds between two looks at the memory."""
PAGES: Final = Path("/proc/self/statm")


class Watch:
    """Watches while a question is answered: pyoxigraph cannot be told to stop, so the whole process is ended."""

    def __init__(self, limits: Limits, lang: str) -> None:
        self.limits = limits
        self.lang = lang

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Watch what is done inside. Ctrl-C ends the process at once: Python heeds it when the question is over."""
        done, heeded = threading.Event(), signal.signal(signal.SIGINT, signal.SIG_DFL)
        threading.Thread(target=self._look, args=(done,), daemon=True).start()
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, heeded)
            done.set()

    def _look(self, done: threading.Event) -> None:
        before, end = memory(), time.monotonic() + self.limits.seconds
        while not done.wait(PACE):
            if time.monotonic() > end:
                self._stop(self.limits.late())
            if memory() - before > self.limits.megabytes:
                self._stop(self.limits.large())

    def _stop(self, why: CoopgraphError) -> None:
        click.echo(f"coopgraph: {why.show(self.lang)}", err=True)
        os._exit(1)


def memory() -> float:
    """Give the memory of this process in megabytes; where the system has no /proc, the most it ever took."""
    try:
        return int(PAGES.read_text(encoding="utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1_000_000
    except (OSError, ValueError, AttributeError):
        pass
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000
