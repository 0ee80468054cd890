"""What a brief is made of: values only, all text in one language, every fact with the numbers of its sources."""

from dataclasses import dataclass

from coopgraph.views.model import MapModel


@dataclass(frozen=True)
class Cite:
    """One citation: the number of a document, and the places in it that say so, in words."""

    number: int
    places: str


@dataclass(frozen=True)
class Row:
    """One line of a table. `more` counts the sources that are not cited; `doubtful`: no source states it firmly."""

    cells: tuple[str, ...]
    cites: tuple[Cite, ...] = ()
    more: int = 0
    doubtful: bool = False


@dataclass(frozen=True)
class Bars:
    """Counts by year, each split by kind; `undated` counts what has no year."""

    kinds: tuple[str, ...]
    years: tuple[tuple[str, tuple[int, ...]], ...]
    undated: int = 0


@dataclass(frozen=True)
class Section:
    """One part of a brief: what a question answers about the subject.

    `counted` names what `total` counts, `left` says what is not listed and `command` shows it; `items`: as a list.
    """

    title: str
    counted: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int
    items: bool = False
    sureness: tuple[tuple[str, int], ...] = ()
    left: str = ""
    command: str = ""
    bars: Bars | None = None


@dataclass(frozen=True)
class Statement:
    """What one side of a disagreement says, and who says it."""

    text: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True)
class Conflict:
    """One point on which sources disagree and nobody has decided."""

    about: str
    property: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Reference:
    """One entry of the bibliography; "" for what is not known, `address` only when it leads to the web."""

    number: int
    title: str
    publisher: str
    issued: str
    places: str
    address: str


@dataclass(frozen=True)
class Brief:
    """A whole brief in one language. `given`: somebody named its day; else it is the day of the newest source."""

    lang: str
    title: str
    subtitle: str
    kind: str
    as_of: str
    given: bool
    made: str
    facts: tuple[Row, ...]
    sections: tuple[Section, ...]
    conflicts: tuple[Conflict, ...]
    references: tuple[Reference, ...]
    map: MapModel
    subjects: tuple[str, ...]

    def __str__(self) -> str:
        """Write it as Markdown."""
        from coopgraph.briefs.plain import markdown

        return markdown(self)

    def _repr_html_(self) -> str:
        """Show it in a notebook as the page that it is."""
        from coopgraph.briefs.paper import html
        from coopgraph.notebook import Page

        return Page(html(self))._repr_html_()
