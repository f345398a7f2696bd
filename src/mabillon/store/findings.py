"""All findings as one list, those of a record and those across the archive, with the verdicts of editors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Subquery,
    and_,
    false,
    func,
    insert,
    literal_column,
    null,
    or_,
    select,
    true,
    union_all,
)

from mabillon.store.counters import take
from mabillon.store.entries import ENTRY, Entry, entry_of
from mabillon.store.finding_tables import across, across_quoted, across_unless, verdicts
from mabillon.store.schema import findings, records

Condition = ColumnElement[bool]
RECORD, ACROSS = "record", "archive"
"""Where a finding comes from: one record alone, or several."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings: each filter empty where all are wanted. A verdict is `open` where none stands; `record` is the id
    of one that they are shown at or speak of."""

    kinds: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    stations: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding in a list. `key` goes on after it; `evidence` is JSON where it was made across the archive, None where
    the record itself holds it; `verdict`, `why`, `who` and `at` are those of the newest verdict, if any."""

    key: tuple[int, int, int]
    origin: str
    fingerprint: str
    finding: str
    severity: str
    message: str
    evidence: str | None
    verdict: str | None
    why: str | None
    who: str | None
    at: str | None
    entry: Entry


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One verdict, of when and by whom. `message` is what the finding said then."""

    id: int
    fingerprint: str
    finding: str
    record: str
    message: str
    verdict: str
    why: str
    at: str
    who: str


def _of_records() -> Select[Any]:
    """Return the findings that one record shows, under the names that both kinds share."""
    return select(
        findings.c.record_key, literal_column("0").label("origin"), findings.c.ordinal.label("place"),
        findings.c.fingerprint, findings.c.finding, findings.c.severity, findings.c.message, null().label("evidence"),
    )  # fmt: skip


def _of_archive(condition: Condition) -> Select[Any]:
    """Return the findings across the archive whose records all fulfil `condition`."""
    return select(
        across.c.record_key, literal_column("1").label("origin"), across.c.id.label("place"), across.c.fingerprint,
        across.c.finding, across.c.severity, across.c.message, across.c.evidence,
    ).where(_all_seen(condition))  # fmt: skip


def _all(condition: Condition) -> Subquery:
    return union_all(_of_records(), _of_archive(condition)).subquery("found")


def _all_seen(condition: Condition) -> Condition:
    """No record that the finding speaks of is hidden, and none that refutes it is seen.

    Asked for each finding: few speak of more than two records, and most readers see nearly all there are. The record
    that it is shown at is asked for where it is joined.
    """
    refuting = select(across_unless.c.across_id).join_from(across_unless, records)
    refuting = refuting.where(across_unless.c.across_id == across.c.id, condition)
    if condition.compare(true()):
        return ~refuting.exists()
    hidden = select(across_quoted.c.across_id).join_from(across_quoted, records)
    hidden = hidden.where(across_quoted.c.across_id == across.c.id, ~condition)
    return and_(~refuting.exists(), ~hidden.exists())


def _newest() -> Subquery:
    """Return the verdict that holds for each fingerprint."""
    last = select(func.max(verdicts.c.id)).group_by(verdicts.c.fingerprint)
    return select(verdicts).where(verdicts.c.id.in_(last)).subquery("newest")


def _matching(found: Subquery, newest: Subquery, wanted: Wanted) -> list[Condition]:
    verdict = func.coalesce(newest.c.verdict, "open")
    filters: list[Condition] = []
    if wanted.kinds:
        filters.append(found.c.finding.in_(wanted.kinds))
    if wanted.severities:
        filters.append(found.c.severity.in_(wanted.severities))
    if wanted.verdicts:
        filters.append(verdict.in_(wanted.verdicts))
    if wanted.stations:
        filters.append(records.c.station.in_(wanted.stations))
    if wanted.years:
        spans = [records.c.first_day.between(year * 10000, year * 10000 + 9999) for year in wanted.years]
        filters.append(or_(false(), *spans))
    if wanted.record is not None:
        filters.append(_speaking_of(found, wanted.record))
    return filters


def _speaking_of(found: Subquery, record: str) -> Condition:
    """The findings of a record, and those shown at another one that speak of it."""
    key = select(records.c.key).where(records.c.id == record).correlate(None).scalar_subquery()
    quoting = select(across_quoted.c.across_id).where(across_quoted.c.record_key == key)
    return or_(found.c.record_key == key, and_(found.c.origin == 1, found.c.place.in_(quoting)))


def _joined(query: Select[Any], found: Subquery, newest: Subquery) -> Select[Any]:
    whole = records.join(found, records.c.key == found.c.record_key)
    return query.select_from(whole.outerjoin(newest, newest.c.fingerprint == found.c.fingerprint))


def page_of_findings(
    connection: Connection, condition: Condition, wanted: Wanted, after: tuple[int, ...] | None, limit: int
) -> list[Listed]:
    """Return up to `limit` findings in the order in which their records came in, from the first after the key.

    Those of records and those of the archive are asked for apart, so that each is read along its index.
    """
    listed: list[Listed] = []
    for found in (_of_records().subquery("found"), _of_archive(condition).subquery("found")):
        newest = _newest()
        order = (found.c.record_key, found.c.origin, found.c.place)
        query = _shown(found, newest).where(condition, *_matching(found, newest, wanted))
        if after is not None:
            query = query.where(order[0] >= after[0], _behind(order, after))
        listed += [_listed(row) for row in connection.execute(query.order_by(*order).limit(limit))]
    return sorted(listed, key=lambda one: one.key)[:limit]


def _shown(found: Subquery, newest: Subquery) -> Select[Any]:
    order = (found.c.record_key, found.c.origin, found.c.place)
    told = (newest.c.verdict, newest.c.why, newest.c.who, newest.c.at)
    said = (found.c.fingerprint, found.c.finding, found.c.severity, found.c.message, found.c.evidence)
    return _joined(select(*order, *said, *told, *ENTRY), found, newest)


def _behind(order: tuple[Any, ...], key: tuple[int, ...]) -> Condition:
    a, b, c = order
    return or_(a > key[0], and_(a == key[0], b > key[1]), and_(a == key[0], b == key[1], c > key[2]))


def _listed(row: Any) -> Listed:
    key, said, told, entry = row[:3], row[3:8], row[8:12], row[12:]
    verdict = told if told[0] not in (None, "open") else (None, None, None, None)
    told_all: list[Any] = [ACROSS if key[1] else RECORD, *said, *verdict, entry_of(entry)]
    return Listed(tuple(key), *told_all)


FACETS = ("kind", "severity", "verdict", "year", "station")
Cube = list[tuple[str, str, str, int | None, str | None, int]]
"""Kind, severity, verdict, year and station, each combination with how many findings bear it."""


def cube_of_findings(connection: Connection, condition: Condition, record: str | None = None) -> Cube:
    """Return all findings counted, or those of one record: what every facet under any filter is made from."""
    found, newest = _all(condition), _newest()
    verdict = func.coalesce(newest.c.verdict, literal_column("'open'"))
    year = records.c.first_day // literal_column("10000", Integer)
    by = (found.c.finding, found.c.severity, verdict, year, records.c.station)
    query = _joined(select(*by, func.count()), found, newest)
    query = query.where(condition, *_matching(found, newest, Wanted(record=record)))
    return [tuple(row) for row in connection.execute(query.group_by(*by))]


def find_finding(connection: Connection, name: str, condition: Condition) -> Listed | None:
    """Return the finding of this fingerprint, None if there is none whose records fulfil `condition`."""
    for found in (_of_records().subquery("found"), _of_archive(condition).subquery("found")):
        query = _shown(found, _newest()).where(condition, found.c.fingerprint == name).limit(1)
        row = connection.execute(query.order_by(found.c.record_key, found.c.place)).one_or_none()
        if row is not None:
            return _listed(row)
    return None


def insert_verdict(connection: Connection, row: VerdictRow) -> int:
    """Keep a verdict and return its number. The `id` of `row` is not heeded."""
    take(connection, "found")
    values = {name: getattr(row, name) for name in VerdictRow.__slots__ if name != "id"}
    key = connection.execute(insert(verdicts).values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def verdicts_of(connection: Connection, name: str | None = None) -> list[VerdictRow]:
    """Return the verdicts on the finding of this fingerprint, or all there are, oldest first."""
    query = select(verdicts).order_by(verdicts.c.id)
    if name is not None:
        query = query.where(verdicts.c.fingerprint == name)
    return [VerdictRow(*row) for row in connection.execute(query)]
