"""What a date leaves to be understood is taken from its neighbours, and nothing else is."""

from __future__ import annotations

import pytest

from mabillon.dates import complete, find_dates, find_times


def _one(text: str, **known: object) -> str | None:
    (mention,) = find_dates(text)
    return complete(mention, **known).value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "near", "value"),
    [
        ("2332 30 September", "1950-09-29", "1950-09-30"),
        ("Received January 2", "1950-12-30", "1951-01-02"),
        ("of December 30", "1951-01-02", "1950-12-30"),
        ("of December 30", "1950", "1950-12-30"),
        ("111655Z", "1960-07-11", "1960-07-11"),
        ("302355Z", "1960-07-01", "1960-06-30"),
        ("312355Z", "1960-07-01T00:10", "1960-07-31"),
        ("the 8th instant", "1863-10-23", "1863-10-08"),
        ("the 28th ultimo", "1863-01-03", "1862-12-28"),
        ("your letter of the 3rd ult.", "1863-10-23", "1863-09-03"),
        ("the 1st proximo", "1863-12-23", "1864-01-01"),
        ("the 21st of September", "1863-10-09", "1863-09-21"),
        ("3rd - 8th September", "1962-06-13", "1962-09-03/1962-09-08"),
        ("19/1822Z APR", "1964-04-19", "1964-04-19"),
        ("29 February", "1952-03-01", "1952-02-29"),
        ("29 February", "1951-12-01", "1952-02-29"),
    ],
)
def test_the_neighbour_gives_what_is_not_stated(text: str, near: str, value: str) -> None:
    assert _one(text, near=near) == value


def test_the_day_of_the_year_in_a_routing_line() -> None:
    (mention,) = find_dates("DE RUEKDA 3317 0242231")
    assert (mention.value, mention.time, mention.zone) == (None, "22:31", "Z")
    assert complete(mention, near="1968-01-23").iso == "1968-01-24T22:31"
    assert complete(mention, year=1968).iso == "1968-01-24T22:31"


def test_year_and_month_given_outright() -> None:
    assert _one("2332 30 September", year=1950) == "1950-09-30"
    assert _one("111655Z", year=1960, month=7) == "1960-07-11"


def test_what_is_stated_stays() -> None:
    assert _one("30 September 1950", near="1940-01-01", year=1930) == "1950-09-30"


def test_an_impossible_day_stays_impossible() -> None:
    assert _one("31 September", near="1950-09-30") is None


def test_nothing_known_fills_nothing() -> None:
    assert _one("30 September") is None


def test_a_clock_time_alone_is_no_date() -> None:
    (mention,) = find_times("at 20:35")
    assert complete(mention, near="1950-09-30") == mention


def test_the_joined_time_is_kept() -> None:
    (mention,) = find_dates("2332 30 September")
    assert complete(mention, near="1950-09-29").iso == "1950-09-30T23:32"


def test_a_neighbour_that_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="last autumn"):
        _one("30 September", near="last autumn")
