"""`mabillon knew` on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from mabillon.archive import Archive, ingest, link_names
from mabillon.archive.indexing import open_index
from mabillon.archive.knowing import follow_knowledge
from tests.archive.delivered import read_delivered
from tests.archive.test_knew import PAPERS, id_of
from tests.cli.command import Command


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("knew")
    for name, text in PAPERS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    with Archive.create(folder / "archive") as made:
        ingest([*folder.glob("*.txt")], made, read_delivered)
        link_names(made)
        follow_knowledge(made.store)
        open_index(made).close()
    yield folder / "archive"


def test_proved_and_presumed_stand_apart_with_their_words(mabillon: Command, archive: Path) -> None:
    said = mabillon("knew", "Mikoyan", "--archive", archive)
    assert said.returncode == 0, said.stderr
    proved, presumed = said.stdout.split("PRESUMED")
    assert "Mikoyan, Anastas Ivanovich  person:mikoyan" in proved and "PROVED: 1 document" in proved
    assert "by   1950-09-30 22:45" in proved and "was copied: “Mikoyan” · “1950-10-01T01:45” · “Given out”" in proved
    assert "from 1950-10-0" in presumed and "no time of delivery is stated" in presumed


def test_a_moment_is_read_from_the_clock_of_a_place(mabillon: Command, archive: Path) -> None:
    for clock, count in (("Moscow", 0), ("Greenwich", 1)):
        at = ("--at", "1950-10-01T01:00", "--clock", clock)
        said = mabillon("knew", "Mikoyan", "--archive", archive, *at, "--about", "parallel", "--json")
        assert said.returncode == 0, said.stderr
        assert json.loads(said.stdout)["proved"]["total"] == count


def test_a_document_and_a_search(mabillon: Command, archive: Path) -> None:
    with Archive.open(archive) as opened:
        id = id_of(opened, 1351)
    spread = mabillon("knew", "--document", id, "--archive", archive).stdout
    assert [line for line in spread.splitlines() if line in ("Written", "Delivered", "Copied", "Named by others")]
    first = mabillon("knew", "--about", "parallel", "--archive", archive).stdout
    assert first.startswith("PROVED to have known first") and "person:shtykov" in first


def test_what_is_asked_wrongly_is_said_in_a_line(mabillon: Command, archive: Path) -> None:
    for asked, words in (
        ((), "Name a person"),
        (("Mikoyan", "--at", "yesterday"), "is no moment"),
        (("Mikoyan", "--at", "1950", "--clock", "Atlantis"), "no clock"),
        (("--document", "nothing"), "no such record"),
    ):
        said = mabillon("knew", *asked, "--archive", archive)
        assert said.returncode and words in said.stderr and "Traceback" not in said.stderr
