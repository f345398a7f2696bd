"""What does not fit, in one record or among several, and what editors think of it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mabillon.archive.access import ARCHIVIST, PUBLIC, Reader
from mabillon.archive.findings_counted import count_of, facets_of
from mabillon.archive.holding import Holding
from mabillon.archive.reading_room import redactions_in
from mabillon.archive.times import timestamp
from mabillon.errors import ArchiveError
from mabillon.record import Record, decode
from mabillon.store import findings as stored
from mabillon.store.across import Quoted
from mabillon.store.counters import last
from mabillon.store.finding_tables import VERDICTS
from mabillon.store.findings import Cube, Listed, VerdictRow, Wanted
from mabillon.store.permissions import redactions_of
from mabillon.store.records import find_records

ALL = Wanted()
_DECODER = msgspec.json.Decoder(list[Quoted])


class FindingsRoom(Holding):
    """Findings as one list. One that speaks of a record which the reader may not see is absent for him."""

    def all_findings(
        self, reader: Reader = PUBLIC, wanted: Wanted = ALL, after: tuple[int, ...] | None = None, limit: int = 50
    ) -> list[Listed]:
        """Return up to `limit` findings in the order in which their records came in, from the first after a key."""
        with self.store.reading() as connection:
            return stored.page_of_findings(connection, reader.condition(), wanted, after, limit)

    def finding(self, fingerprint: str, reader: Reader = PUBLIC) -> Listed | None:
        """Return one finding, None if there is none for this reader."""
        with self.store.reading() as connection:
            return stored.find_finding(connection, fingerprint, reader.condition())

    def finding_facets(self, reader: Reader = PUBLIC, wanted: Wanted = ALL) -> dict[str, dict[str, int]]:
        """Return kind, severity, verdict, year, station → value → count, each under the filters of the others."""
        return facets_of(self._cube(reader, wanted.record), wanted)

    def count_findings(self, reader: Reader = PUBLIC, wanted: Wanted = ALL) -> int:
        """Return how many findings there are."""
        return count_of(self._cube(reader, wanted.record), wanted)

    def _cube(self, reader: Reader, record: str | None) -> Cube:
        question = ("findings", record, self.finding_stamp(), reader, reader.day)
        cube: Cube = self.remembered(
            question, lambda connection: stored.cube_of_findings(connection, reader.condition(), record)
        )
        return cube

    def finding_evidence(self, found: Sequence[Listed], reader: Reader = PUBLIC) -> dict[str, list[Quoted]]:
        """Return fingerprint → the words of both sides, as this reader may see them: none where one side is hidden."""
        said = {one.fingerprint: _DECODER.decode(one.evidence) for one in found if one.evidence is not None}
        alone = [one for one in found if one.evidence is None]
        with self.store.reading() as connection:
            rows = find_records(connection, [one.entry.id for one in alone], reader.condition())
            hidden = redactions_of(connection, [row.key for row in rows])
        records = {row.id: reader.redacted(decode(row.json), redactions_in(hidden.get(row.key, ()))) for row in rows}
        for one in alone:
            record = records.get(one.entry.id)
            said[one.fingerprint] = _of_record(record, one) if record is not None else []
        return said

    def finding_stamp(self) -> int:
        """Return a number that is another whenever a finding across the archive or a verdict is."""
        with self.store.reading() as connection:
            return last(connection, "found")

    def decide(self, fingerprint: str, verdict: str, why: str, who: str) -> int:
        """Keep an editor's verdict on a finding, and return its number. It stays when the record is read anew.

        Raises `ArchiveError` for a verdict that is none, without a name or a reason, or where there is no such finding.
        """
        if verdict not in VERDICTS:
            raise ArchiveError(f"{verdict!r} is no verdict; there are: {', '.join(VERDICTS)}")
        if not who.strip() or not why.strip():
            raise ArchiveError("a verdict gives its reason and says whose it is")
        with self.store.writing() as connection:
            found = stored.find_finding(connection, fingerprint, ARCHIVIST.condition())
            if found is None:
                raise ArchiveError(f"{fingerprint}: no such finding stands in this archive; see: mabillon findings")
            row = VerdictRow(
                0, fingerprint, found.finding, found.entry.id, found.message, verdict, why.strip(), timestamp(),
                who.strip(),
            )  # fmt: skip
            return stored.insert_verdict(connection, row)

    def verdicts(self, fingerprint: str | None = None) -> list[VerdictRow]:
        """Return the verdicts on one finding, or all there are, oldest first. For the archive's staff."""
        with self.store.reading() as connection:
            return stored.verdicts_of(connection, fingerprint)


def _of_record(record: Record, found: Listed) -> list[Quoted]:
    """Return the evidence of a finding that one record shows by itself."""
    same = (one for one in record.findings if (one.id, one.message) == (found.finding, found.message))
    one = next(same, None)
    return [
        Quoted(
            value=value.value, text=value.text, spans=value.spans, confidence=value.confidence, reason=value.reason,
            record=record.id,
        )
        for value in (one.evidence if one else ())
    ]  # fmt: skip
