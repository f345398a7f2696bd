"""The levels of description, from the repository down, and what lies in each."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from mabillon.web.api.answers import Refusal
from mabillon.web.api.cursors import read_cursor, write_cursor
from mabillon.web.api.desk import Desk
from mabillon.web.api.operation import Nothing
from mabillon.web.api.shapes import CursorText, Entries, Entry, Level, Levels, Limit

NO_LEVEL = "There is no such level, or no record in it that is open to you."
LevelId = Annotated[int, Meta(ge=0, le=2**31 - 1, description="Number of a level.")]
Day = Annotated[int, Meta(ge=0, le=2**62)]


class AskLevel(msgspec.Struct, forbid_unknown_fields=True):
    id: LevelId


class AskContent(msgspec.Struct, forbid_unknown_fields=True):
    id: LevelId
    limit: Limit = 50
    after: CursorText = ""


def list_levels(desk: Desk, asked: Nothing) -> Levels:
    return Levels([], [Level.of(level, counted=True) for level in desk.archive.levels(None, desk.reader)])


def get_level(desk: Desk, asked: AskLevel) -> Levels:
    way = desk.archive.level(asked.id, desk.reader)
    if not way:
        raise Refusal(404, NO_LEVEL)
    below = desk.archive.levels(asked.id, desk.reader)
    return Levels([Level.of(level) for level in way], [Level.of(level, counted=True) for level in below])


def list_content(desk: Desk, asked: AskContent) -> Entries:
    """Give the records that lie in a level itself, as their leaves lie."""
    after = read_cursor(asked.after, tuple[str, Day, str])
    if not desk.archive.level(asked.id, desk.reader):
        raise Refusal(404, NO_LEVEL)
    page = desk.archive.entries(desk.reader, asked.id, after, asked.limit + 1)
    shown = page[: asked.limit]
    following = write_cursor(shown[-1][0]) if len(page) > len(shown) else None
    return Entries([Entry.of_row(row) for _, row in shown], following)
