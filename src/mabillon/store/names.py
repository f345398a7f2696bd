"""Who and what the records name, which authorities those are, and what persons decided of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from mabillon.store.bulk import chunks, insert_rows
from mabillon.store.knowledge import name_persons
from mabillon.store.schema import RELATIONS, judgements, named, records

Condition = ColumnElement[bool]
SURE = named.c.state.in_(("stated", "decided", "linked"))


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name in a record (see the table `named`). `authority`, `state` and `certainty` are None where it is open."""

    relation: str
    ordinal: int
    kind: str
    name: str
    plain: str
    authority: str | None = None
    state: str | None = None
    certainty: float | None = None
    reasons: tuple[str, ...] = ()


def forget_names(connection: Connection, key: int) -> None:
    """Delete the names of a record: they are read again from what may be seen of it."""
    connection.execute(delete(named).where(named.c.record_key == key))


def put_names(connection: Connection, seqs: Mapping[str, int], rows: Mapping[str, Sequence[NameRow]]) -> int:
    """Put the names of records in place of those there, and return of how many records. `seqs` says which change of
    each record was read: one that changed since is left to be read again."""
    found: list[tuple[int, str]] = []
    for some in chunks(rows):
        query = select(records.c.key, records.c.id, records.c.seq).where(records.c.id.in_(some))
        found += [(row.key, row.id) for row in connection.execute(query) if row.seq == seqs[row.id]]
    for keys in chunks(key for key, _ in found):
        connection.execute(delete(named).where(named.c.record_key.in_(keys)))
    insert_rows(connection, named, [(key, *_row(row)) for key, id in found for row in rows[id]])
    name_persons(connection, [key for key, _ in found])
    return len(found)


def _row(row: NameRow) -> tuple[Any, ...]:
    reasons = json.dumps(row.reasons, ensure_ascii=False) if row.authority else None
    return row.relation, row.ordinal, row.kind, row.name, row.plain, row.authority, row.state, row.certainty, reasons


def names_of(connection: Connection, id: str, condition: Condition) -> list[NameRow]:
    """Return the names in the record `id`, in its order."""
    query = select(named).join_from(named, records).where(records.c.id == id, condition)
    rows = connection.execute(query.order_by(named.c.relation, named.c.ordinal))
    return [
        NameRow(
            row.relation, row.ordinal, row.kind, row.name, row.plain, row.authority, row.state, row.certainty,
            tuple(json.loads(row.reasons or "[]")),
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Count:
    """How many records name an authority, in all and by relation. `name` is how they call it most often."""

    authority: str
    kind: str
    name: str
    records: int
    by_relation: dict[str, int]


def count_authorities(connection: Connection, condition: Condition, wanted: Condition = SURE) -> list[Count]:
    """Return every authority that the names which fulfil `wanted` mean, by its id."""
    both = and_(wanted, named.c.authority.is_not(None), condition)
    total, by_relation = _counted(connection, both), _counted(connection, both, named.c.relation)
    relations: dict[str, dict[str, int]] = {}
    for (id, relation), count in sorted(by_relation.items(), key=lambda item: RELATIONS.index(item[0][1])):
        relations.setdefault(id, {})[relation] = count
    called: dict[str, tuple[int, str, str]] = {}
    for (id, name, kind), count in _counted(connection, both, named.c.name, named.c.kind).items():
        called[id] = max(called.get(id, (0, "", "")), (count, name, kind))
    return [Count(id, called[id][2], called[id][1], count, relations[id]) for (id,), count in sorted(total.items())]


def _counted(connection: Connection, wanted: Condition, *columns: Any) -> dict[tuple[Any, ...], int]:
    """Return values of the columns, behind the authority → how many records."""
    by = (named.c.authority, *columns)
    query = select(*by, func.count(named.c.record_key.distinct())).join_from(named, records).where(wanted)
    return {tuple(row[:-1]): int(row[-1]) for row in connection.execute(query.group_by(*by))}


def of_authority(authority: str) -> Condition:
    return named.c.authority == authority


def sure_of(authority: str) -> Condition:
    return and_(SURE, of_authority(authority))


def spelt_for(connection: Connection, authority: str, condition: Condition) -> list[tuple[str, int]]:
    """Return how records call an authority, with how many do, the most frequent first."""
    found = _counted(connection, and_(sure_of(authority), condition), named.c.name)
    return sorted(((name, count) for (_, name), count in found.items()), key=lambda pair: (-pair[1], pair[0]))


@dataclass(frozen=True, slots=True)
class Suggested:
    """A name that likely, and not surely, means an authority, as `records` records have it."""

    name: str
    kind: str
    authority: str
    certainty: float
    records: int


def suggestions(connection: Connection, condition: Condition, limit: int) -> list[Suggested]:
    """Return the names that wait for a person to decide, those in most records first."""
    number = func.count(named.c.record_key.distinct())
    by = (named.c.name, named.c.kind, named.c.authority)
    query = select(*by, func.max(named.c.certainty), number).join_from(named, records)
    query = query.where(named.c.state == "suggested", condition).group_by(*by)
    return [Suggested(*row) for row in connection.execute(query.order_by(number.desc(), *by).limit(limit))]


def records_naming(connection: Connection, plain: str) -> list[str]:
    """Return the ids of the records that name `plain`, whoever may see them."""
    query = select(records.c.id).distinct().join_from(named, records).where(named.c.plain == plain)
    return list(connection.execute(query.order_by(records.c.id)).scalars())


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """A judgement as it is kept; moments in UTC as RFC 3339 writes them."""

    id: int
    name: str
    authority: str
    verdict: str
    record: str | None
    score: float | None
    at: str
    who: str
    why: str
    withdrawn: str | None = None
    withdrawn_by: str | None = None


def insert_judgement(connection: Connection, row: JudgementRow, plain: str) -> int:
    """Keep a judgement (its id is not looked at) and return the id that it got."""
    values = {
        "name": row.name, "plain": plain, "authority": row.authority, "verdict": row.verdict, "record": row.record,
        "score": row.score, "at": row.at, "who": row.who, "why": row.why,
    }  # fmt: skip
    return int(connection.execute(insert(judgements).values(values).returning(judgements.c.id)).scalar_one())


def withdraw_judgement(connection: Connection, id: int, at: str, who: str) -> bool:
    """Mark a judgement as taken back; return whether it stood."""
    held = (judgements.c.id == id) & judgements.c.withdrawn.is_(None)
    return connection.execute(update(judgements).where(held).values(withdrawn=at, withdrawn_by=who)).rowcount == 1


def all_judgements(connection: Connection) -> list[JudgementRow]:
    """Return every judgement, the withdrawn ones too, in the order in which they were made."""
    columns = [column for column in judgements.c if column.name != "plain"]
    return [JudgementRow(*row) for row in connection.execute(select(*columns).order_by(judgements.c.id))]


def judgements_stamp(connection: Connection) -> tuple[int, int]:
    """Return what changes with every judgement made or taken back."""
    row = connection.execute(select(func.count(), func.count(judgements.c.withdrawn)).select_from(judgements)).one()
    return int(row[0]), int(row[1])
