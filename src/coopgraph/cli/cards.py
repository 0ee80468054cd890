"""Commands about one thing or two: show, path."""

import json
from pathlib import Path

import click

from coopgraph.atlas import Atlas
from coopgraph.cards import Card, Fact, readable
from coopgraph.cli import options
from coopgraph.cli.reading import reference
from coopgraph.evidence import spoken
from coopgraph.model import Evidence, Term, printable
from coopgraph.sentences import step
from coopgraph.terms import expand, shrink

WORDS = {
    "en": {
        "registry": "registry",
        "rule": "derived by rule {0}",
        "sources": "Sources",
        "none": "No connection recorded between {0} and {1}.",
        "way": "Connection {0}",
    },
    "vi": {
        "registry": "danh bạ",
        "rule": "suy ra theo luật {0}",
        "sources": "Nguồn",
        "none": "Chưa ghi nhận liên hệ nào giữa {0} và {1}.",
        "way": "Liên hệ {0}",
    },
}


@click.command(
    epilog=options.examples(
        "coopgraph show evt-accsm-21",
        'coopgraph show "Phạm Thị Thanh Trà" --lang vi',
        "coopgraph show agr-vn-la-moha-mou-2023 --format json",
    )
)
@click.argument("name")
@options.reading
@options.lang
@options.as_of
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Form of the card.  [default: text]",
)
@options.output
def show(name: str, root: Path | None, lang: str, as_of: str, format_: str, output: Path | None) -> None:
    """Show every fact about NAME (an id or a name), in both directions, with document and place."""
    atlas = options.atlas(root, lang)
    card = atlas.show(name, as_of)
    writer = {"text": text, "json": as_json}[format_]
    options.emit(writer(atlas, card, lang), output)


def text(atlas: Atlas, card: Card, lang: str) -> str:
    """Write a card for reading."""
    names = atlas.evidence.labels(card.iri)
    others = " · ".join(
        dict.fromkeys(name for code, name in sorted(names.items()) if name != atlas.evidence.label(card.iri, lang))
    )
    kinds = ", ".join(atlas.evidence.label(kind, lang) for kind in card.kinds)
    cited: dict[str, int] = {}
    lines = [atlas.evidence.label(card.iri, lang), *([others] if others else []), f"{kinds} · {shrink(card.iri)}", ""]
    for fact in readable(card.facts, lang):
        lines += _lines(atlas, fact, lang, cited, 0)
    if cited:
        atlas.evidence.ready(cited)
        lines += ["", WORDS[lang]["sources"]]
        lines += [f"[{number}] {reference(atlas, document, lang)}" for document, number in cited.items()]
    return "\n".join(lines) + "\n"


def _lines(atlas: Atlas, fact: Fact, lang: str, cited: dict[str, int], depth: int) -> list[str]:
    """Write one fact, and what opens below it."""
    verb = atlas.evidence.label(fact.predicate, lang)
    arrow = f"← {verb}: " if fact.inverse else f"{verb}: "
    shown = _value(atlas, fact.value, lang)
    lines = [f"{'  ' * depth}{arrow}{shown}{_tail(fact.evidence, fact.origin, lang, cited)}"]
    if fact.parts:
        lines = [f"{'  ' * depth}{arrow.rstrip()}"]
        for part in fact.parts:
            lines += _lines(atlas, part, lang, cited, depth + 1)
    return lines


def _value(atlas: Atlas, term: Term, lang: str) -> str:
    """Write a value safe for a terminal, with the language where it is not the reader's."""
    shown = atlas.evidence.text(term, lang)
    code = getattr(term, "language", None)
    shown = f"{shown} ({code})" if code and code != lang else shown
    return printable(shown)


def _tail(evidence: tuple[Evidence, ...], origin: str, lang: str, cited: dict[str, int]) -> str:
    """Write who says a fact: the number of the document and the place in it."""
    if not evidence:
        words = WORDS[lang]
        return f"  ({words['registry'] if origin == 'registry' else words['rule'].format(origin)})" if origin else ""
    return "  " + " ".join(f"[{cited.setdefault(e.document, len(cited) + 1)}] {spoken(e, lang)}" for e in evidence)


def as_json(atlas: Atlas, card: Card, lang: str) -> str:
    """Write a card for programs."""

    def plain(fact: Fact) -> dict[str, object]:
        value = getattr(fact.value, "value", str(fact.value))
        return {
            "property": shrink(fact.predicate),
            "inverse": fact.inverse,
            "value": shrink(value),
            "label": atlas.evidence.text(fact.value, lang),
            "sources": [item._asdict() for item in fact.evidence],
            "origin": fact.origin,
            "parts": [plain(part) for part in fact.parts],
        }

    kinds = [shrink(kind) for kind in card.kinds]
    about = {"id": shrink(card.iri), "iri": card.iri, "labels": atlas.evidence.labels(card.iri), "classes": kinds}
    return json.dumps({**about, "facts": [plain(fact) for fact in card.facts]}, ensure_ascii=False, indent=1) + "\n"


@click.command(
    epilog=options.examples(
        "coopgraph path per-ha-quang-truong org-kr-nhi",
        "coopgraph path org-vn-moha org-la-moha --lang vi",
    )
)
@click.argument("start", metavar="A")
@click.argument("goal", metavar="B")
@options.reading
@options.lang
@options.as_of
@options.output
def path(start: str, goal: str, root: Path | None, lang: str, as_of: str, output: Path | None) -> None:
    """Say how A and B are connected: ranked connections in sentences, each step with date and source."""
    atlas = options.atlas(root, lang)
    ways = atlas.path(start, goal, as_of)
    words, cited = WORDS[lang], dict[str, int]()
    lines: list[str] = []
    for number, way in enumerate(ways, 1):
        lines += [
            words["way"].format(number),
            *(f"  {sentence}" for sentence in _sentences(atlas, way, lang, cited)),
            "",
        ]
    if not ways:
        ends = [atlas.evidence.label(atlas.resolve(end), lang) for end in (start, goal)]
        lines = [words["none"].format(*ends)]
    if cited:
        atlas.evidence.ready(cited)
        lines += [words["sources"], *(f"[{n}] {reference(atlas, document, lang)}" for document, n in cited.items())]
    options.emit("\n".join(lines).rstrip() + "\n", output)


def _sentences(atlas: Atlas, way: list[tuple[str, str, dict[str, str]]], lang: str, cited: dict[str, int]) -> list[str]:
    """Write each step of a connection as a sentence."""
    written = []
    for source, target, about in way:
        said = step(atlas.evidence, source, target, about, lang)
        link = expand(about["fact"]), expand(source), expand(target)
        taking_part = about["family"] == "meeting" and link[0] != link[1]  # its date is that of the activity
        days = atlas.evidence.when(link[0], *([link[2]] if taking_part else []))
        found = atlas.evidence.behind_link(*link)
        origin = "" if found else atlas.evidence.origin_of_link(*link)
        written.append(said + (f" ({days})" if days else "") + "." + _tail(found, origin, lang, cited))
    return written
