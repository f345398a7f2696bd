"""Dates: the one reader of dates and clock times, and EDTF values."""

from mabillon.dates.complete import complete
from mabillon.dates.find import find_dates, find_times
from mabillon.dates.mention import PROBLEMS, DateMention

__all__ = ["PROBLEMS", "DateMention", "complete", "find_dates", "find_times"]
