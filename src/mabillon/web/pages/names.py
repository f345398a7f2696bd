"""People and offices, and places: who and where the archive knows, and what it holds of each."""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mabillon.authority.register import standard
from mabillon.web.anatomy import query
from mabillon.web.holdings import Holdings, entry_view
from mabillon.web.keeping import kept
from mabillon.web.language import Language, language_of
from mabillon.web.names import ask_name, span_of
from mabillon.web.rendering import render
from mabillon.web.views.atlas import draw_map, locate
from mabillon.web.views.counting import by_places, gather

LONGEST_NAME = 300
LISTS = {"people": ("person", ("sender", "recipient")), "places": ("place", ("place",))}


@kept
def names(request: Request) -> Response:
    """List the names that occur most, by how often and then by letter."""
    which = request.url.path.split("/")[1]
    holdings: Holdings = request.app.state.holdings
    facets = holdings.search("", "date", 1).facets
    counted: Counter[str] = Counter()
    for facet in LISTS[which][1]:
        counted.update({tally.value: tally.count for tally in facets.get(facet, ())})
    return render(request, "names.html", which=which, counted=counted.most_common())


@kept
def name(request: Request) -> Response:
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
        picture=_map(words, holdings, language) if which == "places" else None,
        lived=span_of(page.born, page.died, language),
        forms=[(form, span_of(form.start, form.end, language)) for form in page.forms],
        roles=[(role, [entry_view(entry, language) for entry in role.entries]) for role in page.roles],
    )


def _map(place: str, holdings: Holdings, language: Language) -> Markup | None:
    """Return where letters went from a place, and from where they came to it; None where none can be shown."""
    here = locate(place)
    counted = by_places(gather(holdings, query("place", place)).entries)
    pairs = [pair for pair in counted if here is not None and here in (locate(pair[0]), locate(pair[1]))]
    return draw_map(pairs, f"{language('search.view-map')}: {place}", lambda name: f"/places/{quote(name, safe='')}")
