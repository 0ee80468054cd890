"""Notebooks: answers, cards, maps and briefs show themselves, escaped and fenced in; the example notebook runs."""

import ast
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from coopgraph.cards import Card, Fact
from coopgraph.model import Evidence, Table
from coopgraph.notebook import MOST, Page

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"
NASTY = '<script>window.__pwned = 1</script>"\'><img src=x onerror="window.__pwned = 1">&amp;'
THING = "https://w3id.org/coopgraph/id/org-x"


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def cells(kind: str) -> list[dict[str, Any]]:
    return [cell for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


def run(code: str, space: dict[str, object]) -> object:
    """Run a cell as Jupyter does: the value of its last line is what shows, unless a semicolon ends it."""
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) and not code.rstrip().endswith(";") else None
    exec(compile(tree, "cell", "exec"), space)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), space) if last else None


def shown(value: object) -> str:
    """Give what a notebook shows of a value."""
    return value._repr_html_() if hasattr(value, "_repr_html_") else repr(value)


def inside(frame: str) -> str:
    """Give the document inside a frame, as a browser reads it."""
    return unescape(re.search(r'srcdoc="([^"]*)"', frame)[1])


@pytest.fixture
def ran(atlas, cache, empty, monkeypatch) -> dict[str, str]:
    """Run the example notebook from the top in an empty folder; give what each cell shows, by its id."""
    monkeypatch.setenv("COOPGRAPH_CACHE", str(cache))
    monkeypatch.chdir(empty)
    space: dict[str, object] = {}
    return {cell["id"]: shown(run(source(cell), space)) for cell in cells("code")}


def test_the_example_notebook_runs_and_shows_what_it_promises(ran, empty):
    assert ">Thongchanh Manixay</td>" in ran["signatories"]
    assert "chắc chắn" in ran["in-force"]
    assert "doc-vietnamnet-2023-05-mou L5s9" in ran["records"]
    assert "Phạm Thị Thanh Trà" in ran["card"]
    assert ran["degree"].count("<tr>") == 6
    assert ran["network"].startswith("[(")
    assert "<html" in inside(ran["draw"])
    assert "Việt Nam – Lào" in inside(ran["brief"])
    assert {path.name for path in empty.iterdir()} == {"map.html", "viet-nam-lao.html", "viet-nam-lao.md"}
    assert (empty / "map.html").read_text(encoding="utf-8") == inside(ran["draw"])


def test_the_example_notebook_is_kept_without_outputs():
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    ids = [cell["id"] for cell in notebook["cells"]]

    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert [cell["id"] for cell in cells("code") if cell["outputs"] or cell["execution_count"]] == []
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z-]{1,64}", name) for name in ids)


def test_every_text_of_the_example_notebook_is_in_both_languages():
    texts = [source(cell) for cell in cells("markdown")]

    vietnamese = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
    assert [text for text in texts if not vietnamese.search(text)] == []


def test_a_map_is_text_for_files_and_a_fenced_frame_for_notebooks(atlas):
    page = atlas.map(focus="agr-vn-la-moha-mou-2023")

    frame = page._repr_html_()

    assert isinstance(page, str)
    assert page == str(page)
    assert inside(frame) == page
    assert re.search(r'sandbox="([^"]*)"', frame)[1].split().count("allow-scripts") == 1
    assert "allow-same-origin" not in frame
    assert frame.count("<") == 2


def test_a_brief_shows_itself_and_reads_as_text(atlas):
    brief = atlas.brief("org-vn-moha")

    assert inside(brief._repr_html_()).startswith("<!doctype html>")
    assert str(brief).startswith("# Ministry of Home Affairs of Viet Nam\n")


@pytest.mark.browser
@pytest.mark.parametrize("draw", ["map", "brief"])
def test_a_page_works_inside_its_frame_and_cannot_reach_out_of_it(chromium, tmp_path, atlas, draw):
    shown = atlas.map() if draw == "map" else atlas.brief("cty-vn", "cty-la")
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!doctype html><p>cell</p>{shown._repr_html_()}", encoding="utf-8")
    page = chromium.new_page()
    asked, problems = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: said.type in ("error", "warning") and problems.append(said.text))
    page.on("pageerror", lambda wrong: problems.append(str(wrong)))

    page.goto(notebook.as_uri())
    frame = page.frames[1]
    if draw == "map":
        frame.wait_for_function("() => window.__ready", timeout=20_000)
        frame.get_by_role("tab").nth(1).click()
    else:
        frame.get_by_role("heading", level=1).wait_for()
    reached = frame.evaluate("() => { try { return !!parent.document.body } catch { return false } }")
    high = page.locator("iframe").evaluate("frame => frame.clientHeight")
    page.close()

    assert not reached
    assert high >= 600
    assert [url for url in asked if not url.startswith(("file:", "about:srcdoc"))] == []
    assert problems == []


def test_tables_and_cards_are_escaped():
    node = ox.NamedNode(THING)
    table = Table((NASTY,), ((ox.Literal(NASTY),), (node,)), NASTY, {THING: NASTY}, ((Evidence("doc-x", NASTY),), ()))
    fact = Fact(THING, inverse=False, value=ox.Literal(NASTY), evidence=(Evidence("doc-x", NASTY),))
    card = Card(
        THING, (THING,), (fact, Fact(THING, inverse=True, value=node, evidence=(), parts=(fact,))), {THING: NASTY}
    )

    for html in (table._repr_html_(), card._repr_html_()):
        assert "<script" not in html
        assert "<img" not in html
        assert unescape(re.sub("<[^>]+>", "", html)).count("<script>window.__pwned = 1</script>") >= 4


def test_a_long_table_says_how_many_rows_it_keeps_back():
    table = Table(("n",), tuple((ox.Literal(n),) for n in range(MOST + 5)))

    html = table._repr_html_()

    assert html.count("<tr>") == MOST + 1
    assert f"5 more of {MOST + 5} rows" in html


def test_the_card_of_a_thing_shows_names_and_sources(atlas):
    html = atlas.show("agr-vn-la-moha-mou-2023", lang="vi")._repr_html_()

    assert "<caption>Bản ghi nhớ hợp tác giai đoạn 2023-2026 giữa Bộ Nội vụ Việt Nam và Bộ Nội vụ Lào" in html
    assert re.search(">2026-12-31</td><td[^>]*>doc-vietnamnet-2023-05-mou L5s9</td>", html)
    assert "https://w3id.org" not in html


def test_a_page_takes_part_in_everything_that_text_does():
    page = Page("<p>Lào</p>")

    assert json.loads(json.dumps(page)) == "<p>Lào</p>"
    assert page.encode() == "<p>Lào</p>".encode()
