"""Records: exactly as the public contract has them, and what stands beside them."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import quote

import msgspec
from msgspec import Meta

from mabillon.record import Record, encode
from mabillon.web.api.answers import Refusal
from mabillon.web.api.desk import Desk
from mabillon.web.api.operation import Body
from mabillon.web.api.shapes import Entry, Level, Limit, Linked, RecordId, Related
from mabillon.web.citing import STYLES, cite, csl, reference_of

NO_RECORD = "There is no such record, or none that is open to you."


class AskRecords(msgspec.Struct, forbid_unknown_fields=True):
    after: Annotated[str, Meta(max_length=200, description="`next` of the page before: the id it ended with.")] = ""
    limit: Limit = 50


class AskRecord(msgspec.Struct, forbid_unknown_fields=True):
    id: RecordId


def list_records(desk: Desk, asked: AskRecords) -> Body:
    page = list(desk.archive.records(desk.reader, asked.after or None, asked.limit + 1))
    shown = page[: asked.limit]
    following = shown[-1].id if len(page) > len(shown) else None
    body = b'{"records":[%s],"next":%s}' % (b",".join(map(encode, shown)), msgspec.json.encode(following))
    return Body(body, next=following)


def get_record(desk: Desk, asked: AskRecord) -> Body:
    return Body(encode(find_record(desk, asked.id)))


def get_original(desk: Desk, asked: AskRecord) -> Body:
    """Give the bytes that a record was read from, always as a file to keep: they may hold scripts."""
    record = find_record(desk, asked.id)
    content = desk.archive.original(record.id, desk.reader)
    if content is None:
        raise Refusal(404, "The original of this record is not open to you, or it is kept with its cover.")
    name = re.split(r"[/\\]", record.source.filename if record.source else "")[-1] or record.id
    return Body(content, "application/octet-stream", {"Content-Disposition": attachment(name)})


def get_related(desk: Desk, asked: AskRecord) -> Related:
    record = find_record(desk, asked.id)
    beside = desk.archive.neighbours(record.id, desk.reader)
    reference = reference_of(record, f"/records/{quote(record.id, safe='')}", desk.name)
    around = (beside.before, beside.after, beside.file_before, beside.file_after)
    before, after, file_before, file_after = (Entry.of_row(row) if row else None for row in around)
    return Related(
        before=before, after=after, file_before=file_before, file_after=file_after,
        links=[Linked(link.kind, link.score, Entry.of_row(link.entry)) for link in beside.links],
        place=[Level.of(level) for level in desk.archive.place(record.id, desk.reader)],
        citations={style: str(cite(reference, style)) for style in STYLES}, csl=csl(reference),
    )  # fmt: skip


def find_record(desk: Desk, id: str) -> Record:
    """Return a record that may be seen. Raises Refusal (404)."""
    record = desk.record(id)
    if record is None:
        raise Refusal(404, NO_RECORD)
    return record


def attachment(filename: str) -> str:
    """Return a Content-Disposition that makes a file to keep (RFC 6266); no sign of the name gets out of its quotes."""
    return f"attachment; filename*=UTF-8''{quote(filename, safe='', errors='replace')}"
