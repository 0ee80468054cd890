"""How a relation reads as a sentence, in Vietnamese and English."""

from collections.abc import Mapping
from typing import Final

from coopgraph.evidence import Evidences
from coopgraph.terms import expand

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


def step(evidences: Evidences, source: str, target: str, about: Mapping[str, str], lang: str) -> str:
    """Write one relation of the network as a sentence without its full stop."""
    ends = [evidences.label(expand(end), lang) for end in (source, target)]
    relation = evidences.label(expand(about.get("via") or about["relation"]), lang)
    roles = "part" if about["family"] == "meeting" else "member"
    kind = "post" if about.get("via") else roles if about["relation"].startswith("cgv:") else "property"
    return STEPS[lang][kind].format(ends[0], relation, ends[1])
