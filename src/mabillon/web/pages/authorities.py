"""People, organizations and places that the archive knows: their names, what they sent and got, and with whom."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import quote, urlencode

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mabillon.archive.authorities import AuthorityView
from mabillon.archive.dealings import Dealings
from mabillon.authority.offices import Tenure
from mabillon.errors import QueryError
from mabillon.store.dealings import UNDATED, Partner
from mabillon.store.entries import ANY
from mabillon.store.schema import RELATIONS
from mabillon.web.holdings import Entry, Holdings, entry_view
from mabillon.web.language import Language, language_of
from mabillon.web.names import KINDS, address, span_of
from mabillon.web.pages.places import place_map
from mabillon.web.rendering import render
from mabillon.web.views.counting import Bucket
from mabillon.web.views.timeline import draw_timeline

PAGE = 50
WIDTH, HEIGHT = 640, 190


class Link(Protocol):
    """Gives the address of the records of a relation, from a year on."""

    def __call__(self, relation: str, year: int = UNDATED) -> str: ...


def authority_page(request: Request, known: AuthorityView) -> Response:
    """Show an authority; with `as` (a relation), the records that name it so, with `from` those from a year on."""
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    here = address(known.id, known.kind)
    relation = request.query_params.get("as", "")
    if relation:
        return _records(request, known, here, relation)
    dealings = holdings.dealings(known.id)
    link = _linker(here)
    return render(
        request,
        "authority.html",
        which=KINDS.get(known.kind, "people"),
        known=known,
        here=here,
        lived=span_of(known.known.born, known.known.died, language) if known.known else "",
        offices=[_office(held.tenure, language) for held in known.offices],
        forms=_forms(known, language),
        covers=[(cover, span_of(cover.start, cover.end, language)) for cover in known.covers],
        map=place_map(known.heading, holdings, language) if known.kind == "place" else None,
        timeline=_timeline(known, dealings, link, language),
        years=_years(dealings, link, language),
        relations=[relation for relation in RELATIONS if relation in dealings.years],
        documents=[
            (part, link(part.relation), [entry_view(Entry.of_row(row), language) for row in part.entries])
            for part in known.documents
        ],
        partners=[
            (name, [(partner, _partner(partner)) for partner in partners])
            for name, partners in (("wrote-to", dealings.wrote_to), ("heard-from", dealings.heard_from))
            if partners
        ],
    )


def _records(request: Request, known: AuthorityView, here: str, relation: str) -> Response:
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    since = request.query_params.get("from", "")
    if relation not in (*RELATIONS, ANY) or (since and not (since.isascii() and since.isdigit() and len(since) <= 4)):
        raise HTTPException(404)
    try:
        entries, more = holdings.naming(known.id, relation, int(since or 0), request.query_params.get("cursor"), PAGE)
    except QueryError as error:
        raise HTTPException(404) from error
    totals = {part.relation: part.total for part in known.documents} | {ANY: known.records}
    shown = [entry_view(entry, language) for entry in entries]
    return render(
        request, "authority_records.html", which=KINDS.get(known.kind, "people"), known=known, here=here,
        relation=relation, total=totals.get(relation, 0), since=since, entries=shown,
        more=f"{here}?{urlencode({'as': relation, 'cursor': more})}" if more else "",
    )  # fmt: skip


def _linker(here: str) -> Link:
    def link(relation: str, year: int = UNDATED) -> str:
        return f"{here}?{urlencode({'as': relation, **({'from': year} if year else {})})}"

    return link


def _office(tenure: Tenure, language: Language) -> tuple[str, str]:
    """Return what an office is called, with state and place, and how long it was held."""
    title = tenure.titles[0] if tenure.titles else tenure.office
    return ", ".join(part for part in (title, tenure.state, tenure.place) if part), span_of(
        tenure.start, tenure.end, language
    )


def _forms(known: AuthorityView, language: Language) -> list[tuple[str, str, str]]:
    """Return the forms of name that no record uses: (form, time of use, note)."""
    used = {name for name, _ in known.spelt} | {known.heading}
    forms = known.known.forms if known.known else ()
    return [(form.text, span_of(form.start, form.end, language), form.note) for form in forms if form.text not in used]


def _timeline(known: AuthorityView, dealings: Dealings, link: Link, language: Language) -> Markup | None:
    """Return how many records name an authority, year by year; None where there is but one year."""
    counts = {year: count for year, count in dealings.years.get(ANY, {}).items() if year != UNDATED}
    if len(counts) < 2:
        return None
    first, last = min(counts), max(counts)
    buckets = [Bucket(f"{year:04}", counts.get(year, 0)) for year in range(first, last + 1)]
    title = f"{known.heading}: {language('names.over-time')}"
    return draw_timeline(buckets, title, str, lambda date: link(ANY, int(date)), WIDTH, HEIGHT)


def _years(dealings: Dealings, link: Link, language: Language) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return one row a year: the year and, for each relation that occurs, how many records and where they are."""
    shown = [relation for relation in RELATIONS if relation in dealings.years]
    years = sorted(dealings.years.get(ANY, ()), key=lambda year: (not year, year))
    return [
        (
            str(year) if year else language("date.none"),
            [(dealings.years[relation].get(year, 0), link(relation, year)) for relation in shown],
        )
        for year in years
    ]


def _partner(partner: Partner) -> str:
    kind = partner.authority.partition(":")[0] if partner.authority else ""
    return address(partner.authority, kind) if partner.authority else f"/people/{quote(partner.name, safe='')}"
