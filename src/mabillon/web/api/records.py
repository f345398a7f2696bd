"""`/api/v1/records/{id}`: the record exactly as the public contract has it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from mabillon.record import encode
from mabillon.web.api.answers import answer, problem
from mabillon.web.holdings import Holdings


async def api_record(request: Request) -> Response:
    holdings: Holdings = request.app.state.holdings
    id = request.path_params["id"]
    found = holdings.record(id)
    if found is None:
        return problem(404, "No such record", f"There is no record {id[:200]!r} that is open to you.")
    return answer(request, encode(found))
