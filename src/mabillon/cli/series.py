"""`mabillon series`: what a station's numbers say: what is lacking, what the undated are of, what does not fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mabillon.cli.options import Failure, archive_option
from mabillon.cli.progress import ProgressBar
from mabillon.cli.quotation import tidy

if TYPE_CHECKING:
    from mabillon.archive.series.sheets import Counter, Placed, Station, Week

BOLD, DIM, RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
HELD, SOME, LACKING = "█", "▒", "·"


@click.command(
    epilog="""\b
Examples:
  mabillon series
  mabillon series Pyongyang
  mabillon series "New Delhi" --year 1950 --archive cables
  mabillon series Pyongyang --json | jq '.undated[] | [.number, .date.value]'

A station counts what it sends, an office what comes in. Where numbers and days rise together, a number tells its day:
of an undated document the days from which nine in ten come are given, with the numbers on both sides that say so; a
number that does not fit its date is named (the finding number.out-of-sequence); and the numbers in between that are
not held are what the archive lacks. A strip shows the weeks of a year: █ all held, ▒ some, · none of those that the
numbers say were sent.
"""
)
@click.argument("station", required=False, metavar="[STATION]")
@click.option("--year", type=click.IntRange(1, 9999), metavar="YEAR", help="Only this year.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON for each station or counter.")
@archive_option
def series(station: str | None, year: int | None, as_json: bool, archive: Path) -> None:
    """List the stations whose numbers are series, or show the counters of one STATION."""
    from mabillon.archive import Archive
    from mabillon.archive.series.following import follow_series
    from mabillon.archive.series.sheets import counters, station_of, stations

    with Archive.open(archive) as opened:
        bar = ProgressBar("Fitting series")
        follow_series(opened.store, lambda done: bar.update(done, None, done, 0))
        bar.clear()
        if station is None:
            _list(stations(opened), as_json)
            return
        found = counters(opened, station_of(opened, station), year=year)
    if not found:
        raise Failure(f"{station}: no document of this station has a number; see: mabillon series")
    for one in found:
        click.echo(_json(one) if as_json else "\n".join(_lines(one)) + "\n")


def _list(found: Sequence[Station], as_json: bool) -> None:
    for one in found:
        if as_json:
            click.echo(_json(one))
            continue
        years = f"{one.first}–{one.last}" if one.first else "undated"
        click.echo(f"{tidy(one.label):<24} {years:>9}  {one.held:>7,} held  {_lacking(one)}")
    if not found and not as_json:
        click.echo("No station's numbers are known yet.")


def _lacking(one: Station | Counter) -> str:
    return f"about {round(one.missing):,} lacking" if one.tells else "too few to say what is lacking"


def _json(one: Station | Counter) -> str:
    """Return a station or a counter as the API gives it."""
    import msgspec

    from mabillon.archive.series import sheets
    from mabillon.web.api import series_shapes

    shown = series_shapes.Station.of(one) if isinstance(one, sheets.Station) else series_shapes.Counter.of(one)
    return msgspec.json.encode(shown).decode()


def _lines(one: Counter) -> Iterator[str]:
    title = {"sent": "sent", "incoming": "register of what came in"}[one.kind]
    form = f", numbered …{tidy(one.form)}" if one.form else ""
    yield f"{BOLD}{one.year or 'Year unknown'}, {title}{form}{RESET} {DIM}({_ends(one)}){RESET}"
    if one.first is not None:
        yield f"  Nos. {one.first}–{one.last}: {one.held:,} held, {_lacking(one)}"
    if one.weeks:
        yield f"  {_strip(one.weeks, one.year)}"
    for place in one.undated:
        yield f"  No. {place.number} is undated: {_said(place)} {DIM}{place.entry.id}{RESET}"
    for place in one.strays:
        stated = place.entry.date or "?"
        yield f"  No. {place.number} is dated {stated}, its number says {_said(place)} {DIM}{place.entry.id}{RESET}"


def _ends(one: Counter) -> str:
    named = [tidy(name) for name in one.partners if name]
    more = f" and {len(named) - 3} others" if len(named) > 3 else ""
    return (
        f"{'from' if one.kind == 'incoming' else 'to'} {', '.join(named[:3])}{more}" if named else "to whom is unknown"
    )


def _said(place: Placed) -> str:
    dates = [str(place.date.value), *map(str, place.date.alternatives or ())]
    sides = [
        f"No. {side.number} of {side.date}" for side in (place.below, place.above) if side is not None and side.date
    ]
    return " or ".join(dates) + (f", beside {' and '.join(dict.fromkeys(sides))}" if sides else "")


def _strip(weeks: Sequence[Week], year: int) -> str:
    """Return the weeks of a year as one sign each."""
    signs = {week.monday: _sign(week) for week in weeks}
    first = min(signs) if not year else dt.date(year, 1, 1) - dt.timedelta(days=dt.date(year, 1, 1).weekday())
    count = (max(signs) - first).days // 7 + 1
    return "".join(signs.get(first + dt.timedelta(weeks=n), " ") for n in range(max(0, count))).rstrip()


def _sign(week: Week) -> str:
    if week.held and week.missing < 0.5:
        return HELD
    return SOME if week.held else LACKING
