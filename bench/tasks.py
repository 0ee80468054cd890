"""What is measured beside the questions: cold starts, export, whole-graph work. Each in a process of its own.

python bench/tasks.py TASK FILE FOLDER prints one line of JSON; run.py calls it so.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import curated

PROGRAM = Path(__file__).resolve()
HERE = PROGRAM.parent
TURNS = 7
LONG = 10
"""Seconds after which nothing is repeated."""
LONGEST = 50
"""Seconds after which what is compared as closely as loading is not repeated."""
POINT = ("holders-of-post", "post=post-15-0")
"""A question about one thing, with its value."""
COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""The environment of what is timed: compiled modules are kept, as an installation keeps them."""
Found = dict[str, Any]


def generated(size: int, work: Path) -> Path:
    """Write the graph of a size."""
    file = work / f"graph-{size}.nq"
    with file.open("wb") as stream:
        subprocess.run([sys.executable, str(HERE / "generate.py"), str(size)], stdout=stream, check=True)
    return file


def measured(file: Path, work: Path, names: Iterable[str], seconds: float, program: Path = PROGRAM) -> Found:
    """Run tasks at a size; one that is late or goes wrong says so."""
    found: Found = {}
    for name in names:
        found[name] = apart(name, file, work, seconds, program)
        print("  task", name, found[name], flush=True)
    return found


def apart(name: str, file: Path, work: Path, seconds: float, program: Path) -> Found:
    """Run a task in a process of its own."""
    command = [sys.executable, str(program), name, str(file), str(work)]
    pipe = subprocess.PIPE
    child = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, start_new_session=True)
    try:
        said, wrong = child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        ended(child)
        return {"late": seconds}
    if child.returncode:
        return {"wrong": (wrong.strip().splitlines() or [f"ended with {child.returncode}"])[-1][:200]}
    return json.loads(said.splitlines()[-1])


def ended(child: subprocess.Popen) -> None:
    """End a process that leads a session, and whatever it started: else that goes on beside the next measurement."""
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()


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
    subprocess.run(list(command), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=COMPILED)
    return (time.perf_counter() - start) * 1000


SCRIPT = """
import sys, rdflib
graph = rdflib.Graph()
graph.parse(sys.argv[1], format="turtle")
for row in graph.query(open(sys.argv[2]).read()):
    print(*row)
"""


def cold_rdflib(_file: Path, work: Path) -> Found:
    """Time a script that reads the Turtle with rdflib and asks the same question, in turn with our command."""
    import pyoxigraph as ox

    from coopgraph.graph import question
    from coopgraph.terms import CG

    name, _, value = POINT[1].partition("=")
    asked = question(work / "root", POINT[0]).bind({name: ox.NamedNode(CG + value)})
    (work / "point.rq").write_text(asked, encoding="utf-8")
    script = [sys.executable, "-c", SCRIPT, str(work / "accepted.ttl"), str(work / "point.rq")]
    ask = [str(Path(sys.executable).with_name("coopgraph")), "ask", *POINT, "--root", str(work / "root")]
    whole(ask)
    found: Found = {"script": [], "ask": []}
    begun = time.perf_counter()
    while len(found["script"]) < TURNS and (not found["script"] or time.perf_counter() - begun < LONG):
        found["script"].append(whole(script))
        found["ask"].append(whole(ask))
    return found


def export(_file: Path, work: Path) -> Found:
    """Write the accepted view as Turtle with our command."""
    target = work / "ours.ttl"
    seconds = ours("export", "ttl", "-o", target, "--root", work / "root") / 1000
    same(statements(target), statements(work / "accepted.ttl"), "exported statements")
    return {"seconds": seconds, "bytes": target.stat().st_size}


def export_rdflib(_file: Path, work: Path) -> Found:
    """Write the same with rdflib, whose store holds it already."""
    import rdflib

    graph = rdflib.Graph()
    graph.parse(work / "accepted.ttl", format="turtle")
    start = time.perf_counter()
    text = graph.serialize(format="turtle")
    return told({"seconds": time.perf_counter() - start, "bytes": len(text.encode()), "triples": len(graph)})


def ours(*words: object) -> float:
    """Time one of our commands, in milliseconds; one that fails says why."""
    command = [str(Path(sys.executable).with_name("coopgraph")), *map(str, words)]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=COMPILED)
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["?"])[-1])
    return (time.perf_counter() - start) * 1000


LOAD = "import sys, pyoxigraph as ox; ox.Store(sys.argv[2]).bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)"


def load(file: Path, work: Path) -> Found:
    """Load the N-Quads into a new store on disk: our command, and pyoxigraph alone, each a whole process, in turn."""
    found: Found = {"ours": [], "raw": []}
    begun = time.perf_counter()
    for turn in range(3):
        if time.perf_counter() - begun > LONGEST:
            break
        found["raw"].append(whole([sys.executable, "-c", LOAD, str(file), str(work / f"raw-{turn}")]) / 1000)
        found["ours"].append(ours("load", file, "--store", work / f"loaded-{turn}", "--root", work / "root") / 1000)
    import pyoxigraph as ox

    made = [ox.Store.read_only(str(work / name)) for name in ("loaded-0", "raw-0")]
    same(*map(len, made), "loaded statements")
    return found


def pairs(file: Path, work: Path) -> Found:
    """Count who does what together: as `coopgraph analyse` does, and by the question in memory."""
    import pyoxigraph as ox

    import coopgraph
    from coopgraph import together

    atlas = coopgraph.open(work / "root")
    start = time.perf_counter()
    assert atlas.together.ready
    made = time.perf_counter() - start
    store = ox.Store()
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    found: Found = {"made": made}
    for name, count in together.PAIRED.items():
        question = atlas.question(name).text

        def anew(most: int, count: Callable = count) -> Any:  # a Table, imported late
            return count(together.read(atlas.store, atlas.root, atlas.shelf.folder), {}, most)

        works = {
            "first": partial(anew, 20),
            "all": partial(anew, 0),
            "sparql": lambda text=question: list(store.query(text)),
        }
        same(len(anew(0).rows), len(list(store.query(question))), f"rows of {name}")
        found |= {f"{name} {key}": times for key, times in turns(works, 2).items()}
    return found


def same(ours: int, theirs: int, what: str) -> None:
    """Refuse to compare the times of works that gave different things."""
    if ours != theirs:
        raise RuntimeError(f"{what}: {ours} of ours, {theirs} of theirs")


def statements(file: Path) -> int:
    """Count the statements of a Turtle file."""
    import pyoxigraph as ox

    return sum(1 for _ in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))


def told(found: Found) -> Found:
    """Say the answer and end at once: taking apart millions of Python terms takes a while."""
    print(json.dumps(found), flush=True)
    os._exit(0)


TEXTS = ("vụ trưởng 1", "director 15-0", "chính quyền số 7", "workshop 61", "chinh phu dien tu")
"""What is searched: names of many things, of few, and of none."""
CONTAINS = """SELECT ?thing ?name WHERE {{
  ?thing <http://www.w3.org/2004/02/skos/core#prefLabel> ?name . FILTER(CONTAINS(LCASE(STR(?name)), "{}"))
}}"""


def search(file: Path, work: Path) -> Found:
    """Look names up in our index, and with CONTAINS in memory."""
    import pyoxigraph as ox

    import coopgraph

    shelf = coopgraph.open(work / "root").shelf  # the index alone, no card of what is found
    store = ox.Store()
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    found: Found = {}
    for text in TEXTS:
        works = {
            "index": lambda text=text: shelf.named(text),
            "contains": lambda text=text: [tuple(row) for row in store.query(CONTAINS.format(text))],
        }
        found |= {f"{name} {text}": times for name, times in turns(works, TURNS).items()}
    return {**found, **{name: [min(found[f"{name} {text}"]) for text in TEXTS] for name in ("index", "contains")}}


def turns(works: dict[str, Callable[[], object]], most: int) -> Found:
    """Time several works in turn, in milliseconds; the first round is left out, unless it took long: then it is all."""
    times: Found = {name: [] for name in works}
    begun = time.perf_counter()
    for _ in range(most + 1):
        if time.perf_counter() - begun > LONG:
            return times
        for name, work in works.items():
            start = time.perf_counter()
            work()
            times[name].append((time.perf_counter() - start) * 1000)
    return {name: found[1:] for name, found in times.items()}


def lift(file: Path, work: Path) -> Found:
    """Turn a table into claims with our command."""
    table, rows = rows_of(file, work)
    seconds = ours("load", table, "-o", work / "lifted.nq", "--root", work / "root") / 1000
    return {"seconds": seconds, "rows": rows, "rate": rows / seconds, "statements": lines(work / "lifted.nq")}


def size_of(file: Path) -> int:
    """Tell of which size the graph in a file is."""
    return int(file.stem.partition("-")[2])


def rows_of(file: Path, work: Path) -> tuple[Path, int]:
    """Write a table of a tenth as many rows as the graph has statements; give it and how many rows it has."""
    rows = size_of(file) // 10
    table = work / "meetings.csv"
    curated.table(table, rows)
    return table, rows


def lines(file: Path) -> int:
    """Count the lines of a file."""
    with file.open("rb") as stream:
        return sum(1 for _ in stream)


def lift_morph(file: Path, work: Path) -> Found:
    """Turn the same table into the same statements with morph-kgc, which lives in an environment of its own."""
    table, rows = rows_of(file, work)
    settings, target = work / "morph.ini", work / "morphed.nq"
    mapping = (HERE / "morph.ttl").read_text(encoding="utf-8").replace("meetings.csv", str(table))
    (work / "morph.ttl").write_text(mapping, encoding="utf-8")
    both = f"[CONFIGURATION]\noutput_file={target}\noutput_format=N-QUADS\n[table]\nmappings={work / 'morph.ttl'}\n"
    settings.write_text(both, encoding="utf-8")
    python = os.environ.get("MORPH_PYTHON", str(HERE.parent / ".venv" / "morph" / "bin" / "python"))
    if not Path(python).exists():
        raise RuntimeError("not installed")
    start = time.perf_counter()
    subprocess.run([python, "-m", "morph_kgc", str(settings)], check=True, capture_output=True)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "rows": rows, "rate": rows / seconds, "statements": lines(target)}


def build(file: Path, work: Path) -> Found:
    """Build a graph of about that size from curated files, with every check; then again with one document changed."""
    import pyoxigraph as ox

    import coopgraph

    root = curated.folder(work / "curated", size_of(file))
    first = ours("build", "--root", root) / 1000
    curated.change(root)
    again = ours("build", "--root", root) / 1000
    claims = sum(isinstance(quad.graph_name, ox.NamedNode) for quad in coopgraph.open(root).quads())
    return {"seconds": first, "again": again, "statements": claims}


TASKS: dict[str, Callable[[Path, Path], Found]] = {
    "prepare": prepare,
    "cold": cold,
    "cold rdflib": cold_rdflib,
    "export": export,
    "export rdflib": export_rdflib,
    "search": search,
    "pairs": pairs,
    "load": load,
    "lift": lift,
    "lift morph-kgc": lift_morph,
    "build": build,
}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))))
