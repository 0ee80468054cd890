"""The data of a page: a `MapModel` as plain lists, every repeated piece stored once."""

from collections.abc import Iterable, Mapping, Sequence

from coopgraph.views.model import KINDS, Edge, Evidence, Fact, Labels, MapModel, Node


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


def payload(model: MapModel, order: Sequence[str], places: Mapping[str, tuple[float, float]]) -> dict[str, object]:
    """Describe the model for the page: entities in order of rank, relations by id, sources by id."""
    words, evidence = Pool(), Pool()
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
        "nodes": [_node(nodes[name], places, words, evidence) for name in order],
        "edges": [_edge(edge, words, evidence) for edge in sorted(model.edges, key=lambda edge: edge.id)],
        "sources": {s.id: [s.title, s.publisher, s.issued, s.url] for s in sorted(model.sources, key=lambda s: s.id)},
        "words": words.items,
        "evidence": evidence.items,
    }


def _sorted(labels: Labels) -> Labels:
    return {lang: text for lang, text in sorted(labels.items()) if text}


def _node(node: Node, places: Mapping[str, tuple[float, float]], words: Pool, evidence: Pool) -> dict[str, object]:
    whole: dict[str, object] = {
        "id": node.id,
        "kind": node.kind,
        "labels": _sorted(node.labels),
        "short": _sorted(node.short),
        "country": node.country,
        "iri": node.iri,
        "start": node.start,
        "end": node.end,
        "when": node.when,
        "facts": [_fact(fact, words, evidence) for fact in node.facts],
        "weight": node.weight,
        "group": node.group,
        "at": list(places.get(node.id, ())),
    }
    return {key: value for key, value in whole.items() if value or key == "labels"}


def _fact(fact: Fact, words: Pool, evidence: Pool) -> list[object]:
    """Write a fact as [number of its name, value, target, numbers of its evidence]."""
    return [words.number(_sorted(fact.labels)), _one(fact.value), fact.target, _numbers(fact.evidence, evidence)]


def _one(labels: Labels) -> Labels | str:
    """Write a text that is the same in all languages once."""
    texts = _sorted(labels)
    return next(iter(texts.values()), "") if len(set(texts.values())) <= 1 else texts


def _edge(edge: Edge, words: Pool, evidence: Pool) -> list[object]:
    """Write a relation as a list that ends with its last known part; `01-data.js` reads it in the same order."""
    kind = words.number(_sorted(edge.labels))
    whole: list[object] = [
        edge.id,
        edge.source,
        edge.target,
        edge.family,
        kind,
        edge.start,
        edge.end,
        _numbers(edge.evidence, evidence),
        edge.when,
        edge.start_latest,
        edge.end_earliest,
        words.number(_sorted(edge.via)) if edge.via else "",
    ]
    while whole[-1] == "":
        whole.pop()
    return whole


def _numbers(said: Iterable[Evidence], evidence: Pool) -> list[int]:
    return [evidence.number([e.source, e.place, e.mode, e.confidence, e.speaker]) for e in said]
