"""The process that answers questions for a `Limited` store: it can be ended, and its memory has a ceiling.

Run as `python -m coopgraph.stores.worker FOLDER MEGABYTES COPY`. Questions come on standard input, answers leave on
standard output; both are frames: one letter, the length in four bytes, the text.
"""

import io
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from coopgraph.errors import CoopgraphError
from coopgraph.stores.embedded import copied, opened

ROWS, YES_NO, TRIPLES, WRONG, QUESTION = b"R", b"B", b"T", b"E", b"Q"
"""What a frame holds: rows as TSV, a boolean as JSON, triples as N-Triples, a message, a SPARQL question."""
STATUS: Final = Path("/proc/self/status")
TSV: Final = ox.QueryResultsFormat.TSV
JSON: Final = ox.QueryResultsFormat.JSON


MOST: Final = 200_000_000
"""Bytes of the longest answer."""


class TooLongError(Exception):
    """An answer is longer than can be given."""


class _Capped(io.BytesIO):
    """Takes so many bytes and no more."""

    def write(self, text: object) -> int:
        if self.tell() > MOST:
            raise TooLongError
        return super().write(text)  # type: ignore[arg-type]  # bytes of any kind


def send(stream: BinaryIO, kind: bytes, text: bytes) -> None:
    """Write one frame."""
    stream.write(kind + len(text).to_bytes(4, "big"))
    stream.write(text)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[bytes, bytes]:
    """Read one frame; two empty texts when the other side is gone."""
    head = stream.read(5)
    text = stream.read(int.from_bytes(head[1:], "big")) if len(head) == 5 else b""  # noqa: PLR2004  # letter and length
    return head[:1], text


def cap(megabytes: int) -> None:
    """Keep this process from taking so much more memory than now; systems without such a limit go on without it."""
    with suppress(ImportError, ValueError, OSError, IndexError):
        import resource

        now = int(STATUS.read_text(encoding="ascii").partition("VmData:")[2].split()[0]) * 1024
        most = now + megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def answer(store: ox.Store, sparql: str) -> tuple[bytes, bytes]:
    """Answer a question in the form that can be sent."""
    found, text = store.query(sparql), _Capped()
    if isinstance(found, ox.QuerySolutions):
        found.serialize(text, format=TSV)
        return ROWS, text.getvalue()
    if isinstance(found, ox.QueryBoolean):
        found.serialize(text, format=JSON)
        return YES_NO, text.getvalue()
    found.serialize(text, format=ox.RdfFormat.N_TRIPLES)
    return TRIPLES, text.getvalue()


def main() -> None:
    """Answer until there are no more questions."""
    folder, megabytes, copy = sys.argv[1:]
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    try:
        store = copied(Path(folder)) if copy == "copy" else opened(Path(folder)).inner
        cap(int(megabytes))
    except CoopgraphError as wrong:
        send(answers, WRONG, f"store\n{wrong}".encode())
        return
    while (frame := receive(questions))[0]:
        try:
            kind, text = answer(store, frame[1].decode())
        except SyntaxError as wrong:
            kind, text = WRONG, f"sparql\n{wrong.args[0]}".encode()
        except TooLongError:
            kind, text = WRONG, b"long\n"
        except (OSError, RuntimeError) as wrong:
            kind, text = WRONG, f"store\n{wrong}".encode()
        except MemoryError:
            return
        send(answers, kind, text)


if __name__ == "__main__":
    main()
