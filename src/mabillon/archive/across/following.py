"""Findings across the archive follow its changes: only what changed, and what hangs on it, is derived anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection

from mabillon.archive.across.kinds import KINDS
from mabillon.authority.cache import edition
from mabillon.store.across import put_across, take_stale
from mabillon.store.counters import last, put
from mabillon.store.engine import Store
from mabillon.store.records import changed_keys, keys_of

BATCH = 1_000
"""Records of one transaction: an editor waits for it no longer than for a batch of an ingest."""

RULES = 6
"""Grows whenever a kind derives otherwise than before: then everything is derived anew."""

EVERY = 2**62
"""Later than any change."""

Tell = Callable[[int], None]
"""Told how many records have been looked at."""


def follow_findings(store: Store, tell: Tell = lambda count: None) -> int:
    """Derive anew what may be otherwise since this was done last; return how many records were looked at.

    It may be stopped at any moment and run again. Names are to be linked before (`link_names`).
    """
    count = 0
    settled = _begin(store)
    while True:
        with store.writing() as connection:
            changed = changed_keys(connection, last(connection, "across"), BATCH)
            keys = [key for _, key in changed] or take_stale(connection, BATCH)
            if not keys:
                return count
            derive(connection, keys, settled if changed else EVERY)
            if changed:
                put(connection, "across", changed[-1][0])
        count += len(keys)
        tell(count)


def derive(connection: Connection, keys: Sequence[int], settled: int) -> None:
    """Derive the findings anew that may have changed with the records of these keys (see `registry.Scopes`)."""
    for kind in KINDS.values():
        if scopes := sorted(set(kind.scopes(connection, keys, settled))):
            put_across(connection, kind.id, scopes, kind.find(connection, scopes))


def _begin(store: Store) -> int:
    """Begin from nothing where the rules or the vocabulary are others than those of last time.

    Returns the number of the change up to which all findings are derived.
    """
    named = f"{RULES} {edition()} {' '.join(sorted(KINDS))}"
    now = int.from_bytes(hashlib.blake2b(named.encode(), digest_size=7).digest(), "big")
    with store.writing() as connection:
        if last(connection, "across_edition") != now:
            put(connection, "across_edition", now)
            put(connection, "across", 0)
        return last(connection, "across")


def renew_findings(store: Store, ids: Iterable[str]) -> None:
    """Derive the findings of these records anew, and of those that hang on them, but nothing else: an editor waits for
    his own change, not for all that came in before it."""
    with store.writing() as connection:
        if keys := sorted(keys_of(connection, list(ids)).values()):
            derive(connection, keys, EVERY)
    while True:
        with store.writing() as connection:
            stale = take_stale(connection, BATCH)
            if not stale:
                return
            derive(connection, stale, EVERY)
