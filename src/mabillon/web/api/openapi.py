"""The description of the API (OpenAPI 3.1), made from what the handlers check and from the record's types."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from mabillon.record import Record
from mabillon.web.api.answers import PROBLEM, answer_json, api
from mabillon.web.api.bulk import EXPORT, FORMATS
from mabillon.web.api.parameters import Parameter
from mabillon.web.api.places import CALENDAR, LEVEL, NAME
from mabillon.web.api.records import LIST
from mabillon.web.api.search import SEARCH
from mabillon.web.holdings import Holdings

_REF = "#/components/schemas/{name}"
_TEXT: dict[str, Any] = {"type": "string"}
_MAYBE: dict[str, Any] = {"type": ["string", "null"]}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _named(name: str) -> dict[str, Any]:
    return {"$ref": _REF.format(name=name)}


SHAPES: dict[str, dict[str, Any]] = {
    "Problem": {
        "type": "object",
        "description": "A problem as RFC 9457 has it.",
        "properties": {"status": {"type": "integer"}, "title": _TEXT, "detail": _TEXT, "parameter": _TEXT},
        "required": ["status", "title", "detail"],
    },
    "Entry": _object(
        id=_TEXT, title=_MAYBE, type=_MAYBE, date=_MAYBE, senders=_list(_TEXT), recipients=_list(_TEXT),
        findings=_COUNT, snippet=_MAYBE, url=_TEXT, record=_TEXT,
    ),
    "Level": _object(id=_COUNT, kind=_TEXT, title=_TEXT, code=_TEXT, records=_COUNT, level=_TEXT),
    "Tally": _object(value=_TEXT, count=_COUNT),
    "Found": _object(
        query=_TEXT, reading=_MAYBE, notes=_list(_TEXT), suggestion=_MAYBE, total=_COUNT, hits=_list(_named("Entry")),
        facets={"type": "object", "additionalProperties": _list(_named("Tally"))}, next=_MAYBE, previous=_MAYBE,
        last=_MAYBE,
    ),
    "Records": _object(records=_list(_named("Record")), next=_MAYBE),
    "Related": _object(
        before={"anyOf": [_named("Entry"), {"type": "null"}]},
        after={"anyOf": [_named("Entry"), {"type": "null"}]},
        versions=_list({"allOf": [_named("Entry"), _object(kind=_TEXT)]}),
        place=_list(_named("Level")),
        citations={"type": "object"},
    ),
    "Levels": _object(levels=_list(_named("Level"))),
    "LevelContent": _object(
        way=_list(_named("Level")), levels=_list(_named("Level")), records=_list(_named("Entry")), next=_MAYBE,
    ),
    "Name": _object(
        name=_TEXT, kind=_TEXT, authority=_MAYBE, born=_MAYBE, died=_MAYBE,
        forms=_list(_object(text=_TEXT, start=_MAYBE, end=_MAYBE, cover={"type": "boolean"}, note=_TEXT)),
        identifiers={"type": "object", "additionalProperties": _TEXT},
        at={"type": ["array", "null"], "items": {"type": "number"}, "description": "Latitude and longitude, degrees."},
        roles=_list(_object(
            role=_TEXT, query=_TEXT, total=_COUNT, years={"type": "object", "additionalProperties": _COUNT},
            records=_list(_named("Entry")),
        )),
        partners={"type": "object", "additionalProperties": _list(_named("Tally"))},
    ),
    "Calendar": _object(of=_TEXT, counts={"type": "object", "additionalProperties": _COUNT}),
    "Start": {"type": "object", "additionalProperties": _TEXT},
}  # fmt: skip


def _operation(
    name: str, summary: str, content: dict[str, Any], parameters: Sequence[Parameter] = (),
    path: Sequence[dict[str, Any]] = (), missing: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Return a GET operation: 200 with `content`, and each problem that it can end with."""
    statuses = [(400, "A parameter is not what it should be."), (429, "Too many requests; Retry-After says when to."),
                (503, "The archive cannot be read just now.")]  # fmt: skip
    statuses += [(404, "There is no such thing that is open to you.")] if missing else []
    statuses += [(413, "The request is too long.")]
    problems = {
        str(status): {"description": said, "content": {PROBLEM: {"schema": _named("Problem")}}}
        for status, said in sorted(statuses)
    }
    tagged = {"ETag": {"schema": _TEXT, "description": "Give it as If-None-Match: 304 says that nothing changed."}}
    query = [
        {"name": p.name, "in": "query", "description": p.description, "required": p.required, "schema": p.schema()}
        for p in parameters
    ]
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": [*path, *query],
            "responses": {
                "200": {"description": "The answer.", "headers": tagged, "content": content},
                "304": {"description": "Nothing changed since the entity tag given."},
                **problems,
            },
        }
    }


def _json(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": _named(name)}}


def _in_path(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "description": description, "schema": schema}


_ID = _in_path("id", {"type": "string", "minLength": 1}, "Identifier of a record.")
_LEVEL = _in_path("id", {"type": "integer", "minimum": 0}, "Number of a level.")
_FORMAT = _in_path("format", {"type": "string", "enum": list(FORMATS)}, "How it is written.")


def _paths() -> dict[str, Any]:
    files: dict[str, Any] = {media_type.partition(";")[0]: {} for media_type in FORMATS.values()}
    return {
        "/api/v1": _operation("start", "Where everything is.", _json("Start")),
        "/api/v1/records": _operation("listRecords", "Whole records, by identifier.", _json("Records"), LIST),
        "/api/v1/records/{id}": _operation("getRecord", "A record.", _json("Record"), (), [_ID], True),
        "/api/v1/records/{id}/related": _operation(
            "getRelated", "What stands beside a record.", _json("Related"), (), [_ID], True
        ),
        "/api/v1/search": _operation("search", "A search.", _json("Found"), SEARCH),
        "/api/v1/levels": _operation("listRepositories", "The repositories.", _json("Levels")),
        "/api/v1/levels/{id}": _operation(
            "getLevel", "A level of description.", _json("LevelContent"), LEVEL, [_LEVEL], True
        ),
        "/api/v1/names": _operation("getName", "What is known and held of a name.", _json("Name"), NAME),
        "/api/v1/calendar": _operation("countDays", "Records by month or day.", _json("Calendar"), CALENDAR),
        "/api/v1/export.{format}": _operation(
            "export", "The whole archive or a search, streamed.", files, EXPORT, [_FORMAT], True
        ),
    }


@cache
def description() -> dict[str, Any]:
    """Return the OpenAPI document."""
    (record,), components = msgspec.json.schema_components([Record], ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Mabillon",
            "version": _version(),
            "summary": "An archive of diplomatic cables, telegrams and letters.",
            "description": "Everything on the site as JSON. Only GET is answered. Cursors are opaque.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": _paths(),
        "components": {"schemas": {**components, **SHAPES}},
    }


def _version() -> str:
    try:
        return version("mabillon")
    except PackageNotFoundError:
        return "0"


@api
async def api_description(request: Request) -> Response:
    return answer_json(request, description())


@api
async def api_start(request: Request) -> Response:
    """Give the addresses of everything, as templates where they need a value."""
    holdings: Holdings = request.app.state.holdings
    base = str(request.base_url).rstrip("/")
    links = {operation["get"]["operationId"]: base + path for path, operation in _paths().items()}
    return answer_json(request, {**links, "description": f"{base}/api/v1/openapi.json", "held": str(holdings.count())})
