"""From the rows of records to members of series: whose counter gave a number, to whom, on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import Connection

from mabillon.authority.index import plain
from mabillon.authority.register import standard
from mabillon.connect.serials import KINDS, serial_of
from mabillon.connect.stations import station_key
from mabillon.connect.traits import days_of
from mabillon.store import series as stored
from mabillon.store.series import Member, Numbered
from mabillon.vocabulary import canon, fold_space

REGISTERED = ("registered", "received", "arrived")
"""Events on whose day a register counts what came in, the surest first."""

SENT, INCOMING = "sent", "incoming"
"""Kinds of series. The number on the wire and that of the sender's own register are not kept apart: which of the two a
document bears often cannot be told, and where they differ they are told apart as two counters are."""

SURE, LEAD = 0.95, 0.1
"""How well a name must fit a place of the register, and better than any other, to stand for it."""

UNKNOWN_YEAR = 0


@lru_cache(maxsize=100_000)
def end_key(name: str | None, place: str | None) -> tuple[str, str]:
    """Return the key and the name of an end of a message: its place, the place of an office, or who it is."""
    if name and fold_space(name) in canon("station"):
        return station_key(name), name
    if place:
        return _place_key(place), place
    return (plain(name), name) if name else ("", "")


@lru_cache(maxsize=100_000)
def _place_key(place: str) -> str:
    """Return the key of a place under any of its names: Peking, Peiping and Beijing are one station."""
    register = standard()
    found = register.candidates(place, "place")[:2]
    if not found or found[0][1] < SURE or (len(found) > 1 and found[1][1] > found[0][1] - LEAD):
        return station_key(place)
    known = register.get(found[0][0])
    return station_key(known.heading) if known is not None else station_key(place)


@lru_cache(maxsize=100_000)
def ordinal_of(day: int | None) -> int | None:
    """Return a day (yyyymmdd) as an ordinal, None where there is no such day."""
    if not day:
        return None
    try:
        return dt.date(day // 10000, day // 100 % 100, day % 100).toordinal()
    except ValueError:
        return None


def members_in(connection: Connection, low: int, high: int) -> tuple[list[Member], dict[str, str]]:
    """Return the members of series among the records changed in a stretch, and what their stations are called."""
    rows = stored.numbered(connection, low, high, KINDS)
    came = stored.arrivals(connection, low, high, REGISTERED) if any(row.kind == INCOMING for row in rows) else {}
    labels: dict[str, str] = {}
    found: dict[tuple[int, str, int], Member] = {}
    for row in rows:
        member = _incoming(row, came.get(row.key, ()), labels) if row.kind == INCOMING else _sent(row, labels)
        if member is not None:
            found.setdefault((member.record_key, member.kind, member.number), member)
    return list(found.values()), labels


def _sent(row: Numbered, labels: dict[str, str]) -> Member | None:
    sender = (row.sender, row.sender_place) if row.sender or row.sender_place else (row.signatory, row.signatory_place)
    first, last = ordinal_of(row.first_day), ordinal_of(row.last_day)
    return _member(row, end_key(*sender), end_key(row.recipient, row.recipient_place), first, last, labels)


def _incoming(row: Numbered, came: Iterable[tuple[str | None, ...]], labels: dict[str, str]) -> Member | None:
    """A register belongs to the office that the paper came to; its numbers rise with the days of coming in."""
    events: dict[str | None, tuple[str | None, ...]] = {
        type: (time, place, org) for type, time, place, org in reversed(list(came))
    }
    time, place, org = next((events[type] for type in REGISTERED if type in events), (None, None, None))
    office = end_key(org or row.recipient, place or row.recipient_place)
    days = days_of(time) or (ordinal_of(row.first_day), ordinal_of(row.last_day))
    return _member(row, office, end_key(row.sender, row.sender_place), *days, labels)


def _member(
    row: Numbered, station: tuple[str, str], partner: tuple[str, str], first: int | None, last: int | None,
    labels: dict[str, str],
) -> Member | None:  # fmt: skip
    if not station[0]:
        return None
    if first is None or last is None or first > last:
        first = last = None
    year = _year(first, last)
    serial = serial_of(row.value, station[0], year)
    if serial is None:
        return None
    for key, label in (station, partner):
        labels.setdefault(key, label)
    kind = INCOMING if row.kind == INCOMING else SENT
    return Member(row.key, kind, station[0], serial.form, year, partner[0], serial.number, first, last)


def _year(first: int | None, last: int | None) -> int:
    """Return the year of a date, 0 where it is not known."""
    if first is None or last is None:
        return UNKNOWN_YEAR
    years = dt.date.fromordinal(first).year, dt.date.fromordinal(last).year
    return years[0] if years[0] == years[1] else UNKNOWN_YEAR
