"""What an archive holds, counted; and what is new in it. Each reader is told of what he may see, and of no more."""

from __future__ import annotations

from mabillon.archive.access import PUBLIC, Reader
from mabillon.archive.archive import Archive
from mabillon.store import tallies
from mabillon.store.tallies import NAMES, Walk

__all__ = ["NAMES", "Walk", "days", "names", "news"]


def names(
    archive: Archive, kind: str, reader: Reader = PUBLIC, after: str | None = None, limit: int = 50
) -> list[tuple[str, int]]:
    """Return up to `limit` names of a kind of NAMES, by letter, with the number of records that name them."""
    with archive.store.reading() as connection:
        return tallies.count_names(connection, kind, reader.condition(), after, limit)


def days(archive: Archive, first: int, last: int, reader: Reader = PUBLIC) -> list[tuple[int, int, int]]:
    """Return (first day, last day, records) of all dates that can mean a day from `first` to `last` (yyyymmdd)."""
    with archive.store.reading() as connection:
        return tallies.count_spans(connection, reader.condition(), first, last)


def news(
    archive: Archive, walk: Walk, reader: Reader = PUBLIC, limit: int = 50
) -> tuple[list[tuple[int, str, int]], Walk]:
    """Return up to `limit` (seq, id, revision) of records that are new to one who has come as far as `walk`, and how
    far he has come then.

    A record that an embargo kept back is new on the day that it opens. One that went, or closed, is named to nobody:
    whether it was ever open to this reader is not known.
    """
    with archive.store.reading() as connection:
        return tallies.page_of_news(connection, reader.condition(), walk, reader.day, limit)
