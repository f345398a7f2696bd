"""Find dates and clock times in a text, whatever the language and the notation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from mabillon.dates.joining import Pair, Window
from mabillon.dates.mention import DateMention
from mabillon.dates.readings import CalendarDate, day_problem, only_order, settle_order
from mabillon.dates.tokens import windows
from mabillon.dates.words import LANGUAGES, Words, load_words

_LONGEST_YEAR = 16
_BARE_YEAR = re.compile(r"\s*[(\[]?(?:c(?:irc)?a?\.? ?)?(1[0-9]{3}|20[0-9]{2})\??[)\]]?\.?\s*\Z")
_HABITS = {"/": "mdy", ".": "dmy", "-": "mdy"}
"""How numbers are understood when nothing else decides: month first with slashes and hyphens, as American offices and
their stamps write them, and then marked ambiguous; day first with full stops, as most others do."""


def find_dates(
    text: str,
    *,
    start: int = 0,
    end: int | None = None,
    languages: Sequence[str] | None = None,
    default_year: int | None = None,
    prefer: str | None = None,
) -> list[DateMention]:
    """Return the dates in `text[start:end]` in text order, each with the clock time that stands with it.

    languages: read only these (ISO 639-1); all if None
    default_year: the year of dates that state none; also settles the century of two-digit years
    prefer: `mdy` or `dmy`, the order of dates like `10/11/50` that could be either
    A year alone is a date only where it is the whole stretch: in prose it is too often another number.
    Never raises on any text.
    """
    stop = len(text) if end is None else min(end, len(text))
    if stop - start <= _LONGEST_YEAR and (year := _BARE_YEAR.match(text, start, stop)):
        value = year[1] + ("~" if year[0].lstrip(" ([").startswith("c") else "?" if "?" in year[0] else "")
        return [DateMention(*year.span(1), year[1], value, year=int(year[1]))]
    words = load_words(LANGUAGES if languages is None else tuple(c for c in languages if c in LANGUAGES))
    read = [Window(text, low, high, words, default_year) for low, high in windows(text, start, stop)]
    _settle_orders([date for window in read for date in window.dates if date.numbers], prefer)
    return [_mention(text, pair, default_year) for window in read for pair in window.pairs() if pair.date is not None]


def find_times(text: str, *, start: int = 0, end: int | None = None) -> list[DateMention]:
    """Return the clock times in `text[start:end]` that stand alone, without a date; `value` is None."""
    stop = len(text) if end is None else min(end, len(text))
    words = load_words()
    found = []
    for low, high in _time_windows(text, start, stop, words):
        window = Window(text, low, high, words, None)
        _settle_orders([date for date in window.dates if date.numbers], None)
        found += [_mention(text, pair, None) for pair in window.pairs() if pair.date is None]
    return found


@cache
def _noon_words(words: Words) -> tuple[str, ...]:
    return tuple(word for word, (code, _) in words.words.items() if code == "N")


@cache
def _noon_pattern(words: Words) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _noon_words(words)))})(?!\w)", re.IGNORECASE)


def _time_windows(text: str, start: int, end: int, words: Words) -> Iterator[tuple[int, int]]:
    """Yield the stretches with numbers and, between them, the words for noon and midnight."""
    lower = text.lower()
    named = any(word in lower for word in _noon_words(words))
    last = start
    for low, high in [*windows(text, start, end), (end, end)]:
        if named:
            yield from (match.span() for match in _noon_pattern(words).finditer(text, last, max(low, last)))
        if low < high:
            yield low, high
        last = max(high, last)


def _settle_orders(dates: list[CalendarDate], prefer: str | None) -> None:
    """Settle day and month: by what is possible, by `prefer`, by the other dates of the text, by habit."""
    for separator, habit in _HABITS.items():
        alike = [date for date in dates if date.numbers and date.numbers[2] == separator]
        seen = {order for date in alike if (order := only_order(date))}
        hint = prefer if prefer in ("dmy", "mdy") else seen.pop() if len(seen) == 1 else None
        for date in alike:
            settle_order(date, hint or habit, certain=hint is not None or separator == ".")


def _mention(text: str, pair: Pair, default_year: int | None) -> DateMention:
    date, time = pair.date, pair.time
    problems = [*(date.problems if date else ()), *(time.problems if time else ())]
    shown = None if time is None else time.text
    zone = None if time is None else time.zone
    wording = text[pair.start : pair.end]
    if date is None:
        return DateMention(pair.start, pair.end, wording, time=shown, zone=zone, problems=tuple(problems))
    if date.year is None and default_year is not None and date.month is not None:
        date.year = default_year
        if date.end:
            date.end = (default_year, *date.end[1:])
    if day_problem(date):
        problems.insert(0, "no-such-day")
    value = None if "no-such-day" in problems else _value(date, pair.qualifier)
    parts = {"year": date.year, "month": date.month, "day": date.day, "weekday": pair.weekday}
    return DateMention(
        pair.start, pair.end, wording, value, shown, zone, **parts, problems=tuple(problems), order=date.order
    )


def _value(date: CalendarDate, qualifier: str) -> str | None:
    if date.year is None or (date.day is not None and date.month is None):
        return None
    value = _edtf(date.year, date.month, date.day) + qualifier
    return value if date.end is None else f"{value}/{_edtf(*date.end)}{qualifier}"


def _edtf(year: int | None, month: int | None, day: int | None) -> str:
    value = f"{year:04}"
    if month is not None:
        value += f"-{month:02}"
    return value if day is None else f"{value}-{day:02}"
