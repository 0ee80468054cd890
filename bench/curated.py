"""Curated files of any size, as a curator or a ministry's export writes them: for the build and the bulk loader."""

import shutil
from pathlib import Path
from random import Random

REPOSITORY = Path(__file__).resolve().parents[1]
ONTOLOGY = 5_400
"""How many statements of a graph are the ontology."""
STATEMENTS_TO_A_DOCUMENT = 70
"""How many a build makes of a document with its meeting, and of those who take part; copies are not counted."""
DOCUMENTS_TO_A_FILE = 200
COUNTRIES = ("vn", "la", "kh", "th", "my", "sg", "id", "ph")


def table(file: Path, rows: int) -> None:
    """Write a table of meetings, each with its source and place, as `data/tables` has them."""
    chance = Random(1)
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write("meeting,name.vi,name.en,date,source,at\n")
        for number in range(rows):
            day = f"{chance.randint(1996, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            source, row = number // 1000, number % 1000 + 2
            stream.write(f"evt-{number},Cuộc họp số {number},Meeting {number},{day},doc-table-{source},row{row}\n")


def folder(root: Path, size: int) -> Path:
    """Write a folder whose graph has about so many statements: registry, and documents that tell of meetings."""
    chance = Random(1)
    for name in ("ontology", "queries"):
        shutil.copytree(REPOSITORY / name, root / name)
    documents = max(8, (size - ONTOLOGY) // STATEMENTS_TO_A_DOCUMENT)
    bodies, people = max(16, documents // 2), max(16, documents // 2)
    registry = root / "data" / "registry"
    registry.mkdir(parents=True)
    lines = [f"cty-{code},Nước {code},Country {code},{code.upper()}" for code in COUNTRIES]
    _write(registry / "countries.csv", "country,name.vi,name.en,iso2", lines)
    lines = [f"ministry,org-{n},Bộ số {n},Ministry {n},cty-{COUNTRIES[n % len(COUNTRIES)]}" for n in range(bodies)]
    _write(registry / "organisations.csv", "class,id,name.vi,name.en,country", lines)
    _write(
        registry / "persons.csv", "person,name.vi,name.en", [f"per-{n},Người số {n},Person {n}" for n in range(people)]
    )
    for start in range(0, documents, DOCUMENTS_TO_A_FILE):
        texts = [
            _document(chance, n, bodies, people) for n in range(start, min(documents, start + DOCUMENTS_TO_A_FILE))
        ]
        _write(root / "data" / "docs" / f"file-{start}.yaml", "---\n".join(texts), [])
    return root


def change(root: Path) -> None:
    """Change one word in one document."""
    file = next(iter(sorted((root / "data" / "docs").glob("*.yaml"))))
    file.write_text(file.read_text(encoding="utf-8").replace("Meeting 3 ", "Changed meeting 3 "), encoding="utf-8")


def _write(file: Path, head: str, lines: list[str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8", newline="\n")


def _document(chance: Random, number: int, bodies: int, people: int) -> str:
    """Write a document that tells of a meeting and of who took part."""
    day = f"{chance.randint(1996, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    guests = sorted(chance.sample(range(people), 4))
    hosts = sorted(chance.sample(range(bodies), 2))
    entries = [f"          - {{who: org-{host}, role: host}}" for host in hosts]
    entries += [f"          - {{who: per-{one}, role: speaker, for: org-{one % bodies}}}" for one in guests]
    return "\n".join(
        [
            f"document: doc-{number}",
            f'title: {{vi: "Bản tin {number}", en: "Report {number}"}}',
            "language: en",
            f'web: "https://example.org/{number}"',
            f"issued: {day}",
            "facts:",
            "    L1:",
            f"      - meeting: evt-{number}",
            f'        name: {{vi: "Cuộc họp {number} về đào tạo", en: "Meeting {number} on training"}}',
            f"        date: {day}",
            "        outcome: held",
            "        participants:",
            *entries,
            "",
        ]
    )
