"""Whose number a reference gives, by the words before it: `my`, `your`, `Deptel`, `Moscow's`, `STATE`."""

from __future__ import annotations

import re
from functools import cache

from mabillon.record import Record, Reference
from mabillon.vocabulary import alternation, canon, fold_space

BEFORE = 48
"""Characters before a number or date in which the word for its owner is looked for."""

_NUMBER = re.compile(r"(?:(?P<station>[^\W\d][^\d/(]*?)[\s-]+)?(?P<digits>\d[\d.,]*)(?P<register>/[^\W\d]{1,3})?")
"""`1351`, `STATE 23456`, `600308/sh`. What is shaped otherwise (`FK 1015/50`) is a number only as a whole."""

_GAP = r"(?P<gap>(?:[^.;:\n]|(?:Nos?|nos?|Nr|nr)\.){0,30}?)"


def number_key(number: str) -> str:
    """Return what two forms of one number share, without the station's name and a register's letter."""
    found = _NUMBER.fullmatch(fold_space(number))
    if found is None:
        return re.sub(r"[^\w/]+", "", number.casefold())
    return re.sub(r"[.,]", "", found["digits"]).lstrip("0") or "0"


def station_in(number: str) -> str | None:
    """Return the station that a number names: `STATE` of `STATE 23456`; a single letter names a series, not a place."""
    found = _NUMBER.fullmatch(" ".join(number.split()))
    return found["station"] if found and found["station"] and len(found["station"]) > 2 else None


@cache
def _owner() -> re.Pattern[str]:
    words = alternation(sorted(canon("whose"), key=len, reverse=True))
    return re.compile(
        rf"(?<![^\W_])(?:(?P<whose>{words})|(?P<station>[^\W\d_][\w-]+(?: [A-Z][\w-]+)?)['’]s)(?![^\W_]){_GAP}[\W_]*$",
        re.IGNORECASE,
    )


def owner(record: Record, reference: Reference) -> tuple[str, str]:
    """Return whose the document is (`mine`, `yours`, `theirs`, a station's name or "") and the words that name it."""
    value = reference.number or reference.date
    if value is None:
        return "", ""
    text = record.source.text if record.source else None
    if text is None or not value.spans:
        return "", value.text
    anchors = [part.spans[0] for part in (reference.number, reference.date) if part is not None and part.spans]
    start, end = min(span[0] for span in anchors), max(span[1] for span in anchors)
    end = end if end - start < 100 else value.spans[0][1]
    low = max(0, start - BEFORE)
    found = _last(text[low:start])
    wording = " ".join(text[low + found.start() if found else start : end].split())
    if found is None:
        return "", wording
    if found["station"]:
        return "station:" + found["station"], wording
    return canon("whose")[fold_space(found["whose"])], wording


def _last(before: str) -> re.Match[str] | None:
    """Return the owner's word that stands nearest before the end: in `my 12 and your 13` it is `your`."""
    found, best = _owner().search(before), None
    while found is not None:
        best = found
        found = _owner().search(before, found.start() + 1)
    return best
