from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from mabillon.archive import Access, Archive
from mabillon.cli.export import FORMATS
from mabillon.pipeline import read_path
from mabillon.web.api.export import FORMATS as WRITERS
from tests.cli.command import Command


@pytest.fixture
def archive(mabillon: Command, samples: Path, tmp_path: Path) -> Path:
    assert mabillon("ingest", samples / "seed", samples / "frus").returncode == 0
    return tmp_path / "archive"


def test_the_command_knows_the_formats_that_there_are() -> None:
    assert {*FORMATS} == {*WRITERS, "ead", "package"}


@pytest.mark.parametrize("format", ["tei", "cmif", "ead", "turtle", "ris", "jsonl"])
def test_what_is_closed_goes_out_in_no_format(format: str, mabillon: Command, archive: Path) -> None:
    with Archive.open(archive) as opened:
        numbered = (record for record in opened.records() if record.numbers)
        closed = next(record for record in numbered if record.numbers[0].value == "600308/sh")
        opened.set_access(closed.id, Access("restricted"), "an archivist", "closed")
    run = mabillon("export", format)
    assert run.returncode == 0 and run.stderr == ""
    assert closed.id not in run.stdout and "600308" not in run.stdout
    assert len(run.stdout) > 2000


def test_a_tei_export_is_taken_in_by_another_archive_as_it_is(mabillon: Command, archive: Path, tmp_path: Path) -> None:
    assert mabillon("export", "tei", "-o", "all.xml").returncode == 0
    with Archive.open(archive) as opened:
        titles = sorted(str(record.title.value) for record in opened.records() if record.title)
    found = list(read_path(tmp_path / "all.xml"))
    assert sorted(str(record.title.value) for record in found if record.title) == titles
    assert not (tmp_path / "all.xml.part").exists()
    assert mabillon("ingest", "--archive", "other", "all.xml").returncode == 0
    with Archive.open(tmp_path / "other") as other:
        assert other.count() == len(found)


def test_a_search_is_exported_with_the_addresses_of_the_site(mabillon: Command, archive: Path) -> None:
    run = mabillon("export", "cmif", "--address", "https://a.example.org/", "from:Shtykov")
    top = etree.fromstring(run.stdout.encode())
    letters = top.xpath("//t:correspDesc/@ref", namespaces={"t": "http://www.tei-c.org/ns/1.0"})
    assert letters and all(ref.startswith("https://a.example.org/records/") for ref in letters)


def test_what_cannot_be_is_said(mabillon: Command, archive: Path, tmp_path: Path) -> None:
    assert "--address" in mabillon("export", "iiif").stderr
    assert "whole archive" in mabillon("export", "ead", "Stalin").stderr
    run = mabillon("export", "tei", "-o", "no/such/folder.xml")
    assert run.returncode == 1 and "cannot be written" in run.stderr
