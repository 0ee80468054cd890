"""A made-up graph of any size, like the real one in kind: as many relations, facts and sources to an entity.

The same size always gives the same graph; nothing in it is true.
"""

from random import Random

from coopgraph.views.layout import AROUND
from coopgraph.views.model import Edge, Evidence, Fact, Labels, MapModel, Node, Source

BASE = "https://example.org/id/"
SHARES = {"ministry": 0.18, "institute": 0.08, "person": 0.32, "agreement": 0.1, "meeting": 0.22, "topic": 0.1}
FIELDS = [
    ("civil service reform", "cải cách công vụ"),
    ("training of officials", "đào tạo, bồi dưỡng cán bộ, công chức"),
    ("digital government", "chính phủ số"),
    ("local administration", "chính quyền địa phương"),
    ("leadership", "năng lực lãnh đạo"),
    ("public ethics", "đạo đức công vụ"),
    ("evaluation of civil servants", "đánh giá công chức"),
    ("administrative procedures", "thủ tục hành chính"),
]
SORTS = {
    "country": ("Country", "Quốc gia"),
    "ministry": ("Ministry for", "Bộ phụ trách"),
    "institute": ("Academy of", "Học viện"),
    "person": ("Director for", "Giám đốc về"),
    "agreement": ("Memorandum of understanding on", "Bản ghi nhớ về"),
    "meeting": ("Workshop on", "Hội thảo về"),
    "topic": ("Topic:", "Chủ đề"),
}
RELATIONS = [  # from, to, family, name, how many for each `from`
    ("ministry", "country", "structure", ("is a body of", "là cơ quan của"), 1),
    ("institute", "ministry", "structure", ("is attached to", "trực thuộc"), 1),
    ("person", "ministry", "structure", ("holds a post in", "giữ chức vụ tại"), 2),
    ("person", "meeting", "meeting", ("took part in", "tham dự"), 3),
    ("ministry", "agreement", "agreement", ("is a party to", "là bên của"), 3),
    ("institute", "meeting", "meeting", ("hosted", "chủ trì"), 3),
    ("country", "meeting", "meeting", ("sent a delegation to", "cử đoàn tới"), 6),
    ("meeting", "topic", "theme", ("is about", "bàn về"), 3),
    ("agreement", "topic", "theme", ("is about", "bàn về"), 3),
]


def both(text: tuple[str, str]) -> Labels:
    return dict(zip(("en", "vi"), text, strict=True))


def sample(size: int) -> MapModel:
    """Make the graph of a size, counted in entities."""
    chance = Random(size)
    sources = [
        Source(f"doc-{n}", f"Report {n} on {FIELDS[n % 8][0]}", "A ministry", f"20{10 + n % 15}-03", f"{BASE}doc-{n}")
        for n in range(max(1, size // 3))
    ]
    kinds = {"country": AROUND[: min(29, max(4, size // 20))]}
    left = size - len(kinds["country"])
    kinds |= {kind: range(round(left * share)) for kind, share in SHARES.items() if kind != "topic"}
    kinds["topic"] = range(left - sum(len(found) for kind, found in kinds.items() if kind != "country"))
    homes = [f"cty-{code}" for code in kinds["country"]]
    nodes = [entity(chance, kind, name, homes, sources) for kind, names in kinds.items() for name in names]
    return MapModel(
        both(("A made-up graph", "Đồ thị giả")), tuple(nodes), tuple(links(chance, nodes, sources)), tuple(sources),
        "", "1", BASE,
    )  # fmt: skip


def said(chance: Random, sources: list[Source]) -> tuple[Evidence, ...]:
    """Give one or two places of sources."""
    return tuple(
        Evidence(chance.choice(sources).id, f"line {chance.randint(1, 9)}", "stated", "", "")
        for _ in range(chance.randint(1, 2))
    )


def entity(chance: Random, kind: str, name: object, homes: list[str], sources: list[Source]) -> Node:
    """Make an entity with names in two languages and four facts, one of them in parts, as cards show them."""
    field, other = chance.choice(FIELDS), chance.choice(FIELDS)
    sort = SORTS[kind]
    labels = {lang: f"{sort[n]} {field[n]}, {other[n]} {name}" for n, lang in enumerate(("en", "vi"))}
    days = f"20{10 + chance.randint(0, 15)}-0{chance.randint(1, 9)}-15"
    facts = (
        Fact(both(("topic", "chủ đề")), both(field), "", said(chance, sources)),
        Fact(both(("note", "ghi chú")), both((f"On {other[0]}", f"Ghi chú {name}")), "", said(chance, sources)),
        Fact(both(("start date", "ngày bắt đầu")), both((days, days)), "", said(chance, sources)),
        Fact(
            both(("tenure", "nhiệm kỳ")), {}, "", said(chance, sources),
            (
                (both(("organisation", "tổ chức")), both((f"Ministry for {other[0]}", f"Bộ phụ trách {other[1]}"))),
                (both(("observed on", "ghi nhận ngày")), both((days, days))),
            ),
        ),
    )  # fmt: skip
    home = "" if kind in ("country", "topic", "agreement") else chance.choice(homes)
    held = days if kind in ("agreement", "meeting") else ""
    short = labels if kind in ("country", "person", "topic") else both((f"{kind[:2].upper()}{name}",) * 2)
    one = f"cty-{name}" if kind == "country" else f"{kind}-{name}"
    return Node(one, kind, labels, short, home, BASE + one, facts, held, "", held)


def links(chance: Random, nodes: list[Node], sources: list[Source]) -> list[Edge]:
    """Make the relations: a few for each entity, to others chosen by chance."""
    by_kind = {kind: [node for node in nodes if node.kind == kind] for kind in SORTS}
    found: list[Edge] = []
    for source_kind, target_kind, family, name, most in RELATIONS:
        ends = [(one, other) for one in by_kind[source_kind] for other in chance.choices(by_kind[target_kind], k=most)]
        for one, other in sorted({(one.id, other.id) for one, other in ends}):
            day = f"20{10 + chance.randint(0, 15)}-0{chance.randint(1, 9)}-0{chance.randint(1, 9)}"
            found.append(
                Edge(f"e{len(found)}", one, other, family, both(name), day, "", said(chance, sources), day[:7])
            )
    return found
