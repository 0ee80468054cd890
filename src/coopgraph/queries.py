"""Questions are files: a `.rq` file with a header of `#+` lines. Reads them and binds their parameters."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyoxigraph as ox

from coopgraph.errors import QueryError
from coopgraph.terms import XSD, expand

HEADER: Final = re.compile(r"^#\+ ?(.*)$", re.MULTILINE)
PREFIXED: Final = re.compile(r"(?<![\w:])[a-z]+:[\w-]+")
PLAIN: Final = ("date", "number", "text")
"""Kinds of parameters whose values are no things."""
LONGEST_NUMBER: Final = 18
"""Digits of a whole number that a question takes."""
PARAMETER: Final = r"(?m)^(\s*VALUES \?{name} \{{ *).*?( *\}}.*)$"


class Parameter(NamedTuple):
    """A blank in a question: its name, what kind of value fills it, and its default as it stands in the file."""

    name: str
    kind: str
    label: Mapping[str, str]
    default: str


class NamedQuery(NamedTuple):
    """A `.rq` file: titles, parameters, view, expected rows, what it gives to briefs, and the SPARQL text itself."""

    name: str
    path: str
    text: str
    title: Mapping[str, str] = {}
    parameters: tuple[Parameter, ...] = ()
    view: str = "table"
    evidence: tuple[str, ...] = ()
    columns: Mapping[str, Mapping[str, str]] = {}
    message: Mapping[str, str] = {}
    severity: str = "violation"
    expect: Mapping[str, Any] = {}
    brief: tuple[Mapping[str, Any], ...] = ()

    def properties(self) -> frozenset[str]:
        """List the IRIs that the query names with a prefix: what it asks about."""
        return frozenset(expand(name) for name in PREFIXED.findall(HEADER.sub("", self.text)))

    def bind(self, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
        """Give the SPARQL text with each named parameter replaced by an RDF term.

        Raises QueryError for a name that is no parameter of the question.
        """
        text = self.text
        for name, term in values.items():
            text = _fill(text, self.parameter(name).name, str(term))
        return text

    def parameter(self, name: str) -> Parameter:
        """Give the parameter of that name.

        Raises QueryError for a name that is no parameter of the question.
        """
        found = {parameter.name: parameter for parameter in self.parameters}
        if name not in found:
            known = ", ".join(found) or "none"
            raise QueryError(
                f"question {self.name!r} has no parameter {name!r}; it has: {known}",
                f"câu hỏi {self.name!r} không có tham số {name!r}; các tham số: {known}",
            )
        return found[name]


def value(parameter: Parameter, given: str, resolve: Callable[[str], str]) -> ox.NamedNode | ox.Literal:
    """Read a parameter's value by its kind; `resolve` gives the IRI of a thing.

    Raises QueryError with an example.
    """
    if parameter.kind == "date":
        return day(given)
    if parameter.kind == "number":
        if not (given.isascii() and given.removeprefix("-").isdigit() and len(given) < LONGEST_NUMBER):
            raise QueryError(
                f"{parameter.name}: {given!r} is not a whole number like 21",
                f"{parameter.name}: {given!r} không phải số nguyên như 21",
            )
        return ox.Literal(int(given))
    return ox.Literal(given) if parameter.kind == "text" else ox.NamedNode(resolve(given))


def day(text: str) -> ox.Literal:
    """Read the date that a question asks about; it must be a full day.

    Raises QueryError with an example.
    """
    from coopgraph import dates

    if dates.read(text) != XSD + "date":
        raise QueryError(
            f"{text!r} is not a full date like 2022-08-05", f"{text!r} không phải ngày đầy đủ dạng 2022-08-05"
        )
    return ox.Literal(text, datatype=ox.NamedNode(XSD + "date"))


def _fill(text: str, name: str, written: str) -> str:
    """Put a term, which escapes itself, into the VALUES lines of a parameter."""
    return re.sub(PARAMETER.format(name=re.escape(name)), lambda found: f"{found[1]}{written}{found[2]}", text)


def read(path: Path, root: Path) -> NamedQuery:
    """Read a question file.

    Raises QueryError when the header is no YAML mapping or has no title.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise QueryError(f"{path}: cannot be read: {wrong}") from wrong
    name = path.relative_to(root).as_posix()
    header = _header(text, name)
    title = header.get("title")
    if not isinstance(title, dict) or not {"vi", "en"} <= title.keys():
        raise QueryError(f'{name}: the header needs titles: #+ title: {{en: "…", vi: "…"}}')
    return NamedQuery(
        name=path.stem,
        path=name,
        text=text,
        title=title,
        parameters=tuple(_parameter(key, value, text, name) for key, value in header.get("parameters", {}).items()),
        view=str(header.get("view", "table")),
        evidence=tuple(header.get("evidence", ())),
        columns=header.get("columns", {}),
        message=header.get("message", title),
        severity=str(header.get("severity", "violation")),
        expect=header.get("expect", {}),
        brief=tuple(header.get("brief", ())),
    )


def _header(text: str, name: str) -> dict[str, Any]:
    """Read the `#+` lines as YAML."""
    import yaml

    lines = "\n".join(HEADER.findall(text))
    try:
        found = yaml.load(lines, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe
    except yaml.YAMLError as wrong:
        raise QueryError(f"{name}: the #+ header is not YAML: {str(wrong).replace(chr(10), ' ')}") from wrong
    if not isinstance(found, dict):
        raise QueryError(f'{name}: the header is missing; start with #+ title: {{en: "…", vi: "…"}}')
    return found


def _parameter(key: str, about: Mapping[str, Any], text: str, name: str) -> Parameter:
    """Read one parameter; its default is the VALUES line of the query itself."""
    line = re.search(PARAMETER.format(name=re.escape(key)), text)
    if not line:
        raise QueryError(f"{name}: parameter {key!r} needs a line of its own: VALUES ?{key} {{ … }}")
    default = line[0].partition("{")[2].rpartition("}")[0].strip()
    return Parameter(key, str(about.get("kind", "text")), about.get("label", {"en": key, "vi": key}), default)


def library(root: Path, folder: str = "") -> dict[str, NamedQuery]:
    """Read the question files of a folder below `queries/`, by name."""
    base = root / "queries" / folder
    return {query.name: query for path in sorted(base.glob("*.rq")) for query in [read(path, root)]}
