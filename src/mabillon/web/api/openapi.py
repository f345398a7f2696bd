"""The description of the API (OpenAPI 3.1), made from the table of operations and the types that they ask and give."""

from __future__ import annotations

import re
from functools import cache
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import msgspec

from mabillon.web.api.answers import JSON, PROBLEM, Problem
from mabillon.web.api.operation import Operation
from mabillon.web.api.operations import OPERATIONS
from mabillon.web.api.shapes import BASE

REF = "#/components/schemas/{name}"
_PROBLEMS = {
    404: "There is no such thing, or none that is open to you.",
    413: "The request is too large.",
    414: "The address is too long.",
    422: "A parameter is unknown, missing, or not what it should be; `parameter` names it.",
    429: "Too many requests; Retry-After says when to ask again.",
    503: "The archive cannot be read just now, or the answer took too long.",
}
_HEADERS = {
    "ETag": "Give it as If-None-Match: 304 says that nothing changed.",
    "RateLimit-Policy": "How many requests are answered in how many seconds.",
    "RateLimit": "How many are left (r), and in how many seconds all are again (t).",
}


@cache
def description() -> dict[str, Any]:
    """Return the OpenAPI document."""
    types = [Problem, *(one.gives for one in OPERATIONS if not isinstance(one.gives, tuple))]
    _, components = msgspec.json.schema_components(types, ref_template=REF)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Mabillon",
            "version": program_version(),
            "summary": "An archive of diplomatic cables, telegrams and letters.",
            "description": "Everything on the site as JSON. GET and HEAD are answered. Cursors are opaque; a list ends "
            "where `next` is null. Problems are as RFC 9457 has them.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": BASE}],
        "paths": {shown_path(one): {"get": _get(one)} for one in OPERATIONS},
        "components": {
            "schemas": components,
            "headers": {name: {"description": said, "schema": {"type": "string"}} for name, said in _HEADERS.items()},
            "responses": {str(status): _problem(said) for status, said in _PROBLEMS.items()} | {"501": _problem(
                "Parquet is not installed on this server.")},
        },
    }  # fmt: skip


def shown_path(operation: Operation) -> str:
    return re.sub(r":\w+}", "}", operation.path)


def _get(operation: Operation) -> dict[str, Any]:
    statuses = [status for status in _PROBLEMS if status != 404 or operation.missing]
    statuses += [501] if operation.name == "export" else []
    responses = {str(status): {"$ref": f"#/components/responses/{status}"} for status in sorted(statuses)}
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS}
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": _parameters(operation),
        "responses": {
            "200": {"description": operation.summary, "headers": headers, "content": _content(operation)},
            "304": {"description": HTTPStatus(304).phrase},
            **responses,
        },
    }


def _content(operation: Operation) -> dict[str, Any]:
    if isinstance(operation.gives, tuple):
        return {media_type: {} for media_type in operation.gives}
    return {JSON: {"schema": {"$ref": REF.format(name=operation.gives.__name__)}}}


def _problem(said: str) -> dict[str, Any]:
    return {"description": said, "content": {PROBLEM: {"schema": {"$ref": REF.format(name="Problem")}}}}


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    (_,), components = msgspec.json.schema_components([operation.asks], ref_template=REF)
    shape = components[operation.asks.__name__]
    return [
        {
            "name": name,
            "in": "path" if name in operation.in_path else "query",
            "required": name in shape.get("required", ()),
            "description": _described(schema),
            "schema": _plain({key: value for key, value in schema.items() if key != "description"}),
        }
        for name, schema in shape["properties"].items()
    ]


def _described(schema: dict[str, Any]) -> str:
    said = [kind.get("description") for kind in (schema, *schema.get("anyOf", ()))]
    return next((words for words in said if words), "")


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter: what may be left out cannot be given as null."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) != 1:
        return schema
    return {key: value for key, value in kinds[0].items() if key != "description"}


def program_version() -> str:
    try:
        return version("mabillon")
    except PackageNotFoundError:
        return "0"
