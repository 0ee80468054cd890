"""Records become statements: every kind of value, every way of nesting, every mistake in the curator's words."""

import pytest

import mini

A = "rdf:type"


def problems(text: str, lang: str = "en") -> list[str]:
    """Give what is said about one wrong record, without its line."""
    return [one.partition(": ")[2] for one in mini.said(mini.lifted(text)[1], lang)]


VALUES = {
    "langString": ('meeting: evt-x\nname: {vi: "Họp"}', ("evt-x", "skos:prefLabel", "Họp@vi")),
    "langString list": ('meeting: evt-x\nalias: [{vi: "A"}, {vi: "B"}]', ("evt-x", "skos:altLabel", "B@vi")),
    "string": ("country: cty-vn\niso2: VN", ("cty-vn", "coop:isoCode", "VN")),
    "string like a number": ("country: cty-vn\nm49: 010", ("cty-vn", "coop:m49Code", "010")),
    "integer": ("meeting: evt-x\nnumber: 21", ("evt-x", "coop:ordinal", "21^^xsd:integer")),
    "boolean": ("meeting: evt-x\nongoing: true", ("evt-x", "coop:ongoing", "true^^xsd:boolean")),
    "day": ("meeting: evt-x\nstart: 2022-08-05", ("evt-x", "coop:startDate", "2022-08-05^^xsd:date")),
    "month": ("meeting: evt-x\nstart: 2022-08", ("evt-x", "coop:startDate", "2022-08^^xsd:gYearMonth")),
    "year": ("meeting: evt-x\nstart: 2022", ("evt-x", "coop:startDate", "2022^^xsd:gYear")),
    "one key, two properties": ("meeting: evt-x\ndate: 2022", ("evt-x", "coop:endDate", "2022^^xsd:gYear")),
    "whole day": ("document: doc-x\nretrieved: 2022-08-05", ("doc-x", "coop:retrievedOn", "2022-08-05^^xsd:date")),
    "web address": (
        "document: doc-x\nweb: https://a.org/b",
        ("doc-x", "coop:webAddress", "https://a.org/b^^xsd:anyURI"),
    ),
    "web page as thing": (
        "organisation: org-x\nhomepage: https://a.org/",
        ("org-x", "foaf:homepage", "https://a.org/"),
    ),
    "concept": ("meeting: evt-x\noutcome: held", ("evt-x", "coop:outcome", "cgv:outcome-held")),
    "concepts": ("meeting: evt-x\ntopics: [training, digital]", ("evt-x", "coop:topic", "cgv:topic-digital")),
    "single topic": ("meeting: evt-x\ntopics: training", ("evt-x", "coop:topic", "cgv:topic-training")),
    "id": ("session: evt-x\npart_of: evt-y", ("evt-x", "coop:partOf", "evt-y")),
    "type of a meeting": ("meeting: evt-x\ntype: [talks]", ("evt-x", "coop:eventType", "cgv:event-type-talks")),
    "type of an agreement": ("agreement: agr-x\ntype: mou", ("agr-x", "coop:instrumentType", "cgv:instrument-mou")),
    "body of a post": ("post: post-x\nbody: org-x", ("post-x", "org:postIn", "org-x")),
    "body of a term": ("chairmanship: chr-x\nbody: org-x", ("chr-x", "org:organization", "org-x")),
    "role of a post": ("post: post-x\nrole: minister", ("post-x", "org:role", "cgv:member-role-minister")),
    "class of the record": ("study_visit: evt-x", ("evt-x", A, "coop:StudyVisit")),
    "class with its own key": ("unit: org-x", ("org-x", A, "org:OrganizationalUnit")),
}


@pytest.mark.parametrize("case", VALUES)
def test_a_value_is_read_as_its_property_says(case):
    text, wanted = VALUES[case]

    assert wanted in mini.facts(text)


WRONG = {
    "unknown kind": ("meting: evt-x", "unknown kind of record 'meting'; did you mean 'meeting'?"),
    "unknown key": ("meeting: evt-x\noutcom: held", "unknown key 'outcom' for a meeting; did you mean 'outcome'?"),
    "key of another class": (
        "meeting: evt-x\nparties: [org-a]",
        "unknown key 'parties' for a meeting; did you mean 'parts'?",
    ),
    "unknown topic": ("meeting: evt-x\ntopics: [trainin]", "unknown topics 'trainin'; did you mean 'training'?"),
    "unknown role": (
        "meeting: evt-x\nparticipants: [{who: per-x, role: chairr}]",
        "unknown role 'chairr'; did you mean 'chair'?",
    ),
    "derived key": (
        "meeting: evt-x\nhosted_by: org-x",
        "'hosted_by' is computed by rules and cannot be written; give the facts it follows from",
    ),
    "derived bound": (
        "meeting: evt-x\nstart_latest: 2022-01-01",
        "'start_latest' is computed by rules and cannot be written; give the facts it follows from",
    ),
    "id with capitals": (
        "meeting: evt-X",
        "'evt-X' is not an id: write lower-case ASCII words joined by hyphens, e.g. evt-accsm-21",
    ),
    "id with marks": (
        "meeting: evt-họp",
        "'evt-họp' is not an id: write lower-case ASCII words joined by hyphens, e.g. evt-accsm-21",
    ),
    "id of another kind": ("meeting: agr-x", "the id of a meeting starts with 'evt-', found 'agr-x'"),
    "link to no id": (
        "session: evt-x\npart_of: The Meeting",
        "'The Meeting' is not an id: write lower-case ASCII words joined by hyphens, e.g. org-vn-moha",
    ),
    "guessed date": ("meeting: evt-x\nstart: 2022?", "'2022?' is not a date like 2023-05-23, 2023-05 or 2023"),
    "no whole day": ("document: doc-x\nretrieved: 2022", "'2022' is not a full date like 2023-05-23"),
    "no number": ("meeting: evt-x\nnumber: XXI", "'XXI' is not a whole number like 21"),
    "number with zero": ("meeting: evt-x\nnumber: 021", "'021' is not a whole number like 21"),
    "no truth": ("meeting: evt-x\nongoing: yes", "'yes' is not true or false"),
    "no web address": ("document: doc-x\nweb: asean.org", "'asean.org' is not a web address like https://asean.org/…"),
    "no language": (
        "meeting: evt-x\nname: Meeting",
        """'name' is text in a language: write {vi: "…", en: "…"}, found 'Meeting'""",
    ),
    "a comma in an unquoted text": (
        "meeting: evt-x\nname: {vi: Họp, vòng hai}",
        """'vòng hai' is not a language code; a comma inside the text? put the text in quotes: {vi: "…", en: "…"}""",
    ),
    "empty value": ("meeting: evt-x\nstart:", "'start' has no value; give one or delete the line"),
    "empty text": ('meeting: evt-x\nname: {vi: " "}', "'name.vi' has no value; give one or delete the line"),
    "mapping for a text": ("meeting: evt-x\nstart: {year: 2022}", "'start' wants one text, found a mapping"),
    "text for records": (
        "meeting: evt-x\nparticipants: [per-x]",
        "'participants' holds records: write `- {…}` under it, found 'per-x'",
    ),
    "part of an id missing": (
        "meeting: evt-x\nparticipants: [{who: per-x}]",
        "the id of this participation is built from 'par-{inActivity}--{participant}--{role}', but 'role' is missing",
    ),
    "tenure without post": (
        "tenure: {who: per-x}",
        "the id of this tenure is built from 'ten-{member}--{post|organization}', but 'post | body' is missing",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_is_told_once_with_what_would_be_right(case):
    text, wanted = WRONG[case]

    assert problems(text) == [wanted]


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_is_told_in_vietnamese_too(case):
    text, english = WRONG[case]

    assert len(problems(text, "vi")) == 1
    assert problems(text, "vi") != [english]


def test_a_wrong_record_keeps_everything_out_of_the_graph(tmp_path):
    built = mini.stated(tmp_path, "L1: [{meeting: evt-x, start: soon, topics: [training]}]")

    assert (built.failed, len(built.store)) == (True, 0)


def test_a_mistake_stands_on_its_own_line():
    _, issues = mini.lifted("meeting: evt-x\nparticipants:\n  - who: per-x\n    role: chairr")

    assert [issue.where.line for issue in issues] == [4]


QUANTITIES = {
    "2-3 expert": {("min_value", "2"), ("max_value", "3"), ("unit", "expert")},
    "~20 official/delegation": {
        ("min_value", "20"), ("max_value", "20"), ("approximate", "true"), ("unit", "official"), ("per_unit", "delegation")
    },
    ">100 person": {("min_value", "100"), ("unit", "person")},
    "<5 day": {("max_value", "5"), ("unit", "day")},
    "10 official": {("min_value", "10"), ("max_value", "10"), ("unit", "official")},
    "1.5 day": {("min_value", "1.5"), ("max_value", "1.5"), ("unit", "day")},
    "38000 person @2016": {("min_value", "38000"), ("max_value", "38000"), ("unit", "person"), ("observed", "2016")},
}  # fmt: skip
KEYS = {"coop:minValue": "min_value", "coop:maxValue": "max_value", "coop:unit": "unit", "coop:perUnit": "per_unit",
        "coop:approximate": "approximate", "coop:observedOn": "observed"}  # fmt: skip


@pytest.mark.parametrize("text", QUANTITIES)
def test_a_compact_quantity_becomes_its_parts(text):
    found = mini.facts(f'commitment: com-x\nquantities: ["{text}"]')

    parts = {(KEYS[p], o.partition("^^")[0].removeprefix("cgv:unit-")) for s, p, o in found if p in KEYS}
    assert parts == QUANTITIES[text]


@pytest.mark.parametrize(
    "text", ["many", "20", "expert 20", "2 - 3 expert", "~ 20 person", "20 Person", "5% person", "-2 day"]
)
def test_a_quantity_that_makes_no_sense_is_refused_with_an_example(text):
    said = problems(f'commitment: com-x\nquantities: ["{text}"]')

    assert said == [f"cannot read quantity '{text}': write e.g. '2-3 expert', '~20 official/delegation', '>100 person'"]


def test_an_unknown_unit_is_told_with_the_nearest():
    assert problems('commitment: com-x\nquantities: ["3 experts"]') == [
        "unknown unit 'experts'; did you mean 'expert'?"
    ]


def test_two_quantities_of_one_thing_are_two_nodes():
    found = mini.facts('commitment: com-x\nquantities: ["2-3 expert", ">3 expert"]')

    assert {o for _, p, o in found if p == "coop:quantity"} == {"qty-com-x--2-3-expert", "qty-com-x--over-3-expert"}


def test_a_quantity_may_be_written_out():
    found = mini.facts("commitment: com-x\nquantities: [{id: qty-x, unit: day, min_value: 1.5}]")

    assert {("com-x", "coop:quantity", "qty-x"), ("qty-x", "coop:minValue", "1.5^^xsd:decimal")} <= found


NESTED = {
    "participants": (
        "meeting: evt-x\nparticipants: [{who: per-x, role: chair, for: org-x}]",
        {
            ("par-x--x--chair", "coop:inActivity", "evt-x"),
            ("par-x--x--chair", "coop:participant", "per-x"),
            ("par-x--x--chair", "coop:onBehalfOf", "org-x"),
        },
    ),
    "agenda": (
        'meeting: evt-x\nagenda: [{name: {vi: "A"}}, {name: {vi: "B"}}]',
        {("evt-x", "coop:hasAgendaItem", "agd-evt-x-2"), ("agd-evt-x-2", "coop:ordinal", "2^^xsd:integer")},
    ),
    "objectives": (
        'meeting: evt-x\nobjectives: [{number: 7, name: {vi: "A"}}]',
        {("evt-x", "coop:hasObjective", "obj-evt-x-7"), ("obj-evt-x-7", "skos:prefLabel", "A@vi")},
    ),
    "parts": (
        "meeting: evt-x\nparts: [{session: evt-y, outcome: held}]",
        {("evt-y", "coop:partOf", "evt-x"), ("evt-y", A, "coop:Session")},
    ),
    "priorities": (
        'plan: wpl-x\npriorities: [{name: {vi: "A"}}]',
        {("pri-x-1", "coop:priorityOf", "wpl-x"), ("pri-x-1", A, "coop:PriorityArea")},
    ),
    "commitments": (
        "agreement: agr-x\ncommitments: [{commitment: com-y, action: hold-courses}]",
        {("com-y", "coop:setOutIn", "agr-x"), ("com-y", "coop:actionType", "cgv:action-hold-courses")},
    ),
    "nested in nested": (
        'meeting: evt-x\nparticipants: [{who: org-x, role: delegation, headcount: "10 person"}]',
        {("par-x--x--delegation", "coop:headcount", "qty-par-x--x--delegation--10-person")},
    ),
    "official name": (
        'organisation: org-x\nofficial_names: [{text: {en: "The Office"}, start: 2020}]',
        {
            ("org-x", "coop:officialName", "nam-org-x--the-office"),
            ("nam-org-x--the-office", "coop:startDate", "2020^^xsd:gYear"),
        },
    ),
}


@pytest.mark.parametrize("case", NESTED)
def test_a_record_may_be_written_inside_another(case):
    text, wanted = NESTED[case]

    assert wanted <= mini.facts(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("tenure: {who: per-x, post: post-y, observed: 2020}", "ten-x--y"),
        ("tenure: {who: per-x, body: org-y, role: official}", "ten-x--y"),
        ("tenure: {id: ten-x--y-2, who: per-x, post: post-y}", "ten-x--y-2"),
        ("membership: {who: cty-vn, body: org-asean}", "mem-vn--asean"),
        ("participation: {who: per-x, event: evt-y, role: chair}", "par-y--x--chair"),
    ],
)
def test_an_id_is_put_together_from_the_record(text, wanted):
    assert wanted in {subject for subject, _, _ in mini.facts(text)}


def test_two_sources_that_say_the_same_name_the_same_thing():
    one = mini.facts("tenure: {who: per-x, post: post-y, observed: 2020}")
    two = mini.facts("tenure: {post: post-y, observed: 2020, who: per-x}")

    assert one == two


def test_a_decision_reads_its_values_as_the_property_it_decides_on():
    found = mini.facts('decision: dec-x\nabout: evt-x\nproperty: theme\naccepts: {vi: "A"}\nrejects: {vi: "B"}')

    assert ("dec-x", "coop:rejectedValue", "B@vi") in found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("property: outcome\nrejects: held", "cgv:outcome-held"),
        ("property: coop:startDate\nrejects: 2022-08", "2022-08^^xsd:gYearMonth"),
        ("property: part_of\nrejects: evt-y", "evt-y"),
    ],
)
def test_a_rejected_value_has_the_type_of_the_property(text, wanted):
    assert ("dec-x", "coop:rejectedValue", wanted) in mini.facts(f"decision: dec-x\nabout: evt-x\n{text}")


def test_a_decision_may_name_its_property_after_the_values():
    found = mini.facts("decision: dec-x\nabout: evt-x\nrejects: 2022-08\nproperty: coop:startDate")

    assert ("dec-x", "coop:rejectedValue", "2022-08^^xsd:gYearMonth") in found


def test_a_decision_on_an_unknown_property_gets_a_suggestion():
    assert problems("decision: dec-x\nabout: evt-x\nproperty: outcom") == [
        "'outcom' is no property of ours; did you mean 'outcome'?"
    ]
