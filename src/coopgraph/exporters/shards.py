"""N-Quads in several files of about one size, for the bulk loaders of large stores."""

import hashlib
import json
import re
import zlib
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from coopgraph.exporters.order import ordered
from coopgraph.model import PROVENANCE
from coopgraph.terms import CGG

MANIFEST: Final = "manifest.json"
CLAIMS: Final = re.compile(rf"<{re.escape(CGG)}(doc-[^/>]+)".encode())
"""The document in the name of a claim graph."""


@dataclass
class Shard:
    """One file of an export: its name, statements, bytes and SHA-256."""

    file: str
    statements: int
    bytes: int
    sha256: str


def write(lines: Iterable[bytes], folder: Path, count: int) -> list[Shard]:
    """Write lines of N-Quads into `count` files of a folder, and their manifest; the same graph gives the same bytes.

    The claim graphs of one document, with their provenance, stand in one file. The default graph, which is the largest,
    is spread over all files by subject; every other graph stands in one.
    """
    shards = [Shard(f"coopgraph-{number:05}-of-{count:05}.nq", 0, 0, "") for number in range(1, count + 1)]
    digests = [hashlib.sha256() for _ in shards]
    with ExitStack() as stack:
        files = [stack.enter_context((folder / shard.file).open("wb")) for shard in shards]
        for graph, text in ordered(lines):
            number = zlib.crc32(_whole(graph, text)) % count
            files[number].write(text)
            digests[number].update(text)
            shards[number].statements += 1
            shards[number].bytes += len(text)
    for shard, digest in zip(shards, digests, strict=True):
        shard.sha256 = digest.hexdigest()
    total = {"format": "application/n-quads", "statements": sum(shard.statements for shard in shards)}
    about = {**total, "shards": [asdict(shard) for shard in shards]}
    (folder / MANIFEST).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8", newline="\n")
    return shards


def _whole(graph: bytes, line: bytes) -> bytes:
    """Name what a statement must stay together with: a document, a graph, or a subject."""
    subject = line.partition(b" ")[0]
    document = CLAIMS.match(subject if graph == str(PROVENANCE).encode() else graph)
    return document[1] if document else graph or subject
