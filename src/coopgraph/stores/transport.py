"""HTTP to one address: kept connections, credentials once they are asked for, and an end to waiting."""

import base64
import ssl
import time
from collections.abc import Mapping
from functools import cached_property
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, Final

from coopgraph.errors import UnreachableError
from coopgraph.stores import address
from coopgraph.stores.address import Address
from coopgraph.stores.limits import Limits
from coopgraph.stores.refusals import SAID, case, plainly, refusal, words

PATIENCE: Final = 10.0
"""Seconds to wait for a connection."""
SHARE: Final = 4
"""An answer that is read into memory takes about so many times its length."""
PIECE: Final = 1 << 16
OK, REDIRECTED, UNAUTHORIZED = 200, 300, 401


class Transport:
    """Connections to one address. Several threads may use it; each answer is read by one of them."""

    def __init__(self, to: Address, limits: Limits) -> None:
        self.to = to
        self.limits = limits
        self.idle: list[HTTPConnection] = []
        self._challenge = ""
        self._digest: Any = None

    @cached_property
    def _known(self) -> tuple[str, str] | None:
        """User and password; nothing when there are none."""
        return address.credentials(self.to)

    def send(self, method: str, headers: Mapping[str, str], body: bytes | None = None, more: str = "") -> "Reply":
        """Send a request and give the answer, which is a success. `more` is put after the path.

        Credentials go along only once the server asked for them. Raises QueryError when the server does not
        understand the request or takes too long, UnreachableError when trying again may help, else StoreError.
        """
        end = time.monotonic() + self.limits.seconds
        reply = self._once(method, headers, body, more, end)
        if reply.status == UNAUTHORIZED and self._prepared(reply):
            reply = self._once(method, headers, body, more, end)
        if OK <= reply.status < REDIRECTED:
            return reply
        there = reply.header("Location").partition("?")[0] or "?"
        what = reply.beginning()
        reply.close()
        raise refusal(case(reply.status), self.to, status=reply.status, words=what, there=there)

    def _once(self, method: str, headers: Mapping[str, str], body: bytes | None, more: str, end: float) -> "Reply":
        """Send a request; a kept connection that the server closed meanwhile is replaced."""
        path = self.to.path + more
        told = {"User-Agent": "coopgraph", **headers, **self._authorization(method, path)}
        while True:
            kept = bool(self.idle)
            line = self.idle.pop() if kept else self._connected()
            try:
                with plainly(self.to):
                    line.sock.settimeout(_left(end))
                    line.request(method, path, body, told)
                    return Reply(self, line, end)
            except TimeoutError:
                line.close()
                raise self.limits.late() from None
            except UnreachableError:
                line.close()
                if not kept:
                    raise

    def _connected(self) -> HTTPConnection:
        """Give a new connection; a certificate is always checked."""
        to, patience = self.to, min(PATIENCE, self.limits.seconds)
        line = HTTPConnection(to.host, to.port, timeout=patience)
        if to.scheme == "https":
            line = HTTPSConnection(to.host, to.port, timeout=patience, context=ssl.create_default_context())
        try:
            with plainly(to):
                line.connect()
        except TimeoutError:
            raise refusal("silent", to, seconds=patience) from None
        return line

    def _prepared(self, reply: "Reply") -> bool:
        """Read how the server wants to be told who asks; tell whether there is something to tell it."""
        asked = reply.headers("WWW-Authenticate")
        chosen = [one for kind in ("digest ", "basic ") for one in asked if one.lower().startswith(kind)]
        if not chosen or not self._known:
            return False
        reply.close()
        self._challenge, self._digest = chosen[0], None
        return True

    def _authorization(self, method: str, path: str) -> dict[str, str]:
        """Give the header that the server asked for."""
        if not self._challenge or not self._known:
            return {}
        kind, _, about = self._challenge.partition(" ")
        if kind.lower() == "basic":
            return {"Authorization": "Basic " + base64.b64encode(":".join(self._known).encode()).decode()}
        from urllib import request

        if not self._digest:
            passwords = request.HTTPPasswordMgrWithDefaultRealm()
            passwords.add_password(None, f"{self.to.host}:{self.to.port}", *self._known)
            self._digest = request.HTTPDigestAuthHandler(passwords)
        asked = request.parse_keqv_list(request.parse_http_list(about))
        to = request.Request(f"{self.to._replace(path='')}{path}", method=method)  # noqa: S310  # see address.read
        made = self._digest.get_authorization(to, asked)
        return {"Authorization": f"Digest {made}"} if made else {}


def _left(end: float) -> float:
    """Give the seconds that are left; raises TimeoutError when none are."""
    if (left := end - time.monotonic()) <= 0:
        raise TimeoutError
    return left


class Reply:
    """An answer as it comes in; reads like a file. Read to its end, it leaves the connection to the next request."""

    def __init__(self, transport: Transport, line: HTTPConnection, end: float) -> None:
        self._transport, self._line, self._end = transport, line, end
        self._sock = line.sock
        self._answer: HTTPResponse = line.getresponse()
        self._rest = None if self._answer.chunked else self._answer.length
        self._room = transport.limits.megabytes * 1_000_000 // SHARE
        self._over = False
        self.status = self._answer.status
        self.failed: Exception | None = None

    def header(self, name: str) -> str:
        """Give a header's value; nothing when it is not there."""
        return self._answer.getheader(name) or ""

    def headers(self, name: str) -> list[str]:
        """Give all values of a header."""
        return self._answer.headers.get_all(name) or []

    def read(self, size: int = -1) -> bytes:
        """Give the next part; nothing at the end.

        Raises UnreachableError when the answer breaks off, QueryError when it takes too long or grows too large.
        """
        try:
            return b"" if self._over else self._part(PIECE if size < 0 else size)
        except Exception as wrong:
            self.failed = wrong
            self.close()
            raise

    def _part(self, size: int) -> bytes:
        limits, part = self._transport.limits, b""
        try:
            with plainly(self._transport.to):
                self._sock.settimeout(_left(self._end))
                wanted = size if self._rest is None else min(size, self._rest)
                part = self._answer.read1(wanted) if wanted else b""
                if not part and self._rest:
                    raise HTTPException
        except TimeoutError:
            raise limits.late() from None
        self._room -= len(part)
        if self._rest is not None:
            self._rest -= len(part)
        if self._room < 0:
            raise limits.large()
        if not part:
            self._done()
        return part

    def _done(self) -> None:
        """Keep the connection for the next request, where the server allows that."""
        self._over = True
        if not self._answer.will_close:
            self._transport.idle.append(self._line)
        self._answer.close()

    def beginning(self) -> str:
        """Give the first words of an error's text."""
        try:
            return words(self._answer.read1(20 * SAID))
        except (OSError, HTTPException):
            return ""

    def close(self) -> None:
        """Let go of an answer that is not read to its end."""
        if not self._over:
            self._over = True
            self._answer.close()
            self._line.close()
