"""How a relation reads as a sentence, and a quantity as an amount, in Vietnamese and English."""

from collections.abc import Iterable, Mapping
from typing import Final

from coopgraph.cards import Fact
from coopgraph.evidence import Evidences
from coopgraph.terms import COOP, SKOS, expand

STEPS: Final = {
    "en": {
        "part": "{0} took part in {2} as {1}",
        "member": "{0} was {1} at {2}",
        "post": "{0} held the post {1} at {2}",
        "property": "{0} — {1}: {2}",
    },
    "vi": {
        "part": "{0} tham gia {2} với vai trò {1}",
        "member": "{0} là {1} của {2}",
        "post": "{0} giữ chức {1} tại {2}",
        "property": "{0} — {1}: {2}",
    },
}
"""How a relation reads: taking part, being a member, holding a post, or a property of the ontology."""

AMOUNTS: Final = {
    "en": {"about": "about {0}", "over": "more than {0}", "under": "less than {0}", "per": "{0} per {1}"},
    "vi": {"about": "khoảng {0}", "over": "trên {0}", "under": "dưới {0}", "per": "{0}/{1}"},
}
"""How an amount reads that is not exact, or that each of something has."""


def step(evidences: Evidences, source: str, target: str, about: Mapping[str, str], lang: str) -> str:
    """Write one relation of the network as a sentence without its full stop."""
    ends = [evidences.label(expand(end), lang) for end in (source, target)]
    relation = evidences.label(expand(about.get("via") or about["relation"]), lang)
    roles = "part" if about["family"] == "meeting" else "member"
    kind = "post" if about.get("via") else roles if about["relation"].startswith("cgv:") else "property"
    return STEPS[lang][kind].format(ends[0], relation, ends[1])


def amount(evidences: Evidences, parts: Iterable[Fact], lang: str) -> str:
    """Write the parts of a quantity as an amount: about 100 persons, 2–3 experts, 25 officials per year (2021)."""
    said: dict[str, str] = {}
    for part in parts:
        said[part.predicate] = evidences.text(part.value, lang)
    words = AMOUNTS[lang]
    low, high, unit, per = (said.get(COOP + name, "") for name in ("minValue", "maxValue", "unit", "perUnit"))
    figures = "–".join(dict.fromkeys(_figures(value, lang) for value in (low, high) if value))
    if not (low and high):
        figures = words["over" if low else "under"].format(figures)
    elif said.get(COOP + "approximate") == "true":
        figures = words["about"].format(figures)
    whole = f"{figures} {_one(unit, lang) if low == high == '1' else unit}"
    whole = words["per"].format(whole, _one(per, lang)) if per else whole
    more = [said[name] for name in (COOP + "observedOn", SKOS + "note") if name in said]
    return whole + (f" ({'; '.join(more)})" if more else "")


def _figures(value: str, lang: str) -> str:
    """Write a decimal with the marks of the language.

    >>> _figures("38000.50", "en"), _figures("38000.5", "vi"), _figures("2", "en")
    ('38,000.5', '38.000,5', '2')
    """
    whole, _, rest = value.partition(".")
    text = f"{int(whole):,}" + (f".{rest.rstrip('0')}" if rest.strip("0") else "")
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def _one(unit: str, lang: str) -> str:
    """Name one of what is counted.

    >>> _one("agencies", "en"), _one("years", "en"), _one("năm", "vi")
    ('agency', 'year', 'năm')
    """
    if lang != "en":
        return unit
    return unit.removesuffix("ies") + "y" if unit.endswith("ies") else unit.removesuffix("s")
