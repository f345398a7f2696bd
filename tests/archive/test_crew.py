from __future__ import annotations

from pathlib import Path

import pytest

from mabillon.archive import Archive, ingest
from mabillon.archive.crew import Crew
from mabillon.archive.worker import name_of
from mabillon.errors import ArchiveError
from tests.archive.reader import read_or_die, read_text


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(150):
        (folder / f"{n:03}.txt").write_text(f"No. {n}\n1950-09-01\n")
    return folder


def test_pieces_come_in_the_order_of_the_sources(tmp_path: Path, many: Path) -> None:
    (many / "049-volume.txt").write_text("\f".join(f"No. {n}\n" for n in range(900)))
    name = name_of(read_text)
    assert name is not None
    (tmp_path / "incoming").mkdir()
    paths = sorted(str(path) for path in many.iterdir())
    with Crew(name, tmp_path / "incoming", 2) as crew:
        pieces = list(crew.take(paths))
    assert [piece.place.path for piece in pieces if piece.last] == paths
    assert sum(len(piece.records) for piece in pieces) == 150 + 900


def test_a_source_that_kills_its_reader_costs_only_itself(tmp_path: Path, many: Path) -> None:
    for name in ("020-deadly.txt", "021-strange.txt", "090-deadly.txt"):
        (many / name).write_text("No. 1\n")
    with Archive.create(tmp_path / "archive") as archive:
        report = ingest([many], archive, read_or_die, workers=2)
        assert report.records == 150
        reasons = {Path(path).name: reason for path, reason in report.failures}
        assert reasons["020-deadly.txt"] == reasons["090-deadly.txt"] == "the process that read it died (signal 11)"
        assert "LookupError" in reasons["021-strange.txt"]
        assert {failure.path for failure in archive.quarantine()} == {str(many / name) for name in reasons}


def test_a_reader_that_cannot_be_loaded_ends_the_run(tmp_path: Path, many: Path) -> None:
    with Crew("tests.nowhere:read", tmp_path, 1) as crew, pytest.raises(ArchiveError, match="cannot be loaded"):
        list(crew.take([str(many / "001.txt")]))


def test_what_has_no_name_is_read_in_the_process_itself(tmp_path: Path, many: Path) -> None:
    assert name_of(lambda path: read_text(path)) is None
    with Archive.create(tmp_path / "archive") as archive:
        assert ingest([many], archive, lambda path: read_text(path), workers=2).records == 150
