"""Records that are versions, translations or near duplicates of one another are linked, never merged.

What is linked depends on the records alone and on the order in which they came in, so an ingest that was killed and run
again links the same. Each record is compared with the first few of those that share a band with it: ten thousand copies
of a form letter are linked with its first ones, and not each with each.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from mabillon.archive.sketch import bands_of, overlap
from mabillon.authority.matching import match
from mabillon.authority.score import SAME
from mabillon.store import links as stored
from mabillon.store.engine import Store
from mabillon.store.links import Described

CHUNK = 5_000
FIRST_FEW = 8
NEAR = 0.7
"""From this overlap on, two texts are near duplicates."""

LONG_NUMBER = 4
"""Digits of a message number that hardly two stations use on the same day."""


def link_records(store: Store) -> int:
    """Compare the records that are new with the others, and return how many links were found."""
    count = 0
    while True:
        with store.writing() as connection:
            keys = stored.unlinked_keys(connection, CHUNK)
            if not keys:
                return count
            found = _links(connection, keys)
            stored.insert_links(connection, found)
            stored.mark_linked(connection, keys)
            count += len(found)


def _links(connection: Connection, keys: Sequence[int]) -> list[tuple[int, int, str, float]]:
    """Return (lower key, higher key, kind, score) for each new link of `keys`, each pair once."""
    pairs: dict[tuple[int, int], tuple[str, float]] = {}
    for a, b, score in _by_text(connection, keys):
        pairs[min(a, b), max(a, b)] = ("near-duplicate", score)
    described = stored.describe(connection, {*keys, *(key for pair in pairs for key in pair)})
    for key in keys:
        _add_versions(connection, described, key, pairs)
    return [(a, b, kind, score) for (a, b), (kind, score) in sorted(pairs.items())]


def _by_text(connection: Connection, keys: Sequence[int]) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs whose texts overlap enough, and enter the new records in their bands."""
    signatures = stored.signatures_of(connection, keys)
    bands = {key: bands_of(signature) for key, signature in signatures.items()}
    members = stored.members_of(connection, {hash for its in bands.values() for hash in its})
    candidates: dict[int, set[int]] = {}
    entered: list[tuple[int, int]] = []
    for key in sorted(bands):
        for hash in set(bands[key]):
            there = members.setdefault(hash, [])
            candidates.setdefault(key, set()).update(there[:FIRST_FEW])
            if len(there) < FIRST_FEW:
                there.append(key)
                entered.append((hash, key))
    stored.insert_bands(connection, entered)
    others = {other for its in candidates.values() for other in its} - signatures.keys()
    signatures |= stored.signatures_of(connection, others)
    for key, its in candidates.items():
        for other in its:
            if other != key and (score := overlap(signatures[key], signatures[other])) >= NEAR:
                yield key, other, score


def _add_versions(
    connection: Connection,
    described: dict[int, Described],
    key: int,
    pairs: dict[tuple[int, int], tuple[str, float]],
) -> None:
    """Add the records that are the same message by number, day and station: versions of it, or translations."""
    one = described[key]
    others = stored.same_number_and_day(connection, one, FIRST_FEW)
    described.update(stored.describe(connection, [other for other in others if other not in described]))
    for other in others:
        score = same_message(one, described[other])
        if score:
            pairs[min(key, other), max(key, other)] = (_kind(one, described[other]), score)


def _kind(a: Described, b: Described) -> str:
    return "translation" if a.language and b.language and a.language != b.language else "version"


def same_message(a: Described, b: Described) -> float:
    """Return how surely two records of one number and day are one message, 0 if they need not be.

    Station or sender must agree, in whatever spelling or script; where neither is known on both sides, the number
    must be one that hardly two stations use on one day.
    """
    if a.number is None or a.number != b.number or a.first_day != b.first_day or not _is_day(a) or not _is_day(b):
        return 0.0
    known = [
        match(left, right, kind).score
        for left, right, kind in ((a.station, b.station, "place"), (a.sender, b.sender, "person"))
        if left and right
    ]
    if known:
        return round(max(known), 3) if max(known) >= SAME else 0.0
    return 0.5 if sum(map(str.isdigit, a.number)) >= LONG_NUMBER else 0.0


def _is_day(one: Described) -> bool:
    """Tell whether a record is dated to the day, or to the night between two."""
    if one.first_day is None or one.last_day is None:
        return False
    try:
        first, last = (dt.date(day // 10000, day // 100 % 100, day % 100) for day in (one.first_day, one.last_day))
    except ValueError:
        return False
    return (last - first).days <= 1
