"""Which sources there are below the paths that a person names, in an order that does not depend on the file system."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from mabillon.errors import SourceError
from mabillon.source.walk import in_order
from mabillon.store.place import Place


def find_places(paths: Iterable[Path | str]) -> Iterator[tuple[str, Place | SourceError]]:
    """Yield each file below `paths` with its stamp; folders are walked as `source.walk` does.

    What cannot be looked at is yielded with the reason, so that it is reported and not lost. The path itself comes
    first, as the system spells it; the place holds it as text that can be written down.
    """
    for path in paths:
        yield from _named(os.path.abspath(path))


def shown(path: str) -> str:
    """Return a path as text: bytes of it that are not UTF-8 are spelt out."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def place_of(path: str) -> Place:
    """Return the stamp of a file. Raises `SourceError` if there is none, or if it is no regular file."""
    try:
        return _place(path, os.stat(path))
    except (OSError, ValueError) as failure:
        raise _problem(path, failure) from failure


def _place(path: str, status: os.stat_result) -> Place:
    if not stat.S_ISREG(status.st_mode):
        raise SourceError(shown(path), "it is neither a file nor a folder")
    return Place(shown(path), status.st_size, status.st_mtime_ns, status.st_ino)


def _problem(path: str, failure: Exception) -> SourceError:
    reason = failure.strerror if isinstance(failure, OSError) else None
    return failure if isinstance(failure, SourceError) else SourceError(shown(path), reason or str(failure))


def _named(path: str) -> Iterator[tuple[str, Place | SourceError]]:
    """A path that a person names: a link is followed, and whatever is wrong with it is said."""
    try:
        if os.path.isdir(path):
            yield from _below(path)
        else:
            yield path, place_of(path)
    except SourceError as failure:
        yield path, failure


def _below(path: str) -> Iterator[tuple[str, Place | SourceError]]:
    try:
        with os.scandir(path) as entries:
            found = {entry.name: entry for entry in entries}
    except OSError as failure:
        yield path, _problem(path, failure)
        return
    for name in in_order(found):  # what `mabillon read` leaves out stays out
        yield from _entry(found[name])


def _entry(entry: os.DirEntry[str]) -> Iterator[tuple[str, Place | SourceError]]:
    """Links to folders are not followed: they may lead in a circle."""
    try:
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path)
        elif not entry.is_dir():
            yield entry.path, _place(entry.path, entry.stat())
    except (OSError, SourceError) as failure:
        yield entry.path, _problem(entry.path, failure)
