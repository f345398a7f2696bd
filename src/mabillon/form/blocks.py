"""Corrections by block, after the sequence model: a caption and its list, a form's head, an unlisted signature.

A caption decides what its list is, whoever wrote it: `Verteiler:` and the names below are the distribution, `Present:`
and the names below are the people of a meeting. The model weighs lines one by one and may lose such a list in a layout
that it has not seen; the caption settles it. All wordings are data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from mabillon.form.cues import BUREAUS, DAY_MONTH, is_name
from mabillon.parts import PartLine
from mabillon.vocabulary import alternation, canon, wordings

_KEPT = frozenset({"archive", "summary", "metadata", "sponsor", "attributes", "source-note"})
"""Zones that no caption inside the document overrules."""
_ENTRY = re.compile(
    r"^\s*(?:(?:\d{1,2}|[a-z]\))\s*(?:[-–—.:)=]|[x×]\b|(?:st|nd|rd|th)?\s+cop\w+\b)|[-–—•*]\s|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(?:cop\w+\s+)?(?:to|for)\b|"
    r"(?:copy|cop\.|ex\.?|экз\.?|egz\.?)\s*(?:no\.?|nº|№|nr\.?)?\s*\d{1,2}\b)",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"^\s*(?:\(\s?[-–—]\s?\)|/[-–—]/|/s/|\(?(?:sd|sgd|signed|signé|gez|firmado|podp)\b\.?\)?\s*:?)\s*(?=[^\W\d_])(?P<name>[^\n]{2,50})$",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"^\s*(?:(?:Cde|Comrade|Mr)\.?\s+)?[A-ZА-Я][A-ZА-Я' -]{2,24}[.:]\s+\S.*[a-zа-я]{2}")
_INITIALS = re.compile(r"^\s*[A-Z]{2,4}\s?[:/]\s?[A-Za-z]{2,4}(?:[:/]\s?[a-z]{2,4})?\s*$")
_OFFICES = re.compile(
    r"^\s*(?:ACTION|[I1l]NF[O0]|ORIG(?:IN)?)\s*:?\s+(?=\S)(?:[A-Z]{1,5}(?:/[A-Z]{1,5})?(?:[ -]\d{1,2})?(?:\s*,\s*"
    r"|\s+|$)){1,24}\s*(?:/\d+\s*[WR])?\s*$"
)
_SYMBOL_COUNT = re.compile(r"\b[A-Z]{1,5}(?:/[A-Z]{1,5})?[ -]\d{1,2}\b|\b[A-Z]{1,3}/[A-Z]{1,4}\b")
_COLUMN_DATELINE = re.compile(
    r"\S\s{3,}(?P<place>[A-ZÀ-ÞА-Я][\w'’.-]+(?:[ -][A-ZÀ-ÞА-Я][\w'’.-]+){0,2}),?\s+(?:(?:le|den|the|dnia|am"
    r"|on)\s+)?(?:\d{1,2}|[A-Z][a-z]{2,8}\.? \d{1,2})"
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_LONE_NAME = re.compile(r"^\s*(?!NNN+|PAGE|STOP|END)[A-ZÀ-Þ][A-ZÀ-Þ'’-]{3,}\.?\s*$")
_PASSED = re.compile(
    r"^\W*(?:sent|repeated|rptd|copy to|copies to|communicated|communiqué|copie à|comunicato|comunicado"
    r"|mitgeteilt|wiederholt)\b",
    re.IGNORECASE,
)
_STAMPED_IN = re.compile(r"\bIN\s+\d{4,6}\b")


@cache
def _list_caption() -> re.Pattern[str]:
    copy = alternation([word for word in wordings("labels.copy") if word not in ("copies", "copy")])
    counts = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)"
    units = alternation(wordings("copies.printed"))
    return re.compile(
        rf"^\W*(?:{copy}\W*$|(?:(?:written|printed|typed|made|prepared|drawn up)\s+(?:in\s+)?)?{counts}\s+{units}\W*$|"
        rf"отпечатано\s+(?:в\s+)?\d{{1,2}}\s*экз\w*\W*$)",
        re.IGNORECASE,
    )


@cache
def _people_caption() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:also\s+)?(?:{alternation(wordings('labels.participants'))})\s*:", re.IGNORECASE)


@cache
def _stamp_event() -> re.Pattern[str]:
    words = [word for word, kind in canon("event").items() if kind in ("sent", "received", "arrived") and len(word) > 2]
    return re.compile(
        rf"^\s*[\[(]\s*(?:{alternation(sorted(words))})(?![^\W_])[^\n]*\d[^\n]*[\])]\.?\s*$", re.IGNORECASE
    )


@cache
def _salutation_alone() -> re.Pattern[str]:
    return re.compile(
        rf"^\s*(?:{alternation(wordings('salutation'))})(?![^\W_])[^.;:\d]{{0,40}}[,:!]\s*$", re.IGNORECASE
    )


def settle_blocks(lines: Sequence[PartLine]) -> None:
    """Set the zones of lines that belong to a block whose caption or shape leaves no doubt."""
    filled = [line for line in lines if line.zone != "blank"]
    if not filled:
        return
    _body_under_dateline(filled)
    body = [at for at, line in enumerate(filled) if line.zone == "body"]
    first, last = (body[0], body[-1]) if body else (len(filled), len(filled))
    _entries_by_day(filled)
    _first_title(filled)
    _two_line_heading(filled)
    _lists(filled)
    _speakers(filled)
    _site_labels(filled)
    _behind_the_paper(filled)
    for at, line in enumerate(filled):
        zone = _zone_of(filled, at, before=at <= first, after=at >= last)
        if zone and zone != line.zone:
            _set(line, zone)
    _unsigned_name(filled)
    _late_dateline(filled)


_DAY_ALONE = re.compile(
    r"^\s*(?:[A-Z][a-z]+day,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\.?\s+[^\W\d_]{3,9}|[A-Z][a-z]{2,8}\s+\d{1,2}|\d{1,2}[./]\s?(?:\d{1,2}|[IVX]+))(?:,?\s+|[./])"
    r"(?:1[5-9]|20)?\d\d\.?\s*$"
)
_MEETING = re.compile(r"\b(?:meeting|session|plenum|conversation)\b", re.IGNORECASE)
_TO_LINE = re.compile(r"^\s*(?:to|an|à|al|au|À|AL|AU|AN)\s+(?:(?:the|den|die|das|la|le)\s+)?[A-ZÀ-Þ]")
_TYPIST = re.compile(r"^\s*[a-zа-я]{2,3}(?:[-/][a-zа-я]{2,3})?\s*$")
_CALL_NUMBER = re.compile(r"\d.*\d|\b[A-Z]{2,}.*\d")
_ROUTED = re.compile(r"^\s*R[A-Z]{4,7}/\s?[A-Z]{2,}[A-Z /.-]*\d{0,4}\s*$")
_KIND_WORDS = 3


@cache
def _holds_office() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){alternation(wordings('office'))}(?![^\W_])", re.IGNORECASE)


@cache
def _handling_alone() -> re.Pattern[str]:
    return re.compile(rf"^\s*(?:{alternation(wordings('handling'))})\s*$", re.IGNORECASE)


@cache
def _kind_line() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{alternation(sorted(canon('kind')))})(?![^\W_])", re.IGNORECASE)


def _entries_by_day(filled: Sequence[PartLine]) -> None:
    """The days of a journal stand over their entries and date those; the date of the paper stands at its head."""
    signed = [at for at, line in enumerate(filled) if line.zone in ("signature", "distribution")]
    days = [
        at
        for at, line in enumerate(filled[: signed[-1] if signed else -1])
        if _DAY_ALONE.match(line.text)
        and line.zone in ("dateline", "signature", "archive-date", "mark", "body", "heading")
        and filled[at + 1].zone == "body"
    ]
    if len(days) < 2:
        return
    for at in days:
        _set(filled[at], "body")
    for line in filled[: days[0]]:
        if line.zone == "signature":
            _set(line, "dateline" if _DAY_ALONE.match(line.text) else "masthead")


_SITE_DATE = re.compile(r"^\s*(?:document\s+)?date\s*:\s", re.IGNORECASE)
_SITE_LABEL = re.compile(r"^\s*(?:title|volume|collection|series|creator|author|country|type)\b\s*:?\s", re.IGNORECASE)


def _site_labels(filled: Sequence[PartLine]) -> None:
    """`Title: … / Date: …` above an edition's heading describe the document; the date is the site's."""
    body = next((at for at, line in enumerate(filled) if line.zone == "body"), len(filled))
    for at, line in enumerate(filled[:body]):
        if not _SITE_DATE.match(line.text) or line.zone not in ("dateline", "masthead", "heading"):
            continue
        described = at and any(_SITE_LABEL.match(above.text) for above in filled[:at])
        if described and any(DAY_MONTH.search(below.text) for below in filled[at + 1 : body]):
            _set(line, "archive-date")
            for above in filled[:at]:
                if above.zone == "dateline":
                    _set(above, "furniture")


def _behind_the_paper(filled: Sequence[PartLine]) -> None:
    """Behind the signature and the list of copies: the typist's date and initials, the archive's reference."""
    ends = [at for at, line in enumerate(filled) if line.zone == "distribution" or line.zone == "signature"]
    if not ends:
        return
    for line in filled[ends[-1] + 1 :]:
        if line.zone in ("body", "footnote", "furniture", "title") and len(line.text) < 200:
            if "archival" in line.cues and _CALL_NUMBER.search(line.text) and "date-only" not in line.cues:
                _set(line, "source-note")
            elif line.zone != "furniture" and (_DAY_ALONE.match(line.text) or _TYPIST.match(line.text)):
                _set(line, "mark")


def _first_title(filled: Sequence[PartLine]) -> None:
    """The first line is the page's title if it says in a phrase what the paper is and the paper's own head follows."""
    line, text = filled[0], filled[0].text.strip()
    if line.zone not in ("masthead", "dateline") or text.isupper() or ":" in text or re.search(r"\S\s{3,}\S", text):
        return
    if (
        re.search(r"[#№]|\b(?:No|Nr)\.", text)
        or not 4 <= len(text.split()) <= 30
        or text.endswith(".")
        or text.startswith(("[", "("))
    ):
        return
    named = _kind_line().match(text) and re.search(r"\b(?:from|to|by|between|of|on)\b", text)
    if (named or _MEETING.search(text) and _YEAR.search(text)) and any(
        other.zone in ("masthead", "addressing") and "grade" in other.cues for other in filled[1:5]
    ):
        _set(line, "title")


def _two_line_heading(filled: Sequence[PartLine]) -> None:
    """`Ambassador in United States / to Secretary of State for External Affairs`: a heading set on two lines; a line
    that names the kind of paper under it is no part of it."""
    for above, line in zip(filled, filled[1:], strict=False):
        if line.zone == "body":
            return
        zones = ("addressing", "masthead", "title", "heading")
        if above.zone not in zones or line.zone not in zones or not _TO_LINE.match(line.text):
            if (
                above.zone == line.zone == "heading"
                and _kind_line().match(line.text)
                and len(line.text.split()) <= _KIND_WORDS
            ):
                _set(line, "masthead")
            continue
        words = above.text.strip()
        if (
            ":" in words
            or ":" in line.text
            or len(words) > 90
            or "grade" in above.cues
            or re.match(r"\s*(?:from|fm)\b", words, re.IGNORECASE)
        ):
            continue
        if "kind" in above.cues or _TO_LINE.match(words) or "date" in above.cues or not _holds_office().search(words):
            continue
        if words.isupper() != line.text.strip().isupper() or re.match(r"\s*(?:Cde|Comrade|тов)\b", line.text[3:]):
            continue
        _set(above, "heading")
        _set(line, "heading")


def _set(line: PartLine, zone: str) -> None:
    if line.zone != zone:
        line.zone, line.probability = zone, 0.85


def _lists(filled: Sequence[PartLine]) -> None:
    """Give the lines under the caption of a list its zone."""
    for at, line in enumerate(filled):
        if line.zone in _KEPT or len(line.text) > 90:
            continue
        if _list_caption().match(line.text):
            stop = _run(filled, at + 1, lambda text: bool(_ENTRY.match(text)))
            if stop == at + 1 and line.text.rstrip().endswith(":"):
                stop = _run(filled, at + 1, lambda text: is_name(text.strip()))
            if stop > at + 1:
                for other in filled[at:stop]:
                    _set(other, "distribution")
        elif _people_caption().match(line.text) and line.zone in (
            "addressing",
            "masthead",
            "body",
            "heading",
            "dateline",
        ):
            _set(line, "participants")
            if line.text.rstrip().endswith(":"):
                stop = _run(filled, at + 1, lambda text: len(text) < 80 and text.rstrip()[-1:] not in ".!?")
                for other in filled[at + 1 : stop]:
                    if other.zone in ("addressing", "masthead", "body", "heading"):
                        _set(other, "participants")


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
            _set(line, "body")


def _zone_of(filled: Sequence[PartLine], at: int, before: bool, after: bool) -> str | None:
    line = filled[at]
    text = line.text
    if line.zone in _KEPT or len(text) > 140 and line.zone != "salutation":
        return None
    if line.zone in ("body", "mark", "furniture", "closing") and after and _SIGNED.match(text):
        return "signature"
    if line.zone == "signature" and at and filled[at - 1].zone == "signature" and _INITIALS.match(text):
        return "mark"
    if line.zone == "salutation" and len(text) > 100:
        return "body"
    if before and line.zone in ("furniture", "masthead") and _ROUTED.match(text):
        return "addressing"
    if before and line.zone == "furniture" and _handling_alone().match(text):
        return "masthead"
    if line.zone in ("mark", "body", "furniture", "enclosure-heading") and at and filled[at - 1].zone == "signature":
        inner = re.fullmatch(r"\s*[(/]\s*(?P<name>[^()/]{3,40}?)\s*[)/]\s*", text)
        if inner and is_name(inner["name"]):
            return "signature"
    if before and line.zone in ("masthead", "body", "furniture", "reference", "apparatus") and _OFFICES.match(text):
        if BUREAUS.match(text) or _SYMBOL_COUNT.search(text):
            return "distribution"
    if (
        before
        and line.zone in ("masthead", "heading", "addressing")
        and _COLUMN_DATELINE.search(text)
        and _YEAR.search(text)
    ):
        return "dateline"
    if before and line.zone in ("body", "masthead", "furniture", "footnote", "closing") and _stamp_event().match(text):
        return "apparatus"
    if (
        before
        and line.zone in ("reference", "dateline", "masthead")
        and _STAMPED_IN.search(text)
        and DAY_MONTH.search(text)
    ):
        return "apparatus"
    if before and line.zone in ("addressing", "masthead") and _salutation_alone().match(text):
        return "salutation"
    if after and line.zone == "furniture" and _PASSED.match(text) and len(text) < 120 and text.rstrip().endswith("."):
        return "distribution"
    return None


def _body_under_dateline(filled: Sequence[PartLine]) -> None:
    """Numbered paragraphs above the notes are the text where nothing else is: `1. I saw the Minister this morning.`"""
    if any(line.zone == "body" for line in filled):
        return
    head = next((at for at, line in enumerate(filled) if line.zone in ("dateline", "apparatus")), None)
    note = next((at for at, line in enumerate(filled) if line.zone == "source-note"), len(filled))
    if head is None:
        return
    for line in filled[head + 1 : note]:
        if line.zone == "footnote":
            _set(line, "body")


def _unsigned_name(filled: Sequence[PartLine]) -> None:
    """A name alone behind the text signs it, where nothing else does."""
    if any(line.zone == "signature" for line in filled):
        return
    body = [at for at, line in enumerate(filled) if line.zone in ("body", "distribution", "closing")]
    for line in filled[body[-1] + 1 : body[-1] + 2] if body else ():
        if line.zone in ("furniture", "mark") and "grade" not in line.cues and _LONE_NAME.match(line.text):
            _set(line, "signature")


def _late_dateline(filled: Sequence[PartLine]) -> None:
    """A date below the document's own mark of secrecy is the document's, not the archive's; a place may precede it."""
    marked = False
    for at, line in enumerate(filled):
        if line.zone == "body":
            return
        if line.zone == "archive-date" and marked and at + 1 < len(filled):
            _set(line, "dateline")
            above = filled[at - 1]
            if above.zone == "furniture" and is_name(above.text.strip()) and len(above.text.split()) <= 2:
                _set(above, "dateline")
        marked = marked or line.zone == "masthead"
