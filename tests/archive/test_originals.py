from __future__ import annotations

from pathlib import Path

import ocfl
import pytest

from mabillon.archive import Archive, ingest
from mabillon.archive.originals import Originals, stage
from mabillon.errors import ArchiveError, SourceError
from tests.archive.reader import read_text


def _errors(root: Path) -> list[str]:
    """Return what an OCFL validator says against a storage root."""
    storage = ocfl.StorageRoot(str(root))
    good = storage.validate(validate_objects=True, log_errors=False)
    said = [line for line in str(storage.log).splitlines() if "[E" in line]
    return said if not good else []


def test_the_originals_are_an_ocfl_storage_root(archive: Archive, folder: Path) -> None:
    (folder / "quoted \"name\" ünïcode .txt").write_text("No. 8\n")
    (folder / "again.txt").write_text("No. 8\n")
    ingest([folder], archive, read_text)
    storage = ocfl.StorageRoot(str(archive.originals.root))
    assert storage.validate(validate_objects=True, log_warnings=True)
    assert storage.num_objects == storage.good_objects == 2


def test_an_empty_root_is_one_too(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        assert ocfl.StorageRoot(str(archive.originals.root)).validate()


def test_bytes_and_names_come_back(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals", tmp_path / "incoming")
    originals.create()
    contents = {"a.txt": b"\xff\x00\r\n", "..": b"", "ü.xml": b"<a/>" * 1_000_000}
    staged = []
    for n, (name, content) in enumerate(contents.items()):
        source = tmp_path / f"source-{n}"
        source.write_bytes(content)
        copy = stage(source, originals.incoming, str(n))
        staged.append(type(copy)(copy.sha256, copy.size, name, copy.path))
    name = originals.seal(1, staged, "1950-09-30T20:35:00Z")
    found = {content.filename: content.path.read_bytes() for content in originals.contents(name)}
    assert found == {"a.txt": b"\xff\x00\r\n", "_..": b"", "ü.xml": b"<a/>" * 1_000_000}
    assert all(originals.path(name, copy.sha256).is_file() for copy in staged)
    assert ocfl.StorageRoot(str(originals.root)).validate()


def test_what_cannot_be_read_or_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(b"x")
    with pytest.raises(SourceError, match="missing"):
        stage(tmp_path / "missing", tmp_path, "copy")
    with pytest.raises(ArchiveError, match="nowhere"):
        stage(tmp_path / "source", tmp_path / "nowhere", "copy")
    assert [path.name for path in tmp_path.iterdir()] == ["source"]
