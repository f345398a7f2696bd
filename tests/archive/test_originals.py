from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from mabillon.archive import Archive, ingest
from mabillon.archive.originals import Originals, stage
from mabillon.document import fingerprint
from mabillon.errors import ArchiveError, SourceError
from tests.archive.reader import read_text


def test_the_originals_are_an_ocfl_storage_root(archive: Archive, folder: Path) -> None:
    (folder / 'quoted "name" ünïcode .txt').write_text("No. 8\n")
    (folder / "again.txt").write_text("No. 8\n")
    ingest([folder], archive, read_text)
    root = archive.originals.root
    assert (root / "0=ocfl_1.1").read_text() == "ocfl_1.1\n"
    assert json.loads((root / "ocfl_layout.json").read_text())["extension"] == "0002-flat-direct-storage-layout"
    objects = sorted(path for path in root.iterdir() if path.is_dir())
    assert len(objects) == 2
    for place in objects:
        _judge_object(place)


def _judge_object(place: Path) -> None:
    """Hold an object against OCFL 1.1, sections 3.3 to 3.7."""
    assert (place / "0=ocfl_object_1.1").read_text() == "ocfl_object_1.1\n"
    assert {path.name for path in place.iterdir()} == {
        "0=ocfl_object_1.1", "inventory.json", "inventory.json.sha256", "v1",
    }  # fmt: skip
    content = (place / "inventory.json").read_bytes()
    assert (place / "inventory.json.sha256").read_text() == f"{fingerprint(content)} inventory.json\n"
    assert (place / "v1" / "inventory.json").read_bytes() == content
    inventory = json.loads(content)
    assert (inventory["id"], inventory["head"]) == (place.name, "v1")
    assert inventory["type"] == "https://ocfl.io/1.1/spec/#inventory"
    manifest = {path: digest for digest, paths in inventory["manifest"].items() for path in paths}
    files = [path for path in (place / "v1" / "content").rglob("*") if path.is_file()]
    assert {str(path.relative_to(place)): fingerprint(path.read_bytes()) for path in files} == manifest
    version = inventory["versions"]["v1"]
    assert set(version["state"]) == set(inventory["manifest"])
    logical = [path for paths in version["state"].values() for path in paths]
    assert len(set(logical)) == len(logical)
    assert all({"", ".", ".."}.isdisjoint(path.split("/")) for path in logical)
    assert dt.datetime.fromisoformat(version["created"]).tzinfo is not None


def test_an_ocfl_validator_finds_no_fault(archive: Archive, tmp_path: Path) -> None:
    ocfl = pytest.importorskip("ocfl", reason="ocfl-py is not installed (pip install ocfl-py)")
    storage = ocfl.StorageRoot(str(archive.originals.root))
    assert storage.validate(validate_objects=True, log_warnings=True)
    assert storage.num_objects == storage.good_objects == 1
    with Archive.create(tmp_path / "empty") as empty:
        assert ocfl.StorageRoot(str(empty.originals.root)).validate()


def test_bytes_and_names_come_back(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals", tmp_path / "incoming")
    originals.create()
    contents = {"a.txt": b"\xff\x00\r\n", "..": b"", "ü.xml": b"<a/>" * 1_000_000}
    staged = []
    for n, (name, content) in enumerate(contents.items()):
        source = tmp_path / f"source-{n}"
        source.write_bytes(content)
        copy = stage(source, originals.incoming, str(n))
        staged.append(replace(copy, filename=name))
    name = originals.seal(1, staged, "1950-09-30T20:35:00Z")
    found = {content.filename: content.path.read_bytes() for content in originals.contents(name)}
    assert found == {"a.txt": b"\xff\x00\r\n", "_..": b"", "ü.xml": b"<a/>" * 1_000_000}
    assert all(originals.path(name, copy.sha256).is_file() for copy in staged)
    _judge_object(originals.root / name)


def test_what_cannot_be_read_or_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(b"x")
    with pytest.raises(SourceError, match="missing"):
        stage(tmp_path / "missing", tmp_path, "copy")
    with pytest.raises(ArchiveError, match="nowhere"):
        stage(tmp_path / "source", tmp_path / "nowhere", "copy")
    assert [path.name for path in tmp_path.iterdir()] == ["source"]
