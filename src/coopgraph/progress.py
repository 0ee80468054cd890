"""How far long work is. Whoever starts the work decides whether and how that is shown."""

from collections.abc import Callable

Tell = Callable[[str, int, int], None]
"""Called with the kind of work (`read`, `check` …), how much of it is done, and how much there is in all."""


def silent(_kind: str, _done: int, _total: int) -> None:
    """Show nothing."""
