"""A document's whole way from bytes to a checked record, on one page. It needs no database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mabillon.checks import check
from mabillon.document import Document
from mabillon.form import split
from mabillon.reading import read
from mabillon.record import Record
from mabillon.source import open_source


def read_path(path: Path | str) -> Iterator[Record]:
    """Yield the records of one source, in source order.

    Raises `SourceError` where the source cannot be read, after the records that came before the fault.
    """
    for document in open_source(path):
        yield from read_document(document)


def read_document(document: Document) -> Iterator[Record]:
    """Yield the records of one opened document: cut it, read it, check it. One that is described already stays so."""
    if document.described is not None:
        yield document.described
        return
    for part in split(document):
        record = read(part)
        record.findings = check(record)
        yield record
