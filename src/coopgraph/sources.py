"""Finds and reads curated files, strictly: UTF-8, NFC, no surprises of YAML, every value with its line."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import yaml

from coopgraph.model import Fields, Issue, Node, Text, Where, problem

MAX_BYTES: Final = 50_000_000
"""Largest YAML or RDF file that is read."""
MAX_LINE: Final = 100_000
"""Longest line that is read, in characters."""
MAX_DEPTH: Final = 20
"""Deepest nesting of a YAML file; curated files need six."""
INVISIBLE: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
"""Control and direction marks: they hide in names and turn text around."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the C reader where libyaml is there
    """A YAML reader whose scalars stay text; only its node tree is used."""


def text(path: Path, name: str) -> str | Issue:
    """Read a file as UTF-8 text in NFC, or say what is wrong with it."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return problem("size", Where(name, 1), size=path.stat().st_size, limit=MAX_BYTES)
        raw = path.read_bytes()
    except OSError as wrong:
        return problem("no-file", Where(name, 1), reason=wrong.strerror)
    if raw.startswith(b"\xef\xbb\xbf"):
        return problem("bom", Where(name, 1))
    try:
        found = raw.decode("utf-8")
    except UnicodeDecodeError as wrong:
        return problem("encoding", Where(name, raw.count(b"\n", 0, wrong.start) + 1), reason=wrong.reason)
    return unfit(found, name) or found


def readable(text: str) -> bool:
    """Tell whether a text is in NFC and hides nothing."""
    return unicodedata.is_normalized("NFC", text) and not INVISIBLE.search(text)


def unfit(found: str, name: str, before: int = 0) -> Issue | None:
    """Find the first thing that we do not read in a text, `before` lines after the file's beginning."""
    if not found.strip():
        return problem("empty", Where(name, 1))
    quick = readable(found)
    for number, line in enumerate(found.split("\n"), before + 1):
        if len(line) > MAX_LINE:
            return problem("line-length", Where(name, number), length=len(line), limit=MAX_LINE)
        if not quick and (hidden := INVISIBLE.search(line)):
            return problem("invisible", Where(name, number), point=ord(hidden[0]))
        if not quick and not unicodedata.is_normalized("NFC", line):
            return problem("nfc", Where(name, number), value=line.strip()[:60])
    return None


def documents(source: str, name: str) -> Iterator[Fields | Issue]:
    """Read the YAML documents of a file as mappings; an issue ends the file."""
    try:
        if strange := _strange(source, name):
            yield strange
            return
        for node in yaml.compose_all(source, Loader=_Loader):
            if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
                continue
            issues: list[Issue] = []
            found = _node(node, name, issues)
            yield from issues
            if isinstance(found, Fields) and not issues:
                yield found
            elif not issues:
                said = found.value[:60] if isinstance(found, Text) else "a list"
                yield problem("not-a-record", Where(name, node.start_mark.line + 1), value=said)
    except yaml.YAMLError as wrong:
        yield _broken(wrong, source, name)


def _strange(source: str, name: str) -> Issue | None:
    """Find the first thing of YAML that is not used here: aliases, tags, endless nesting."""
    depth = 0
    for event in yaml.parse(source, Loader=_Loader):
        where = Where(name, (event.start_mark.line if event.start_mark else 0) + 1)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return problem("alias", where)
        if tag := getattr(event, "tag", None):
            return problem("tag", where, value=tag)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            return problem("depth", where, limit=MAX_DEPTH)
    return None


def _broken(wrong: yaml.YAMLError, source: str, name: str) -> Issue:
    """Say in plain words where the YAML is broken."""
    mark = getattr(wrong, "problem_mark", None)
    number = mark.line + 1 if mark else 1
    lines = source.split("\n")
    here = lines[number - 1] if number <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return problem("tab", Where(name, number))
    reason = getattr(wrong, "problem", None) or str(wrong)
    return problem("yaml", Where(name, number), reason=str(reason).replace("\n", " "))


def _node(node: yaml.Node, name: str, issues: list[Issue]) -> Node:
    """Turn a YAML node into text, mapping or list with lines."""
    if isinstance(node, yaml.ScalarNode):
        return Text(node.value, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return tuple(_node(item, name, issues) for item in node.value)
    return _fields(node, name, issues)


def _fields(node: yaml.Node, name: str, issues: list[Issue]) -> Fields:
    """Turn a YAML mapping into fields; a key that stands twice is a mistake, not an overwrite."""
    lines: dict[str, int] = {}
    items: list[tuple[Text, Node]] = []
    for key, value in node.value:
        line = key.start_mark.line + 1
        word = key.value if isinstance(key, yaml.ScalarNode) else "?"
        if word in lines:
            issues.append(problem("duplicate-key", Where(name, line), key=word, first=lines[word]))
        lines.setdefault(word, line)
        items.append((Text(word, line), _node(value, name, issues)))
    return Fields(tuple(items), node.start_mark.line + 1)


Row = tuple[int, list[str]]
"""A row of a table: its last line in the file, and its cells."""


def rows(path: Path, name: str) -> Iterator[Fields | Issue]:
    """Stream the rows of a CSV file as fields, empty cells among them."""
    found = _table(path, name)
    head = _keys(next(found, (1, [])), name)
    if isinstance(head, Issue):
        yield head
        return
    for row in found:
        yield row if isinstance(row, Issue) else fields(head, name, *row)


def header(path: Path, name: str) -> list[str] | Issue:
    """Read the keys in the first row of a CSV file."""
    return _keys(next(_table(path, name), (1, [])), name)


def _keys(row: Row | Issue, name: str) -> list[str] | Issue:
    """Take a row as the header; a key that stands twice is a mistake."""
    if isinstance(row, Issue):
        return row
    twice = next((key for key in row[1] if row[1].count(key) > 1), None)
    return row[1] if twice is None else problem("duplicate-key", Where(name, 1), key=twice, first=1)


def _table(path: Path, name: str) -> Iterator[Row | Issue]:
    """Read a CSV file row by row; an issue ends it."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            yield from cells(_clean(stream, name), name)
    except _UnfitError as wrong:
        yield wrong.issue
    except UnicodeDecodeError:
        broken = text(path, name)
        if isinstance(broken, Issue):
            yield broken
    except OSError as wrong:
        yield problem("no-file", Where(name, 1), reason=wrong.strerror)


def cells(lines: Iterable[str], name: str, before: int = 0) -> Iterator[Row | Issue]:
    """Split lines of CSV into rows; `before` lines stand above them in the file."""
    reader = csv.reader(lines, strict=True)
    try:
        for row in filter(None, reader):
            yield before + reader.line_num, row
    except csv.Error as wrong:
        yield problem("csv", Where(name, before + reader.line_num), reason=str(wrong))


def fields(header: Sequence[str], name: str, line: int, row: Sequence[str]) -> Fields | Issue:
    """Put the header's keys to the cells of a row."""
    if len(row) != len(header):
        return problem("columns", Where(name, line), found=len(row), wanted=len(header))
    pairs = ((Text(key, line), Text(cell.strip(), line)) for key, cell in zip(header, row, strict=True))
    return Fields(tuple(pairs), line)


class _UnfitError(Exception):
    """Carries an issue out of the line stream that the csv module reads."""

    def __init__(self, issue: Issue) -> None:
        super().__init__()
        self.issue = issue


def _clean(stream: Iterator[str], name: str) -> Iterator[str]:
    """Pass lines on while they are fit to read."""
    number = 0
    for number, line in enumerate(stream, 1):
        if number == 1 and line.startswith("\ufeff"):
            raise _UnfitError(problem("bom", Where(name, 1)))
        if line.strip() and (wrong := unfit(line, name, number - 1)):
            raise _UnfitError(wrong)
        yield line
    if not number:
        raise _UnfitError(problem("empty", Where(name, 1)))
