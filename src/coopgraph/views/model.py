"""What a page shows: entities, relations, the sources behind them.  Values only, almost all text."""

from dataclasses import dataclass, field

KINDS = ("country", "ministry", "institute", "person", "agreement", "meeting", "topic", "other")
"""The classes of entities a map tells apart, in the order of its legend."""

FAMILIES = ("structure", "agreement", "meeting", "theme")
"""The families of relations, in the order of the legend."""

Labels = dict[str, str]
"""One text in several languages, by language code: `{"vi": "Lào", "en": "Lao PDR"}`."""


@dataclass(frozen=True)
class Source:
    """The passport of one source document; "" where a field is not known."""

    id: str
    title: str
    publisher: str
    issued: str
    url: str


@dataclass(frozen=True)
class Evidence:
    """One place of one source that says something; mode is "stated" or "inferred"."""

    source: str
    place: str
    mode: str
    confidence: str
    speaker: str


@dataclass(frozen=True)
class Fact:
    """One property of an entity: its name, the text to show, and the entity it leads to ("" if none).

    A value that is told by what it holds has `parts`, each a name and a text, in place of one text.
    """

    labels: Labels
    value: Labels
    target: str
    evidence: tuple[Evidence, ...]
    parts: tuple[tuple[Labels, Labels], ...] = ()


@dataclass(frozen=True)
class Node:
    """One entity.  country is the id of its home country or ""; start and end are ISO dates or "".

    `when` is the time as the sources give it, such as 2022-08 or 2023-06-01–2026-12-31; it is shown, the others count.
    `weight` is what an analysis measured (drawn as size), `group` the id of the `Group` it found (drawn as colour).
    """

    id: str
    kind: str
    labels: Labels
    short: Labels
    country: str
    iri: str
    facts: tuple[Fact, ...]
    start: str
    end: str
    when: str = ""
    weight: float | None = None
    group: str = ""


@dataclass(frozen=True)
class Edge:
    """One relation between two entities; labels name its type, family gives its colour.

    It surely holds from `start_latest` to `end_earliest`, and perhaps from `start` to `end`; "" is not known.
    `via` names the body or person through which an entity takes part, if it is not there itself.
    """

    id: str
    source: str
    target: str
    family: str
    labels: Labels
    start: str
    end: str
    evidence: tuple[Evidence, ...]
    when: str = ""
    start_latest: str = ""
    end_earliest: str = ""
    via: Labels = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """One group of entities that an analysis found, with its light and its dark colour."""

    id: str
    labels: Labels
    light: str
    dark: str


@dataclass(frozen=True)
class Outlines:
    """Shapes of countries from an office's own file, in a frame of so many units; written as SVG writes paths.

    By entity: its shape, and a point inside it. `land` is all else that lies in the frame.
    """

    width: int
    height: int
    shapes: dict[str, str]
    points: dict[str, tuple[int, int]]
    land: str


@dataclass(frozen=True)
class MapModel:
    """Everything one page shows.  generated is a version or digest, never a clock.

    `size` and `colour` name what was measured, when nodes have a weight or a group.
    """

    title: Labels
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    sources: tuple[Source, ...]
    as_of: str
    generated: str
    base_iri: str
    size: Labels = field(default_factory=dict)
    colour: Labels = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    outlines: Outlines | None = None


def say(labels: Labels, lang: str, other: str = "") -> str:
    """Give the text in a language, else in English, else in any, else `other`.

    >>> say({"vi": "Lào"}, "en")
    'Lào'
    """
    choices = (labels.get(lang, ""), labels.get("en", ""), *(labels[key] for key in sorted(labels)), other)
    return next((text for text in choices if text), other)
