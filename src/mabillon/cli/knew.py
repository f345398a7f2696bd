"""`mabillon knew`: what had reached a person by a moment."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mabillon.cli.options import Failure, archive_option, complain, printable
from mabillon.cli.progress import ProgressBar
from mabillon.cli.quotation import tidy
from mabillon.cli.titles import titled

if TYPE_CHECKING:
    from mabillon.archive.knew import First, Knew, Listed, Reached, Spread
    from mabillon.store.entries import Entry

BOLD, DIM, RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
INDENT = " " * 23

WAYS = {
    "signed": "signed it", "sent": "sent it", "drafted": "drafted it", "enclosed": "wrote what it encloses",
    "handled": "handled it", "present": "was in the room", "received": "received it", "read": "read it",
    "copied": "was copied", "answered": "answered it", "cited": "cited it", "told": "was told of it",
}  # fmt: skip
DOUBTS = {
    "no-delivery": "no time of delivery is stated", "no-time": "no time of receipt is stated",
    "conflict": "its time contradicts the others of the document", "inferred": "inferred, no words say it",
    "unsure": "the words were hard to read", "other-place": "the time stated is that of another place",
    "through": "it went through somebody else's hands", "name": "who is meant is only likely",
    "reference": "which document is meant is only likely", "office": "by the office held",
}  # fmt: skip
HOPS = {"written": "Written", "delivered": "Delivered", "copied": "Copied", "named": "Named by others"}


@click.command(
    epilog="""\b
Examples:
  mabillon knew Mikoyan --at 1950-10-01T06:00 --clock Moscow
  mabillon knew "Mikoyan" --at 1950-10-01T06:00 --about "38th parallel"
  mabillon knew "Foreign Minister of the USSR" --at 1950-10-01
  mabillon knew --about '"38th parallel"'           who knew of it first, and then who
  mabillon knew --document yj7sys4qtil7bvug         how one document spread
  mabillon knew Mikoyan --json | jq '.proved.items[].entry.id'

What is PROVED rests on words that name the person and say when; it is certain from the last instant that they can
mean: a day means its end, and a time without a zone the latest of the clocks at both ends of the wire. What is PRESUMED
is possible and not proved: a copy without a time of delivery, an office held, a time that contradicts the others. Each
document stands once, with the earliest time, and the words that say so. A name may be spelt in any way; an office
means whoever held it on that day.
"""
)
@click.argument("who", nargs=-1, metavar="[NAME]...")
@click.option("--at", default="", metavar="EDTF", help="Up to when: 1950-10-01T06:00; a day means its end.")
@click.option(
    "--clock", default="", metavar="PLACE", help="Whose clock that is: Moscow, +03:00.  [default: universal time]"
)
@click.option("--about", default="", metavar="SEARCH", help="Only of documents that this search finds.")
@click.option("--document", default="", metavar="ID", help="How this document spread, hop by hop.")
@click.option(
    "--limit", type=click.IntRange(1, 500), default=20, show_default=True, metavar="N", help="How many of each."
)
@archive_option
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one line of JSON.")
def knew(
    who: tuple[str, ...], at: str, clock: str, about: str, document: str, limit: int, archive: Path, as_json: bool
) -> None:
    """Show what had reached a person by a moment: what words prove, and what can only be presumed."""
    from mabillon.archive import Archive
    from mabillon.archive.finder import Finder
    from mabillon.archive.indexing import open_index
    from mabillon.archive.knew import Question, first_to_know, spread
    from mabillon.archive.knew import knew as ask
    from mabillon.archive.knowing import follow_knowledge

    if sum(map(bool, (who, document))) != 1 and not (about and not who and not document):
        raise click.UsageError("Name a person, or give --document ID, or --about SEARCH alone.")
    with Archive.open(archive) as opened:
        bar = ProgressBar("Who knew what")
        follow_knowledge(opened.store, lambda done: bar.update(done, None, done, 0))
        bar.clear()
        if about:
            open_index(opened)
        finder = Finder(opened)
        found: Any
        if document:
            found = spread(opened, document)
            if found is None:
                raise Failure(f"{document}: the archive holds no such record")
            lines = _spread(found)
        elif who:
            found = ask(finder, Question(" ".join(who), at, clock, about), limit=limit)
            lines = _knew(found)
        else:
            found = first_to_know(finder, about, limit=limit, at=at, clock=clock)
            lines = _first(found)
        finder.close()
    if as_json:
        click.echo(_json(found))
    else:
        for line in lines:
            click.echo(line)


def _knew(found: Knew) -> Iterator[str]:
    meant = found.whom
    known = meant.authority or "no authority of that name is known"
    yield f"{BOLD}{printable(meant.heading)}{RESET}  {DIM}{known}{RESET}"
    if not meant.sure:
        complain(f"{meant.name} most likely means {meant.heading}: {'; '.join(meant.reasons)}")
    if meant.others:
        listed = ", ".join(f"{heading} ({id})" for id, heading in meant.others)
        complain(f"{meant.name} may also mean {listed}")
    for held in meant.offices:
        yield f"{DIM}{printable(held.tenure.office)}, {held.tenure.state}{RESET}"
    until = f" by {found.at:%Y-%m-%d %H:%M} universal time" if found.at else ""
    about = f" of {printable(found.about)}" if found.about else ""
    yield f"\n{BOLD}PROVED{RESET}{about}{until}: {_total(found.proved)}\n"
    yield from _items(found.proved.items)
    yield f"{BOLD}PRESUMED{RESET}, possible and not proved{about}{until}: {_total(found.presumed)}\n"
    yield from _items(found.presumed.items)


def _total(listed: Listed) -> str:
    from mabillon.archive.knew import COUNTED

    if listed.total is None:
        return f"{len(listed.items)} shown" + (", there are more" if listed.more else "")
    shown = f", {len(listed.items)} shown" if listed.more else ""
    many = f"more than {COUNTED:,}" if listed.total > COUNTED else f"{listed.total:,}"
    return f"{many} document{'' if listed.total == 1 else 's'}{shown}"


def _title(entry: Entry) -> str:
    return tidy(printable(titled(entry.title, entry.type, [entry.sender or ""], [entry.recipient or ""])))


def _items(items: tuple[Reached, ...]) -> Iterator[str]:
    for item in items:
        title = _title(item.entry)
        yield f"{_when(item)}  {BOLD}{title}{RESET}  {DIM}{item.entry.id}{RESET}"
        yield from _said(item, WAYS[item.way])


def _when(item: Reached) -> str:
    """Return by when it is certain, or from when on it is possible."""
    if item.at is None:
        return f"{'time unknown':<21}"
    return f"{'by  ' if item.proved else 'from'} {item.at:%Y-%m-%d %H:%M}"


def _said(item: Reached, way: str) -> Iterator[str]:
    """Yield how it is known, in the words of the document, and what is doubtful."""
    width = max(40, min(110, shutil.get_terminal_size((100, 24)).columns) - len(INDENT))
    words = " · ".join(f"“{tidy(printable(' '.join(said.text.split())))}”" for said in item.words)
    where = f" by {_title(item.by)} ({item.by.id})" if item.by else ""
    for line in textwrap.wrap(f"{way}{tidy(printable(where))}: {words or 'no words say so'}", width):
        yield INDENT + line
    if item.doubts:
        for line in textwrap.wrap("; ".join(DOUBTS[doubt] for doubt in item.doubts), width):
            yield f"{INDENT}{DIM}{line}{RESET}"
    yield ""


def _people(items: tuple[Reached, ...]) -> Iterator[str]:
    for item in items:
        proved = "" if item.proved else "presumed: "
        yield f"{_when(item)}  {BOLD}{printable(item.name)}{RESET}  {DIM}{item.person}{RESET}"
        yield from _said(item, proved + WAYS[item.way])


def _spread(found: Spread) -> Iterator[str]:
    yield f"{BOLD}{_title(found.entry)}{RESET}  {DIM}{found.entry.id}{RESET}"
    for hop, items in found.hops:
        yield f"\n{BOLD}{HOPS[hop]}{RESET}"
        yield from _people(items)


def _first(found: First) -> Iterator[str]:
    about = f"{printable(found.about)} ({found.documents:,} documents)"
    yield f"{BOLD}PROVED{RESET} to have known first of what answers {about}\n"
    yield from _documented(found.proved)
    yield f"{BOLD}PRESUMED{RESET}, possible and not proved\n"
    yield from _documented(found.presumed)


def _documented(items: tuple[Reached, ...]) -> Iterator[str]:
    for item in items:
        title = _title(item.entry)
        yield f"{_when(item)}  {BOLD}{printable(item.name)}{RESET}  {DIM}{item.person}{RESET}"
        yield f"{INDENT}{title}  {DIM}{item.entry.id}{RESET}"
        yield from _said(item, WAYS[item.way])


def _json(found: Any) -> str:
    import msgspec

    return msgspec.json.encode(found).decode()
