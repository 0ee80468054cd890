"""What a thing is: its own facts from its card, in a few lines."""

from collections.abc import Collection, Sequence
from typing import Final

import pyoxigraph as ox

from coopgraph import dates
from coopgraph.briefs.cited import Bibliography, firm
from coopgraph.briefs.values import Row
from coopgraph.briefs.words import WORDS
from coopgraph.cards import NAMES, Card, Fact, readable
from coopgraph.evidence import Evidences
from coopgraph.model import Evidence, printable
from coopgraph.terms import COOP

VALUES: Final = {False: 3, True: 12}
"""How many values of one property are named: of the thing itself, and of others that name it."""
LINES: Final = 8
LONG: Final = 48
"""A line longer than this comes after the short ones."""
UNTOLD: Final = (*NAMES, COOP + "alsoReportedBy", COOP + "sourceCount")
"""Names stand in the heading; the rest says nothing of the thing."""


def facts(
    card: Card, evidences: Evidences, lang: str, bibliography: Bibliography, told: Collection[str], *, inverse: bool
) -> tuple[Row, ...]:
    """Write what is said of a thing, a line for each property; or, if `inverse`, what is said of others with it.

    What is `told` elsewhere is left out.
    """
    grouped: dict[str, list[Fact]] = {}
    for fact in card.facts:
        known = bool(fact.evidence) or fact.origin == "registry"
        if fact.inverse == inverse and known and not fact.parts and fact.predicate not in (*UNTOLD, *told):
            grouped.setdefault(fact.predicate, []).append(fact)
    arrow = "← " if inverse else ""
    written = [
        (arrow + evidences.label(name, lang), *_told(found, evidences, lang, VALUES[inverse]))
        for name, found in grouped.items()
    ]
    kept = sorted(written, key=lambda line: (len(line[1]) > LONG, line[0]))[:LINES]
    return tuple(_row(name, text, found, lang, bibliography) for name, text, found in kept)


def _told(found: Sequence[Fact], evidences: Evidences, lang: str, most: int) -> tuple[str, set[Evidence]]:
    """Give the first values of a property as one text, and who says so."""
    said: dict[str, set[Evidence]] = {}
    dated = [fact.value.value for fact in found if isinstance(fact.value, ox.Literal)]
    for fact in readable(found, lang):
        text = evidences.text(fact.value, lang)
        if isinstance(fact.value, ox.Literal):
            text = dates.said(next((day for day in dated if day.startswith(f"{text}-")), text), lang)
        said.setdefault(text, set()).update(fact.evidence)
    shown = list(said)[:most]
    more = [WORDS[lang]["value-more"].format(len(said) - most)] if len(said) > most else []
    return printable("; ".join(shown + more)), {item for text in shown for item in said[text]}


def _row(name: str, text: str, found: set[Evidence], lang: str, bibliography: Bibliography) -> Row:
    cites, more = bibliography.cite(found)
    whole = text if found else f"{text} ({WORDS[lang]['registry']})"
    return Row((name, whole), cites, more, bool(found) and not any(map(firm, found)))
