"""The archive as its users see it: open it, read records in it, walk it, change it with a name and a reason."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from mabillon.archive import layout
from mabillon.archive.findings_room import FindingsRoom
from mabillon.archive.follower import Follower
from mabillon.archive.names_room import NamesRoom
from mabillon.archive.reading_room import ReadingRoom
from mabillon.archive.workroom import Workroom
from mabillon.store.engine import BUSY_SECONDS


class Archive(ReadingRoom, NamesRoom, FindingsRoom, Follower, Workroom):
    """One directory: `archive.db`, `originals/` (an OCFL storage root) and `index/` (derived, may be thrown away).

    Every method that reads takes a `Reader` and shows what he may see; the default is anybody. All raise
    `ArchiveError` if the database or the disk fails.
    """

    @classmethod
    def create(cls, path: Path | str) -> Archive:
        """Make a new archive in the directory `path`, which must be absent or empty."""
        folder = Path(path)
        layout.create(folder)
        return cls.open(folder)

    @classmethod
    def open(cls, path: Path | str, *, create: bool = False, busy_seconds: float = BUSY_SECONDS) -> Archive:
        """Open the archive in the directory `path`; with `create`, make it where there is none.

        `busy_seconds` is how long a change waits for another one. Raises `ArchiveError` if there is no archive, or
        one of a version that this program cannot read.
        """
        folder = Path(path)
        if create and not layout.is_archive(folder):
            layout.create(folder)
        return cls(folder, layout.open_store(folder, busy_seconds))

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
