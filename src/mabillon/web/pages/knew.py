"""Who knew what, when: a person and a moment, a search, or one document."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mabillon.archive.knew import Listed, Place, Question
from mabillon.errors import QueryError
from mabillon.web.holdings import Entry, Holdings, entry_view
from mabillon.web.keeping import kept
from mabillon.web.knew import claim_views, total
from mabillon.web.language import Language, language_of
from mabillon.web.moments import show_moment
from mabillon.web.rendering import render

PAGE = 25
LONGEST = {"who": 300, "at": 60, "clock": 60, "about": 2000}
_PLACE = re.compile(r"(-?\d{1,15})\.(\d{1,18})")


@kept
def knew(request: Request) -> Response:
    """Show what had reached a person by a moment; without a person, who knew first of what a search finds."""
    asked = {name: request.query_params.get(name, "")[:most].strip() for name, most in LONGEST.items()}
    language = language_of(request)
    holdings: Holdings = request.app.state.holdings
    try:
        if asked["who"]:
            return _person(request, asked, holdings, language)
        if asked["about"]:
            return _first(request, asked, holdings, language)
    except QueryError as error:
        return render(request, "knew.html", 400, asked=asked, problem=str(error), found=None)
    return render(request, "knew.html", asked=asked, problem="", found=None)


def _person(request: Request, asked: dict[str, str], holdings: Holdings, language: Language) -> Response:
    after, presumed_after = (_place(request.query_params.get(name, "")) for name in ("after", "presumed"))
    found = holdings.knew(Question(**asked), PAGE, after, presumed_after)
    lists = [
        (name, total(listed, language), claim_views(listed.items, language), _more(asked, name, listed))
        for name, listed in (("proved", found.proved), ("presumed", found.presumed))
    ]
    at = show_moment(f"{found.at:%Y-%m-%dT%H:%M}", language) if found.at else ""
    return render(
        request, "knew_person.html", asked=asked, problem="", found=found, lists=lists, at=at,
        others=[(f"/knew?{urlencode({**asked, 'who': id})}", heading) for id, heading in found.whom.others],
    )  # fmt: skip


def _first(request: Request, asked: dict[str, str], holdings: Holdings, language: Language) -> Response:
    found = holdings.first_to_know(asked["about"], 2 * PAGE, asked["at"], asked["clock"])
    lists = [
        (name, claim_views(items, language)) for name, items in (("proved", found.proved), ("presumed", found.presumed))
    ]
    return render(request, "knew_first.html", asked=asked, problem="", found=found, lists=lists)


@kept
def spread(request: Request) -> Response:
    """Show how a document spread, hop by hop."""
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    found = holdings.spread(request.path_params["id"])
    if found is None:
        raise HTTPException(404, "record")
    hops = [(hop, claim_views(steps, language)) for hop, steps in found.hops]
    return render(request, "spread.html", record=entry_view(Entry.of_row(found.entry), language), hops=hops)


def _place(written: str) -> Place | None:
    found = _PLACE.fullmatch(written)
    return (int(found[1]), int(found[2])) if found else None


def _more(asked: dict[str, str], name: str, listed: Listed) -> str:
    """Return the address of the page behind a list, "" where it is all there is."""
    if not listed.more:
        return ""
    instant, id = listed.items[-1].place
    cursor = {"after" if name == "proved" else "presumed": f"{instant}.{id}"}
    return f"/knew?{urlencode({key: value for key, value in {**asked, **cursor}.items() if value})}"
