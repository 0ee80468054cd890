"""Lets only questions through: nothing that changes the graph, or reaches out of it. Free SPARQL comes by here."""

import re
from collections.abc import Mapping
from typing import Final

from coopgraph.errors import QueryError
from coopgraph.terms import PREFIXES

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


def form(text: str) -> str:
    """Give the form of a question: SELECT, ASK, CONSTRUCT or DESCRIBE.

    Raises QueryError for anything that would change the graph or reach out of it.

    >>> form('SELECT * { ?s ?p "SERVICE" }')
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
