"""Real SPARQL servers on this machine for the tests, and a line to one that can be cut."""

import contextlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

HOST = "127.0.0.1"
READY = 60
"""Seconds in which a server must answer."""
DOCUMENTED = re.search(
    r"```ini\n(.*?)```", (Path(__file__).parents[1] / "docs" / "servers.md").read_text(encoding="utf-8"), re.DOTALL
)
"""Settings of Virtuoso, as the documents show them."""


@dataclass(frozen=True)
class Server:
    """A running server: where it is asked, and who may write."""

    url: str
    user: str = ""
    password: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """Variables that tell coopgraph who asks."""
        return {"COOPGRAPH_STORE_USER": self.user, "COOPGRAPH_STORE_PASSWORD": self.password} if self.user else {}

    @property
    def port(self) -> int:
        """Port of the address."""
        return int(self.url.split(":")[2].partition("/")[0])


def free() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def program(name: str, hint: str) -> str:
    """Find a program; a test that cannot have its server fails."""
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if not found:
        pytest.fail(f"no {name} here; get it with: {hint}")
    return found


@contextlib.contextmanager
def running(command: list[str], url: str, log: Path) -> Iterator[None]:
    """Start a server, wait until it answers, and end it."""
    with log.open("wb") as out:
        started = subprocess.Popen(command, stdout=out, stderr=out, cwd=log.parent)
    try:
        end = time.monotonic() + READY
        while not answers(url):
            if started.poll() is not None or time.monotonic() > end:
                pytest.fail(f"{command[0]} did not start:\n{log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.1)
        yield
    finally:
        started.kill()
        started.wait()


def answers(url: str) -> bool:
    """Tell whether a server answers SPARQL."""
    port, _, path = url.split(":")[2].partition("/")
    line = http.client.HTTPConnection(HOST, int(port), timeout=5)
    try:
        line.request("GET", f"/{path}?query=ASK%7B%7D")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


@contextlib.contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[Server]:
    """Run an Oxigraph server in memory."""
    found, port = program("oxigraph", "pip install oxigraph"), free()
    url = f"http://{HOST}:{port}/query"
    with running([found, "serve", "--bind", f"{HOST}:{port}", *options], url, folder / f"oxigraph-{port}.log"):
        yield Server(url)


@contextlib.contextmanager
def virtuoso(folder: Path, more: str = "") -> Iterator[Server]:
    """Run a Virtuoso server with a database of its own; `more` goes into the [SPARQL] part of its settings."""
    found = program("virtuoso-t", "apt-get install --no-install-recommends virtuoso-opensource-7-bin")
    port, sql = free(), free()
    base = folder / f"virtuoso-{port}"
    base.mkdir(parents=True)
    settings = base / "virtuoso.ini"
    changes = {"/srv/virtuoso": str(base), f"{HOST}:1111": f"{HOST}:{sql}", f"{HOST}:8890": f"{HOST}:{port}"}
    text = DOCUMENTED[1] + more
    for documented, ours in changes.items():
        assert documented in text
        text = text.replace(documented, ours)
    settings.write_text(text + "\n", encoding="utf-8")
    url = f"http://{HOST}:{port}/sparql"
    with running([found, "+foreground", "+configfile", str(settings)], url, base / "out.log"):
        yield Server(url, "dba", "dba")


class Line:
    """A line to a server that breaks after so many bytes: as often as told, or for good."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.passed = 0
        self.cut_after = -1
        self.cuts_left = 0
        self.mortal = self.dead = False
        self._listener = socket.create_server((HOST, 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, after: int, times: int) -> None:
        """Break after so many more bytes; each further cut comes after as many again."""
        self.passed, self.cut_after, self.cuts_left = 0, after, times

    def die(self, after: int) -> None:
        """Break after so many more bytes, and carry nothing ever after."""
        self.cut(after, 1)
        self.mortal = True

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if self.dead:
                    near.close()
                    continue
                try:
                    far = socket.create_connection((HOST, self.target))
                except OSError:
                    near.close()
                    continue
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while (part := one.recv(4096)) and not self.dead:
                if self.cuts_left and self.passed + len(part) > self.cut_after:
                    other.sendall(part[: max(self.cut_after - self.passed, 0)])
                    self.passed, self.cuts_left, self.dead = 0, self.cuts_left - 1, self.mortal
                    break
                self.passed += len(part)
                other.sendall(part)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
