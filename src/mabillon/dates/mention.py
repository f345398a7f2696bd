"""What the date reader gives: one date, one clock time, or both where they stand together."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date and clock time as the text states them.

    start, end: offsets of the wording in the string that was searched; text is `string[start:end]`
    value: EDTF date (`1950-09-30`, `1950-09`, `1950-09-29/1950-09-30`); None when the year is not stated or the
        day does not exist
    time: `HH:MM`, 24-hour, as stated and never shifted by a zone; kept even when a date beside it is impossible
    zone: as stated (`Z`, `+09:00`, `Moscow time`, `G.M.T.`)
    year, month, day: the parts as stated; for an interval those of its first day
    weekday: 0 for Monday to 6, if one is named with the date
    problems: of PROBLEMS
    order: how the parts stand: `dmy`, `mdy`, `ymd`, `dtg` (date-time group), `text` (no full date)
    """

    start: int
    end: int
    text: str
    value: str | None = None
    time: str | None = None
    zone: str | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    problems: tuple[str, ...] = ()
    order: str = "text"

    @property
    def iso(self) -> str | None:
        """`1950-09-30T20:35` where a single day and a clock time are both stated, else None."""
        if self.time is None or self.value is None or not _DAY.fullmatch(self.value):
            return None
        return f"{self.value}T{self.time}"


PROBLEMS = {
    "no-such-day": "the month has no such day, or the year no such month",
    "no-such-time": "no clock shows this time (25:10)",
    "meridiem-clash": "a 24-hour time with a.m. or p.m. (13:30 p.m.): the 24-hour time is given",
    "ambiguous-order": "day and month could be the other way round, and nothing beside it decides",
    "double-date": "one day in the old and the new calendar: the value is the new style",
    "calendar": "said to be old style: the value is as stated, in the old calendar",
    "worn": "letters stand for digits or for other letters, as a scan or a pen slips (O52O18Z, 3 Septemher 1950)",
}
