"""People and offices, and places: who and where the archive knows, and what it holds of each."""

from __future__ import annotations

from collections import Counter

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from mabillon.authority.register import standard
from mabillon.web.holdings import Holdings, entry_view
from mabillon.web.keeping import kept
from mabillon.web.language import language_of
from mabillon.web.names import address, ask_name, span_of
from mabillon.web.pages.authorities import authority_page
from mabillon.web.pages.places import place_map
from mabillon.web.rendering import render

LONGEST_NAME = 300
LISTS = {
    "people": ("person", ("sender", "recipient")), "organizations": ("org", ()), "places": ("place", ("place",)),
}  # fmt: skip
"""Address → the kind of authority, and the facets that count names which are no authority's."""


@kept
def names(request: Request) -> Response:
    """List the authorities that records name, by letter, then the names of nobody known, by how often they occur."""
    which = request.url.path.split("/")[1]
    holdings: Holdings = request.app.state.holdings
    kind, counting = LISTS[which]
    facets = holdings.search("", "date", 1).facets if counting else {}
    counted: Counter[str] = Counter()
    for facet in counting:
        counted.update({tally.value: tally.count for tally in facets.get(facet, ())})
    known = holdings.meant(counted)
    return render(
        request,
        "names.html",
        which=which,
        known=[(entry, address(entry.id, entry.kind)) for entry in holdings.authorities(kind)],
        counted=[(name, count) for name, count in counted.most_common() if name not in known],
    )


@kept
def name(request: Request) -> Response:
    which = request.url.path.split("/")[1]
    holdings: Holdings = request.app.state.holdings
    words = " ".join(request.path_params["name"].split())
    if len(words) > LONGEST_NAME:
        raise HTTPException(414)
    language = language_of(request)
    known = holdings.authority(words) if ":" in words else None
    if known is not None and known.records:
        return authority_page(request, known)
    meant = holdings.meant([words]).get(words)
    if meant:
        return RedirectResponse(address(meant, meant.partition(":")[0]), 303)
    page = ask_name(words, LISTS[which][0], holdings, standard())
    if not page.total:
        raise HTTPException(404)
    return render(
        request,
        "name.html",
        which=which,
        page=page,
        picture=place_map(words, holdings, language) if which == "places" else None,
        lived=span_of(page.born, page.died, language),
        forms=[(form, span_of(form.start, form.end, language)) for form in page.forms],
        roles=[(role, [entry_view(entry, language) for entry in role.entries]) for role in page.roles],
    )
