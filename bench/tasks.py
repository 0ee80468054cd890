"""What is measured beside the questions: cold starts, export, whole-graph work. Each in a process of its own.

python bench/tasks.py TASK FILE FOLDER prints one line of JSON; run.py calls it so.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TURNS = 7
POINT = ("holders-of-post", "post=post-15-0")
"""A question about one thing, with its value."""
Found = dict[str, Any]


def generated(size: int, work: Path) -> Path:
    """Write the graph of a size."""
    file = work / f"graph-{size}.nq"
    with file.open("wb") as stream:
        subprocess.run([sys.executable, str(HERE / "generate.py"), str(size)], stdout=stream, check=True)
    return file


def measured(file: Path, work: Path, seconds: float) -> Found:
    """Run every task at a size; one that is late or goes wrong says so."""
    found: Found = {}
    for name in TASKS:
        found[name] = apart(name, file, work, seconds)
        print("  task", name, found[name], flush=True)
    return found


def apart(name: str, file: Path, work: Path, seconds: float) -> Found:
    """Run a task in a process of its own."""
    command = [sys.executable, str(HERE / "tasks.py"), name, str(file), str(work)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return {"late": seconds}
    if done.returncode:
        return {"wrong": (done.stderr.strip().splitlines() or ["?"])[-1][:200]}
    return json.loads(done.stdout.splitlines()[-1])


def prepare(file: Path, work: Path) -> Found:
    """Make our folder, and the accepted view as Turtle for those who read Turtle."""
    import pyoxigraph as ox
    from made import root

    from coopgraph.terms import PREFIXES

    start = time.perf_counter()
    made = root(file, work)
    took = time.perf_counter() - start
    found = {path.name for path in (made / ".coopgraph").glob("store-*")}
    store = ox.Store.read_only(str(made / ".coopgraph" / found.pop() / "graph"))
    store.dump(str(work / "accepted.ttl"), format=ox.RdfFormat.TURTLE, from_graph=ox.DefaultGraph(), prefixes=PREFIXES)
    return {"seconds": took}


def cold(_file: Path, work: Path) -> Found:
    """Time whole processes in turn: two imports, a point question, the list of questions."""
    coopgraph = [str(Path(sys.executable).with_name("coopgraph"))]
    commands = {
        "imports": [sys.executable, "-c", "import click, pyoxigraph"],
        "ask": [*coopgraph, "ask", *POINT, "--root", str(work / "root")],
        "list": [*coopgraph, "ask", "--root", str(work / "root")],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(TURNS + 1):
        for name, command in commands.items():
            times[name].append(whole(command))
    return {name: found[1:] for name, found in times.items()}


def whole(command: Iterable[str]) -> float:
    """Time a whole process, in milliseconds."""
    start = time.perf_counter()
    subprocess.run(list(command), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1000


SCRIPT = """
import sys, rdflib
graph = rdflib.Graph()
graph.parse(sys.argv[1], format="turtle")
for row in graph.query(open(sys.argv[2]).read()):
    print(*row)
"""


def cold_rdflib(_file: Path, work: Path) -> Found:
    """Time a script that reads the Turtle with rdflib and asks the same question."""
    import pyoxigraph as ox

    from coopgraph.graph import question
    from coopgraph.terms import CG

    name, _, value = POINT[1].partition("=")
    asked = question(work / "root", POINT[0]).bind({name: ox.NamedNode(CG + value)})
    (work / "point.rq").write_text(asked, encoding="utf-8")
    command = [sys.executable, "-c", SCRIPT, str(work / "accepted.ttl"), str(work / "point.rq")]
    took = [whole(command)]
    return {"script": took + ([whole(command), whole(command)] if took[0] < 10_000 else [])}  # noqa: PLR2004


def export(_file: Path, work: Path) -> Found:
    """Write the accepted view as Turtle."""
    import coopgraph
    from coopgraph.exporters import EXPORTERS

    atlas = coopgraph.open(work / "root")
    start = time.perf_counter()
    text = EXPORTERS["ttl"](atlas, "en")
    text = text if isinstance(text, str) else "".join(text)
    return {"seconds": time.perf_counter() - start, "bytes": len(text.encode())}


def export_rdflib(_file: Path, work: Path) -> Found:
    """Write the same with rdflib, whose store holds it already."""
    import rdflib
    from rdflib.plugins.parsers.ntriples import W3CNTriplesParser  # noqa: F401  # imported before the clock runs

    graph = rdflib.Graph()
    graph.parse(work / "accepted.ttl", format="turtle")
    start = time.perf_counter()
    text = graph.serialize(format="turtle")
    return told({"seconds": time.perf_counter() - start, "bytes": len(text.encode()), "triples": len(graph)})


def told(found: Found) -> Found:
    """Say the answer and end at once: taking apart millions of Python terms takes a while."""
    print(json.dumps(found), flush=True)
    os._exit(0)


def search(file: Path, work: Path) -> Found:
    """Look names up in our index, and with CONTAINS in memory."""
    import pyoxigraph as ox

    import coopgraph

    atlas = coopgraph.open(work / "root")
    index = atlas._folder / "names.sqlite"  # noqa: SLF001  # the index alone, without what is told of each thing found
    from coopgraph import find

    store = ox.Store()
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    contains = (HERE / "queries" / "09-contains.rq").read_text(encoding="utf-8")
    return turns(
        {
            "index": lambda: find.looked_up(index, "vụ trưởng 1"),
            "ranked": lambda: find.search(find.looked_up(index, "vụ trưởng 1"), "vụ trưởng 1"),
            "contains": lambda: [tuple(row) for row in store.query(contains)],
        }
    )


def turns(works: dict[str, Callable[[], object]]) -> Found:
    """Time several works in turn, in milliseconds; the first round is left out."""
    times: Found = {name: [] for name in works}
    for _ in range(TURNS + 1):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            times[name].append((time.perf_counter() - start) * 1000)
    return {name: found[1:] for name, found in times.items()}


TASKS: dict[str, Callable[[Path, Path], Found]] = {
    "prepare": prepare,
    "cold": cold,
    "cold rdflib": cold_rdflib,
    "export": export,
    "export rdflib": export_rdflib,
    "search": search,
}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))))
