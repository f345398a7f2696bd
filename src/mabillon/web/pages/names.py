"""People and offices, and places: who and where the archive knows, and what it holds of each."""

from __future__ import annotations

from collections import Counter

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mabillon.authority.register import standard
from mabillon.web.holdings import Holdings, entry_view
from mabillon.web.keeping import kept
from mabillon.web.language import language_of
from mabillon.web.names import ask_name, span_of
from mabillon.web.rendering import render

LONGEST_NAME = 300
LISTS = {"people": ("person", ("sender", "recipient")), "places": ("place", ("place",))}


@kept
async def names(request: Request) -> Response:
    """List the names that occur most, by how often and then by letter."""
    which = request.url.path.split("/")[1]
    holdings: Holdings = request.app.state.holdings
    facets = holdings.search("", "date", 1).facets
    counted: Counter[str] = Counter()
    for facet in LISTS[which][1]:
        counted.update({tally.value: tally.count for tally in facets.get(facet, ())})
    return render(request, "names.html", which=which, counted=counted.most_common())


@kept
async def name(request: Request) -> Response:
    which = request.url.path.split("/")[1]
    holdings: Holdings = request.app.state.holdings
    words = " ".join(request.path_params["name"].split())
    if len(words) > LONGEST_NAME:
        raise HTTPException(414)
    language = language_of(request)
    page = ask_name(words, LISTS[which][0], holdings, standard())
    if not page.total:
        raise HTTPException(404)
    return render(
        request,
        "name.html",
        which=which,
        page=page,
        lived=span_of(page.born, page.died, language),
        forms=[(form, span_of(form.start, form.end, language)) for form in page.forms],
        roles=[(role, [entry_view(entry, language) for entry in role.entries]) for role in page.roles],
    )
