"""Clock times read from their notations, each on its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from mabillon.dates.groups import Groups
from mabillon.dates.patterns import TIME_NOTATIONS, WEAK_TIME_NOTATIONS, Notations
from mabillon.dates.tokens import Tokens
from mabillon.dates.words import NIGHT

_TIME_STARTS = re.compile(r"[0124hbaAN]")
"""Codes that a notation can start with: only there is it tried."""
_LAST_SLIP = 31
"""No one writes a greater hour by a slip of the pen."""


@dataclass(slots=True)
class ClockTime:
    """A clock time: tokens `[first, last)`; weak if it counts only beside a date."""

    kind: str
    first: int
    last: int
    hour: int
    minute: int
    zone: str | None = None
    weak: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return f"{self.hour:02}:{self.minute:02}"


def time_within(tokens: Tokens, first: int, last: int) -> ClockTime | None:
    for notations in (TIME_NOTATIONS, WEAK_TIME_NOTATIONS):
        for kind in notations.patterns:
            match = notations.match(kind, tokens.codes[:last], first)
            if match and match.end() == last and (time := _read_time(kind, match, tokens)):
                return time
    return None


def find_clock_times(tokens: Tokens, taken: Iterable[tuple[int, int]]) -> list[ClockTime]:
    """Return the clock times in `tokens` outside the stretches `taken`, from left to right, weak ones too."""
    free = list(tokens.codes)
    for first, last in taken:
        free[first:last] = "~" * (last - first)
    codes = "".join(free)
    times = list(_times_of(TIME_NOTATIONS, codes, tokens, weak=False))
    for time in times:
        free[time.first : time.last] = "~" * (time.last - time.first)
    times.extend(_times_of(WEAK_TIME_NOTATIONS, "".join(free), tokens, weak=True))
    return sorted(times, key=lambda time: time.first)


def _times_of(notations: Notations, codes: str, tokens: Tokens, weak: bool) -> Iterator[ClockTime]:
    position = 0
    for candidate in _TIME_STARTS.finditer(codes):
        start = candidate.start()
        if start < position or not (found := notations.any.match(codes, start)):
            continue
        kind = found.lastgroup or ""
        match = notations.match(kind, codes, start)
        time = _read_time(kind, match, tokens) if match else None
        if time is None:
            continue
        time.weak = time.weak or weak
        yield time
        position = time.last


def _read_time(kind: str, match: re.Match[str], tokens: Tokens) -> ClockTime | None:
    get = Groups(match, tokens)
    hour, minute = get("h"), get("n", "n1", "n2") or 0
    if (digits := get("t")) is not None:
        hour, minute = divmod(digits, 100)
    if hour is None:
        hour = get("N") or 0
    time = ClockTime(kind, match.start(), match.end(), hour, minute)
    if "Z" in match.group():
        time.zone = "Z"
    meridiem = get("a", "b")
    if meridiem is None and (until := get("a2")) is not None:
        meridiem = (
            until if hour % 12 <= (get("h2") or 0) % 12 or not until else 0
        )  # 11-12.15 p.m. starts in the morning
    time.weak = kind == "hours" and get("n", "n1", "n2") is None and meridiem is None and not get("H")
    _apply_meridiem(time, meridiem, worded=get.code("a", "b") == "b")
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        if kind not in ("clock", "dotted", "hours", "military") or time.weak or hour > _LAST_SLIP:
            return None  # 60:40 is a ratio
        time.problems.append("no-such-time")
        time.weak = True
    return time


def _apply_meridiem(time: ClockTime, meridiem: int | None, worded: bool) -> None:
    """Turn a 12-hour time into a 24-hour one.

    13:30 p.m. is a clash, and the 24-hour figure the better witness; 15:30 in the afternoon is none.
    """
    if meridiem is None:
        return
    if time.hour > 12 or (time.hour == 0 and meridiem):
        if not worded:
            time.problems.append("meridiem-clash")
        return
    if meridiem == NIGHT:
        meridiem = 12 if 6 < time.hour < 12 else 0
    time.hour = time.hour % 12 + meridiem
