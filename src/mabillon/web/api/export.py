"""The whole archive, or a search, as one stream that takes the same memory however long it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from mabillon.record import Record, encode
from mabillon.web.api.answers import tag_of
from mabillon.web.api.desk import Desk
from mabillon.web.api.operation import Stream
from mabillon.web.api.parquet import MEDIA_TYPE, write_parquet
from mabillon.web.api.shapes import QueryText
from mabillon.web.api.table import FLAT, Cell

PIECE = 65536
"""Bytes after which a piece is sent."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class AskExport(msgspec.Struct, forbid_unknown_fields=True):
    format: Annotated[Literal["jsonl", "csv", "parquet"], Meta(description="How it is written.")]
    q: QueryText = ""


def export(desk: Desk, asked: AskExport) -> Stream:
    """Give the records that answer a search by date, or all by id. A search that fails does so before it begins."""
    media_type, write = FORMATS[asked.format]
    tag = tag_of(msgspec.json.encode((desk.state(), asked.format, asked.q)))
    records = desk.every(asked.q)
    first = next(records, None)
    pieces = write(chain([first], records) if first is not None else ())
    return Stream(pieces, media_type, f"{desk.name.lower()}.{asked.format}", tag)


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


FORMATS: dict[str, tuple[str, Callable[[Iterable[Record]], Iterator[bytes]]]] = {
    "jsonl": ("application/jsonl", write_lines),
    "csv": ("text/csv; charset=utf-8", write_csv),
    "parquet": (MEDIA_TYPE, write_parquet),
}
"""Format → its media type, and what writes it."""
