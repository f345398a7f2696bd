"""Findings across an archive are derived and listed alike in every database."""

from __future__ import annotations

from pathlib import Path

import pytest

from mabillon.archive import Access, Archive, ingest
from mabillon.archive.originals import Originals
from mabillon.pipeline import read_path
from mabillon.store.engine import Store
from mabillon.store.findings import Wanted
from tests.archive.across import follow, messages, telegram
from tests.archive.test_across_versions import BODY, LIST, OTHER, cable

SEOUL, DEPARTMENT, TOKYO = "American Embassy Seoul", "Secretary of State", "American Embassy Tokyo"


@pytest.fixture
def archive(store: Store, tmp_path: Path) -> Archive:
    """An archive in which each kind has something to find."""
    Originals(tmp_path / "originals", tmp_path / "incoming").create()
    made = Archive(tmp_path, store)
    papers = {
        "one": cable(BODY, LIST),
        "other": cable(OTHER.replace("5 divisions", "6 divisions"), LIST.replace("Bulganin", "Kaganovich")),
        "dead": telegram("John Foster Dulles", TOKYO, 47, "4 March 1962"),
        "early": telegram("John Foster Dulles, Secretary of State", TOKYO, 48, "4 May 1952"),
        "asking": telegram(SEOUL, DEPARTMENT, 512, "October 6, 1950", "Your telegram No. 1399 has been read."),
    }
    (tmp_path / "in").mkdir()
    for name, text in papers.items():
        (tmp_path / "in" / f"{name}.txt").write_text(text)
    ingest([tmp_path / "in"], made, read_path)
    follow(made)
    return made


EACH = {
    "agent.after-death": 1, "copies.conflict": 1, "reference.unheld": 1, "role.not-held": 1, "version.differs": 1,
}  # fmt: skip


def test_each_kind_is_found_listed_and_counted(archive: Archive) -> None:
    assert archive.finding_facets()["kind"] == EACH
    assert archive.finding_facets()["year"] == {"1950": 3, "1952": 1, "1962": 1}
    page = archive.all_findings(limit=2)
    rest = archive.all_findings(after=page[-1].key)
    assert sorted(one.finding for one in (*page, *rest)) == sorted(EACH)
    assert archive.count_findings(wanted=Wanted(severities=("error",))) == 1


def test_a_verdict_is_kept_and_what_is_hidden_takes_its_findings_along(archive: Archive) -> None:
    [conflict] = archive.all_findings(wanted=Wanted(kinds=("copies.conflict",)))
    archive.decide(conflict.fingerprint, "accepted", "both lists are authentic", "M. Weber")
    assert archive.count_findings(wanted=Wanted(verdicts=("accepted",))) == 1
    archive.set_access(conflict.entry.id, Access("restricted"), "M. Weber", "privacy")
    assert messages(archive, "copies.conflict") == messages(archive, "version.differs") == []
    archive.set_access(conflict.entry.id, Access(), "M. Weber", "opened")
    [again] = archive.all_findings(wanted=Wanted(kinds=("copies.conflict",)))
    assert (again.fingerprint, again.verdict) == (conflict.fingerprint, "accepted")


def test_an_answer_that_comes_in_later_refutes_what_was_missed(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "late.txt"
    path.write_text(telegram(DEPARTMENT, SEOUL, 1399, "October 4, 1950"))
    ingest([path], archive, read_path)
    follow(archive)
    assert messages(archive, "reference.unheld") == []
