from pathlib import Path

from archive.reader import read_text
from mabillon.archive import Archive, ingest


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
