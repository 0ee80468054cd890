"""The card of one thing, as of a day; a question asked with a value it has no place for."""

import pytest

from coopgraph.cards import card, readable
from coopgraph.errors import QueryError
from coopgraph.evidence import Evidences
from coopgraph.sentences import amount
from coopgraph.stores.embedded import Embedded
from coopgraph.terms import CG, shrink
from mini import document, folder, read

TENURES = """\
    L1:
      - tenure: {who: per-an, post: post-minister, start: 2018-03, end: 2020-06}
      - tenure: {who: per-binh, post: post-minister, start: 2020-07-01}
    """


@pytest.mark.parametrize(
    ("day", "holders"),
    [
        ("", {"per-an", "per-binh"}),
        ("2017-12-31", set()),
        ("2018-03-15", {"per-an"}),
        ("2020-06-30", {"per-an"}),
        ("2020-07-01", {"per-binh"}),
        ("2026-01-01", {"per-binh"}),
    ],
)
def test_a_card_on_a_day_leaves_out_spells_that_were_surely_not_running(tmp_path, day, holders):
    store = Embedded(read(folder(tmp_path, {"data/docs/doc-x.yaml": document(TENURES)})).store)

    found = card(store, Evidences(store), CG + "post-minister", day)

    parts = [part for fact in found.facts if fact.inverse for part in fact.parts]
    assert {shrink(part.value.value) for part in parts if part.predicate.endswith("member")} == holders


@pytest.mark.parametrize("method", ["ask", "network", "map"])
def test_a_value_for_no_parameter_is_refused_wherever_a_question_is_asked(atlas, method):
    with pytest.raises(QueryError, match="no parameter 'foo'"):
        getattr(atlas, method)("relations", foo="bar")


NOTES = """\
    L1:
      - meeting: evt-a
        note: {vi: "Họp kín", en: "Held in private"}
    L2:
      - meeting: evt-a
        note: {en: "Only told in English"}
        attendance: "~90 person"
    L3:
      - meeting: evt-a
        attendance: ">1500 person"
    """


def test_a_text_is_read_in_the_language_of_the_reader_and_in_another_only_where_there_is_none(tmp_path):
    store = Embedded(read(folder(tmp_path, {"data/docs/doc-x.yaml": document(NOTES)})).store)
    facts = card(store, Evidences(store), CG + "evt-a").facts

    def notes(lang: str) -> list[str]:
        return [fact.value.value for fact in readable(facts, lang) if fact.predicate.endswith("note")]

    assert notes("vi") == ["Họp kín", "Only told in English"]
    assert notes("en") == ["Held in private", "Only told in English"]


def test_a_quantity_is_told_as_an_amount_in_each_language(tmp_path):
    store = Embedded(read(folder(tmp_path, {"data/docs/doc-x.yaml": document(NOTES)})).store)
    evidences = Evidences(store)
    facts = [fact for fact in card(store, evidences, CG + "evt-a").facts if fact.parts]

    said = {lang: {amount(evidences, fact.parts, lang) for fact in facts} for lang in ("en", "vi")}

    assert said["en"] == {"about 90 persons", "more than 1,500 persons"}
    assert said["vi"] == {"khoảng 90 người", "trên 1.500 người"}


DATED = """\
    L1:
      - agreement: agr-signed
        signed: 2016
      - agreement: agr-signed
        signed: 2016-05-04
        end: 2021
      - agreement: agr-begun
        signed: 2016-05-04
        start: 2017
      - meeting: evt-disputed
        date: 2022-08-03
    L2:
      - meeting: evt-disputed
        date: 2022-08-05
    """


def test_what_has_only_a_day_of_signing_is_dated_by_it(tmp_path):
    store = Embedded(read(folder(tmp_path, {"data/docs/doc-x.yaml": document(DATED)})).store)
    when = Evidences(store).when

    assert when(CG + "agr-signed") == "2016-05-04–2021"
    assert when(CG + "agr-begun") == "2017"
    assert when(CG + "evt-disputed") == "2022-08-03/2022-08-05"
