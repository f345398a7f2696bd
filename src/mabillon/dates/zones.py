"""What stands behind a date or clock time: a time zone as stated (never guessed, never applied), a calendar."""

from __future__ import annotations

import re
from functools import cache

from mabillon.dates.words import Words


@cache
def _pattern(words: Words) -> re.Pattern[str]:
    initials = "|".join(
        r"\.?[ ]?".join(zone) + r"\.?" for zone in sorted(words.zones, key=len, reverse=True) if zone.isupper()
    )
    local = "|".join(sorted(zone for zone in words.zones if not zone.isupper())) or "(?!)"
    time = "|".join(sorted(words.zone_time, key=len, reverse=True)) or "(?!)"
    name = r"[^\W\d_a-zа-я][\w'’-]*"
    return re.compile(
        rf"""[ ,]{{0,2}}(?P<bracket>[(\[])?(?:by\ |in\ )?
        (?P<zone>(?:{initials})(?:[ ]?[+-]\d\d?(?::?\d\d)?)?
        |[+-]\d\d:?\d\d(?!\d)
        |(?:(?i:{local})|{name}(?:\ {name})?)\ (?i:standard\ |summer\ |daylight\ )?(?i:{time})
        |(?i:по\ \w+ому\ времени|nach\ \w+er\ Zeit|{local})
        |(?i:heure|hora|ora|czasu)\ (?:de\ |di\ |del\ |d['’])?(?:{name}(?:\ {name})?|local[ea]?|legale))
        (?![\w-])(?P<close>[)\]])?""",
        re.VERBOSE,
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
