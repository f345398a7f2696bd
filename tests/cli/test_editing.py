"""`mabillon access`, `redact`, `correct`: what is changed by hand, seen by whoever searches from then on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mabillon.archive import Archive
from tests.cli.command import Command


@pytest.fixture
def korea(mabillon: Command, samples: Path, tmp_path: Path) -> Path:
    place = tmp_path / "korea"
    assert mabillon("ingest", "--archive", place, samples / "seed").returncode == 0
    return place


@pytest.fixture
def id(korea: Path) -> str:
    with Archive.open(korea) as archive:
        return next(archive.ids())


def test_a_record_is_closed_and_opened_again(mabillon: Command, korea: Path, id: str) -> None:
    def access(*options: str) -> str:
        said = mabillon("access", id, "--archive", korea, *options)
        assert said.returncode == 0, said.stderr
        return said.stdout.strip()

    assert access() == f"{id}: public"
    closed = access("--embargo", "2130-01-01", "--group", "family", "--who", "Kim", "--why", "a gift")
    assert closed == access() == f"{id}: embargo until 2130-01-01, but for family"
    assert mabillon("search", "--archive", korea, "Incheon").stdout == "0 found\n"
    assert access("--restricted", "--why", "alive") == f"{id}: restricted"
    assert access("--public", "--why", "released") == f"{id}: public"
    assert "1 found" in mabillon("search", "--archive", korea, "Incheon").stdout
    with Archive.open(korea) as archive:
        assert [(one.kind, one.who, one.why) for one in archive.revisions(id)][1] == ("access", "Kim", "a gift")


def test_a_passage_is_blackened_wherever_it_stands(mabillon: Command, korea: Path, id: str) -> None:
    said = mabillon("redact", id, "Kim Il  Sung", "--archive", korea, "--why", "alive")
    assert said.returncode == 0 and "blackened" in said.stdout
    shown = mabillon("search", "--archive", korea, "600308", "--json").stdout
    text = json.loads(shown)["source"]["text"]
    assert "█" in text and "Kim Il Sung" not in " ".join(text.split())
    assert "blackened" in mabillon("access", id, "--archive", korea).stdout


def test_what_was_read_is_corrected(mabillon: Command, korea: Path, id: str) -> None:
    said = mabillon("correct", id, "title", "Quite another heading", "--archive", korea, "--why", "by the register")
    assert said.stdout == f"{id}: corrected, revision 2\n"
    assert "Quite another heading" in mabillon("search", "--archive", korea, "heading").stdout
    assert mabillon("correct", id, "title", "--nothing", "--archive", korea, "--why", "it has none").returncode == 0
    assert "0 found" in mabillon("search", "--archive", korea, "heading").stdout


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("access", "aaaaaaaaaaaaaaaa"), "no such record"),
        (("access", "aaaaaaaaaaaaaaaa", "--public"), "say why with --why"),
        (("access", "aaaaaaaaaaaaaaaa", "--public", "--embargo", "2030-01-01", "--why", "x"), "choose one"),
        (("redact", "aaaaaaaaaaaaaaaa", "words", "--why", "x"), "no such record"),
        (("redact", "aaaaaaaaaaaaaaaa", "words"), "--why"),
        (("correct", "aaaaaaaaaaaaaaaa", "title", "--why", "x"), "give either the right value, or --nothing"),
        (("correct", "aaaaaaaaaaaaaaaa", "title", "A", "--why", "x"), "no such record"),
    ],
)
def test_what_cannot_be_done_is_said(mabillon: Command, tmp_path: Path, words: tuple[str, ...], reason: str) -> None:
    Archive.create(tmp_path / "empty").close()
    said = mabillon(*words, "--archive", tmp_path / "empty")
    assert said.returncode in (1, 2) and reason in said.stderr and "Traceback" not in said.stderr


def test_words_that_the_record_has_not_are_named(mabillon: Command, korea: Path, id: str) -> None:
    for words in ("no such words", "", "  "):
        said = mabillon("redact", id, words, "--archive", korea, "--why", "x")
        assert said.returncode == 1 and "its text has no such words" in said.stderr
