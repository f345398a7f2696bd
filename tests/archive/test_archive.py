from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from mabillon.archive import ARCHIVIST, PUBLIC, Access, Archive, Reader
from mabillon.archive.name_links import link_names
from mabillon.errors import ArchiveError
from mabillon.store.entries import Entry

IdOf = Callable[[int], str]


def test_the_archive_is_walked_as_its_boxes_stand(archive: Archive) -> None:
    [repository] = archive.levels()
    assert (repository.title, repository.records) == ("Archive of the President of the Russian Federation", 7)
    [fonds] = archive.levels(repository.id)
    [series] = archive.levels(fonds.id)
    files = archive.levels(series.id)
    assert [(level.title, level.records) for level in files] == [("delo 330", 3), ("delo 331", 4)]
    leaves = [entry.number for _, entry in archive.entries(level=files[1].id)]
    assert leaves == ["7", "5", "3", "1"]
    assert [level.code for level in archive.level(files[1].id)] == ["APRF", "45", "1", "331"]


def test_neighbours_stand_by_date_and_in_the_file(archive: Archive, id_of: IdOf) -> None:
    beside = archive.neighbours(id_of(3))

    def number(entry: Entry | None) -> str | None:
        return entry.number if entry else None

    assert (number(beside.before), number(beside.after)) == ("2", "4")
    assert (number(beside.file_before), number(beside.file_after)) == ("5", "1")
    assert archive.neighbours(id_of(1)).before is None


def test_entries_are_paged_by_date(archive: Archive) -> None:
    first = archive.entries(limit=3)
    rest = archive.entries(after=first[-1][0])
    assert [entry.number for _, entry in first + rest] == list("1234567")


def test_changes_are_told_once_and_in_order(archive: Archive, id_of: IdOf) -> None:
    seen = list(archive.changes_since())
    assert len(seen) == 7 and seen == sorted(seen)
    assert list(archive.changes_since(seen[-1][0])) == []
    archive.correct(id_of(2), "title", "A title", "ed", "it has none")
    archive.remove(id_of(4), "ed", "not ours")
    changed = list(archive.changes_since(seen[-1][0]))
    assert [(id, gone) for _, id, gone in changed] == [(id_of(2), False), (id_of(4), True)]
    [corrected, gone] = archive.changed_records(seen[-1][0])
    assert corrected.record and corrected.record.title and corrected.record.title.value == "A title"
    assert gone.record is None and archive.count() == 6


def test_a_correction_keeps_its_words_and_says_who(archive: Archive, id_of: IdOf) -> None:
    id = id_of(3)
    archive.correct(id, "senders/0/place", "Phyöngyang", "ed", "as on the form")
    record = archive.record(id)
    assert record and record.senders[0].place
    place = record.senders[0].place
    assert (place.value, place.text, place.reason) == ("Phyöngyang", "Pyongyang", "editor")
    assert [(r.number, r.kind, r.who) for r in archive.revisions(id)] == [(1, "read", "mabillon"), (2, "correct", "ed")]
    before = archive.revision(id, 1)
    assert before and before.senders[0].place and before.senders[0].place.value == "Pyongyang"
    [correction] = archive.corrections(id)
    archive.withdraw_correction(id, correction.id, "ed", "was right")
    assert archive.record(id) == before


def test_what_no_record_can_hold_is_refused(archive: Archive, id_of: IdOf) -> None:
    for path, value in (("copies", "many"), ("id", "x"), ("source/text", "x"), ("", 1), ("colour", "red")):
        with pytest.raises(ArchiveError):
            archive.correct(id_of(1), path, value, "ed", "why")
    assert len(archive.revisions(id_of(1))) == 1


def test_a_value_can_be_added_and_taken_out(archive: Archive, id_of: IdOf) -> None:
    archive.correct(id_of(1), "recipients/-", "Molotov", "ed", "second copy")
    archive.correct(id_of(1), "recipients/0", None, "ed", "not he")
    record = archive.record(id_of(1))
    assert record and [agent.value for agent in record.recipients] == ["Molotov"]


def test_a_redacted_passage_is_nowhere(archive: Archive, id_of: IdOf) -> None:
    id = id_of(2)
    whole = archive.record(id)
    assert whole and whole.source and whole.source.text
    start = whole.source.text.index("Shtykov")
    link_names(archive)
    assert "Shtykov" in {row.name for row in archive.names(id)}
    archive.redact(id, (start, start + 7), "ed", "alive", groups=["family"])
    link_names(archive)
    assert "Shtykov" not in {row.name for row in archive.names(id)}
    seen = archive.record(id)
    assert seen and seen.source and seen.source.text
    assert "Shtykov" not in seen.source.text and len(seen.source.text) == len(whole.source.text)
    assert seen.senders == [] and seen.recipients == whole.recipients
    assert archive.original(id) is None
    assert [entry.sender for _, entry in archive.entries() if entry.id == id] == [None]
    assert archive.record(id, Reader(frozenset({"family"}))) == whole
    assert archive.record(id, ARCHIVIST) == whole
    [redaction] = archive.redactions(id)
    archive.lift_redaction(id, redaction.id, "ed", "dead")
    assert archive.record(id) == whole and archive.original(id) is not None


def test_an_embargo_ends_on_its_day(archive: Archive, id_of: IdOf) -> None:
    archive.set_access(id_of(5), Access("embargo", until=dt.date(2030, 5, 1)), "ed", "agreed")
    assert archive.record(id_of(5), Reader(today=dt.date(2030, 4, 30))) is None
    assert archive.record(id_of(5), Reader(today=dt.date(2030, 5, 1))) is not None
    assert archive.access(id_of(5)).until == dt.date(2030, 5, 1)
    assert archive.count(PUBLIC) == 6


def test_an_archive_needs_its_own_directory(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(ArchiveError, match="not empty"):
        Archive.create(folder)
    with pytest.raises(ArchiveError, match="no archive here"):
        Archive.open(tmp_path / "nowhere")
    Archive.create(tmp_path / "new").close()
    with pytest.raises(ArchiveError, match="already"):
        Archive.create(tmp_path / "new")
