"""`/api/v1/levels`, `/api/v1/names`, `/api/v1/calendar`: the archive by box, by name and by day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from mabillon.authority.register import standard
from mabillon.web.api.answers import Refusal, answer_json, api
from mabillon.web.api.parameters import Choice, Text, Whole, read_parameters
from mabillon.web.api.records import holdings_of
from mabillon.web.api.shapes import entry_shape, step_shape
from mabillon.web.names import NamePage, ask_name

LEVEL = (
    Text("after", "`next` of the page before.", 500),
    Whole("limit", "Records of one page.", 1, 500, 50),
)
NAME = (
    Text("name", "The name, in any spelling.", 300, required=True),
    Choice("kind", "What it names.", ("person", "place"), "person"),
)
CALENDAR = (
    Whole("year", "The year.", 1000, 2999, required=True),
    Whole("month", "A month of it: then its days are counted.", 1, 12),
)


@api
async def api_levels(request: Request) -> Response:
    """Give the repositories."""
    read_parameters(request, ())
    return answer_json(request, {"levels": [step_shape(request, s) for s in holdings_of(request).levels(None)]})


@api
async def api_level(request: Request) -> Response:
    """Give a level: the way to it, the levels below it, and the records that lie in it."""
    given = read_parameters(request, LEVEL)
    holdings = holdings_of(request)
    id = request.path_params["id"]
    way = holdings.level(id) if id < 1 << 62 else ()
    if not way:
        raise Refusal(404, f"There is no level {id} with a record that is open to you.")
    entries, more = holdings.in_level(id, given["after"] or None, given["limit"])
    content = {
        "way": [step_shape(request, step) for step in way],
        "levels": [step_shape(request, step) for step in holdings.levels(id)],
        "records": [entry_shape(request, entry) for entry in entries],
        "next": more,
    }
    return answer_json(request, content)


@api
async def api_name(request: Request) -> Response:
    """Give what is known of a name: forms, cover names, what was sent and received, by year."""
    given = read_parameters(request, NAME)
    found = ask_name(given["name"], given["kind"], holdings_of(request), standard())
    return answer_json(request, _name_shape(request, found))


def _name_shape(request: Request, page: NamePage) -> dict[str, Any]:
    return {
        "name": page.name,
        "kind": page.kind,
        "authority": page.authority,
        "born": page.born,
        "died": page.died,
        "forms": [asdict(form) for form in page.forms],
        "identifiers": dict(page.identifiers),
        "at": list(page.at) if page.at else None,
        "roles": [
            {
                "role": role.name,
                "query": role.words,
                "total": role.total,
                "years": {tally.value: tally.count for tally in role.years},
                "records": [entry_shape(request, entry) for entry in role.entries],
            }
            for role in page.roles
        ],
        "partners": {name: [asdict(tally) for tally in tallies] for name, tallies in page.partners},
    }


@api
async def api_calendar(request: Request) -> Response:
    """Count the records that each month of a year, or each day of a month, can mean."""
    given = read_parameters(request, CALENDAR)
    year, month = given["year"], given["month"]
    stem = f"{year:04}" if month is None else f"{year:04}-{month:02}"
    last = 12 if month is None else _days(year, month)
    holdings = holdings_of(request)
    dates = [f"{stem}-{number:02}" for number in range(1, last + 1)]
    counts = {date: holdings.search(f"date:{date}", "date", 1, facets=False).total for date in dates}
    return answer_json(request, {"of": stem, "counts": counts})


def _days(year: int, month: int) -> int:
    return monthrange(year, month)[1]
