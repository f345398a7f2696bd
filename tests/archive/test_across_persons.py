from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.across import messages, take_in, telegram


def found(folder: Path, kind: str, sender: str, date: str) -> list[str]:
    with take_in(folder, one=telegram(sender, "American Embassy Tokyo", 47, date)) as archive:
        return messages(archive, kind)


@pytest.mark.parametrize(
    ("sender", "date", "fires"),
    [
        ("John Foster Dulles", "4 March 1958", False),
        ("John Foster Dulles", "4 March 1962", True),
        ("Dulles", "4 March 1962", False),  # which Dulles?
        ("Andrei Gromyko", "4 March 1962", False),
    ],
)
def test_the_dead_write_no_letters(tmp_path: Path, sender: str, date: str, fires: bool) -> None:
    said = found(tmp_path, "agent.after-death", sender, date)
    assert [("Dulles, John Foster" in one and "died 1959-05-24" in one) for one in said] == [True] * fires


@pytest.mark.parametrize(
    ("date", "fires"),
    [("4 March 1958", False), ("12 May 1952", True), ("12 January 1953", False), ("4 March 1990", False)],
)
def test_an_office_is_held_for_a_time(tmp_path: Path, date: str, fires: bool) -> None:
    said = found(tmp_path, "role.not-held", "John Foster Dulles, Secretary of State", date)
    assert ["Acheson" in one for one in said] == [True] * fires
