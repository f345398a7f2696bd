"""`mabillon name`: what is known of a name."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from mabillon.cli.options import Failure, printable

if TYPE_CHECKING:
    from mabillon.authority.covers import CoverName
    from mabillon.authority.dossier import Dossier, Known
    from mabillon.authority.offices import Held
    from mabillon.authority.records import Authority

BOLD, DIM, RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
LABEL = 14
"""Columns before what is said."""


@click.command(
    epilog="""\b
Examples:
  mabillon name Chtykov
  mabillon name 朴憲永
  mabillon name Matveev --date 1950-10-06 --context Pyongyang
  mabillon name Peiping --kind place --json | jq '.candidates[0].id'

The score says how well the spellings agree and what the date and the context make of it; it is no probability, and
nothing is decided by it. A family name alone stays low where many bear it.
"""
)
@click.argument("words", nargs=-1, required=True, metavar="NAME...")
@click.option("--kind", type=click.Choice(["person", "place", "org"]), help="Only persons, places, or bodies.")
@click.option("--date", metavar="EDTF", help="When it was written: 1950-10-06, 1950-10, 1950.")
@click.option("--context", default="", metavar="WORDS", help="Words around it: station, service, correspondents.")
@click.option("--limit", type=click.IntRange(1, 20), default=5, show_default=True, metavar="N", help="How many.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one line of JSON.")
def name(words: tuple[str, ...], kind: str | None, date: str | None, context: str, limit: int, as_json: bool) -> None:
    """Show what is known of a name: whom it may mean and why, spellings, cover names, offices."""
    from mabillon.authority.dossier import KINDS, dossier
    from mabillon.authority.register import standard

    try:
        found = dossier(" ".join(words), standard(), (kind,) if kind else KINDS, date, context)
    except ValueError as error:
        raise Failure(str(error)) from error
    if as_json:
        click.echo(_json(found, limit))
    else:
        width = min(110, shutil.get_terminal_size((100, 24)).columns)
        for line in _lines(found, limit, width):
            click.echo(line)
    if not found.candidates and not found.spellings:
        raise click.exceptions.Exit(1)


def _lines(found: Dossier, limit: int, width: int) -> Iterator[str]:
    yield f"{BOLD}{printable(found.name)}{RESET}"
    shown, left = found.candidates[:limit], len(found.candidates) - limit
    if not shown:
        yield "nobody and no place of that name is known"
    for known in shown:
        yield ""
        yield from _candidate(known, width)
    if left > 0:
        yield f"\n{DIM}{left} more score lower (--limit){RESET}"
    if found.spellings:
        yield ""
        yield from _row("also spelt", " · ".join(found.spellings), width)


def _candidate(known: Known, width: int) -> Iterator[str]:
    authority = known.authority
    heading = f"{BOLD}{printable(authority.heading)}{RESET}{_life(authority)}"
    yield f"{known.score:.2f}  {heading}  {DIM}{authority.id}{RESET}"
    yield from _row("because", "; ".join(known.reasons), width)
    yield from _row("forms", " · ".join(_form(*form) for form in _forms(authority)), width)
    for label, cover in zip(_labels("cover name"), known.covers, strict=False):
        yield from _row(label, _cover(cover), width)
    for label, held in zip(_labels("office"), known.offices, strict=False):
        yield from _row(label, _office(held), width)
    yield from _row("identifiers", ", ".join(f"{scheme} {value}" for scheme, value in authority.identifiers), width)
    yield from _row("lies at", "{:.2f}, {:.2f}".format(*authority.at) if authority.at else "", width)


def _labels(first: str) -> Iterator[str]:
    yield first
    while True:
        yield ""


def _row(label: str, said: str, width: int) -> Iterator[str]:
    for number, line in enumerate(textwrap.wrap(printable(said), max(20, width - LABEL - 6))):
        yield f"      {DIM}{label if not number else '':<{LABEL}}{RESET}{line}"


def _life(authority: Authority) -> str:
    return f" ({_span(authority.born, authority.died)})" if authority.born or authority.died else ""


def _span(start: str | None, end: str | None) -> str:
    return f"{start or ''} – {end or ''}".strip()


def _forms(authority: Authority) -> list[tuple[str, str | None, str | None]]:
    return [(form.text, form.start, form.end) for form in authority.variants]


def _form(text: str, start: str | None, end: str | None) -> str:
    return f"{text} ({_span(start, end)})" if start or end else text


def _cover(cover: CoverName) -> str:
    time = f", {_span(cover.start, cover.end)}" if cover.start or cover.end else ""
    return f"{cover.name}{time}, {cover.certainty:.0%} sure: {cover.source}"


def _office(held: Held) -> str:
    tenure = held.tenure
    where = f" in {tenure.place}" if tenure.place else ""
    doubt = "" if held.certain else ", perhaps not on that day"
    return f"{tenure.office}, {tenure.state}{where}, {_span(tenure.start, tenure.end)}{doubt}"


def _json(found: Dossier, limit: int) -> str:
    import msgspec

    candidates = []
    for known in found.candidates[:limit]:
        plain = msgspec.to_builtins(known)
        authority = plain.pop("authority")
        authority["identifiers"] = dict(known.authority.identifiers)
        candidates.append({**authority, **plain})
    answer = {"name": found.name, "spellings": found.spellings, "candidates": candidates}
    return msgspec.json.encode(answer).decode()
