"""Partial dates as sources give them, and the full days that bound them."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from coopgraph.terms import XSD

PATTERN: Final = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
DATATYPES: Final = (XSD + "gYear", XSD + "gYearMonth", XSD + "date")
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SHORT_MONTHS: Final = tuple(month[:3] for month in MONTHS)


def read(text: str) -> str | None:
    """Give the datatype of a partial date, or nothing when it is none.

    >>> read("2022-08"), read("2022-02-30")
    ('http://www.w3.org/2001/XMLSchema#gYearMonth', None)
    """
    found = PATTERN.fullmatch(text)
    if not found or not span(text):
        return None
    return DATATYPES[sum(part is not None for part in found.groups()) - 1]


def span(text: str) -> tuple[str, str] | None:
    """Give the first and the last day that a partial date can mean.

    >>> span("2022-02"), span("2022-02-05")
    (('2022-02-01', '2022-02-28'), ('2022-02-05', '2022-02-05'))
    """
    found = PATTERN.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last = date(first.year, month or 12, day or monthrange(first.year, month or 12)[1])
    except ValueError:
        return None
    return first.isoformat(), last.isoformat()


def said(text: str, lang: str, months: Sequence[str] = MONTHS) -> str:
    """Write a partial date as people write it, no finer than it is; what is no date stays as it is.

    >>> said("2023-05-09", "en"), said("2023-05-09", "vi"), said("2023-02", "vi"), said("2023", "en")
    ('9 May 2023', '09/5/2023', '02/2023', '2023')
    """
    if not span(text):
        return text
    year, month, day = (*text.split("-"), "", "")[:3]
    if not month:
        return year
    if lang == "vi":  # one zero before days below 10 and the months 1 and 2, as official papers write
        return "/".join(part for part in (day, month if month in ("01", "02") else month.lstrip("0"), year) if part)
    return " ".join(part for part in (day.lstrip("0"), months[int(month) - 1], year) if part)


def finest(texts: Sequence[str]) -> list[str]:
    """Leave out the dates that a finer one among them agrees with.

    >>> finest(["2022-08", "2022", "2022-08-05", "2023"])
    ['2022-08-05', '2023']
    """
    return [text for text in texts if not any(other.startswith(f"{text}-") for other in texts)]


@dataclass(frozen=True)
class Bounds:
    """The four days between which a state began and ended; nothing where no source tells."""

    start_earliest: str | None = None
    start_latest: str | None = None
    end_earliest: str | None = None
    end_latest: str | None = None


def merge(texts: list[str]) -> tuple[str, str] | None:
    """Bring several values of one date together.

    Values that overlap are intersected (`2022` with `2022-08-05` is the day); values that exclude each other give
    the widest span, so that an open conflict shows as uncertainty. A month that agrees with one of the days in
    conflict makes it no wider.

    >>> merge(["2022", "2022-08-05"]), merge(["2021", "2023"])
    (('2022-08-05', '2022-08-05'), ('2021-01-01', '2023-12-31'))
    >>> merge(["2022-08", "2022-08-03", "2022-08-05"])
    ('2022-08-03', '2022-08-05')
    """
    spans = [found for text in finest(texts) if (found := span(text))]
    if not spans:
        return None
    low, high = max(first for first, _ in spans), min(last for _, last in spans)
    return (low, high) if low <= high else (min(first for first, _ in spans), max(last for _, last in spans))


def bounds(starts: list[str], ends: list[str], seen: list[tuple[str, str]], over_by: list[str]) -> Bounds:
    """Compute the four bounds from what sources say of start, end, sightings (spans) and a day by which it was over.

    >>> bounds([], [], [("2020-11-17", "2020-11-17"), ("2022-08-01", "2022-08-31")], [])
    Bounds(start_earliest=None, start_latest='2020-11-17', end_earliest='2022-08-01', end_latest=None)
    """
    start, end, over = merge(starts), merge(ends), merge(over_by)
    return Bounds(
        start_earliest=start[0] if start else None,
        start_latest=start[1] if start else min((last for _, last in seen), default=None),
        end_earliest=end[0] if end else max((first for first, _ in seen), default=None),
        end_latest=end[1] if end else (over[1] if over else None),
    )
