"""Where a page begins. A cursor says so in itself, so that nothing is kept on the server between pages."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

import msgspec

from mabillon.errors import QueryError


class Cursor(msgspec.Struct, array_like=True, frozen=True):
    """list: a hash of query and order, since a cursor belongs to one list
    offset: hits before the page; for a list by relevance it says all
    key, skip: in a sorted list, the key behind which the page begins, and how many hits of just that key are over
    back: the page ends there, and does not begin
    """

    list: str
    offset: int
    key: int | None = None
    skip: int = 0
    back: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Which hits of the list a page shows."""

    offset: int
    limit: int


def write_cursor(cursor: Cursor) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(cursor)).decode().rstrip("=")


def read_cursor(text: str, list: str) -> Cursor:
    """Return what `write_cursor` wrote. Raises QueryError for anything else, or if it is another list's."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        cursor = msgspec.json.decode(raw, type=Cursor)
    except (ValueError, binascii.Error, msgspec.MsgspecError) as failure:
        raise QueryError("this page cannot be found: its cursor is damaged; begin with the first page") from failure
    if cursor.list != list:
        raise QueryError("this page belongs to another search or order; begin with the first page")
    if cursor.offset < 0 or cursor.skip < 0:
        raise QueryError("this page cannot be found: its cursor is damaged; begin with the first page")
    return cursor
