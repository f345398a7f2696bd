"""What does not fit, in one record or among several, and what editors think of it."""

from __future__ import annotations

from mabillon.archive.access import ARCHIVIST, PUBLIC, Reader
from mabillon.archive.holding import Holding
from mabillon.archive.times import timestamp
from mabillon.errors import ArchiveError
from mabillon.store import findings as stored
from mabillon.store.counters import last
from mabillon.store.finding_tables import VERDICTS
from mabillon.store.findings import Listed, VerdictRow, Wanted

ALL = Wanted()


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
        with self.store.reading() as connection:
            stamp = last(connection, "found")
        question = ("finding-facets", wanted, stamp, reader, reader.day)
        facets: dict[str, dict[str, int]] = self.remembered(
            question, lambda connection: stored.facets_of_findings(connection, reader.condition(), wanted)
        )
        return facets

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
