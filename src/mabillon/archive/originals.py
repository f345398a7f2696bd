"""Originals, byte for byte, in an OCFL 1.1 storage root.

One OCFL object holds the sources that one batch of an ingest took in; inside it every content file bears the SHA-256 of
its bytes, which is also its key in the object's manifest. One object for each source would cost four files and three
directories for every cable of 2 kB: at a million of them seven million inodes and 28 GB where 4 GB suffice.

An object is built in `incoming/` and renamed into place when it is whole, so a killed process leaves no half object.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from mabillon.errors import ArchiveError, SourceError

_LAYOUT = "0002-flat-direct-storage-layout"
_CHUNK = 1 << 20
_NAME = "accession-{:08d}"


@dataclass(frozen=True, slots=True)
class Staged:
    """A copy of a source's bytes in `incoming/`, not yet part of the archive."""

    sha256: str
    size: int
    filename: str
    path: str


def stage(source: Path, incoming: Path, name: str) -> Staged:
    """Copy the bytes of `source` to the new file `incoming/name` and take their SHA-256 on the way.

    Raises `SourceError` if the source cannot be read, `ArchiveError` if the copy cannot be written.
    """
    target = f"{incoming}/{name}"
    digest, size = hashlib.sha256(), 0
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        try:
            for chunk in _chunks(source):
                digest.update(chunk)
                _write(handle, chunk)
                size += len(chunk)
        finally:
            os.close(handle)
    except OSError as failure:
        _discard(target)
        raise ArchiveError(f"{incoming}: {failure.strerror or failure}; what was taken in before stands") from failure
    except SourceError:
        _discard(target)
        raise
    return Staged(digest.hexdigest(), size, source.name, target)


def _chunks(source: Path) -> Iterator[bytes]:
    try:
        handle = os.open(source, os.O_RDONLY | os.O_CLOEXEC)
        try:
            while chunk := os.read(handle, _CHUNK):
                yield chunk
        finally:
            os.close(handle)
    except OSError as failure:
        raise SourceError(str(source), failure.strerror or str(failure)) from failure


def _write(handle: int, chunk: bytes) -> None:
    """Write all of `chunk`: a disk that is nearly full takes a part of it without an error."""
    written = os.write(handle, chunk)
    while written < len(chunk):
        written += os.write(handle, memoryview(chunk)[written:])


def _discard(target: str) -> None:
    with suppress(OSError):
        os.unlink(target)


@dataclass(frozen=True, slots=True)
class Content:
    """One content file of an object, as the object's inventory names it."""

    sha256: str
    filename: str
    path: Path


class Originals:
    """The storage root `root`; `incoming` lies beside it on the same file system."""

    def __init__(self, root: Path, incoming: Path) -> None:
        self.root = root
        self.incoming = incoming

    def create(self) -> None:
        """Make an empty storage root."""
        self.root.mkdir(parents=True)
        self.incoming.mkdir()
        (self.root / "0=ocfl_1.1").write_text("ocfl_1.1\n")
        layout = {"extension": _LAYOUT, "description": "Each object lies in a directory named by its identifier"}
        (self.root / "ocfl_layout.json").write_bytes(orjson.dumps(layout, option=orjson.OPT_INDENT_2))

    def seal(self, number: int, staged: Sequence[Staged], at: str) -> str:
        """Make the object of this number out of staged copies, each content once; return its name.

        When this returns, the object is on the disk. Raises `ArchiveError` if it cannot be written.
        """
        name = _NAME.format(number)
        try:
            building = self._build(name, staged, at)
            sync(building)
            os.rename(building, self.root / name)
            sync_directory(self.root)
        except OSError as failure:
            raise ArchiveError(f"{self.root}: {failure.strerror or failure}; the batch was not taken in") from failure
        return name

    def _build(self, name: str, staged: Sequence[Staged], at: str) -> Path:
        building = self.incoming / name
        content = building / "v1" / "content"
        content.mkdir(parents=True)
        for copy in staged:
            os.rename(copy.path, content / copy.sha256)
        inventory = orjson.dumps(_inventory(name, staged, at))
        sidecar = f"{hashlib.sha256(inventory).hexdigest()} inventory.json\n".encode()
        for folder in (building, building / "v1"):
            (folder / "inventory.json").write_bytes(inventory)
            (folder / "inventory.json.sha256").write_bytes(sidecar)
        (building / "0=ocfl_object_1.1").write_bytes(b"ocfl_object_1.1\n")
        return building

    def path(self, object: str, sha256: str) -> Path:
        """Return where the bytes of this SHA-256 lie."""
        return self.root / object / "v1" / "content" / sha256

    def names(self) -> list[str]:
        """Return the names of all objects, oldest first."""
        return sorted(entry.name for entry in os.scandir(self.root) if entry.name.startswith("accession-"))

    def contents(self, name: str) -> Iterator[Content]:
        """Yield what the inventory of an object says that it holds. Raises `ArchiveError` if there is none to read."""
        inventory = self.root / name / "inventory.json"
        try:
            said = orjson.loads(inventory.read_bytes())
            state = said["versions"][said["head"]]["state"]
            for sha256, paths in said["manifest"].items():
                filename = state[sha256][0].rpartition("/")[2]
                yield Content(sha256, filename, self.root / name / paths[0])
        except (OSError, ValueError, KeyError, IndexError) as failure:
            raise ArchiveError(f"{inventory}: no readable inventory ({failure})") from failure

    def clear_incoming(self) -> None:
        """Throw away what a killed process left half done."""
        for entry in os.scandir(self.incoming):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                os.unlink(entry.path)


def number_of(name: str) -> int:
    """Return the number in an object's name. Raises ValueError if it has none."""
    return int(name.removeprefix("accession-"))


def _inventory(name: str, staged: Sequence[Staged], at: str) -> dict[str, Any]:
    version = {
        "created": at,
        "message": "Accession",
        "user": {"name": "Mabillon", "address": "mailto:archive@localhost"},
        "state": {copy.sha256: [f"{copy.sha256}/{_logical(copy.filename)}"] for copy in staged},
    }
    return {
        "id": name,
        "type": "https://ocfl.io/1.1/spec/#inventory",
        "digestAlgorithm": "sha256",
        "head": "v1",
        "manifest": {copy.sha256: [f"v1/content/{copy.sha256}"] for copy in staged},
        "versions": {"v1": version},
    }


def _logical(filename: str) -> str:
    """Return a file name that is a legal last step of an OCFL logical path (OCFL 1.1, 3.5.3.1), and UTF-8."""
    name = filename.encode("utf-8", "replace").decode("utf-8").replace("/", "_")
    return f"_{name}" if name in ("", ".", "..") else name


def sync(path: Path) -> None:
    """Wait until all that was written to the file system of `path` is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        if _syncfs is None or _syncfs(handle) != 0:
            os.sync()
    finally:
        os.close(handle)


def sync_directory(path: Path) -> None:
    """Wait until the names in a directory are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


try:
    _syncfs: Any = ctypes.CDLL(None).syncfs
except (OSError, AttributeError):  # not Linux
    _syncfs = None
