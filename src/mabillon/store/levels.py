"""Levels of description, from the repository down to the file, as the citations of the records give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, func, select

from mabillon.citation import CitedLevel
from mabillon.store.bulk import insert_rows
from mabillon.store.schema import levels, records

END = "\x1f"
"""Ends each step of a level's path; no citation holds it."""


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level as it is stored. `records` counts those that the reader may see in it and below it."""

    id: int
    parent: int | None
    kind: str
    unit: str
    code: str
    records: int = 0


class Arrangement:
    """Finds the level that a citation names, and makes it where it is new. For one writing transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.known: dict[str, int] = {}

    def level(self, cited: Sequence[CitedLevel]) -> int | None:
        """Return the narrowest level of `cited`, None if it is empty."""
        parent, path = None, ""
        for step in cited:
            path += f"{step.kind}={step.code}{END}"
            parent = self._known(path) or self._new(path, parent, step)
        return parent

    def _known(self, path: str) -> int | None:
        if path not in self.known:
            found = self.connection.execute(select(levels.c.id).where(levels.c.path == path)).scalar_one_or_none()
            if found is None:
                return None
            self.known[path] = int(found)
        return self.known[path]

    def _new(self, path: str, parent: int | None, step: CitedLevel) -> int:
        newest = self.connection.execute(select(func.coalesce(func.max(levels.c.id), 0))).scalar_one()
        row = (int(newest) + 1, parent, step.kind, step.unit, step.code, path)
        insert_rows(self.connection, levels, [row])
        self.known[path] = row[0]
        return row[0]


_COLUMNS = (levels.c.id, levels.c.parent_id, levels.c.kind, levels.c.unit, levels.c.code)


def find_level(connection: Connection, id: int) -> LevelRow | None:
    row = connection.execute(select(*_COLUMNS).where(levels.c.id == id)).one_or_none()
    return None if row is None else LevelRow(*row)


def children_of(connection: Connection, parent: int | None, condition: ColumnElement[bool]) -> list[LevelRow]:
    """Return the levels right below `parent` (the repositories if None) that hold a record of this `condition`."""
    top = select(levels.c.id.label("root"), levels.c.id.label("id")).where(
        levels.c.parent_id.is_not_distinct_from(parent)
    )
    below = top.cte("below", recursive=True)
    below = below.union_all(select(below.c.root, levels.c.id).join(below, levels.c.parent_id == below.c.id))
    counted = (
        select(below.c.root, func.count().label("records"))
        .join_from(below, records, records.c.level_id == below.c.id)
        .where(condition)
        .group_by(below.c.root)
        .subquery()
    )
    query = select(*_COLUMNS, counted.c.records).join_from(levels, counted, counted.c.root == levels.c.id)
    return [LevelRow(*row) for row in connection.execute(query)]


def subtree(id: int) -> Select[tuple[int]]:
    """Return the query for the ids of the level `id` and all levels below it."""
    below = select(levels.c.id).where(levels.c.id == id).cte("below", recursive=True)
    below = below.union_all(select(levels.c.id).join(below, levels.c.parent_id == below.c.id))
    return select(below.c.id)


def way_to(connection: Connection, id: int | None) -> list[LevelRow]:
    """Return the levels from the repository down to `id`."""
    found: list[LevelRow] = []
    while id is not None and (level := find_level(connection, id)) is not None:
        found.append(level)
        id = level.parent
    return found[::-1]
