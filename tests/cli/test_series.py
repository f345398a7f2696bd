"""`mabillon series` and `mabillon transit` over an archive of twenty-four telegrams."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.command import Command

HEAD = "TELEGRAM\n\nFrom: American Embassy Seoul\nTo: Secretary of State\n\nNo. {}{}\n\n{}The Minister asks for time.\n"
BEGIN = datetime(1950, 6, 1, 20)


def telegram(number: int, sent: datetime | None) -> str:
    if sent is None:
        return HEAD.format(number, "", "")
    came = sent - timedelta(hours=12)  # two hours, between clocks that are fourteen hours apart
    times = f"Sent {sent:%H:%M}, {sent:%d %B %Y}\nReceived {came:%H:%M}, {came:%d %B %Y}\n\n"
    return HEAD.format(number, f", {sent:%B} {sent.day}, 1950", times)


@pytest.fixture
def archive(tmp_path: Path, mabillon: Command) -> Path:
    folder = tmp_path / "telegrams"
    folder.mkdir()
    for n in range(24):
        sent = None if n == 11 else BEGIN + timedelta(days=2 * (3 if n == 20 else n))
        (folder / f"{n}.txt").write_text(telegram(100 + 2 * n, sent), encoding="utf-8")
    said = mabillon("ingest", "--archive", tmp_path / "archive", folder)
    assert said.returncode == 0, said.stderr
    return tmp_path / "archive"


def test_the_stations_are_listed_with_what_they_lack(mabillon: Command, archive: Path) -> None:
    said = mabillon("series", "--archive", archive)
    assert "Seoul" in said.stdout and "24 held" in said.stdout
    [line] = mabillon("series", "--archive", archive, "--json").stdout.splitlines()
    assert json.loads(line)["key"] == "seoul"


def test_a_station_shows_what_is_undated_and_what_does_not_fit(mabillon: Command, archive: Path) -> None:
    said = mabillon("series", "--archive", archive, "Seoul", "--year", "1950").stdout
    assert "1950, sent (to Secretary of State)" in said
    assert "No. 122 is undated: 1950-06-2" in said and "beside No. 120 of 1950-06-21 and No. 124 of 1950-06-25" in said
    assert "No. 140 is dated 1950-06-07, its number says 1950-07-09~/1950-07-13~" in said
    counters = [
        json.loads(line)
        for line in mabillon("series", "--archive", archive, "Seoul", "--json").stdout.split("\n")
        if line
    ]
    [undated] = [place for counter in counters if counter["year"] for place in counter["undated"]]
    assert (undated["number"], undated["date"]["reason"]) == (122, "neighbours")
    assert undated["date"]["value"].endswith("~")


def test_a_route_is_measured_and_says_by_whose_clock_it_went(mabillon: Command, archive: Path) -> None:
    assert "Seoul to Secretary of State: " in mabillon("transit", "--archive", archive).stdout
    said = mabillon("transit", "--archive", archive, "Seoul", "Secretary of State")
    assert said.returncode == 0, said.stderr
    assert "Sent to received" in said.stdout and "the sender's own clock" in said.stdout
    way = json.loads(mabillon("transit", "--archive", archive, "seoul", "washington", "--json").stdout)
    assert way["clock"] == "sender" and way["steps"][0]["whole"][0]["median"] == 120


def test_what_is_not_there_is_said(mabillon: Command, archive: Path) -> None:
    said = mabillon("series", "--archive", archive, "Atlantis")
    assert said.returncode == 1 and said.stderr.startswith("mabillon: Atlantis: no document of this station")
    said = mabillon("transit", "--archive", archive, "Seoul", "Atlantis")
    assert said.returncode == 1 and "Seoul to Atlantis" in said.stderr
    assert mabillon("transit", "--archive", archive, "Seoul").returncode == 2
