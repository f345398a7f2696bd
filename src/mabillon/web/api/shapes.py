"""Entries, levels and tallies as the API says them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.requests import Request

from mabillon.web.holdings import Entry, Found, Step


def entry_shape(request: Request, entry: Entry) -> dict[str, Any]:
    """Return a record in short. `snippet` is HTML: escaped words with `<mark>` around what was found."""
    base = str(request.base_url).rstrip("/")
    id = quote(entry.id, safe="")
    return {
        "id": entry.id,
        "title": entry.title,
        "type": entry.type,
        "date": entry.date,
        "senders": list(entry.senders),
        "recipients": list(entry.recipients),
        "findings": entry.findings,
        "snippet": str(entry.snippet) or None,
        "url": f"{base}/records/{id}",
        "record": f"{base}/api/v1/records/{id}",
    }


def step_shape(request: Request, step: Step) -> dict[str, Any]:
    return {
        "id": step.id,
        "kind": step.kind,
        "title": step.title,
        "code": step.code,
        "records": step.records,
        "level": f"{str(request.base_url).rstrip('/')}/api/v1/levels/{step.id}",
    }


def found_shape(request: Request, words: str, found: Found) -> dict[str, Any]:
    return {
        "query": words,
        "reading": found.reading or None,
        "notes": list(found.notes),
        "suggestion": found.suggestion or None,
        "total": found.total,
        "hits": [entry_shape(request, entry) for entry in found.entries],
        "facets": {
            name: [{"value": tally.value, "count": tally.count} for tally in tallies]
            for name, tallies in found.facets.items()
        },
        "next": found.next,
        "previous": found.previous,
        "last": found.last,
    }
