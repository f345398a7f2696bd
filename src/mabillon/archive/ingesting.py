"""Ingest: read sources, keep their bytes, take their records in, batch by batch, and say at the end what was done."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

import orjson

from mabillon.archive.access import Access
from mabillon.archive.accession import Accession, recover
from mabillon.archive.archive import Archive
from mabillon.archive.crew import Crew
from mabillon.archive.layout import LOCK
from mabillon.archive.linking import link_records
from mabillon.archive.lock import only_one
from mabillon.archive.prepare import ReadPath, Taken, take
from mabillon.archive.times import timestamp
from mabillon.archive.walk import find_places
from mabillon.archive.worker import name_of
from mabillon.errors import SourceError
from mabillon.store.bulk import chunks
from mabillon.store.place import Place
from mabillon.store.sources import end_run, known_stamps, quarantined_stamps, start_run

BATCH_SOURCES, BATCH_BYTES, BATCH_SECONDS = 500, 16_000_000, 1.0
"""What one transaction takes at most. More is hardly faster; an editor's change would wait longer behind it, and what
is read slowly would be found late."""

ALONE_SOURCES, ALONE_BYTES = 32, 1_000_000
"""Less work than this is done in the calling process: starting others would take longer."""


@dataclass(slots=True)
class IngestReport:
    """What an ingest did, in `seconds` of wall time.

    sources: sources that were read to their end
    records: records that are new
    changed: records that were read otherwise than before
    unchanged: paths that were known
    duplicates: sources whose bytes the archive has from another path
    still_quarantined: sources that failed before and were not tried
    links: links that were found among records
    failures: paths that could not be read, each with the reason
    """

    sources: int = 0
    records: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    still_quarantined: int = 0
    links: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        return not self.failures


class Progress(Protocol):
    """Told of an ingest's progress after each batch. `total` is None until all paths have been looked at."""

    def update(self, done: int, total: int | None, records: int, failures: int) -> None: ...


class _Silent:
    def update(self, done: int, total: int | None, records: int, failures: int) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Ingest:
    """What a person asks of an ingest.

    read: reads one path; a function of a module, so that other processes find it
    workers: how many processes read at once
    retry: try again what is in quarantine
    again: read anew what the archive holds already, with corrections kept on top
    access: what is allowed with new records
    who, why: what their first revision says
    wait: how many seconds to wait for another ingest to end
    """

    read: ReadPath
    workers: int = 1
    retry: bool = False
    again: bool = False
    access: Access = field(default_factory=Access)
    who: str = "mabillon"
    why: str = "ingest"
    wait: float = 10.0


def ingest(
    paths: Iterable[Path | str],
    archive: Archive,
    read: ReadPath,
    *,
    progress: Progress | None = None,
    workers: int = 1,
    retry: bool = False,
    again: bool = False,
    access: Access | None = None,
    who: str = "mabillon",
    why: str = "ingest",
    wait: float = 10.0,
) -> IngestReport:
    """Take every source below `paths` into `archive`, as `read` reads it; return what was done.

    A source that cannot be read goes into quarantine with the reason, and the others are taken in all the same.
    It may be killed at any moment and run again: nothing is lost, nothing is doubled.
    With `retry` and no paths, all that is in quarantine is tried.
    The keywords are those of `Ingest`; `progress` is told of every batch.
    Raises `ArchiveError` if the archive cannot be written, or if another ingest holds it for longer than `wait`
    seconds; what was taken in before stands.
    """
    named = list(paths) or ([failure.path for failure in archive.quarantine()] if retry else [])
    asked = Ingest(read, workers, retry, again, access or Access(), who, why, wait)
    with only_one(archive.path / LOCK, wait, "an ingest"):
        return _Run(archive, asked, progress or _Silent()).go(named)


class _Run:
    """One ingest from its start to its report."""

    def __init__(self, archive: Archive, asked: Ingest, progress: Progress) -> None:
        self.archive, self.asked, self.progress = archive, asked, progress
        self.report = IngestReport()

    def go(self, paths: Iterable[Path | str]) -> IngestReport:
        started, state = time.monotonic(), "stopped"
        store, originals = self.archive.store, self.archive.originals
        with store.writing() as connection:
            run = start_run(connection, "ingest", timestamp())
        recover(store, originals, run)
        accession = Accession(
            store, originals, run, self.asked.who, self.asked.why, self.asked.access, self.asked.again
        )
        try:
            self._take_in(accession, list(self._wanted(paths)))
            self.report.links = link_records(store)
            state = "ended"
        finally:
            self.report.seconds = time.monotonic() - started
            self._close(run, state)
        return self.report

    def _close(self, run: int, state: str) -> None:
        report = orjson.dumps(asdict(self.report)).decode()
        with self.archive.store.writing() as connection:
            end_run(connection, run, state, timestamp(), report)

    def _take_in(self, accession: Accession, todo: list[str]) -> None:
        done, report = 0, self.report
        for batch in _batches(self._read(todo)):
            outcome = accession.take_in(batch)
            report.records += outcome.records
            report.changed += outcome.changed
            report.duplicates += outcome.duplicates
            report.sources += sum(piece.whole for piece in batch) - outcome.duplicates
            report.failures += [(piece.place.path, piece.reason) for piece in batch if piece.reason is not None]
            done += sum(piece.last for piece in batch)
            self.progress.update(done, len(todo), report.records, len(report.failures))

    def _wanted(self, paths: Iterable[Path | str]) -> Iterator[str]:
        """Yield the paths that must be read: new and changed ones, those in quarantine on `retry`, all on `again`."""
        for some in chunks(find_places(paths)):
            names = [place.path for _, place in some]
            with self.archive.store.reading() as connection:
                known, failed = known_stamps(connection, names), quarantined_stamps(connection, names)
            for path, place in some:
                stamp = place.stamp if isinstance(place, Place) else None
                if isinstance(place, SourceError):
                    yield path
                elif known.get(place.path) == stamp and not self.asked.again:
                    self.report.unchanged += 1
                elif failed.get(place.path) == stamp and not self.asked.retry:
                    self.report.still_quarantined += 1
                else:
                    yield path

    def _read(self, todo: list[str]) -> Iterator[Taken]:
        incoming, asked = self.archive.originals.incoming, self.asked
        name = name_of(asked.read)
        if asked.workers > 1 and name is not None and not _is_little(todo):
            with Crew(name, incoming, asked.workers) as crew:
                yield from crew.take(todo)
            return
        for n, path in enumerate(todo):
            yield from take(path, incoming, f"{os.getpid()}-{n}", asked.read)


def _is_little(todo: list[str]) -> bool:
    if len(todo) > ALONE_SOURCES:
        return False
    return sum(os.path.getsize(path) for path in todo if os.path.isfile(path)) <= ALONE_BYTES


def _batches(pieces: Iterable[Taken]) -> Iterator[list[Taken]]:
    """Gather pieces for one transaction until they are enough, or large enough, or have waited long enough."""
    batch, size, until = list[Taken](), 0, time.monotonic() + BATCH_SECONDS
    for piece in pieces:
        batch.append(piece)
        size += sum(len(item.json) for item in piece.records)
        if len(batch) >= BATCH_SOURCES or size >= BATCH_BYTES or time.monotonic() >= until:
            yield batch
            batch, size, until = [], 0, time.monotonic() + BATCH_SECONDS
    if batch:
        yield batch
