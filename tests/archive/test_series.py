from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from mabillon.archive import Archive, ingest
from mabillon.archive.series.following import follow_series
from mabillon.archive.series.reading_off import end_key
from mabillon.store import series as stored
from mabillon.store.series import Member, Unit
from tests.archive.reader import read_text

PYONGYANG = Unit("sent", "pyongyang", "", 1950)
NEW_YEAR = dt.date(1950, 1, 1)


def cable(number: int, day: int | None, to: str = "Moscow") -> str:
    """One cable of Pyongyang; `day` counts from New Year 1950."""
    date = "" if day is None else (NEW_YEAR + dt.timedelta(days=day)).isoformat()
    return f"No. {number}\n{date}\nFrom: Shtykov, Pyongyang\nTo: {to}\nText of {number}.\n"


def put(archive: Archive, folder: Path, name: str, *cables: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text("\f".join(cables))
    ingest([folder / f"{name}.txt"], archive, read_text)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Archive]:
    """Forty cables, one a day, No. 21 undated, No. 31 dated three weeks early, No. 12 not held."""
    with Archive.create(tmp_path / "archive") as archive:
        days: dict[int, int | None] = {n: n for n in range(1, 41)} | {21: None, 31: 10}
        del days[12]
        put(archive, tmp_path / "in", "all", *(cable(n, day) for n, day in days.items()))
        follow_series(archive.store)
        yield archive


def members(archive: Archive, unit: Unit = PYONGYANG) -> dict[int, Member]:
    with archive.store.reading() as connection:
        return {member.number: member for member in stored.members_of(connection, unit)}


def found(archive: Archive) -> list[str]:
    return [one.message for one in archive.all_findings() if one.finding == "number.out-of-sequence"]


def test_an_undated_cable_is_placed_by_its_neighbours(filled: Archive) -> None:
    undated = members(filled, PYONGYANG._replace(year=0))[21]
    assert undated.state == "open"
    assert dt.date.fromordinal(undated.likely) == NEW_YEAR + dt.timedelta(days=21)


def test_a_number_that_does_not_fit_is_a_finding_with_both_sides(filled: Archive) -> None:
    [message] = found(filled)
    assert message.startswith("No. 31 is dated 1950-01-11; by the numbers before and after it")
    [finding] = [one for one in filled.all_findings() if one.finding == "number.out-of-sequence"]
    for words in ("31", "1950-01-11", "30", "1950-01-31", "32", "1950-02-02"):
        assert f'"{words}"' in finding.evidence


def test_what_is_lacking_is_counted(filled: Archive) -> None:
    with filled.store.reading() as connection:
        [counted] = [one for one in stored.counted(connection, "pyongyang") if one.year]
    assert (counted.first_number, counted.last_number, counted.members) == (1, 40, 38)
    assert counted.missing == pytest.approx(2)  # 12, and 21, whose year is not known


def test_one_more_document_renews_what_hangs_on_it(filled: Archive, tmp_path: Path) -> None:
    put(filled, tmp_path / "in", "more", cable(12, 200))
    follow_series(filled.store)
    assert len(found(filled)) == 2
    assert members(filled)[12].state == "stray"


def test_a_document_taken_out_leaves_the_series(filled: Archive) -> None:
    [wrong] = [one.entry.id for one in filled.all_findings() if one.finding == "number.out-of-sequence"]
    filled.remove(wrong, "editor", "a mistake")
    follow_series(filled.store)
    assert found(filled) == []
    assert 31 not in members(filled)


def test_to_follow_twice_changes_nothing(filled: Archive) -> None:
    before = members(filled)
    assert follow_series(filled.store) == 0
    assert members(filled) == before


def test_what_is_followed_piece_by_piece_is_what_is_followed_at_once(tmp_path: Path) -> None:
    cables = [cable(n, (n * 3 + n % 2) if n % 7 else None) for n in range(1, 60)]
    rows = []
    for name, size in (("whole", 60), ("pieces", 9)):
        with Archive.create(tmp_path / name) as archive:
            for start in range(0, len(cables), size):
                put(archive, tmp_path / f"in-{name}", str(start), *cables[start : start + size])
                follow_series(archive.store)
            rows.append([(m.number, m.state, m.low, m.high) for unit in (PYONGYANG, PYONGYANG._replace(year=0))
                         for m in sorted(members(archive, unit).values(), key=lambda m: m.number)])  # fmt: skip
    assert rows[0] == rows[1]


def test_a_counter_that_goes_on_over_new_year_is_told_from_one_that_begins_anew(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        put(archive, tmp_path / "in", "on", *(cable(n, 340 + n) for n in range(1, 61)))
        put(archive, tmp_path / "in", "anew", *(cable(n + 5, 370 + 365 + n) for n in range(1, 61)))
        follow_series(archive.store)
        with archive.store.reading() as connection:
            missing = {one.year: one.missing for one in stored.counted(connection, "pyongyang")}
    assert missing[1951] == pytest.approx(0)  # it goes on from 1950
    assert missing[1952] == pytest.approx(5, abs=0.1)  # 1 to 5 are lacking


def test_a_place_is_one_station_under_all_its_names() -> None:
    assert end_key("Roshchin", "Peking")[0] == end_key("Roshchin", "Peiping")[0] == end_key(None, "北京")[0]
    assert end_key("Roshchin", "Nowhere on earth")[0] != end_key("Roshchin", "Peking")[0]


def test_what_can_be_of_many_years_is_of_none(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        for year in range(7):
            put(archive, tmp_path / "in", str(year), *(cable(n, 365 * year + 10 + n) for n in range(1, 13)))
        put(archive, tmp_path / "in", "undated", cable(5, None))
        follow_series(archive.store)
        undated = members(archive, PYONGYANG._replace(year=0))[5]
    assert (undated.state, undated.low, undated.others) == ("open", None, None)


def test_of_few_numbers_nobody_says_what_is_lacking(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        put(archive, tmp_path / "in", "two", cable(3, 1), cable(54484, 20))
        follow_series(archive.store)
        with archive.store.reading() as connection:
            assert [one.missing for one in stored.counted(connection, "pyongyang")] == [0.0]
