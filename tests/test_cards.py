"""The card of one thing, as of a day; a question asked with a value it has no place for."""

import pytest

from coopgraph.cards import card
from coopgraph.errors import QueryError
from coopgraph.evidence import Evidences
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
