"""Changes by hand: each makes a revision that says who, when and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from mabillon.archive.access import ARCHIVIST, Access
from mabillon.archive.across.forgetting import forget_findings
from mabillon.archive.corrections import anchors_of, corrected, fits
from mabillon.archive.linking import forget_links, link_anew
from mabillon.archive.showing import shown_record
from mabillon.archive.sketch import signature
from mabillon.archive.times import timestamp
from mabillon.errors import ArchiveError
from mabillon.record import Record, decode, encode
from mabillon.store import history, permissions
from mabillon.store import records as stored
from mabillon.store.engine import Store
from mabillon.store.names import forget_names
from mabillon.store.records import Change, Stored
from mabillon.store.rows import rows_of


def put_reading(connection: Connection, found: Stored, reading: Record, change: Change) -> bool:
    """Put a new reading of a record in place of the old one, its corrections laid over it.

    Returns False, and changes nothing, where the reading is what it was.
    """
    corrections = history.corrections_of(connection, found.key)
    before = stored.as_read(connection, found.key)
    machine = encode(reading)
    whole = corrected(reading, corrections) if corrections else reading
    after = encode(whole)
    if machine == before and after == found.json:
        return False
    redactions = permissions.redactions_of(connection, [found.key]).get(found.key, [])
    kept = machine if after != machine else None
    shown = shown_record(whole, redactions)
    forget_links(connection, found.key)
    forget_findings(connection, found.key)
    stored.replace_record(connection, found.key, after, kept, rows_of(shown), change)
    link_anew(connection, found.key, signature(shown))
    return True


def correct(store: Store, id: str, path: str, value: Any, who: str, why: str) -> None:
    """Correct what stands at `path` (a JSON pointer such as `date` or `senders/0/place`) to `value` (None: nothing)."""
    with _changing(store, id, "correct", who, why) as (connection, found, change):
        record = decode(found.json)
        if not fits(record, path, value):
            raise ArchiveError(f"{id}: {value!r} cannot stand at {path}")
        history.insert_correction(connection, found.key, path, anchors_of(record, path), value, change.at, who, why)
        _lay_over(connection, found, change)


def withdraw_correction(store: Store, id: str, correction: int, who: str, why: str) -> None:
    """Take a correction back; it stays on file as withdrawn."""
    with _changing(store, id, "withdraw-correction", who, why) as (connection, found, change):
        if not history.withdraw_correction(connection, found.key, correction, change.at):
            raise ArchiveError(f"{id}: no correction {correction} holds")
        _lay_over(connection, found, change)


def _lay_over(connection: Connection, found: Stored, change: Change) -> None:
    reading = decode(stored.as_read(connection, found.key))
    put_reading(connection, found, reading, change)


def set_access(store: Store, ids: Sequence[str], access: Access, who: str, why: str) -> None:
    """Give these records this access."""
    at = timestamp()
    with store.writing() as connection:
        keys = [find(connection, id).key for id in ids]
        permissions.put_access(connection, keys, access.opens, access.groups)
        for key in keys:
            stored.add_revision(connection, key, Change("access", who, why, at))


def redact(store: Store, id: str, span: tuple[int, int], groups: Sequence[str], who: str, why: str) -> None:
    """Blacken the passage `[start, end)` of the record's text for all but `groups`."""
    with _changing(store, id, "redact", who, why) as (connection, found, change):
        record = decode(found.json)
        length = len(record.source.text or "") if record.source else 0
        if not 0 <= span[0] < span[1] <= length:
            raise ArchiveError(f"{id}: no passage {span[0]}–{span[1]} in a text of {length} characters")
        permissions.insert_redaction(connection, found.key, span, groups, change.at, who, why)
        _renew_shown(connection, found, record, change)


def lift_redaction(store: Store, id: str, redaction: int, who: str, why: str) -> None:
    """Show a redacted passage again."""
    with _changing(store, id, "redact", who, why) as (connection, found, change):
        if not permissions.withdraw_redaction(connection, found.key, redaction, change.at):
            raise ArchiveError(f"{id}: no redaction {redaction} holds")
        _renew_shown(connection, found, decode(found.json), change)


def _renew_shown(connection: Connection, found: Stored, record: Record, change: Change) -> None:
    redactions = permissions.redactions_of(connection, [found.key]).get(found.key, [])
    shown = shown_record(record, redactions)
    forget_links(connection, found.key)
    forget_findings(connection, found.key)
    stored.add_revision(connection, found.key, change)
    stored.renew_rows(connection, found.key, rows_of(shown))
    forget_names(connection, found.key)
    link_anew(connection, found.key, signature(shown))


def remove(store: Store, id: str, who: str, why: str) -> None:
    """Take a record out of the archive. Its original stays, and so does the note of who took it out and why."""
    with _changing(store, id, "remove", who, why) as (connection, found, change):
        forget_links(connection, found.key)
        forget_findings(connection, found.key)
        stored.remove_record(connection, found, change)


@contextmanager
def _changing(store: Store, id: str, kind: str, who: str, why: str) -> Iterator[tuple[Connection, Stored, Change]]:
    """Give what a change of one record needs, in one transaction: all of it is done, or none."""
    with store.writing() as connection:
        yield connection, find(connection, id), Change(kind, who, why, timestamp())


def find(connection: Connection, id: str) -> Stored:
    """Return the record `id`, whoever may see it. Raises `ArchiveError` if there is none."""
    found = stored.find_record(connection, id, ARCHIVIST.condition())
    if found is None:
        raise ArchiveError(f"{id}: no such record in this archive")
    return found
