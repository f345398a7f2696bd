from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from mabillon.archive import Access, Archive, ingest
from mabillon.archive.linking import same_message
from mabillon.archive.sketch import bands_of, overlap, signature
from mabillon.record import Body, Record, SourceNote
from mabillon.store.links import Described
from tests.archive.reader import read_text

WORDS = [f"word{n}" for n in range(4000)]


def _text(seed: int, length: int = 200) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def _record(text: str) -> Record:
    note = SourceNote(filename="x", media_type="text/plain", sha256="0" * 64, text=text)
    return Record(id="x", source=note, body=Body(spans=[(0, len(text))]))


@pytest.mark.parametrize("changed", [0, 5, 20, 60, 200])
def test_a_sketch_estimates_the_overlap(changed: int) -> None:
    before, other = _text(1), _text(2)
    after = other[:changed] + before[changed:]
    a, b = signature(_record(" ".join(before))), signature(_record(" ".join(after)))
    assert a is not None and b is not None
    triples = [set(zip(words, words[1:], words[2:], strict=False)) for words in (before, after)]
    true = len(triples[0] & triples[1]) / len(triples[0] | triples[1])
    assert overlap(a, b) == pytest.approx(true, abs=0.2)
    if true > 0.9:
        assert set(bands_of(a)) & set(bands_of(b))


def test_layout_and_case_do_not_change_a_sketch_and_short_texts_have_none() -> None:
    words = _text(3)
    assert signature(_record(" ".join(words))) == signature(_record("\n".join(words).upper() + "."))
    assert signature(_record("Received your telegram.")) is None
    assert signature(_record("收到你九月三十日来电，我们完全同意你的意见。")) is not None


def _described(**known: object) -> Described:
    usual = {
        "key": 1, "number": "1405", "first_day": 19500930, "last_day": 19500930, "station": None, "sender": None,
        "language": None,
    }  # fmt: skip
    return Described(**(usual | known))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ({"station": "Pyongyang"}, {"station": "Пхеньян"}, True),
        ({"station": "Pyongyang"}, {"station": "Tokyo"}, False),
        ({"station": "Pyongyang", "sender": "Shtykov"}, {"station": "Пхеньян", "sender": "Штыков"}, True),
        ({"sender": "Shtykov"}, {"sender": "Chtykov"}, True),
        ({"sender": "Shtykov"}, {"sender": "Muccio"}, False),
        ({"sender": "American Embassy Tokyo"}, {"sender": "American Embassy Seoul"}, False),
        ({"sender": "American Embassy Tokyo"}, {"sender": "American Embassy, Tokyo"}, True),
        ({"station": "Tokyo", "sender": "Allison"}, {"station": "Seoul", "sender": "Allison"}, False),
        ({}, {}, True),
        ({"number": "14"}, {"number": "14"}, False),
        ({}, {"number": "1406"}, False),
        ({}, {"first_day": 19500931, "last_day": 19500931}, False),
        ({"first_day": 19500901}, {"first_day": 19500901}, False),
    ],
)
def test_number_day_and_station_tell_one_message(left: dict[str, object], right: dict[str, object], same: bool) -> None:
    a, b = _described(**left), _described(**right, key=2)
    assert bool(same_message(a, b)) == bool(same_message(b, a)) == same


@pytest.fixture
def versions(tmp_path: Path) -> Iterator[Archive]:
    """A cable in three versions, a text printed twice with small differences, and others that stand alone."""
    folder = tmp_path / "in"
    folder.mkdir()
    body = " ".join(_text(4))
    contents = {
        "original": f"No. 1405\n1950-09-30\nFrom: Shtykov, Pyongyang\nTo: Stalin\n{' '.join(_text(5))}",
        "retyped": f"No. 1405\n1950-09-30\nFrom: Chtykov, Phyöngyang\n{' '.join(_text(6))}",
        "another": f"No. 1405\n1950-09-30\nFrom: Muccio, Seoul\n{' '.join(_text(7))}",
        "printed": f"1951-01-01\n{body}",
        "reprinted": f"1962-02-02\n{body} with a note",
        "alone": f"No. 7\n{' '.join(_text(8))}",
    }
    for name, content in contents.items():
        (folder / f"{name}.txt").write_text(content)
    with Archive.create(tmp_path / "archive") as archive:
        ingest([folder], archive, read_text)
        yield archive


def _linked(archive: Archive) -> dict[str, list[tuple[str, str]]]:
    """Return file → (kind, file) of what it is linked with."""
    names = {record.id: record.source.filename[:-4] for record in archive.records() if record.source}
    return {
        name: [(link.kind, names[link.entry.id]) for link in archive.neighbours(id).links] for id, name in names.items()
    }


def test_versions_and_near_duplicates_are_linked_and_nothing_else(versions: Archive) -> None:
    assert _linked(versions) == {
        "original": [("version", "retyped")],
        "retyped": [("version", "original")],
        "another": [],
        "printed": [("near-duplicate", "reprinted")],
        "reprinted": [("near-duplicate", "printed")],
        "alone": [],
    }
    assert versions.count() == 6


def test_a_redacted_number_links_no_more(versions: Archive) -> None:
    ids = {record.source.filename[:-4]: record.id for record in versions.records() if record.source}
    versions.redact(ids["original"], (0, 8), "ed", "a number")
    assert _linked(versions)["retyped"] == []
    [redaction] = versions.redactions(ids["original"])
    versions.lift_redaction(ids["original"], redaction.id, "ed", "known")
    assert _linked(versions)["retyped"] == [("version", "original")]


def test_links_follow_a_correction_and_keep_access(versions: Archive) -> None:
    ids = {record.source.filename[:-4]: record.id for record in versions.records() if record.source}
    versions.correct(ids["retyped"], "numbers/0", "1406", "ed", "misread")
    versions.set_access(ids["printed"], Access("restricted"), "ed", "alive")
    linked = _linked(versions)
    assert linked["original"] == [] and linked["reprinted"] == []
