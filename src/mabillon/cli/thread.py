"""`mabillon thread`: the exchange that a record belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mabillon.cli.options import Failure, archive_option, complain
from mabillon.cli.quotation import tidy
from mabillon.errors import ArchiveError

if TYPE_CHECKING:
    from mabillon.archive import Archive
    from mabillon.connect import Held, Mentioned, Resolution, Thread

BOLD, DIM, RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
INDENT = " " * 12


@click.command(
    epilog="""\b
Examples:
  mabillon thread 1351
  mabillon thread yj7sys4qtil7bvug --archive cables
"""
)
@click.argument("record", metavar="ID-OR-NUMBER")
@archive_option
def thread(record: str, archive: Path) -> None:
    """Print the exchange that a record belongs to, in order, with what links it and why; what is named but not held
    stands in it as missing."""
    from mabillon.archive import Archive
    from mabillon.archive.threads import thread_of

    with Archive.open(archive) as opened:
        found = thread_of(opened, _id(opened, record))
    if found is None:
        raise ArchiveError(f"{record}: the archive holds no such record")
    _show(found)


def _id(archive: Archive, record: str) -> str:
    """Return the id that `record` is, or that of the one record that bears it as its number."""
    from mabillon.archive.threads import bearing

    if archive.record(record) is not None:
        return record
    ids = bearing(archive, record)
    if not ids:
        raise Failure(f"{record}: the archive holds no record of this id or number")
    if len(ids) > 1:
        complain(f"{len(ids)} records bear the number {record}; this is the exchange of {ids[0]}")
        complain("the others: " + " ".join(ids[1:]))
    return ids[0]


def _show(found: Thread) -> None:
    for one in found.in_order():
        click.echo("\n".join(_lines(one, found)) + "\n")
    click.echo(f"{len(found.held)} held, {len(found.missing)} known only by mention")


def _lines(one: Held | Mentioned, found: Thread) -> Iterator[str]:
    """Yield the lines on one document: date, number, ends, then what it names or who names it."""
    number = getattr(one, "number", None) or next((shown for _, shown in getattr(one, "numbers", ())), "")
    head = " ".join(filter(None, [f"No. {number}" if number else "", _ends(one.sender.label, one.recipient.label)]))
    links = getattr(one, "said", None)
    if links is not None:
        year = one.date or getattr(one, "year", None) or "-"
        yield f"{BOLD}{tidy(str(year)):<10}  [not held] {tidy(head)}{RESET}  {DIM}{one.id}{RESET}"
        for named in links:
            yield f"{INDENT}named by {named.holder}: “{tidy(named.wording)}”"
        return
    yield f"{BOLD}{tidy(one.date or '-'):<10}  {tidy(head)}{RESET}  {DIM}{one.id}{RESET}"
    for link in (link for link in found.links if link.named.holder == one.id):
        yield from _link_lines(link)


def _ends(sender: str, recipient: str) -> str:
    return f"{sender or '?'} to {recipient or '?'}" if sender or recipient else ""


def _link_lines(link: Resolution) -> Iterator[str]:
    words = f"“{tidy(link.named.wording)}”"
    for judgement in link.links:
        yield f"{INDENT}{words} → {judgement.held.id} ({judgement.score:.2f})"
        yield f"{INDENT}{DIM}{tidy('; '.join(judgement.reasons))}{RESET}"
    if link.open:
        yield f"{INDENT}{words} could be any of {', '.join(one.held.id for one in link.open)}"
    elif not link.links:
        yield f"{INDENT}{words}: not held"
