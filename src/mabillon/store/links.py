"""Links among records, and what candidates for them are found by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, or_, select

from mabillon.store.bulk import chunks, insert_rows
from mabillon.store.schema import bands, links, numbers, records, sketches, unlinked


@dataclass(frozen=True, slots=True)
class Described:
    """What of a record tells whether another is the same message."""

    key: int
    number: str | None
    first_day: int | None
    last_day: int | None
    station: str | None
    sender: str | None
    language: str | None


def unlinked_keys(connection: Connection, limit: int) -> list[int]:
    query = select(unlinked.c.record_key).order_by(unlinked.c.record_key).limit(limit)
    return list(connection.execute(query).scalars())


def mark_linked(connection: Connection, keys: Iterable[int]) -> None:
    for some in chunks(keys):
        connection.execute(delete(unlinked).where(unlinked.c.record_key.in_(some)))


def describe(connection: Connection, keys: Iterable[int]) -> dict[int, Described]:
    """Return key → what tells of the message. A number that is not the one on the wire tells nothing."""
    columns = (
        records.c.key, records.c.number, records.c.first_day, records.c.last_day, records.c.station,
        records.c.sender, records.c.language,
    )  # fmt: skip
    found: dict[int, Described] = {}
    for some in chunks(keys):
        wired = select(numbers.c.record_key, numbers.c.value).where(
            numbers.c.record_key.in_(some), numbers.c.kind == "message"
        )
        wire = {(key, value) for key, value in connection.execute(wired)}
        for row in connection.execute(select(*columns).where(records.c.key.in_(some))):
            one = Described(*row)
            found[one.key] = one if (one.key, one.number) in wire else replace(one, number=None)
    return found


def signatures_of(connection: Connection, keys: Iterable[int]) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    for some in chunks(keys):
        query = select(sketches.c.record_key, sketches.c.signature).where(sketches.c.record_key.in_(some))
        found.update((key, bytes(signature)) for key, signature in connection.execute(query))
    return found


def members_of(connection: Connection, hashes: Iterable[int]) -> dict[int, list[int]]:
    """Return band → the keys of its records, in order."""
    found: dict[int, list[int]] = {}
    for some in chunks(hashes):
        query = select(bands.c.hash, bands.c.record_key).where(bands.c.hash.in_(some))
        for hash, key in connection.execute(query.order_by(bands.c.hash, bands.c.record_key)):
            found.setdefault(hash, []).append(key)
    return found


def insert_bands(connection: Connection, members: Iterable[tuple[int, int]]) -> None:
    """Insert (band, key) pairs. Sorted, they fall into few pages of the tree."""
    insert_rows(connection, bands, sorted(members))


def insert_links(connection: Connection, found: Iterable[tuple[int, int, str, float]]) -> None:
    insert_rows(connection, links, list(found))


def forget(connection: Connection, key: int, its_bands: Sequence[int]) -> None:
    """Delete the links of a record, its signature and its entries in these bands."""
    connection.execute(delete(links).where(or_(links.c.a_key == key, links.c.b_key == key)))
    connection.execute(delete(bands).where(bands.c.hash.in_(list(its_bands)), bands.c.record_key == key))
    for table in (sketches, unlinked):
        connection.execute(delete(table).where(table.c.record_key == key))


def put_signature(connection: Connection, key: int, signature: bytes | None) -> None:
    insert_rows(connection, sketches, [(key, signature)] if signature else [])
