"""Series as a reader sees them: the stations, the counters of one with what they lack, what the undated must be of.

What was fitted over records that a reader may not see tells of them. So the sets in which such a record stands, and
those beside them, are fitted anew for him over what he may see.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection

from mabillon.archive.access import PUBLIC, Reader
from mabillon.archive.archive import Archive
from mabillon.archive.series.reading_off import end_key
from mabillon.archive.series.units import fitted_of
from mabillon.connect.strays import SUPPORT
from mabillon.evidence import Word
from mabillon.store import series as stored
from mabillon.store.entries import Entry, entries_of
from mabillon.store.series import Counted, Member, Unit

CONFIDENCE = 0.9
"""How often the days that a number allows hold the true one (`connect.between`)."""

_SHOWN = ("open", "stray")


@dataclass(frozen=True, slots=True)
class Station:
    """A station in the list. Years are 0 where no document of it is dated; `missing` is an estimate, 0 also where too
    few of its numbers are held to make one."""

    key: str
    label: str
    first: int
    last: int
    held: int
    missing: float

    @property
    def tells(self) -> bool:
        """Whether enough of its numbers are held to say what is lacking."""
        return self.missing > 0 or self.held >= SUPPORT


@dataclass(frozen=True, slots=True)
class Week:
    """`monday` is the first day of the week; `missing` the share of the numbers lacking that falls into it."""

    monday: dt.date
    held: int
    missing: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A document and the days that its number allows, first to last (ordinals); `others` are more such stretches, where
    it can be of several years. `below` and `above` bear the numbers beside it."""

    entry: Entry
    number: int
    first: int
    last: int
    others: tuple[tuple[int, int], ...]
    below: Entry | None
    above: Entry | None

    @property
    def date(self) -> Word:
        """The estimated date as a value: inferred from the neighbours, EDTF, approximate."""
        others = [edtf_of(*other) for other in self.others] or None
        sure = CONFIDENCE if others is None else round(CONFIDENCE / (1 + len(others)), 2)
        return Word(
            value=edtf_of(self.first, self.last), text="", spans=[], confidence=sure, reason="neighbours",
            alternatives=others,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counter:
    """One counter of a station in one year (0: unknown). `kind` is sent or incoming, `form` what is written around its
    numbers, `partners` whom it counts letters to (from, where `kind` is incoming)."""

    kind: str
    form: str
    year: int
    strand: int
    partners: tuple[str, ...]
    held: int
    first: int | None
    last: int | None
    missing: float
    weeks: tuple[Week, ...]
    undated: tuple[Placed, ...]
    strays: tuple[Placed, ...]

    @property
    def tells(self) -> bool:
        """Whether enough of its numbers are held to say what is lacking."""
        return self.missing > 0 or self.held >= SUPPORT


def edtf_of(first: int, last: int) -> str:
    """Return days (ordinals) as an approximate EDTF date or interval."""
    begin, end = (dt.date.fromordinal(day).isoformat() for day in (first, last))
    return f"{begin}~" if first == last else f"{begin}~/{end}~"


def stations(archive: Archive, reader: Reader = PUBLIC) -> list[Station]:
    """Return the stations whose numbers are series, by name."""
    condition = reader.condition()
    with archive.store.reading() as connection:
        of_hidden = {unit.station for unit in _hidden(connection, condition, None)}
        rows = [row for row in stored.tallies(connection) if row[0] not in of_hidden]
        rows += [row for key in sorted(of_hidden) if (row := _tallied(_counted(connection, key, condition)[0]))]
        labels = stored.labels_of(connection, (row[0] for row in rows))
    found = [Station(row[0], labels.get(row[0], row[0]), row[1], row[2], row[3], row[4]) for row in rows]
    return sorted(found, key=lambda one: (one.label.casefold(), one.key))


def _tallied(counted: Sequence[Counted]) -> tuple[str, int, int, int, float] | None:
    held = sum(one.members for one in counted)
    if not held:
        return None
    years = [one.year for one in counted if one.year] or [0]
    return counted[0].station, min(years), max(years), held, sum(one.missing for one in counted)


def station_of(archive: Archive, name: str) -> str:
    """Return the key of the station that is called `name`, or has it as its key."""
    with archive.store.reading() as connection:
        return name if stored.labels_of(connection, [name]) else end_key(name, name)[0]


def counters(archive: Archive, station: str, reader: Reader = PUBLIC, year: int | None = None) -> list[Counter]:
    """Return the counters of the station of this key, of one year or of all; empty where nothing of it is held."""
    condition = reader.condition()
    with archive.store.reading() as connection:
        counted, members = _counted(connection, station, condition, year)
        shown = [member for member in members if member.low is not None and member.state in _SHOWN]
        placed = _placed(connection, shown, condition)
        partners = {partner for one in counted for partner in json.loads(one.partners)}
        labels = stored.labels_of(connection, partners)
    undated = [(member, placed[_id(member)]) for member in shown if _id(member) in placed]
    return [_counter(one, labels, undated) for one in counted if one.year or year is None]


def placed_by(archive: Archive, id: str, reader: Reader = PUBLIC) -> list[tuple[str, str, Placed]]:
    """Return (station, state, place) of the numbers of a record that say when it is of, or that do not fit its date."""
    condition = reader.condition()
    with archive.store.reading() as connection:
        members = stored.members_of_record(connection, id)
        hidden = _hidden(connection, condition, None)
        fresh = []
        for member in members:
            unit = Unit(member.kind, member.station, member.form, member.year)
            if unit in hidden:
                again = fitted_of(connection, unit, condition).members
                fresh += [one for one in again if _id(one) == _id(member)]
            else:
                fresh.append(member)
        shown = [member for member in fresh if member.low is not None and member.state in _SHOWN]
        placed = _placed(connection, shown, condition)
        labels = stored.labels_of(connection, (member.station for member in shown))
    return [
        (labels.get(member.station, member.station), member.state or "", placed[_id(member)])
        for member in shown
        if _id(member) in placed
    ]


def _id(member: Member) -> tuple[int, str, int]:
    return member.record_key, member.kind, member.number


def _hidden(connection: Connection, condition: ColumnElement[bool], station: str | None) -> set[Unit]:
    """Return the sets whose fit tells of a record that does not fulfil `condition`."""
    units = stored.hidden_units(connection, condition, station)
    if not units:
        return units
    undated = {unit for unit in stored.group_of(connection, units) if not unit.year}
    return units | stored.kindred(connection, units) | undated


def _counted(
    connection: Connection, station: str, condition: ColumnElement[bool], year: int | None = None
) -> tuple[list[Counted], list[Member]]:
    """Return the counters of a station, and its members that are shown one by one, for who sees these records."""
    hidden = _hidden(connection, condition, station)
    counted = [one for one in stored.counted(connection, station) if Unit(*one[:4]) not in hidden]
    members = [one for one in stored.members_of_station(connection, station, _SHOWN) if Unit(*one[1:5]) not in hidden]
    for unit in sorted(hidden):
        if year is None or unit.year in (year, 0):
            fitted = fitted_of(connection, unit, condition)
            counted += fitted.counted
            members += fitted.members
    if year is not None:
        counted = [one for one in counted if one.year in (year, 0)]
    return sorted(counted), members


def _placed(
    connection: Connection, members: Sequence[Member], condition: ColumnElement[bool]
) -> dict[tuple[int, str, int], Placed]:
    keys = {key for one in members for key in (one.record_key, one.below, one.above) if key is not None}
    entries = entries_of(connection, keys, condition)
    found = {}
    for one in members:
        entry = entries.get(one.record_key)
        if entry is not None and one.low is not None and one.high is not None:
            others = tuple((low, high) for low, high in json.loads(one.others or "[]"))
            below, above = (entries.get(key) if key is not None else None for key in (one.below, one.above))
            found[_id(one)] = Placed(entry, one.number, one.low, one.high, others, below, above)
    return found


def _counter(one: Counted, labels: dict[str, str], placed: Iterable[tuple[Member, Placed]]) -> Counter:
    """Return a counter with the documents that belong to it: those too whose year only their number says."""
    its, strays, guests = list[Placed](), list[Placed](), list[Placed]()
    for member, place in placed:
        if Unit(*member[1:5]) == Unit(*one[:4]) and member.strand == one.strand:
            (strays if member.state == "stray" else its).append(place)
        elif _is_guest(member, place, one):
            guests.append(place)
    weeks = [Week(dt.date.fromordinal(monday), held, missing) for monday, held, missing in json.loads(one.weeks)]
    for guest in guests:
        weeks = _taken(weeks, guest)
    return Counter(
        one.kind, one.form, one.year, one.strand, tuple(labels.get(key, key) for key in json.loads(one.partners)),
        one.members + len(guests), one.first_number, one.last_number, max(0.0, one.missing - len(guests)),
        tuple(weeks), tuple(its + guests), tuple(strays),
    )  # fmt: skip


def _is_guest(member: Member, place: Placed, one: Counted) -> bool:
    """Whether the number of a document without a year says that this counter of that year gave it."""
    if member.year or not one.year or member[1:4] != one[:3] or place.others or member.likely is None:
        return False
    inside = one.first_number is not None and one.last_number is not None
    inside = inside and (one.first_number or 0) < member.number < (one.last_number or 0)
    return inside and dt.date.fromordinal(member.likely).year == one.year


def _taken(weeks: Sequence[Week], guest: Placed) -> list[Week]:
    """Return the weeks with one number less lacking, where a document without a date has it."""
    left = 1.0
    found = []
    for week in weeks:
        inside = week.monday.toordinal() <= guest.last and week.monday.toordinal() + 6 >= guest.first
        taken = min(left, week.missing) if inside else 0.0
        left -= taken
        found.append(replace(week, missing=round(week.missing - taken, 2)) if taken else week)
    return found
