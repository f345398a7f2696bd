"""`mabillon read`: what the documents say, for a person or as JSON Lines."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mabillon.cli.options import Failure, complain, workers_option
from mabillon.cli.progress import ProgressBar

if TYPE_CHECKING:
    from mabillon.bulk import Outcome, Render


@click.command(
    epilog="""\b
Examples:
  mabillon read samples/seed/cable-600308-paraphrase.txt
  mabillon read --json cables/ > records.jsonl
  mabillon read --json --no-text cables/ | jq -c '[.date.value, .title.value]'
  mabillon read cables/ letters.xml --workers 2 --report run.json

A folder is read with all that lies below it. A file that cannot be read is named on standard error with the
reason, the others are read all the same, and the exit status is then 1. Nothing is fetched from a network.
"""
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one record a line as JSON (see: mabillon schema).")
@click.option("--no-text", is_flag=True, help="With --json: leave out the text that the offsets count in.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write what became of the run, as JSON.",
)
@workers_option
def read(paths: tuple[Path, ...], as_json: bool, no_text: bool, report: Path | None, workers: int) -> None:
    """Read cables, telegrams and letters, and say what they say.

    Each document is shown as a card: what does not fit comes first, then who wrote what to whom and when, how it was
    sent and who got it, each value with the words of the document that say so.
    """
    from mabillon.bulk import read_many
    from mabillon.source import walk

    sources = list(walk(paths))
    if not sources:
        raise Failure("no documents to read: the folders named are empty")
    run = Run(len(sources))
    for outcome in read_many(sources, _renderer(as_json, no_text), workers):
        run.take(outcome)
    run.end(report)


def _renderer(as_json: bool, no_text: bool) -> Render:
    """Return the function that makes of a record what is to be printed."""
    from mabillon.cli import card

    if not as_json:
        return card.styled if sys.stdout.isatty() else card.plain
    return card.json_line_without_text if no_text else card.json_line


class Run:
    """One run of reading: writes what comes, tells of failures at once, and counts."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.sources = 0
        self.records = 0
        self.failures: list[tuple[str, str]] = []
        self._bar = ProgressBar("Reading")
        self._started = time.monotonic()

    def take(self, outcome: Outcome) -> None:
        self.records += outcome.records
        self.sources += outcome.last
        if outcome.content:
            self._bar.clear()
            sys.stdout.buffer.write(outcome.content)
        if outcome.failure is not None:
            self._bar.clear()
            self.failures.append((outcome.path, outcome.failure))
            complain(f"{outcome.path}: {outcome.failure}")
        if self.total > 1:
            self._bar.update(self.sources, self.total, self.records, len(self.failures))

    def end(self, report: Path | None) -> None:
        """Flush, write the report where one is asked for, and end with status 1 where anything failed."""
        sys.stdout.buffer.flush()
        self._bar.clear()
        if report is not None:
            self._write(report)
        if self.failures and self.total > 1:
            failed = f"{len(self.failures):,} of {self.total:,} sources could not be read"
            complain(f"{failed}; {self.records:,} records read")
        if self.failures:
            raise click.exceptions.Exit(1)

    def _write(self, report: Path) -> None:
        import msgspec

        said = {
            "sources": self.sources,
            "records": self.records,
            "seconds": round(time.monotonic() - self._started, 3),
            "failures": [{"path": path, "reason": reason} for path, reason in self.failures],
        }
        report.write_bytes(msgspec.json.format(msgspec.json.encode(said), indent=2) + b"\n")
