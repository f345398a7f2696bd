"""`mabillon access`, `redact` and `correct`: what an archivist changes by hand, with a name and a reason."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mabillon.cli.options import Failure, archive_option, printable

if TYPE_CHECKING:
    from mabillon.archive import Access, Archive

F = TypeVar("F", bound=Callable[..., Any])


def _signed(command: F) -> F:
    """Every change says who made it and why."""
    why = click.option("--why", required=True, metavar="REASON", help="Why: it is kept with the change.")
    who = click.option("--who", default=getpass.getuser, show_default="your login", metavar="NAME", help="Who says so.")
    return who(why(command))


@click.command(
    epilog="""\b
Examples:
  mabillon access ml36h5xavzs3ltia
  mabillon access ml36h5xavzs3ltia --restricted --group family --why 'gift agreement'
  mabillon access ml36h5xavzs3ltia --embargo 2030-01-01 --why 'thirty years'
  mabillon access ml36h5xavzs3ltia --public --why 'released'

What is closed is absent from that moment on, wherever a site shows the archive: pages, hits, numbers, exports.
"""
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--public", "kind", flag_value="public", help="Everybody may see it.")
@click.option("--restricted", "kind", flag_value="restricted", help="Nobody but the groups named.")
@click.option("--embargo", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="Closed until this day.")
@click.option("--group", "groups", multiple=True, metavar="NAME", help="A group that sees it all the same.")
@click.option("--why", metavar="REASON", help="Why: it is kept with the change.")
@click.option("--who", default=getpass.getuser, show_default="your login", metavar="NAME", help="Who says so.")
@archive_option
def access(
    ids: tuple[str, ...], kind: str | None, embargo: datetime | None, groups: tuple[str, ...], why: str | None,
    who: str, archive: Path,
) -> None:  # fmt: skip
    """Show who may see a record, or close it and open it again."""
    from mabillon.archive import Access, Archive

    if kind and embargo:
        raise click.UsageError("--embargo is another thing than --public and --restricted: choose one")
    with Archive.open(archive) as opened:
        if kind or embargo:
            if not why:
                raise click.UsageError("say why with --why: it is kept with the change")
            day = embargo.date() if embargo else None
            opened.set_access(ids, Access("embargo" if day else kind or "", frozenset(groups), day), who, why)
        for id in ids:
            click.echo(f"{id}: {_said(opened, id, opened.access(id))}")


def _said(archive: Archive, id: str, allowed: Access) -> str:
    until = f" until {allowed.until.isoformat()}" if allowed.until else ""
    groups = f", but for {', '.join(sorted(allowed.groups))}" if allowed.groups else ""
    passages = len(archive.redactions(id))
    black = f"; {passages} passage{'s' * (passages > 1)} blackened" if passages else ""
    return printable(f"{allowed.kind}{until}{groups}{black}")


@click.command(
    epilog="""\b
Examples:
  mabillon redact ml36h5xavzs3ltia 'his brother in Seoul' --why 'a living person'
  mabillon redact ml36h5xavzs3ltia 'his brother in Seoul' --group family --why 'a living person'

The words are blackened wherever the record's text has them, and so is every value that they say; the original of its
source is not shown any more. White space in WORDS stands for any.
"""
)
@click.argument("id")
@click.argument("words")
@click.option("--group", "groups", multiple=True, metavar="NAME", help="A group that reads them all the same.")
@_signed
@archive_option
def redact(id: str, words: str, groups: tuple[str, ...], who: str, why: str, archive: Path) -> None:
    """Blacken a passage of a record."""
    from mabillon.archive import ARCHIVIST, Archive

    with Archive.open(archive) as opened:
        opened.access(id)  # says so where there is no such record
        record = opened.record(id, ARCHIVIST)
        text = (record.source.text if record and record.source else None) or ""
        wanted = r"\s+".join(map(re.escape, words.split()))
        spans = [found.span() for found in re.finditer(wanted, text)] if wanted else []
        if not spans:
            raise Failure(f"{id}: its text has no such words")
        for span in spans:
            opened.redact(id, span, who, why, groups)
    click.echo(f"{id}: {len(spans)} passage{'s' * (len(spans) > 1)} blackened")


@click.command(
    epilog="""\b
Examples:
  mabillon correct ml36h5xavzs3ltia date 1950-09-30 --why 'as on the stamp'
  mabillon correct ml36h5xavzs3ltia senders/0/place Pyongyang --why 'the heading of the copy'
  mabillon correct ml36h5xavzs3ltia recipients/1 --nothing --why 'a clerk, not a recipient'

PATH is where the value stands in the record (mabillon read --json; docs/record.md). The words of the document stay its
evidence, and the correction is laid over every later reading.
"""
)
@click.argument("id")
@click.argument("path")
@click.argument("value", required=False)
@click.option("--nothing", is_flag=True, help="Take out what stands there.")
@_signed
@archive_option
def correct(id: str, path: str, value: str | None, nothing: bool, who: str, why: str, archive: Path) -> None:
    """Correct what was read of a record."""
    from mabillon.archive import Archive

    if (value is None) != nothing:
        raise click.UsageError("give either the right value, or --nothing")
    with Archive.open(archive) as opened:
        opened.correct(id, path, value, who, why)
        number = len(opened.revisions(id))
    click.echo(f"{id}: corrected, revision {number}")
