"""A reference to nothing held: the document named by station, number and year is not in the archive.

Nothing is said where the words leave open whose document it is, or where any record could be it: one whose sender is
not known, one of that day whose number has been lost. A record that is not public refutes the finding for those alone
who may see it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from sqlalchemy import Connection

from mabillon.archive.across.quoting import quote
from mabillon.archive.across.registry import across, severity_of
from mabillon.archive.showing import shown_records
from mabillon.authority.register import standard
from mabillon.authority.score import SAME
from mabillon.connect import Held, Named, traits_of
from mabillon.connect.judging import SLACK, STALE, judge
from mabillon.connect.stations import End, agree, end_of_names, station_key, with_station
from mabillon.connect.traits import Days, days_of, year_of
from mabillon.connect.wording import number_key
from mabillon.record import Record
from mabillon.store.across import AcrossFinding
from mabillon.store.across_references import (
    Bearer,
    Question,
    bearers,
    borne_by,
    naming_by_number,
    naming_these,
    unnumbered,
)
from mabillon.store.records import ids_of
from mabillon.vocabulary import canon

KIND = "reference.unheld"


def naming(connection: Connection, keys: Sequence[int], settled: int) -> Iterable[str]:
    """Return the ids of these records, and of those that name one of their numbers."""
    forms = []
    for number, station, first_day in borne_by(connection, keys):
        low, high = _window(_ordinals(first_day), SLACK, STALE) if first_day else (0, 99999999)
        forms += [(form, low, high) for form in _forms(number, (station_key(station),) if station else ())]
    found = set(ids_of(connection, keys).values())
    return found | naming_these(connection, forms, settled) if settled else found


def _forms(number: str, stations: Iterable[str]) -> set[str]:
    key = number_key(number)
    return {number, key, *with_station(key, stations)}


def _ordinals(day: int) -> Days | None:
    try:
        ordinal = dt.date(day // 10000, day // 100 % 100, day % 100).toordinal()
    except ValueError:
        return None
    return ordinal, ordinal


def _window(days: Days | None, before: int, after: int) -> tuple[int, int]:
    """Return the days from `before` days ahead of the first to `after` days behind the last, as yyyymmdd."""
    if days is None:
        return 0, 99999999
    ends = max(1, days[0] - before), min(dt.date.max.toordinal(), days[1] + after)
    low, high = (int(dt.date.fromordinal(end).strftime("%Y%m%d")) for end in ends)
    return low, high


@across(KIND, naming)
def unheld(connection: Connection, scopes: Sequence[str]) -> Iterator[AcrossFinding]:
    """Yield the references by number of these records to what no record can be."""
    records = shown_records(connection, naming_by_number(connection, scopes))
    asked = [
        (record, held.held, named) for record in records.values() for held in (traits_of(record),)
        for named in held.named if _is_plain(named, held.held)
    ]  # fmt: skip
    fitting = _fitting(connection, asked)
    for n, (record, holder, named) in enumerate(asked):
        seen = fitting.get(n, [])
        if not any(one.opens == 0 for one in seen):
            yield _finding(record, holder, named, tuple(sorted({one.id for one in seen})))


def _is_plain(named: Named, holder: Held) -> bool:
    """Whether the words tell station, number and year of what they name, and it is another document than this one."""
    return (
        named.number is not None
        and named.number.isdigit()
        and any(map(_is_place, named.sender.stations))
        and named.whose in ("mine", "yours", "station")
        and (named.days or holder.days) is not None
        and named.number not in holder.keys
    )


@lru_cache(5_000)
def _is_place(station: str) -> bool:
    """Whether a station is a place or an office that stands for one: `High Commissioner's No. 24` names none, and the
    series of a committee is no station's."""
    if station in canon("station").values():
        return True
    return any(score >= SAME for _, score, _ in standard().candidates(station, "place")[:1])


def _fitting(connection: Connection, asked: Sequence[tuple[Record, Held, Named]]) -> dict[int, list[Bearer]]:
    """Return question → the records that can be what it names, or could but for a number that was not read."""
    by_number, by_day = [], []
    for n, (_, holder, named) in enumerate(asked):
        low, high = _window(named.days, SLACK, SLACK) if named.days else _window(holder.days, STALE, SLACK)
        forms = _forms(named.shown or "", named.sender.stations)
        by_number += [Question(n, form, low, high) for form in forms]
        if named.days:
            by_day.append(Question(n, "", low, high))
    found: dict[int, list[Bearer]] = defaultdict(list)
    candidates = chain(
        bearers(connection, by_number) if by_number else (), unnumbered(connection, by_day) if by_day else ()
    )
    for one in candidates:
        _, holder, named = asked[one.question]
        if _may_be_sent_by(named.sender, one.sender, one.station) and judge(named, holder, _held(one)) is not None:
            found[one.question].append(one)
    return found


@lru_cache(50_000)
def _may_be_sent_by(named: End, sender: str | None, station: str | None) -> bool:
    """Whether nothing is known against it that a record's sender is the one named: most candidates end here."""
    return agree(named, _end(sender, station)) is not False


@lru_cache(50_000)
def _end(name: str | None, place: str | None) -> End:
    return end_of_names([(name or "", place)] if name or place else [])


def _held(one: Bearer) -> Held:
    keys = ((number_key(one.number), one.number),) if one.number else ()
    ends = _end(one.sender, one.station), _end(one.recipient, None)
    return Held(one.id, "", None, one.date, days_of(one.date), keys, *ends)


def _finding(record: Record, holder: Held, named: Named, unless: tuple[str, ...]) -> AcrossFinding:
    reference = record.references[named.ordinal]
    year = year_of(named.days) or year_of(holder.days)
    when = f" of {named.date}" if named.date else f" of {year}"
    whose = {"mine": record.senders or record.signatories, "yours": record.recipients}.get(named.whose, [])
    return AcrossFinding(
        finding=KIND, record=record.id, scope=record.id, severity=severity_of(KIND),
        message=f"{_called(named)}{when} is not held",
        about=(named.sender.key, named.number or "", str(year or "")),
        evidence=quote(record, reference.number, reference.date, reference.from_, *whose[:1]), unless=unless,
    )  # fmt: skip


def _called(named: Named) -> str:
    """Return number and station, the station once: `STATE 23456` says it already."""
    label = named.sender.label.title() if named.sender.label.islower() else named.sender.label
    shown = named.shown or ""
    return shown if label.casefold() in shown.casefold() else f"No. {shown} from {label}"
