"""Places in a text: written, read, named, and found again."""

import pytest
from hypothesis import strategies as st

from coopgraph import places
from coopgraph.places import Place
from coopgraph.terms import SLUG
from mini import law

NUMBER = st.integers(1, 999)
LOCATORS = st.one_of(
    st.builds("L{}".format, NUMBER),
    st.builds(lambda first, more: f"L{first}-{first + more}", NUMBER, NUMBER),
    st.builds("L{}s{}".format, NUMBER, NUMBER),
    st.builds(lambda line, first, more: f"L{line}s{first}-{first + more}", NUMBER, NUMBER, NUMBER),
    st.builds("pg{}".format, NUMBER),
    st.builds("row{}".format, NUMBER),
    st.just("whole"),
)
PLACES = st.builds(
    Place,
    st.lists(LOCATORS, min_size=1, max_size=4).map(tuple),
    st.lists(st.from_regex(SLUG, fullmatch=True), max_size=2).map(tuple),
    st.booleans(),
    st.sampled_from(["", "medium", "low"]),
)


@law(PLACES)
def test_a_place_reads_back_as_it_was_written(place):
    assert places.read(str(place)) == place


@law(PLACES, PLACES)
def test_two_places_never_share_a_graph(one, two):
    assert (one == two) == (one.graph("doc-x") == two.graph("doc-x"))


@law(PLACES)
def test_the_graph_of_a_place_is_described_with_all_its_parts(place):
    said = [(predicate.value.rpartition("#")[2], term.value) for _, predicate, term in place.describe("doc-x")]

    assert tuple(value for name, value in said if name == "locator") == place.locators
    assert sum(name == "saidBy" for name, _ in said) == len(place.speakers)
    assert any(name == "assertionMode" and value.endswith("inferred") for name, value in said) == place.inferred


@law(st.text(alphabet="Ls0123456789-+|~pgrowhleinfd ", max_size=20))
def test_what_is_read_as_a_place_is_written_the_same_way(text):
    found = places.read(text)

    assert found is None or str(found) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "L", "5", "L5 ", "l5", "L5s", "L5-", "L5+", "+L5", "L5s1~guessed", "L5~low~inferred", "L5|", "L5|Per X",
        "page 5", "L5, L6", "L0", "L5s0", "L9-5", "L5s9-5",
    ],
)  # fmt: skip
def test_what_is_no_place_is_not_read(text):
    assert places.read(text) is None


SENTENCES = {
    "one": ("Một câu.", ["Một câu."]),
    "two": ("Câu một. Câu hai.", ["Câu một.", "Câu hai."]),
    "title": ("Đoàn do TS. Hà dẫn đầu. Hết.", ["Đoàn do TS. Hà dẫn đầu.", "Hết."]),
    "two titles": ("Có ThS. CVCC. Hưng. Hết.", ["Có ThS. CVCC. Hưng.", "Hết."]),
    "professor": ("Gặp PGS. TS. Lê An. Rồi về.", ["Gặp PGS. TS. Lê An.", "Rồi về."]),
    "title in brackets": ("Ông (TS. An) nói. Hết.", ["Ông (TS. An) nói.", "Hết."]),
    "title after a quote": ("“TS. An” nói. Hết.", ["“TS. An” nói.", "Hết."]),
    "english titles": ("He met Dr. Lee. Then Mr. Woo.", ["He met Dr. Lee.", "Then Mr. Woo."]),
    "quote closed": ("Ông nói: “Vâng.” Sau đó họ ký.", ["Ông nói: “Vâng.”", "Sau đó họ ký."]),
    "quote opened": ("Hết. “Vâng”, ông nói.", ["Hết.", "“Vâng”, ông nói."]),
    "guillemets": ("Hết. «Vâng», ông nói.", ["Hết.", "«Vâng», ông nói."]),
    "question": ("Ai? Ông An. Thật! Vâng.", ["Ai?", "Ông An.", "Thật!", "Vâng."]),
    "ellipsis": ("Gồm đào tạo… Hai bên ký.", ["Gồm đào tạo…", "Hai bên ký."]),
    "ellipsis before small": ("Gồm đào tạo… và ký.", ["Gồm đào tạo… và ký."]),
    "date": ("Ngày 5.8.2022 họp. Hết.", ["Ngày 5.8.2022 họp.", "Hết."]),
    "number after stop": ("Kéo dài 3 ngày. 20 người dự.", ["Kéo dài 3 ngày. 20 người dự."]),
    "no gap": ("Hết.Tiếp theo.", ["Hết.Tiếp theo."]),
    "capital with marks": ("Hết. Ông An. Đoàn về. Ấn Độ.", ["Hết.", "Ông An.", "Đoàn về.", "Ấn Độ."]),
    "spaces": ("  Một.   Hai.  ", ["Một.", "Hai."]),
    "empty": ("   ", []),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_a_line_is_split_where_a_sentence_ends(case):
    line, wanted = SENTENCES[case]

    assert places.sentences(line) == wanted


@law(st.text(alphabet="AbĐộ.!?…”“ TS", max_size=60))
def test_splitting_loses_no_letter(line):
    assert "".join("".join(places.sentences(line)).split()) == "".join(line.split())


LINES = ["Một. Hai. Ba.", "", "Dòng ba."]


@pytest.mark.parametrize(
    ("locator", "wanted"),
    [
        ("L1", "Một. Hai. Ba."), ("L1s2", "Hai."), ("L1s2-3", "Hai. Ba."), ("L1-3", "Một. Hai. Ba.\n\nDòng ba."),
        ("L2", ""), ("L4", ""), ("L1s4", ""), ("L3s2", ""), ("L2-4", ""), ("L3-1", ""), ("L0", ""), ("L1s0", ""),
        ("L1s3-2", ""), ("L1s2-9", ""), ("pg3", "pg3"), ("whole", "whole"),
    ],
)  # fmt: skip
def test_a_locator_finds_its_text_or_nothing_past_the_end(locator, wanted):
    assert places.text_at(locator, LINES) == wanted
