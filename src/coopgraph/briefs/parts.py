"""Which questions give a brief its parts: the `brief:` lines of question files, read and chosen for a subject."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from coopgraph.errors import QueryError
from coopgraph.queries import NamedQuery
from coopgraph.terms import expand

KEYS: Final = frozenset(
    [
        "title",
        "counted",
        "order",
        "of",
        "pairs",
        "blanks",
        "show",
        "items",
        "first",
        "last",
        "sure",
        "tells",
        "years",
        "split",
    ]
)
NEEDED: Final = frozenset(["title", "counted", "order", "blanks"])
MOST: Final = 12
"""How many things a part lists unless its question says otherwise."""


@dataclass(frozen=True)
class Part:
    """What a question gives to briefs.

    `of` are the classes of things whose brief it belongs to, `pairs` those of two things; `blanks` are filled with the
    subjects. It lists the columns `show` as a table (as a list when `items`), of the `most` first things (from the end
    when `last`), only certain and likely ones when `sure`; `counted` names what it lists. With `years`, a column of
    dates, it counts by year, split by the column `split`. What it `tells`, the facts about the thing need not.
    """

    query: NamedQuery
    title: Mapping[str, str]
    counted: Mapping[str, str]
    order: int
    of: frozenset[str]
    pairs: frozenset[str]
    blanks: tuple[str, ...]
    show: tuple[str, ...]
    items: bool
    most: int
    last: bool
    sure: bool
    tells: frozenset[str]
    years: str
    split: str


def chosen(questions: Mapping[str, NamedQuery], kinds: Collection[str], number: int) -> list[Part]:
    """Give the parts of a brief on so many subjects of these classes, in their order.

    Raises QueryError when a question's header is wrong.
    """
    found = [part for query in questions.values() for spec in query.brief for part in [read(query, spec)]]
    fit = [part for part in found if (part.of if number == 1 else part.pairs) & set(kinds)]
    return sorted(fit, key=lambda part: (part.order, part.query.name))


def read(query: NamedQuery, spec: Mapping[str, Any]) -> Part:
    """Read one `brief:` entry of a question.

    Raises QueryError that names the file and what is wrong.
    """
    if wrong := sorted(spec.keys() - KEYS) or sorted(NEEDED - spec.keys()):
        raise QueryError(
            f"{query.path}: brief: {', '.join(wrong)}: unknown or missing; the keys are {', '.join(sorted(KEYS))}"
        )
    for blank in spec["blanks"]:
        query.parameter(blank)
    return Part(
        query=query,
        title=spec["title"],
        counted=spec["counted"],
        order=int(spec["order"]),
        of=frozenset(map(expand, spec.get("of", ()))),
        pairs=frozenset(map(expand, spec.get("pairs", ()))),
        blanks=tuple(spec["blanks"]),
        show=tuple(spec.get("show", ())),
        items=bool(spec.get("items", False)),
        most=int(spec.get("first", spec.get("last", MOST))),
        last="last" in spec,
        sure=bool(spec.get("sure", False)),
        tells=frozenset(map(expand, spec.get("tells", ()))),
        years=str(spec.get("years", "")),
        split=str(spec.get("split", "")),
    )
