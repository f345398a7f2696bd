"""Backup and restore: a consistent copy while the archive is read and written.

The database is copied first, as it stands at one moment. Every original that it names was on the disk before it was
named, and originals never change: so the objects that are copied after it are all that it needs.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from mabillon.archive import layout
from mabillon.archive.archive import Archive
from mabillon.archive.fixity import check_inventories, check_object
from mabillon.archive.originals import Originals, sync, sync_directory
from mabillon.errors import ArchiveError
from mabillon.store.copying import copy_database
from mabillon.store.engine import BUSY_SECONDS, Store
from mabillon.store.soundness import objects_named

Tell = Callable[[int, int], None]
"""Told how many objects of how many have been copied."""


@dataclass(slots=True)
class BackupReport:
    """What was copied: objects anew, objects that an earlier backup had already, and what is wrong with any copy."""

    copied: int = 0
    kept: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems


def backup(archive: Archive, target: Path | str, tell: Tell = lambda done, total: None) -> BackupReport:
    """Copy `archive` into the directory `target`, which is absent, empty, or an earlier backup of the same archive.

    The copy is an archive itself, without the index, which is derived. Every copied original is read back and its
    fixity compared. Raises `ArchiveError` if the copy cannot be written.
    """
    folder = Path(target)
    if folder.resolve() == archive.path.resolve():
        raise ArchiveError(f"{folder}: this is the archive itself; a backup needs another place")
    return _copy(archive.store, archive.originals, folder, tell)


def restore(source: Path | str, target: Path | str, tell: Tell = lambda done, total: None) -> BackupReport:
    """Bring the backup `source` back as the archive `target`, which must not exist yet.

    Raises `ArchiveError` if `source` is no backup, or `target` holds anything.
    """
    saved, folder = Path(source), Path(target)
    if folder.exists() and any(folder.iterdir()):
        raise ArchiveError(f"{folder}: something is there already; move it away, or restore to another place")
    with Archive.open(saved) as archive:
        return _copy(archive.store, archive.originals, folder, tell)


def _copy(store: Store, originals: Originals, folder: Path, tell: Tell) -> BackupReport:
    report, copies = BackupReport(), Originals(folder / layout.ORIGINALS, folder / layout.INCOMING)
    try:
        _make_room(folder, copies, originals)
        copy_database(store, folder / layout.NEW)
        names = _named(folder / layout.NEW)
        for n, name in enumerate(names, 1):
            _copy_object(originals, copies, name, report)
            tell(n, len(names))
        os.replace(folder / layout.NEW, folder / layout.DATABASE)
        sync_directory(folder)
    except OSError as failure:
        raise ArchiveError(f"{folder}: {failure.strerror or failure}; the copy is not whole, run it again") from failure
    return report


def _make_room(folder: Path, copies: Originals, originals: Originals) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    strangers = [name for name in os.listdir(folder) if name not in layout.OWN]
    if strangers:
        raise ArchiveError(f"{folder}: the directory holds other things ({strangers[0]}); a backup needs its own")
    if not copies.root.exists():
        copies.create()
    (folder / layout.INDEX).mkdir(exist_ok=True)
    copies.clear_incoming()
    ours = set(originals.names())
    foreign = [name for name in copies.names() if name not in ours]
    if foreign:
        raise ArchiveError(f"{folder}: it is the backup of another archive ({foreign[0]} is not in this one)")


def _named(database: Path) -> list[str]:
    store = Store.at(database, read_only=True, busy_seconds=BUSY_SECONDS)
    try:
        with store.reading() as connection:
            return sorted(objects_named(connection))
    finally:
        store.close()


def _copy_object(originals: Originals, copies: Originals, name: str, report: BackupReport) -> None:
    """Copy one object, unless the backup has it, and read the copy back."""
    source, target = originals.root / name, copies.root / name
    if target.is_dir() and _same(source, target):
        report.kept += 1
        return
    if not source.is_dir():
        report.problems.append((name, "the object and all originals in it are missing"))
        return
    if target.is_dir() and not list(check_inventories(target)):
        raise ArchiveError(f"{copies.root.parent}: it is the backup of another archive ({name} is not the one in this)")
    building = copies.incoming / name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, building)
    sync(building)
    os.rename(building, target)
    report.copied += 1
    report.problems += check_object(copies, name).problems


def _same(source: Path, target: Path) -> bool:
    """Tell whether an object was copied before: its inventory says all of it, and it never changes."""
    try:
        return (source / "inventory.json").read_bytes() == (target / "inventory.json").read_bytes()
    except OSError:
        return False
