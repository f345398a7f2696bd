"""The pages of the views, and each as a picture or a table to keep."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote, urlencode

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mabillon.errors import QueryError
from mabillon.web.anatomy import query
from mabillon.web.asking import in_time
from mabillon.web.holdings import Holdings
from mabillon.web.language import Language, language_of
from mabillon.web.moments import show_moment
from mabillon.web.rendering import render
from mabillon.web.views.atlas import draw_map, locate
from mabillon.web.views.counting import Answer, by_people, by_places, by_time, gather
from mabillon.web.views.network import draw_network
from mabillon.web.views.timeline import draw_timeline

VIEWS = ("timeline", "network", "map")
ROWS_SHOWN = 200
_LONGEST = 2000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table: words or a count, and where they lead."""

    shown: str | int
    link: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A picture (None where there is nothing to draw) and the table with the same figures."""

    picture: Markup | None
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    answer: Answer


async def view(request: Request) -> Response:
    """Show a view, or give it as `.svg` or `.csv`."""
    name, _, format = request.path_params["view"].partition(".")
    if name not in VIEWS or format not in ("", "svg", "csv"):
        raise HTTPException(404)
    holdings: Holdings = request.app.state.holdings
    words = request.query_params.get("q", "")[:_LONGEST].strip()
    language = language_of(request)
    try:
        shown = await in_time(partial(make_view, name, words, holdings, language))
    except QueryError as error:
        raise HTTPException(404) from error
    if format == "svg":
        if shown.picture is None:
            raise HTTPException(404)
        return _file(f'<?xml version="1.0" encoding="UTF-8"?>\n{shown.picture}', "image/svg+xml", f"{name}.svg")
    if format == "csv":
        return _file(_table(shown), "text/csv", f"{name}.csv")
    return render(
        request, "view.html", name=name, views=VIEWS, query=words, view=shown, rows=shown.rows[:ROWS_SHOWN],
        parameters=urlencode({"q": words}) if words else "",
    )  # fmt: skip


def make_view(name: str, words: str, holdings: Holdings, language: Language) -> View:
    """Return a view of the records that answer a search. Raises QueryError, ArchiveError."""
    answer = gather(holdings, words)
    title = f"{language(f'search.view-{name}')}: {words or language('front.all')}"
    return {"timeline": _timeline, "network": _network, "map": _map}[name](answer, words, title, language)


def _timeline(answer: Answer, words: str, title: str, language: Language) -> View:
    unit, buckets = by_time(answer.entries)
    picture = draw_timeline(
        buckets, title, lambda date: show_moment(date, language), lambda date: search_link(words, f"date:{date}")
    )
    rows = [
        (Cell(show_moment(bucket.date, language), search_link(words, f"date:{bucket.date}")), Cell(bucket.count))
        for bucket in buckets if bucket.count
    ]  # fmt: skip
    heads = [language(f"view.{unit}"), language("view.records")]
    return View(picture if buckets else None, heads, rows, answer)


def _network(answer: Answer, words: str, title: str, language: Language) -> View:
    pairs = by_people(answer.entries)
    heads = (language("label.from"), language("label.to"))
    picture = draw_network(pairs, title, heads, lambda name: f"/people/{quote(name, safe='')}") if pairs else None
    rows = [
        (
            Cell(one, f"/people/{quote(one, safe='')}"),
            Cell(other, f"/people/{quote(other, safe='')}"),
            Cell(count, search_link(words, f"{query('from', one)} {query('to', other)}")),
        )
        for one, other, count in pairs
    ]
    return View(picture, [*heads, language("view.records")], rows, answer)


def _map(answer: Answer, words: str, title: str, language: Language) -> View:
    pairs = by_places(answer.entries)
    picture = draw_map(pairs, title, lambda name: f"/places/{quote(name, safe='')}")
    rows = [(*(_place(end, language) for end in (one, other)), Cell(count)) for one, other, count in pairs]
    return View(picture, [language("label.from"), language("label.to"), language("view.records")], rows, answer)


def _place(name: str, language: Language) -> Cell:
    if not name:
        return Cell("–")
    shown = name if locate(name) else f"{name} ({language('view.not-on-map')})"
    return Cell(shown, f"/places/{quote(name, safe='')}")


def search_link(words: str, added: str) -> str:
    """Return the address of a search narrowed down."""
    whole = f"({words}) {added}" if words else added
    return f"/search?{urlencode({'q': whole})}"


def _table(shown: View) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(shown.heads)
    for row in shown.rows:
        writer.writerow([_harmless(cell.shown) for cell in row])
    return out.getvalue()


def _harmless(cell: str | int) -> str | int:
    """Return a cell that no spreadsheet takes for a formula (OWASP, CSV Injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _file(content: str, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content.encode("utf-8", "replace"), media_type=media_type, headers=headers)
