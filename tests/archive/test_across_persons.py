from __future__ import annotations

from pathlib import Path

import pytest

from mabillon.archive import Archive, ingest, link_names
from mabillon.archive.across.following import follow_findings
from mabillon.pipeline import read_path


def letter(sender: str, recipient: str, date: str) -> str:
    return f"""TELEGRAM

From: {sender}
To: {recipient}
Date: {date}
No. 47

The Foreign Minister received me this morning and said that his government had the matter under study.
"""


def found(tmp_path: Path, **papers: str) -> dict[str, list[str]]:
    """Return kind → messages of the findings across an archive of these papers."""
    folder = tmp_path / "in"
    folder.mkdir(exist_ok=True)
    for name, text in papers.items():
        (folder / f"{name}.txt").write_text(text)
    with Archive.open(tmp_path / "archive", create=True) as archive:
        ingest([folder], archive, read_path)
        link_names(archive)
        follow_findings(archive.store)
        kinds: dict[str, list[str]] = {}
        for one in archive.all_findings():
            if one.origin == "archive":
                kinds.setdefault(one.finding, []).append(one.message)
        return kinds


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
    messages = found(tmp_path, one=letter(sender, "American Embassy Tokyo", date)).get("agent.after-death", [])
    assert [("Dulles, John Foster" in one and "died 1959-05-24" in one) for one in messages] == [True] * fires


@pytest.mark.parametrize(
    ("date", "fires"),
    [("4 March 1958", False), ("12 May 1952", True), ("12 January 1953", False), ("4 March 1990", False)],
)
def test_an_office_is_held_for_a_time(tmp_path: Path, date: str, fires: bool) -> None:
    paper = letter("John Foster Dulles, Secretary of State", "American Embassy Tokyo", date)
    messages = found(tmp_path, one=paper).get("role.not-held", [])
    assert ["Acheson" in one for one in messages] == [True] * fires
