"""Verification: every fixity is taken anew, and store, originals and index are held against one another."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from mabillon.archive.access import ARCHIVIST
from mabillon.archive.archive import Archive
from mabillon.archive.fixity import ObjectCheck, check_object
from mabillon.errors import ArchiveError
from mabillon.search.index import Index, IndexMissing, damaged_files
from mabillon.store import soundness
from mabillon.store.counters import last
from mabillon.store.records import count_records

Tell = Callable[[int, int], None]
"""Told how many objects of how many have been checked."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be. An `error` means loss or damage; a `note` can be mended by a command."""

    severity: str
    where: str
    message: str


@dataclass(slots=True)
class VerifyReport:
    """What a verification found. `sources` and `bytes` count the originals whose fixity was taken."""

    sources: int = 0
    bytes: int = 0
    records: int = 0
    seconds: float = 0.0
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not any(problem.severity == "error" for problem in self.problems)


def verify(archive: Archive, tell: Tell = lambda done, total: None) -> VerifyReport:
    """Check the whole archive and return what is wrong with it. Changes nothing.

    The threads wait for the disk and for the hashing, which both let go of the interpreter.
    """
    started, report = time.monotonic(), VerifyReport()
    with ThreadPoolExecutor(3) as threads:
        store = threads.submit(_check_store, archive, report)
        names = archive.originals.names()
        checks = threads.map(lambda name: check_object(archive.originals, name), names)
        for n, check in enumerate(checks, 1):
            _settle(archive, check, report)
            tell(n, len(names))
        report.problems += store.result()
    report.problems += _missing_objects(archive, names)
    report.problems += _check_index(archive)
    report.problems.sort(key=lambda problem: (problem.severity, problem.where, problem.message))
    report.seconds = time.monotonic() - started
    return report


def _settle(archive: Archive, check: ObjectCheck, report: VerifyReport) -> None:
    """Hold one object against what the store says of it."""
    report.sources += len(check.sizes)
    report.bytes += sum(check.sizes.values())
    report.problems += [Problem("error", where, message) for where, message in check.problems]
    with archive.store.reading() as connection:
        said = soundness.sources_of_object(connection, check.name)
        newest = f"accession-{last(connection, 'object'):08d}"
    for sha256, source in said.items():
        if sha256 not in check.sizes:
            message = f"the original {sha256} ({source.filename}) is missing"
            report.problems.append(Problem("error", check.name, message))
        elif check.sizes[sha256] != source.size:
            report.problems.append(Problem("error", check.name, f"the original {sha256} has changed its size"))
    strangers = check.sizes.keys() - said.keys()
    if strangers and check.name <= newest:
        message = f"the store does not know {len(strangers)} of its originals"
        report.problems.append(Problem("error", check.name, message))
    elif strangers:
        report.problems.append(Problem("note", check.name, "an ingest was stopped here; the next one takes it up"))


def _missing_objects(archive: Archive, names: list[str]) -> Iterator[Problem]:
    with archive.store.reading() as connection:
        missing = soundness.objects_named(connection) - set(names)
    for name in sorted(missing):
        if not (archive.originals.root / name).is_dir():  # it may have come in meanwhile
            yield Problem("error", name, "the object and all originals in it are missing")


def _check_store(archive: Archive, report: VerifyReport) -> list[Problem]:
    with archive.store.reading() as connection:
        report.records = count_records(connection, ARCHIVIST.condition())
        where = archive.store.name
        found = [Problem("error", where, message) for message in soundness.damages(connection)]
        found += [Problem("error", where, message) for message in soundness.disagreements(connection)]
        if unread := soundness.unread_sources(connection):
            message = f"{unread} sources are kept but not wholly read; ingest their folder again"
            found.append(Problem("note", where, message))
    return found


def _check_index(archive: Archive) -> Iterator[Problem]:
    """The index can always be made anew, so whatever is wrong with it is a note."""
    where, mend = str(archive.index), "mabillon reindex makes it anew"
    try:
        with Index.open(archive.index) as index:
            if index.state.seq != archive.newest():
                yield Problem("note", where, "the index is behind the archive; the next search brings it up")
                return
            for sentence in damaged_files(archive.index):
                yield Problem("note", where, f"{sentence}; {mend}")
            indexed = set(index.ids())
    except IndexMissing:
        yield Problem("note", where, f"there is no index; {mend}")
        return
    except ArchiveError as failure:
        yield Problem("note", where, f"{failure}; {mend}")
        return
    held = set(archive.ids(ARCHIVIST))
    if indexed != held:
        message = f"{len(held - indexed)} records are not in the index, {len(indexed - held)} should not be"
        yield Problem("note", where, f"{message}; {mend}")
