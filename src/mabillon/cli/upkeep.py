"""`mabillon reindex`: the work that keeps an archive in order."""

from __future__ import annotations

from pathlib import Path

import click

from mabillon.cli.options import archive_option
from mabillon.cli.progress import ProgressBar


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
