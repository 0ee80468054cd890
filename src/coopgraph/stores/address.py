"""Addresses of SPARQL servers: which are taken, where updates go, and the credentials that belong to them."""

import os
import re
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from coopgraph.errors import StoreError

PLAIN: Final = "COOPGRAPH_STORE_HTTP"
USER: Final = "COOPGRAPH_STORE_USER"
PASSWORD: Final = "COOPGRAPH_STORE_PASSWORD"  # noqa: S105  # the name of a variable
PORTS: Final = {"http": 80, "https": 443}
EXAMPLE: Final = "http://localhost:7878/query"


class Address(NamedTuple):
    """Where a server is asked: `https`, `data.example.org`, 443, `/sparql`."""

    scheme: str
    host: str
    port: int
    path: str

    def __str__(self) -> str:
        """Show it as it is typed, but for what follows a question mark, which may be a key."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if PORTS[self.scheme] == self.port else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path.partition('?')[0]}"

    @property
    def private(self) -> bool:
        """Tell whether nobody on the way can read along: TLS, or the same machine."""
        return self.scheme == "https" or loopback(self.host)


def read(url: str) -> Address:
    """Read the address of a SPARQL server.

    Raises StoreError for anything but http and https, for a password in the address, and for plain http to another
    machine, unless COOPGRAPH_STORE_HTTP=1 allows that.

    >>> str(read("http://localhost:7878/query"))
    'http://localhost:7878/query'
    """
    found = _split(url)
    if not found.private and os.environ.get(PLAIN) != "1":
        raise StoreError(
            f"{found} would be asked without encryption; use https, or set {PLAIN}=1 in a network that you trust",
            f"{found} không được mã hóa; hãy dùng https, hoặc đặt {PLAIN}=1 nếu tin cậy mạng này",
        )
    return found


def _split(url: str) -> Address:
    """Take an address apart."""
    if "@" in url.partition("//")[2].partition("/")[0]:
        raise StoreError(
            f"the address holds a user or a password, which others could read; take it out and set {USER} and"
            f" {PASSWORD}, or write it in ~/.netrc",
            f"địa chỉ chứa tên người dùng hoặc mật khẩu, người khác có thể đọc được; hãy bỏ ra và đặt biến {USER},"
            f" {PASSWORD} hoặc ghi vào ~/.netrc",
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in PORTS or not parts.hostname or not re.fullmatch(r"[!-~]+", url):
        raise StoreError(
            f"{url!r} is no address of a SPARQL server, e.g. {EXAMPLE}",
            f"{url!r} không phải địa chỉ máy chủ SPARQL, ví dụ {EXAMPLE}",
        )
    path = (parts.path or "/") + f"?{parts.query}" * bool(parts.query)
    return Address(parts.scheme, parts.hostname, port or PORTS[parts.scheme], path)


def loopback(host: str) -> bool:
    """Tell whether a host is this machine.

    >>> loopback("127.0.0.1"), loopback("::1"), loopback("127.0.0.1.example.org")
    (True, True, False)
    """
    if host == "localhost":
        return True
    import ipaddress

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def credentials(address: Address) -> tuple[str, str] | None:
    """Give user and password for a server: from the environment, or from a netrc file; never over plain http.

    Raises StoreError when the netrc file cannot be read; what it holds is not told.
    """
    if not address.private:
        return None
    if (user := os.environ.get(USER)) and (password := os.environ.get(PASSWORD)) is not None:
        return user, password
    path = Path(os.environ.get("NETRC") or Path.home() / ".netrc")
    if not path.is_file():
        return None
    import netrc

    try:
        found = netrc.netrc(str(path)).authenticators(address.host)
    except (netrc.NetrcParseError, OSError, UnicodeDecodeError):
        raise StoreError(
            f"{path} cannot be read; its lines look like: machine {address.host} login NAME password WORD; it must"
            " belong to you and be closed to others (chmod 600)",
            f"không đọc được {path}; mỗi dòng có dạng: machine {address.host} login TÊN password MẬT_KHẨU; tệp phải"
            " thuộc về bạn và không cho người khác đọc (chmod 600)",
        ) from None
    return (found[0], found[2] or "") if found else None


def updating(address: Address, server: str) -> Address:
    """Give the address that takes updates, by the habits of the servers; `server` is what one calls itself.

    >>> str(updating(read("https://x.org/repositories/coop"), ""))
    'https://x.org/repositories/coop/statements'
    """
    path, mark, query = address.path.partition("?")
    if path.endswith("/query"):  # Oxigraph, Fuseki, Stardog
        path = path.removesuffix("query") + "update"
    elif re.search(r"/repositories/[^/]+$", path):  # RDF4J, GraphDB
        path += "/statements"
    elif "Virtuoso" in server and path == "/sparql":
        path = "/sparql-auth"
    elif re.search("Jena|Fuseki", server) and path.endswith("/sparql"):
        path = path.removesuffix("sparql") + "update"
    return address._replace(path=path + mark + query)
