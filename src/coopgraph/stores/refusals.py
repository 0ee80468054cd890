"""What is said when a server, or the way to it, fails: each case in plain words, with what to do about it."""

import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from typing import Final

from coopgraph.errors import CoopgraphError, QueryError, StoreError, UnreachableError
from coopgraph.stores.address import PASSWORD, USER, Address

SAID: Final = 300
"""Letters of a server's own words that are shown."""
CASES: Final[Mapping[str, tuple[type[CoopgraphError], str, str]]] = {
    "question": (QueryError, "the server did not understand: {words}", "máy chủ không hiểu yêu cầu: {words}"),
    "login": (
        StoreError,
        (
            f"{{to}} wants a user and a password with the right to do this ({{status}}); set {USER} and {PASSWORD}, or"
            " write them in ~/.netrc"
        ),
        (
            f"{{to}} đòi tên người dùng và mật khẩu có quyền làm việc này ({{status}}); hãy đặt biến {USER} và"
            f" {PASSWORD}, hoặc ghi vào ~/.netrc"
        ),
    ),
    "busy": (
        UnreachableError,
        "{to} is busy or not ready ({status}); try again later. It says: {words}",
        "{to} đang bận hoặc chưa sẵn sàng ({status}); hãy thử lại sau. Máy chủ báo: {words}",
    ),
    "moved": (
        StoreError,
        "{to} has moved to {there}; use that address",
        "{to} đã chuyển sang {there}; hãy dùng địa chỉ đó",
    ),
    "missing": (
        StoreError,
        "{to} answers no SPARQL ({status}); docs/servers.md shows the addresses of known servers. It says: {words}",
        "{to} không trả lời SPARQL ({status}); docs/servers.md có mẫu địa chỉ. Máy chủ báo: {words}",
    ),
    "failed": (StoreError, "{to} failed ({status}): {words}", "{to} gặp lỗi ({status}): {words}"),
    "strange": (
        StoreError,
        (
            "{to} answered with {kind} where SPARQL results were expected; is it the address for questions? See"
            " docs/servers.md"
        ),
        "{to} trả lời bằng {kind} thay vì kết quả SPARQL; đây có phải địa chỉ để hỏi không? Xem docs/servers.md",
    ),
    "cut": (
        StoreError,
        (
            "{to} gives at most {words} rows to an answer, so this one may not be whole; ask for less, or have"
            " the limit raised (docs/servers.md)"
        ),
        (
            "{to} chỉ trả tối đa {words} dòng nên câu trả lời có thể chưa đủ; hãy thu hẹp câu hỏi, hoặc nhờ tăng giới"
            " hạn (docs/servers.md)"
        ),
    ),
    "partial": (
        QueryError,
        "{to} ran out of its own time and gave only a part; ask for less. It says: {words}",
        "{to} hết thời gian cho phép và chỉ trả một phần; hãy thu hẹp câu hỏi. Máy chủ báo: {words}",
    ),
    "silent": (
        UnreachableError,
        "nothing answers at {where} within {seconds:g} s",
        "{where} không trả lời trong {seconds:g} giây",
    ),
    "stranger": (
        StoreError,
        "the certificate of {where} is not trusted ({words}); SSL_CERT_FILE can name your own authority",
        "chứng chỉ của {where} không đáng tin cậy ({words}); có thể chỉ định CA riêng bằng SSL_CERT_FILE",
    ),
    "nowhere": (UnreachableError, "no machine is called {host}", "không tìm thấy máy {host}"),
    "closed": (
        UnreachableError,
        "nothing answers at {where}; is the server running?",
        "không có gì trả lời tại {where}; máy chủ đã chạy chưa?",
    ),
    "broken": (
        UnreachableError,
        "the connection to {where} broke before the answer was complete; try again",
        "kết nối tới {where} bị ngắt trước khi nhận đủ câu trả lời; hãy thử lại",
    ),
}
"""Case → kind of error, and its words in English and Vietnamese."""


def refusal(case: str, to: Address, **values: object) -> CoopgraphError:
    """Make the error of a case."""
    kind, en, vi = CASES[case]
    known = {"to": to, "where": f"{to.host}:{to.port}", "host": to.host, **values}
    return kind(en.format(**known), vi.format(**known))


def case(status: int) -> str:
    """Name the case of an HTTP status that is no success.

    >>> case(400), case(401), case(404), case(503)
    ('question', 'login', 'missing', 'busy')
    """
    named = {400: "question", 401: "login", 403: "login", 429: "busy", 502: "busy", 503: "busy", 504: "busy"}
    families = {3: "moved", 4: "missing"}
    return named.get(status) or families.get(status // 100, "failed")


def words(raw: bytes) -> str:
    """Give the beginning of a server's own words in one line, without markup.

    >>> words(b"<html><title>x</title><h1>Not  here</h1></html>")
    'Not here'
    """
    text = raw.decode("utf-8", "replace")
    plain = re.sub(r"<(style|script|title)\b.*?</\1>|</?[a-zA-Z!][^>]*>", " ", text, flags=re.DOTALL | re.IGNORECASE)
    shown = "".join(letter if letter.isprintable() else " " for letter in plain)
    return " ".join(shown.split())[:SAID]


@contextmanager
def plainly(to: Address) -> Iterator[None]:
    """Turn what the network raises into errors that a person can act on; what takes too long stays a TimeoutError."""
    try:
        yield
    except TimeoutError:
        raise
    except ssl.SSLCertVerificationError as wrong:
        raise refusal("stranger", to, words=wrong.verify_message) from None
    except socket.gaierror:
        raise refusal("nowhere", to) from None
    except ConnectionRefusedError:
        raise refusal("closed", to) from None
    except (OSError, HTTPException):
        raise refusal("broken", to) from None
