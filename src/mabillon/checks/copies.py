"""Copies printed and copies listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mabillon.checks.registry import finding
from mabillon.evidence import Value
from mabillon.record import Copies, Copy, Record


def _listed(copies: Copies) -> int | None:
    """Return how many copies the list accounts for; None where it is no list of all copies."""
    entries = [entry for entry in copies.entries if entry.recipient and (entry.number or entry.count)]
    if not entries:
        return None
    numbered = [entry for entry in entries if entry.number]
    if numbered:
        return len({entry.number.value for entry in numbered if entry.number})
    counted = [entry for entry in entries if entry.count and entry.count.spans]
    if not counted:
        return None
    return sum(entry.count.value for entry in entries if entry.count)


@finding("copies.unaccounted")
def unaccounted(record: Record) -> Iterator[tuple[str, list[Value]]]:
    """Yield the number printed where the list accounts for fewer."""
    if (
        record.copies
        and record.copies.stated
        and (listed := _listed(record.copies)) is not None
        and listed < record.copies.stated.value
    ):
        yield (
            f"{record.copies.stated.value} copies printed, {listed} listed",
            [record.copies.stated, *_evidence(record.copies.entries)],
        )


@finding("copies.overassigned")
def overassigned(record: Record) -> Iterator[tuple[str, list[Value]]]:
    """Yield the number printed where more are listed, and each copy number that goes to two people."""
    if record.copies is None:
        return
    listed = _listed(record.copies)
    if record.copies.stated and listed is not None and listed > record.copies.stated.value:
        yield (
            f"{record.copies.stated.value} copies printed, {listed} listed",
            [record.copies.stated, *_evidence(record.copies.entries)],
        )
    holders: dict[int, list[Copy]] = defaultdict(list)
    for entry in record.copies.entries:
        if entry.number and entry.recipient:
            holders[entry.number.value].append(entry)
    for number, entries in holders.items():
        if len({entry.recipient.value for entry in entries if entry.recipient}) > 1:
            names = " and ".join(entry.recipient.value for entry in entries if entry.recipient)
            yield f"copy {number} goes to {names}", _evidence(entries)


def _evidence(entries: list[Copy]) -> list[Value]:
    return [
        value for entry in entries for value in (entry.number, entry.count, entry.recipient) if value and value.spans
    ]
