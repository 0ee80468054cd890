"""A server that answers whatever a test wants, to see what is made of it; over TLS, too."""

import contextlib
import http.server
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import servers
from coopgraph.stores.limits import Limits
from coopgraph.stores.protocol import Endpoint

JSON = "application/sparql-results+json"


def rows(number: int) -> bytes:
    """Write an answer of so many rows."""
    row = b'{"a":{"type":"literal","value":"x"}}'
    return b'{"head":{"vars":["a"]},"results":{"bindings":[%s]}}' % b",".join([row] * number)


ROWS = rows(500)


class Fake(http.server.BaseHTTPRequestHandler):
    """Answers with what the test put into `reply`, and keeps what it was asked."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append((self.command, self.path, dict(self.headers), body))
        self.server.reply(self)

    do_GET = do_POST = answer  # noqa: N815  # names of the standard library

    def give(self, status: int, body: bytes, *, length: int | None = None, **headers: str) -> None:
        """Send an answer; with another length, one that breaks off."""
        self.send_response(status)
        for name, value in {"Content_Type": JSON, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)
        if length is not None:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    """Keeps what it was asked; answers with 500 rows unless told otherwise."""

    def __init__(self) -> None:
        super().__init__((servers.HOST, 0), Fake)
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.reply: Callable[[Fake], object] = lambda on: on.give(200, ROWS)
        self.url = f"http://{servers.HOST}:{self.server_address[1]}/sparql"

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients that go away are what is tested."""


@contextlib.contextmanager
def running(certificate: Path | None = None) -> Iterator[Server]:
    """Run a server; with a certificate, over TLS."""
    server = Server()
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.url = server.url.replace("http://", "https://")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def certificate(folder: Path) -> Path:
    """Make a certificate of our own for this machine, with its key."""
    tool, file = servers.program("openssl", "apt-get install openssl"), folder / "own.pem"
    names = ["-subj", "/CN=test", "-addext", f"subjectAltName=IP:{servers.HOST}"]
    made = [
        tool,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        *names,
        "-keyout",
        file,
        "-out",
        folder / "c",
    ]
    subprocess.run(made, check=True, capture_output=True)
    file.write_bytes(file.read_bytes() + (folder / "c").read_bytes())
    return file


def ask(fake: Server, text: str = "SELECT ?a {}", **limits: float) -> int:
    """Ask a server; give the number of rows."""
    return len(list(Endpoint(fake.url, Limits(**limits)).rows(text)[1]))
