"""The index of names finds what a walk through all names finds, and says so when it cannot be read."""

import gc
import shutil
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph import find
from coopgraph.errors import StoreError
from coopgraph.terms import fold

WORDS = [
    "bo noi vu",
    "Bộ Nội vụ",
    "bộ",
    "b",
    "ACCSM",
    "accsm+3",
    "đào tạo",
    "dao",
    '"',
    "%",
    "_",
    "*",
    "a OR b",
    "NEAR(",
    "\0",
]


@pytest.fixture(scope="module")
def named(atlas):
    return list(find.names(atlas.store))


@pytest.fixture(scope="module")
def index(atlas, tmp_path_factory):
    path = tmp_path_factory.mktemp("index") / "ten có dấu?#%.sqlite"
    find.index(atlas.store, path)
    return path


@pytest.mark.parametrize("text", WORDS)
def test_the_index_finds_what_a_walk_finds(index, named, text):
    assert find.search(find.Index(index).looked_up(text), text) == find.search(named, text)


@given(data=st.data())
def test_any_part_of_any_name_is_found(index, named, data):
    _, name = data.draw(st.sampled_from(named))
    start = data.draw(st.integers(0, len(name) - 1))
    part = name[start : start + data.draw(st.integers(1, 12))]
    for text in (part, fold(part), part.upper()):
        assert find.search(find.Index(index).looked_up(text), text) == find.search(named, text)


@given(text=st.text(max_size=20))
def test_any_text_at_all_does_no_harm(index, named, text):
    assert find.search(find.Index(index).looked_up(text), text) == find.search(named, text)


def test_many_threads_ask_one_index(index, named):
    opened = find.Index(index)
    alone = {text: opened.looked_up(text) for text in WORDS}

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(opened.looked_up, WORDS * 20))

    assert found == [alone[text] for text in WORDS] * 20


def test_an_index_that_was_asked_stays_readable_when_a_build_takes_its_file_away(index, tmp_path):
    path = tmp_path / "names.sqlite"
    shutil.copyfile(index, path)
    opened = find.Index(path)
    before = opened.looked_up("bo noi vu")
    path.unlink()

    assert before
    assert opened.looked_up("bo noi vu") == before


def test_an_index_that_goes_leaves_no_file_open(index):
    opened = [find.Index(index) for _ in range(3)]
    for one in opened:
        one.looked_up("bo noi vu")
    connections = [weakref.ref(one._own.connection) for one in opened]
    del opened, one
    gc.collect()

    assert [found() for found in connections] == [None] * 3


@pytest.mark.parametrize("content", [None, b"", b"no database at all, but long enough to be looked at" * 9])
def test_an_index_that_cannot_be_read_is_told(tmp_path, content):
    path = tmp_path / "names.sqlite"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(StoreError, match="coopgraph build --anew"):
        find.Index(path).looked_up("bo noi vu")
