"""Reading an archive: records, lists, levels, neighbours, findings, each as its reader may see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, and_

from mabillon.archive.access import PUBLIC, Reader, Redaction
from mabillon.archive.holding import Holding
from mabillon.archive.views import Level, Neighbours
from mabillon.citation import file_order
from mabillon.errors import ArchiveError
from mabillon.record import Record, decode
from mabillon.store import entries as listed
from mabillon.store import levels as arranged
from mabillon.store import permissions
from mabillon.store import records as stored
from mabillon.store.entries import Entry
from mabillon.store.permissions import RedactionRow
from mabillon.store.records import Stored
from mabillon.store.sources import find_sources

PAGE = 500


class ReadingRoom(Holding):
    """What a reader may ask. Every method takes a `Reader`; the default is anybody."""

    def record(self, id: str, reader: Reader = PUBLIC) -> Record | None:
        """Return the record `id`, or the enclosure `id` out of its cover; None if there is none for this reader."""
        with self.store.reading() as connection:
            found = stored.find_record(connection, id, reader.condition())
            if found is not None:
                return _seen(connection, [found], reader)[0]
            way = stored.find_enclosure(connection, id)
        if way is None:
            return None
        record = self.record(way[0], reader)
        return None if record is None else _enclosed(record, id)

    def cover(self, id: str, reader: Reader = PUBLIC) -> Record | None:
        """Return the record in which the enclosure `id` lies; None if there is none for this reader."""
        with self.store.reading() as connection:
            way = stored.find_enclosure(connection, id)
        return None if way is None else self.record(way[0], reader)

    def records_named(self, ids: Sequence[str], reader: Reader = PUBLIC) -> list[Record]:
        """Return those records of these ids that `reader` may see, in the order of `ids`: the hits of a search, say."""
        with self.store.reading() as connection:
            return _seen(connection, stored.find_records(connection, ids, reader.condition()), reader)

    def records(self, reader: Reader = PUBLIC, after: str | None = None, limit: int | None = None) -> Iterator[Record]:
        """Yield the records that `reader` may see in order of id, from the first after the id `after`, at most `limit`.

        The order is stable: it depends on the sources alone, not on how or when they came in. Pages are read one at
        a time, so a million records need no more memory than a page, and no reader holds up a writer.
        """
        left = limit
        while left is None or left > 0:
            size = PAGE if left is None else min(PAGE, left)
            with self.store.reading() as connection:
                page = stored.page_of_records(connection, reader.condition(), after, size)
                seen = _seen(connection, page, reader)
            yield from seen
            if len(page) < size:
                return
            after, left = page[-1].id, None if left is None else left - len(page)

    def ids(self, reader: Reader = PUBLIC) -> Iterator[str]:
        """Yield the ids of the records that `reader` may see, in order."""
        after = ""
        while True:
            with self.store.reading() as connection:
                page = stored.page_of_ids(connection, reader.condition(), after, 20 * PAGE)
            if not page:
                return
            yield from page
            after = page[-1]

    def count(self, reader: Reader = PUBLIC) -> int:
        """Return how many records this reader may see."""

        def count(connection: Connection) -> int:
            return stored.count_records(connection, reader.condition())

        return self.remembered(("count", None, reader, reader.day), count)

    def original(self, id: str, reader: Reader = PUBLIC) -> bytes | None:
        """Return the bytes of the source that the record `id` was read from; None if there is none for this reader.

        A source with a passage, or a document, that this reader may not see is not shown to him at all.
        """
        with self.store.reading() as connection:
            found = stored.find_record(connection, id, reader.condition())
            if found is None or not self._may_see_source(connection, found.source, reader):
                return None
            source = find_sources(connection, [found.source])[found.source]
        path = self.originals.path(source.object, source.sha256)
        try:
            return path.read_bytes()
        except OSError as failure:
            raise ArchiveError(f"{path}: the original cannot be read: {failure.strerror or failure}") from failure

    def _may_see_source(self, connection: Connection, sha256: str, reader: Reader) -> bool:
        keys = stored.keys_of_source(connection, sha256)
        visible = stored.count_records(connection, and_(stored.of_source(sha256), reader.condition()))
        return visible == len(keys) and not any(
            reader.hidden(redactions_in(rows)) for rows in permissions.redactions_of(connection, keys).values()
        )

    def entries(
        self, reader: Reader = PUBLIC, level: int | None = None, after: tuple[Any, ...] | None = None, limit: int = 50
    ) -> list[tuple[tuple[Any, ...], Entry]]:
        """Return up to `limit` entries, each with the key that `after` takes to go on behind it.

        By date over the whole archive, undated ones last; or the records of one `level` in the order of its leaves.
        """
        with self.store.reading() as connection:
            if level is None:
                return listed.entries_by_date(connection, reader.condition(), after, limit)
            return listed.entries_of_level(connection, level, reader.condition(), after, limit)

    def neighbours(self, id: str, reader: Reader = PUBLIC) -> Neighbours:
        """Return what stands beside a record: by date, in its file, and linked with it. Empty if it may not be seen."""
        condition = reader.condition()
        with self.store.reading() as connection:
            if stored.find_record(connection, id, condition) is None:
                return Neighbours()
            before, after = listed.neighbours_by_date(connection, id, condition)
            file_before, file_after = listed.neighbours_in_file(connection, id, condition)
            return Neighbours(before, after, file_before, file_after, listed.links_of(connection, id, condition))

    def levels(self, parent: int | None = None, reader: Reader = PUBLIC) -> list[Level]:
        """Return the levels right below `parent` (the repositories if None) in which this reader may see a record."""

        def count(connection: Connection) -> list[Level]:
            found = arranged.children_of(connection, parent, reader.condition())
            return sorted((Level.of(row) for row in found), key=lambda level: tuple(file_order(level.code)))

        return list(self.remembered(("levels", parent, reader, reader.day), count))

    def level(self, id: int, reader: Reader = PUBLIC) -> list[Level]:
        """Return the way from the repository down to the level `id`; empty if this reader sees no record there."""
        with self.store.reading() as connection:
            inside = and_(stored.in_levels(arranged.subtree(id)), reader.condition())
            if not stored.count_records(connection, inside):
                return []
            return [Level.of(row) for row in arranged.way_to(connection, id)]

    def place(self, id: str, reader: Reader = PUBLIC) -> list[Level]:
        """Return the way from the repository down to the file in which the record `id` lies; empty if none is known."""
        with self.store.reading() as connection:
            level = stored.level_of(connection, id, reader.condition())
            return [Level.of(row) for row in arranged.way_to(connection, level)]


def redactions_in(rows: Iterable[RedactionRow]) -> list[Redaction]:
    """Return stored redactions as the rules of access take them."""
    return [Redaction(row.start, row.end, row.groups) for row in rows]


def _seen(connection: Connection, found: Sequence[Stored], reader: Reader) -> list[Record]:
    """Return stored records as this reader may read them."""
    redactions = permissions.redactions_of(connection, [one.key for one in found])
    return [reader.redacted(decode(one.json), redactions_in(redactions.get(one.key, ()))) for one in found]


def _enclosed(record: Record, id: str) -> Record | None:
    """Return the enclosure `id` of `record`, however deep. It is found by its id: a redaction moves the others up."""
    for enclosure in record.enclosures:
        found = enclosure if enclosure.id == id else _enclosed(enclosure, id)
        if found is not None:
            return found
    return None
