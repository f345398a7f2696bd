"""The page of one record, its exchange, its original, its citations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

import orjson
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mabillon.publish.address import Publisher
from mabillon.publish.formats import RECORD_FORMATS
from mabillon.publish.linked import schema_org
from mabillon.record import Record
from mabillon.store.findings import ACROSS, Wanted
from mabillon.web.citing import FORMATS, STYLES, Reference, cite, embedded, export, reference_of
from mabillon.web.connections import connections, steps
from mabillon.web.holdings import Entry, Holdings, entry_view
from mabillon.web.keeping import Kept, kept
from mabillon.web.language import Language, language_of
from mabillon.web.names import address
from mabillon.web.pages.findings import FindingView, finding_views
from mabillon.web.pages.series import place_view
from mabillon.web.record_page import RecordPage, record_page
from mabillon.web.rendering import fragment, render

LONGEST_FIND = 200
MOST_PLACES = 50
MOST_FINDINGS = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as it is shown in one language: what depends on nothing but the record."""

    record: Record
    page: RecordPage
    text: Markup
    anatomy: Markup


def shown_record(request: Request, found: Record, language: Language) -> Shown:
    """Return what is shown of a record, made once for as long as the record stays what it is."""
    known: Kept[Shown] = request.app.state.anatomies
    kept_one = known.get((found.id, language.code))
    if kept_one is not None and kept_one.record == found:
        return kept_one
    page = record_page(found, language)
    shown = Shown(
        found,
        page,
        fragment("record_text.html", page=page, t=language),
        fragment("record_anatomy.html", page=page, t=language),
    )
    known.put((found.id, language.code), shown, 4 * (len(shown.text) + len(shown.anatomy)))
    return shown


@kept
def record(request: Request) -> Response:
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    found = found_record(request, "id")
    beside, thread = holdings.beside(found.id), holdings.exchange(found.id)
    shown = shown_record(request, found, language)
    find = request.query_params.get("find", "")[:LONGEST_FIND].strip()
    reference = _reference(request, found)
    return render(
        request,
        "record.html",
        record=found,
        shown=shown,
        find=find,
        places=shown.page.places_of(find)[:MOST_PLACES],
        canonical=reference.url,
        embedded=embedded(reference),
        citations=[(style, cite(reference, style)) for style in STYLES],
        formats=FORMATS,
        linked=_linked(found, request, holdings),
        files=[(format.label, format.ending) for format in RECORD_FORMATS.values()],
        source_url=_web_address(found.source.url if found.source else None),
        place=holdings.place(found.id),
        connected=connections(found.id, thread, beside, language),
        placed=[place_view(place, language) for _, state, place in holdings.placed(found.id) if state == "open"],
        people=[(one, address(one.authority, one.kind)) for one in holdings.identified(found.id)],
        across=_across(found.id, holdings, language),
        exchanged=len(thread.held) + len(thread.missing) if thread else 0,
        earlier=entry_view(beside.before, language) if beside.before else None,
        later=entry_view(beside.after, language) if beside.after else None,
    )


def _across(id: str, holdings: Holdings, language: Language) -> list[FindingView]:
    """Return the findings that speak of a record and that it does not show by itself."""
    page, evidence, _ = holdings.findings(Wanted(record=id), None, MOST_FINDINGS)
    return finding_views([row for row in page if row.origin == ACROSS], evidence, holdings, language)


@kept
def exchange(request: Request) -> Response:
    """Show the exchange that a record belongs to, what is not held in its place."""
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    found = found_record(request, "id")
    thread = holdings.exchange(found.id)
    view = entry_view(Entry.of(found), language)
    return render(request, "exchange.html", record=view, steps=steps(thread, language) if thread else ())


def original(request: Request) -> Response:
    """Give the bytes a record was read from, always as a file to keep: they may hold scripts."""
    holdings: Holdings = request.app.state.holdings
    found = found_record(request, "id")
    content = holdings.original(found.id)
    if content is None:
        raise HTTPException(404, "record")
    name = re.split(r"[/\\]", found.source.filename if found.source else "")[-1] or found.id
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(content, media_type="application/octet-stream", headers=headers)


def citation(request: Request) -> Response:
    format = request.path_params["format"]
    if format not in FORMATS:
        raise HTTPException(404)
    said = export(_reference(request, found_record(request, "id")), format)
    body = said if isinstance(said, str) else orjson.dumps([said], option=orjson.OPT_INDENT_2)
    name = f"{request.path_params['id']}.{format}"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(body, media_type=FORMATS[format], headers=headers)


def found_record(request: Request, name: str) -> Record:
    """Return the record that a part of the path names. Raises HTTPException (404)."""
    holdings: Holdings = request.app.state.holdings
    found = holdings.record(request.path_params[name])
    if found is None:
        raise HTTPException(404, "record")
    return found


def _reference(request: Request, found: Record) -> Reference:
    holdings: Holdings = request.app.state.holdings
    url = f"{request.url.scheme}://{request.url.netloc}/records/{quote(found.id, safe='')}"
    return reference_of(found, url, holdings.name or "Mabillon")


def _linked(found: Record, request: Request, holdings: Holdings) -> Markup:
    """Return the record as schema.org has it, so that nothing in it ends the script element that it stands in."""
    made = schema_org(found, Publisher(holdings.name or "Mabillon", f"{request.url.scheme}://{request.url.netloc}"))
    return Markup(orjson.dumps(made).decode().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _web_address(url: str | None) -> str | None:
    """Return the address a source names if it is one of the web: `javascript:` and its like are none."""
    return url if url and url.startswith(("https://", "http://")) else None
