"""`mabillon export`: an archive, or a search of it, in the formats of the field."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from mabillon.cli.options import Failure, archive_option
from mabillon.cli.progress import ProgressBar

if TYPE_CHECKING:
    from mabillon.archive import Archive
    from mabillon.publish.address import Publisher
    from mabillon.publish.ead3 import Unit
    from mabillon.record import Record

FORMATS = ("jsonl", "csv", "parquet", "tei", "cmif", "ead", "turtle", "jsonld", "schema.org", "iiif", "annotations",
           "text", "bibtex", "ris", "csl", "package")  # fmt: skip


@click.command(
    epilog="""\b
Examples:
  mabillon export tei -o korea.xml
  mabillon export cmif --address https://archive.example.org from:Shtykov > shtykov.xml
  mabillon export ead --archive korea -o finding-aid.xml
  mabillon export ris date:1950 | less
  mabillon export package --licence https://creativecommons.org/licenses/by/4.0/ -o korea-records.zip

WORDS are a search, as mabillon search takes it; without them all records go out. Only what everybody may see
does. It is written as it is read, so that any number of records takes the same memory. jsonl holds each record
whole, and so does tei: mabillon ingest takes a TEI export in again without reading it anew. docs/interchange.md
says what the others hold. package is a folder, or a ZIP, to be cited and kept: JSON Lines, CSV and Parquet with a
description (RO-Crate), checksums, a version and the terms; two runs over the same archive write the same.
"""
)
@click.argument("format", type=click.Choice(FORMATS), metavar="FORMAT")
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@archive_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write, of a package the folder or ZIP; standard output if it is not given.",
)
@click.option("--address", default="", metavar="URL", help="Where the site of the archive is; records are named by it.")
@click.option("--name", default="Mabillon", show_default=True, metavar="NAME", help="The name of the archive.")
@click.option("--licence", default="", metavar="URL", help="The terms under which the descriptions may be used.")
@click.option("--version", default="", metavar="TEXT", help="The version of a package.  [default: its day and content]")
def export(
    format: str, words: tuple[str, ...], archive: Path, output: Path | None, address: str, name: str, licence: str,
    version: str,
) -> None:  # fmt: skip
    """Write records in FORMAT: jsonl, csv, parquet, tei, cmif, ead, turtle, jsonld, schema.org, iiif, annotations,
    text, bibtex, ris, csl or package."""
    from mabillon.archive import Archive
    from mabillon.publish.address import Publisher

    if format == "ead" and words:
        raise click.UsageError("A finding aid describes the whole archive: give no WORDS with ead.")
    if format in ("iiif", "annotations") and not address:
        raise click.UsageError("IIIF names everything by its address: say with --address where the site is.")
    publisher = Publisher(name, address.rstrip("/"), licence)
    bar = ProgressBar("Exporting")
    with Archive.open(archive) as opened, _refusals():
        if format == "package":
            _package(" ".join(words), opened, publisher, output, version, bar)
            return
        if version:
            raise click.UsageError("Only a package has a version.")
        with _written(output) as out:
            for piece in _pieces(format, " ".join(words), opened, publisher, bar):
                out.write(piece)
    bar.clear()


def _package(
    query: str, archive: Archive, publisher: Publisher, output: Path | None, version: str, bar: ProgressBar
) -> None:
    from mabillon.archive.indexing import open_index
    from mabillon.web.api.desk import Desk
    from mabillon.web.packaging import write_package

    if output is None:
        raise click.UsageError("A package is many files: say with -o into which folder, or file that ends in .zip.")
    if query:
        open_index(archive)
    desk = Desk(archive)
    total = desk.count(query) if query else archive.count()
    package = write_package(desk, query, output, publisher, version, lambda done: bar.update(done, total, done, 0))
    bar.clear()
    click.echo(f"{output}: {package.records:,} records, version {package.version}")


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn what the API would answer (a library that is not installed, say) into an error of the command."""
    from mabillon.web.api.answers import Refusal

    try:
        yield
    except Refusal as refusal:
        raise Failure(refusal.problem.detail) from refusal


def _pieces(format: str, query: str, archive: Archive, publisher: Publisher, bar: ProgressBar) -> Iterator[bytes]:
    import datetime as dt

    from mabillon.archive.finding_aid import walk_levels
    from mabillon.archive.indexing import open_index
    from mabillon.publish.ead3 import write_ead
    from mabillon.record import Record
    from mabillon.web.api.desk import Desk
    from mabillon.web.api.export import FORMATS as WRITERS
    from mabillon.web.oai import unit_of

    if format == "ead":
        total, done = archive.count(), 0

        def steps() -> Iterator[Unit | Record | None]:
            nonlocal done
            for step in walk_levels(archive):
                done += isinstance(step, Record)
                bar.update(done, total, done, 0)
                yield unit_of(step) if step is not None and not isinstance(step, Record) else step

        return write_ead(steps(), publisher, dt.date.today())
    if query:
        open_index(archive)
    desk = Desk(archive)
    counted = _counted(desk.every(query), desk.count(query) if query else archive.count(), bar)
    return WRITERS[format].write(counted, publisher, dt.date.today())


def _counted(records: Iterator[Record], total: int, bar: ProgressBar) -> Iterator[Record]:
    for done, record in enumerate(records, 1):
        yield record
        bar.update(done, total, done, 0)


@contextmanager
def _written(output: Path | None) -> Iterator[BinaryIO]:
    """Give a file that is put in its place when it is whole."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = output.with_name(output.name + ".part")
    try:
        with part.open("wb") as out:
            yield out
        part.replace(output)
    except OSError as error:
        raise click.ClickException(f"{output}: cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
