"""`mabillon name`."""

from __future__ import annotations

import json

from tests.cli.command import Command


def test_a_spelling_shows_the_person_the_reasons_and_the_other_spellings(mabillon: Command) -> None:
    said = mabillon("name", "Chtykov")
    assert said.returncode == 0, said.stderr
    first = said.stdout.splitlines()[2]
    assert "Shtykov, Terentii Fomich" in first and first.endswith("person:shtykov")
    assert "because" in said.stdout and "Штыков" in said.stdout.split("also spelt")[1]


def test_json_gives_the_candidates_best_first(mabillon: Command) -> None:
    said = json.loads(mabillon("name", "Matveev", "--date", "1950-10-06", "--context", "Pyongyang", "--json").stdout)
    assert [one["id"] for one in said["candidates"]] == ["person:zakharov", "person:razuvaev"]
    assert said["candidates"][0]["covers"][0]["name"] == "Matveev"


def test_nobody_of_that_name_is_status_1(mabillon: Command) -> None:
    said = mabillon("name", "qqqq")
    assert said.returncode == 1 and "nobody" in said.stdout


def test_a_date_that_is_none_is_refused_in_one_line(mabillon: Command) -> None:
    said = mabillon("name", "Kim", "--date", "yesterday")
    assert said.returncode == 1 and len(said.stderr.splitlines()) == 1


def test_no_line_is_wider_than_the_terminal(mabillon: Command) -> None:
    assert max(map(len, mabillon("name", "Stalin").stdout.splitlines())) <= 110
