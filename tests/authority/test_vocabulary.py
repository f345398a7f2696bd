"""Offices, cover names and clocks hold for a time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from mabillon.authority.clocks import clock_offset, standard_offset
from mabillon.authority.covers import known_covers, read_covers, resolve_cover
from mabillon.authority.offices import check_vocabulary, holder, known_tenures, offices_of
from mabillon.authority.records import AuthorityError, known_persons, known_places


def test_the_vocabulary_contradicts_itself_nowhere() -> None:
    assert check_vocabulary() == []
    assert {cover.person for cover in known_covers()} <= {person.id for person in known_persons()}
    assert len(known_tenures()) >= 120 and len(known_persons()) >= 150


def test_every_place_has_a_clock() -> None:
    assert [place.id for place in known_places() if standard_offset(place.heading, "1950-06-25") is None] == []


@pytest.mark.parametrize(
    ("office", "place", "date", "wanted"),
    [
        ("foreign minister", "USSR", "1950-09-30", {"person:vyshinsky"}),
        ("Secretary of State", None, "1950-09-30", {"person:acheson"}),
        ("Foreign Secretary", "London", "1951-03-09", {"person:bevin", "person:morrison"}),
        ("ambassador", "Pyongyang", "1950-09-30", {"person:shtykov", "person:ni-zhiliang"}),
        ("Ambassador in Korea", None, "1950-09-30", {"person:shtykov", "person:muccio"}),
        ("ambassador", "Peking", "1950-09", {"person:roshchin", "person:panikkar", "person:yi-chu-yon"}),
        ("foreign minister", "USSR", "1905", set()),
    ],
)
def test_who_held_an_office_on_a_day(office: str, place: str | None, date: str, wanted: set[str]) -> None:
    assert {held.tenure.person for held in holder(office, place, date)} == wanted


def test_a_holder_is_certain_only_within_both_dates() -> None:
    sure, perhaps = (holder("ambassador", "Pyongyang", day, "USSR") for day in ("1950-11-15", "1950-12-10"))
    assert [held.certain for held in sure] == [True]
    assert {held.tenure.person for held in perhaps} == {"person:shtykov", "person:razuvaev"}
    assert not all(held.certain for held in perhaps)


def test_the_offices_of_a_person() -> None:
    assert {held.tenure.office for held in offices_of("person:zhou-enlai", "1950-10-02")} == {
        "head of government", "foreign minister"}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "date", "context", "who"),
    [
        ("Filippov", "1950-09-30", "Pyongyang", "person:stalin"), ("Филиппов", "1950-09-30", "", "person:stalin"),
        ("Fynsi", "1950-10-13", "Korea", "person:stalin"), ("FENG XI", "1950-07", "", "person:stalin"),
        ("Matveev", "1950-10-06", "Pyongyang", "person:zakharov"), ("Matveyev", "1952-02", "", "person:razuvaev"),
        ("Terebin", "1948-05-11", "China", "person:orlov-a"),
    ],
)  # fmt: skip
def test_who_stood_behind_a_cover_name(name: str, date: str, context: str, who: str) -> None:
    assert resolve_cover(name, date, context)[0].person == who


@pytest.mark.parametrize(("name", "date"), [("Filippov", "1961-01-01"), ("Terebin", "1962"), ("Gromyko", "1950")])
def test_a_cover_name_holds_for_its_time_only(name: str, date: str) -> None:
    assert resolve_cover(name, date) == []


def test_every_cover_name_has_a_source() -> None:
    assert all(cover.source and 0 < cover.certainty <= 1 for cover in known_covers())


def test_an_editors_file_of_cover_names(tmp_path: Path) -> None:
    path = tmp_path / "covers.yaml"
    entry = "names:\n- {name: Antonov, person: mikoyan, from: 1952, to: 1953, source: letter}\n"
    path.write_text(entry, encoding="utf-8")
    [found] = resolve_cover("Antonow", "1952-05", covers=read_covers(path))
    assert found.person == "person:mikoyan"
    path.write_text("names:\n- {name: Antonov, from: 1952}\n", encoding="utf-8")
    with pytest.raises(AuthorityError, match="covers.yaml.*Antonov"):
        read_covers(path)


@pytest.mark.parametrize(
    ("place", "date", "hours"),
    [("Moscow", "1950-09-30", 3), ("Пхеньян", "1950-09-30", 9), ("Peking", "1950-09-30", 8),
     ("Seoul", "1955-01-10", 8.5), ("Washington", "1950-07-01", -5), ("New Delhi", "1950", 5.5)],
)  # fmt: skip
def test_the_standard_clock_of_a_place(place: str, date: str, hours: float) -> None:
    assert standard_offset(place, date) == timedelta(hours=hours)


def test_summer_time_is_told_apart() -> None:
    assert clock_offset("London", "1950-07-01") == timedelta(hours=1)
    assert standard_offset("London", "1950-07-01") == timedelta(0)


def test_an_unknown_place_has_no_clock() -> None:
    assert standard_offset("Ruritania", "1950") is None
