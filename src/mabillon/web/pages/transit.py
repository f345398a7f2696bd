"""Transit: the routes, and of one route how long each step took, by whose clock, and what is implausible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from mabillon.archive.series.ways import Measured, OddOne, StepShown, Way
from mabillon.web.holdings import Holdings
from mabillon.web.keeping import kept
from mabillon.web.language import Language, language_of
from mabillon.web.moments import show_interval, show_moment
from mabillon.web.rendering import render
from mabillon.web.titles import title_of
from mabillon.web.views.lengths import draw_bins, draw_months

LONGEST_NAME = 300
ROWS = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: what it counts, and the lengths in words."""

    name: str
    messages: int
    median: str
    half: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A step with its two pictures, the second None where it was measured in one month only."""

    name: str
    bins: Markup
    months: Markup | None
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class ClockView:
    """What it would mean if a route went by this clock. `percent` says how far it is believed."""

    name: str
    percent: int
    median: str
    backwards: int
    by_night: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class OddView:
    id: str
    title: str
    date: str
    step: str
    took: str


@kept
def transit(request: Request) -> Response:
    """List the routes."""
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    routes = [(one, *(show_moment(month, language) if month else "" for month in (one.first, one.last)))
              for one in holdings.routes()]  # fmt: skip
    return render(request, "transit.html", routes=routes[:ROWS], more=max(0, len(routes) - ROWS))


@kept
def route(request: Request) -> Response:
    """Show one route."""
    holdings: Holdings = request.app.state.holdings
    language = language_of(request)
    ends = [request.query_params.get(end, "") for end in ("origin", "goal")]
    if not all(ends) or max(map(len, ends)) > LONGEST_NAME:
        raise HTTPException(404)
    found = holdings.way(holdings.station_of(ends[0]), holdings.station_of(ends[1]))
    if found is None:
        raise HTTPException(404)
    return render(
        request, "route.html", way=found, steps=[_step(step, language) for step in found.steps],
        clocks=_clocks(found, language), odd=[_odd(one, language) for one in found.odd[:ROWS]],
        messages=found.hypotheses[0].messages if found.hypotheses else 0,
    )  # fmt: skip


def long(minutes: float, language: Language, days: bool = False) -> str:
    return show_interval(timedelta(minutes=round(minutes)), days, language)


def _step(step: StepShown, language: Language) -> StepView:
    name = f"{language.term('event', step.first)} → {language.term('event', step.last)}"
    several = len({one.by for one in step.by_service}) > 1
    lines = [_line(one, language("transit.all" if one.precise else "transit.all-days"), language) for one in step.whole]
    lines += [_line(one, language.term("type", one.by), language) for one in (step.by_service if several else ())]
    lines += [_line(one, _month(one, language), language) for one in step.by_month]
    dated = [one for one in step.by_month if one.by]

    def say(minutes: int) -> str:
        return long(minutes, language)

    months = draw_months(dated, f"{name}, {language('view.month')}", say, lambda month: show_moment(month, language))
    return StepView(name, draw_bins(step.bins, name, say), months if len(dated) > 1 else None, lines)


def _month(one: Measured, language: Language) -> str:
    return show_moment(one.by, language) if one.by else language("date.none")


def _line(one: Measured, name: str, language: Language) -> Line:
    days = not one.precise
    half = " – ".join(dict.fromkeys((long(one.lower, language, days), long(one.upper, language, days))))
    return Line(name, one.messages, long(one.median, language, days), half)


def _clocks(found: Way, language: Language) -> list[ClockView]:
    return [
        ClockView(
            one.name, round(100 * one.weight), long(one.quartiles[1], language), one.backwards, one.by_night,
            one.name == found.clock,
        )
        for one in found.hypotheses
    ]  # fmt: skip


def _odd(one: OddOne, language: Language) -> OddView:
    row = one.entry
    senders, recipients = ((name,) if name else () for name in (row.sender, row.recipient))
    return OddView(
        row.id, title_of(row.title, row.type, senders, recipients, language),
        show_moment(row.date, language) if row.date else language("date.none"),
        f"{language.term('event', one.first)} → {language.term('event', one.last)}", long(one.minutes, language),
    )  # fmt: skip
