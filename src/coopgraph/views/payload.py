"""The data of a page: a `MapModel` as plain lists, every repeated piece stored once; `01-data.js` reads it back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from coopgraph.views.model import FAMILIES, KINDS, Edge, Evidence, Fact, Labels, MapModel, Node


class Pool:
    """Keeps every different value once and answers with its number."""

    def __init__(self) -> None:
        """Start empty."""
        self.items: list[object] = []
        self._numbers: dict[str, int] = {}

    def number(self, value: object) -> int:
        """Give the number of a value, storing it if it is new."""
        key = repr(value)
        if key not in self._numbers:
            self._numbers[key] = len(self.items)
            self.items.append(value)
        return self._numbers[key]


@dataclass
class _Pools:
    """What many entities and relations repeat: texts, times, places in sources; and the numbers of what is listed."""

    nodes: Mapping[str, int]
    sources: Mapping[str, int]
    words: Pool = field(default_factory=Pool)
    times: Pool = field(default_factory=Pool)
    evidence: Pool = field(default_factory=Pool)

    def seen(self, said: Iterable[Evidence]) -> list[int]:
        return [self.evidence.number([self.sources[e.source], e.place, e.mode, e.confidence, e.speaker]) for e in said]

    def text(self, labels: Labels) -> int:
        """Store a text; one that is the same in several languages once, one of a single language under its name."""
        texts = _sorted(labels)
        same = len(texts) != 1 and len(set(texts.values())) <= 1
        return self.words.number(next(iter(texts.values()), "") if same else texts)


def payload(model: MapModel, order: Sequence[str], places: Mapping[str, tuple[float, float]]) -> dict[str, object]:
    """Describe the model for the page: entities in order of rank, relations by id, sources by id."""
    sources = sorted(model.sources, key=lambda source: source.id)
    pools = _Pools(_numbered(order), _numbered([source.id for source in sources]))
    nodes = {node.id: node for node in model.nodes}
    return {
        "title": _sorted(model.title),
        "asOf": model.as_of,
        "generated": model.generated,
        "baseIri": model.base_iri,
        "kinds": list(KINDS),
        "size": _sorted(model.size),
        "colour": _sorted(model.colour),
        "groups": [[group.id, _sorted(group.labels), group.light, group.dark] for group in model.groups],
        "nodes": [_node(nodes[name], model.base_iri, places, pools) for name in order],
        "edges": [_edge(edge, pools) for edge in listed(model.edges)],
        "sources": [[s.id, s.title, s.publisher, s.issued, s.url] for s in sources],
        "words": pools.words.items,
        "times": pools.times.items,
        "evidence": pools.evidence.items,
    }


def listed(edges: Iterable[Edge]) -> list[Edge]:
    """Give the relations in the order of the page, by id."""
    return sorted(edges, key=lambda edge: edge.id)


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}


def _sorted(labels: Labels) -> Labels:
    return {lang: text for lang, text in sorted(labels.items()) if text}


def _node(node: Node, base: str, places: Mapping[str, tuple[float, float]], pools: _Pools) -> dict[str, object]:
    """Write an entity; what is left out is empty, a short name like the whole one, an IRI the base and the id."""
    labels, short = _sorted(node.labels), _sorted(node.short)
    whole: dict[str, object] = {
        "id": node.id,
        "kind": node.kind,
        "labels": labels,
        "short": short if short != labels else {},
        "country": node.country,
        "iri": node.iri if node.iri != base + node.id else "",
        "start": node.start,
        "end": node.end,
        "when": node.when,
        "facts": [_fact(fact, pools) for fact in node.facts],
        "weight": node.weight,
        "group": node.group,
        "at": list(places.get(node.id, ())),
    }
    return {key: value for key, value in whole.items() if value or key == "labels"}


def _fact(fact: Fact, pools: _Pools) -> list[object]:
    """Write a fact as [number of its name, its value, target, numbers of its evidence].

    The value is the number of a text, or a list of the numbers of names and texts in turn.
    """
    parts = [pools.text(labels) for part in fact.parts for labels in part]
    return [pools.text(fact.labels), parts or pools.text(fact.value), fact.target, pools.seen(fact.evidence)]


def _edge(edge: Edge, pools: _Pools) -> list[object]:
    """Write a relation in numbers: of its ends, family, type, times, evidence, and of what it goes by if anything."""
    times = [edge.start, edge.end, edge.when, edge.start_latest, edge.end_earliest]
    whole: list[object] = [
        edge.id,
        pools.nodes[edge.source],
        pools.nodes[edge.target],
        FAMILIES.index(edge.family),
        pools.text(edge.labels),
        pools.times.number(times),
        pools.seen(edge.evidence),
    ]
    return [*whole, pools.text(edge.via)] if edge.via else whole
