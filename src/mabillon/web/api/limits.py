"""Limits that name themselves: how often an address may ask, how long a request and how slow an answer may be."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

WINDOW = 60
"""Seconds in which a whole quota comes back."""
_MOST_ASKERS = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """quota: requests of one address in a minute, 0 for any number; seconds: the longest that an answer may take to
    begin; streams: exports at a time."""

    quota: int = 1200
    seconds: float = 10.0
    streams: int = 4


@dataclass(frozen=True, slots=True)
class Share:
    """What an address has left: `wait` is 0, or the seconds until one request is answered again; `full` the seconds
    until all are."""

    left: int
    wait: int
    full: int


class Quota:
    """Counts requests by address, in memory. Each address has a bucket that fills steadily, so that a pause always
    helps."""

    def __init__(self, quota: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.quota = quota
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str) -> Share:
        """Take one request from the bucket of an address, if one is left in it."""
        now, asker = self._clock(), _asker(address)
        left, then = self._buckets.pop(asker, (float(self.quota), now))
        left = min(self.quota, left + (now - then) * self.quota / WINDOW)
        refused = left < 1
        left = left if refused else left - 1
        self._buckets[asker] = left, now
        while len(self._buckets) > _MOST_ASKERS:
            self._buckets.popitem(last=False)
        wait = max(1, self._seconds(1 - left)) if refused else 0
        return Share(int(left), wait, self._seconds(self.quota - left))

    def _seconds(self, requests: float) -> int:
        return ceil(requests * WINDOW / self.quota)

    def headers(self, share: Share) -> dict[str, str]:
        """Return the headers that say so: those of draft-ietf-httpapi-ratelimit-headers, and the older three."""
        return {
            "RateLimit-Policy": f'"address";q={self.quota};w={WINDOW}',
            "RateLimit": f'"address";r={share.left};t={share.full}',
            "RateLimit-Limit": str(self.quota),
            "RateLimit-Remaining": str(share.left),
            "RateLimit-Reset": str(share.full),
        }


def _asker(address: str) -> str:
    """Return who asks: an address, of IPv6 the network of 64 bits that one subscriber has to himself."""
    if ":" not in address:
        return address
    try:
        return str(ipaddress.IPv6Network((address.partition("%")[0], 64), strict=False))
    except ValueError:
        return address
