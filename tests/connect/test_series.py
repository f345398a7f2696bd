from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.series.__main__ import Score, measure
from bench.series.generate import HABITS
from mabillon.connect.between import Gauge, by_week
from mabillon.connect.chains import Point, rising
from mabillon.connect.serials import Serial, serial_of
from mabillon.connect.strands import strands_of
from mabillon.connect.strays import strays_of

NEW_YEAR = dt.date(1950, 1, 1).toordinal()


def series(*pairs: tuple[int, int | None], partner: str = "Moscow", first: int = 1) -> list[Point]:
    """Return points of (number, day of the year)."""
    days = [None if day is None else NEW_YEAR + day for _, day in pairs]
    return [
        Point(first + n, number, day, day, partner)
        for n, ((number, _), day) in enumerate(zip(pairs, days, strict=True))
    ]


def even(count: int, partner: str = "Moscow", step: int = 1, first: int = 1) -> list[Point]:
    return series(*((n * step, n) for n in range(1, count + 1)), partner=partner, first=first)


@pytest.mark.parametrize(
    ("value", "station", "year", "expected"),
    [
        ("1351", "pyongyang", 1950, Serial(1351, "")),
        ("No. 1,351", "london", 1950, Serial(1351, "")),
        ("600308/sh", "pyongyang", 1950, Serial(600308, "/sh")),
        ("1015/50", "london", 1950, Serial(1015, "")),
        ("1015/50", "london", 1949, Serial(1015, "/50")),
        ("CX 12", "london", 1941, Serial(12, "cx")),
        ("FK 1015/50/7", "london", 1950, None),
        ("without", "london", 1950, None),
        ("0", "london", 1950, None),
    ],
)
def test_what_counts_of_a_number(value: str, station: str, year: int, expected: Serial | None) -> None:
    assert serial_of(value, station, year) == expected


@given(st.lists(st.integers(0, 30), max_size=12))
def test_no_other_rising_chain_is_longer(numbers: list[int]) -> None:
    found = rising([Point(n, number, n, n) for n, number in enumerate(numbers)])
    kept = [point.number for point in found]
    assert kept == sorted(kept)
    longest = [0] * len(numbers)
    for n, number in enumerate(numbers):
        longest[n] = 1 + max((longest[m] for m in range(n) if numbers[m] <= number), default=0)
    assert len(found) == max(longest, default=0)


@given(st.lists(st.tuples(st.integers(1, 400), st.one_of(st.none(), st.integers(0, 364)), st.sampled_from("abc"))))
def test_every_point_is_in_just_one_strand(drawn: list[tuple[int, int | None, str]]) -> None:
    points = [Point(n, number, day, day, partner) for n, (number, day, partner) in enumerate(drawn)]
    found = strands_of(points)
    keys = [
        point.key
        for strand in found
        for some in (*strand.chains, strand.loose, strand.strays, strand.open)
        for point in some
    ]
    assert sorted(keys) == list(range(len(points)))
    for strand in found:
        gauge = Gauge(strand)
        for point in strand.open:
            for estimate in gauge.estimates(point.number):
                assert estimate.first <= estimate.day <= estimate.last


def test_an_undated_number_lies_between_its_neighbours() -> None:
    [strand] = strands_of(series((10, 0), (11, 5), (12, None), (14, 9), (20, 20), (21, 22)))
    [estimate] = Gauge(strand).estimates(12)
    assert NEW_YEAR + 5 <= estimate.first <= estimate.day <= estimate.last <= NEW_YEAR + 9
    assert (estimate.below, estimate.above) == (2, 4)


def test_the_day_of_another_copy_is_the_day() -> None:
    [strand] = strands_of(series((10, 0), (11, 5), (11, None), (14, 9), (20, 20)))
    [estimate] = Gauge(strand).estimates(11)
    assert (estimate.first, estimate.last, estimate.below) == (NEW_YEAR + 5, NEW_YEAR + 5, 2)


def test_a_month_that_the_document_states_is_kept_to() -> None:
    [strand] = strands_of(even(10) + series((60, 60), (61, 61), (62, 62), first=50))
    [wide], [narrow] = Gauge(strand).estimates(32), Gauge(strand).estimates(32, NEW_YEAR + 31, NEW_YEAR + 58)
    assert wide.first < NEW_YEAR + 31 <= narrow.first <= narrow.last == wide.last
    [other] = Gauge(strand).estimates(12, NEW_YEAR + 31, NEW_YEAR + 58)
    assert (other.first, other.last) == (NEW_YEAR + 31, NEW_YEAR + 58)


def test_a_number_that_does_not_fit_its_date_is_told_from_one_a_day_off() -> None:
    points = even(60)
    points[30] = Point(31, 31, NEW_YEAR + 32, NEW_YEAR + 32, "Moscow")  # a day late
    points[40] = Point(41, 41, NEW_YEAR + 10, NEW_YEAR + 10, "Moscow")  # a month early
    [strand] = strands_of(points)
    [stray] = strays_of(strand, Gauge(strand))
    assert stray.point.key == 41
    assert stray.due.first <= NEW_YEAR + 41 <= stray.due.last


def test_a_short_series_contradicts_nobody() -> None:
    [strand] = strands_of(series((1, 1), (2, 2), (9, 3), (4, 4)))
    assert list(strays_of(strand, Gauge(strand))) == []


def test_correspondents_who_are_counted_apart_are_told_apart() -> None:
    found = strands_of(even(40, "London") + even(40, "Tokyo", step=5, first=100))
    assert sorted(strand.partners for strand in found) == [("London",), ("Tokyo",)]
    assert not any(strand.strays for strand in found)


def test_many_correspondents_counted_apart_at_one_pace_are_told_apart() -> None:
    mix = random.Random(4)
    posts = [
        Point(60 * post + n, n, NEW_YEAR + day, NEW_YEAR + day, f"post {post}")
        for post in range(30)
        for n, day in enumerate(sorted(mix.sample(range(365), 60)), 1)
    ]
    found = strands_of(posts)
    assert sorted(strand.partners for strand in found) == sorted((f"post {post}",) for post in range(30))


def test_correspondents_who_are_counted_together_are_one_series() -> None:
    points = [Point(p.key, p.number, p.first, p.last, "ABC"[p.number % 3]) for p in even(60)]
    [strand] = strands_of(points)
    assert strand.fitted == 60


def test_two_services_of_one_station_are_told_apart() -> None:
    attache = [(1000 + n, 3 * n) for n in range(30)]
    found = strands_of(even(120) + series(*attache, first=200))
    assert [strand.fitted for strand in found] == [120, 30]
    assert not any(strand.strays for strand in found)


def test_a_counter_that_begins_anew_is_no_stray() -> None:
    points = [Point(n, n % 50 + 1, NEW_YEAR + n, NEW_YEAR + n, "") for n in range(120)]
    [strand] = strands_of(points)
    assert len(strand.chains) == 3
    assert not strand.strays


def test_chance_makes_no_series() -> None:
    mix = random.Random(5)
    points = even(100) + series(*((mix.randrange(1, 100), mix.randrange(365)) for _ in range(20)), first=500)
    assert len(strands_of(points)) == 1


def test_what_is_lacking_is_counted_where_it_fell() -> None:
    [strand] = strands_of(series((1, 1), (2, 8), (12, 15), (13, 22)))
    weeks = by_week(strand)
    assert sum(week.held for week in weeks) == 4
    assert sum(week.missing for week in weeks) == pytest.approx(9, abs=0.1)
    assert all(dt.date.fromordinal(week.week).weekday() == 0 for week in weeks)


def test_intervals_hold_nine_in_ten() -> None:
    whole = Score()
    for habit in HABITS:
        score = measure(habit, range(1900, 1940), seed=3)
        assert score.intervals > 50
        whole.add(score)
    assert 0.87 <= whole.held / whole.intervals <= 0.93
    assert whole.found > 0.7 * whole.slips and whole.false < 0.03 * whole.found
    assert whole.lacking == pytest.approx(whole.lost, rel=0.03)
