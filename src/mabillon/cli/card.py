"""A record as a card that a person can read in a terminal, or as a line of JSON."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator

import msgspec

from mabillon.cli.options import printable
from mabillon.cli.quotation import quotations, tidy
from mabillon.cli.rows import Row, anatomy
from mabillon.cli.titles import titled
from mabillon.record import Finding, Record, encode

LABEL, WIDEST, NARROWEST, QUOTES = 15, 110, 60, 4
"""Columns of the labels, widest and narrowest card, and how many quotations a finding gets at most."""

BOLD, DIM, RED, YELLOW, RESET = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[33m", "\x1b[0m"
_COLOURS = {"error": RED, "warning": YELLOW, "note": DIM}


def json_line(record: Record) -> bytes:
    """Return the record as one line of JSON."""
    return encode(record) + b"\n"


def json_line_without_text(record: Record) -> bytes:
    """Return the record as one line of JSON, without the text of its source."""
    return encode(_without_text(record)) + b"\n"


def _without_text(record: Record) -> Record:
    source = msgspec.structs.replace(record.source, text=None) if record.source is not None else None
    return msgspec.structs.replace(record, source=source, enclosures=[_without_text(e) for e in record.enclosures])


def plain(record: Record) -> bytes:
    """Return the card as UTF-8, without colours."""
    return _encoded(card(record, _width(), colour=False))


def styled(record: Record) -> bytes:
    """Return the card as UTF-8, with colours for a terminal."""
    return _encoded(card(record, _width(), colour=True))


def card(record: Record, width: int, *, colour: bool) -> str:
    """Return the card of a record and its enclosures, ended by an empty line."""
    return "\n".join(_Card(width, colour).lines(record)) + "\n\n"


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _width() -> int:
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((100, 24)).columns))


class _Card:
    def __init__(self, width: int, colour: bool) -> None:
        self._width = width
        self._colour = colour
        self._text: str | None = None

    def lines(self, record: Record, depth: int = 0, name: str = "") -> Iterator[str]:
        """Yield the lines of a record: its head, its findings, its anatomy, its enclosures."""
        indent = "  " * depth
        if record.source is not None and record.source.text is not None:
            self._text = record.source.text
        yield from self._head(record, indent, name)
        if record.findings:
            for finding in record.findings:
                yield from self._finding(finding, indent)
            yield ""
        for row in anatomy(record):
            yield from self._row(row, indent)
        for n, enclosure in enumerate(record.enclosures, 1):
            yield ""
            yield from self.lines(enclosure, depth + 1, f"Enclosure {n}")

    def _head(self, record: Record, indent: str, name: str) -> Iterator[str]:
        title = tidy(record.title.value) if record.title is not None else ""
        if not title and not name:
            kind = str(record.type.value) if record.type is not None else None
            senders, recipients = ([agent.value for agent in agents] for agents in (record.senders, record.recipients))
            title = tidy(titled(None, kind, senders[:2], recipients[:2]))
        words = ": ".join(part for part in (name, title) if part)
        for line in textwrap.wrap(words, self._width - len(indent)):
            yield indent + self._style(BOLD, line)
        if record.source is not None and not name:
            part = f", part {record.source.part}" if record.source.part else ""
            yield indent + self._style(DIM, printable(f"{record.source.filename}{part}  {record.id}"))
        yield indent + self._style(DIM, "─" * (self._width - len(indent)))

    def _finding(self, finding: Finding, indent: str) -> Iterator[str]:
        style = _COLOURS.get(finding.severity, "")
        message = f"! {finding.severity}: {tidy(finding.message)} [{finding.id}]"
        for line in textwrap.wrap(message, self._width - len(indent), subsequent_indent="  "):
            yield indent + self._style(style, line)
        quotes = quotations(self._text, finding.evidence)
        for quote in quotes[:QUOTES]:
            yield from self._quoted(quote, indent + "  ")
        if len(quotes) > QUOTES:
            yield indent + self._style(DIM, f"  and {len(quotes) - QUOTES} more places")

    def _row(self, row: Row, indent: str) -> Iterator[str]:
        """The quotation stands behind the value where there is room, below it where there is none."""
        label = f"{indent}{row.label:<{LABEL}}"
        value, quote = tidy(row.value), " … ".join(quotations(self._text, row.evidence))
        if quote and len(label) + len(value) + 2 + len(quote) <= self._width:
            yield f"{label}{value}  {self._style(DIM, quote)}"
            return
        first, *more = textwrap.wrap(value, self._width - len(label)) or [""]
        yield label + first
        for line in more:
            yield " " * len(label) + line
        yield from self._quoted(quote, " " * len(label))

    def _quoted(self, quote: str, indent: str) -> Iterator[str]:
        for line in textwrap.wrap(quote, self._width - len(indent)):
            yield indent + self._style(DIM, line)

    def _style(self, style: str, text: str) -> str:
        return f"{style}{text}{RESET}" if self._colour and style else text
