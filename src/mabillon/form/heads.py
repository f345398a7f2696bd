"""The head of a page and of a paper: an archive's title and labels, a heading over two lines, a late dateline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from mabillon.form.cues import DAY_MONTH, is_name
from mabillon.form.lines import YEAR, holds_office, settle
from mabillon.parts import PartLine
from mabillon.vocabulary import alternation, canon

_SITE_DATE = re.compile(r"^\s*(?:document\s+)?date\s*:\s", re.IGNORECASE)
_SITE_LABEL = re.compile(r"^\s*(?:title|volume|collection|series|creator|author|country|type)\b\s*:?\s", re.IGNORECASE)


_SITE_SOURCE = re.compile(
    r"^\s*(?:source|translator|translated by|archive|citation|creator|repository)\s*:", re.IGNORECASE
)


_MEETING = re.compile(r"\b(?:meeting|session|plenum|conversation)\b", re.IGNORECASE)
_TO_LINE = re.compile(r"^\s*(?:to|an|à|al|au|À|AL|AU|AN)\s+(?:(?:the|den|die|das|la|le)\s+)?[A-ZÀ-Þ]")
_KIND_WORDS = 3


@cache
def _kind_line() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{alternation(sorted(canon('kind')))})(?![^\W_])", re.IGNORECASE)


def _described(filled: Sequence[PartLine]) -> None:
    """`Summary / … / Document`: between these words of a page the archive speaks, whatever its words are like."""
    label = next((at for at, line in enumerate(filled[:20]) if "label:summary" in line.cues), None)
    if label is None:
        return
    for at in range(label + 1, min(label + 6, len(filled))):
        if "label" in filled[at].cues:
            return
        if "furniture" in filled[at].cues and at > label + 1:
            settle(filled[label], "furniture")
            settle(filled[at], "furniture")
            for line in filled[label + 1 : at]:
                settle(line, "summary")
            return


def site_labels(filled: Sequence[PartLine]) -> None:
    """`Title: … / Date: …` above an edition's heading describe the document; the date is the site's."""
    _described(filled)
    body = next((at for at, line in enumerate(filled) if line.zone == "body"), len(filled))
    for at, line in enumerate(filled[:body]):
        if not _SITE_DATE.match(line.text) or line.zone not in ("dateline", "masthead", "heading"):
            continue
        described = at and any(_SITE_LABEL.match(above.text) for above in filled[:at])
        if described and any(DAY_MONTH.search(below.text) for below in filled[at + 1 : body]):
            settle(line, "archive-date")
            for above in filled[:at]:
                if above.zone == "dateline":
                    settle(above, "furniture")
    # a table of the page's own between the title and the paper: its date is the archive's where the paper has one
    for at, line in enumerate(filled[1:body], start=1):
        if not _SITE_DATE.match(line.text) or line.zone != "dateline" or filled[at - 1].zone != "title":
            continue
        beside = filled[at + 1 : at + 3]
        if any(_SITE_SOURCE.match(other.text) for other in beside) and any(
            DAY_MONTH.search(other.text) for other in filled[at + 1 :] if other.zone in ("dateline", "signature")
        ):
            settle(line, "archive-date")


def first_title(filled: Sequence[PartLine]) -> None:
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
    if (named or _MEETING.search(text) and YEAR.search(text)) and any(
        other.zone in ("masthead", "addressing") and "grade" in other.cues for other in filled[1:5]
    ):
        settle(line, "title")


def two_line_heading(filled: Sequence[PartLine]) -> None:
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
                settle(line, "masthead")
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
        if "kind" in above.cues or _TO_LINE.match(words) or "date" in above.cues or not holds_office().search(words):
            continue
        if words.isupper() != line.text.strip().isupper() or re.match(r"\s*(?:Cde|Comrade|тов)\b", line.text[3:]):
            continue
        settle(above, "heading")
        settle(line, "heading")


def late_dateline(filled: Sequence[PartLine]) -> None:
    """A date below the document's own mark of secrecy is the document's, not the archive's; a place may precede it."""
    marked = False
    for at, line in enumerate(filled):
        if line.zone == "body":
            return
        if line.zone == "archive-date" and marked and at + 1 < len(filled):
            settle(line, "dateline")
            above = filled[at - 1]
            if above.zone == "furniture" and is_name(above.text.strip()) and len(above.text.split()) <= 2:
                settle(above, "dateline")
        marked = marked or line.zone == "masthead"
