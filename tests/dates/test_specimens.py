"""Every date and clock time that a specimen's gold file states can be found in its text.

A clock time whose day stands elsewhere (`D. 11:40 P.M.` under a dateline) has to be found as a time, its day as a day.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.specimens import golds, source_of
from mabillon.dates import complete, find_dates, find_times
from mabillon.source import open_source

NOT_IN_THE_TEXT = {
    # stated by attributes of the markup alone: notBefore and notAfter of a receipt
    ("nigra-visconti-venosta-1866-06", "1866-06-14/1866-06-15"),
    # the day does not exist, and the month is what it leaves
    ("airgram-lagos-feb-30", "1968-02"),
    ("nota-mexico-1938-31", "1938-04"),
    ("nota-mexico-1938-31", "1938-04-08"),
    # the day of the dateline's month: "ore 2,15 del 12"
    ("ddi-londra-1937", "1937-09-12T02:15"),
    # "of the 10th and 11th"
    ("prc-mao-zhou-1950", "1950-10-10"),
    ("prc-mao-zhou-1950", "1950-10-11"),
}



def _stated(node: Any, key: str = "") -> Iterator[str]:
    """Yield the values of `date` and `time` below `node`; what a gold file allows besides (`any_of`) is left out."""
    if isinstance(node, dict):
        for name, below in node.items():
            if name != "any_of":
                yield from _stated(below, name)
    elif isinstance(node, list):
        for below in node:
            yield from _stated(below, key)
    elif isinstance(node, str) and key in ("date", "time") and node[:4].isdigit():
        yield node


def _readings(text: str) -> tuple[set[str], set[str], set[str]]:
    """Return the days, the days with clock times, and the clock times of `text`, dates completed from each other."""
    mentions, times = find_dates(text), find_times(text)
    full = {mention.value for mention in mentions if mention.value}
    completed = [complete(mention, near=day) for mention in mentions for day in full] + mentions
    days = {mention.value for mention in completed if mention.value}
    moments = {mention.iso for mention in completed if mention.iso}
    return days, moments, {mention.time for mention in [*mentions, *times] if mention.time}


def _missing(gold: Path) -> list[str]:
    name = gold.name.removesuffix(".gold.json")
    documents = list(open_source(source_of(gold)))
    words = "\n\n".join(document.text.value for document in documents)
    days, moments, times = _readings(words)
    missing = []
    for value in _stated(json.loads(gold.read_text(encoding="utf-8"))):
        day, _, time = value.partition("T")
        found = value in moments or (day in days and time in times) if time else day in days
        if not found and (name, value) not in NOT_IN_THE_TEXT:
            missing.append(value)
    return missing


@pytest.mark.parametrize("gold", golds(), ids=lambda gold: gold.name)
def test_the_dates_of_the_gold_file_are_in_the_text(gold: Path) -> None:
    assert _missing(gold) == []


def test_the_dates_of_all_shared_gold_files_are_in_their_texts(shared: Path) -> None:
    given = sorted((shared / "specimens").glob("*/*.gold.json"))
    assert given
    assert {gold.name: missing for gold in given if (missing := _missing(gold))} == {}
