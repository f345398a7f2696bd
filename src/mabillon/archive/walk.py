"""Which sources there are below the paths that a person names, in an order that does not depend on the file system."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from mabillon.source.walk import in_order
from mabillon.store.sources import Place


def find_places(paths: Iterable[Path | str]) -> Iterator[Place]:
    """Yield every file below `paths` with its stamp, folders walked as `source.walk` does.

    A path that does not exist or cannot be looked at is yielded with the size -1, so that it is reported and not lost.
    """
    for path in paths:
        yield from _below(os.path.abspath(path))


def _below(path: str) -> Iterator[Place]:
    try:
        status = os.stat(path)
        if not os.path.isdir(path):
            yield Place(path, status.st_size, status.st_mtime_ns, status.st_ino)
            return
        with os.scandir(path) as entries:
            found = {entry.name: entry for entry in entries}
    except OSError:
        yield Place(path, -1, 0, 0)
        return
    for name in in_order(found):
        yield from _entry(found[name])


def _entry(entry: os.DirEntry[str]) -> Iterator[Place]:
    try:
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path)
        elif entry.is_file():
            status = entry.stat()
            yield Place(entry.path, status.st_size, status.st_mtime_ns, status.st_ino)
    except OSError:
        yield Place(entry.path, -1, 0, 0)
