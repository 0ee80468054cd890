"""Partial dates: what they can mean, and what several of them mean together."""

from datetime import date

import pytest
from hypothesis import strategies as st

from coopgraph import dates
from coopgraph.dates import Bounds
from mini import law

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat)
PARTIAL = st.builds(lambda day, size: day[:size], DAYS, st.sampled_from([4, 7, 10]))
LISTS = st.lists(PARTIAL, min_size=1, max_size=4)
SPANS = st.lists(PARTIAL.map(dates.span), max_size=3)


@law(PARTIAL)
def test_the_datatype_shows_how_exact_a_date_is(text):
    assert dates.read(text).rpartition("#")[2] == {4: "gYear", 7: "gYearMonth", 10: "date"}[len(text)]


@law(DAYS, st.sampled_from([4, 7, 10]))
def test_a_day_lies_in_the_span_of_its_year_and_month(day, size):
    first, last = dates.span(day[:size])

    assert first <= day <= last


@law(PARTIAL)
def test_a_span_begins_and_ends_on_real_days_of_that_date(text):
    first, last = dates.span(text)

    assert date.fromisoformat(first) <= date.fromisoformat(last)
    assert first.startswith(text)
    assert last.startswith(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "22", "2022-13", "2022-00", "2022-02-29", "2022-2", "2022/08", "2022-08-05T00:00", "20220805", "2022?",
        " 2022", "0000", "2022-", "１９９９", "2022\n",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_read(text):
    assert (dates.read(text), dates.span(text)) == (None, None)


def test_february_ends_when_its_year_says():
    assert [dates.span(text)[1] for text in ("2020-02", "2022-02", "1900-02")] == [
        "2020-02-29",
        "2022-02-28",
        "1900-02-28",
    ]


@law(LISTS)
def test_the_order_of_sources_does_not_matter(texts):
    assert dates.merge(texts) == dates.merge(texts[::-1])


@law(PARTIAL)
def test_a_date_said_twice_is_that_date(text):
    assert dates.merge([text, text]) == dates.span(text)


@law(LISTS)
def test_dates_that_overlap_meet_in_what_they_share(texts):
    spans = [dates.span(text) for text in texts]
    low, high = max(first for first, _ in spans), min(last for _, last in spans)

    inside = [dates.span(text) for text in texts if not any(other.startswith(f"{text}-") for other in texts)]
    widest = min(first for first, _ in inside), max(last for _, last in inside)
    assert dates.merge(texts) == ((low, high) if low <= high else widest)


def test_nothing_said_is_nothing_known():
    assert dates.merge([]) is None


@law(LISTS, LISTS)
def test_bounds_of_a_start_and_an_end_are_their_spans(starts, ends):
    found = dates.bounds(starts, ends, [], [])

    assert ((found.start_earliest, found.start_latest), (found.end_earliest, found.end_latest)) == (
        dates.merge(starts),
        dates.merge(ends),
    )


@law(SPANS.filter(bool))
def test_sightings_bound_the_inner_sides_only(seen):
    found = dates.bounds([], [], seen, [])

    first_surely, last_surely = min(last for _, last in seen), max(first for first, _ in seen)
    assert found == Bounds(None, first_surely, last_surely, None)


@law(PARTIAL, SPANS)
def test_a_stated_start_is_not_moved_by_sightings(start, seen):
    found = dates.bounds([start], [], seen, [])

    assert (found.start_earliest, found.start_latest) == dates.span(start)


def test_a_day_by_which_it_was_over_bounds_the_end():
    assert dates.bounds([], [], [], ["2020"]) == Bounds(end_latest="2020-12-31")


def test_a_stated_end_beats_a_day_by_which_it_was_over():
    assert dates.bounds([], ["2019"], [], ["2020"]).end_latest == "2019-12-31"


def test_nothing_known_gives_no_bounds():
    assert dates.bounds([], [], [], []) == Bounds()
