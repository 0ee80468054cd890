"""How far long work is. Whoever starts the work decides whether and how that is shown."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

OPEN: Final = Path("/proc/self/fdinfo")
"""Where Linux tells how far this process is with its files."""

Tell = Callable[[str, int, int], None]
"""Called with the kind of work (`read`, `check` …), how much of it is done, and how much there is in all."""


def silent(_kind: str, _done: int, _total: int) -> None:
    """Show nothing."""


def reached(path: Path) -> int | None:
    """Tell how many bytes of a file its slowest reader in this process has read; nothing when none is known."""
    return min(_places(path.resolve()), default=None)


def _places(path: Path) -> Iterator[int]:
    """Give the place of each reader of a file."""
    for about in OPEN.iterdir() if OPEN.is_dir() else ():
        with suppress(OSError):  # closed meanwhile
            if os.readlink(OPEN.with_name("fd") / about.name) == str(path):  # noqa: PTH115
                yield int(about.read_text(encoding="ascii").split()[1])
