"""Whether a document is the one that a reference names: a score, and the reasons for it in words.

Points are added for what agrees: the number, the day, who wrote to whom. What contradicts decides at once: a document
of another day than the one named, or later than the one that names it, or another station's, is not meant.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from mabillon.connect.stations import agree
from mabillon.connect.traits import Days, Held, Named

ACCEPTED = 0.72
"""From this score on a document is taken for the one named."""

MARGIN = 0.08
"""By how much the best must lead; where it does not, the reference is ambiguous and links nothing."""

SLACK = 1
"""Days by which dates may differ: a message is signed, sent and dated on both sides of a midnight and of a meridian."""

STALE = 400
"""Days after which a bare number says nothing: every series has begun anew since."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`held` may be the document that a reference names: `score` 0 to 1, `reasons` in words."""

    held: Held
    score: float
    reasons: tuple[str, ...]


def judge(named: Named, holder: Held, held: Held) -> Judgement | None:
    """Return how well `held` fits what `holder` says of the document it names; None where something contradicts."""
    if held.id == holder.id or is_version(held, holder) or not may_precede(held.days, holder.days):
        return None
    dated = _by_date(named, holder, held)
    ended = _by_ends(named, holder, held)
    if dated is None or ended is None:
        return None
    numbered = _by_number(named, held)
    points = [*numbered, dated, *ended, *_by_kind(named, held)]
    score = round(max(0.0, min(0.99, sum(value for value, _ in points))), 3)
    return Judgement(held, score, tuple(reason for _, reason in points if reason))


def may_precede(earlier: Days | None, later: Days | None) -> bool:
    """Say whether nothing keeps the one from being known to who wrote the other."""
    return earlier is None or later is None or earlier[0] <= later[1] + SLACK


def is_version(a: Held, b: Held) -> bool:
    """Whether two documents bear one number and day and could come from one hand: then neither answers the other."""
    return bool(set(a.keys) & set(b.keys)) and a.days == b.days and agree(a.sender, b.sender) is not False


def _by_number(named: Named, held: Held) -> list[tuple[float, str]]:
    if named.number is None:
        return [(0.2, "")]
    if named.number not in held.keys:
        return [(0.0, "")]
    long = 0.05 if len(named.number) >= 5 else 0.0
    return [(0.45 + long, f"No. {named.shown} is its number")]


def _by_date(named: Named, holder: Held, held: Held) -> tuple[float, str] | None:
    if held.days is None:
        return (-0.1, "it is undated") if named.number else None
    if named.days is not None:
        apart = _apart(named.days, held.days)
        if apart > SLACK:
            return None
        if apart:
            return 0.2, f"dated a day from {named.date}"
        exact = named.days == held.days and named.days[0] == named.days[1]
        return (0.35, f"dated {named.date}, as named") if exact else (0.2, f"its date falls in {named.date}")
    if holder.days is None:
        return -0.1, "nothing says how long before"
    age = max(0, holder.days[0] - held.days[1])
    if age > STALE:
        return None
    return round(0.15 - age * 0.001, 3), _ago(age)


def _ago(age: int) -> str:
    return "written the same day" if age == 0 else f"written {age} day{'s' if age > 1 else ''} before"


def _apart(a: Days, b: Days) -> int:
    """Return the days between two dates, 0 where they overlap."""
    return max(0, a[0] - b[1], b[0] - a[1])


def _by_ends(named: Named, holder: Held, held: Held) -> list[tuple[float, str]] | None:
    if not named.sender.known and not named.whose:
        return _by_pair(holder, held)
    sent, got = agree(named.sender, held.sender), agree(named.recipient, held.recipient)
    if sent is False or (got is False and sent is None):
        return None
    if named.whose == "yours" and got is False:
        return None
    points = [(0.2, f"sent by {held.sender.label}, {_mode(named)}")] if sent else []
    if got:
        points.append((0.1, f"to {held.recipient.label}"))
    elif got is False:
        points.append((-0.15, f"to {held.recipient.label}, not the one written to"))
    return points


def _by_pair(holder: Held, held: Held) -> list[tuple[float, str]]:
    """Where no word says whose document it is, the two that write to each other are the likeliest."""
    for a, b in ((holder.sender, holder.recipient), (holder.recipient, holder.sender)):
        if agree(a, held.sender) and agree(b, held.recipient):
            return [(0.12, f"between {holder.sender.label} and {holder.recipient.label}, as this one")]
    return []


def _mode(named: Named) -> str:
    return {
        "mine": "as the one who names it says of his own",
        "yours": "as the one written to",
    }.get(named.whose, "the station named")


def _by_kind(named: Named, held: Held) -> list[tuple[float, str]]:
    if named.kind is None or held.type is None:
        return []
    return [(0.05, f"a {held.type}, as named")] if named.kind == held.type else [(-0.1, f"a {held.type}")]


def day(ordinal: int) -> str:
    """Return a day as it is written in EDTF."""
    return dt.date.fromordinal(ordinal).isoformat()
