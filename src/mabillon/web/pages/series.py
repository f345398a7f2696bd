"""Series of numbers: the stations, and of one station what is held and lacking, dated and contradicted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mabillon.archive.series.sheets import Counter, Placed, Station, Week
from mabillon.store.entries import Entry as Row
from mabillon.web.anatomy import query
from mabillon.web.holdings import Holdings
from mabillon.web.keeping import kept
from mabillon.web.language import Language, language_of
from mabillon.web.moments import show_moment
from mabillon.web.pages.views import search_link
from mabillon.web.rendering import render
from mabillon.web.titles import title_of
from mabillon.web.views.strips import Strip, draw_strips, merged

MOST_STRIPS = 60
ROWS = 300


@dataclass(frozen=True, slots=True)
class Beside:
    """A document whose number stands beside one that it dates."""

    id: str
    number: str
    date: str


@dataclass(frozen=True, slots=True)
class PlacedView:
    """A document that its number places: `stated` is the date that it bears, `due` what its number says."""

    id: str
    title: str
    number: int
    stated: str
    due: str
    beside: Sequence[Beside]


@dataclass(frozen=True, slots=True)
class CounterView:
    """A counter in the table."""

    year: int
    name: str
    numbers: str
    held: int
    missing: int | None


@kept
def series(request: Request) -> Response:
    """List the stations."""
    holdings: Holdings = request.app.state.holdings
    found = [(one, _share(one) if one.tells else None) for one in holdings.stations()]
    return render(request, "series.html", stations=found)


def _share(one: Station) -> int:
    """Return what is held of all that was sent, in per cent."""
    whole = one.held + one.missing
    return round(100 * one.held / whole) if whole else 100


@kept
def station(request: Request) -> Response:
    """Show a station: its years, or the counters of one year."""
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    key = holdings.station_of(request.path_params["station"])
    year = _year(request)
    counters = holdings.counters(key, year)
    if not counters:
        raise HTTPException(404)
    label = next((one.label for one in holdings.stations() if one.key == key), key)
    years = sorted({one.year for one in counters if one.year})
    return render(
        request, "station.html", key=key, label=label, year=year, years=years,
        picture=_picture(key, label, counters, year, language),
        rows=[_row(one, language) for one in counters if one.year][:ROWS],
        undated=[place_view(place, language) for one in counters for place in _once(one, counters)][:ROWS],
        strays=[place_view(place, language) for one in counters for place in one.strays][:ROWS],
    )  # fmt: skip


def _once(one: Counter, counters: Sequence[Counter]) -> Sequence[Placed]:
    """Return the undated documents of a counter; those of unknown year only where no year has taken them."""
    if one.year:
        return one.undated
    taken = {place.entry.id for other in counters if other.year for place in other.undated}
    return [place for place in one.undated if place.entry.id not in taken]


def _year(request: Request) -> int | None:
    given = request.query_params.get("year", "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) == 4):
        raise HTTPException(404)
    return int(given)


def _picture(key: str, label: str, counters: Sequence[Counter], year: int | None, language: Language) -> Markup | None:
    """Return a strip for each counter of a year, or for each year with all of its counters together."""
    dated = [one for one in counters if one.year and one.weeks]
    if year is not None:
        strips = [Strip(_name(one, language), one.year, one.weeks) for one in dated]
    else:
        together: dict[int, list[Week]] = {}
        for one in dated:
            together.setdefault(one.year, []).extend(one.weeks)
        strips = [
            Strip(str(number), number, merged(together[number]), f"/series/{quote(key, safe='')}?year={number}")
            for number in sorted(together)
        ]
    if not strips:
        return None
    return draw_strips(
        strips[:MOST_STRIPS], language("date.months").split(), f"{language('series.title')}: {label}",
        lambda week: _week(week, language),
        lambda week: search_link(query("from", label), f"date:{week.monday}..{_sunday(week)}"),
    )  # fmt: skip


def _week(week: Week, language: Language) -> str:
    day = show_moment(week.monday.isoformat(), language)
    if week.missing < 0.05:
        return language("series.week-whole", day=day, held=week.held)
    return language("series.week", day=day, held=week.held, missing=_about(week.missing))


def _about(missing: float) -> str:
    return f"{missing:.1f}" if missing < 1.95 else str(round(missing))


def _sunday(week: Week) -> str:
    return week.monday.fromordinal(week.monday.toordinal() + 6).isoformat()


def _name(one: Counter, language: Language) -> str:
    partners = [partner for partner in one.partners if partner]
    more = f" +{len(partners) - 2}" if len(partners) > 2 else ""
    ends = f"{language('series.from' if one.kind == 'incoming' else 'series.to')} {', '.join(partners[:2])}{more}"
    form = f" …{one.form}" if one.form else ""
    return (ends if partners else language(f"series.{one.kind}")) + form


def _row(one: Counter, language: Language) -> CounterView:
    numbers = f"{one.first}–{one.last}" if one.first is not None else ""
    return CounterView(one.year, _name(one, language), numbers, one.held, round(one.missing) if one.tells else None)


def place_view(place: Placed, language: Language) -> PlacedView:
    """Return a placed document in a language."""
    dates = [str(place.date.value), *map(str, place.date.alternatives or ())]
    sides = {side.id: side for side in (place.below, place.above) if side is not None}
    return PlacedView(
        place.entry.id, _title(place.entry, language), place.number,
        show_moment(place.entry.date, language) if place.entry.date else "",
        f" {language('series.or')} ".join(days_in_words(date, language) for date in dates),
        [_beside(side, language) for side in sides.values()],
    )  # fmt: skip


def days_in_words(edtf: str, language: Language) -> str:
    """Return an estimated date: its days, and that it is one."""
    return language("date.about", date=show_moment(edtf.replace("~", ""), language))


def _beside(row: Row, language: Language) -> Beside:
    return Beside(row.id, row.number or "", show_moment(row.date, language) if row.date else "")


def _title(row: Row, language: Language) -> str:
    senders, recipients = ((name,) if name else () for name in (row.sender, row.recipient))
    return title_of(row.title, row.type, senders, recipients, language)
