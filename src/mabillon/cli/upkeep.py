"""`mabillon verify`, `backup`, `preserve`, `restore` and `reindex`: the work that keeps an archive in order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mabillon.cli.options import archive_option, complain
from mabillon.cli.progress import ProgressBar

if TYPE_CHECKING:
    from mabillon.archive.backup import BackupReport


@click.command(
    epilog="""\b
Examples:
  mabillon reindex
  mabillon reindex --archive korea

Searches go on meanwhile with the index as it was. The archive itself is only read.
"""
)
@archive_option
def reindex(archive: Path) -> None:
    """Make the index of the archive anew from what the archive holds."""
    from mabillon.archive import Archive
    from mabillon.archive.indexing import rebuild

    bar = ProgressBar("Indexing")
    with Archive.open(archive) as opened:
        total = opened.count()
        count = rebuild(opened, lambda done: bar.update(done, max(total, done), done, 0))
    bar.clear()
    click.echo(f"{count:,} records indexed")


@click.command(
    epilog="""\b
Examples:
  mabillon verify
  mabillon verify --archive korea

Nothing is changed. What is lost or damaged is an error, and the exit status is then 1; a note says what a command
mends. An original that has been altered comes back with the last backup: mabillon restore.
"""
)
@archive_option
def verify(archive: Path) -> None:
    """Take the fixity of every original anew, and hold store, originals and index against one another."""
    from mabillon.archive import Archive
    from mabillon.archive.verify import verify as check

    bar = ProgressBar("Verifying")
    with Archive.open(archive) as opened:
        report = check(opened, lambda done, total: bar.update(done, total, done, 0))
    bar.clear()
    for problem in report.problems:
        complain(f"{problem.severity}: {problem.where}: {problem.message}")
    said = f"{report.sources:,} originals ({report.bytes:,} bytes) and {report.records:,} records verified"
    click.echo(f"{said}: {'all is well' if report.ok else 'something is lost or damaged'} ({report.seconds:.1f} s)")
    if not report.ok:
        raise click.exceptions.Exit(1)


@click.command(
    epilog="""\b
Examples:
  mabillon backup /mnt/disk/korea
  mabillon backup --archive korea /mnt/disk/korea

The archive may be read and written meanwhile: the copy holds it as it was at one moment. A second backup to the same
place copies only what is new. A backup is an archive itself; mabillon verify --archive DEST checks it.
"""
)
@click.argument("dest", type=click.Path(path_type=Path))
@archive_option
def backup(dest: Path, archive: Path) -> None:
    """Copy the archive to the folder DEST."""
    from mabillon.archive import Archive
    from mabillon.archive.backup import backup as copy

    bar = ProgressBar("Copying")
    with Archive.open(archive) as opened:
        report = copy(opened, dest, lambda done, total: bar.update(done, total, done, 0))
    bar.clear()
    _tell_copied(report, dest)


@click.command(
    epilog="""\b
Examples:
  mabillon preserve /mnt/disk/korea-2026
  mabillon preserve --archive korea --name "Korea Archive" /mnt/disk/korea-2026

DEST becomes a bag (BagIt 1.0) with the originals as an OCFL storage root, every table of the database as JSON Lines,
the records, and the vocabularies: enough to read the archive without this program. What is closed or redacted is in it
too, so keep it as the archive itself is kept. mabillon restore makes an archive from it that is equal to this one.
"""
)
@click.argument("dest", type=click.Path(path_type=Path))
@archive_option
@click.option("--name", default="", metavar="NAME", help="The name of the archive, for the bag's description.")
def preserve(dest: Path, archive: Path, name: str) -> None:
    """Write the whole archive into the folder DEST for preservation."""
    from mabillon.archive import Archive
    from mabillon.archive.preserving import preserve as write

    bar = ProgressBar("Preserving")
    with Archive.open(archive) as opened:
        report = write(opened, dest, name, lambda done, total: bar.update(done, total, done, 0))
    bar.clear()
    click.echo(f"{dest}: a bag of {report.records:,} records and {report.tables} tables")


@click.command(
    epilog="""\b
Examples:
  mabillon restore /mnt/disk/korea --archive korea

SOURCE is a backup, or a bag that mabillon preserve wrote: its fixity is taken first. The folder of the archive must be
absent or empty: move a damaged archive away first. The index is made anew by the first search.
"""
)
@click.argument("source", type=click.Path(path_type=Path))
@archive_option
def restore(source: Path, archive: Path) -> None:
    """Bring the backup or bag SOURCE back as the archive."""
    from mabillon.archive.backup import restore as bring_back
    from mabillon.archive.preserving import is_bag, restore_bag

    if is_bag(source):
        bar = ProgressBar("Judging")
        made = restore_bag(source, archive, lambda done, total: bar.update(done, total, done, 0))
        bar.clear()
        click.echo(f"{archive}: {made.records:,} records restored from a bag that is whole")
        return
    bar = ProgressBar("Copying")
    report = bring_back(source, archive, lambda done, total: bar.update(done, total, done, 0))
    bar.clear()
    _tell_copied(report, archive)


def _tell_copied(report: BackupReport, place: Path) -> None:
    for where, message in report.problems:
        complain(f"error: {where}: {message}")
    click.echo(f"{place}: {report.copied:,} batches of originals copied, {report.kept:,} were there already")
    if not report.ok:
        raise click.exceptions.Exit(1)
