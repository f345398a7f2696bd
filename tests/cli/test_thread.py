"""`mabillon thread` over an archive of four telegrams, one of which is only named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import Command

HEAD = "TELEGRAM\n\nFrom: {}\nTo: {}\n\nNo. {}, {}, 1950\n\n{} The Prime Minister has asked for time to consult.\n"
SEOUL, DEPARTMENT = "American Embassy Seoul", "Secretary of State"
CABLES = {
    "a.txt": (SEOUL, DEPARTMENT, 1351, "September 29", "The situation on the coast is quiet."),
    "b.txt": (DEPARTMENT, SEOUL, 631, "September 30", "To your No. 1351 of September 29."),
    "c.txt": (
        SEOUL,
        DEPARTMENT,
        1360,
        "October 2",
        "Deptel 631, September 30. Re your No. 625 of September 28.",
    ),
    "d.txt": (SEOUL, DEPARTMENT, 1399, "October 20", "Nothing further has been heard of the delegation."),
}


@pytest.fixture
def archive(tmp_path: Path, mabillon: Command) -> Path:
    folder = tmp_path / "cables"
    folder.mkdir()
    for name, fields in CABLES.items():
        (folder / name).write_text(HEAD.format(*fields), encoding="utf-8")
    said = mabillon("ingest", "--archive", tmp_path / "archive", folder)
    assert said.returncode == 0, said.stderr
    return tmp_path / "archive"


def test_the_exchange_is_printed_in_order_with_reasons_and_what_is_missing(mabillon: Command, archive: Path) -> None:
    said = mabillon("thread", "--archive", archive, "1360")
    assert said.returncode == 0, said.stderr
    heads = [line for line in said.stdout.splitlines() if line and not line.startswith(" ")]
    assert [head[:10].strip() for head in heads[:-1]] == ["1950-09-28", "1950-09-29", "1950-09-30", "1950-10-02"]
    assert "[not held] No. 625 Secretary of State to Seoul" in heads[0]
    assert "“your No. 625 of September 28”" in said.stdout and "No. 1351 is its number" in said.stdout
    assert said.stdout.endswith("3 held, 1 known only by mention\n")
    for number in ("1351", "631"):
        assert mabillon("thread", "--archive", archive, number).stdout == said.stdout


def test_a_record_that_nothing_links_stands_alone(mabillon: Command, archive: Path) -> None:
    said = mabillon("thread", "--archive", archive, "1399")
    assert said.returncode == 0 and said.stdout.endswith("1 held, 0 known only by mention\n")


def test_a_number_that_no_record_bears_is_said_so(mabillon: Command, archive: Path) -> None:
    said = mabillon("thread", "--archive", archive, "77")
    assert said.returncode != 0 and not said.stdout
    assert said.stderr == "mabillon: 77: the archive holds no record of this id or number\n"
