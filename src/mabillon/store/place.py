"""Where a source lies. Of no database: the processes that read sources know it, and need not load one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A path with what tells that its content has not changed since it was last looked at."""

    path: str
    size: int
    mtime_ns: int
    inode: int

    @property
    def stamp(self) -> tuple[int, int, int]:
        return self.size, self.mtime_ns, self.inode
