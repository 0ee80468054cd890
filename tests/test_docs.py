"""What the documents show is true: commands print it, Python and SPARQL run, links lead somewhere."""

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")})
FENCE = re.compile(r"^( *)```(\w+)[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?[^)]*\)|<img[^>]+src=\"([^\"]+)\"")
PROMPT = re.compile(r"^\$ (?:\.venv/bin/)?(coopgraph|python -m coopgraph)\b")
OWN = ("build --root", "~/", "path/to", "…", "<")
"""Commands with what only the reader has."""


def blocks(kind: str) -> list:
    """Give the blocks of a kind in all pages, each with where it stands."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in FENCE.finditer(text):
            if match[2] == kind:
                line = text.count("\n", 0, match.start()) + 1
                body = re.sub(rf"^{match[1]}", "", match[3], flags=re.MULTILINE)
                found.append(pytest.param(body, id=f"{page.relative_to(ROOT)}:{line}"))
    return found


def steps(block: str) -> list[tuple[str, str]]:
    """Split a console block into commands and what is shown of their output."""
    parts = re.split(r"^(?=\$ )", block, flags=re.MULTILINE)
    return [(part.partition("\n")[0], part.partition("\n")[2]) for part in parts if part.startswith("$ ")]


def consoles() -> list:
    """Give the console blocks that hold a command of ours, none of which needs the reader's own files."""
    found = [
        param for param in blocks("console") if any(PROMPT.match(command) for command, _ in steps(param.values[0]))
    ]
    return [
        param for param in found if not any(mark in command for command, _ in steps(param.values[0]) for mark in OWN)
    ]


def squeezed(text: str) -> str:
    """Take away what a change of width moves: spaces and rules of tables."""
    return " ".join(re.sub(r"─+", " ", text).split())


def missing(shown: str, real: str) -> list[str]:
    """Give the pieces between ellipses that the real output does not hold, in this order."""
    at, real, lost = 0, squeezed(real), []
    for piece in re.split(r"…|\.\.\.|\[…\]", shown):
        wanted = squeezed(piece)
        place = real.find(wanted, at)
        if place < 0:
            lost.append(wanted)
        at = max(at, place + len(wanted))
    return lost


def in_a_terminal(command: str) -> str:
    """Write a command as a terminal would run it: answers as tables."""
    words = shlex.split(re.split(r" [|>] ", command)[0], comments=True)
    tabular = len(words) > 1 and words[1] in ("ask", "search", "sparql", "stats") and len(words) > 2
    return (
        command + " --format table"
        if tabular and not {"--format", "-o", "--output"} & set(words) and "|" not in command
        else command
    )


@pytest.mark.parametrize("block", consoles())
def test_the_commands_of_the_documents_print_what_is_shown(shell, whole, block):
    """In a copy of the graph, so that a page that writes a file or builds leaves nothing behind."""
    for line, shown in steps(block):
        if not PROMPT.match(line):
            continue
        command = in_a_terminal(PROMPT.sub(r"\1", line))

        done = shell(command, cwd=whole, COOPGRAPH_CACHE=None, COOPGRAPH_ROOT=None)

        real = done.stdout + done.stderr
        assert done.code in (0, 1), (line, real)
        assert "Traceback" not in done.stderr, (line, real)
        assert missing(shown, real) == [], (line, real)


@pytest.mark.parametrize("block", blocks("python"))
def test_the_python_of_the_documents_runs(block, region, cache, empty, monkeypatch):
    monkeypatch.setenv("COOPGRAPH_CACHE", str(cache))
    monkeypatch.chdir(empty)

    exec(compile(block, "block", "exec"), {"__name__": "__docs__"})


@pytest.mark.parametrize("block", blocks("sparql"))
def test_the_sparql_of_the_documents_is_valid(block, region):
    region.sparql(block)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_files_lead_somewhere(page):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [one or other for one, other in LINK.findall(text)]
    local = [target.split("#") for target in targets if not re.match(r"[a-z]+:|//", target)]

    assert [name for name, *_ in local if name and not (page.parent / name).exists()] == []
    assert [
        (name, anchor[0])
        for name, *anchor in local
        if anchor
        and (page.parent / name if name else page).suffix == ".md"
        and anchor[0] not in anchors(page.parent / name if name else page)
    ] == []


def anchors(page: Path) -> set[str]:
    """Give the anchors that a page's headings make, as GitHub does."""
    heads = re.findall(r"^#+ +(.+?) *$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_the_documents_of_a_house_to_live_in_are_there():
    names = {page.name for page in PAGES}

    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "glossary.md"} <= names
    assert (ROOT / "docs" / "decisions").is_dir()


def test_the_readme_names_the_two_commands_and_shows_an_answer_and_a_picture():
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "make run" in text
    assert "make test" in text
    assert re.search(r"!\[[^\]]+\]\([^)]+\.(png|svg|webp)\)|<img", text)
    assert any(param.id.startswith("README.md") for param in blocks("console"))


def test_the_questions_are_listed_with_both_titles(region):
    text = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")

    for query in region.questions.values():
        if query.path.count("/") == 1:
            assert all(part in text for part in (query.name, query.title["en"], query.title["vi"])), query.name
