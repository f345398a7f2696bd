"""Orders of a list of hits as one number a record, so that a page can begin behind any record.

A key is what is sorted by in the high bits and a hash of the record's id in the low ones: equal days stand in an order
that no merge of the index changes. All orders are read upwards; what has no date or number comes last in each.
"""

from __future__ import annotations

from hashlib import blake2b

TIE_BITS = 36
_LAST = (1 << 27) - 1
_CAP = _LAST - 1


def tie_key(id: str) -> int:
    """Return a number of TIE_BITS bits that depends on `id` alone."""
    return int.from_bytes(blake2b(id.encode(), digest_size=8).digest(), "big") >> (64 - TIE_BITS)


def date_key(days: tuple[int, int] | None, id: str) -> int:
    """Oldest first, by the first day that the date can mean."""
    return _key(_LAST if days is None else days[0], id)


def latest_key(days: tuple[int, int] | None, id: str) -> int:
    """Newest first, by the last day that the date can mean."""
    return _key(_LAST if days is None else _CAP - days[1], id)


def number_key(number: int | None, id: str) -> int:
    """Lowest number first."""
    return _key(_LAST if number is None else min(number, _CAP), id)


def _key(rank: int, id: str) -> int:
    return rank << TIE_BITS | tie_key(id)
