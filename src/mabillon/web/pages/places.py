"""The map on the page of a place."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from mabillon.web.anatomy import query
from mabillon.web.holdings import Holdings
from mabillon.web.language import Language
from mabillon.web.views.atlas import draw_map, locate
from mabillon.web.views.counting import by_places, gather


def place_map(place: str, holdings: Holdings, language: Language) -> Markup | None:
    """Return where letters went from a place, and from where they came to it; None where none can be shown."""
    here = locate(place)
    counted = by_places(gather(holdings, query("place", place)).entries)
    pairs = [pair for pair in counted if here is not None and here in (locate(pair[0]), locate(pair[1]))]
    return draw_map(pairs, f"{language('search.view-map')}: {place}", lambda name: f"/places/{quote(name, safe='')}")
