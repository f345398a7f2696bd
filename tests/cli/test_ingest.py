"""`mabillon ingest`: documents go into an archive once, however often they are given."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import Command


def test_the_samples_go_in_once(mabillon: Command, samples: Path) -> None:
    first = mabillon("ingest", samples)
    assert first.returncode == 0, first.stderr
    files = len([path for path in samples.glob("*/*") if path.is_file()])
    assert f"from {files} sources taken in" in first.stdout
    held = first.stdout.split("; ")[1].split(" (")[0]
    second = mabillon("ingest", samples)
    assert second.returncode == 0
    assert second.stdout.startswith(f"0 records from 0 sources taken in, {files} sources held already")
    assert held in second.stdout


def test_what_cannot_be_read_is_named_and_the_rest_goes_in(mabillon: Command, samples: Path, tmp_path: Path) -> None:
    (tmp_path / "cables").mkdir()
    (tmp_path / "cables" / "empty.txt").write_bytes(b"")
    (tmp_path / "cables" / "README.md").write_text("About this folder.")
    said = mabillon("ingest", "--archive", tmp_path / "korea", tmp_path / "cables", samples / "seed")
    assert said.returncode == 1
    assert said.stderr.startswith(f"mabillon: {tmp_path / 'cables' / 'empty.txt'}: ")
    assert len(said.stderr.splitlines()) == 1
    assert "1 records from 1 sources taken in" in said.stdout
    again = mabillon("ingest", "--archive", tmp_path / "korea", tmp_path / "cables")
    assert "1 still in quarantine (--retry tries them again)" in again.stdout


def test_an_archive_needs_a_directory_of_its_own(mabillon: Command, samples: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").write_text("private")
    said = mabillon("ingest", "--archive", tmp_path / "letters", samples / "seed")
    assert said.returncode == 1 and "not empty" in said.stderr
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["mine.txt"]
