"""Records that are versions, translations or near duplicates of one another are linked, never merged.

What is linked depends on the records alone and on the order in which they came in, so an ingest that was killed and run
again links the same. Each record is compared with the first few of those that share a band with it: ten thousand copies
of a form letter are linked with its first ones, and not each with each.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache

from sqlalchemy import Connection

from mabillon.archive.sketch import bands_of, message_band, overlap
from mabillon.authority.matching import match
from mabillon.authority.score import SAME
from mabillon.store import links as stored
from mabillon.store.engine import Store
from mabillon.store.links import Described
from mabillon.vocabulary import alternation, wordings

CHUNK = 5_000
FIRST_FEW, FIRST_MESSAGES = 8, 32
"""How many of those that share a band a record is compared with: many texts are alike, few messages have one number
and day."""

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
    described, signatures = stored.describe(connection, keys), stored.signatures_of(connection, keys)
    by_text = {key: bands_of(signature) for key, signature in signatures.items()}
    by_message = {key: [message_band(*wire)] for key, one in described.items() if (wire := _wire(one))}
    alike = _candidates(connection, by_text, FIRST_FEW)
    same = _candidates(connection, by_message, FIRST_MESSAGES)
    others = {key for pairs in (alike, same) for pair in pairs for key in pair}
    described |= stored.describe(connection, others - described.keys())
    signatures |= stored.signatures_of(connection, others - signatures.keys())
    found: dict[tuple[int, int], tuple[str, float]] = {}
    for a, b in alike:
        if (score := overlap(signatures[a], signatures[b])) >= NEAR:
            found[a, b] = ("near-duplicate", score)
    for a, b in same:
        if score := same_message(described[a], described[b]):
            found[a, b] = (_kind(described[a], described[b]), score)
    return [(a, b, kind, score) for (a, b), (kind, score) in sorted(found.items())]


def _candidates(connection: Connection, bands: dict[int, list[int]], few: int) -> set[tuple[int, int]]:
    """Return the pairs that share a band, lower key first, and enter the new records in their bands."""
    members = stored.members_of(connection, {hash for its in bands.values() for hash in its})
    entered: list[tuple[int, int]] = []
    pairs: set[tuple[int, int]] = set()
    for key in sorted(bands):
        for hash in set(bands[key]):
            there = members.setdefault(hash, [])
            pairs.update((min(key, other), max(key, other)) for other in there[:few] if other != key)
            if len(there) < few and key not in there:
                there.append(key)
                entered.append((hash, key))
    stored.insert_bands(connection, entered)
    return pairs


def forget_links(connection: Connection, key: int) -> None:
    """Take back the links of a record, and what others find it by. To be done before its rows change."""
    wires = [wire for one in stored.describe(connection, [key]).values() if (wire := _wire(one))]
    signatures = stored.signatures_of(connection, [key]).values()
    bands = [*(message_band(*wire) for wire in wires), *(hash for its in signatures for hash in bands_of(its))]
    stored.forget(connection, key, bands)


def link_anew(connection: Connection, key: int, signature: bytes | None) -> None:
    """Link a record whose links were forgotten, as it stands now."""
    stored.put_signature(connection, key, signature)
    stored.insert_links(connection, _links(connection, [key]))


def _wire(one: Described) -> tuple[str, int] | None:
    """Return number and day of a message; None where either is not known."""
    return (one.number, one.first_day) if one.number and one.first_day and _is_day(one) else None


def _kind(a: Described, b: Described) -> str:
    return "translation" if a.language and b.language and a.language != b.language else "version"


def same_message(a: Described, b: Described) -> float:
    """Return how surely two records of one number and day are one message, 0 if they need not be.

    Station or sender must agree, in whatever spelling or script; where neither is known on both sides, the number
    must be one that hardly two stations use on one day.
    """
    if a.number is None or a.number != b.number or a.first_day != b.first_day or not _is_day(a) or not _is_day(b):
        return 0.0
    stations = match(a.station, b.station, "place").score if a.station and b.station else None
    if stations is not None and stations < SAME:
        return 0.0  # two stations may use one number on one day, whoever signs
    senders = match(a.sender, b.sender, _kind_of(a.sender, b.sender)).score if a.sender and b.sender else None
    known = [score for score in (stations, senders) if score is not None]
    if known:
        return round(max(known), 3) if max(known) >= SAME else 0.0
    return 0.5 if sum(map(str.isdigit, a.number)) >= LONG_NUMBER else 0.0


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){alternation(wordings('body'))}(?![^\W_])|^AM(?:EMB|CON)", re.IGNORECASE)


def _kind_of(a: str, b: str) -> str:
    """What two senders are compared as: `American Embassy Tokyo` and `American Embassy Seoul` are no namesakes."""
    return "org" if _body().search(a) or _body().search(b) else "person"


def _is_day(one: Described) -> bool:
    """Tell whether a record is dated to the day, or to the night between two."""
    if one.first_day is None or one.last_day is None:
        return False
    try:
        first, last = (dt.date(day // 10000, day // 100 % 100, day % 100) for day in (one.first_day, one.last_day))
    except ValueError:
        return False
    return (last - first).days <= 1
