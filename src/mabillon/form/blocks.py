"""Corrections by block, after the sequence model: a caption and its list, a form's head, an unlisted signature.

A caption decides what its list is, whoever wrote it: `Verteiler:` and the names below are the distribution, `Present:`
and the names below are the people of a meeting. The model weighs lines one by one and may lose such a list in a layout
that it has not seen; the caption settles it. All wordings are data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from mabillon.form.cues import is_name
from mabillon.form.heads import first_title, late_dateline, site_labels, two_line_heading
from mabillon.form.lines import settle, settle_lines
from mabillon.parts import PartLine
from mabillon.vocabulary import alternation, wordings

_KEPT = frozenset({"archive", "summary", "metadata", "sponsor", "attributes", "source-note"})
"""Zones that no caption inside the document overrules."""
_ENTRY = re.compile(
    r"^\s*(?:(?:\d{1,2}|[a-z]\))\s*(?:[-–—.:)=]|[x×]\b|(?:st|nd|rd|th)?\s+cop\w+\b)|[-–—•*]\s|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(?:cop\w+\s+)?(?:to|for)\b|"
    r"(?:copy|cop\.|ex\.?|экз\.?|egz\.?)\s*(?:no\.?|nº|№|nr\.?)?\s*\d{1,2}\b)",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"^\s*(?:(?:Cde|Comrade|Mr)\.?\s+)?[A-ZА-Я][A-ZА-Я' -]{2,24}[.:]\s+\S.*[a-zа-я]{2}")
_LONE_NAME = re.compile(r"^\s*(?!NNN+|PAGE|STOP|END)[A-ZÀ-Þ][A-ZÀ-Þ'’-]{3,}\.?\s*$")


@cache
def _list_caption() -> re.Pattern[str]:
    copy = alternation([word for word in wordings("labels.copy") if word not in ("copies", "copy")])
    counts = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)"
    units = alternation(wordings("copies.printed"))
    return re.compile(
        rf"^\W*(?:{copy}\W*$|(?:(?:written|printed|typed|made|prepared|drawn up)\s+(?:in\s+)?)?{counts}\s+{units}\W*$|"
        rf"(?:отпечатано|отп\.?|напечатано)\s+(?:в\s+)?\d{{1,2}}\s*экз\w*\W*$)",
        re.IGNORECASE,
    )


@cache
def _people_caption() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:also\s+)?(?:{alternation(wordings('labels.participants'))})\s*:", re.IGNORECASE)


def settle_blocks(lines: Sequence[PartLine]) -> None:
    """Set the zones of lines that belong to a block whose caption or shape leaves no doubt."""
    filled = [line for line in lines if line.zone != "blank"]
    if not filled:
        return
    _body_under_dateline(filled)
    body = [at for at, line in enumerate(filled) if line.zone == "body"]
    first, last = (body[0], body[-1]) if body else (len(filled), len(filled))
    _entries_by_day(filled)
    first_title(filled)
    two_line_heading(filled)
    _lists(filled)
    _speakers(filled)
    site_labels(filled)
    _behind_the_paper(filled)
    settle_lines(filled, first, last)
    _unsigned_name(filled)
    late_dateline(filled)


_DAY_ALONE = re.compile(
    r"^\s*(?:[A-Z][a-z]+day,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\.?\s+[^\W\d_]{3,9}|[A-Z][a-z]{2,8}\s+\d{1,2}"
    r"|\d{1,2}[./]\s?(?:\d{1,2}|[IVX]+))(?:,?\s+|[./])"
    r"(?:1[5-9]|20)?\d\d\.?\s*$"
)
_SENTENCES = re.compile(r"[a-zа-я]{3}[.?!](?:\s|$)")
_TYPIST = re.compile(r"^\s*[a-zа-я]{2,3}(?:[-/][a-zа-я]{2,3})?\s*$")
_CALL_NUMBER = re.compile(r"\d.*\d|\b[A-Z]{2,}.*\d")


def _entries_by_day(filled: Sequence[PartLine]) -> None:
    """The days of a journal stand over their entries and date those; the date of the paper stands at its head."""
    signed = [at for at, line in enumerate(filled) if line.zone in ("signature", "distribution")]
    days = [
        at
        for at, line in enumerate(filled[: signed[-1] if signed else -1])
        if _DAY_ALONE.match(line.text)
        and line.zone in ("dateline", "signature", "archive-date", "mark", "body", "heading")
        and (filled[at + 1].zone == "body" or len(filled[at + 1].text) > 90 and _SENTENCES.search(filled[at + 1].text))
    ]
    if len(days) < 2:
        return
    for at in days:
        settle(filled[at], "body")
        settle(filled[at + 1], "body")
    for line in filled[: days[0]]:
        if line.zone == "signature":
            settle(line, "dateline" if _DAY_ALONE.match(line.text) else "masthead")


def _behind_the_paper(filled: Sequence[PartLine]) -> None:
    """Behind the signature and the list of copies: the typist's date and initials, the archive's reference."""
    ends = [at for at, line in enumerate(filled) if line.zone == "distribution" or line.zone == "signature"]
    if not ends:
        return
    for line in filled[ends[-1] + 1 :]:
        if line.zone in ("body", "footnote", "furniture", "title") and len(line.text) < 200:
            if "archival" in line.cues and _CALL_NUMBER.search(line.text) and "date-only" not in line.cues:
                settle(line, "source-note")
            elif line.zone != "furniture" and (_DAY_ALONE.match(line.text) or _TYPIST.match(line.text)):
                settle(line, "mark")


def _lists(filled: Sequence[PartLine]) -> None:
    """Give the lines under the caption of a list its zone."""
    for at, line in enumerate(filled):
        if line.zone in _KEPT or len(line.text) > 90:
            continue
        if _list_caption().match(line.text):
            stop = _run(filled, at + 1, lambda text: bool(_ENTRY.match(text)))
            if stop == at + 1 and line.text.rstrip().endswith(":"):
                stop = _run(filled, at + 1, lambda text: text.lstrip()[:1] not in "[(" and is_name(text.strip()))
            if stop > at + 1:
                for other in filled[at:stop]:
                    settle(other, "distribution")
        elif _people_caption().match(line.text) and line.zone in (
            "addressing",
            "masthead",
            "body",
            "heading",
            "dateline",
        ):
            settle(line, "participants")
            if line.text.rstrip().endswith(":"):
                stop = _run(filled, at + 1, lambda text: len(text) < 80 and text.rstrip()[-1:] not in ".!?")
                for other in filled[at + 1 : stop]:
                    if other.zone in ("addressing", "masthead", "body", "heading"):
                        settle(other, "participants")


def _run(filled: Sequence[PartLine], start: int, belongs: Callable[[str], bool]) -> int:
    stop = start
    while stop < len(filled) and filled[stop].zone not in _KEPT and len(filled[stop].text) < 90:
        if not belongs(filled[stop].text):
            break
        stop += 1
    return stop


def _speakers(filled: Sequence[PartLine]) -> None:
    """`GROMYKO. He asked …`: in minutes the last speech is no signature."""
    speeches = [line for line in filled if _SPEAKER.match(line.text) and line.zone in ("body", "signature", "closing")]
    if len(speeches) >= 3 and sum(line.zone == "body" for line in speeches) >= 2:
        for line in speeches:
            settle(line, "body")


def _body_under_dateline(filled: Sequence[PartLine]) -> None:
    """Numbered paragraphs above the notes are the text where nothing else is: `1. I saw the Minister this morning.`"""
    if any(line.zone == "body" for line in filled):
        return
    heads = ("dateline", "apparatus", "masthead", "heading")
    head = next((at for at, line in enumerate(filled) if line.zone in heads), None)
    note = next((at for at, line in enumerate(filled) if line.zone == "source-note"), len(filled))
    if head is None:
        return
    for line in filled[head + 1 : note]:
        if line.zone == "footnote":
            settle(line, "body")


def _unsigned_name(filled: Sequence[PartLine]) -> None:
    """A name alone behind the text signs it, where nothing else does."""
    if any(line.zone == "signature" for line in filled):
        return
    body = [at for at, line in enumerate(filled) if line.zone in ("body", "distribution", "closing")]
    for line in filled[body[-1] + 1 : body[-1] + 2] if body else ():
        if line.zone in ("furniture", "mark") and "grade" not in line.cues and _LONE_NAME.match(line.text):
            settle(line, "signature")
