"""Where the API answers."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from mabillon.web.api.bulk import api_export
from mabillon.web.api.openapi import api_description, api_start
from mabillon.web.api.places import api_calendar, api_level, api_levels, api_name
from mabillon.web.api.records import api_record, api_records, api_related
from mabillon.web.api.search import api_search

BASE = "/api/v1"


def api_routes() -> list[BaseRoute]:
    return [
        Route(BASE, api_start),
        Route(f"{BASE}/openapi.json", api_description),
        Route(f"{BASE}/records", api_records),
        Route(f"{BASE}/records/{{id}}", api_record),
        Route(f"{BASE}/records/{{id}}/related", api_related),
        Route(f"{BASE}/search", api_search),
        Route(f"{BASE}/levels", api_levels),
        Route(f"{BASE}/levels/{{id:int}}", api_level),
        Route(f"{BASE}/names", api_name),
        Route(f"{BASE}/calendar", api_calendar),
        Route(f"{BASE}/export.{{format}}", api_export),
    ]
