"""The measurement of the maps runs and tells what it found; how fast anything is stands in docs/bench-maps.md alone."""

import importlib.util
import re
import subprocess
import sys
from collections import Counter

import pytest

from test_architecture import ROOT


@pytest.fixture(scope="module")
def made():
    """Load the maker of graphs from its file."""
    spec = importlib.util.spec_from_file_location("sample", ROOT / "bench" / "sample.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.sample


@pytest.mark.parametrize("size", [40, 100, 2653])
def test_a_made_up_graph_is_as_big_as_asked_and_always_the_same(made, size):
    model = made(size)

    assert len({node.id for node in model.nodes}) == size
    assert model == made(size)


def test_a_made_up_graph_is_as_dense_as_the_real_one(made):
    """The whole region has 3.2 relations, 3.8 facts and 0.3 sources for each entity that a map shows."""
    model = made(2653)

    assert 3.2 < len(model.edges) / len(model.nodes) < 4
    assert 3.8 < sum(len(node.facts) for node in model.nodes) / len(model.nodes) < 5
    assert 0.3 < len(model.sources) / len(model.nodes) < 0.4
    assert len(Counter(node.kind for node in model.nodes)) == 7


@pytest.mark.browser
def test_the_measurement_writes_its_page(chromium, tmp_path):
    page = tmp_path / "bench.md"
    command = [sys.executable, str(ROOT / "bench" / "maps.py"), "--sizes", "40", "--rounds", "1", "-o", str(page)]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    text = page.read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if re.match(r"\| 40 \| (ours|pyvis) ", line)]
    assert [row[1] for row in rows] == ["ours", "pyvis"]
    assert re.fullmatch(r"\d+\.\d\d / \d+\.\d\d", rows[0][2])
    assert rows[1][4] == "no search"
