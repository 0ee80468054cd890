"""Lets only questions through: nothing that changes the graph, or reaches out of it. Free SPARQL comes by here."""

import re
from collections.abc import Mapping
from typing import Final

from coopgraph.errors import QueryError
from coopgraph.syntax import QUIET
from coopgraph.terms import PREFIXES

FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
REACHING: Final[Mapping[str, Mapping[str, str]]] = {
    "SERVICE": {
        "en": "it would fetch from another server; bring that data into the graph first",
        "vi": "nó sẽ lấy dữ liệu từ máy chủ khác; hãy đưa dữ liệu đó vào đồ thị trước",
    },
    "FROM": {
        "en": "it names data to fetch; the graph is already here, use GRAPH for one of its parts",
        "vi": "nó chỉ định dữ liệu phải tải; đồ thị đã có sẵn, hãy dùng GRAPH cho từng phần",
    },
}
"""Keyword → why it is refused. The parser needs no space around a keyword, so none is asked for here either."""
CHANGING: Final = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH", "USING")


def form(text: str) -> str:
    """Give the form of a question: SELECT, ASK, CONSTRUCT or DESCRIBE.

    Raises QueryError for anything that would change the graph or reach out of it.

    >>> form('SELECT * { ?s ?p "SERVICE" }')
    'SELECT'
    """
    loud = QUIET.sub(_silenced, text).upper()
    for keyword, why in REACHING.items():
        if keyword in loud or "\\U" in loud:
            raise QueryError(f"{keyword} is not allowed: {why['en']}", f"không dùng {keyword}: {why['vi']}")
    words = re.findall(r"[A-Z]+", loud)
    for word in words:
        if word in CHANGING:
            raise QueryError(
                f"{word} is not allowed: only questions are answered; change the curated files and build",
                f"không dùng {word}: ở đây chỉ trả lời câu hỏi; hãy sửa tệp biên tập rồi dựng lại",
            )
    found = next((word for word in words if word in FORMS), "")
    if not found:
        example = "SELECT * WHERE { ?s a coop:Agreement } LIMIT 5"
        raise QueryError(
            f"no SELECT, ASK, CONSTRUCT or DESCRIBE found, e.g. {example}",
            f"không thấy SELECT, ASK, CONSTRUCT hoặc DESCRIBE, ví dụ {example}",
        )
    return found


def _silenced(part: re.Match[str]) -> str:
    """Take out a part in which no keyword can stand; a prefix that could be one stays."""
    prefix = (part["prefix"] or "").upper()
    return part[0] if any(keyword in prefix for keyword in REACHING) else " "


def prefixed(text: str) -> str:
    """Put in front the prefixes that a text uses without declaring them.

    Raises QueryError for a prefix that is neither declared nor ours.
    """
    declared = set(re.findall(r"(?i)\bPREFIX\s+([\w.-]*):", text))
    used = {part["prefix"] for part in QUIET.finditer(text) if part["prefix"]} - {"_"}
    missing = sorted(used - declared)
    if unknown := [name for name in missing if name not in PREFIXES]:
        known = ", ".join(PREFIXES)
        raise QueryError(
            f"prefix {unknown[0]}: is not declared; known without declaring: {known}",
            f"tiền tố {unknown[0]}: chưa được khai báo; các tiền tố có sẵn: {known}",
        )
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in missing) + text
