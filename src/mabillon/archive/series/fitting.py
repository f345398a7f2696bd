"""One set of members fitted: which counters are in it, what each lacks, what its undated documents must be of."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from mabillon.connect.between import Estimate, Gauge, Lacking, by_week
from mabillon.connect.chains import Point
from mabillon.connect.strands import Strand, strands_of
from mabillon.connect.strays import SUPPORT, Stray, strays_of
from mabillon.store.series import Counted, Member, Unit

MOST_OTHERS = 5
"""Years that are named where a number can be of several; of one that can be of more it says nothing."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Members of the years before and after, for a counter that goes on over New Year; empty where it begins anew."""

    before: Sequence[Member] = ()
    after: Sequence[Member] = ()


@dataclass(slots=True)
class Fitted:
    """`members` as they are to be kept, `counted` the counters, `strays` the numbers that do not fit their dates."""

    members: list[Member] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)


def fit(unit: Unit, members: Sequence[Member], beside: Beside = Beside()) -> Fitted:
    """Fit the members of one year."""
    context = _going_on(members, beside)
    around = {member.record_key for member in context}
    own: dict[tuple[int, int], Member] = {(member.record_key, member.number): member for member in members}
    fitted = Fitted()
    for number, strand in enumerate(strands_of(map(_point, (*members, *context)))):
        gauge = Gauge(strand)
        strays = list(strays_of(strand, gauge))
        kept = _kept(strand, gauge, strays, own, number)
        if not kept:
            continue
        fitted.members += kept
        fitted.strays += strays
        begins = None if around else _begin(unit, strand, bool(beside.before))
        weeks = by_week(strand, begins)
        if strand.fitted < SUPPORT:  # of so few, nothing says what lies between them
            weeks = [replace(week, missing=0.0) for week in weeks]
        fitted.counted.append(_counted(unit, number, strand, kept, weeks))
    return fitted


def _point(member: Member) -> Point:
    return Point(member.record_key, member.number, member.first, member.last, member.partner)


def _going_on(members: Sequence[Member], beside: Beside) -> list[Member]:
    """Return those members of the years around that the same counter gave: it did not begin anew in between."""
    dated = sorted((member.first, member.number) for member in members if member.first is not None)
    if not dated:
        return []
    begin, end = (_middle(number for _, number in part) for part in (dated[:10], dated[-10:]))
    before = _middle(member.number for member in beside.before)
    after = _middle(member.number for member in beside.after)
    found = list(beside.before) if before and before <= begin else []
    return found + (list(beside.after) if after and end <= after else [])


def _middle(numbers: Iterable[int]) -> int:
    ordered = sorted(numbers)
    return ordered[len(ordered) // 2] if ordered else 0


def _kept(
    strand: Strand, gauge: Gauge, strays: Sequence[Stray], own: dict[tuple[int, int], Member], number: int
) -> list[Member]:
    """Return the members of a strand with what was found of each, those of other years left out."""
    due = {id(stray.point): stray.due for stray in strays}
    states: list[tuple[str, Iterable[Point]]] = [
        *(("chain", chain) for chain in strand.chains), ("loose", strand.loose), ("stray", strand.strays),
        ("open", strand.open),
    ]  # fmt: skip
    found = []
    for state, points in states:
        for point in points:
            member = own.get((point.key, point.number))
            if member is None:
                continue
            if state == "open":
                found.append(_opened(member, number, gauge.estimates(point.number, member.first, member.last)))
            elif state == "stray" and id(point) not in due:
                found.append(member._replace(strand=number, state="apart"))
            else:
                found.append(_with(member._replace(strand=number, state=state), due.get(id(point))))
    return found


def _with(member: Member, estimate: Estimate | None) -> Member:
    if estimate is None:
        return member
    return member._replace(
        low=estimate.first, high=estimate.last, likely=estimate.day, below=estimate.below, above=estimate.above
    )


def _opened(member: Member, strand: int, estimates: Sequence[Estimate]) -> Member:
    """Return an undated member with its days; the others that it can be of as JSON where there are several."""
    member = member._replace(strand=strand, state="open")
    others = [(one.first, one.last) for one in estimates[1:MOST_OTHERS]]
    return _with(member, estimates[0] if estimates else None)._replace(others=json.dumps(others) if others else None)


def _begin(unit: Unit, strand: Strand, begun_anew: bool) -> int | None:
    """Return the day on which a counter began with 1: New Year, where it is known or likely to have begun anew."""
    if not unit.year or strand.fitted < 3:
        return None
    numbers = [point.number for point in strand.chains[0]]
    if begun_anew or numbers[0] * 4 <= numbers[-1]:
        return dt.date(unit.year, 1, 1).toordinal()
    return None


def _counted(unit: Unit, number: int, strand: Strand, kept: Sequence[Member], weeks: Sequence[Lacking]) -> Counted:
    own = [
        week for week in weeks if not unit.year or _year(week.week) == unit.year or _year(week.week + 6) == unit.year
    ]
    held = [member.number for member in kept if member.state in ("chain", "loose")]
    shown = [(week.week, week.held, week.missing) for week in own if week.held or week.missing]
    partners = [partner for partner in strand.partners if any(member.partner == partner for member in kept)]
    return Counted(
        *unit, number, json.dumps(partners, ensure_ascii=False), len(kept), min(held, default=None),
        max(held, default=None), round(sum(week.missing for week in own), 1), json.dumps(shown),
    )  # fmt: skip


def _year(day: int) -> int:
    return dt.date.fromordinal(max(1, day)).year


def fit_undated(
    unit: Unit, members: Sequence[Member], years: Callable[[int], Sequence[int]],
    gauge_of: Callable[[int, str, int], Gauge | None],
) -> Fitted:  # fmt: skip
    """Estimate members of which not even the year is known.

    `years` gives the years in which a number can have been given, `gauge_of` the counter of a year that passed a
    number and wrote to a correspondent, None where there is none.
    """
    found = []
    for member in members:
        estimates: list[Estimate] = []
        can_be = years(member.number)
        for year in can_be if len(can_be) <= MOST_OTHERS else ():
            gauge = gauge_of(year, member.partner, member.number)
            if gauge is not None:
                estimates += gauge.estimates(member.number, member.first, member.last)
        found.append(_opened(member, 0, estimates))
    partners = sorted({member.partner for member in members})
    counted = Counted(*unit, 0, json.dumps(partners, ensure_ascii=False), len(found), None, None, 0.0, "[]")
    return Fitted(found, [counted] if found else [])
