"""Us and our peers side by side in one run: make bench, or python bench/run.py --sizes 1e4,1e5 -o docs/bench.md

For each size every engine loads the same file in a process of its own and stays; then each question goes to all of
them in turn, round after round, so that a busy moment of the machine touches all alike.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import growth
import tasks
from engines import ENGINES
from report import report

HERE = Path(__file__).parent
QUERIES = sorted((HERE / "queries").glob("*.rq"))
ROUNDS = 6
ONE = 30
"""Seconds after which a question is late."""
LONG = 2000
"""Milliseconds after which a question is asked once only."""
Answer = dict[str, Any]


class Engine:
    """A process that holds a graph."""

    def __init__(self, name: str, file: Path, folder: Path, seconds: float) -> None:
        self.seconds = seconds
        folder.mkdir()
        command = [sys.executable, str(HERE / "engines.py"), name, str(file), str(folder), str(seconds)]
        pipe = subprocess.PIPE
        self.child = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, start_new_session=True)
        self.loaded = self.heard()

    def heard(self) -> Answer:
        """Wait for a line; a process that does not heed its own time limit is ended."""
        timer = threading.Timer(self.seconds + 10, tasks.ended, [self.child])
        timer.start()
        line = self.child.stdout.readline()
        timer.cancel()
        return json.loads(line) if line else {"late": self.seconds}

    def ask(self, file: Path) -> Answer:
        """Ask a question once."""
        if self.child.poll() is not None or "load" not in self.loaded:
            return {"gone": True}
        self.seconds = ONE
        self.child.stdin.write(json.dumps({"file": str(file), "seconds": ONE}) + "\n")
        self.child.stdin.flush()
        return self.heard()

    def close(self) -> None:
        """Let the process end."""
        self.child.stdin.close()
        self.child.wait()


def measured(file: Path, names: list[str], folder: Path, seconds: float) -> dict[str, Answer]:
    """Load a file into every engine and ask all the questions."""
    engines = {}
    for name in names:
        engines[name] = Engine(name, file, folder / name, seconds)
        print("  load", name, engines[name].loaded, flush=True)
    found = {name: {"load": engine.loaded, "queries": {}} for name, engine in engines.items()}
    for query in QUERIES:
        for name, answers in (asked(query, engines) if engines else {}).items():
            found[name]["queries"][query.stem] = answers
        print("  ", query.stem, {name: best(found[name]["queries"][query.stem]) for name in engines}, flush=True)
    for engine in engines.values():
        engine.close()
    return found


def asked(query: Path, engines: dict[str, Engine]) -> dict[str, Answer]:
    """Ask all engines in turn; give for each its rows and milliseconds, the first run of several left out."""
    found: dict[str, Answer] = {name: {"times": []} for name in engines}
    for _ in range(ROUNDS):
        for name, engine in engines.items():
            known = found[name]
            if (known["times"] and known["times"][-1] > LONG) or {"late", "wrong", "gone"} & known.keys():
                continue
            told = engine.ask(query)
            known.update({key: value for key, value in told.items() if key != "ms"})
            known["times"] += [told["ms"]] if "ms" in told else []
    for known in found.values():
        known["times"] = known["times"][1:] or known["times"]
    return found


def best(known: Answer) -> object:
    """Say in short what came of a question."""
    return round(min(known["times"]), 2) if known["times"] else next(iter(known.keys() - {"times"}), "?")


def main() -> None:
    """Read the options, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1e4,1e5,1e6", help="numbers of statements, with commas between")
    parser.add_argument("--growth", default="", help="sizes, such as 1e5,1e6,1e7, at which our own commands alone grow")
    parser.add_argument("--engines", default=";".join(ENGINES), help="names of engines, with semicolons between")
    parser.add_argument("--tasks", default=";".join(tasks.TASKS), help="names of tasks, with semicolons between")
    parser.add_argument("--patience", type=float, default=180, help="seconds after which a load or a task is late")
    parser.add_argument("--folder", type=Path, help="where the graphs are put; by default a new folder that goes again")
    parser.add_argument(
        "--results", type=Path, help="keep what was measured as JSON; sizes that are there and not measured now stay"
    )
    parser.add_argument("--note", default="", help="what is particular about this measuring, to stand on the page")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the page to write; its plot goes beside it")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="bench-"))
    results: Answer = json.loads(options.results.read_text()) if options.results and options.results.exists() else {}
    for size in sizes(options.sizes):
        results[str(size)] = {**one_size(size, folder, options), "when": now()}
        kept(results, options.results)
    if options.growth:
        results["growth"] = {"when": now()}
        for size in sizes(options.growth):
            results["growth"][str(size)] = growth.measured(size, emptied(folder / "growth"))
            kept(results, options.results)
    report(results, options.output, options.note)
    if not options.folder:
        shutil.rmtree(folder)


def sizes(text: str) -> list[int]:
    """Read numbers with commas between."""
    return [int(float(one)) for one in text.split(",") if one]


def now() -> str:
    """Give the moment, to stand on the page."""
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"


def kept(results: Answer, file: Path | None) -> None:
    """Keep what was measured so far."""
    if file:
        file.write_text(json.dumps(results, indent=1), encoding="utf-8")


def emptied(folder: Path) -> Path:
    """Give a new folder in the place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def names(text: str) -> list[str]:
    """Read names with semicolons between."""
    return [name for name in text.split(";") if name]


def one_size(size: int, folder: Path, options: argparse.Namespace) -> Answer:
    """Measure everything at one size."""
    work = emptied(folder / str(size))
    print(f"{size:,} statements; load of the machine {os.getloadavg()}", flush=True)
    file = tasks.generated(size, work)
    found: Answer = {
        "before": os.getloadavg(),
        "tasks": tasks.measured(file, work, names(options.tasks), options.patience),
    }
    found["engines"] = measured(file, names(options.engines), work, options.patience)
    return {**found, "quads": tasks.lines(file), "after": os.getloadavg()}


if __name__ == "__main__":
    main()
