"""`/api/v1/records`: records exactly as the public contract has them, and what stands beside them."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from mabillon.record import Record, encode
from mabillon.web.api.answers import Refusal, answer, answer_json, api
from mabillon.web.api.parameters import Text, Whole, read_parameters
from mabillon.web.api.shapes import entry_shape, step_shape
from mabillon.web.citing import STYLES, cite, csl, reference_of
from mabillon.web.holdings import Holdings

LIST = (
    Text("after", "Identifier after which the list goes on: `next` of the page before.", 200),
    Whole("limit", "Records of one page.", 1, 500, 50),
)


def holdings_of(request: Request) -> Holdings:
    holdings: Holdings = request.app.state.holdings
    return holdings


def find_record(request: Request) -> Record:
    """Return the record of the address. Raises Refusal (404)."""
    id = request.path_params["id"]
    found = holdings_of(request).record(id)
    if found is None:
        raise Refusal(404, f"There is no record {id[:200]!r} that is open to you.")
    return found


@api
async def api_record(request: Request) -> Response:
    read_parameters(request, ())
    return answer(request, encode(find_record(request)))


@api
async def api_records(request: Request) -> Response:
    """Give whole records in order of their identifiers, page by page."""
    given = read_parameters(request, LIST)
    found = list(holdings_of(request).records(given["after"], given["limit"] + 1))
    page = found[: given["limit"]]
    more = page[-1].id if len(found) > len(page) else None
    body = b'{"records":[' + b",".join(encode(record) for record in page) + b'],"next":'
    return answer(request, body + (f'"{more}"'.encode() if more else b"null") + b"}")


@api
async def api_related(request: Request) -> Response:
    """Give what stands beside a record: earlier and later, other versions, where it lies, how to cite it."""
    read_parameters(request, ())
    found = find_record(request)
    holdings = holdings_of(request)
    beside = holdings.beside(found.id)
    url = str(request.url_for("record", id=found.id))
    reference = reference_of(found, url, holdings.name or "Mabillon")
    content: dict[str, Any] = {
        "before": entry_shape(request, beside.before) if beside.before else None,
        "after": entry_shape(request, beside.after) if beside.after else None,
        "versions": [{"kind": kind, **entry_shape(request, entry)} for kind, entry in beside.versions],
        "place": [step_shape(request, step) for step in holdings.place(found.id)],
        "citations": {**{style: cite(reference, style) for style in STYLES}, "csl": csl(reference)},
    }
    return answer_json(request, content)
