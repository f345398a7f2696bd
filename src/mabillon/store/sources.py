"""Sources: what bytes the archive holds, where they were found, what could not be read, and the runs that did it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, update

from mabillon.store.bulk import Row, chunks, insert_rows
from mabillon.store.counters import take
from mabillon.store.place import Place
from mabillon.store.schema import paths, quarantine, runs, sources

KEPT, READ = "kept", "read"


@dataclass(frozen=True, slots=True)
class KeptSource:
    """A source whose bytes the archive holds, in the OCFL object `object`."""

    sha256: str
    size: int
    filename: str
    object: str
    state: str


def start_run(connection: Connection, kind: str, at: str) -> int:
    number = take(connection, "run")
    insert_rows(connection, runs, [(number, kind, at, None, "running", None)])
    return number


def end_run(connection: Connection, run: int, state: str, at: str, report: str) -> None:
    connection.execute(update(runs).where(runs.c.id == run).values(ended=at, state=state, report=report))


def mark_killed(connection: Connection, but: int) -> None:
    """Note of all runs `but` one, which say that they are running, that they were killed."""
    dead = (runs.c.state == "running") & (runs.c.id != but)
    connection.execute(update(runs).where(dead).values(state="killed"))


def insert_sources(connection: Connection, kept: Sequence[KeptSource], run: int, at: str, reader: str | None) -> None:
    rows: list[Row] = [
        (source.sha256, source.size, source.filename, source.object, source.state, reader, run, at) for source in kept
    ]
    insert_rows(connection, sources, rows)


def mark_read(connection: Connection, digests: Iterable[str], reader: str) -> None:
    """Note that all records of these sources stand, as `reader` read them."""
    for some in chunks(digests):
        connection.execute(update(sources).where(sources.c.sha256.in_(some)).values(state=READ, reader=reader))


def find_sources(connection: Connection, digests: Iterable[str]) -> dict[str, KeptSource]:
    """Return SHA-256 → source for those that the archive holds."""
    found: dict[str, KeptSource] = {}
    columns = (sources.c.sha256, sources.c.size, sources.c.filename, sources.c.object, sources.c.state)
    for some in chunks(digests):
        for row in connection.execute(select(*columns).where(sources.c.sha256.in_(some))):
            found[row.sha256] = KeptSource(*row)
    return found


def put_paths(connection: Connection, found: Sequence[tuple[Place, str]]) -> None:
    """Note that each place holds the bytes of this SHA-256; what was noted of the path before is forgotten."""
    for some in chunks(place.path for place, _ in found):
        connection.execute(delete(paths).where(paths.c.path.in_(some)))
        connection.execute(delete(quarantine).where(quarantine.c.path.in_(some)))
    insert_rows(connection, paths, [(place.path, sha256, *place.stamp) for place, sha256 in found])


def known_stamps(connection: Connection, found: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    """Return path → stamp of those paths whose source is wholly read."""
    known: dict[str, tuple[int, int, int]] = {}
    columns = (paths.c.path, paths.c.size, paths.c.mtime_ns, paths.c.inode)
    for some in chunks(found):
        query = select(*columns).join_from(paths, sources).where(paths.c.path.in_(some), sources.c.state == READ)
        known.update((path, (size, mtime, inode)) for path, size, mtime, inode in connection.execute(query))
    return known


@dataclass(frozen=True, slots=True)
class Failure:
    """A source in quarantine: it could not be read, and why."""

    path: str
    reason: str
    tries: int
    failed: str


def quarantine_places(connection: Connection, failed: Sequence[tuple[Place, str]], run: int, at: str) -> None:
    """Put the places in quarantine with the reason; count one more try where they are there already."""
    tries: dict[str, int] = {}
    for some in chunks(place.path for place, _ in failed):
        there = quarantine.c.path.in_(some)
        query = select(quarantine.c.path, quarantine.c.tries).where(there)
        tries.update((row.path, row.tries) for row in connection.execute(query))
        connection.execute(delete(quarantine).where(there))
    rows = [(p.path, reason, *p.stamp, tries.get(p.path, 0) + 1, run, at) for p, reason in failed]
    insert_rows(connection, quarantine, rows)


def quarantined_stamps(connection: Connection, found: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    """Return path → stamp of those paths that are in quarantine."""
    known: dict[str, tuple[int, int, int]] = {}
    columns = (quarantine.c.path, quarantine.c.size, quarantine.c.mtime_ns, quarantine.c.inode)
    for some in chunks(found):
        for row in connection.execute(select(*columns).where(quarantine.c.path.in_(some))):
            known[row.path] = (row.size, row.mtime_ns, row.inode)
    return known


def list_quarantine(connection: Connection) -> list[Failure]:
    columns = (quarantine.c.path, quarantine.c.reason, quarantine.c.tries, quarantine.c.failed)
    return [Failure(*row) for row in connection.execute(select(*columns).order_by(quarantine.c.path))]
