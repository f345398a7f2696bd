"""`mabillon findings` and `mabillon verdict`: what does not fit, and what an editor thinks of it."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mabillon.cli.options import archive_option, complain
from mabillon.cli.quotation import tidy
from mabillon.cli.titles import titled

if TYPE_CHECKING:
    from mabillon.store.across import Quoted
    from mabillon.store.findings import Listed

BOLD, DIM, RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
INDENT = "    "
LONGEST = 160
"""Characters of one quotation that are printed."""


@click.command(
    epilog="""\b
Examples:
  mabillon findings
  mabillon findings --kind version.differs --kind copies.conflict
  mabillon findings --year 1950 --station Pyongyang --verdict open
  mabillon findings --record yj7sys4qtil7bvug --json | jq .message

The name in front of a finding stays when documents are read anew. What an editor thinks of one is kept with
mabillon verdict NAME; --verdict open lists those that nobody has judged.
"""
)
@archive_option
@click.option("--kind", multiple=True, metavar="ID", help="Only findings of this kind, such as chain.out-of-order.")
@click.option("--severity", multiple=True, type=click.Choice(["error", "warning", "note"]), help="Only of this weight.")
@click.option("--verdict", "judged", multiple=True, type=click.Choice(["accepted", "explained", "dismissed", "open"]),
              help="Only those judged so; open: not judged.")  # fmt: skip
@click.option("--year", multiple=True, type=click.IntRange(1, 9999), help="Only at records of this year.")
@click.option("--station", multiple=True, metavar="NAME", help="Only at records that this station sent.")
@click.option("--record", metavar="ID", help="Only those that are shown at this record or speak of it.")
@click.option("--limit", type=click.IntRange(1, 1_000_000), default=50, show_default=True, metavar="N",
              help="How many at the most.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON for each finding.")
def findings(
    archive: Path, kind: tuple[str, ...], severity: tuple[str, ...], judged: tuple[str, ...], year: tuple[int, ...],
    station: tuple[str, ...], record: str | None, limit: int, as_json: bool,
) -> None:  # fmt: skip
    """List what does not fit, in one record or among several, with the words of both sides."""
    from mabillon.archive import Archive
    from mabillon.store.findings import Wanted

    wanted = Wanted(kind, severity, judged, station, year, record)
    width = min(110, shutil.get_terminal_size((100, 24)).columns)
    with Archive.open(archive) as opened:
        page = opened.all_findings(wanted=wanted, limit=limit)
        evidence = opened.finding_evidence(page)
        total = opened.count_findings(wanted=wanted)
    for one in page:
        said = evidence[one.fingerprint]
        click.echo(_json(one, said) if as_json else "\n".join(_lines(one, said, width)))
    if not as_json:
        click.echo(f"{total:,} findings{f', the first {len(page):,} of them shown' if total > len(page) else ''}")


def _lines(one: Listed, evidence: Sequence[Quoted], width: int) -> Iterator[str]:
    verdict = f", {one.verdict} by {one.who}: {one.why}" if one.verdict else ""
    yield f"{DIM}{one.fingerprint}{RESET}  {BOLD}{one.finding}{RESET} ({one.severity}){tidy(verdict)}"
    entry = one.entry
    title = tidy(titled(entry.title, entry.type, [entry.sender or ""], [entry.recipient or ""]))
    yield f"{INDENT}{entry.id}  {entry.date or '-'}  {title[:100]}"
    yield from (f"{INDENT}{line}" for line in textwrap.wrap(tidy(one.message), max(20, width - len(INDENT))))
    for quoted in evidence:
        where = "" if quoted.record == entry.id else f"  in {quoted.record}"
        words = tidy(quoted.text)
        if words:
            yield f"{INDENT}{DIM}“{words[:LONGEST]}{'…' if len(words) > LONGEST else ''}”{where}{RESET}"
    yield ""


def _json(one: Listed, evidence: Sequence[Quoted]) -> str:
    import msgspec

    plain = msgspec.to_builtins(
        {
            "name": one.fingerprint, "finding": one.finding, "of": one.origin, "severity": one.severity,
            "message": one.message, "record": one.entry.id, "date": one.entry.date, "evidence": list(evidence),
            "verdict": {"verdict": one.verdict, "why": one.why, "who": one.who, "at": one.at} if one.verdict else None,
        }
    )  # fmt: skip
    return msgspec.json.encode(plain).decode()


@click.command(
    epilog="""\b
Examples:
  mabillon verdict 5f0c2a9e13b7d4486a21 explained --why "the clerk used the new year's series" --who "M. Weber"
  mabillon verdict 5f0c2a9e13b7d4486a21 open --why "the original has turned up" --who "M. Weber"
  mabillon verdict 5f0c2a9e13b7d4486a21

Without a verdict, those are listed that were given so far; nothing is ever overwritten, and the newest one holds. A
verdict stays with its finding when the record is read anew. open takes the one before back.
"""
)
@click.argument("name")
@click.argument("verdict", required=False, type=click.Choice(["accepted", "explained", "dismissed", "open"]))
@archive_option
@click.option("--why", default="", metavar="WORDS", help="The reason; a verdict needs one.")
@click.option("--who", default="", metavar="NAME", help="Whose verdict it is.")
def verdict(name: str, verdict: str | None, archive: Path, why: str, who: str) -> None:
    """Keep an editor's verdict on a finding: accepted, explained or dismissed, with the reason."""
    from mabillon.archive import Archive

    with Archive.open(archive) as opened:
        if verdict is not None:
            opened.decide(name, verdict, why, who)
        given = opened.verdicts(name)
    for row in given:
        click.echo(f"{row.at}  {row.verdict}  {tidy(row.who)}: {tidy(row.why)}")
    if not given:
        complain(f"{name}: no verdict was given")
        raise click.exceptions.Exit(1)
