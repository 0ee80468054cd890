"""The bibliography of a brief: documents are numbered as they are first cited."""

import re
from collections.abc import Iterable
from typing import Final

from coopgraph import dates
from coopgraph.briefs.values import Cite, Reference
from coopgraph.briefs.words import WORDS
from coopgraph.evidence import Evidences, spoken, where
from coopgraph.model import Evidence

FOR_ONE: Final = 2
"""How many documents are cited for one line; of more, those that state it firmly and those cited before come first."""
FULL: Final = 10
"""When so many documents are cited, a line that has one source already gets no new one: a brief is two pages."""
WEB: Final = ("https://", "http://")
SENTENCE: Final = re.compile(r"L([0-9]+)s([0-9]+)")
WHOLE: Final = "whole"


class Bibliography:
    """Numbers documents and remembers the places that were cited."""

    def __init__(self, evidences: Evidences, lang: str) -> None:
        self._evidences = evidences
        self._lang = lang
        self._spots: dict[str, set[str]] = {}

    def cite(self, found: Iterable[Evidence]) -> tuple[tuple[Cite, ...], int]:
        """Give the citations for a fact, and how many more sources it has."""
        said: dict[str, list[Evidence]] = {}
        for item in sorted(set(found)):
            said.setdefault(item.document, []).append(item)
        order = sorted(said, key=lambda name: (not any(map(firm, said[name])), name not in self._spots, name))
        cites: list[Cite] = []
        for document in order[:FOR_ONE]:
            if document in self._spots or len(self._spots) < FULL or not cites:
                cites.append(self._cite(document, said[document]))
        return tuple(sorted(cites, key=lambda cite: cite.number)), len(order) - len(cites)

    def _cite(self, document: str, found: list[Evidence]) -> Cite:
        self._spots.setdefault(document, set()).update(spot for item in found for spot in item.place.split("+"))
        places = dict.fromkeys(spoken(item, self._lang) for item in found)
        return Cite(list(self._spots).index(document) + 1, "; ".join(places))

    def references(self) -> tuple[Reference, ...]:
        """Give the documents in the order of their numbers; what a title says already is not said again."""
        return tuple(self._reference(number, name) for number, name in enumerate(self._spots, 1))

    def _reference(self, number: int, document: str) -> Reference:
        about = self._evidences.passport(document, self._lang)
        address = about.address if about.address.startswith(WEB) else ""
        issued = dates.said(about.issued, self._lang)
        publisher, issued = (text if text not in about.title else "" for text in (about.publisher, issued))
        return Reference(number, about.title, publisher, issued, together(self._spots[document], self._lang), address)


def firm(item: Evidence) -> bool:
    """Tell whether a source states a fact outright and with high confidence."""
    return item.mode != "inferred" and not item.confidence


def together(spots: Iterable[str], lang: str) -> str:
    """Write places in words, the sentences of one line together; the whole document is no place worth naming.

    >>> together({"L5s13", "L5s2", "L10", "whole"}, "en")
    'line 5, sentences 2, 13; line 10'
    """
    order = sorted({*spots} - {WHOLE}, key=lambda spot: [int(part) for part in re.findall("[0-9]+", spot)])
    lines: dict[str, list[str]] = {}
    for spot in order:
        sentence = SENTENCE.fullmatch(spot)
        lines.setdefault(f"L{sentence[1]}s" if sentence else spot, []).append(sentence[2] if sentence else "")
    return "; ".join(_line(line, sentences, lang) for line, sentences in lines.items())


def _line(line: str, sentences: list[str], lang: str) -> str:
    if not sentences[1:]:
        return where(Evidence("", line + sentences[0]), lang)
    return WORDS[lang]["sentences"].format(line.strip("Ls"), ", ".join(sentences))
