"""The documentation of dates is true: its examples run, and each row of its tables reads as it says."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from mabillon.dates import PROBLEMS, find_dates

PAGE = Path(__file__).resolve().parents[2] / "docs" / "dates.md"
ROWS = re.findall(r"^\| `(.+?)` \| (\S+) \| (\S*) ?\| (.*?) ?\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
PROBLEM_ROWS = re.findall(r"^\| `([a-z-]+)` \| `(.+?)` \| .* \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_examples_run() -> None:
    assert doctest.testfile(str(PAGE), module_relative=False).failed == 0


@pytest.mark.parametrize(("wording", "value", "time", "zone"), ROWS)
def test_each_notation_of_the_table_reads_as_it_says(wording: str, value: str, time: str, zone: str) -> None:
    (mention,) = find_dates(wording)
    assert (mention.value, mention.time or "", mention.zone or "") == (value, time, zone)


@pytest.mark.parametrize(("problem", "wording"), PROBLEM_ROWS)
def test_each_problem_of_the_table_is_found_in_its_wording(problem: str, wording: str) -> None:
    (mention,) = find_dates(wording)
    assert problem in mention.problems


def test_the_tables_are_read_and_name_every_problem() -> None:
    assert len(ROWS) > 30
    assert {problem for problem, _ in PROBLEM_ROWS} == set(PROBLEMS)
