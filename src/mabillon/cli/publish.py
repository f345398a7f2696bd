"""`mabillon publish`: the archive as a site of plain files."""

from __future__ import annotations

from pathlib import Path

import click

from mabillon.cli.options import archive_option
from mabillon.cli.progress import ProgressBar


@click.command(
    epilog="""\b
Examples:
  mabillon publish site
  mabillon publish --archive korea --address https://archive.example.org site
  cd site && python3 -m http.server

DEST, which must be absent or empty, becomes a site that any web server can show: the pages, a search that runs in the
browser, every record in every format, and the data. Only what everybody may see is in it. Two runs over the same
archive write the same files.
"""
)
@click.argument("dest", type=click.Path(path_type=Path))
@archive_option
@click.option("--address", default="", metavar="URL", help="Where the site will be; makes sitemaps and full addresses.")
@click.option("--name", default="Mabillon", show_default=True, metavar="NAME", help="The name of the archive.")
def publish(dest: Path, archive: Path, address: str, name: str) -> None:
    """Write the archive into the folder DEST as a site of plain files."""
    from mabillon.archive import Archive
    from mabillon.archive.indexing import open_index
    from mabillon.publish.address import Publisher
    from mabillon.web.publishing import publish as write

    with Archive.open(archive) as opened:
        open_index(opened)
    bar = ProgressBar("Publishing")
    count = write(
        archive, dest, Publisher(name, address.rstrip("/")), lambda done, total: bar.update(done, total, done, 0)
    )
    bar.clear()
    click.echo(f"{dest}: {count:,} records published")
