"""Doors for programs of the field: records in its formats, and `/oai` for harvesters."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qsl, quote

import orjson
from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from mabillon.archive import PUBLIC, Archive, Level, Reader
from mabillon.archive.finding_aid import records_of, walk_levels
from mabillon.archive.times import timestamp
from mabillon.publish import oai_pmh
from mabillon.publish.address import Publisher, caption
from mabillon.publish.cmif import MEDIA_TYPE as CMIF
from mabillon.publish.cmif import write_cmif
from mabillon.publish.ead3 import MEDIA_TYPE as EAD
from mabillon.publish.ead3 import write_ead
from mabillon.publish.formats import RECORD_FORMATS
from mabillon.publish.iiif import MEDIA_TYPE as IIIF
from mabillon.publish.iiif import collection
from mabillon.web.api.answers import answer
from mabillon.web.oai import ArchiveRepository, unit_of
from mabillon.web.security import LARGEST_BODY


class Doors:
    """Gives out what `reader` may see of one archive."""

    def __init__(self, archive: Archive, reader: Reader = PUBLIC, name: str = "") -> None:
        self._archive, self._reader, self._name = archive, reader, name or "Mabillon"

    def routes(self) -> list[Route]:
        return [
            Route("/oai", self.harvested, methods=["GET", "POST"]),
            Route("/records/{id}/record.{format}", self.record),
            Route("/cmif.xml", self.correspondence),
            Route("/ead.xml", self.finding_aid),
            Route("/browse/{id:int}/iiif.json", self.collection),
        ]

    def _publisher(self, request: Request) -> Publisher:
        return Publisher(self._name, f"{request.url.scheme}://{request.url.netloc}")

    def record(self, request: Request) -> Response:
        """Give one record in a format of the field, as a file to keep."""
        format = RECORD_FORMATS.get(request.path_params["format"])
        if format is None:
            raise HTTPException(404)
        record = self._archive.record(request.path_params["id"], self._reader)
        if record is None:
            raise HTTPException(404, "record")
        body = format.write(record, self._publisher(request), dt.date.today())
        name = quote(f"{record.id}.{format.ending}", safe="")
        return answer(request, body, format.media_type, {"Content-Disposition": f"inline; filename*=UTF-8''{name}"})

    def correspondence(self, request: Request) -> Response:
        """Give the metadata of all correspondence as one CMIF file."""
        publisher = self._publisher(request)
        records = self._archive.records(self._reader)
        pieces = write_cmif(records, publisher, dt.date.today(), f"{publisher.base}/cmif.xml")
        return StreamingResponse(pieces, media_type=CMIF)

    def finding_aid(self, request: Request) -> Response:
        """Give the hierarchy with its items as one EAD3 file."""
        walked = walk_levels(self._archive, self._reader)
        steps = (unit_of(step) if isinstance(step, Level) else step for step in walked)
        return StreamingResponse(write_ead(steps, self._publisher(request), dt.date.today()), media_type=EAD)

    def collection(self, request: Request) -> Response:
        """Give a level of description as a IIIF collection of the levels and records right in it."""
        id, publisher = request.path_params["id"], self._publisher(request)
        way = self._archive.level(id, self._reader)
        if not way:
            raise HTTPException(404)
        parts = [
            ("Collection", f"{publisher.level(level.id)}/iiif.json", level.title)
            for level in self._archive.levels(id, self._reader)
        ]
        for record in records_of(self._archive, id, self._reader):
            parts.append(("Manifest", publisher.file(record.id, "iiif.json"), caption(record)))
        made = collection(f"{publisher.level(id)}/iiif.json", way[-1].title, parts)
        return answer(request, orjson.dumps(made), IIIF)

    async def harvested(self, request: Request) -> Response:
        """Answer a harvester, who asks in the address or, as the protocol allows, in a form."""
        query = await _form(request) if request.method == "POST" else request.scope["query_string"]
        try:
            pairs = parse_qsl(query.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
        except ValueError as error:
            raise HTTPException(414) from error
        publisher = self._publisher(request)
        repository = ArchiveRepository(self._archive, publisher, request.url.hostname or "localhost")
        body = await run_sync(oai_pmh.answer, pairs, f"{publisher.base}/oai", repository, timestamp())
        return Response(body, media_type="text/xml")


async def _form(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise HTTPException(413)
    return body
