"""The whole archive, or a search, as one stream that takes the same memory however long it is."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from mabillon.publish.address import Publisher
from mabillon.publish.formats import FORMATS as FIELD_FORMATS
from mabillon.publish.formats import WriteMany
from mabillon.record import Record, encode
from mabillon.web.api.answers import tag_of
from mabillon.web.api.desk import Desk
from mabillon.web.api.operation import Stream
from mabillon.web.api.parquet import MEDIA_TYPE, write_parquet
from mabillon.web.api.shapes import QueryText
from mabillon.web.api.table import FLAT, Cell
from mabillon.web.citing import FORMATS as REFERENCES
from mabillon.web.citing import write_references

PIECE = 65536
"""Bytes after which a piece is sent."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class AskExport(msgspec.Struct, forbid_unknown_fields=True):
    format: Annotated[
        Literal[
            "jsonl",
            "csv",
            "parquet",
            "tei",
            "cmif",
            "turtle",
            "jsonld",
            "schema.org",
            "iiif",
            "annotations",
            "text",
            "bibtex",
            "ris",
            "csl",
        ],
        Meta(description="How it is written."),
    ]
    q: QueryText = ""


def export(desk: Desk, asked: AskExport) -> Stream:
    """Give the records that answer a search by date, or all by id. A search that fails does so before it begins."""
    format = FORMATS[asked.format]
    tag = tag_of(msgspec.json.encode((desk.state(), asked.format, asked.q)))
    records = desk.every(asked.q)
    first = next(records, None)
    all_of_them = chain([first], records) if first is not None else iter(())
    pieces = _gathered(format.write(all_of_them, Publisher(desk.name, desk.base), dt.date.today()))
    return Stream(pieces, format.media_type, f"{desk.name.lower()}.{format.ending}", tag)


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Put small pieces together, so that each that is sent is worth it."""
    gathered = bytearray()
    for piece in pieces:
        gathered += piece
        if len(gathered) >= PIECE:
            yield bytes(gathered)
            gathered.clear()
    yield bytes(gathered)


def write_lines(records: Iterable[Record]) -> Iterator[bytes]:
    """Yield records as JSON Lines, each exactly as the public contract has it."""
    piece = bytearray()
    for record in records:
        piece += encode(record) + b"\n"
        if len(piece) >= PIECE:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)


def write_csv(records: Iterable[Record]) -> Iterator[bytes]:
    """Yield records as CSV (RFC 4180, with names of columns); lists are joined by "; "."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column.name for column in FLAT)
    for record in records:
        writer.writerow([harmless(_flat(column.read(record))) for column in FLAT])
        if out.tell() >= PIECE:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    written = out.getvalue().encode("utf-8", "replace")
    out.seek(0)
    out.truncate()
    return written


def _flat(cell: Cell) -> str | int | None:
    return "; ".join(cell) if isinstance(cell, list) else cell


def harmless(cell: str | int | None) -> str | int | None:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe stands before it (OWASP, CSV Injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


@dataclass(frozen=True, slots=True)
class Format:
    """How many records are written, piece by piece: the end of a file's name, the media type, and what writes them."""

    ending: str
    media_type: str
    write: WriteMany


def _bare(write: Callable[[Iterable[Record]], Iterator[bytes]]) -> WriteMany:
    return lambda records, publisher, day: write(records)


def _references(format: str) -> Format:
    return Format(format, REFERENCES[format], lambda found, publisher, day: write_references(format, found, publisher))


FORMATS = {
    "jsonl": Format("jsonl", "application/jsonl", _bare(write_lines)),
    "csv": Format("csv", "text/csv; charset=utf-8", _bare(write_csv)),
    "parquet": Format("parquet", MEDIA_TYPE, _bare(write_parquet)),
    **{one.name: Format(one.ending, one.media_type, one.write_many) for one in FIELD_FORMATS},
    "bibtex": _references("bib"),
    "ris": _references("ris"),
    "csl": _references("csl.json"),
}
"""Name → format, for searches and whole archives."""
