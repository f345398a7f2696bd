"""Cursors of lists whose place is a few plain values."""

from __future__ import annotations

import base64
import binascii
from typing import Any, TypeVar

import msgspec

from mabillon.web.api.answers import Refusal

T = TypeVar("T")


def write_cursor(place: Any) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode("ascii").rstrip("=")


def read_cursor(cursor: str, type: type[T]) -> T | None:
    """Return what `write_cursor` wrote, None for "". Raises Refusal (422) for anything else."""
    if not cursor:
        return None
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        return msgspec.json.decode(raw, type=type)
    except (binascii.Error, ValueError, msgspec.MsgspecError) as failure:
        raise Refusal(422, "this page cannot be found: its cursor is damaged; begin with the first page") from failure
