"""What differs between SPARQL servers, all of it: where the accepted view lies, how a question is put, what comes back.

On a server with a default graph of its own (Oxigraph, Fuseki, Stardog …) the accepted view can lie in it, as it does
in the embedded store. Others (Virtuoso, GraphDB, RDF4J, Neptune, QLever …) show all named graphs in their default
graph, where a fact counts once per graph that holds it; there the accepted view is a named graph as well, and every
question is put inside that graph. `GRAPH` inside it works as ever, so question files need no change.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar, cast

import pyoxigraph as ox

from coopgraph.errors import QueryError
from coopgraph.model import ACCEPTED, Table, Term
from coopgraph.syntax import QUIET
from coopgraph.terms import XSD

T = TypeVar("T", bound=Term | None)
JSON: Final = "application/sparql-results+json"
XML: Final = "application/sparql-results+xml"
STEADY: Final = 'define sql:select-option "order"\n'
"""Has Virtuoso join in the order of the question: its own order gives other rows for some questions."""
SHORT: Final = re.compile(r"\bCONSTRUCT\s+(WHERE\s*)$", re.IGNORECASE)
"""Beginning of a CONSTRUCT WHERE { … }, whose pattern is its template."""
UNDEFINED: Final = re.compile(r"\bVALUES\s+[?$]\w+\s*\{\s*UNDEF\s*\}", re.IGNORECASE)
BEYOND: Final = re.compile(r"(?m)^#\+ portable: false$")
"""Line of a question file that says: not every server answers this rightly."""
YEARS: Final = re.compile(r"\bYEAR\(([?$]\w+)\)", re.IGNORECASE)
"""The year of a variable, which Virtuoso asks even of what is unbound, and then fails."""
YEAR: Final = rf"<{XSD}integer>(SUBSTR(STR(\1), 1, 4))"
FORM: Final = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
CUT: Final = "X-SPARQL-MaxRows"
"""Header with which Virtuoso tells that it gave as many rows as it gives at most."""
PARTIAL: Final = "X-SQL-Message"
"""Header with which Virtuoso tells that it ran out of time and gives what it has."""
ASKED: Final = "__ASK_RETVAL"
"""Name of the column in which Virtuoso answers an ASK."""
PARTS: Final = {"gYear": "-01-01", "gYearMonth": "-01", "date": ""}
"""Kind of date → what it lacks of a day, as Virtuoso reads it."""
NUMBERS: Final = ("integer", "decimal", "double", "float")
BOOLEANS: Final = {"1": "true", "0": "false"}
BOOLEAN: Final = ox.NamedNode(XSD + "boolean")
TARGETS: Final = re.compile(r"<[^<>\s]*>|[?$]\w+|[\w.-]*:[\w.%-]*|\*")


@dataclass(frozen=True)
class Dialect:
    """How one server wants to be asked. `named`: the accepted view lies in a named graph."""

    server: str = ""
    named: bool = False

    @property
    def virtuoso(self) -> bool:
        """Tell whether this is Virtuoso, whose ways need most care."""
        return "Virtuoso" in self.server

    @property
    def rows(self) -> str:
        """Give the form in which rows are asked for; Virtuoso writes JSON slowly, and booleans in it as numbers."""
        return XML if self.virtuoso else f"{JSON}, {XML};q=0.8"

    def beyond(self, text: str) -> bool:
        """Tell whether a question is more than this server answers rightly, as its file says and tests have shown."""
        return self.virtuoso and bool(BEYOND.search(text))

    def question(self, text: str) -> str:
        """Write a question the way the server needs it."""
        if self.virtuoso:
            text = _replaced(_replaced(text, UNDEFINED, ""), YEARS, YEAR)
        text = _described(text)
        if self.named:
            text = within(text, ACCEPTED)
        return STEADY + text if self.virtuoso else text

    def unkept(self, quads: Iterable[ox.Quad]) -> frozenset[ox.Quad]:
        """Find the statements that the server cannot hold beside others, because it takes their values for equal.

        To Virtuoso 2019, 2019-01 and 2019-01-01 are one date, and 1 and true one number, when the same thing has both
        for the same property in the same graph. The longest is kept, being the most exact.
        """
        if not self.virtuoso:
            return frozenset()
        best: dict[tuple[object, ...], tuple[int, str, ox.Quad]] = {}
        lost = set()
        for quad in quads:
            if isinstance(quad.object, ox.Literal) and (value := _value(quad.object)) is not None:
                key = (quad.graph_name, quad.subject, quad.predicate, value)
                one = len(quad.object.value), str(quad), quad
                first, last = sorted((best.get(key, one), one), key=lambda item: item[:2])
                best[key] = last
                lost |= {first[2]} - {last[2]}
        return frozenset(lost)


def _value(literal: ox.Literal) -> object:
    """Give what Virtuoso compares of a date or a number; nothing for other literals."""
    kind, text = literal.datatype.value.removeprefix(XSD), literal.value
    if kind in PARTS:
        return "date", text + PARTS[kind]
    if kind in NUMBERS:
        return "number", float(text)
    return ("number", float(text == "true")) if kind == "boolean" else None


def plain(found: T) -> T:
    """Give a term as the embedded store writes it."""
    if isinstance(found, ox.Literal) and found.datatype == BOOLEAN:
        return cast("T", ox.Literal(BOOLEANS.get(found.value, found.value), datatype=BOOLEAN))
    return found


def yes_or_no(table: Table) -> Table:
    """Give the answer to an ASK as the embedded store gives it; Virtuoso gives a row with 1 for yes, none for no."""
    if table.columns != (ASKED,):
        return table
    yes = any(getattr(row[0], "value", "") == "1" for row in table.rows)
    return Table(("answer",), ((ox.Literal(yes),),))


def within(text: str, graph: ox.NamedNode) -> str:
    """Ask a question inside a named graph instead of the default graph.

    >>> within("ASK { ?s a <x:y> }", ox.NamedNode("x:g"))
    'ASK { GRAPH <x:g> { ?s a <x:y> } }'
    """
    bare, done = _bare(text), 0
    parts = []
    for start, end in _patterns(bare):
        head, group = text[done:start], text[start:end]
        if short := SHORT.search(bare[done:start]):
            head = f"{head[: short.start(1)]}{group} WHERE "
        parts.append(f"{head}{{ GRAPH {graph} {group} }}")
        done = end
    return "".join([*parts, text[done:]])


def _bare(text: str) -> str:
    """Blank out strings, names, variables and comments; places stay the same."""
    return QUIET.sub(lambda part: " " * len(part[0]), text)


def _replaced(text: str, pattern: re.Pattern[str], by: str) -> str:
    """Replace what matches a pattern, unless it stands in a string or a comment."""
    bare = _bare(text)
    return pattern.sub(lambda part: part[0] if bare[part.start()] == " " else part.expand(by), text)


def _patterns(bare: str) -> Iterator[tuple[int, int]]:
    """Find the outermost groups that look for something: the main one, and those of EXISTS around it."""
    template = bool(re.search(r"\bCONSTRUCT\s*\{", bare, re.IGNORECASE))
    main = False
    for start, end, inner in _groups(bare):
        if template and not inner:
            template = False
        elif inner or not main:
            main |= not inner
            yield start, end
    if not main:
        raise QueryError("the question has no { … } to look for", "câu hỏi không có phần { … } cần tìm")


def _groups(bare: str) -> Iterator[tuple[int, int, bool]]:
    """Find the outermost groups in braces, and whether they stand in parentheses, as those of EXISTS do."""
    depth = level = start = 0
    for at, letter in enumerate(bare):
        depth += (letter == "(") - (letter == ")") if level == 0 else 0
        level += (letter == "{") - (letter == "}")
        if letter == "{" and level == 1:
            start = at
        if letter == "}" and level == 0:
            yield start, at + 1, depth > 0


def _described(text: str) -> str:
    """Turn DESCRIBE, which means something else on every server, into what the embedded store makes of it."""
    bare = _bare(text)
    head = FORM.search(bare)
    if not head or head[1].upper() != "DESCRIBE":
        return text
    rest = re.search(r"\bWHERE\b|\{|\b(?:ORDER|GROUP|LIMIT|OFFSET|HAVING)\b", bare[head.end() :], re.IGNORECASE)
    split = head.end() + rest.start() if rest else len(text)
    targets = TARGETS.findall(re.sub(r"(?m)(?<![\w/>])#.*$", "", text[head.end() : split]))
    if "*" in targets:
        raise QueryError(
            "DESCRIBE * is not asked of servers; name what to describe", "hãy nêu rõ đối tượng cần DESCRIBE"
        )
    tail = text[split:]
    chosen = [f"SELECT ({name} AS ?described) {tail}" for name in targets if name.startswith(("?", "$"))]
    named = " ".join(name for name in targets if not name.startswith(("?", "$")))
    inner = [f"{{ {select} }}" for select in chosen] + [f"VALUES ?described {{ {named} }}"] * bool(named)
    found = " UNION ".join(f"{{ {part} ?described ?p ?o }}" for part in inner)
    return f"{text[: head.start()]}CONSTRUCT {{ ?described ?p ?o }} WHERE {{ {found} }}"
