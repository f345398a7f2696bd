"""Where the tools ask: one archive as one reader sees it, and the name under which its records are cited."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from mabillon.archive.threads import bearing
from mabillon.publish.address import Publisher
from mabillon.record import Record
from mabillon.web.api.answers import Refusal
from mabillon.web.api.desk import Desk
from mabillon.web.mcp.shapes import brief_of


@dataclass(frozen=True, slots=True)
class Counter:
    """All that goes over it went through the desk, and so through the one decision on access."""

    desk: Desk
    publisher: Publisher

    def record(self, asked: str) -> Record:
        """Return the record of this id, address or number. Raises Refusal where there is none that may be seen, or
        where several bear the number."""
        id = self._id(asked)
        known = self.desk.record(id)
        if known is not None:
            return self._with_text(known, id)
        ids = bearing(self.desk.archive, asked, self.desk.reader)
        found = self.desk.archive.records_named(ids, self.desk.reader)
        if not found:
            raise Refusal(
                404, f"There is no record of the id or number {asked[:60]!r}, or none that is open to you. "
                "Find one with search; what has no number is found by its words, names and dates.",
            )  # fmt: skip
        if len(found) > 1:
            listed = "; ".join(_line(record, self.publisher) for record in found[:20])
            raise Refusal(422, f"{len(found)} records bear the number {asked[:60]}. Ask for one by its id: {listed}")
        return found[0]

    def _with_text(self, record: Record, id: str) -> Record:
        """Return an enclosure that has no text of its own with that of its cover, in which its words stand."""
        cover = self.desk.archive.cover(id, self.desk.reader) if record.source is None else None
        return record if cover is None else msgspec.structs.replace(record, source=cover.source)

    def _id(self, asked: str) -> str:
        start = self.publisher.record("")
        return asked.removeprefix(start) if start else asked


def _line(record: Record, publisher: Publisher) -> str:
    one = brief_of(record, publisher)
    return f"{one.id} ({one.date or 'undated'}, {one.sender or '?'} to {one.recipient or '?'})"
