"""What a program suggests of names and a person decides: judgements, kept for good, and the links that follow them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, true

from mabillon.archive.access import INDEXER, Redaction
from mabillon.archive.naming import name_rows
from mabillon.archive.times import timestamp
from mabillon.authority.identify import Identifier
from mabillon.authority.index import plain
from mabillon.authority.judgements import VERDICTS, Judgement
from mabillon.authority.register import Register
from mabillon.errors import ArchiveError
from mabillon.record import Record, decode
from mabillon.store import names as stored_names
from mabillon.store import permissions
from mabillon.store import records as stored
from mabillon.store.across import mark_stale
from mabillon.store.bulk import chunks
from mabillon.store.engine import Store
from mabillon.store.names import JudgementRow

BATCH = 500
"""Records of one transaction: an editor waits for it no longer than for a batch of an ingest."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The register of an archive as its judgements stand; `stamp` tells whether others have come since."""

    register: Register
    identifier: Identifier
    stamp: tuple[int, int]

    @classmethod
    def of(cls, store: Store) -> Judged:
        with store.reading() as connection:
            stamp = stored_names.judgements_stamp(connection)
            rows = stored_names.all_judgements(connection)
        register = Register(judgements=[judgement_of(row) for row in rows])
        return cls(register, Identifier(register), stamp)


def judgement_of(row: JudgementRow) -> Judgement:
    """Return a kept judgement as the register takes it."""
    withdrawn = _moment(row.withdrawn) if row.withdrawn else None
    return Judgement(
        row.name, row.authority, row.verdict, row.who, _moment(row.at), row.record, row.why, row.score,
        row.withdrawn_by, withdrawn,
    )  # fmt: skip


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def link(store: Store, judged: Judged, read: Sequence[tuple[int, Record]]) -> Judged:
    """Put the names of records, each with the number of the change that it was read at, as `judged` links them.

    A judgement that comes in between is heeded: it returns what it went by in the end.
    """
    seqs = {record.id: seq for seq, record in read}
    while True:
        rows = {record.id: name_rows(record, judged.identifier) for _, record in read}
        with store.writing() as connection:
            if stored_names.judgements_stamp(connection) == judged.stamp:
                stored_names.put_names(connection, seqs, rows)
                return judged
        judged = Judged.of(store)


def link_anew(store: Store, judged: Judged, ids: Iterable[str]) -> None:
    """Link the names of these records, as they stand now, anew."""
    for some in chunks(ids, BATCH):
        with store.reading() as connection:
            read = _read(connection, some)
        judged = link(store, judged, read)
        with store.writing() as connection:
            mark_stale(connection, stored.keys_of(connection, some).values())


def _read(connection: Connection, ids: Sequence[str]) -> list[tuple[int, Record]]:
    """Return records as a reader who sees no redacted passage gets them, each with the number of its change."""
    found = [one for id in ids if (one := stored.find_record(connection, id, true()))]
    seqs = stored.seqs_of(connection, ids)
    hidden = permissions.redactions_of(connection, [one.key for one in found])
    return [(seqs[one.id], _blackened(decode(one.json), hidden.get(one.key, ()))) for one in found]


def _blackened(record: Record, rows: Iterable[permissions.RedactionRow]) -> Record:
    return INDEXER.redacted(record, [Redaction(row.start, row.end, row.groups) for row in rows])


def judge(
    store: Store, judged: Judged, name: str, authority: str, verdict: str, who: str, why: str, record: str | None
) -> int:
    """Keep a judgement and link the names that it is about anew. Returns its number."""
    if verdict not in VERDICTS:
        raise ArchiveError(f"{verdict!r} is no verdict; there are: {', '.join(VERDICTS)}")
    if not who.strip() or not name.strip():
        raise ArchiveError("a judgement needs a name and says whose it is")
    with store.writing() as connection:
        _check(connection, judged.register, authority, record)
        score = _score(judged.register, name, authority)
        row = JudgementRow(0, name, authority, verdict, record, score, timestamp(), who, why)
        number = stored_names.insert_judgement(connection, row, plain(name))
    _follow(store, name, record)
    return number


def withdraw(store: Store, number: int, who: str) -> None:
    """Mark a judgement as taken back and link the names that it was about anew."""
    if not who.strip():
        raise ArchiveError("whoever takes a judgement back says so with his name")
    with store.writing() as connection:
        if not stored_names.withdraw_judgement(connection, number, timestamp(), who):
            raise ArchiveError(f"no judgement {number} stands")
        [row] = [row for row in stored_names.all_judgements(connection) if row.id == number]
    _follow(store, row.name, row.record)


def _follow(store: Store, name: str, record: str | None) -> None:
    with store.reading() as connection:
        ids = [record] if record else stored_names.records_naming(connection, plain(name))
    link_anew(store, Judged.of(store), ids)


def _check(connection: Connection, register: Register, authority: str, record: str | None) -> None:
    if record and stored.find_record(connection, record, true()) is None:
        raise ArchiveError(f"{record}: no such record in this archive")
    named = stored_names.count_authorities(connection, true(), stored_names.of_authority(authority))
    if register.get(authority) is None and not named:
        raise ArchiveError(f"{authority}: no such authority is known; see: mabillon name NAME")


def _score(register: Register, name: str, authority: str) -> float | None:
    known = register.get(authority)
    found: Mapping[str, float] = {id: score for id, score, _ in register.candidates(name, known.kind)} if known else {}
    return found.get(authority)
