"""The title that an archive or edition gives a document, without its number there, its date and its receipt."""

from __future__ import annotations

import re

from mabillon.evidence import Word
from mabillon.parts import PartLine
from mabillon.reading.context import FAIR, LIKELY, Context

_EDITION_NUMBER = re.compile(r"\W*(?:document|doc\.?|dokument|документ)\s*(?:no\.?|nr\.?|№)?\s*\d+\W*", re.IGNORECASE)


def _is_edition_number(context: Context, line: PartLine) -> bool:
    return bool(_EDITION_NUMBER.fullmatch(context.text[line.start : line.end]))


def _first_block(run: list[PartLine]) -> list[PartLine]:
    """Return the lines of a title up to where other lines part them: a page may print it twice."""
    block = run[:1]
    for line in run[1:]:
        if line.index - block[-1].index > 2:
            break
        block.append(line)
    return block


def _after_date(context: Context, start: int, end: int) -> int:
    """Return where the title proper begins: some pages print the date before it on the line."""
    dates = context.fresh_dates(start, min(end, start + 30))
    return dates[0].end if dates and dates[0].start == start and dates[0].end < end else start


_RECEIPT = re.compile(r"\.?\s*[—–-]*\s*\(\s*(?:Received|Reçu|Eingetroffen)\b[^)]*\)\.?\s*$", re.IGNORECASE)


def _before_receipt(context: Context, start: int, end: int) -> int:
    found = _RECEIPT.search(context.text, start, end)
    return found.start() if found else end


_TITLE_LABEL = re.compile(r"\s*(?:title|titel|titre|название|заглавие)\s*:\s*(?=\S)", re.IGNORECASE)


def read_title(context: Context) -> Word | None:
    """Return the title that the archive or edition gives: its own line, else the heading, else the metadata's."""
    for datum in context.metadata.get("title", ()):
        if context.document.media_type == "text/markdown" and datum.attributes.get("from") != "title":
            return context.stated(datum)
    for zone in ("title", "heading"):
        runs = context.runs(zone)
        if runs:
            own = [line for line in runs[0] if not _is_edition_number(context, line)]
            if not own:
                continue  # "Document 14" is the place of a paper in a collection, and no title
            run = _first_block(own)
            label = _TITLE_LABEL.match(context.text[run[0].start : run[0].end])
            if label:
                run = run[:1]
            start, end = context.unmarked(run[0].start + (label.end() if label else 0), run[-1].end)
            return context.word(
                _after_date(context, start, end), _before_receipt(context, start, end), confidence=LIKELY
            )
    for line in context.zone("attributes"):
        subject = re.match(r"\s*Subject\s*:\s*(?P<words>\S.*?)\s*$", context.text[line.start : line.end])
        if subject and line.probability < 2:
            return context.word(line.start + subject.start("words"), line.start + subject.end("words"), confidence=FAIR)
    for datum in sorted(context.metadata.get("title", ()), key=lambda datum: datum.attributes.get("from") == "title"):
        return context.stated(datum, confidence=FAIR)
    return None
