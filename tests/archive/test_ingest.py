from __future__ import annotations

import os
from pathlib import Path

import pytest

from mabillon.archive import Access, Archive, Reader, ingest
from mabillon.archive.lock import only_one
from mabillon.errors import ArchiveError
from tests.archive.reader import read_better, read_text


def test_what_goes_in_is_kept_and_read(tmp_path: Path, folder: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        report = ingest([folder], archive, read_text)
        assert (report.sources, report.records, report.ok) == (7, 7, True)
        records = list(archive.records())
        assert [record.id for record in records] == sorted(record.id for record in records)
        originals = {archive.original(record.id) for record in records}
        assert originals == {path.read_bytes() for path in folder.iterdir()}
        assert archive.record(records[3].id) == records[3]
        assert archive.record("none") is None


def test_pages_partition_the_records(tmp_path: Path, folder: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        ingest([folder], archive, read_text)
        whole = [record.id for record in archive.records()]
        first = [record.id for record in archive.records(limit=3)]
        assert first + [record.id for record in archive.records(after=first[-1])] == whole


def test_a_second_ingest_takes_nothing_in(tmp_path: Path, folder: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        ingest([folder], archive, read_text)
        again = ingest([folder], archive, read_text)
        assert (again.sources, again.records, again.unchanged) == (0, 0, 7)
        assert archive.count() == 7


def test_second_copies_are_known_by_their_content(tmp_path: Path, folder: Path) -> None:
    (folder / "0-copy-of-3.txt").write_bytes((folder / "3.txt").read_bytes())
    with Archive.create(tmp_path / "archive") as archive:
        report = ingest([folder], archive, read_text)
        assert (report.sources, report.records, report.duplicates) == (7, 7, 1)
        (folder / "8.txt").write_bytes((folder / "4.txt").read_bytes())
        report = ingest([folder], archive, read_text)
        assert (report.sources, report.duplicates, report.unchanged) == (0, 1, 8)
        assert not list(archive.originals.incoming.iterdir())


def test_a_changed_source_is_a_new_source(tmp_path: Path, folder: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        ingest([folder], archive, read_text)
        (folder / "3.txt").write_text("No. 33\n1950-09-03\n")
        report = ingest([folder], archive, read_text)
        assert (report.sources, report.records, report.unchanged) == (1, 1, 6)
        assert archive.count() == 8


def test_what_fails_waits_in_quarantine_until_it_is_tried_again(tmp_path: Path, folder: Path) -> None:
    (folder / "broken.bin").write_bytes(b"No. 9\x00")
    with Archive.create(tmp_path / "archive") as archive:
        report = ingest([folder, tmp_path / "nowhere"], archive, read_text)
        assert report.records == 7 and not report.ok
        assert [(Path(path).name, reason) for path, reason in report.failures] == [
            ("broken.bin", "it is not text"),
            ("nowhere", "No such file or directory"),
        ]
        again = ingest([folder], archive, read_text)
        assert (again.still_quarantined, again.failures) == (1, [])
        assert len(ingest([], archive, read_text, retry=True).failures) == 2
        assert [(f.reason, f.tries) for f in archive.quarantine()][0] == ("it is not text", 2)
        (folder / "broken.bin").write_bytes(b"No. 9")
        assert ingest([folder], archive, read_text).records == 1
        assert [Path(failure.path).name for failure in archive.quarantine()] == ["nowhere"]


def test_a_better_reading_is_a_revision_under_the_editors_corrections(tmp_path: Path, folder: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        ingest([folder], archive, read_text)
        ids = [record.id for record in archive.records()]
        archive.correct(ids[0], "senders/0/place", "Phyöngyang", "ed", "as on the form")
        archive.set_access(ids[1], Access("restricted"), "ed", "alive")
        report = ingest([folder], archive, read_better, again=True, who="reader 2")
        assert (report.records, report.changed) == (0, 7)
        record = archive.record(ids[0])
        assert record and record.date and record.date.value.startswith("1951")
        assert [(sender.value, sender.place and sender.place.value) for sender in record.senders] == [
            ("Roshchin", None),
            ("Shtykov", "Phyöngyang"),
        ]
        assert [revision.kind for revision in archive.revisions(ids[0])] == ["read", "correct", "reread"]
        assert archive.record(ids[1]) is None
        assert ingest([folder], archive, read_better, again=True).changed == 0


def test_a_record_that_was_taken_out_stays_out(tmp_path: Path, folder: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        ingest([folder], archive, read_text)
        id = next(archive.records()).id
        archive.remove(id, "ed", "not ours")
        assert ingest([folder], archive, read_better, again=True).records == 0
        assert archive.record(id) is None


def test_names_that_are_not_text_and_links_in_circles_do_no_harm(tmp_path: Path, folder: Path) -> None:
    strange = os.fsencode(folder) + b"/\xff\xfe.txt"
    with open(strange, "wb") as file:
        file.write(b"No. 99\n")
    os.symlink(folder, folder / "circle")
    os.mkfifo(folder / "pipe")
    with Archive.create(tmp_path / "archive") as archive:
        report = ingest([folder], archive, read_text)
        assert [(Path(path).name, reason) for path, reason in report.failures if "pipe" in path] == [
            ("pipe", "it is neither a file nor a folder")
        ]
        assert report.records + len(report.failures) == 9


def test_two_ingests_do_not_meet(tmp_path: Path, folder: Path) -> None:
    with (
        Archive.create(tmp_path / "archive") as archive,
        only_one(archive.path / "ingest.lock", 0, "an ingest"),
        pytest.raises(ArchiveError, match=f"busy with an ingest, process {os.getpid()}"),
    ):
        ingest([folder], archive, read_text, wait=0.2)


def test_access_can_be_given_to_all_that_comes_in(tmp_path: Path, folder: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        ingest([folder], archive, read_text, access=Access("restricted", frozenset({"family"})))
        assert archive.count() == 0
        assert archive.count(Reader(frozenset({"family"}))) == 7
