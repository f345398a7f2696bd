"""Series and transits follow the archive: only what changed is read off anew, only the sets that it is in are fitted.

Like the index they can be thrown away and made anew; they may be stopped at any moment and run again.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from mabillon.archive.series.quoting import out_of_sequence
from mabillon.archive.series.reading_off import members_in
from mabillon.archive.series.transits import judge_route, transits_in
from mabillon.archive.series.units import fitted_of
from mabillon.store import series as stored
from mabillon.store import transit
from mabillon.store.across import put_across
from mabillon.store.counters import last, put, take
from mabillon.store.engine import Store
from mabillon.store.series import Unit
from mabillon.store.transit import Route

RECORDS, UNITS = 5_000, 100
"""Records read off, and sets fitted, in one transaction: an editor waits no longer than for that."""

Tell = Callable[[int], None]
"""Told how many records have been read off."""


def follow_series(store: Store, tell: Tell = lambda count: None) -> int:
    """Bring series and transits up to the newest change; return how many records were read off, rounded up."""
    if _is_current(store):  # an archive that may only be read is read all the same
        return 0
    _mend_gone(store)
    count = 0
    while _read_off(store):
        count += RECORDS
        tell(count)
    while _fit_some(store):
        pass
    while _judge_some(store):
        pass
    with store.writing() as connection:
        take(connection, "found")  # whoever remembers what he counted counts anew
    return count


def _is_current(store: Store) -> bool:
    with store.reading() as connection:
        if last(connection, "series") != last(connection, "seq"):
            return False
        return not stored.unfitted(connection, 1) and not transit.unjudged(connection, 1)


def _mend_gone(store: Store) -> None:
    """Have the sets fitted anew that lost a record which was taken out."""
    with store.reading() as connection:
        gone = stored.any_gone(connection, last(connection, "series"))
    if gone:
        with store.writing() as connection:
            units = stored.shrunk(connection)
            stored.loosen(connection, {*units, *stored.kindred(connection, units)})


def _read_off(store: Store) -> bool:
    """Read the next stretch of changed records off; tell whether there was one."""
    with store.writing() as connection:
        since, newest = last(connection, "series"), last(connection, "seq")
        until = stored.next_stretch(connection, since, RECORDS)
        if until == since:
            if since != newest:  # what changed last was taken out
                put(connection, "series", newest)
            return False
        _read_transits(connection, since, until)
        stirred = stored.forget_members(connection, since, until)
        members, labels = members_in(connection, since, until)
        stored.put_stations(connection, labels)
        stored.put_members(connection, members)
        stirred.update(Unit(m.kind, m.station, m.form, m.year) for m in members)
        stored.loosen(connection, {*stirred, *stored.kindred(connection, stirred)})
        put(connection, "series", until)
    return True


def _read_transits(connection: Connection, since: int, until: int) -> None:
    stirred = transit.forget_transits(connection, since, until)
    steps, labels = transits_in(connection, since, until)
    stored.put_stations(connection, labels)
    transit.put_transits(connection, steps)
    transit.unsettle(connection, stirred | {Route(step.origin, step.goal) for step in steps})


def _judge_some(store: Store) -> bool:
    with store.writing() as connection:
        routes = transit.unjudged(connection, UNITS)
        for route in routes:
            judge_route(connection, route)
    return bool(routes)


def _fit_some(store: Store) -> bool:
    with store.writing() as connection:
        units = stored.unfitted(connection, UNITS)
        for unit in units:
            fitted = fitted_of(connection, unit)
            stored.put_fitted(connection, unit, fitted.members, fitted.counted)
            scope = "/".join(map(str, unit))
            put_across(connection, "number.out-of-sequence", [scope], out_of_sequence(connection, fitted.strays, scope))
    return bool(units)
