"""What stands behind a date or clock time: a time zone as stated (never guessed, never applied), a calendar."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from mabillon.dates.words import Words


def _any(forms: Iterable[str]) -> str:
    return "|".join(sorted(forms, key=len, reverse=True)) or "(?!)"


@cache
def _pattern(words: Words) -> re.Pattern[str]:
    initials = _any(r"\.? ?".join(zone) + r"\.?" for zone in words.zones if zone.isupper())
    local, time = _any(zone for zone in words.zones if not zone.isupper()), _any(words.zone_time)
    name = r"[^\W\d_a-zа-я][\w'’-]*"
    return re.compile(
        r"[ ,]{0,2}(?P<bracket>[(\[])?(?:by |in )?"
        rf"(?P<zone>(?:{initials})(?: ?[+-]\d\d?(?::?\d\d)?)?"
        r"|[+-]\d\d:?\d\d(?!\d)"
        rf"|(?:(?i:{local})|{name}(?: {name})?) (?i:standard |summer |daylight )?(?i:{time})"
        rf"|(?i:{_any(words.zone_patterns)}|{local})"
        rf"|(?(bracket)(?:{_any(words.zone_places)})(?=[)\]])|(?!)))"
        r"(?![\w-])(?P<close>[)\]])?"
    )


def find_zone(text: str, start: int, end: int, words: Words) -> tuple[str, int] | None:
    """Return the zone that stands at `start`, as stated, and where its wording ends; None if there is none."""
    match = _pattern(words).match(text, start, end)
    if match is None:
        return None
    closed = match["bracket"] and match["close"]
    return match["zone"], match.end() if closed else match.end("zone")


@cache
def _old_style(words: Words) -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in sorted(words.old_style, key=len, reverse=True)) or "(?!)"
    return re.compile(rf"[ ,]{{0,2}}(?P<bracket>[(\[])?(?P<phrase>{phrases})(?!\w)(?(bracket)[)\]]?)")


def old_style_end(text: str, start: int, words: Words) -> int | None:
    """Return where `O.S.`, `ст. ст.` and the like end if they stand at `start`, else None."""
    match = _old_style(words).match(text, start)
    return match.end() if match else None
