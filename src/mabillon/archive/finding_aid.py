"""The hierarchy of an archive walked from the repositories down to the items, as one reader sees it."""

from __future__ import annotations

from collections.abc import Iterator

from mabillon.archive.access import PUBLIC, Reader
from mabillon.archive.archive import Archive
from mabillon.archive.views import Level
from mabillon.record import Record

PAGE = 200


def walk_levels(archive: Archive, reader: Reader = PUBLIC) -> Iterator[Level | Record | None]:
    """Yield each level when it is entered, the records that lie in it, and None when it is left.

    A page of records is held at a time. Records whose place is unknown lie in no level and do not come.
    """
    yield from _below(archive, None, reader)


def _below(archive: Archive, parent: int | None, reader: Reader) -> Iterator[Level | Record | None]:
    for level in archive.levels(parent, reader):
        yield level
        yield from _below(archive, level.id, reader)
        yield from records_of(archive, level.id, reader)
        yield None


def records_of(archive: Archive, level: int, reader: Reader = PUBLIC) -> Iterator[Record]:
    """Yield the records that lie in a level itself, in the order of their leaves."""
    after = None
    while page := archive.entries(reader, level, after, PAGE):
        yield from archive.records_named([entry.id for _, entry in page], reader)
        after = page[-1][0]
