"""Questions are files: a `.rq` file with a header of `#+` lines. Reads them and binds their parameters."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from coopgraph.errors import QueryError
from coopgraph.terms import PREFIXES

HEADER: Final = re.compile(r"^#\+ ?(.*)$", re.MULTILINE)
PARAMETER: Final = r"(?m)^(\s*VALUES \?{name} \{{ *).*?( *\}}.*)$"
FORM: Final = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
TOKEN: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r'|<[^<>"{}|^`\\\s]*>'
    r"|\#[^\n]*"
    r"|[?$]\w+"
    r"|\w*(?:[\w.-]*\w)?:(?:[\w.%:-]*)"
    r"|(?P<word>\w+)"
    r"|.",
    re.DOTALL,
)
"""Splits SPARQL into strings, IRIs, comments, variables, prefixed names, words and the rest."""
REFUSED: Final[Mapping[str, str]] = {
    "SERVICE": "SERVICE would fetch from another server; bring that data into the graph first",
    "LOAD": "LOAD would fetch a file; put the file under data/rdf and build",
    "FROM": "FROM names data to fetch; the graph is already here, use GRAPH for one of its parts",
    "INSERT": "only questions are answered here; change the curated files and build",
    "DELETE": "only questions are answered here; change the curated files and build",
    "CLEAR": "only questions are answered here; change the curated files and build",
    "DROP": "only questions are answered here; change the curated files and build",
    "CREATE": "only questions are answered here; change the curated files and build",
    "COPY": "only questions are answered here; change the curated files and build",
    "MOVE": "only questions are answered here; change the curated files and build",
    "ADD": "only questions are answered here; change the curated files and build",
}
"""Keyword → why it is refused. None of them is a keyword of a plain question."""


@dataclass(frozen=True)
class Parameter:
    """A blank in a question: its name, what kind of value fills it, and its default as it stands in the file."""

    name: str
    kind: str
    label: Mapping[str, str]
    default: str


@dataclass(frozen=True)
class NamedQuery:
    """A `.rq` file: titles, parameters, view, expected rows, and the SPARQL text itself."""

    name: str
    path: str
    text: str
    title: Mapping[str, str] = field(default_factory=dict)
    parameters: tuple[Parameter, ...] = ()
    view: str = "table"
    evidence: tuple[str, ...] = ()
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    message: Mapping[str, str] = field(default_factory=dict)
    severity: str = "violation"
    expect: Mapping[str, Any] = field(default_factory=dict)

    def bind(self, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
        """Give the SPARQL text with each named parameter replaced by an RDF term.

        Raises QueryError for a name that is no parameter of the question.
        """
        text = self.text
        for name, term in values.items():
            text, times = _fill(text, name, str(term))
            if not times:
                known = ", ".join(parameter.name for parameter in self.parameters) or "none"
                raise QueryError(f"question {self.name!r} has no parameter {name!r}; it has: {known}")
        return text


def _fill(text: str, name: str, written: str) -> tuple[str, int]:
    """Put a term, which escapes itself, into the VALUES lines of a parameter."""
    return re.subn(PARAMETER.format(name=re.escape(name)), lambda found: f"{found[1]}{written}{found[2]}", text)


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
    )


def _header(text: str, name: str) -> dict[str, Any]:
    """Read the `#+` lines as YAML."""
    import yaml

    lines = "\n".join(HEADER.findall(text))
    try:
        found = yaml.safe_load(lines)
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


def guard(text: str) -> str:
    """Give the form of a question: SELECT, ASK, CONSTRUCT or DESCRIBE.

    Raises QueryError for anything that would change the graph or reach out of it.

    >>> guard('SELECT * { ?s ?p "SERVICE" }')
    'SELECT'
    """
    words = [match["word"].upper() for match in TOKEN.finditer(text) if match["word"]]
    for word in words:
        if word in REFUSED:
            raise QueryError(f"{word} is not allowed: {REFUSED[word]}")
    form = next((word for word in words if FORM.fullmatch(word)), "")
    if not form:
        raise QueryError(
            "no SELECT, ASK, CONSTRUCT or DESCRIBE found, e.g. SELECT * WHERE { ?s a coop:Agreement } LIMIT 5"
        )
    return form


def prefixed(text: str) -> str:
    """Put in front the prefixes that a text uses without declaring them."""
    declared = set(re.findall(r"(?i)\bPREFIX\s+(\w*):", text))
    used = set(re.findall(r"\b([a-z]+):", text))
    missing = sorted((used & PREFIXES.keys()) - declared)
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in missing) + text
