"""Enclosures and their covers."""

from __future__ import annotations

from collections.abc import Iterator

from mabillon.checks.chain import day
from mabillon.checks.registry import finding
from mabillon.evidence import Value
from mabillon.record import Record


@finding("enclosure.after-cover")
def after_cover(record: Record) -> Iterator[tuple[str, list[Value]]]:
    """Yield each enclosure that is dated after what carries it; dates that were inferred prove nothing."""
    own = day(record.date)
    if own is None or record.date is None:
        return
    for enclosure in record.enclosures:
        inner = day(enclosure.date)
        if inner and enclosure.date and enclosure.date.spans and inner > own:
            yield (
                f"the enclosure is dated {enclosure.date.value}, its cover {record.date.value}",
                [enclosure.date, record.date],
            )
