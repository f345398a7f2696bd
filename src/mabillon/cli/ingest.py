"""`mabillon ingest`: take documents into an archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mabillon.cli.options import archive_option, complain, workers_option
from mabillon.cli.progress import ProgressBar

if TYPE_CHECKING:
    from mabillon.archive import IngestReport


@click.command(
    epilog="""\b
Examples:
  mabillon ingest cables/
  mabillon ingest --archive korea cables/ letters/volume-7.xml
  mabillon ingest --archive korea --retry

The archive is made where there is none. What it holds already is not read again, so a folder can be ingested
as often as it grows, and a run that was stopped is simply started anew. A source that cannot be read is named
with the reason and kept in quarantine; the others go in, and the exit status is then 1.
"""
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@archive_option
@click.option("--retry", is_flag=True, help="Try again what failed before (all of it, if no PATH is given).")
@click.option("--again", is_flag=True, help="Read anew what the archive holds; corrections stay on top.")
@workers_option
def ingest(paths: tuple[Path, ...], archive: Path, retry: bool, again: bool, workers: int) -> None:
    """Read documents and take them into the archive, their originals byte for byte."""
    if not paths and not retry:
        raise click.UsageError("Missing argument 'PATH...'.")
    from mabillon.archive import Archive, link_names
    from mabillon.archive import ingest as take_in
    from mabillon.archive.across.following import follow_findings
    from mabillon.archive.indexing import open_index
    from mabillon.archive.keeper import Keeper
    from mabillon.archive.knowing import follow_knowledge
    from mabillon.archive.series.following import follow_series
    from mabillon.pipeline import read_path

    bar = ProgressBar("Ingesting")
    with Archive.open(archive, create=True) as opened:
        with Keeper(archive, complain):
            report = take_in(paths, opened, read_path, progress=bar, workers=workers, retry=retry, again=again)
        bar.clear()
        held = opened.count()
        indexing = ProgressBar("Indexing")
        open_index(opened, lambda done: indexing.update(done, max(held, done), done, 0))
        indexing.clear()
        linking = ProgressBar("Linking names")
        link_names(opened, lambda done: linking.update(done, max(held, done), done, 0))
        linking.clear()
        fitting = ProgressBar("Fitting series")
        follow_series(opened.store, lambda done: fitting.update(done, max(held, done), done, 0))
        fitting.clear()
        comparing = ProgressBar("Comparing")
        follow_findings(opened.store, lambda done: comparing.update(done, max(held, done), done, 0))
        comparing.clear()
        knowing = ProgressBar("Who knew what")
        follow_knowledge(opened.store, lambda done: knowing.update(done, max(held, done), done, 0))
        knowing.clear()
    for path, reason in report.failures:
        complain(f"{path}: {reason}")
    click.echo(_said(report, archive, held))
    if not report.ok:
        raise click.exceptions.Exit(1)


def _said(report: IngestReport, archive: Path, held: int) -> str:
    """Return the report in a sentence."""
    parts = [f"{report.records:,} records from {report.sources:,} sources taken in"]
    if report.changed:
        parts.append(f"{report.changed:,} records read otherwise than before")
    if report.unchanged:
        parts.append(f"{report.unchanged:,} sources held already")
    if report.duplicates:
        parts.append(f"{report.duplicates:,} duplicates")
    if report.still_quarantined:
        parts.append(f"{report.still_quarantined:,} still in quarantine (--retry tries them again)")
    if report.failures:
        parts.append(f"{len(report.failures):,} could not be read")
    return f"{', '.join(parts)}; {archive} holds {held:,} records ({report.seconds:.1f} s)"
