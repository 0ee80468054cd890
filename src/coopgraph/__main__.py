"""The process of the command line: `coopgraph`, and `python -m coopgraph`."""

import atexit
import gc
import os
import sys
from typing import Final

from coopgraph import ahead

SELDOM: Final = 100_000
"""So many new objects before Python looks for circles among them: a short command makes fewer, and need not wait."""


def run() -> None:
    """Run the command line.

    After a command that did its work, the process ends at once: everything is written, and to take Python and the graph
    apart takes as long as a question.
    """
    gc.set_threshold(SELDOM)
    ahead.begin(sys.argv[1:])
    from coopgraph.cli import main

    main()
    atexit._run_exitfuncs()  # noqa: SLF001  # folders that are there for a moment go
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    run()
