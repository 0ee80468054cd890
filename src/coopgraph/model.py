"""The values that flow along the line; no input, no output."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import pyoxigraph as ox

from coopgraph import notebook
from coopgraph.terms import CGG, shrink

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
"""What a subject, an object or a cell of an answer can be."""

PROVENANCE: Final = ox.NamedNode(CGG + "provenance")
"""Graph of the claim graphs' own descriptions: source, locator, mode, confidence, speaker."""
DOCUMENTS: Final = ox.NamedNode(CGG + "documents")
"""Graph of the source documents' passports."""
REGISTRY: Final = ox.NamedNode(CGG + "registry")
"""Graph of the registry rows: who and what exists."""
DECISIONS: Final = ox.NamedNode(CGG + "decisions")
"""Graph of the curators' decisions."""
ONTOLOGY: Final = ox.NamedNode(CGG + "ontology")
"""Graph of the ontology and the vocabulary."""
ACCEPTED: Final = ox.NamedNode(CGG + "accepted")
"""Graph of the accepted view on a server that has no default graph of its own."""
PUBLICATION: Final = ox.NamedNode(CGG + "publication")
"""Graph, on a server, of what is known about the publication itself; no part of the graph that is published."""
DERIVED: Final = CGG + "derived/"
"""Start of the names of the graphs that rules fill."""


class Where(NamedTuple):
    """A place in a curated file: path relative to the graph's folder, line counted from 1."""

    path: str
    line: int

    def __str__(self) -> str:
        """Show it as editors and terminals link it."""
        return f"{self.path}:{self.line}"


class _Parts:
    """Equal to what has the same parts. Like a data class, but every command would have to wait while one is made."""

    __slots__: tuple[str, ...] = ()

    def _parts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    def __eq__(self, other: object) -> bool:
        """Tell whether something else is of the same kind and has the same parts."""
        return isinstance(other, _Parts) and type(other) is type(self) and self._parts() == other._parts()

    def __hash__(self) -> int:
        """Give the same number for what is equal."""
        return hash(tuple(self._parts().values()))

    def __repr__(self) -> str:
        """Show what it was made of."""
        return f"{type(self).__name__}({', '.join(f'{name}={part!r}' for name, part in self._parts().items())})"


class Text(_Parts):
    """A scalar as it stands in the file, and its line."""

    __slots__ = ("value", "line")  # noqa: RUF023  # in the order of the arguments

    def __init__(self, value: str, line: int) -> None:
        self.value = value
        self.line = line


class Fields(_Parts):
    """A mapping as it stands in the file: keys with lines, in order."""

    __slots__ = ("items", "line")

    def __init__(self, items: tuple[tuple[Text, "Node"], ...], line: int) -> None:
        self.items = items
        self.line = line

    def __iter__(self) -> Iterator[tuple[Text, "Node"]]:
        """Go through keys and values in the order of the file."""
        return iter(self.items)

    def get(self, key: str) -> "Node | None":
        """Give the value of a key, or nothing."""
        return next((value for name, value in self.items if name.value == key), None)


Node = Text | Fields | tuple["Node", ...]
"""What a curated file is made of: text, mapping or list."""


def placed(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    """Give a triple as a statement of a graph."""
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


class Record(NamedTuple):
    """One curated description, and the graph that its statements go into."""

    fields: Fields
    graph: ox.NamedNode
    path: str


class Claim(NamedTuple):
    """One statement with its graph, and where it was written."""

    quad: ox.Quad
    where: Where


class Issue(NamedTuple):
    """A problem with data, in the words of the curated file, in Vietnamese and English."""

    severity: str
    text: Mapping[str, str]
    where: Where | None = None
    subject: str = ""

    def show(self, lang: str) -> str:
        """Give the one line that a person reads."""
        place = f"{self.where}: " if self.where else (f"{self.subject}: " if self.subject else "")
        return f"{place}{self.text[lang]}"


def problem(code: str, where: Where | None, known: Iterable[str] = (), **values: object) -> Issue:
    """Make the issue of that code; the words stand in `messages.py`. `known` names are the ones to suggest from."""
    from coopgraph.messages import MESSAGES, closest, hint

    near = closest(str(values.get("value", values.get("key", ""))), known)
    texts = {lang: text.format(hint=hint(near, lang), **values) for lang, text in MESSAGES[code].items()}
    return Issue("error", texts, where)


class Table(_Parts):
    """Columns and rows of RDF terms: the one answer type. `labels` names the things in it.

    It is never changed.
    """

    __slots__ = ("columns", "rows", "title", "labels", "sources")  # noqa: RUF023  # in the order of the arguments

    def __init__(
        self,
        columns: tuple[str, ...],
        rows: tuple[tuple[Term | None, ...], ...],
        title: str = "",
        labels: Mapping[str, str] = {},  # never changed
        sources: tuple[tuple["Evidence", ...], ...] = (),
    ) -> None:
        self.columns = columns
        self.rows = rows
        self.title = title
        self.labels = labels
        self.sources = sources

    def but(self, **changes: Any) -> "Table":  # noqa: ANN401  # values of any attribute
        """Give the same table with other values of some attributes."""
        return Table(**{**self._parts(), **changes})

    def hide(self, names: Sequence[str]) -> "Table":
        """Leave out the columns that only carry evidence."""
        keep = [i for i, name in enumerate(self.columns) if name not in names]
        rows = tuple(tuple(row[i] for i in keep) for row in self.rows)
        return Table(tuple(self.columns[i] for i in keep), rows, self.title, self.labels, self.sources)

    def sorted(self) -> "Table":
        """Put the rows into the order of their cells."""
        return self.but(rows=tuple(sorted(self.rows, key=lambda row: tuple(map(str, row)))))

    def _repr_html_(self) -> str:
        """Show the answer in a notebook, with its sources in the last column."""
        heads = [*self.columns, *(["sources"] if self.sources else [])]
        rows = [[shown(self, term) for term in row] for row in self.rows]
        sources = ["; ".join(map(short, found)) for found in self.sources]
        whole = [[*row, found] for row, found in zip(rows, sources, strict=True)] if sources else rows
        return notebook.table(self.title, heads, whole)


def cell(term: Term | None) -> str:
    """Give a cell's plain value: an id or prefixed name, or a literal's text."""
    if isinstance(term, ox.NamedNode):
        return shrink(term.value)
    return term.value if isinstance(term, ox.Literal | ox.BlankNode) else ("" if term is None else str(term))


def shown(table: Table, term: Term | None) -> str:
    """Give what a person reads in a cell: the thing's name, or the literal's text, safe for a terminal."""
    text = table.labels.get(term.value, shrink(term.value)) if isinstance(term, ox.NamedNode) else cell(term)
    return printable(text)


def printable(text: str) -> str:
    """Give a text with a space for every character that shows nothing, so that no terminal is steered by it."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


class Evidence(NamedTuple):
    """Who says so, and where: one claim graph, described."""

    document: str
    place: str
    mode: str = "stated"
    confidence: str = ""
    speaker: str = ""


def short(evidence: Evidence) -> str:
    """Write a claim's source the way curators do: document and place.

    >>> short(Evidence("doc-x", "L5s9", "inferred", "low"))
    'doc-x L5s9~inferred~low'
    """
    mode = "~inferred" if evidence.mode == "inferred" else ""
    return f"{evidence.document} {evidence.place}{mode}" + (f"~{evidence.confidence}" if evidence.confidence else "")
