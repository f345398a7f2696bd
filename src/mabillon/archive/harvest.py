"""An archive as harvesters ask for it: what changed, when, in which set. They see what everybody may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import and_

from mabillon.archive.access import PUBLIC, Reader
from mabillon.archive.archive import Archive
from mabillon.archive.times import timestamp
from mabillon.archive.views import Level
from mabillon.store import harvest
from mabillon.store import levels as arranged
from mabillon.store.harvest import Period, Stamped
from mabillon.store.records import in_levels

__all__ = ["Harvest", "Period", "Seen"]

PAGE = 100
LIVE, GONE = "r", "w"


@dataclass(frozen=True, slots=True)
class Seen:
    """A record that a harvester is told of: when it last changed for everybody, and the levels it lies in, by id."""

    id: str
    at: str
    levels: tuple[int, ...] = ()
    gone: bool = False


class Harvest:
    """Walks an archive for a harvester. `reader` is anybody, unless the holder says otherwise."""

    def __init__(self, archive: Archive, reader: Reader = PUBLIC) -> None:
        self.archive, self.reader = archive, reader

    def earliest(self) -> str:
        with self.archive.store.reading() as connection:
            return harvest.earliest_change(connection) or timestamp()

    def latest(self) -> str:
        """Return when the archive last changed: what is made of it may be dated so, and is then the same each time."""
        with self.archive.store.reading() as connection:
            return harvest.latest_change(connection) or timestamp()

    def levels(self) -> Iterator[tuple[tuple[int, ...], Level]]:
        """Yield each level with the ids of the way to it, the levels above a level first."""
        yield from self._below(None, ())

    def _below(self, parent: int | None, way: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], Level]]:
        for level in self.archive.levels(parent, self.reader):
            yield (*way, level.id), level
            yield from self._below(level.id, (*way, level.id))

    def seen(self, id: str) -> Seen | None:
        """Return a record that may be seen, or that was taken out when it could be."""
        with self.archive.store.reading() as connection:
            found = harvest.find_stamped(connection, id, self.reader.condition())
            if found is not None:
                return Seen(id, _changed(found), self._way(found.level))
            gone = harvest.find_withdrawn(connection, id, self.reader.day)
        return None if gone is None else Seen(id, gone.at, gone=True)

    def page(
        self, position: str, period: Period, level: int | None, between: bool = False, limit: int = PAGE
    ) -> tuple[list[Seen], str | None]:
        """Return up to `limit` records from `position` on, and the position after them, None at the end.

        Those taken out come last, and only where no level is asked for. `between` leaves out what went from nobody to
        nobody. Raises ValueError for a position or a level that is none.
        """
        part, after = (position[:1], int(position[1:])) if position else (LIVE, 0)
        if part not in (LIVE, GONE):
            raise ValueError("no such position")
        if level is not None and not self.archive.level(level, self.reader):
            raise ValueError("There is no such set.")
        found, last = self._live(after, period, level, between, limit) if part == LIVE else ([], 0)
        if len(found) == limit:
            return found, f"{LIVE}{last}"
        if level is not None:
            return found, None
        with self.archive.store.reading() as connection:
            left = limit - len(found)
            gone = harvest.page_of_withdrawn(connection, self.reader.day, period, after if part == GONE else 0, left)
        found += [Seen(one.id, one.at, gone=True) for one in gone]
        return found, f"{GONE}{gone[-1].key}" if len(gone) == left and gone else None

    def _live(self, after: int, period: Period, level: int | None, between: bool, limit: int) -> tuple[list[Seen], int]:
        condition = self.reader.condition()
        if level is not None:
            condition = and_(condition, in_levels(arranged.subtree(level)))
        if between:
            condition = and_(condition, harvest.names_somebody())
        with self.archive.store.reading() as connection:
            page = harvest.page_of_stamped(connection, condition, period, after, limit)
        return [Seen(one.id, _changed(one), self._way(one.level)) for one in page], page[-1].key if page else after

    def _way(self, level: int | None) -> tuple[int, ...]:
        if level is None:
            return ()
        with self.archive.store.reading() as connection:
            return tuple(one.id for one in arranged.way_to(connection, level))


def _changed(found: Stamped) -> str:
    """Return when a record last changed for everybody: an embargo that ends is a change."""
    if not found.opens:
        return found.at
    day = f"{found.opens:08}"
    return max(found.at, f"{day[:4]}-{day[4:6]}-{day[6:]}T00:00:00Z")
