"""Curated files become claims under their places, an accepted view, date bounds, and conclusions; and problems."""

import hashlib

import pytest

import mini

DOC = "data/docs/doc-x.yaml"
TWO = """
    L1: [{meeting: evt-x, name: {vi: "Họp", en: "Meeting"}, theme: {vi: "Một"}, start: 2022-08-05}]
    L2|per-an~inferred~low: [{meeting: evt-x, theme: {vi: "Hai"}, name: {vi: "Hội nghị"}, outcome: held}]
    """


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Build a document that says two things of one meeting, at two places."""
    return mini.stated(tmp_path_factory.mktemp("two"), TWO)


def test_a_claim_graph_holds_what_stands_at_its_place(two):
    assert mini.named(two, "doc-x/L2--per-an~inferred~low") == {
        ("evt-x", "rdf:type", "coop:Meeting"),
        ("evt-x", "coop:theme", "Hai@vi"),
        ("evt-x", "skos:prefLabel", "Hội nghị@vi"),
        ("evt-x", "coop:outcome", "cgv:outcome-held"),
    }


def test_a_claim_graph_is_described_with_document_place_mode_speaker_and_confidence(two):
    about = "cgg:doc-x/L2--per-an~inferred~low"

    assert {fact for fact in mini.named(two, "provenance") if fact[0] == about} == {
        (about, "rdf:type", "coop:ClaimGraph"),
        (about, "coop:source", "doc-x"),
        (about, "coop:locator", "L2"),
        (about, "coop:assertionMode", "cgv:assertion-inferred"),
        (about, "coop:confidence", "cgv:confidence-low"),
        (about, "coop:saidBy", "per-an"),
    }


def test_the_passport_of_a_document_is_no_claim_of_it(two):
    assert ("doc-x", "dcterms:issued", "2022-08-06^^xsd:date") in mini.named(two, "documents")
    assert not any(subject == "doc-x" for subject, _, _ in mini.named(two, "doc-x/L1"))


def test_two_wordings_of_a_theme_are_both_accepted(two):
    assert {o for _, p, o in mini.accepted(two) if p == "coop:theme"} == {"Một@vi", "Hai@vi"}


def test_conclusions_stand_in_a_graph_of_their_rule(two):
    derived = mini.named(two, "derived/01-types")

    assert ("evt-x", "rdf:type", "coop:Activity") in derived
    assert derived <= mini.accepted(two)


def test_a_thing_has_one_preferred_name_per_language(two):
    assert {o for s, p, o in mini.accepted(two) if (s, p) == ("evt-x", "skos:prefLabel")} == {"Họp@vi", "Meeting@en"}


def test_a_further_name_becomes_another_name(two):
    assert ("evt-x", "skos:altLabel", "Hội nghị@vi") in mini.accepted(two)


def test_the_registry_names_before_any_document(tmp_path):
    built = mini.stated(tmp_path, 'L1: [{person: per-an, name: {vi: "An"}}]')

    names = {(p, o) for s, p, o in mini.accepted(built) if s == "per-an" and o.endswith("@vi")}
    assert names == {("skos:prefLabel", "Nguyễn An@vi"), ("skos:altLabel", "An@vi")}


def test_the_earlier_document_names_before_the_later(tmp_path):
    files = {
        f"data/docs/{name}.yaml": mini.document(f'L1: [{{meeting: evt-x, name: {{vi: "{name}"}}}}]', name, issued)
        for name, issued in [("doc-a", "2022"), ("doc-b", "2020-05")]
    }

    built = mini.made(tmp_path, files)

    assert ("evt-x", "skos:prefLabel", "doc-b@vi") in mini.accepted(built)


def decided(tmp_path, rest: str) -> mini.Built:
    """Build the two places with a decision."""
    decision = f'decision: dec-x\nabout: evt-x\n{rest}\ndecided: 2026-01-01\nreason: {{vi: "Lý do", en: "Reason"}}\n'
    return mini.made(tmp_path, {DOC: mini.document(TWO), "data/decisions.yaml": decision})


def test_a_rejected_value_leaves_the_accepted_view_and_stays_a_claim(tmp_path):
    built = decided(tmp_path, 'property: theme\nrejects: {vi: "Hai"}\naccepts: {vi: "Một"}')

    assert ("evt-x", "coop:theme", "Hai@vi") not in mini.accepted(built)
    assert ("evt-x", "coop:theme", "Hai@vi") in mini.named(built, "doc-x/L2--per-an~inferred~low")


@pytest.mark.parametrize(("key", "name"), [("name", "Họp"), ("skos:prefLabel", "Hội nghị")])
def test_a_rejected_name_is_still_found_by_search(tmp_path, key, name):
    built = decided(tmp_path, f'property: {key}\nrejects: {{vi: "{name}"}}')

    labels = {p for s, p, o in mini.accepted(built) if (s, o) == ("evt-x", f"{name}@vi")}
    assert labels == {"skos:hiddenLabel"}


def test_when_the_first_name_is_rejected_the_next_one_is_preferred(tmp_path):
    built = decided(tmp_path, 'property: name\nrejects: {vi: "Họp"}')

    assert ("evt-x", "skos:prefLabel", "Hội nghị@vi") in mini.accepted(built)


def test_a_rejected_date_bounds_nothing(tmp_path):
    built = decided(tmp_path, "property: coop:startDate\nrejects: 2022-08-05")

    assert not any("start" in p for s, p, _ in mini.accepted(built) if s == "evt-x")


def test_a_meeting_that_is_part_of_itself_is_reported_at_its_line(tmp_path):
    facts = """
        L1: [{session: evt-a, name: {vi: "A"}, part_of: evt-b}]
        L2: [{session: evt-b, name: {vi: "B"}, part_of: evt-a}]
        """
    built = mini.stated(tmp_path, facts)

    assert [(i.where.line, "[S15-circle]" in i.show("en")) for i in built.issues if i.severity == "error"] == [
        (mini.FIRST + 1, True),
        (mini.FIRST + 2, True),
    ]


def test_an_id_that_nothing_defines_gets_a_suggestion_of_its_kind(tmp_path):
    built = mini.stated(tmp_path, 'L1: [{meeting: evt-x, name: {vi: "A"}, mentions: [org-vn-mohaa]}]')

    assert mini.errors(built) == [
        f"{DOC}:{mini.FIRST}: id 'org-vn-mohaa' is not in the registry nor defined in any file; did you mean 'org-vn-moha'?"
    ]


def test_a_speaker_that_nothing_defines_is_reported(tmp_path):
    built = mini.stated(tmp_path, 'L1|per-ann: [{meeting: evt-x, name: {vi: "A"}}]')

    assert [one.partition(" id ")[2][:9] for one in mini.errors(built)] == ["'per-ann'"]


def test_a_document_described_twice_is_reported_with_both_places(tmp_path):
    built = mini.made(tmp_path, {DOC: mini.document(mini.EVENT), "data/docs/z.yaml": mini.document(mini.EVENT)})

    assert mini.errors(built) == [f"data/docs/z.yaml:1: document 'doc-x' is already described at {DOC}:1"]


def test_a_document_described_twice_in_one_file_is_reported(tmp_path):
    text = mini.document(mini.EVENT)
    built = mini.made(tmp_path, {DOC: f"{text}\n---\n{text}"})

    assert [one.partition(": ")[2] for one in mini.errors(built)] == [
        f"document 'doc-x' is already described at {DOC}:1"
    ]


def test_several_documents_may_stand_in_one_file(tmp_path):
    other = mini.document('L5: [{meeting: evt-y, name: {vi: "B"}}]', "doc-y")
    built = mini.made(tmp_path, {DOC: f"{mini.document(mini.EVENT)}\n---\n{other}"})

    assert ("evt-y", "skos:prefLabel", "B@vi") in mini.named(built, "doc-y/L5")


def test_two_documents_that_say_the_same_count_as_two_sources(tmp_path):
    fact = "L1: [{tenure: {who: per-an, post: post-minister, observed: 2020}}]"
    files = {f"data/docs/{name}.yaml": mini.document(fact, name) for name in ("doc-a", "doc-b")}

    assert ("ten-an--minister", "coop:sourceCount", "2^^xsd:integer") in mini.accepted(mini.made(tmp_path, files))


def bounds(built: mini.Built, name: str) -> dict[str, str]:
    """Give the four day bounds of a thing, as far as they are known."""
    kinds = ("coop:startEarliest", "coop:startLatest", "coop:endEarliest", "coop:endLatest")
    return {
        p.removeprefix("coop:"): o[:10] for s, p, o in mini.named(built, "derived/bounds") if s == name and p in kinds
    }


def test_a_holder_seen_at_an_event_held_the_post_on_its_days(tmp_path):
    facts = f"""
        {mini.EVENT}
        L2: [{{tenure: {{who: per-an, post: post-minister, observed_at: evt-x}}}}]
        """

    assert bounds(mini.stated(tmp_path, facts), "ten-an--minister") == {
        "startLatest": "2022-08-05",
        "endEarliest": "2022-08-05",
    }


def test_a_holder_seen_in_a_part_held_the_post_on_the_days_of_the_whole(tmp_path):
    facts = f"""
        {mini.EVENT}
        L2: [{{session: evt-y, name: {{vi: "B"}}, part_of: evt-x}}]
        L3: [{{tenure: {{who: per-an, post: post-minister, observed_at: evt-y}}}}]
        """

    assert bounds(mini.stated(tmp_path, facts), "ten-an--minister")["startLatest"] == "2022-08-05"


def test_a_holder_seen_in_a_document_held_the_post_when_it_was_issued(tmp_path):
    built = mini.stated(tmp_path, "L2: [{tenure: {who: per-an, post: post-minister, observed_at: doc-x}}]")

    assert bounds(built, "ten-an--minister") == {"startLatest": "2022-08-06", "endEarliest": "2022-08-06"}


def test_the_next_holder_of_a_single_seat_closes_the_spell_before(tmp_path):
    facts = """
        L1: [{tenure: {who: per-an, post: post-minister, observed: [2015-03-01, 2019-05-01]}}]
        L2: [{tenure: {who: per-binh, post: post-minister, observed: 2021-04}}]
        """

    built = mini.stated(tmp_path, facts)

    assert (bounds(built, "ten-an--minister"), bounds(built, "ten-binh--minister")) == (
        {"startLatest": "2015-03-01", "endEarliest": "2019-05-01", "endLatest": "2021-04-30"},
        {"startEarliest": "2019-05-01", "startLatest": "2021-04-30", "endEarliest": "2021-04-01"},
    )


def test_two_dates_that_exclude_each_other_give_the_widest_bounds(tmp_path):
    facts = """
        L1: [{meeting: evt-x, name: {vi: "A"}, start: 2021}]
        L2: [{meeting: evt-x, start: 2023-05}]
        """

    assert bounds(mini.stated(tmp_path, facts), "evt-x") == {"startEarliest": "2021-01-01", "startLatest": "2023-05-31"}


TEXT = b"D\xc3\xb2ng m\xe1\xbb\x99t. C\xc3\xa2u hai.\nD\xc3\xb2ng hai.\n"


def archived(tmp_path, place: str, digest: str = hashlib.sha256(TEXT).hexdigest()) -> mini.Built:
    """Build a document whose text of two lines is at hand, with a fact at a place."""
    text = mini.document(f'{place}: [{{meeting: evt-x, name: {{vi: "A"}}}}]')
    passport = text.replace("language: vi", f"language: vi\narchived_as: x.txt\nsha256: {digest}")
    root = mini.folder(tmp_path, {DOC: passport, "archive/x.txt": TEXT})
    return mini.read(root, root / "archive")


@pytest.mark.parametrize("place", ["L1", "L1s2", "L1-2", "L2s1", "whole"])
def test_a_place_is_verified_in_the_text_at_hand(tmp_path, place):
    built = archived(tmp_path, place)

    assert (mini.errors(built), built.notes["places verified"]) == ([], 1)


@pytest.mark.parametrize("place", ["L3", "L1s3", "L2-3", "L2s2"])
def test_a_place_past_the_end_of_the_text_is_reported(tmp_path, place):
    assert mini.errors(archived(tmp_path, place)) == [
        f"{DOC}:9: place {place}: x.txt has no text there (it has 2 lines)"
    ]


def test_a_text_that_is_not_the_one_described_is_reported(tmp_path):
    said = mini.errors(archived(tmp_path, "L1", "0" * 64))

    assert [one.partition(" (")[0] for one in said] == [f"{DOC}:4: x.txt has another sha256"]


def test_texts_that_are_not_at_hand_are_counted(tmp_path):
    root = mini.folder(
        tmp_path, {DOC: mini.document(mini.EVENT).replace("language: vi", "language: vi\narchived_as: y.txt")}
    )

    assert mini.read(root).notes["texts not at hand"] == 1


def test_every_mistake_of_a_record_is_told_in_one_round(tmp_path):
    facts = "L1: [{meeting: evt-x, dat: 2022, participants: [{who: per-ann, role: chairr}]}]"

    told = " ".join(issue.show("en") for issue in mini.stated(tmp_path, facts).issues)

    assert "did you mean 'date'" in told
    assert "did you mean 'chair'" in told
    assert "did you mean 'per-an'" in told
