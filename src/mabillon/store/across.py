"""Findings across the archive: put in place of those derived before, and forgotten when a record changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from mabillon.evidence import Value
from mabillon.store.bulk import chunks, insert_rows
from mabillon.store.counters import take
from mabillon.store.finding_tables import across, across_quoted, across_unless, stale
from mabillon.store.fingerprint import fingerprint
from mabillon.store.records import keys_of
from mabillon.store.schema import records


class Quoted(Value, kw_only=True):
    """A value with the id of the `record` that says it; its spans count in that record's text."""

    record: str


@dataclass(frozen=True, slots=True)
class AcrossFinding:
    """A finding across the archive as a kind derives it.

    finding: its id, such as `reference.unheld`
    record: the id of the record that it is shown at
    scope: what is derived anew as a whole, in the words of the kind: the id of a record, the name of a series
    about: values that tell it from others of its kind at that record; no offsets, no wordings (see `fingerprint`)
    evidence: both sides
    others: ids of records that the message speaks of without a quotation
    unless: ids of records, not public, that refute it for whoever may see one of them
    """

    finding: str
    record: str
    scope: str
    severity: str
    message: str
    about: tuple[str, ...]
    evidence: tuple[Quoted, ...]
    others: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.finding, self.record, *self.about)

    @property
    def quoted(self) -> set[str]:
        """The ids of all records that it speaks of."""
        return {self.record, *self.others, *(value.record for value in self.evidence)}


def put_across(connection: Connection, finding: str, scopes: Iterable[str], found: Iterable[AcrossFinding]) -> int:
    """Put what was `found` in place of the findings of this kind in these `scopes`, and return how many stand now.

    One that speaks of a record which is not held (any more) is left out.
    """
    gone = sum(_forget(connection, _of_scopes(finding, some)) for some in chunks(sorted(set(scopes))))
    named = {one.fingerprint: one for one in found}
    keys = keys_of(connection, sorted({id for one in named.values() for id in (*one.quoted, *one.unless)}))
    named = {name: one for name, one in named.items() if one.quoted <= keys.keys()}
    for names in chunks(sorted(named)):
        _forget(connection, select(across.c.id).where(across.c.fingerprint.in_(names)))
    _insert(connection, named, keys)
    if gone or named:
        take(connection, "found")
    return len(named)


def _of_scopes(finding: str, scopes: Sequence[str]) -> Any:
    return select(across.c.id).where(across.c.finding == finding, across.c.scope.in_(scopes))


def _insert(connection: Connection, named: dict[str, AcrossFinding], keys: dict[str, int]) -> None:
    first = int(connection.execute(select(func.coalesce(func.max(across.c.id), 0))).scalar_one()) + 1
    rows, quoted, unless = [], [], []
    for id, (name, one) in enumerate(named.items(), first):
        evidence = msgspec.json.encode(one.evidence).decode()
        key = keys[one.record]
        rows.append((id, name, one.finding, one.scope, key, one.severity, one.message, evidence))
        quoted += [(id, keys[record]) for record in sorted(one.quoted)]
        unless += [(id, keys[record]) for record in sorted(set(one.unless) & keys.keys())]
    insert_rows(connection, across, rows)
    insert_rows(connection, across_quoted, quoted)
    insert_rows(connection, across_unless, unless)


def forget_across(connection: Connection, key: int) -> None:
    """Delete the findings that speak of a record: it changes, and so may they. The others that they speak of are
    looked at again."""
    its = select(across_quoted.c.across_id).where(across_quoted.c.record_key == key)
    beside = select(across_quoted.c.record_key).where(across_quoted.c.across_id.in_(its)).distinct()
    mark_stale(connection, [other for other in connection.execute(beside).scalars() if other != key])
    if _forget(connection, its):
        take(connection, "found")


def _forget(connection: Connection, which: Any) -> int:
    """Delete findings by a query of their ids; what hangs on them goes with them."""
    ids = list(connection.execute(which).scalars())
    for some in chunks(ids):
        connection.execute(delete(across).where(across.c.id.in_(some)))
    return len(ids)


def mark_stale(connection: Connection, keys: Iterable[int]) -> None:
    """Have the findings of these records derived anew though the records have not changed themselves."""
    for some in chunks(sorted(set(keys))):
        known = select(records.c.key).where(records.c.key.in_(some), records.c.key.not_in(select(stale.c.record_key)))
        connection.execute(insert(stale).from_select(["record_key"], known))


def take_stale(connection: Connection, limit: int) -> list[int]:
    """Return up to `limit` keys of records that are stale, and forget that they were."""
    keys = list(connection.execute(select(stale.c.record_key).order_by(stale.c.record_key).limit(limit)).scalars())
    for some in chunks(keys):
        connection.execute(delete(stale).where(stale.c.record_key.in_(some)))
    return keys
