"""What does not fit, all on one page: in one record or among several, with filters and the verdicts of editors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mabillon.errors import QueryError
from mabillon.store.across import Quoted
from mabillon.store.findings import FACETS, Listed, Wanted
from mabillon.web.holdings import Entry, EntryView, Holdings, entry_view
from mabillon.web.keeping import kept
from mabillon.web.language import Language, language_of
from mabillon.web.rendering import render

PAGE = 25
MOST_CHOICES = 15
MOST_WORDS = 12
"""Evidence of one finding that is shown; its record shows the rest."""

_TERMS = {"kind": "finding", "severity": "severity", "verdict": "verdict"}
_PAIRED = ("version.differs", "copies.conflict")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one side of a finding. `title` and `id` are those of the record that says them, "" for the record
    that the finding is shown at."""

    text: str
    value: str
    title: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class FindingView:
    name: str
    kind: str
    severity: str
    message: str
    record: EntryView
    words: Sequence[Words]
    verdict: str
    why: str
    who: str
    at: str
    compared: str
    """The address of the comparison of two versions, "" where there is none."""


@kept
def findings(request: Request) -> Response:
    """List findings by the filters of the address: kind, severity, verdict, year, station, each once."""
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    chosen = {name: value for name in FACETS if (value := request.query_params.get(name, "")[:200].strip())}
    wanted = _wanted(chosen)
    try:
        page, evidence, more = holdings.findings(wanted, request.query_params.get("after") or None, PAGE)
    except QueryError as error:
        raise HTTPException(404) from error
    facets = holdings.finding_facets(wanted)
    counted = facets["kind"]
    return render(
        request,
        "findings.html",
        total=sum(count for kind, count in counted.items() if chosen.get("kind") in (None, kind)),
        views=finding_views(page, evidence, holdings, language),
        facets=[_facet(name, facets[name], chosen, language) for name in FACETS if facets[name]],
        chosen=[(language(f"findings.{name}"), _label(name, value, language), address(_without(chosen, name)))
                for name, value in chosen.items()],
        more=address(chosen, more) if more else "",
        first=address(chosen) if request.query_params.get("after") else "",
        api=f"/api/v1{_api(chosen)}",
    )  # fmt: skip


def _wanted(chosen: dict[str, str]) -> Wanted:
    year = chosen.get("year", "")
    if year and not (year.isdecimal() and 0 < int(year) < 10_000):
        raise HTTPException(404)

    def one(name: str) -> tuple[str, ...]:
        return (chosen[name],) if name in chosen else ()

    years = (int(year),) if year else ()
    return Wanted(one("kind"), one("severity"), one("verdict"), one("station"), years)


def finding_views(
    page: Sequence[Listed], evidence: dict[str, list[Quoted]], holdings: Holdings, language: Language
) -> list[FindingView]:
    """Return findings as they are shown, with the titles of the other records that they quote."""
    others = {one.record for row in page for one in evidence[row.fingerprint] if one.record != row.entry.id}
    records = {id: record for id in sorted(others) if (record := holdings.record(id)) is not None}
    titles = {id: entry_view(Entry.of(record), language).title for id, record in records.items()}
    return [_view(row, evidence[row.fingerprint], titles, language) for row in page]


def _view(row: Listed, evidence: Sequence[Quoted], titles: dict[str, str], language: Language) -> FindingView:
    words = [
        Words(one.text, _value(one), *(("", "") if one.record == row.entry.id else (titles[one.record], one.record)))
        for one in evidence
        if one.record == row.entry.id or one.record in titles
    ]
    other = next((one.id for one in words if one.id), "")
    pair = (quote(row.entry.id, safe=""), quote(other, safe=""))
    return FindingView(
        name=row.fingerprint, kind=row.finding, severity=row.severity, message=row.message,
        record=entry_view(Entry.of_row(row.entry), language), words=words[:MOST_WORDS], verdict=row.verdict or "",
        why=row.why or "", who=row.who or "", at=(row.at or "")[:10],
        compared=f"/records/{pair[0]}/compare/{pair[1]}" if other and row.finding in _PAIRED else "",
    )  # fmt: skip


def _value(one: Quoted) -> str:
    """Return the value where it says more than the words do."""
    said = str(one.value)
    return "" if " ".join(said.split()) == " ".join(one.text.split()) or len(said) > 80 else said


def _facet(name: str, counts: dict[str, int], chosen: dict[str, str], language: Language) -> dict[str, Any]:
    pairs = sorted(counts.items()) if name == "year" else list(counts.items())
    return {
        "label": language(f"findings.{name}"),
        "choices": [
            {"label": _label(name, value, language), "count": count, "link": address({**chosen, name: value}),
             "current": chosen.get(name) == value}
            for value, count in pairs[:MOST_CHOICES]
        ],
    }  # fmt: skip


def _label(name: str, value: str, language: Language) -> str:
    return language.term(_TERMS[name], value) if name in _TERMS else value


def _without(chosen: dict[str, str], name: str) -> dict[str, str]:
    return {other: value for other, value in chosen.items() if other != name}


def address(chosen: dict[str, str], after: str = "") -> str:
    """Return the address of the page with these filters."""
    parts = [*chosen.items(), *([("after", after)] if after else [])]
    return f"/findings?{urlencode(parts)}" if parts else "/findings"


def _api(chosen: dict[str, str]) -> str:
    return address({"finding" if name == "kind" else name: value for name, value in chosen.items()})
