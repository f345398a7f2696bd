"""A set of members as it is fitted: read from the store with what stands beside it, for all or for one reader."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import ColumnElement, Connection

from mabillon.archive.series.fitting import Beside, Fitted, fit, fit_undated
from mabillon.connect.between import Gauge
from mabillon.connect.chains import SLACK, Point
from mabillon.connect.strands import strands_of
from mabillon.store import series as stored
from mabillon.store.series import Member, Unit

EDGE = 10
"""Members of the year before or after that tell whether a counter goes on."""

Condition = ColumnElement[bool]


def fitted_of(connection: Connection, unit: Unit, condition: Condition | None = None) -> Fitted:
    """Return a set fitted as the archive stands now; with a `condition`, as if it held those records only."""
    members = stored.members_of(connection, unit, condition)
    if unit.year:
        return fit(unit, members, _beside(connection, unit, condition))
    return _fit_undated(connection, unit, members, condition)


def _beside(connection: Connection, unit: Unit, condition: Condition | None) -> Beside:
    """Return the members of the years around that stand nearest to this one."""
    before, after = (
        stored.edge(
            connection, unit._replace(year=unit.year + step), end=step < 0, slack=SLACK, limit=EDGE, condition=condition
        )
        for step in (-1, 1)
    )
    return Beside(before, after)


def _fit_undated(connection: Connection, unit: Unit, members: Sequence[Member], condition: Condition | None) -> Fitted:
    known: dict[int, list[tuple[set[str], Gauge]]] = {}
    reaches = stored.reaches(connection, unit, condition)

    @cache
    def years(number: int) -> list[int]:
        return sorted({year for year, first, last in reaches if first <= number <= last})

    def gauge_of(year: int, partner: str, number: int) -> Gauge | None:
        if year not in known:
            held = stored.members_of(connection, unit._replace(year=year), condition)
            points = (Point(m.record_key, m.number, m.first, m.last, m.partner) for m in held)
            known[year] = [(set(strand.partners), Gauge(strand)) for strand in strands_of(points)]
        passed = [(partners, gauge) for partners, gauge in known[year] if gauge.passes(number)]
        return next((gauge for partners, gauge in passed if partner in partners), passed[0][1] if passed else None)

    return fit_undated(unit, members, years, gauge_of)
