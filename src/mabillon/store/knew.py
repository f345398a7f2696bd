"""Questions of who knew what, answered from the claims as one reader may see them.

A claim on a record counts for a reader who may see the record and the one that says so. Of several claims that one
person knew one record, the earliest that this reader may see is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select, true

from mabillon.store.bulk import chunks
from mabillon.store.knowledge import Spans, read_words
from mabillon.store.knowledge_tables import claims
from mabillon.store.schema import records

Condition = ColumnElement[bool]
LAST = 1 << 52
"""An instant after all others."""

COUNTED = 1_000
"""Records that are counted; more are "more than so many"."""


@dataclass(frozen=True, slots=True)
class Persons:
    """Whom is asked for, as the column `person` has it: `sure` is this person, `likely` a name that he may bear."""

    sure: tuple[str, ...]
    likely: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.sure, *self.likely)


@dataclass(frozen=True, slots=True)
class Known:
    """A claim as it is given out (see the table `claims`). `at` is the instant from which on it counts, `instant` the
    one that lists go by."""

    id: int
    record_key: int
    by_key: int
    way: str
    name: str
    person: str
    likely: bool
    proved: bool
    low: int | None
    high: int | None
    at: int
    time: str | None
    zone: str | None
    words: tuple[Spans, ...]
    doubts: tuple[str, ...]
    instant: int

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in a list."""
        return self.instant, self.id


_GIVEN = tuple(field.name for field in fields(Known) if field.name != "instant")


def _known(row: Any) -> Known:
    """Return a row of the columns _GIVEN and the instant."""
    said = dict(zip((*_GIVEN, "instant"), row, strict=True))
    said |= {"likely": bool(said["likely"]), "proved": bool(said["proved"]), "words": read_words(said["words"])}
    return Known(**said | {"doubts": tuple(said["doubts"].split())})


class Asked:
    """One question: these persons, up to the instant `until`, as a reader with this condition sees the archive."""

    def __init__(self, persons: Persons, until: int | None, condition: Condition) -> None:
        self.persons = persons
        self.until = LAST if until is None else until
        self.condition = condition

    def proved(self, claim: Any) -> Condition:
        return and_(claim.c.person.in_(self.persons.sure), claim.c.sure == 1, claim.c.at <= self.until)

    def presumed(self, claim: Any) -> list[tuple[Condition, Any]]:
        """Return the ways in which a claim is possible and not proved by then, each with the instant that it goes by:
        nothing is proved, or the words prove it for later only, or who is meant is not sure.

        Each way is a range of the index of persons.
        """
        later = and_(claim.c.sure == 1, claim.c.at > self.until, claim.c.low <= self.until)
        mine, maybe = claim.c.person.in_(self.persons.sure), claim.c.person.in_(self.persons.likely)
        ways = [(and_(mine, claim.c.sure == 0, claim.c.at <= self.until), claim.c.at), (and_(mine, later), claim.c.low)]
        if self.persons.likely:
            ways += [(and_(maybe, claim.c.at <= self.until), claim.c.at), (and_(maybe, later), claim.c.low)]
        return ways

    def seen(self, claim: Any, *, whole: bool = True) -> Condition:
        """A claim counts where the reader may see what says so, and (if `whole`) what it is about."""
        says = or_(claim.c.by_key == claim.c.record_key, self._open(claim, claim.c.by_key))
        return and_(self._open(claim, claim.c.record_key), says) if whole else says

    def _open(self, claim: Any, key: Any) -> Condition:
        found = select(records.c.key).where(records.c.key == key, self.condition)
        return exists(found.correlate(claim))


def _before(one: Any, other: Any, instant: Any, others: Any) -> Condition:
    return or_(instant < others, and_(instant == others, one.c.id < other.c.id))


def page_of_proved(
    connection: Connection, asked: Asked, after: tuple[int, int] | None, limit: int, keys: Sequence[int] | None = None
) -> list[Known]:
    """Return up to `limit` claims, one for a record, the newest first, from behind the one of instant and id `after`.

    keys: only records of these keys; all of them are given then, whatever the limit.
    """
    claim, other = claims.alias("claim"), claims.alias("other")
    earlier = exists().where(
        other.c.record_key == claim.c.record_key, asked.proved(other), _before(other, claim, other.c.at, claim.c.at),
        asked.seen(other, whole=False),
    )  # fmt: skip
    wanted = and_(asked.proved(claim), asked.seen(claim), ~earlier)
    return _page(connection, claim, wanted, claim.c.at, after, limit, keys)


def page_of_presumed(
    connection: Connection, asked: Asked, after: tuple[int, int] | None, limit: int, keys: Sequence[int] | None = None
) -> list[Known]:
    """Return claims as `page_of_proved` does, of records that are not proved to be known; by their earliest instant."""
    claim, other = claims.alias("claim"), claims.alias("other")
    seen = and_(other.c.record_key == claim.c.record_key, asked.seen(other, whole=False))
    known = exists().where(seen, asked.proved(other))
    found: list[Known] = []
    for way, instant in asked.presumed(claim):
        earlier = [
            exists().where(seen, condition, _before(other, claim, others, instant))
            for condition, others in asked.presumed(other)
        ]
        wanted = and_(way, asked.seen(claim), ~known, *(~one for one in earlier))
        found += _page(connection, claim, wanted, instant, after, limit, keys)
    ordered = sorted(found, key=lambda one: one.place, reverse=True)
    return ordered if keys is not None else ordered[:limit]


def _page(
    connection: Connection, claim: Any, wanted: Condition, instant: Any, after: tuple[int, int] | None, limit: int,
    keys: Sequence[int] | None,
) -> list[Known]:  # fmt: skip
    if after is not None:
        behind = and_(instant == after[0], claim.c.id < after[1])
        wanted = and_(wanted, instant <= after[0], or_(instant < after[0], behind))
    query = select(*(claim.c[name] for name in _GIVEN), instant.label("instant")).where(wanted)
    if keys is None:
        ordered = query.order_by(instant.desc(), claim.c.id.desc()).limit(limit)
        return [_known(row) for row in connection.execute(ordered)]
    found = [
        _known(row) for some in chunks(keys) for row in connection.execute(query.where(claim.c.record_key.in_(some)))
    ]
    return sorted(found, key=lambda one: one.place, reverse=True)


def count_proved(connection: Connection, asked: Asked) -> int:
    """Return how many records are proved to be known, up to COUNTED + 1."""
    claim = claims.alias("claim")
    return _count(connection, claim, and_(asked.proved(claim), asked.seen(claim)))


def _count(connection: Connection, claim: Any, wanted: Condition) -> int:
    return len(_keys(connection, claim, wanted))


def _keys(connection: Connection, claim: Any, wanted: Condition) -> set[int]:
    found = select(claim.c.record_key).where(wanted).distinct().limit(COUNTED + 1)
    return set(connection.execute(found).scalars())


def count_presumed(connection: Connection, asked: Asked) -> int:
    """Return how many records are presumed to be known and not proved, up to COUNTED + 1."""
    claim, other = claims.alias("claim"), claims.alias("other")
    known = exists().where(
        other.c.record_key == claim.c.record_key, asked.proved(other), asked.seen(other, whole=False)
    )
    found: set[int] = set()
    for way, _ in asked.presumed(claim):
        if len(found) <= COUNTED:
            found |= _keys(connection, claim, and_(way, asked.seen(claim), ~known))
    return min(len(found), COUNTED + 1)


def who_knew(connection: Connection, keys: Sequence[int], condition: Condition) -> list[Known]:
    """Return all claims on the records of these keys that a reader with this condition may see, the earliest first."""
    asked, claim = Asked(Persons(()), None, condition), claims.alias("claim")
    found = []
    for some in chunks(keys):
        query = select(*(claim.c[name] for name in _GIVEN), claim.c.at)
        query = query.where(claim.c.record_key.in_(some), asked.seen(claim))
        found += [_known(row) for row in connection.execute(query)]
    return sorted(found, key=lambda known: known.place)


def occurs(connection: Connection, persons: Sequence[str], condition: Condition) -> set[str]:
    """Return those persons of whom this reader may see any claim."""
    asked, claim = Asked(Persons(()), None, condition), claims.alias("claim")
    wanted = [
        person
        for person in persons
        if connection.execute(select(true()).where(claim.c.person == person, asked.seen(claim)).limit(1)).first()
    ]
    return set(wanted)


def seen_of(connection: Connection, keys: Sequence[int], condition: Condition) -> set[int]:
    """Return those keys whose records fulfil `condition`."""
    query = select(records.c.key).where(records.c.key.in_(keys), condition)
    return set(connection.execute(query).scalars())
