"""What is new since somebody last asked: how to keep a copy of the archive, or of what one makes of it, up to date."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from mabillon.archive import tallies
from mabillon.archive.tallies import Walk
from mabillon.web.api.cursors import read_cursor, write_cursor
from mabillon.web.api.desk import Desk
from mabillon.web.api.shapes import Change, Changes, CursorText, Limit, record_url

Whole = Annotated[int, Meta(ge=-1, le=2**62)]


class AskChanges(msgspec.Struct, forbid_unknown_fields=True):
    since: CursorText = ""
    limit: Limit = 100


def list_changes(desk: Desk, asked: AskChanges) -> Changes:
    place = read_cursor(asked.since, tuple[Whole, Whole, Whole])
    found, walk = tallies.news(desk.archive, Walk(*place) if place else Walk(), desk.reader, asked.limit)
    changes = [Change(seq, id, revision, record_url(id)) for seq, id, revision in found]
    return Changes(changes, write_cursor((walk.seq, walk.since, walk.day)), walk.seq < 0)
