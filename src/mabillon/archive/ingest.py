"""Ingest: read sources, keep their bytes, take their records in, batch by batch, and say at the end what was done."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from mabillon.archive.accession import accession, recover, timestamp
from mabillon.archive.archive import Archive
from mabillon.archive.prepare import ReadPath, Taken, take
from mabillon.archive.walk import find_places
from mabillon.store.bulk import chunks
from mabillon.store.records import Change
from mabillon.store.sources import Place, end_run, known_stamps, quarantined_stamps, start_run

BATCH_SOURCES, BATCH_BYTES = 500, 32_000_000


@dataclass(slots=True)
class IngestReport:
    """What an ingest did. `seconds` is wall time; `failures` pairs each path with the reason."""

    sources: int = 0
    records: int = 0
    unchanged: int = 0
    duplicates: int = 0
    still_quarantined: int = 0
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


def ingest(
    paths: Iterable[Path | str],
    archive: Archive,
    read: ReadPath,
    *,
    progress: Progress | None = None,
    workers: int = 1,
    retry: bool = False,
    who: str = "mabillon",
    why: str = "ingest",
) -> IngestReport:
    """Take every source below `paths` into `archive`, as `read` reads it; return what was done.

    A source that cannot be read goes into quarantine with the reason, and the others are taken in all the same.
    It may be killed at any moment and run again: nothing is lost, nothing is doubled.
    Raises `ArchiveError` if the archive cannot be written; what was taken in before stands.
    """
    started, report = time.monotonic(), IngestReport()
    with archive.store.writing() as connection:
        run = start_run(connection, "ingest", timestamp())
    recover(archive.store, archive.originals, run)
    teller = progress or _Silent()
    done = 0
    todo = list(_changed(archive, find_places(paths), retry, report))
    for batch in _batches(_read(todo, archive, read)):
        at = timestamp()
        report.records += accession(archive.store, archive.originals, batch, run, Change("read", who, why, at))
        report.sources += sum(piece.whole for piece in batch)
        report.failures += [(piece.place.path, piece.reason) for piece in batch if piece.reason is not None]
        done += sum(piece.last for piece in batch)
        teller.update(done, len(todo), report.records, len(report.failures))
    report.seconds = time.monotonic() - started
    with archive.store.writing() as connection:
        end_run(connection, run, "ended", timestamp(), "")
    return report


def _changed(archive: Archive, places: Iterator[Place], retry: bool, report: IngestReport) -> Iterator[Place]:
    """Yield the places that must be read: new or changed ones, and with `retry` those in quarantine."""
    for some in chunks(places):
        names = [place.path for place in some]
        with archive.store.reading() as connection:
            known, failed = known_stamps(connection, names), quarantined_stamps(connection, names)
        for place in some:
            if known.get(place.path) == place.stamp:
                report.unchanged += 1
            elif not retry and failed.get(place.path) == place.stamp:
                report.still_quarantined += 1
            else:
                yield place


def _read(places: Iterable[Place], archive: Archive, read: ReadPath) -> Iterator[Taken]:
    for n, place in enumerate(places):
        yield from take(Path(place.path), archive.originals.incoming, f"source-{n}", read)


def _batches(pieces: Iterable[Taken]) -> Iterator[list[Taken]]:
    """Gather pieces until there are enough of them, or enough bytes in them, for one transaction."""
    batch, size = list[Taken](), 0
    for piece in pieces:
        batch.append(piece)
        size += sum(len(item.json) for item in piece.records)
        if len(batch) >= BATCH_SOURCES or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
