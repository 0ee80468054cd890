"""RDF files as a way in: five syntaxes, each with its source; and what is refused."""

import pytest

import mini

PREFIXES = """
@prefix coop: <https://w3id.org/coopgraph/ns#> .
@prefix cgv: <https://w3id.org/coopgraph/vocab/> .
@prefix cg: <https://w3id.org/coopgraph/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SOURCE = 'coop:source cg:doc-x ; coop:locator "L9" ; coop:assertionMode cgv:assertion-inferred .'
FACTS = 'cg:evt-y a coop:Meeting ; skos:prefLabel "Họp"@vi ; coop:startDate "2021-04"^^xsd:gYearMonth .'
TURTLE = f"{PREFIXES}\n<> {SOURCE}\n{FACTS}\n"
TRIG = f"{PREFIXES}\n<#g> {SOURCE}\n<#g> {{ {FACTS} }}\n"
NS, ID, V = (f"https://w3id.org/coopgraph/{name}" for name in ("ns#", "id/", "vocab/"))
SKOS, RDF, XSD = (
    "http://www.w3.org/2004/02/skos/core#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2001/XMLSchema#",
)
NQUADS = f"""\
<urn:g> <{NS}source> <{ID}doc-x> .
<urn:g> <{NS}locator> "L9" .
<urn:g> <{NS}assertionMode> <{V}assertion-inferred> .
<{ID}evt-y> <{RDF}type> <{NS}Meeting> <urn:g> .
<{ID}evt-y> <{SKOS}prefLabel> "Họp"@vi <urn:g> .
<{ID}evt-y> <{NS}startDate> "2021-04"^^<{XSD}gYearMonth> <urn:g> .
"""
JSON = f"""\
{{"@context": {{"coop": "{NS}", "skos": "{SKOS}"}},
 "@graph": [
  {{"@id": "urn:g", "coop:source": {{"@id": "{ID}doc-x"}}, "coop:locator": "L9",
   "coop:assertionMode": {{"@id": "{V}assertion-inferred"}},
   "@graph": [{{"@id": "{ID}evt-y", "@type": "coop:Meeting",
    "skos:prefLabel": {{"@value": "Họp", "@language": "vi"}},
    "coop:startDate": {{"@value": "2021-04", "@type": "{XSD}gYearMonth"}}}}]}}]}}
"""
XML = f"""\
<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="{RDF}" xmlns:coop="{NS}" xmlns:skos="{SKOS}">
  <rdf:Description rdf:about="">
    <coop:source rdf:resource="{ID}doc-x"/>
    <coop:locator>L9</coop:locator>
    <coop:assertionMode rdf:resource="{V}assertion-inferred"/>
  </rdf:Description>
  <coop:Meeting rdf:about="{ID}evt-y">
    <skos:prefLabel xml:lang="vi">Họp</skos:prefLabel>
    <coop:startDate rdf:datatype="{XSD}gYearMonth">2021-04</coop:startDate>
  </coop:Meeting>
</rdf:RDF>
"""
WAYS = {"x.ttl": TURTLE, "x.trig": TRIG, "x.nq": NQUADS, "x.jsonld": JSON, "x.rdf": XML}


def loaded(tmp_path, name: str, content: str) -> mini.Built:
    """Build a document and one RDF file."""
    return mini.made(tmp_path, {"data/docs/doc-x.yaml": mini.document(mini.EVENT), f"data/rdf/{name}": content})


@pytest.fixture(scope="module", params=WAYS)
def way(request, tmp_path_factory) -> mini.Built:
    """Build the same facts from each syntax, once."""
    return loaded(tmp_path_factory.mktemp("way"), request.param, WAYS[request.param])


def test_facts_come_in_under_the_place_that_the_file_states(way):
    assert mini.named(way, "doc-x/L9~inferred") == {
        ("evt-y", "rdf:type", "coop:Meeting"),
        ("evt-y", "skos:prefLabel", "Họp@vi"),
        ("evt-y", "coop:startDate", "2021-04^^xsd:gYearMonth"),
    }


def test_the_statements_about_the_source_are_provenance_not_facts(way):
    assert not any(predicate in ("coop:source", "coop:locator") for _, predicate, _ in mini.accepted(way))
    assert ("cgg:doc-x/L9~inferred", "coop:source", "doc-x") in mini.named(way, "provenance")


def test_two_graphs_of_one_file_keep_their_places(tmp_path):
    more = '<#h> coop:source cg:doc-x ; coop:locator "L10" .\n<#h> { cg:evt-y coop:ordinal 3 }'
    built = loaded(tmp_path, "x.trig", f"{TRIG}\n{more}\n")

    assert mini.named(built, "doc-x/L10") == {("evt-y", "coop:ordinal", "3^^xsd:integer")}


def test_a_file_and_a_record_that_say_the_same_support_each_other(tmp_path):
    built = loaded(tmp_path, "x.ttl", TURTLE.replace("evt-y", "evt-x"))

    labels = {o for s, p, o in mini.accepted(built) if (s, p) == ("evt-x", "rdf:type")}
    assert "coop:Meeting" in labels


REFUSED = {
    "no source in turtle": ("x.ttl", f"{PREFIXES}{FACTS}", "has no source", "không có nguồn"),
    "no source in trig": ("x.trig", f"{PREFIXES}<#g> {{ {FACTS} }}", "has no source", "không có nguồn"),
    "facts outside the graphs": ("x.trig", f"{TRIG}{FACTS}", "graph default has no source", "không có nguồn"),
    "blank node": ("x.ttl", f"{PREFIXES}<> {SOURCE} [] a coop:Meeting .", "blank node", "nút trống"),
    "blank object": ("x.ttl", f"{PREFIXES}<> {SOURCE} cg:evt-y coop:mentions [] .", "blank node", "nút trống"),
    "remote context": (
        "x.jsonld",
        '{"@context": "https://example.org/context.jsonld", "@id": "urn:x", "a": "b"}',
        "not readable as .jsonld",
        "không đọc được dạng .jsonld",
    ),
    "doctype": (
        "x.rdf",
        XML.replace("<rdf:RDF", '<!DOCTYPE rdf [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<rdf:RDF'),
        "DOCTYPE",
        "DOCTYPE",
    ),
    "doctype in small letters": ("x.rdf", XML.replace("<rdf:RDF", "<!doctype rdf>\n<rdf:RDF"), "", ""),
    "unknown property": (
        "x.ttl",
        f"{PREFIXES}<> {SOURCE} cg:evt-y coop:outcom cgv:outcome-held .",
        "'coop:outcom' is no property of ours; did you mean 'coop:outcome'?",
        "có phải 'coop:outcome'?",
    ),
    "unknown class": (
        "x.ttl",
        f"{PREFIXES}<> {SOURCE} cg:evt-y a coop:Meting .",
        "'coop:Meting'",
        "'coop:Meting'",
    ),
    "year that is a month": (
        "x.ttl",
        f'{PREFIXES}<> {SOURCE} cg:evt-y coop:startDate "2021-04"^^xsd:gYear .',
        "'2021-04' is not a valid xsd:gYear",
        "'2021-04' không phải giá trị xsd:gYear",
    ),
    "integer with a zero": (
        "x.ttl",
        f'{PREFIXES}<> {SOURCE} cg:evt-y coop:ordinal "01"^^xsd:integer .',
        "'01' is not a valid xsd:integer",
        "'01' không phải giá trị xsd:integer",
    ),
    "no such day": (
        "x.ttl",
        f'{PREFIXES}<> {SOURCE} cg:evt-y coop:startDate "2021-02-30"^^xsd:date .',
        "'2021-02-30' is not a valid xsd:date",
        "'2021-02-30' không phải giá trị xsd:date",
    ),
    "value of another type": (
        "x.ttl",
        f'{PREFIXES}<> {SOURCE} cg:evt-y a coop:Meeting ; skos:prefLabel "Họp"@vi ; coop:startDate "next week" .',
        "start is not YYYY",
        "ngày bắt đầu không đúng dạng",
    ),
    "computed property": (
        "x.ttl",
        f"{PREFIXES}<> {SOURCE} cg:evt-y coop:hostedBy cg:org-vn-moha .",
        "computed by rules",
        "do luật suy ra",
    ),
    "no document": (
        "x.ttl",
        f'{PREFIXES}<> coop:source cg:doc-y ; coop:locator "L1" .\n{FACTS}',
        "id 'doc-y' is not in the registry",
        "mã 'doc-y' không có trong danh bạ",
    ),
    "no place": (
        "x.ttl",
        f'{PREFIXES}<> coop:source cg:doc-x ; coop:locator "line 5" .\n{FACTS}',
        "'line 5' is not a place",
        "'line 5' không phải vị trí",
    ),
    "thing without a class": (
        "x.ttl",
        f"{PREFIXES}<> {SOURCE} cg:evt-nowhere coop:ordinal 3 .",
        "evt-nowhere",
        "evt-nowhere",
    ),
    "id that is no slug": ("x.ttl", f"{PREFIXES}<> {SOURCE} {FACTS.replace('evt-y', 'Evt-Y')}", "'Evt-Y' is not an id", "'Evt-Y' không phải mã"),
    "concept of another list": (
        "x.ttl",
        f"{PREFIXES}<> {SOURCE} {FACTS} cg:evt-y coop:outcome cgv:role-chair .",
        "cgv:role-chair",
        "cgv:role-chair",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_an_unfit_file_is_refused_with_one_clear_issue(tmp_path, case):
    name, content, english, vietnamese = REFUSED[case]

    built = loaded(tmp_path, name, content)

    wrong = [issue for issue in built.issues if issue.severity == "error"]
    right = [(i.where.path, english in i.text["en"], vietnamese in i.text["vi"]) for i in wrong if i.where]
    assert right == [(f"data/rdf/{name}", True, True)], mini.said(wrong)


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [("x.ttl", f"{TURTLE}\n<a b", TURTLE.count("\n") + 2), ("x.nq", f"{NQUADS}<x", 7), ("x.jsonld", '{"@id":\n', 2)],
)
def test_a_broken_file_is_told_with_its_line(tmp_path, name, content, line):
    said = mini.errors(loaded(tmp_path, name, content))

    assert [one.partition(": ")[0] for one in said] == [f"data/rdf/{name}:{line}"], said


def test_a_refused_file_gives_no_statement_at_all(tmp_path):
    built = loaded(tmp_path, "x.ttl", f"{TURTLE} [] a coop:Meeting .")

    assert not [claim for file in built.files for claim in file.statements() if claim.where.path == "data/rdf/x.ttl"]
