"""Every shape and every check question finds the fault that it is there for, at its file and line."""

import pyoxigraph as ox
import pytest

import mini
from coopgraph import checks, queries, terms
from coopgraph.model import PROVENANCE, Where
from coopgraph.stores.embedded import Embedded

SHAPES = mini.REPOSITORY / "ontology/shapes.ttl"
SH = "http://www.w3.org/ns/shacl#"
TARGETED = sorted(
    {
        mini.brief(quad.subject).rpartition("#")[2]
        for quad in ox.parse(path=str(SHAPES), format=ox.RdfFormat.TURTLE)
        if quad.predicate.value == SH + "targetClass"
    }
)
QUESTIONS = sorted(queries.library(mini.REPOSITORY, "checks"))
N = 'name: {vi: "%s", en: "%s"}'
RECORDS = {
    "S01": "{meeting: evt-s01, outcome: postponed}",
    "S03-name-missing": '{meeting: evt-s03, name: {vi: "S03"}}',
    "S04-event": "{participation: {who: per-an, event: org-vn-moha, role: chair}}",
    "S04-who": f"{{meeting: evt-s04, {N % ('S04', 'S04')}, participants: [{{who: post-minister, role: chair}}]}}",
    "S05-represents-nobody": f"{{meeting: evt-s05, {N % ('S05', 'S05')}, participants: [{{who: per-an, role: chair}}]}}",
    "S06-who": "{tenure: {who: org-vn-moha, post: post-minister, observed: 2020}}",
    "S06-post": "{tenure: {who: per-an, body: org-vn-moha, observed: 2020}}",
    "S07": "{tenure: {id: ten-s07, who: per-binh, post: post-minister}}",
    "S09-ends-before-start": f"{{meeting: evt-s09, {N % ('S09', 'S09')}, start: 2022-05, end: 2021}}",
    "S10-observed-outside": "{tenure: {id: ten-s10, who: per-an, body: org-la-moha, role: official, end: 2019, observed: 2021}}",
    "S11-parties": f"{{agreement: agr-s11a, {N % ('S11a', 'S11a')}, type: mou, parties: [org-vn-moha]}}",
    "S11-type": f"{{agreement: agr-s11b, {N % ('S11b', 'S11b')}, parties: [org-vn-moha, org-la-moha]}}",
    "S12-effect-before-signing": f"{{agreement: agr-s12, {N % ('S12', 'S12')}, type: mou, parties: [org-vn-moha, org-la-moha], signed: 2023-05, effective: 2022}}",
    "S13-signed-for-no-party": f"{{ceremony: evt-s13, {N % ('S13', 'S13')}, date: 2022, participants: [{{who: per-an, role: signatory, for: org-s13}}]}}, {{agreement: agr-s13, {N % ('S13a', 'S13a')}, type: mou, parties: [org-vn-moha, org-la-moha], signed_at: evt-s13}}, {{organisation: org-s13, {N % ('S13o', 'S13o')}}}",
    "S14-part-outside-whole": f"{{session: evt-s14, {N % ('S14', 'S14')}, date: 2021, part_of: evt-whole}}",
    "S15-circle": f"{{session: evt-s15, {N % ('S15', 'S15')}, part_of: evt-s15}}",
    "S16-held-undated": f"{{meeting: evt-s16, {N % ('S16', 'S16')}, outcome: held}}",
    "S17": f"{{session: evt-s17, {N % ('S17', 'S17')}}}",
    "S18-visit-without-host": f"{{study_visit: evt-s18, {N % ('S18', 'S18')}}}",
    "S19-wrong-kind": f"{{meeting: evt-s19, {N % ('S19', 'S19')}, series: evt-whole}}",
    "S20-where": f"{{commitment: com-s20a, {N % ('S20a', 'S20a')}, by: org-vn-moha, action: hold-courses}}",
    "S20-by": f"{{commitment: com-s20b, {N % ('S20b', 'S20b')}, set_out_in: evt-whole, action: hold-courses}}",
    "S20-action": f"{{commitment: com-s20c, {N % ('S20c', 'S20c')}, set_out_in: evt-whole, by: org-vn-moha}}",
    "S21-unit": f"{{meeting: evt-s21a, {N % ('S21a', 'S21a')}, attendance: [{{id: qty-s21, min_value: 3}}]}}",
    "S21-bounds": f"{{meeting: evt-s21b, {N % ('S21b', 'S21b')}, attendance: '3-2 person'}}",
    "S22": f"{{chairmanship: chr-s22, {N % ('S22', 'S22')}, who: cty-vn}}",
    "S22-overlap": f"{{chairmanship: chr-s22b, {N % ('S22b', 'S22b')}, who: cty-la, body: org-vn-moha, start: 2020, end: 2022}}",
    "S23-number-used": f"{{chairmanship: chr-s23, {N % ('S23', 'S23')}, who: cty-la, body: org-vn-moha, number: 1}}",
    "S23-edition-used": f"{{meeting: evt-z23, {N % ('S23e', 'S23e')}, series: ser-x, number: 1}}",
    "S24-same-name": f"{{organisation: org-z24, {N % ('Whole', 'Whole body')}}}",
    "S25-seat-held-twice": "{tenure: {id: ten-z25, who: per-binh, post: post-minister, start: 2010, end: 2014}}",
    "S28": f"{{country: cty-zz, {N % ('S28', 'S28')}}}",
    "event-without-participants": f"{{meeting: evt-alone, {N % ('Alone', 'Alone')}, date: 2022, outcome: held}}",
}  # fmt: skip
"""Check → records that it must complain about, the first of them or one nested in it."""
GROUND = f"""
    L1: [{{meeting: evt-whole, {N % ("Toàn", "Whole")}, date: 2022, series: ser-x, number: 1}}]
    L2: [{{chairmanship: chr-one, {N % ("Một", "One")}, who: cty-vn, body: org-vn-moha, start: 2019, end: 2021, number: 1}}]
    L3: [{{tenure: {{id: ten-a25, who: per-an, post: post-minister, start: 2011, end: 2015}}}}]
    L4: [{{organisation: org-a24, {N % ("Whole", "Whole body")}}}]
    L5: [{{series: ser-x, {N % ("Chuỗi", "Series")}}}]
    """
DOCUMENTS = {
    "S01-title": "language: vi\nweb: https://x.org/a\nissued: 2020",
    "S02-title": 'title: [{vi: "A"}, {vi: "B"}]\nlanguage: vi\nweb: https://x.org/b\nissued: 2020',
    "S27-hash": 'title: {vi: "C"}\nlanguage: vi\narchived_as: c.txt\nsha256: ABC\nissued: 2020',
    "S27-where": 'title: {vi: "D"}\nlanguage: vi\nissued: 2020',
    "S27-issued": 'title: {vi: "E"}\nlanguage: vi\nweb: https://x.org/e',
    "S27-language": 'title: {vi: "F"}\nweb: https://x.org/f\nissued: 2020',
    "document-states-nothing": 'title: {vi: "G"}\nlanguage: vi\nweb: https://x.org/g\nissued: 2020',
}
"""Check → passport that it must complain about."""
DECISION = 'decision: dec-x\nabout: evt-whole\nproperty: name\nrejects: {vi: "Never said"}\ndecided: 2026-01-01\n'
TRIPLES = {
    "S02": 'cg:evt-s02 a coop:Activity ; skos:prefLabel "A"@vi , "B"@vi .',
    "S04-role": "cg:par-s04 a coop:Participation ; coop:inActivity cg:evt-x ; coop:participant cg:per-x .",
    "S08-start": 'cg:evt-s08a a coop:Activity ; coop:startDate "soon" .',
    "S08-end": 'cg:evt-s08b a coop:Activity ; coop:endDate "2021-04"^^xsd:gYear .',
    "S08-planned": 'cg:evt-s08c a coop:Activity ; coop:plannedStart "2021-13"^^xsd:gYearMonth .',
    "S08-planned-end": "cg:evt-s08d a coop:Activity ; coop:plannedEnd 2021 .",
    "S08-observed": 'cg:evt-s08e a coop:Activity ; coop:observedOn "5/8/2021" .',
    "S08-ended-by": 'cg:evt-s08f a coop:Activity ; coop:endedBy "2021-04-05T00:00:00"^^xsd:dateTime .',
    "S08-signed": 'cg:agr-s08g a coop:Instrument ; coop:signedOn "2021-4"^^xsd:gYearMonth .',
    "S08-issued": 'cg:doc-s08h a coop:SourceDocument ; dcterms:issued "2021?" .',
    "concept-not-in-list": "cg:evt-cnl coop:outcome cgv:role-chair .",
}
"""Check → statements that curated files cannot make, but a bug or another way in could."""
GRAPHS = {
    "S26-source": 'cgg:doc-x\\/a a coop:ClaimGraph ; coop:locator "L1" ; coop:assertionMode cgv:assertion-stated .',
    "S26-locator": 'cgg:doc-x\\/b a coop:ClaimGraph ; coop:source cg:doc-x ; coop:locator "L0" ; coop:assertionMode cgv:assertion-stated .',
    "S26-mode": 'cgg:doc-x\\/c a coop:ClaimGraph ; coop:source cg:doc-x ; coop:locator "L1" .',
    "description-without-claims": "cgg:doc-x\\/d coop:source cg:doc-x .",
}
"""Check → descriptions of claim graphs that no loader writes."""
CLAIMS = {"claims-undescribed": "GRAPH cgg:doc-x\\/e { cg:evt-x coop:ordinal 1 }"}
PLANTED = {
    **RECORDS,
    **DOCUMENTS,
    "decision-without-claim": DECISION,
    "registry-unmentioned": "person,name.vi,name.en\nper-zz,Z,Z\n",
}
BARE = {**TRIPLES, **GRAPHS, **CLAIMS}


def curated() -> dict[str, str]:
    """Write the curated files with every fault that can be curated, each at a line of its own."""
    ground = mini.document(GROUND)
    facts = "".join(f"  L{number}: [{record}]\n" for number, record in enumerate(RECORDS.values(), 10))
    passports = {
        f"data/docs/{name.lower()}.yaml": f"document: doc-{name.lower()}\n{text}\n" for name, text in DOCUMENTS.items()
    }
    return {
        "data/docs/doc-x.yaml": f"{ground.rstrip()}\n{facts}",
        "data/decisions.yaml": DECISION,
        "data/registry/strays.csv": PLANTED["registry-unmentioned"],
        **passports,
    }


def expected(name: str) -> str:
    """Say where the fault of a check stands."""
    if name in RECORDS:
        line = (
            curated()["data/docs/doc-x.yaml"].split("\n").index(f"  L{[*RECORDS].index(name) + 10}: [{RECORDS[name]}]")
        )
        return f"data/docs/doc-x.yaml:{line + 1}"
    if name in DOCUMENTS:
        return f"data/docs/{name.lower()}.yaml"
    if name in BARE:
        return f"planted.trig:{[*BARE].index(name) + 1}"
    return {"decision-without-claim": "data/decisions.yaml", "registry-unmentioned": "data/registry/strays.csv:2"}[name]


def bare() -> list[mini.Issue]:
    """Check statements that never were in a curated file, each marked with a line of its own."""
    store, marks = ox.Store(), {}
    store.extend(mini.ONTOLOGY.quads)
    prefixes = "".join(f"PREFIX {name}: <{space}>\n" for name, space in terms.PREFIXES.items())
    for number, (name, text) in enumerate(BARE.items(), 1):
        graph = PROVENANCE if name in GRAPHS else ox.DefaultGraph()
        for quad in ox.parse(prefixes + text.removeprefix("GRAPH "), format=ox.RdfFormat.TRIG):
            named = quad.graph_name if name in CLAIMS else graph
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object, named))
            subject = quad.subject if name not in CLAIMS else named
            marks[subject.value, ""] = Where("planted.trig", number)
    embedded = Embedded(store)
    asked = queries.library(mini.REPOSITORY, "checks")
    findings = [*checks.shapes(embedded, SHAPES, {}), *checks.questions(embedded, asked)]
    return [finding.issue(marks) for finding in findings]


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> list[tuple[str, str, str]]:
    """Check everything that is planted, once: place, English and Vietnamese."""
    built = mini.made(tmp_path_factory.mktemp("faulty"), curated())
    return [(str(i.where), i.show("en"), i.show("vi")) for i in [*built.issues, *bare()]]


@pytest.mark.parametrize("name", [*TARGETED, *QUESTIONS])
def test_a_check_finds_its_fault_at_its_file_and_line(found, name):
    assert name in PLANTED | BARE, f"plant a fault for {name} in this file"

    places = [place for place, text, _ in found if text.endswith(f"[{name}]")]
    assert any(f"{place}:".startswith(f"{expected(name)}:") for place in places), (expected(name), places)


@pytest.mark.parametrize("name", [*TARGETED, *QUESTIONS])
def test_a_check_speaks_vietnamese_too(found, name):
    said = [(english, vietnamese) for _, english, vietnamese in found if f"[{name}]" in english]

    assert all(english != vietnamese for english, vietnamese in said)


def test_every_planted_fault_belongs_to_a_check_that_exists():
    assert (PLANTED | BARE).keys() <= {*TARGETED, *QUESTIONS}


def test_every_problem_found_has_a_file_and_a_line(found):
    assert [text for place, text, _ in found if place == "None"] == []


def test_sound_data_gives_no_problem(tmp_path):
    facts = """
        L1: [{meeting: evt-x, name: {vi: "Họp", en: "Meeting"}, date: 2022-08-05, outcome: held,
              participants: [{who: per-an, role: chair, for: org-vn-moha}, {who: per-binh, role: guest, for: org-la-moha}]}]
        L2: [{tenure: {who: per-an, post: post-minister, observed_at: evt-x}}]
        """
    built = mini.stated(tmp_path, facts)

    assert mini.said(built.issues) == []
