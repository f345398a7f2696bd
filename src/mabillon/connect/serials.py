"""Numbers as members of a series: what of `STATE 23456`, `600308/sh` or `1015/50` counts, and which counter it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mabillon.connect.stations import station_key

KINDS = ("message", "sender", "incoming")
"""Kinds of numbers that a station counts: on the wire, in its own register, in the register of what comes in."""

_SHAPE = re.compile(r"(?P<before>[^\d]*?)\s*(?P<digits>\d[\d.,]*)\s*(?P<after>/\s?\d{2}|/\s?\d{4}|[^\d]*)")
_LARGEST = 10**12
"""More digits than any register counted to: a date-time group, a shelf mark."""


@dataclass(frozen=True, slots=True)
class Serial:
    """A number that counts: `form` is what tells its counter from others of the same station (`/sh`, `CX`)."""

    number: int
    form: str


@lru_cache(maxsize=100_000)
def serial_of(value: str, station: str, year: int) -> Serial | None:
    """Return what counts of a number that the station of this key gave in `year` (0 if unknown), None if nothing does.

    The station's own name and the year belong to no form: `STATE 23456` and `23456`, `1015/50` and `1015` are one.
    """
    found = _SHAPE.fullmatch(" ".join(value.split()))
    if found is None:
        return None
    number = int(re.sub(r"[.,]", "", found["digits"]))
    if not 0 < number < _LARGEST:
        return None
    before, after = _letters(found["before"]), _letters(found["after"])
    if len(before) > 2 and station_key(before) == station:
        before = ""
    if year and after in (f"/{year % 100:02}", f"/{year}"):
        after = ""
    return Serial(number, f"{before}{after}"[:40])


def _letters(part: str) -> str:
    """Return what of the signs around a number tells its series: a letter, a stroke with a letter or a year."""
    folded = re.sub(r"^(?:nos?|nr|№|#)\b\.?", "", "".join(part.split()).casefold())
    return folded.strip(".,:;-–—()[]'\"")
