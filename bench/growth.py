"""How the cost of a statement grows with the graph: our own commands alone, without the peers, up to large sizes.

python bench/growth.py TASK FILE FOLDER prints one line of JSON; run.py --growth calls it so.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import curated
import tasks
from tasks import Found

PATIENCE = 1800
"""Seconds after which a task is late."""
MEMORY = 16 * 2**30
"""Bytes that a process may take; one that wants more fails, and says so on the page."""
BUILT = 10**6
"""The largest graph that is built: a build holds it in memory; what is larger is loaded."""


def measured(size: int, work: Path) -> Found:
    """Measure everything at a size; what is late or goes wrong says so."""
    before = os.getloadavg()
    print(f"growth, {size:,} statements; load of the machine {before}", flush=True)
    file = tasks.generated(size, work)
    names = [name for name in TASKS if name != "build" or size <= BUILT]
    found = tasks.measured(file, work, names, PATIENCE, Path(__file__))
    return {"before": before, "tasks": found, "quads": tasks.lines(file), "after": os.getloadavg()}


def load(file: Path, work: Path) -> Found:
    """Load the N-Quads into a new store on disk."""
    root = curated.folder(work / "little", 0)
    return repeated(lambda turn: tasks.ours("load", file, "--store", work / f"store-{turn}", "--root", root))


def export(file: Path, work: Path) -> Found:
    """Write the loaded store as sorted N-Quads."""
    target, source = work / "all.nq", ("--store", work / "store-0", "--root", work / "little")
    found = repeated(lambda _: tasks.ours("export", "nq", "-o", target, *source))
    tasks.same(tasks.lines(target), tasks.lines(file), "exported statements")
    return found


def lift(file: Path, work: Path) -> Found:
    """Turn a table into claims; a row makes nine statements or so, and there are a tenth as many rows as statements."""
    table, _ = tasks.rows_of(file, work)
    command = ("load", table, "-o", work / "lifted.nq", "--root", work / "little")
    return repeated(lambda _: tasks.ours(*command))


def build(file: Path, work: Path) -> Found:
    """Build a graph of that size from curated files, with every check."""
    size = tasks.size_of(file)
    return repeated(lambda turn: tasks.ours("build", "--root", curated.folder(work / f"curated-{turn}", size)))


def repeated(command: Callable[[int], float]) -> Found:
    """Give the seconds of a command, three times unless it takes long, and the most MiB that a process of it took."""
    times: list[float] = []
    begun = time.perf_counter()
    while not times or (len(times) < 3 and time.perf_counter() - begun < tasks.LONG):  # noqa: PLR2004
        times.append(command(len(times)) / 1000)
    return {"seconds": times, "peak": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}


TASKS: dict[str, Callable[[Path, Path], Found]] = {"load": load, "export": export, "lift": lift, "build": build}

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    print(json.dumps(TASKS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))))
