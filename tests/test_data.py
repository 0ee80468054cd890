"""The curated data of the repository: whole, without problems, and faithful to its sources."""

import hashlib
import os
import re
import unicodedata
from pathlib import Path

import pytest

import mini
from coopgraph.build import Built, build
from coopgraph.cache import Cache

TEXTS = os.environ.get("COOPGRAPH_TEXTS", "")
SEEDS = {
    "doc-napa-2016-korea-visit": ("994909da19d11f78d4dc1f29396e1e70047c9a15ebb3d2f7b9b1ff9196d3da25", 12),
    "doc-moha-2023-08-workshop": ("20709c2296406c2d8bc69c213fd9fcc0fc96974ce595adb018f5288c5d754c3b", 17),
    "doc-sputnik-2022-08-05": ("33057a2c88547e4c2c2a4a0e93703b9339b22504c740d3f7623c9cdcb6395764", 13),
    "doc-vietnamnet-2023-05-mou": ("d4d52ef7f8218d630d80294b368878eb8f4f0e0931638f12f840de49e80fbe7e", 16),
    "doc-aseanvietnam-2021-accsm21-roadmap": ("040d8911cee2c8b07fbb50181715eceacf71e3c5e5d98c35d02123c6919a46ff", 20),
}
"""Seed document → sha256 of its text, and the least number of places that are curated."""
KNOWN = {
    "S03-name-missing",
    "S05-represents-nobody",
    "S07",
    "S10-observed-outside",
    "S18-visit-without-host",
    "S22-overlap",
}
"""Checks that may warn of the data as it is: the sources seen do not tell more."""
WORDS = 12
"""So many consecutive words of a source are a quotation."""
TITLES = re.compile(r"(evt|doc|org|post|law|agr|wpl|pol)-\S+ (skos:\w+Label|dcterms:title)|\S+ coop:theme")
"""Where proper titles stand, which are given as their sources give them."""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Built:
    """Build the repository's data in memory, with the texts where they are at hand."""
    cache = Cache(tmp_path_factory.mktemp("cache"), mini.REPOSITORY)
    return build(mini.REPOSITORY, cache, Path(TEXTS) if TEXTS else None)


@pytest.fixture(scope="module")
def documents(built) -> dict[str, dict[str, str]]:
    """Give what the passports say, by document."""
    found: dict[str, dict[str, str]] = {}
    for subject, predicate, term in mini.named(built, "documents"):
        found.setdefault(subject, {})[predicate] = term
    return found


def test_the_data_has_no_violation(built):
    assert [line for i in built.issues if i.severity == "error" for line in mini.said([i])] == []


def test_a_warning_is_one_that_only_a_source_can_answer(built):
    """A term whose dates two sources give apart, a post nobody dates, a name without its marks: curators know them."""
    warned = {i.text["en"].rpartition("[")[2].rstrip("]") for i in built.issues if i.severity == "warning"}

    assert warned <= KNOWN, warned - KNOWN


@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_document_is_curated_at_many_places(built, name):
    places = {o for s, p, o in mini.named(built, "provenance") if p == "coop:locator" and s.startswith(f"cgg:{name}/")}

    assert len(places) >= SEEDS[name][1]


@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_document_has_the_hash_of_its_text(documents, name):
    assert documents[name]["coop:sha256"] == SEEDS[name][0]


def test_every_archived_document_has_a_hash(documents):
    assert {n for n, said in documents.items() if "coop:archivedAs" in said and "coop:sha256" not in said} == set()


def test_no_text_of_a_source_lies_in_the_repository():
    assert not list((mini.REPOSITORY / "data").rglob("*.txt"))


def test_every_text_is_in_nfc(built):
    texts = {term for _, _, term in mini.accepted(built)}

    assert {text for text in texts if not unicodedata.is_normalized("NFC", text)} == set()


def test_every_claim_has_a_source_and_a_place(built):
    provenance = mini.named(built, "provenance")
    described = {s for s, p, _ in provenance if p == "coop:source"} & {
        s for s, p, _ in provenance if p == "coop:locator"
    }
    graphs = {mini.brief(graph) for graph in built.store.named_graphs()}

    assert {graph for graph in graphs if graph.startswith("cgg:doc-")} <= described


def test_a_date_that_no_text_gives_is_marked_as_inferred(built):
    visit = {
        mini.brief(quad.graph_name)
        for quad in built.store
        if mini.short(quad)[:2] == ("evt-vn-napa-korea-study-2016", "coop:startDate")
    }

    assert {graph for graph in visit if graph.startswith("cgg:doc-") and "~inferred" not in graph} == set()


def test_the_undated_visit_has_no_invented_day(built):
    dates = {o for s, p, o in mini.accepted(built) if (s, p) == ("evt-vn-napa-korea-study-2016", "coop:startDate")}

    assert dates == {"2016^^xsd:gYear"}


def test_both_wordings_of_the_theme_and_both_spellings_of_the_name_stay(built):
    accepted = mini.accepted(built)

    themes = {o for _, p, o in accepted if p == "coop:theme" and o.endswith("@vi") and "Cộng đồng ASEAN gắn kết" in o}
    names = {o for s, p, o in accepted if s == "per-chu-tuan-tu" and p in ("skos:prefLabel", "skos:altLabel")}
    assert len(themes) >= 2
    assert {"Chu Tuấn Tú@vi", "Vũ Tuấn Tú@vi"} <= names


if TEXTS:

    def test_every_place_is_found_in_its_text(built):
        assert built.notes["places verified"] > 100
        assert built.notes["texts not at hand"] == 0

    def words(text: str) -> list[str]:
        return re.findall(r"\w+", text.casefold())

    def test_no_sentence_of_a_source_is_quoted(built):
        facts = {fact for fact in mini.accepted(built) if fact[2].endswith(("@vi", "@en"))}
        said = {term.rpartition("@")[0] for s, p, term in facts if not TITLES.fullmatch(f"{s} {p}")}
        ours = {tuple(w[i : i + WORDS]) for w in map(words, said) for i in range(len(w) - WORDS + 1)}
        theirs = set()
        for path in Path(TEXTS).glob("*.txt"):
            w = words(path.read_text(encoding="utf-8"))
            theirs |= {tuple(w[i : i + WORDS]) for i in range(len(w) - WORDS + 1)}

        assert {" ".join(run) for run in ours & theirs} == set()

    @pytest.mark.parametrize("name", SEEDS)
    def test_the_hash_is_that_of_the_text_at_hand(documents, name):
        raw = (Path(TEXTS) / documents[name]["coop:archivedAs"]).read_bytes()

        assert hashlib.sha256(raw).hexdigest() == documents[name]["coop:sha256"]
