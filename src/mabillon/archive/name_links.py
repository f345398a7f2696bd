"""The names in the records are linked to authorities, after the records themselves and only as far as they changed.

Like the index, the links follow the archive: they can be thrown away and made anew. What persons decided cannot, and
is kept. A link is made where the register is sure; what is likely is suggested; all else stays open.
"""

from __future__ import annotations

from collections.abc import Callable

from mabillon.archive.archive import Archive
from mabillon.archive.judging import BATCH, Judged, link
from mabillon.authority.cache import edition
from mabillon.store.bulk import chunks
from mabillon.store.counters import last, put

Tell = Callable[[int], None]
"""Told how many records have been linked."""


def link_names(archive: Archive, tell: Tell = lambda count: None) -> int:
    """Link the names of all records that changed since this was done last, and return of how many.

    All are linked anew where the vocabulary is another one than then. It may be stopped at any moment and run again.
    """
    judged, count = Judged.of(archive.store), 0
    for changes in chunks(archive.changed_records(_begin(archive)), BATCH):
        there = [(change.seq, change.record) for change in changes if change.record is not None]
        judged = link(archive.store, judged, there)
        with archive.store.writing() as connection:
            put(connection, "linked", max(last(connection, "linked"), changes[-1].seq))
        count += len(there)
        tell(count)
    return count


def _begin(archive: Archive) -> int:
    """Return the change up to which all names are linked, 0 if they were linked by another vocabulary."""
    vocabulary = int(edition(), 16) >> 1
    with archive.store.writing() as connection:
        if last(connection, "register") != vocabulary:
            put(connection, "register", vocabulary)
            put(connection, "linked", 0)
        return last(connection, "linked")
