"""Asking an archive without letting a costly question hold up all others."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import anyio
from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException

from mabillon.errors import QueryError
from mabillon.web.holdings import Found, Holdings

T = TypeVar("T")

SECONDS = 8.0
"""After so long a search, or the making of a page, is given up and said so."""

_COSTLY = re.compile(r"[*~]|\bOR\b")
_CHEAP_LENGTH = 200
_room: list[anyio.CapacityLimiter] = []


def is_costly(words: str) -> bool:
    """Tell whether a search may take longer than a handler may hold the loop: long, with prefixes, likenesses or
    alternatives. All others answer within a few milliseconds, faster than another thread would."""
    return len(words) > _CHEAP_LENGTH or bool(_COSTLY.search(words))


async def ask(
    holdings: Holdings, words: str, sort: str, limit: int, cursor: str | None = None, facets: bool = True
) -> Found:
    """Return the answer to a search. Raises what `Holdings.search` raises, and QueryError where it takes too long."""
    search = partial(holdings.search, words, sort, limit, cursor, facets)
    if not is_costly(words):
        return search()
    with anyio.move_on_after(SECONDS):
        return await run_sync(search, abandon_on_cancel=True, limiter=_limiter())
    raise QueryError(f"this search took longer than {SECONDS:g} seconds and was given up; make it narrower")


async def in_time(work: Callable[[], T]) -> T:
    """Return what `work` returns, done in a thread. Raises HTTPException (503) where it takes too long: then nobody
    waits for it any more."""
    with anyio.move_on_after(SECONDS):
        return await run_sync(work, abandon_on_cancel=True)
    raise HTTPException(503, "slow")


def _limiter() -> anyio.CapacityLimiter:
    """Return the two places that costly searches share: made in the loop that first needs them."""
    if not _room:
        _room.append(anyio.CapacityLimiter(2))
    return _room[0]
