"""Findings between two versions of one document: what one has and the other lacks, and readers that differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import Connection

from mabillon.archive.across.quoting import quote, quote_spans
from mabillon.archive.across.readers import Reader, distribution, unmatched
from mabillon.archive.across.registry import across, severity_of
from mabillon.archive.showing import shown_records
from mabillon.collation import Difference, collate
from mabillon.connect.stations import agree, end_of
from mabillon.record import Record
from mabillon.store.across import AcrossFinding, Quoted
from mabillon.store.across_versions import firsts_of, version_pairs

PARTIAL = ("extract", "paraphrase", "draft")
"""Witnesses that need not have all that another has."""

MOST = 20
"""Findings of one pair: two versions that differ in more are rather two documents, and one sees it at a glance."""

SHOWN = 12
"""Words of a passage that a message quotes."""


def pairs(connection: Connection, keys: Sequence[int], settled: int) -> Iterable[str]:
    """A pair is derived with the one of its records that came in first."""
    return firsts_of(connection, keys)


@across("version.differs", pairs)
def differs(connection: Connection, scopes: Sequence[str]) -> Iterator[AcrossFinding]:
    """Yield the passages and lists of readers that only one of two versions has, and the numbers that differ."""
    for kind, one, other in _compared(connection, scopes):
        yield from _lists(one, other)
        if kind != "translation" and _language(one) == _language(other):
            yield from islice(_wordings(one, other), MOST)


def _compared(connection: Connection, firsts: Sequence[str]) -> Iterator[tuple[str, Record, Record]]:
    """Yield how two records are linked, and both: whole versions of one document, and not two to different people."""
    found = version_pairs(connection, firsts)
    records = shown_records(connection, {id for pair in found for id in (pair.first, pair.second)})
    for pair in found:
        one, other = records[pair.first], records[pair.second]
        if _one_message(one, other) and not _is_partial(one) and not _is_partial(other):
            yield pair.kind, one, other


def _one_message(one: Record, other: Record) -> bool:
    """Whether nothing that is known of the two ends is against it: two posts use one number on one day."""
    sent = agree(end_of(one.senders), end_of(other.senders))
    got = agree(end_of(one.recipients), end_of(other.recipients))
    return sent is not False and got is not False


def _is_partial(record: Record) -> bool:
    return record.witness is not None and record.witness.value in PARTIAL


def _language(record: Record) -> str:
    return record.language.value.partition("-")[0] if record.language else ""


def _wordings(one: Record, other: Record) -> Iterator[AcrossFinding]:
    collation = collate(_text(one), _text(other), _body(one), _body(other))
    for difference in collation.differences:
        message = _passage(difference) if difference.kind == "passage" else _number(difference, one, other)
        about = (difference.kind, *sorted((difference.left_value, difference.right_value)))
        evidence = []
        for record, span, value in (
            (one, difference.left, difference.left_value), (other, difference.right, difference.right_value),
        ):  # fmt: skip
            if span is not None:
                evidence.append(quote_spans(record, [span], value if difference.kind == "number" else ""))
        yield _finding("version.differs", one, other, message, about, evidence)


def _text(record: Record) -> str:
    return record.source.text or "" if record.source else ""


def _body(record: Record) -> list[tuple[int, int]]:
    return list(record.body.spans) if record.body else []


def _passage(difference: Difference) -> str:
    words = (difference.left_value or difference.right_value).split()
    which = "this version" if difference.left_value else "the other version"
    shown = " ".join(words[:SHOWN]) + (" …" if len(words) > SHOWN else "")
    return f"a passage of {len(words)} words stands in {which} only: “{shown}”"


def _number(difference: Difference, one: Record, other: Record) -> str:
    assert difference.left is not None and difference.right is not None
    said = (" ".join(_text(record)[slice(*span)].split()) for record, span in
            ((one, difference.left), (other, difference.right)))  # fmt: skip
    return "“{}” in this version, “{}” in the other".format(*said)


def _lists(one: Record, other: Record) -> Iterator[AcrossFinding]:
    """Yield the list of readers that only one of two versions has."""
    first, second = distribution(one), distribution(other)
    if len(first) >= 2 and not second:
        message, record, its = "this version lists who got it, the other does not: ", one, first
    elif len(second) >= 2 and not first:
        message, record, its = "the other version lists who got it, this one does not: ", other, second
    else:
        return
    names = ", ".join(reader.name for reader in its)
    beside = other if record is one else one
    evidence = [*quote(record, *(reader.value for reader in its)), *quote(beside, beside.title or beside.date)]
    yield _finding("version.differs", one, other, message + names, ("distribution", record.id), evidence)


@across("copies.conflict", pairs)
def conflict(connection: Connection, scopes: Sequence[str]) -> Iterator[AcrossFinding]:
    """Yield the pairs of versions that list different readers, though not wholly other ones."""
    for _, one, other in _compared(connection, scopes):
        yield from _conflict(one, other)


def _conflict(one: Record, other: Record) -> Iterator[AcrossFinding]:
    first, second = distribution(one), distribution(other)
    if len(first) < 2 or len(second) < 2:
        return
    only_first, only_second = unmatched(first, second), unmatched(second, first)
    if not only_first and not only_second or len(only_first) == len(first):
        return
    parts = [
        f"{', '.join(reader.name for reader in only)} in {which} only"
        for only, which in ((only_first, "this version"), (only_second, "the other"))
        if only
    ]
    evidence = [*_quoted(one, only_first or first), *_quoted(other, only_second or second)]
    about = tuple(sorted({reader.name for reader in (*only_first, *only_second)}))
    yield _finding("copies.conflict", one, other, f"readers: {'; '.join(parts)}", about, evidence)


def _quoted(record: Record, readers: Sequence[Reader]) -> tuple[Quoted, ...]:
    return quote(record, *(reader.value for reader in readers))


def _finding(
    kind: str, one: Record, other: Record, message: str, about: Sequence[str], evidence: Sequence[Quoted]
) -> AcrossFinding:
    return AcrossFinding(
        finding=kind, record=one.id, scope=one.id, severity=severity_of(kind), message=message,
        about=(other.id, *about), evidence=tuple(evidence), others=(other.id,),
    )  # fmt: skip
