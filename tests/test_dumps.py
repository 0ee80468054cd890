"""RDF dumps: what coopgraph wrote passes in every syntax; what is unsafe or not ours is refused, with its line."""

import pyoxigraph as ox
import pytest

import mini
from coopgraph.errors import StoreError
from coopgraph.exporters import content
from coopgraph.loaders import dumps
from coopgraph.loading import Load
from coopgraph.progress import OPEN, reached
from coopgraph.stores import embedded, text
from rows import ONTOLOGY, file

ID, NS, GRAPH = (f"https://w3id.org/coopgraph/{name}" for name in ("id/", "ns#", "graph/"))
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
GOOD = f'<{ID}evt-x> <{NS}ordinal> "1"^^<{XSD}integer> .\n'
ENDINGS = {"rdfxml": "rdf"}


def problems(path) -> list[str]:
    """Check a dump."""
    found = dumps.Dump(path, path.name, mini.ONTOLOGY).issues()
    return [issue.show("en") for issue in found]


@pytest.mark.parametrize("form", ["ttl", "nt", "rdfxml", "trig", "nq", "jsonld"])
def test_our_own_exports_pass_and_load_as_they_are(atlas, tmp_path, form):
    path = file(tmp_path, content(form, atlas), f"all.{ENDINGS.get(form, form)}")

    done = Load([path], ONTOLOGY, 1, lambda *_: None).to_store(tmp_path / "store")

    whole = form in ("trig", "nq", "jsonld")
    wanted = {quad for quad in atlas.quads() if whole or quad.graph_name == ox.DefaultGraph()}
    assert done.issues == []
    assert done.statements == len(wanted)
    assert set(ox.Store.read_only(str(tmp_path / "store"))) == wanted


def test_a_dump_in_another_syntax_becomes_the_same_lines(atlas, tmp_path):
    path = file(tmp_path, content("trig", atlas), "all.trig")

    Load([path], ONTOLOGY, 1, lambda *_: None).to_file(tmp_path / "all.nq")

    assert sorted((tmp_path / "all.nq").read_text().splitlines()) == sorted(content("nq", atlas).decode().splitlines())


REFUSED = {
    "blank subject": (f'_:b <{NS}ordinal> "1"^^<{XSD}integer> .\n', "a blank node has no stable name"),
    "blank object": (f"<{ID}evt-x> <{NS}mentions> _:b .\n", "a blank node has no stable name"),
    "blank graph": (GOOD.replace(" .", " _:g ."), "a blank node has no stable name"),
    "property": (GOOD.replace("ordinal", "ordinall"), "'coop:ordinall' is no property of ours"),
    "class": (
        f"<{ID}evt-x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{NS}Meting> .\n",
        "'coop:Meting' is no",
    ),
    "id": (GOOD.replace("evt-x", "EVT_X"), "'EVT_X' is not an id"),
    "integer": (GOOD.replace('"1"', '"01"'), "'01' is not a valid xsd:integer"),
    "hidden": (f'<{ID}evt-x> <{SKOS}note> "a\\u200Bb"@en .\n', "holds an invisible character"),
    "loose marks": (f'<{ID}evt-x> <{SKOS}note> "e\\u0301"@en .\n', "holds an invisible character, or marks apart"),
    "syntax": ("<a .\n", "not readable as .nq: Parser error: Invalid IRI code point"),
    "no source": (GOOD.replace(" .", f" <{GRAPH}doc-x/L1> ."), f"graph {GRAPH}doc-x/L1 has no source"),
}


@pytest.mark.parametrize("before", ["", GOOD * 3, f"# comment\n\n{GOOD}  \n"], ids=["first", "fourth", "after gaps"])
@pytest.mark.parametrize(("line", "wanted"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_told_with_its_line(tmp_path, line, wanted, before):
    found = problems(file(tmp_path, before + line + GOOD, "x.nq"))

    place, _, told = found[0].partition(": ")
    assert (len(found), place) == (1, f"x.nq:{before.count(chr(10)) + 1}")
    assert wanted in told


def test_lines_are_counted_across_blocks(monkeypatch, tmp_path):
    monkeypatch.setattr(dumps, "BLOCK", 100)
    lines = [GOOD, "\n", "# <comment>\n"] * 10
    lines[15] = REFUSED["integer"][0]
    lines[27] = "nonsense\n"

    found = problems(file(tmp_path, "".join(lines), "x.nt"))

    assert [line.partition(" ")[0] for line in found] == ["x.nt:16:", "x.nt:28:"]


def test_a_syntax_without_lines_names_the_thing(tmp_path):
    turtle = f"@prefix coop: <{NS}> . @prefix cg: <{ID}> .\ncg:evt-y coop:ordinall 1 .\n"

    assert problems(file(tmp_path, turtle, "x.ttl"))[0].startswith("x.ttl (evt-y): 'coop:ordinall' is no property")


XML = f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:coop="{NS}">\n</rdf:RDF>'


@pytest.mark.parametrize("padding", range(190, 215))
def test_entities_of_xml_are_found_wherever_blocks_end(monkeypatch, tmp_path, padding):
    monkeypatch.setattr(dumps, "BLOCK", 200)
    evil = f'<?xml version="1.0"?>\n<!--{"x" * (padding - 30)}-->\n<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n{XML}'

    found = problems(file(tmp_path, evil, "x.rdf"))

    assert (len(found), found[0].partition(" ")[0]) == (1, "x.rdf:3:")
    assert "DOCTYPE" in found[0]


def test_a_remote_context_is_never_fetched(tmp_path):
    found = problems(
        file(tmp_path, '{"@context": "https://example.org/c.jsonld", "@id": "urn:x", "a": "b"}', "x.jsonld")
    )

    assert found[0].startswith("x.jsonld:1: not readable as .jsonld")


def test_a_dump_with_a_problem_leaves_no_store(tmp_path):
    path = file(tmp_path, GOOD + REFUSED["integer"][0], "x.nq")

    done = Load([path], ONTOLOGY, 1, lambda *_: None).to_store(tmp_path / "store")

    assert len(done.issues) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["x.nq"]


def parts(atlas, tmp_path) -> list:
    """Write the accepted view as three dumps in three syntaxes."""
    quads = [quad for quad in atlas.quads() if quad.graph_name == ox.DefaultGraph()]
    forms = {"a.ttl": ox.RdfFormat.TURTLE, "b.rdf": ox.RdfFormat.RDF_XML, "c.nt": ox.RdfFormat.N_TRIPLES}
    for number, (name, form) in enumerate(forms.items()):
        ox.serialize((quad.triple for quad in quads[number::3]), str(tmp_path / name), format=form)
    return [tmp_path / name for name in forms]


def test_several_dumps_become_one_store(atlas, tmp_path):
    done = Load(parts(atlas, tmp_path), ONTOLOGY, 1, lambda *_: None).to_store(tmp_path / "store")

    wanted = {quad for quad in atlas.quads() if quad.graph_name == ox.DefaultGraph()}
    assert (done.issues, done.statements) == ([], len(wanted))
    assert set(ox.Store.read_only(str(tmp_path / "store"))) == wanted


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("line", ["integer", "syntax"])
def test_one_bad_dump_of_several_leaves_nothing_and_is_told_as_alone(atlas, tmp_path, line, place):
    bad = file(tmp_path, GOOD + REFUSED[line][0], "x.nq")
    files = parts(atlas, tmp_path)
    files.insert(place, bad)

    done = Load(files, ONTOLOGY, 1, lambda *_: None).to_store(tmp_path / "store")

    alone = problems(bad)
    assert [issue.show("en").replace(f"{tmp_path}/", "") for issue in done.issues] == alone
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.ttl", "b.rdf", "c.nt", "x.nq"]


def test_xml_with_entities_never_reaches_the_loader(monkeypatch, tmp_path):
    met = []
    monkeypatch.setattr(embedded, "filled", lambda _folder, found: met.extend(found))
    evil = file(tmp_path, f'<!DOCTYPE r [<!ENTITY e "x">]>\n{XML}', "x.rdf")

    done = Load([evil], ONTOLOGY, 1, lambda *_: None).to_store(tmp_path / "store")

    assert (len(done.issues), met) == (1, [])


@pytest.mark.parametrize("wrong", [KeyboardInterrupt, MemoryError])
def test_a_check_that_is_cut_short_leaves_nothing(atlas, monkeypatch, tmp_path, wrong):
    def cut(*_):
        raise wrong

    monkeypatch.setattr(dumps.Dump, "issues", cut)
    files = parts(atlas, tmp_path)

    with pytest.raises(wrong):
        Load(files, ONTOLOGY, 1, lambda *_: None).to_store(tmp_path / "store")

    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.ttl", "b.rdf", "c.nt"]


def test_what_only_the_loader_meets_is_told_and_leaves_nothing(monkeypatch, tmp_path):
    def full(_folder, _dumps):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(embedded, "filled", full)

    with pytest.raises(StoreError, match=r"cannot write .*: No space left on device"):
        Load([file(tmp_path, GOOD, "x.nq")], ONTOLOGY, 1, lambda *_: None).to_store(tmp_path / "store")

    assert [each.name for each in tmp_path.iterdir()] == ["x.nq"]


def kept(tmp_path, *files) -> bool:
    """Load dumps; tell whether their text was kept, and hold it to the store."""
    done = Load(files, ONTOLOGY, 1, lambda *_: None).to_store(tmp_path / "store")
    assert done.issues == []
    whole = text.whole(tmp_path / "store")
    opened = embedded.opened(tmp_path / "store")
    assert set(opened.lines()) == {f"{quad} .\n".encode() for quad in opened.quads()}
    return bool(whole)


def test_the_text_of_dumps_that_a_store_would_write_alike_is_kept(atlas, tmp_path):
    one, other = file(tmp_path, content("nq", atlas), "a.nq"), file(tmp_path, GOOD + GOOD, "b.nt")

    assert kept(tmp_path, one, other)
    assert set(text.lines(text.whole(tmp_path / "store"))) > {GOOD.encode()}


@pytest.mark.parametrize(
    ("name", "lines"),
    {
        "turtle": ("a.ttl", GOOD),
        "a second blank": ("a.nq", GOOD.replace(" .", "  .")),
        "no end of line": ("a.nq", GOOD[:-1]),
        "a remark": ("a.nq", "# said\n" + GOOD),
        "a number that is written shorter": ("a.nq", GOOD + f'<{ID}evt-x> <{SKOS}note> "1.50"^^<{XSD}decimal> .\n'),
        "an escape": ("a.nq", f'<{ID}evt-x> <{SKOS}note> "\\u0041"@en .\n'),
    }.values(),
)
def test_other_dumps_are_loaded_without_their_text(tmp_path, name, lines):
    assert not kept(tmp_path, file(tmp_path, GOOD, "good.nq"), file(tmp_path, lines, name))


def test_a_text_that_is_too_long_is_not_kept(monkeypatch, tmp_path):
    monkeypatch.setattr(text, "KEPT", len(GOOD) * 2 - 1)

    assert not kept(tmp_path, file(tmp_path, GOOD, "a.nt"), file(tmp_path, GOOD, "b.nt"))


@pytest.mark.parametrize("form", ["nq", "ttl"])
@pytest.mark.parametrize("to", ["to_store", "to_file"])
def test_it_is_told_how_much_of_a_dump_was_checked_and_loaded(atlas, monkeypatch, tmp_path, form, to):
    path, told = file(tmp_path, content(form, atlas), f"all.{form}"), []
    monkeypatch.setattr(dumps, "BLOCK", 50_000)
    monkeypatch.setattr(dumps, "MANY", 1000)
    monkeypatch.setattr("coopgraph.loading.PACE", 0.0)

    getattr(Load([path], ONTOLOGY, 1, lambda *said: told.append(said)), to)(tmp_path / "made")

    checked = [done for kind, done, _ in told if kind == "sound"]
    loaded = [done for kind, done, _ in told if kind == "load"]
    assert (checked, {total for kind, _, total in told if kind == "sound"}) == (sorted(checked), {path.stat().st_size})
    assert len(set(checked)) > 3
    assert all(0 <= done <= total for _, done, total in told)
    assert loaded or to == "to_store"  # so little may be loaded before it is checked


def test_how_far_the_slowest_reader_of_a_file_is(tmp_path):
    path = file(tmp_path, "x" * 100, "a.nq")
    with path.open("rb", buffering=0) as one, path.open("rb", buffering=0) as other:
        one.read(40)
        other.read(7)
        assert reached(path) == (7 if OPEN.is_dir() else None)

    assert reached(path) is None


LONG = f'<{ID}evt-x> <{SKOS}note> "{"x" * 17_000_000}" .\n'


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("q.nt", GOOD + GOOD.replace(" .", f" <{GRAPH}registry> ."), "q.nt:2: not readable as .nt: Parser error: "),
        ("a.nq", GOOD + LONG, "a.nq:1: not readable as .nq: Reached the buffer maximal size"),
        ("class.nq", f'<{ID}evt-x> <{NS}Event> "x" .\n', "class.nq:1: 'coop:Event' is no property of ours"),
    ],
    ids=["quads as triples", "a line of 17 MB", "a class as a property"],
)
@pytest.mark.parametrize("to", ["to_store", "to_file"])
def test_what_the_store_would_not_read_is_found_before(tmp_path, name, text, told, to):
    done = getattr(Load([file(tmp_path, text, name)], ONTOLOGY, 1, lambda *_: None), to)(tmp_path / "made")

    assert [issue.show("en").replace(f"{tmp_path}/", "")[: len(told)] for issue in done.issues] == [told]
    assert [each.name for each in tmp_path.iterdir()] == [name]
