"""`mabillon serve`: the archive in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from mabillon.cli.options import archive_option, complain


@click.command(
    epilog="""\b
Examples:
  mabillon serve
  mabillon serve --archive korea --port 8080

Stop it with Ctrl-C. It answers this machine only, unless --host says otherwise, and asks no other host for anything.
What is ingested while it runs is found at once.
"""
)
@archive_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option(
    "--quota",
    type=click.IntRange(min=0),
    default=1200,
    show_default=True,
    metavar="REQUESTS",
    help="Requests to /api/v1 that one address may make in a minute; 0: any number.",
)
def serve(archive: Path, host: str, port: int, quota: int) -> None:
    """Show the archive as a site, and answer programs under /api/v1."""
    from mabillon.archive import Archive
    from mabillon.archive.indexing import open_index
    from mabillon.archive.keeper import Keeper
    from mabillon.cli.progress import ProgressBar
    from mabillon.web.api.limits import Limits
    from mabillon.web.serve import serve as run

    bar = ProgressBar("Indexing")
    with Archive.open(archive) as opened:
        total = opened.count()
        open_index(opened, lambda count: bar.update(count, max(total, count), count, 0))
    bar.clear()
    with Keeper(archive, complain):
        run(archive, host, port, Limits(quota=quota))
