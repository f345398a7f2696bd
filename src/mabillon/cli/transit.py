"""`mabillon transit`: how long messages were under way, and by whose clock they went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mabillon.cli.options import Failure, archive_option
from mabillon.cli.progress import ProgressBar
from mabillon.cli.quotation import tidy

if TYPE_CHECKING:
    from mabillon.archive.series.ways import Measured, RouteListed, StepShown, Way
    from mabillon.connect.zones import Hypothesis

BOLD, DIM, RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"


@click.command(
    epilog="""\b
Examples:
  mabillon transit
  mabillon transit Pyongyang Moscow
  mabillon transit Washington London --archive cables --json | jq '.hypotheses'

Measured is each step from one link of the chain to the next: drafted, sent, received, arrived, read; as quartiles, over
the whole route, by kind of document and by month. Where the documents state no zone, three clocks are weighed for the
time of sending over all messages of the route: the sender's, the recipient's, and universal time. What took far longer
than the rest, or came before it went, is named (the finding transit.implausible).
"""
)
@click.argument("origin", required=False, metavar="[FROM")
@click.argument("goal", required=False, metavar="TO]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: one line for each route, or the one asked for.")
@archive_option
def transit(origin: str | None, goal: str | None, as_json: bool, archive: Path) -> None:
    """List the routes on which messages were timed, or show how long they took from one station TO another."""
    if (origin is None) != (goal is None):
        raise click.UsageError("A route has two ends: mabillon transit FROM TO")
    from mabillon.archive import Archive
    from mabillon.archive.series.following import follow_series
    from mabillon.archive.series.sheets import station_of
    from mabillon.archive.series.ways import routes, way

    with Archive.open(archive) as opened:
        bar = ProgressBar("Measuring transits")
        follow_series(opened.store, lambda done: bar.update(done, None, done, 0))
        bar.clear()
        if origin is None or goal is None:
            listed = routes(opened)
            for one in listed:
                click.echo(_json(one) if as_json else _listed(one))
            if not listed and not as_json:
                click.echo("No message says both when it went and when it came.")
            return
        found = way(opened, station_of(opened, origin), station_of(opened, goal))
    if found is None:
        raise Failure(f"{origin} to {goal}: no message of this route is timed at both ends; see: mabillon transit")
    click.echo(_json(found) if as_json else "\n".join(_lines(found)))


def _json(one: RouteListed | Way) -> str:
    """Return a route as the API gives it."""
    import msgspec

    from mabillon.archive.series import ways
    from mabillon.web.api import series_shapes

    shown = series_shapes.Way.of(one) if isinstance(one, ways.Way) else series_shapes.Route.of(one)
    return msgspec.json.encode(shown).decode()


def _listed(one: RouteListed) -> str:
    months = f"{one.first} to {one.last}" if one.first and one.first != one.last else one.first or ""
    odd = f", {one.odd} implausible" if one.odd else ""
    return f"{tidy(one.from_)} to {tidy(one.to)}: {one.messages:,} messages {DIM}{months}{odd}{RESET}"


def _lines(found: Way) -> Iterator[str]:
    yield f"{BOLD}{tidy(found.from_)} to {tidy(found.to)}{RESET}"
    for step in found.steps:
        yield from _step_lines(step)
    yield from _clock_lines(found.clock, found.hypotheses)
    if found.odd:
        yield f"\n{BOLD}Implausible{RESET}"
    for odd in found.odd:
        what = f"{_long(odd.minutes)} from {odd.first} to {odd.last}"
        yield f"  {what}: {odd.entry.date or 'undated'} {DIM}{odd.entry.id}{RESET}"


def _step_lines(step: StepShown) -> Iterator[str]:
    yield f"\n{BOLD}{step.first.capitalize()} to {step.last}{RESET}"
    for one in step.whole:
        yield "  " + _measured("all" if one.precise else "all, by the day", one)
    several = len({one.by for one in step.by_service}) > 1
    for one in (*(step.by_service if several else ()), *step.by_month):
        yield "  " + _measured(one.by or "undated", one)


def _measured(name: str, one: Measured) -> str:
    half = f"half of them {_long(one.lower)} to {_long(one.upper)}" if one.messages > 1 else ""
    return f"{tidy(name):<16} {one.messages:>6,}  {_long(one.median):>12}  {DIM}{half}{RESET}".rstrip()


def _clock_lines(clock: str | None, hypotheses: Sequence[Hypothesis]) -> Iterator[str]:
    if not hypotheses:
        return
    said = {
        "sender": "the sender's own clock", "recipient": "the recipient's clock", "universal": "universal time",
        None: "open: the messages do not decide",
    }  # fmt: skip
    yield f"\n{BOLD}Times of sending{RESET}: {said[clock]} ({hypotheses[0].messages} messages state no zone)"
    for one in hypotheses:
        yield (
            f"  {said[one.name]:<24} {one.weight:>6.1%}  would mean {_long(round(one.quartiles[1]))} in the middle, "
            f"{one.backwards} come before they went, {one.by_night} sent between midnight and six"
        )


def _long(minutes: int) -> str:
    from mabillon.archive.series.transits import in_words

    return in_words(minutes)
