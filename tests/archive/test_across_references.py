from __future__ import annotations

from pathlib import Path

import pytest

from mabillon.archive import ARCHIVIST, Access, Archive
from tests.archive.across import follow, messages, take_in, telegram

KIND = "reference.unheld"
SEOUL, DEPARTMENT, TOKYO = "American Embassy Seoul", "Secretary of State", "American Embassy Tokyo"


def asking(words: str) -> str:
    return telegram(DEPARTMENT, SEOUL, 512, "October 6, 1950", f"{words} has been read with interest.")


def unheld(folder: Path, words: str, **papers: str) -> list[str]:
    with take_in(folder, asking=asking(words), **papers) as archive:
        return messages(archive, KIND)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Your telegram No. 1351 of October 4", ["No. 1351 from Seoul of 1950-10-04 is not held"]),
        ("Your telegram No. 1351", ["No. 1351 from Seoul of 1950 is not held"]),
        ("Telegram No. 1351", []),  # whose?
        ("Your telegram of October 4", []),  # it has no number
        ("The High Commissioner's telegram No. 24", []),  # of which place?
    ],
)
def test_what_is_named_by_station_number_and_year_and_not_held(tmp_path: Path, words: str, said: list[str]) -> None:
    assert unheld(tmp_path, words) == said


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (telegram(SEOUL, DEPARTMENT, 1351, "October 4, 1950"), 0),
        (telegram(TOKYO, DEPARTMENT, 1351, "October 4, 1950"), 1),  # another station's
        (telegram(SEOUL, DEPARTMENT, 1352, "October 4, 1950"), 1),  # another number
        (telegram(SEOUL, DEPARTMENT, 1351, "October 4, 1948"), 1),  # another year's series
        (telegram(SEOUL, DEPARTMENT, 1351, "October 4, 1950").replace("No. 1351\n", ""), 0),  # its number may be lost
    ],
)
def test_a_record_that_can_be_the_one_named(tmp_path: Path, other: str, said: int) -> None:
    assert len(unheld(tmp_path, "Your telegram No. 1351 of October 4", other=other)) == said


def test_what_comes_in_later_and_goes_again_is_followed(tmp_path: Path) -> None:
    held = telegram(SEOUL, DEPARTMENT, 1351, "October 4, 1950")
    take_in(tmp_path, asking=asking("Your telegram No. 1351")).close()
    with take_in(tmp_path, held=held) as archive:
        assert messages(archive, KIND) == []
        archive.remove(_id(archive, "1351"), "M. Weber", "a forgery")
        follow(archive)
        assert len(messages(archive, KIND)) == 1


def test_nothing_tells_the_public_that_a_closed_record_is_held(tmp_path: Path) -> None:
    held = telegram(SEOUL, DEPARTMENT, 1351, "October 4, 1950")
    with take_in(tmp_path, asking=asking("Your telegram No. 1351"), held=held) as archive:
        archive.set_access(_id(archive, "1351"), Access("restricted"), "M. Weber", "privacy")
        follow(archive)
        assert len(messages(archive, KIND)) == 1
        assert messages(archive, KIND, ARCHIVIST) == []
        archive.set_access(_id(archive, "1351"), Access(), "M. Weber", "opened")
        follow(archive)
        assert messages(archive, KIND) == []


def _id(archive: Archive, number: str) -> str:
    return next(one.id for one in archive.records(ARCHIVIST) if any(n.value == number for n in one.numbers))
