"""`/api/v1/export.*`: the whole archive, or a search, as one stream."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Callable, Iterator, Sequence

import anyio
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from mabillon.record import Record, encode
from mabillon.web.api.answers import OPEN, Refusal, api
from mabillon.web.api.parameters import read_parameters
from mabillon.web.api.parquet import Cell, Column, ParquetWriter
from mabillon.web.api.records import holdings_of
from mabillon.web.api.search import QUERY
from mabillon.web.holdings import Holdings

BATCH = 200
"""Records that are read before the stream lets others have their turn."""

EXPORT = (QUERY,)
COLUMNS = (
    Column("id"), Column("type"), Column("date"), Column("title"), Column("numbers"), Column("senders"),
    Column("senders_places"), Column("recipients"), Column("copies"), Column("precedence"), Column("classification"),
    Column("language"), Column("sent"), Column("received"), Column("findings"), Column("enclosures", whole=True),
    Column("citation"), Column("filename"),
)  # fmt: skip
FORMATS = {
    "jsonl": "application/jsonl",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@api
async def api_export(request: Request) -> Response:
    format = request.path_params["format"]
    if format not in FORMATS:
        raise Refusal(404, f"There is no export as {format[:20]!r}; there are: {', '.join(FORMATS)}.")
    words = read_parameters(request, EXPORT)["q"] or ""
    holdings = holdings_of(request)
    batches = _found(holdings, words) if words else _all(holdings)
    first = next(batches, [])  # before the answer begins, so that what cannot be searched is a problem, not a cut
    headers = {"Content-Disposition": f'attachment; filename="mabillon.{format}"', **OPEN}
    stream = _stream(first, batches, _writers()[format])
    return StreamingResponse(stream, media_type=FORMATS[format], headers=headers)


def _all(holdings: Holdings) -> Iterator[list[Record]]:
    after: str | None = None
    while page := list(holdings.records(after, BATCH)):
        yield page
        after = page[-1].id


def _found(holdings: Holdings, words: str) -> Iterator[list[Record]]:
    """Yield the records that answer a search, by date."""
    cursor: str | None = None
    while True:
        found = holdings.search(words, "date", BATCH, cursor, facets=False)
        records = (holdings.record(entry.id) for entry in found.entries)
        yield [record for record in records if record is not None]
        if found.next is None:
            return
        cursor = found.next


Write = Callable[[list[Record] | None], bytes]
"""Gives the bytes of a batch; for None, of the end."""


async def _stream(first: list[Record], rest: Iterator[list[Record]], write: Write) -> AsyncIterator[bytes]:
    yield write(first)
    for batch in rest:
        await anyio.sleep(0)
        yield write(batch)
    yield write(None)


def _writers() -> dict[str, Write]:
    return {"jsonl": _write_lines, "csv": _csv_writer(), "parquet": _parquet_writer()}


def _write_lines(batch: list[Record] | None) -> bytes:
    return b"".join(encode(record) + b"\n" for record in batch or ())


def _csv_writer() -> Write:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column.name for column in COLUMNS)

    def write(batch: list[Record] | None) -> bytes:
        for record in batch or ():
            writer.writerow([_harmless(cell) for cell in row_of(record)])
        written = out.getvalue()
        out.seek(0)
        out.truncate()
        return written.encode("utf-8", "replace")

    return write


def _harmless(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula (OWASP, CSV Injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _parquet_writer() -> Write:
    writer = ParquetWriter(COLUMNS)
    begun = False

    def write(batch: list[Record] | None) -> bytes:
        nonlocal begun
        head = b"" if begun else writer.begin()
        begun = True
        if batch is None:
            return head + writer.end()
        return head + (writer.group([row_of(record) for record in batch]) if batch else b"")

    return write


def row_of(record: Record) -> list[Cell]:
    """Return a record as a row of COLUMNS; lists are joined by "; ", what is absent is None."""
    copies = record.copies.entries if record.copies else ()
    citation = record.catalogue.citation if record.catalogue else None
    cells: list[Cell] = [
        record.id, _said(record.type), _said(record.date), _said(record.title),
        _joined([str(number.value) for number in record.numbers]),
        _joined([agent.value for agent in record.senders]),
        _joined([str(agent.place.value) for agent in record.senders if agent.place]),
        _joined([agent.value for agent in record.recipients]),
        _joined([str(copy.recipient.value) for copy in copies if copy.recipient]),
        _said(record.precedence), _said(record.classification), _said(record.language),
        _time(record, "sent"), _time(record, "received"), _joined([finding.id for finding in record.findings]),
        len(record.enclosures), _said(citation), record.source.filename if record.source else None,
    ]  # fmt: skip
    return cells


def _said(value: object) -> str | None:
    return None if value is None else str(getattr(value, "value", value))


def _joined(words: Sequence[str]) -> str | None:
    return "; ".join(words) or None


def _time(record: Record, type: str) -> str | None:
    return next((str(e.time.value) for e in record.events if e.type.value == type and e.time), None)
