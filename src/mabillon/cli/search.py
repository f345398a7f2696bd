"""`mabillon search`: find records in an archive."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mabillon.cli.options import archive_option, complain, printable

if TYPE_CHECKING:
    from mabillon.search import Hit, Results

BOLD, MARK, DIM, RESET = "\x1b[1m", "\x1b[1;33m", "\x1b[2m", "\x1b[0m"


@click.command(
    epilog="""\b
Examples:
  mabillon search Chemulpo
  mabillon search '"38th parallel" from:Shtykov'
  mabillon search 'to:Stalin date:1950-09-20..1950-10-05 finding:any' --sort date
  mabillon search Incheon --json | jq -r .title.value

Words, "exact phrases", AND OR NOT, parentheses, prefix*, fuzzy~, "near these"~8, and fields: from: to: copy:
about: place: number: type: class: finding: cites: date: in:. A slip of syntax is mended, and said so.
"""
)
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@archive_option
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, metavar="N", help="Hits shown.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date", "-date", "number"]),
    default="relevance",
    show_default=True,
    help="Order of the hits.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the records found as JSON, one a line.")
def search(words: tuple[str, ...], archive: Path, limit: int, sort: str, as_json: bool) -> None:
    """Find records by their words, names, numbers and dates, and show where they say so."""
    from mabillon.archive import Archive
    from mabillon.archive.finder import Finder
    from mabillon.archive.indexing import open_index
    from mabillon.record import encode
    from mabillon.search import IndexDamaged

    with Archive.open(archive) as opened:
        open_index(opened)
        finder, question = Finder(opened), " ".join(words)
        try:
            results = finder.search(question, sort=sort, limit=limit)
        except IndexDamaged:
            complain("the index is damaged and is made anew")
            open_index(opened)
            results = finder.search(question, sort=sort, limit=limit)
        for note in results.notes:
            complain(note)
        if as_json:
            for record in opened.records_named([hit.id for hit in results.hits]):
                click.echo(encode(record))
        else:
            _show(results)
    if not results.total:
        raise click.exceptions.Exit(1)


def _show(results: Results) -> None:
    if results.spellings:
        complain(f"also spelt: {', '.join(results.spellings)}")
    for hit in results.hits:
        _show_hit(hit)
    if results.suggestion:
        complain(f"nothing found; did you mean: {results.suggestion}")
    click.echo(f"{results.total:,} found" + (f", {len(results.hits)} shown" if results.next else ""))


def _show_hit(hit: Hit) -> None:
    """Title and identifier, then the words around what was found."""
    title = _one_line(hit.title) or "Without a title"
    click.echo(f"{BOLD}{hit.date or '    -     ':<10}  {title}{RESET}  {DIM}{hit.id}{RESET}")
    words = "".join(f"{MARK}{printable(p.text)}{RESET}" if p.marked else printable(p.text) for p in hit.snippet)
    width = min(110, shutil.get_terminal_size((100, 24)).columns)
    for line in textwrap.wrap(" ".join(words.split()), width - 12):
        click.echo(" " * 12 + line)
    for reason in hit.because:
        for line in textwrap.wrap(_one_line(reason), width - 12):
            click.echo(f"{' ' * 12}{DIM}{line}{RESET}")
    click.echo()


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())
