"""A graph's folder, and where a build leaves its work: lifted files, and the graph, switched in one step at the end."""

import json
import os
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from coopgraph.errors import NotFoundError, StoreError

if TYPE_CHECKING:
    from coopgraph.lifted import Lifted

FOLDERS: Final = ("ontology", "data", "queries")
GRAPH: Final = "graph"
POINTER: Final = "current.json"
VERDICTS: Final = "verdicts.json"
RESPITE: Final = 600
"""Seconds for which a graph that is not in use any more is left alone: a reader or a build may still hold it."""


def where(root: Path | None = None) -> Path:
    """Find the graph's folder: the one named, `COOPGRAPH_ROOT`, the current one, or the one that came with coopgraph.

    Raises NotFoundError when the folder named is no graph's folder.
    """
    named = root or (Path(os.environ["COOPGRAPH_ROOT"]) if os.environ.get("COOPGRAPH_ROOT") else None)
    package = Path(__file__).parent
    for folder in [named] if named else [Path.cwd(), package.parents[1], package / "root"]:
        if all((folder / name).is_dir() for name in FOLDERS):
            return folder
    needed = ", ".join(f"{name}/" for name in FOLDERS)
    raise NotFoundError(
        f"{named} is no graph's folder: it needs {needed}", f"{named} không phải thư mục đồ thị: cần có {needed}"
    )


def home(root: Path) -> Path:
    """Give the folder for what is made of a graph: inside its own, or in the user's cache where that is read-only."""
    named = os.environ.get("COOPGRAPH_CACHE")
    installed = root.parent == Path(__file__).parent
    if not named and not installed and os.access(root, os.W_OK):
        return root / ".coopgraph"
    import hashlib

    base = Path(named or Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "coopgraph")
    return base / hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]


def stamp(root: Path) -> list[Any]:
    """Describe the curated files so that a change is seen without reading them: names, sizes, times."""
    found = []
    for folder in FOLDERS:
        for base, _, names in os.walk(root / folder):
            for name in names:
                about = os.stat(os.path.join(base, name))  # noqa: PTH116, PTH118  # many files: the quick way
                found.append((name, about.st_size, about.st_mtime_ns))
    return [len(found), zlib.crc32(repr(sorted(found)).encode())]


class Cache:
    """Files under one folder; safe to delete at any time."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder = folder
        self.root = root
        self.used: set[str] = set()

    @cached_property
    def code(self) -> str:
        """Digest of our own code and of the ontology: what lifting depends on beside the file."""
        import hashlib

        digest = hashlib.sha256()
        package = Path(__file__).parent
        for path in (*sorted(package.rglob("*.py")), *sorted((self.root / "ontology").glob("*.ttl"))):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def key(self, path: Path, name: str) -> str:
        """Give the key of a curated file: it changes with the file, its name, the ontology and our code."""
        import hashlib

        return hashlib.sha256(f"{self.code}\0{name}\0".encode() + path.read_bytes()).hexdigest()[:32]

    def lifted(self, key: str) -> "Lifted | None":
        """Give what an unchanged file states, or nothing."""
        from coopgraph import lifted

        self.used.add(key)
        try:
            return lifted.read((self.folder / "claims" / key).read_bytes())
        except (OSError, ValueError):
            return None

    def keep(self, key: str, found: "Lifted") -> None:
        """Keep what a file states."""
        try:
            (self.folder / "claims").mkdir(parents=True, exist_ok=True)
            replace(self.folder / "claims" / key, found.kept())
        except OSError as wrong:
            raise StoreError(f"cannot write below {self.folder}: {wrong.strerror or wrong}") from wrong

    def verdicts(self) -> dict[str, Any]:
        """Give what the shapes said of things in the last check, unless our code or the ontology changed since."""
        try:
            kept = json.loads((self.folder / VERDICTS).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return dict(kept["verdicts"]) if isinstance(kept, dict) and kept.get("code") == self.code else {}

    def keep_verdicts(self, verdicts: dict[str, Any]) -> None:
        """Keep what the shapes said."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            kept = json.dumps({"code": self.code, "verdicts": verdicts}, ensure_ascii=False)
            replace(self.folder / VERDICTS, kept.encode())

    def sweep(self) -> None:
        """Forget files that are gone or changed."""
        for path in (self.folder / "claims").glob("*"):
            if path.name not in self.used:
                path.unlink(missing_ok=True)

    def current(self) -> dict[str, Any]:
        """Describe the graph in use: its folder, fingerprint and stamp; empty when there is none."""
        try:
            found = json.loads((self.folder / POINTER).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) and (self.folder / found.get("store", "?")).is_dir() else {}

    def switch(self, make: Callable[[Path], dict[str, Any] | None]) -> None:
        """Let a new graph be made beside the old one, then make it the current one in one step.

        `make` fills the folder it is given and describes the graph; when it gives nothing, or anything happens before
        the last step, the old graph stays in use.
        """
        import secrets
        import shutil

        old = self.current().get("store")
        new = self.folder / f"store-{secrets.token_hex(8)}"
        about = None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                new.mkdir(mode=0o700)
                if about := make(new):
                    replace(self.folder / POINTER, json.dumps({**about, "store": new.name}).encode())
            finally:
                if self.current().get("store") != new.name:
                    shutil.rmtree(new, ignore_errors=True)
        except OSError as wrong:
            raise StoreError(f"the graph cannot be written below {self.folder}: {wrong}") from wrong
        if about:
            self.clear(old, new.name)

    def clear(self, *kept: str | None) -> None:
        """Remove graphs that nobody uses any more; a young one may be another build's that is still at work."""
        import shutil

        for path in self.folder.glob("store-*"):
            with suppress(OSError):
                if path.name not in kept and time.time() - path.stat().st_mtime > RESPITE:
                    shutil.rmtree(path)


def replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    with anew(path) as out:
        out.write(content)


@contextmanager
def anew(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write, which takes the place of the one at the path when it is finished, and else vanishes."""
    with beside(path) as new, new.open("wb") as out:
        yield out


@contextmanager
def folder(path: Path) -> Iterator[Path]:
    """Give a folder to fill, which takes its place at the path when it is finished, and else vanishes.

    Raises StoreError when there is something at the path.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise StoreError(f"{path} exists; name a new folder", f"{path} đã có; hãy nêu thư mục mới")
    path.parent.mkdir(parents=True, exist_ok=True)
    with beside(path.absolute()) as new:
        new.mkdir()
        yield new


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a free name beside a path; what is made there takes its place at the path in the end, or vanishes."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        yield new
        new.replace(path)
    except BaseException:
        import shutil

        shutil.rmtree(new) if new.is_dir() else new.unlink(missing_ok=True)
        raise
