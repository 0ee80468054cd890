"""Small models for the tests of views: entities and relations by a few words each."""

from coopgraph.views.model import Edge, Evidence, MapModel, Node, Source

SOURCE = Source("doc-a", "A source", "A publisher", "2020-01-01", "https://example.org/a")
SAID = (Evidence("doc-a", "L1s1", "stated", "", ""),)


def node(name: str, kind: str, text: str = "", start: str = "") -> Node:
    """Make an entity that is called by its id or by a text."""
    said = {"en": text or name, "vi": text or f"{name} (vi)"}
    return Node(name, kind, said, said, "", f"https://example.org/{name}", (), start, "")


def edge(number: int, source: str, target: str, family: str, relation: str, *days: str) -> Edge:
    """Make a relation with up to four days: from, begun by, known to run till, over by."""
    first, begun, seen, over = (*days, "", "", "", "")[:4]
    labels = {"en": relation, "vi": f"{relation} (vi)"}
    return Edge(f"e{number}", source, target, family, labels, first, over, SAID, start_latest=begun, end_earliest=seen)


def model(nodes: list[Node], edges: list[Edge], as_of: str = "") -> MapModel:
    """Make a model of entities and relations."""
    title = {"en": "A title", "vi": "Một tiêu đề"}
    return MapModel(title, tuple(nodes), tuple(edges), (SOURCE,), as_of, "1", "https://example.org/")
