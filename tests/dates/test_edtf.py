"""EDTF values: the bounds of each notation, and the laws of comparing them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mabillon.dates.calendar import full_year, is_calendar_gap, is_valid_day
from mabillon.dates.edtf import (
    FIRST,
    LAST,
    bounds,
    day_number,
    day_of,
    earliest,
    is_before,
    is_edtf,
    latest,
    overlaps,
)

BOUNDS = [
    ("1950", (1950, 1, 1), (1950, 12, 31)),
    ("1950-02", (1950, 2, 1), (1950, 2, 28)),
    ("1948-02", (1948, 2, 1), (1948, 2, 29)),
    ("1950-09-30", (1950, 9, 30), (1950, 9, 30)),
    ("1950-09-30~", (1950, 9, 30), (1950, 9, 30)),
    ("1950?", (1950, 1, 1), (1950, 12, 31)),
    ("1950-09%", (1950, 9, 1), (1950, 9, 30)),
    ("195X", (1950, 1, 1), (1959, 12, 31)),
    ("19XX", (1900, 1, 1), (1999, 12, 31)),
    ("1950-XX", (1950, 1, 1), (1950, 12, 31)),
    ("1950-09-XX", (1950, 9, 1), (1950, 9, 30)),
    ("1950-XX-XX", (1950, 1, 1), (1950, 12, 31)),
    ("1950-09-2X", (1950, 9, 20), (1950, 9, 29)),
    ("1950-22", (1950, 6, 1), (1950, 8, 31)),
    ("1950-24", (1950, 12, 1), (1951, 2, 28)),
    ("1950-09-29/1950-10-01", (1950, 9, 29), (1950, 10, 1)),
    ("1950-09/1951", (1950, 9, 1), (1951, 12, 31)),
    ("1950-09-29~/1950-10?", (1950, 9, 29), (1950, 10, 31)),
]


@pytest.mark.parametrize(("edtf", "first", "last"), BOUNDS)
def test_bounds_are_the_first_and_the_last_minute(
    edtf: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert bounds(edtf) == (datetime(*first), datetime(*last, 23, 59))


@pytest.mark.parametrize(
    "edtf", ["1950-09-30T20:35", "1950-09-30T20:35:59", "1950-09-30T20:35Z", "1950-09-30T20:35+09:00"]
)
def test_a_clock_time_is_one_minute_and_no_zone_is_applied(edtf: str) -> None:
    assert bounds(edtf) == (datetime(1950, 9, 30, 20, 35),) * 2


def test_midnight_at_the_end_of_a_day_is_the_start_of_the_next() -> None:
    assert bounds("1950-09-30T24:00")[0] == datetime(1950, 10, 1)


@pytest.mark.parametrize(("edtf", "expected"), [("../1950", (FIRST, datetime(1950, 12, 31, 23, 59)))])
def test_an_open_start_reaches_back_to_the_first_day(edtf: str, expected: tuple[datetime, datetime]) -> None:
    assert bounds(edtf) == bounds("/1950") == expected


def test_an_open_end_reaches_to_the_last_day() -> None:
    assert bounds("1950/..") == bounds("1950/") == (datetime(1950, 1, 1), LAST)


@pytest.mark.parametrize(
    "edtf",
    [
        "", "/", "../..", "30 September 1950", "1950-9-30", "1950-13", "1950-00", "1950-09-31", "1951-02-29",
        "1950-09-00", "1950-09-30T25:10", "1950-09-30T20:60", "1950-09-30T24:01", "1951/1950", "1950/1951/1952",
        "X950", "1950-X9", "Y12345", "1950-09-30T", "1950-09-30 20:35", "0000-13",
    ],
)  # fmt: skip
def test_what_is_not_edtf_is_refused_by_name(edtf: str) -> None:
    assert not is_edtf(edtf)
    with pytest.raises(ValueError):
        bounds(edtf)


days = st.dates(min_value=date(1600, 1, 1), max_value=date(2090, 12, 31))
values = st.one_of(
    days.map(lambda day: day.isoformat()),
    days.map(lambda day: day.isoformat()[:7]),
    days.map(lambda day: day.isoformat()[:4]),
    days.map(lambda day: day.isoformat()[:3] + "X"),
    days.map(lambda day: day.isoformat()[:7] + "-XX"),
    st.tuples(days, days).map(lambda two: "/".join(day.isoformat() for day in sorted(two))),
    st.datetimes(min_value=datetime(1600, 1, 1), max_value=datetime(2090, 1, 1)).map(
        lambda moment: moment.isoformat(timespec="minutes")
    ),
)


@given(values)
def test_the_first_minute_is_never_after_the_last(value: str) -> None:
    first, last = bounds(value)
    assert first <= last


@given(values, values)
def test_two_dates_overlap_or_one_is_before_the_other(a: str, b: str) -> None:
    assert [overlaps(a, b), is_before(a, b), is_before(b, a)].count(True) == 1
    assert overlaps(a, b) == overlaps(b, a)
    assert overlaps(a, a)


@given(values, values)
def test_earliest_and_latest_bound_both(a: str, b: str) -> None:
    assert bounds(earliest(a, b))[0] == min(bounds(a)[0], bounds(b)[0])
    assert bounds(latest(a, b))[1] == max(bounds(a)[1], bounds(b)[1])


@given(days)
def test_a_day_lies_within_its_month_and_its_year(day: date) -> None:
    value = day.isoformat()
    for wider in (value[:7], value[:4], value[:3] + "X"):
        assert bounds(wider)[0] <= bounds(value)[0] <= bounds(value)[1] <= bounds(wider)[1]
    assert day_of(value) == day_of(value + "T12:00") == value
    assert day_number(value) == (int(day.strftime("%Y%m%d")),) * 2


def test_a_month_and_an_interval_have_no_day() -> None:
    assert day_of("1950-09") is day_of("1950-09-29/1950-09-30") is None


@given(days)
def test_every_day_of_the_calendar_is_valid_and_the_day_past_the_month_is_not(day: date) -> None:
    assert is_valid_day(day.year, day.month, day.day)
    last = (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    assert not is_valid_day(last.year, last.month, last.day + 1)


@pytest.mark.parametrize(
    ("digits", "near", "year"),
    [(50, None, 1950), (63, 1863, 1863), (2, 1998, 2002), (99, 2004, 1999), (14, 1914, 1914)],
)
def test_two_digits_are_a_year_of_the_nearest_century(digits: int, near: int | None, year: int) -> None:
    assert full_year(digits, near) == year


@pytest.mark.parametrize(("year", "days"), [(1782, 11), (1867, 12), (1917, 13), (1900, 12), (1900, 13)])
def test_the_julian_calendar_lagged_by_so_many_days(year: int, days: int) -> None:
    assert is_calendar_gap(year, days)


@given(values.filter(lambda value: "T" not in value))
@settings(max_examples=20, deadline=None)
def test_the_edtf_package_draws_the_same_bounds(value: str) -> None:
    edtf = pytest.importorskip("edtf")
    judged = edtf.parse_edtf(value)
    first, last = bounds(value)
    assert tuple(judged.lower_strict())[:3] == first.timetuple()[:3]
    assert tuple(judged.upper_strict())[:3] == last.timetuple()[:3]
