"""The engines that are measured, each in a process of its own: python bench/engines.py ENGINE FILE FOLDER

Loads an N-Quads file, says how long that took, then answers questions: lines of JSON come in, lines of JSON go out.
"""

import hashlib
import http.client
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterable
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from shutil import which

Rows = list[tuple[str, ...]]
Ask = Callable[[str], Rows]
HERE = Path(__file__).resolve().parents[1]
DEFAULT = "urn:default"
"""The graph that stands for the default graph where an engine has none."""
LATE = 31
"""Seconds after which a server gives a question up: when nobody waits for the answer any more."""


def coopgraph_memory(file: Path, _folder: Path) -> Ask:
    """Our Python API with a copy of the graph in memory; questions are answered in a process with limits."""
    from made import root

    import coopgraph

    return _ours(coopgraph.open(root(file, file.parent), memory=True))


def coopgraph_disk(file: Path, _folder: Path) -> Ask:
    """Our Python API as it opens by itself: the graph on disk, questions answered in a process with limits."""
    from made import root

    import coopgraph

    return _ours(coopgraph.open(root(file, file.parent)))


def coopgraph_here(file: Path, _folder: Path) -> Ask:
    """Our store inside the process that asks, as commands use it."""
    from contextlib import nullcontext

    from made import root

    import coopgraph

    return _ours(coopgraph.open(root(file, file.parent), watch=nullcontext))


def _ours(atlas) -> Ask:
    atlas.sparql("ASK { ?s ?p ?o }")
    return lambda text: atlas.sparql(text).rows


def pyoxigraph_memory(file: Path, _folder: Path) -> Ask:
    """Raw pyoxigraph in memory, rows turned into tuples."""
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    return lambda text: [tuple(row) for row in store.query(text)]


def pyoxigraph_disk(file: Path, folder: Path) -> Ask:
    """Raw pyoxigraph on disk, rows turned into tuples."""
    import pyoxigraph as ox

    store = ox.Store(str(folder / "raw"))
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    store.flush()
    del store
    opened = ox.Store.read_only(str(folder / "raw"))
    return lambda text: [tuple(row) for row in opened.query(text)]


def rdflib_memory(file: Path, _folder: Path) -> Ask:
    """rdflib's own store and SPARQL."""
    import rdflib

    dataset = rdflib.Dataset()
    dataset.parse(file, format="nquads")
    return lambda text: [tuple(row) for row in dataset.query(text)]


def oxrdflib_memory(file: Path, _folder: Path) -> Ask:
    """rdflib over pyoxigraph by oxrdflib, loaded by its native parser."""
    import rdflib

    dataset = rdflib.Dataset(store="Oxigraph")
    dataset.parse(file, format="ox-nq", transactional=False)
    return lambda text: [tuple(row) for row in dataset.query(text)]


def oxigraph_server(file: Path, folder: Path) -> Ask:
    """The Oxigraph server over HTTP on the loopback interface, on disk, loaded by its own bulk loader."""
    binary, port, base = Path(sys.executable).with_name("oxigraph"), _port(), ["--location", str(folder / "server")]
    subprocess.run([binary, "load", *base, "--file", str(file)], check=True, capture_output=True)
    server = Server(
        [binary, "serve-read-only", *base, "--bind", f"127.0.0.1:{port}", "--timeout-s", str(LATE)], port, folder
    )
    return lambda text: server.ask("/query", {"query": text})


def virtuoso(file: Path, folder: Path) -> Ask:
    """Virtuoso over HTTP on the loopback interface; the default graph is a named one there."""
    sql, port, home = _port(), _port(), folder / "virtuoso"
    home.mkdir()
    settings = Path(__file__).with_name("virtuoso.ini").read_text(encoding="utf-8")
    (home / "virtuoso.ini").write_text(
        settings.format(home=home, sql=sql, port=port, data=file.parent, late=LATE), encoding="utf-8"
    )
    server = Server([which("virtuoso-t"), "+foreground", "+configfile", str(home / "virtuoso.ini")], port, home)
    load = f"ld_dir('{file.parent}', '{file.name}', '{DEFAULT}'); rdf_loader_run(); checkpoint;"
    command = [which("isql-vt"), f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"]
    subprocess.run(command, check=True, capture_output=True)
    default = {"default-graph-uri": DEFAULT}  # naming it hides the named graphs from GRAPH
    return lambda text: server.ask("/sparql", {"query": text, **({} if "GRAPH" in text else default)})


ENGINES: dict[str, Callable[[Path, Path], Ask]] = {
    "coopgraph": coopgraph_memory,
    "coopgraph, disk": coopgraph_disk,
    "coopgraph, here": coopgraph_here,
    "pyoxigraph": pyoxigraph_memory,
    "pyoxigraph, disk": pyoxigraph_disk,
    "oxrdflib": oxrdflib_memory,
    "rdflib": rdflib_memory,
    "Oxigraph server": oxigraph_server,
    "Virtuoso": virtuoso,
}
PACKAGES = {"oxrdflib": "oxrdflib", "rdflib": "rdflib", "Oxigraph server": "oxigraph"}


def named(engine: str) -> str:
    """Give the version of an engine."""
    if engine == "Virtuoso":
        said = subprocess.run([which("virtuoso-t"), "-?"], capture_output=True, text=True, check=False)
        return next((word for word in (said.stderr + said.stdout).split() if word[:2] == "7."), "?")
    return version(PACKAGES.get(engine, engine.partition(",")[0]))


def _port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


CHILDREN: list[subprocess.Popen] = []


class Server:
    """A server on the loopback interface; what it says goes into `server.log` of its folder."""

    def __init__(self, command: Iterable[object], port: int, folder: Path) -> None:
        self.command, self.port, self.folder = [str(part) for part in command], port, folder
        folder.mkdir(exist_ok=True)
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self.folder / "server.log").open("ab") as log:
            self.child = subprocess.Popen(self.command, cwd=self.folder, stdout=log, stderr=log)
        CHILDREN.append(self.child)
        for _ in range(600):
            with socket.socket() as tried:
                if not tried.connect_ex(("127.0.0.1", self.port)):
                    return
            time.sleep(0.05)
        raise TimeoutError(f"{self.command} does not answer")

    def ask(self, path: str, fields: dict[str, str]) -> Rows:
        """Ask; a server that has ended is started again for the next question, and how it ended is told."""
        try:
            return _http(self.port, path, fields)
        except (ConnectionError, http.client.HTTPException) as gone:
            ended = self.child.wait(timeout=5)
            self.start()
            raise RuntimeError(f"the server had ended with {ended}") from gone


def _http(port: int, path: str, fields: dict[str, str]) -> Rows:
    """Ask over HTTP; rows come as JSON."""
    link = http.client.HTTPConnection("127.0.0.1", port)
    headers = {
        "Accept": "application/sparql-results+json",
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
    }
    with closing(link):
        link.request("POST", path, urllib.parse.urlencode(fields), headers)
        answer = link.getresponse()
        text = answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(text[:200].decode(errors="replace"))
    found = json.loads(text)
    names = found["head"]["vars"]
    return [tuple(row.get(name, {}).get("value", "") for name in names) for row in found["results"]["bindings"]]


@contextmanager
def patience(seconds: float):
    """Raise TimeoutError when it takes longer, as soon as Python has the word again."""

    def late(*_):
        raise TimeoutError

    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def digest(rows: Iterable[tuple]) -> str:
    """Give a short sum of the rows, whatever their order and however an engine spells its terms."""
    plain = sorted("\t".join("" if c is None else str(getattr(c, "value", c)) for c in row) for row in rows)
    return hashlib.sha256("\n".join(plain).encode()).hexdigest()[:8]


def timed(ask: Ask, text: str, seconds: float) -> dict[str, object]:
    """Answer once; a question that takes too long or goes wrong is told, too."""
    start = time.perf_counter()
    try:
        with patience(seconds):
            rows = ask(text)
    except TimeoutError:
        return {"late": seconds}
    except Exception as wrong:  # noqa: BLE001  # whatever an engine raises is a result
        return {"wrong": f"{type(wrong).__name__}: {wrong}"[:200]}
    took = time.perf_counter() - start
    return {"ms": took * 1000, "rows": len(rows), "digest": digest(rows)}


def main() -> None:
    """Load, then answer until there are no more questions."""
    engine, file, folder, seconds = sys.argv[1:]
    before, start = _peak(), time.perf_counter()
    try:
        with patience(float(seconds)):
            ask = ENGINES[engine](Path(file), Path(folder))
        told: dict[str, object] = {"load": time.perf_counter() - start, "peak": _peak() - before}
    except TimeoutError:
        told = {"late": float(seconds)}
    except Exception as wrong:  # noqa: BLE001  # an engine that is missing is a result
        told = {"wrong": f"{type(wrong).__name__}: {wrong}"[:200]}
    try:
        print(json.dumps({**told, "version": named(engine) if "load" in told else ""}), flush=True)
        for line in sys.stdin:
            asked = json.loads(line)
            print(json.dumps(timed(ask, Path(asked["file"]).read_text(encoding="utf-8"), asked["seconds"])), flush=True)
    finally:
        for child in CHILDREN:
            child.terminate()
            child.wait()
        os._exit(0)  # the collector would take apart millions of Python terms first


def _peak() -> float:
    """Give the most memory that this process and its servers took, in MiB."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


if __name__ == "__main__":
    main()
