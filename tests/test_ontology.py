"""The ontology is the only schema: complete in both languages, and a new term needs no Python."""

import pyoxigraph as ox
import pytest

import mini
from coopgraph import ontology
from coopgraph.errors import OntologyError
from coopgraph.terms import RDF, RDFS, SKOS, shrink

FOLDER = mini.REPOSITORY / "ontology"
LABEL, DEFINITION, TYPE = RDFS + "label", SKOS + "definition", RDF + "type"


@pytest.fixture(scope="module")
def terms() -> dict[str, dict[str, list[object]]]:
    """Give every term and concept with its statements, by short name."""
    found: dict[str, dict[str, list[object]]] = {}
    for name in ontology.FILES:
        for quad in ox.parse(path=str(FOLDER / name), format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode):
                found.setdefault(shrink(quad.subject.value), {}).setdefault(quad.predicate.value, []).append(
                    quad.object
                )
    return {
        name: said
        for name, said in found.items()
        if TYPE in said and not name.endswith(":") and not name.startswith("https://")
    }


def languages(said: dict[str, list[object]], *predicates: str) -> list[str]:
    """List the languages that a term has texts in."""
    return sorted(text.language for predicate in predicates for text in said.get(predicate, ()))


def test_every_term_has_one_label_in_vietnamese_and_one_in_english(terms):
    wrong = {name for name, said in terms.items() if languages(said, LABEL, SKOS + "prefLabel") != ["en", "vi"]}

    assert wrong == set()


def test_every_class_and_property_has_one_definition_in_vietnamese_and_one_in_english(terms):
    ours = {name: said for name, said in terms.items() if not name.startswith("cgv:")}
    wrong = {name for name, said in ours.items() if languages(said, DEFINITION) != ["en", "vi"]}

    assert wrong == set()


def test_every_property_of_ours_has_a_range(terms):
    kinds = ("#ObjectProperty>", "#DatatypeProperty>", "#Property>")
    properties = {name for name, said in terms.items() if any(str(kind).endswith(kinds) for kind in said[TYPE])}

    assert {name for name in properties if RDFS + "range" not in terms[name]} == {"rdf:type"}


def test_every_range_is_read_by_something():
    from coopgraph.values import READERS

    known = set(READERS) | set(mini.ONTOLOGY.kind_by_iri) | {RDF + "langString", RDFS + "Resource", RDF + "Property"}
    strange = {shrink(item.iri) for item in mini.ONTOLOGY.properties if item.range not in known and not item.scheme}
    assert strange <= {"coop:curatedKey", "coop:valuesFrom", "coop:identifying", "skos:inScheme", "skos:topConceptOf"}


def test_every_domain_is_a_class_of_the_ontology():
    kinds = set(mini.ONTOLOGY.kind_by_iri) | {RDFS + "Class", RDF + "Property"}

    assert {(item.iri, name) for item in mini.ONTOLOGY.properties for name in item.domains - kinds} == set()


def test_every_value_list_has_values():
    lists = {item.scheme for item in mini.ONTOLOGY.properties if item.scheme}

    assert {name for name in lists if not mini.ONTOLOGY.concepts.get(name)} == set()


def test_no_two_classes_share_a_key(terms):
    classes = [name for name, said in terms.items() if any(str(kind).endswith("owl#Class>") for kind in said[TYPE])]

    assert len(mini.ONTOLOGY.kinds) == len(classes)


def test_every_hole_of_an_id_pattern_can_be_filled():
    names = {item.iri.rpartition("#")[2].rpartition("/")[2] for item in mini.ONTOLOGY.properties}
    holes = {
        part
        for kind in mini.ONTOLOGY.kinds.values()
        for hole in ontology_holes(kind.pattern)
        for part in hole.split("|")
    }

    assert holes - {"slug", "owner", "text"} <= names


def ontology_holes(pattern: str) -> list[str]:
    """List what an id pattern asks for."""
    return [part.partition("}")[0] for part in pattern.split("{")[1:]]


def test_no_key_means_two_properties_of_one_range_in_one_class():
    clashes = {
        (kind.key, key)
        for kind in mini.ONTOLOGY.kinds.values()
        for key in mini.ONTOLOGY.by_key
        if len(chosen := mini.ONTOLOGY.choose(key, kind)) > 1 and len({item.range for item in chosen}) > 1
    }

    assert clashes == set()


@pytest.mark.parametrize("name", ["shapes.ttl", "alignments.ttl"])
def test_the_other_files_name_only_terms_that_exist(name, terms):
    used = {
        shrink(term.value)
        for quad in ox.parse(path=str(FOLDER / name), format=ox.RdfFormat.TURTLE)
        for term in (quad.subject, quad.predicate, quad.object)
        if isinstance(term, ox.NamedNode)
    }

    assert {item for item in used if item.startswith(("coop:", "cgv:"))} - terms.keys() == set()


MORE = """
coop:Award a owl:Class ;
    rdfs:label "Award"@en , "Giải thưởng"@vi ;
    skos:definition "A prize that a body gives."@en , "Giải do một tổ chức trao."@vi ;
    coop:idPattern "awd-{slug}" .
coop:Jury a owl:Class ;
    rdfs:label "Jury seat"@en , "Ghế giám khảo"@vi ;
    skos:definition "One seat in a jury."@en , "Một ghế trong ban giám khảo."@vi ;
    coop:curatedKey "jury_seat" ;
    coop:idPattern "jur-{ofAward}--{juror}" .
coop:ofAward a owl:ObjectProperty ;
    rdfs:domain coop:Jury ; rdfs:range coop:Award ; coop:curatedKey "award" ; coop:nestedKey "jury" ;
    rdfs:label "of award"@en , "của giải"@vi ; skos:definition "Award."@en , "Giải."@vi .
coop:juror a owl:ObjectProperty ;
    rdfs:domain coop:Jury ; rdfs:range foaf:Person ; coop:curatedKey "who" ;
    rdfs:label "juror"@en , "giám khảo"@vi ; skos:definition "Who sits."@en , "Người ngồi ghế."@vi .
coop:medal a owl:ObjectProperty ;
    rdfs:domain coop:Award ; rdfs:range skos:Concept ; coop:valuesFrom cgv:scheme-medal ;
    rdfs:label "medal"@en , "huy chương"@vi ; skos:definition "Kind of medal."@en , "Loại huy chương."@vi .
"""
LIST = """
cgv:scheme-medal a skos:ConceptScheme ; skos:prefLabel "Medals"@en , "Huy chương"@vi .
cgv:medal-gold a skos:Concept ; skos:inScheme cgv:scheme-medal ; skos:prefLabel "Gold"@en , "Vàng"@vi .
"""
AWARD = """
    L1: [{award: awd-x, name: {vi: "Giải", en: "Prize"}, medal: gold, start: 2020, jury: [{who: per-an}]}]
    """


def extended(tmp_path, facts: str) -> mini.Built:
    """Build with an ontology that has more terms, and nothing else."""
    root = mini.folder(tmp_path, {"data/docs/doc-x.yaml": mini.document(facts)})
    for name, text in (("coopgraph.ttl", MORE), ("vocab.ttl", LIST)):
        path = root / "ontology" / name
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return mini.read(root)


def test_a_new_kind_of_record_needs_no_python(tmp_path):
    built = extended(tmp_path, AWARD)

    assert mini.errors(built) == []
    assert {
        ("awd-x", "rdf:type", "coop:Award"),
        ("awd-x", "coop:medal", "cgv:medal-gold"),
        ("awd-x", "coop:startLatest", "2020-12-31^^xsd:date"),
        ("jur-x--an", "coop:ofAward", "awd-x"),
        ("jur-x--an", "coop:juror", "per-an"),
    } <= mini.accepted(built)


def test_a_new_kind_of_record_can_be_asked_for(tmp_path):
    found = extended(tmp_path, AWARD).store.query(
        "PREFIX coop: <https://w3id.org/coopgraph/ns#> SELECT ?who { ?seat coop:juror ?who ; coop:ofAward/coop:medal ?medal }"
    )

    assert [mini.brief(row["who"]) for row in found] == ["per-an"]


def test_mistakes_in_a_new_kind_of_record_get_suggestions_too(tmp_path):
    said = mini.errors(extended(tmp_path, 'L1: [{award: awd-x, name: {vi: "Giải"}, medal: golden, jurry: []}]'))

    assert [one.partition(": ")[2] for one in said] == [
        "unknown medal 'golden'; did you mean 'gold'?",
        "unknown key 'jurry' for a award; did you mean 'jury'?",
    ]


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("coopgraph.ttl", "coop:x a", "coopgraph.ttl"),
        ("coopgraph.ttl", "coop:x a owl:DatatypeProperty ; rdfs:domain coop:Event .", "no rdfs:range"),
        ("vocab.ttl", "<a", "vocab.ttl"),
    ],
)
def test_a_broken_ontology_is_said_plainly(tmp_path, name, text, word):
    root = mini.folder(tmp_path, {})
    path = root / "ontology" / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    with pytest.raises(OntologyError, match=word):
        mini.read(root)


def test_a_missing_ontology_file_is_said_plainly(tmp_path):
    root = mini.folder(tmp_path, {})
    (root / "ontology/vocab.ttl").unlink()

    with pytest.raises(OntologyError, match=r"vocab\.ttl"):
        mini.read(root)
