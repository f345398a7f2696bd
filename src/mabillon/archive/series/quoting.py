"""The findings of a series, with the words of both sides: the number, its date, and the numbers beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, true

from mabillon.archive.access import INDEXER, Redaction
from mabillon.checks.registry import definitions
from mabillon.connect.judging import day
from mabillon.connect.serials import KINDS
from mabillon.connect.strays import Stray
from mabillon.connect.wording import number_key
from mabillon.evidence import Value
from mabillon.record import Record, decode
from mabillon.store import permissions
from mabillon.store import records as stored
from mabillon.store.across import AcrossFinding, Quoted

OUT_OF_SEQUENCE = "number.out-of-sequence"


def out_of_sequence(connection: Connection, strays: Sequence[Stray], scope: str) -> Iterator[AcrossFinding]:
    """Yield the finding of each number that does not fit its date."""
    wanted = {key for stray in strays for key in (stray.point.key, stray.due.below, stray.due.above) if key is not None}
    known = read_blackened(connection, sorted(wanted))
    for stray in strays:
        own = known.get(stray.point.key)
        if own is not None:
            beside = dict.fromkeys((stray.due.below, stray.due.above))
            others = [known[key] for key in beside if key is not None and key in known]
            yield _finding(stray, own, others, scope)


def read_blackened(connection: Connection, keys: Sequence[int]) -> dict[int, Record]:
    """Return records as a reader who sees no redacted passage gets them, by key."""
    ids = stored.ids_of(connection, keys)
    found = stored.find_records(connection, list(ids.values()), true())
    hidden = permissions.redactions_of(connection, [one.key for one in found])
    return {
        one.key: INDEXER.redacted(
            decode(one.json), [Redaction(row.start, row.end, row.groups) for row in hidden.get(one.key, ())]
        )
        for one in found
    }


def _finding(stray: Stray, own: Record, others: Sequence[Record], scope: str) -> AcrossFinding:
    first, last = day(stray.due.first), day(stray.due.last)
    due = first if first == last else f"{first} to {last}"
    stated = own.date.value if own.date else day(stray.point.day)
    message = f"No. {stray.point.number} is dated {stated}; by the numbers before and after it, it is of {due}"
    return AcrossFinding(
        finding=OUT_OF_SEQUENCE,
        record=own.id,
        scope=scope,
        severity=definitions()[OUT_OF_SEQUENCE]["severity"],
        message=message,
        about=(str(stray.point.number), str(stated)),
        evidence=(*_both(own, stray.point.number), *(quoted for record in others for quoted in _both(record))),
    )


def _both(record: Record, counts: int | None = None) -> Iterator[Quoted]:
    """Yield the number (the one that counts as `counts`, if one does) and the date of a record."""
    counting = [number for number in record.numbers if number.kind in KINDS]
    same = (number for number in counting if counts and number_key(number.value) == str(counts))
    number = next(same, counting[0] if counting else None)
    for value in (number, record.date):
        if value is not None:
            yield quote(value, record.id)


def quote(value: Value, record: str) -> Quoted:
    return Quoted(
        value=value.value, text=value.text, spans=value.spans, confidence=value.confidence, reason=value.reason,
        record=record,
    )  # fmt: skip
