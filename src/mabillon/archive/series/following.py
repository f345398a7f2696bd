"""Series and transits follow the archive: only what changed is read off anew, only the sets that it is in are fitted.

Like the index they can be thrown away and made anew; they may be stopped at any moment and run again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from mabillon.archive.series.fitting import Beside, Fitted, fit, fit_undated
from mabillon.archive.series.quoting import out_of_sequence
from mabillon.archive.series.reading_off import members_in
from mabillon.archive.series.transits import judge_route, transits_in
from mabillon.connect.between import Gauge
from mabillon.connect.chains import SLACK, Point
from mabillon.connect.strands import strands_of
from mabillon.store import series as stored
from mabillon.store import transit
from mabillon.store.across import put_across
from mabillon.store.counters import last, put
from mabillon.store.engine import Store
from mabillon.store.series import Member, Unit
from mabillon.store.transit import Route

RECORDS, UNITS = 5_000, 100
"""Records read off, and sets fitted, in one transaction: an editor waits no longer than for that."""

EDGE = 10
"""Members of the year before or after that tell whether a counter goes on."""

Tell = Callable[[int], None]
"""Told how many records have been read off."""


def follow_series(store: Store, tell: Tell = lambda count: None) -> int:
    """Bring series and transits up to the newest change; return how many records were read off, rounded up."""
    _mend_gone(store)
    count = 0
    while _read_off(store):
        count += RECORDS
        tell(count)
    while _fit_some(store):
        pass
    while _judge_some(store):
        pass
    return count


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


def fitted_of(connection: Connection, unit: Unit) -> Fitted:
    """Return a set fitted as the archive stands now."""
    members = stored.members_of(connection, unit)
    return fit(unit, members, beside(connection, unit)) if unit.year else _fit_undated(connection, unit, members)


def beside(connection: Connection, unit: Unit) -> Beside:
    """Return the members of the years around that stand nearest to this one."""
    before, after = (
        stored.edge(connection, unit._replace(year=unit.year + step), end=step < 0, slack=SLACK, limit=EDGE)
        for step in (-1, 1)
    )
    return Beside(before, after)


def _fit_undated(connection: Connection, unit: Unit, members: Sequence[Member]) -> Fitted:
    known: dict[int, list[tuple[set[str], Gauge]]] = {}

    def gauge_of(year: int, partner: str, number: int) -> Gauge | None:
        if year not in known:
            held = stored.members_of(connection, unit._replace(year=year))
            points = (Point(m.record_key, m.number, m.first, m.last, m.partner) for m in held)
            known[year] = [(set(strand.partners), Gauge(strand)) for strand in strands_of(points)]
        passed = [(partners, gauge) for partners, gauge in known[year] if gauge.passes(number)]
        return next((gauge for partners, gauge in passed if partner in partners), passed[0][1] if passed else None)

    reaches = stored.reaches(connection, unit)

    def years(number: int) -> list[int]:
        return sorted({year for year, first, last in reaches if first <= number <= last})

    return fit_undated(unit, members, years, gauge_of)
