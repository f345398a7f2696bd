"""Documents inside a document: enclosures under their own heading, and messages quoted in the text.

An enclosure is printed, not merely spoken of. A list of enclosures is none, and a quotation is one only where it
carries a dateline, salutation, addressee or signature of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from mabillon.form.phrases import WORD
from mabillon.parts import PartLine
from mabillon.text import Text
from mabillon.vocabulary import alternation, wordings

Stretch = tuple[int, int]
"""Positions `[first, last)` in a list of lines."""

_TRAILING = frozenset(
    {"furniture", "archive", "summary", "source-note", "attributes", "footnote", "metadata", "sponsor"}
)
_OPENERS = frozenset({"salutation", "dateline", "addressing"})
_ENDERS = frozenset({"signature", "closing"})
_NOT_TEXT = frozenset(
    {"furniture", "archive", "metadata", "attributes", "sponsor", "archive-date", "title", "footnote"}
)
_SUBORDINATE = re.compile(r"^[\s\[(*#_]*sub-?\s*(?:en|in)closure", re.IGNORECASE)
"""The heading of an enclosure in an enclosure: it belongs to the one before it, and is found there."""
_SUPPORTING = frozenset({"salutation", "label-recipient", "date", "day", "honorific"})
_OPEN_MARKS = frozenset('“"«„')
_CLOSE_MARKS = frozenset('”"»“')
_COUNTED = re.compile(
    r"^(?:of\s+|on\s+)?(?:none|n/a|nil|as (?:stated|above|noted|mentioned|indicated)|stated\b|\w+\s+(?:list"
    r"|sheets?|pages?|pp?|copies|copy)\b|\d+\s*$)",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"^[“\"«„']?\s*(?:\(?(?:No\.?\s*)?\d{1,5}[.,)]?\s+)?"
    r"(?P<dateline>(?:[A-Z][\w .]{1,30},\s+)?(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8})"
    r"(?:,?\s+(?:1[5-9]|20)\d\d)?(?:\s*[,–—-]+\s*(?:\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?\s?m\.?|noon|midnight|\d{4}))?\.?)\s+(?=[A-Z“\"])"
)


@cache
def _heading() -> re.Pattern[str]:
    body = alternation(wordings("enclosure"))
    return re.compile(
        rf"^[\s\[(*#_]*(?:sub-?\s*)?{body}(?![^\W\d_])(?P<rest>[^\n]{{0,70}})$", re.IGNORECASE
    )  # fmt: skip


@cache
def _markers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    numbered = r"^\s*(?:\d+\.\s*)?(?:\(\w\)\s*)?[(“\"]?\s*"
    starts = alternation([*wordings("enclosure_text")])
    ends = alternation([*wordings("enclosure_end")])
    return (
        re.compile(rf"{numbered}{starts}[\s.:)”\"-]*$", re.IGNORECASE),
        re.compile(rf"{numbered}{ends}[\s.:)”\"]*(?:\b|$)", re.IGNORECASE),
    )


@cache
def _transmits() -> re.Pattern[str]:
    return re.compile(alternation([*wordings("transmits"), *wordings("enclosure")]), re.IGNORECASE)


def find_enclosures(lines: Sequence[PartLine], text: Text) -> list[Stretch]:
    """Return the outermost enclosures among `lines`, as positions in it, in order and without overlap."""
    found = _marked(lines, text)
    found = found or _headed(lines)
    for finder in (_between_markers, _quoted, _appended):
        if not found:
            found = finder(lines)
    return [stretch for stretch in found if stretch[0]]


def _marked(lines: Sequence[PartLine], text: Text) -> list[Stretch]:
    """Enclosures that the source's own markup names."""
    found: list[Stretch] = []
    for region in sorted(text.regions_of("enclosure"), key=lambda region: (region.start, -region.end)):
        inside = [at for at, line in enumerate(lines) if line.start >= region.start and line.end <= region.end]
        if inside and len(inside) < len(lines) and (not found or inside[0] >= found[-1][1]):
            found.append((inside[0], inside[-1] + 1))
    return found


def is_enclosure_heading(line: PartLine) -> bool:
    """Whether `line` stands alone as the heading of an enclosure, and neither counts nor lists enclosures."""
    match = _heading().match(line.text)
    if match is None or len(WORD.findall(line.text)) > 12:
        return False
    rest = match["rest"].strip(" .:*#_")
    if _COUNTED.match(rest.strip("]) ")) and not re.match(r"^\d+\s*$", rest.strip("]) ")):
        return False
    stands = line.text.strip()
    if stands[0] in "[(" or not rest:
        return True
    plural = re.match(r"^[\s\[(*#_]*\w+s\b", stands) is not None
    return (
        not plural
        and re.match(r"^(?:No\.?\s*)?[\dA-Z IVX]{0,4}\b[\])]?(?:\s*(?:to|in|zu|à|–|—|-|:|\.)|$)", rest) is not None
    )


def _headed(lines: Sequence[PartLine]) -> list[Stretch]:
    """Enclosures under headings: each runs to the next heading, or to the notes and furniture at the end."""
    heads = [at for at, line in enumerate(lines) if line.zone not in _NOT_TEXT and is_enclosure_heading(line)]
    heads = [at for at in heads if any(line.zone in ("body", "signature", "heading") for line in lines[:at])]
    heads = [at for at in heads if at == heads[0] or not _SUBORDINATE.match(lines[at].text)]
    if not heads:
        return []
    end = _trailing_from(lines)
    found = []
    for head, following in zip(heads, [*heads[1:], end], strict=True):
        last = following
        while last > head and lines[last - 1].zone in _TRAILING:
            last -= 1
        if any(line.zone == "body" for line in lines[head + 1 : last]) and not _is_list(lines[head + 1 : last]):
            found.append((head, last))
    return found


def _is_list(lines: Sequence[PartLine]) -> bool:
    return all("prose" not in line.cues and "enumerated" in line.cues for line in lines)


def _trailing_from(lines: Sequence[PartLine]) -> int:
    end = len(lines)
    while end and lines[end - 1].zone in _TRAILING:
        end -= 1
    return end


def _between_markers(lines: Sequence[PartLine]) -> list[Stretch]:
    """Messages between BEGIN TEXT and END TEXT."""
    opens, closes = _markers()
    found: list[Stretch] = []
    start: int | None = None
    for at, line in enumerate(lines):
        if start is None and opens.search(line.text) and line.zone not in _NOT_TEXT:
            start = at + 1
        elif start is not None and closes.search(line.text):
            if _is_message(lines[start:at]):
                found.append((start, at))
            start = None
    return found


def _is_message(lines: Sequence[PartLine]) -> bool:
    """Whether `lines` open with a dateline, salutation or addressee, or close with a signature."""
    if not lines or not any("name" not in line.cues or line.zone == "body" for line in lines):
        return False
    opens = any("salutation" in line.cues or (line.zone in _OPENERS and _is_sure(line)) for line in lines[:3])
    return opens or any(line.zone in _ENDERS for line in lines[-3:])


def _is_sure(line: PartLine) -> bool:
    """Whether the zone of `line` is well supported."""
    return line.probability >= 0.8 or bool(line.cues & _SUPPORTING)


def _quoted(lines: Sequence[PartLine]) -> list[Stretch]:
    """Messages in quotation marks with a dateline, salutation, addressee or signature of their own."""
    found: list[Stretch] = []
    at = 0
    while at < len(lines):
        end = _quotation_end(lines, at)
        if end is None:
            at += 1
            continue
        inside = lines[at:end]
        if _is_message(inside) or (_DATED.match(inside[0].text) and len(inside[0].text) > 60):
            found.append((at, end))
        at = end
    return found


def _quotation_end(lines: Sequence[PartLine], start: int) -> int | None:
    """Return the position after the quotation that opens line `start`, if one does and is closed.

    Either each of its paragraphs has an opening mark, or the first alone.
    """
    if not _opens_quotation(lines[start]) or lines[start].zone in _NOT_TEXT:
        return None
    if start and lines[start - 1].zone not in ("body", "enclosure-heading", "addressing", "furniture", "salutation"):
        return None
    end = start + 1
    if _closes_quotation(lines[start]):
        return end
    if end < len(lines) and _opens_quotation(lines[end]):
        while end < len(lines) and _opens_quotation(lines[end]):
            end += 1
        return end
    while end < len(lines) and not _closes_quotation(lines[end]):
        if _opens_quotation(lines[end]):
            return None
        end += 1
    return end + 1 if end < len(lines) else None


def _opens_quotation(line: PartLine) -> bool:
    return line.text.lstrip()[:1] in _OPEN_MARKS


def _closes_quotation(line: PartLine) -> bool:
    words = line.text.rstrip(" .)*\t0123456789[]")
    return words[-1:] in _CLOSE_MARKS and (words.count(words[-1]) % 2 == 1 or words[-1] in "”»“")


def _appended(lines: Sequence[PartLine]) -> list[Stretch]:
    """A letter printed after the message that passes it on, without a heading of its own."""
    signed = next((at for at, line in enumerate(lines) if line.zone == "signature"), len(lines))
    for start in range(signed + 1, len(lines)):
        if lines[start].zone not in _OPENERS:
            continue
        body = next((at for at in range(start, len(lines)) if lines[at].zone not in _OPENERS), len(lines))
        if body == len(lines) or lines[body].zone != "body" or not _greets(lines[start:body]):
            continue
        if not any(_passes_on(line) for line in lines[:signed]):
            return []
        end = next((at for at in range(body, len(lines)) if lines[at].zone not in ("body", "furniture")), len(lines))
        while end < len(lines) and lines[end].zone in (_ENDERS | {"dateline"}):
            end += 1
        return [(start, end)]
    return []


def _passes_on(line: PartLine) -> bool:
    return line.zone in ("body", "title", "heading") and _transmits().search(line.text) is not None


def _greets(lines: Sequence[PartLine]) -> bool:
    return any(line.zone in ("salutation", "addressing") and _is_sure(line) for line in lines)


def split_dateline(line: PartLine) -> list[PartLine]:
    """Return the first line of a quoted message as its dateline and the rest, where it begins with a date."""
    match = _DATED.match(line.text)
    if match is None:
        return [line]
    start, end = line.start + match.start("dateline"), line.start + match.end("dateline")
    head = PartLine(line.index, start, end, match["dateline"], "dateline", line.probability, line.cues)
    rest = line.text[match.end() :]
    return [head, PartLine(line.index, line.start + match.end(), line.end, rest, "body", line.probability, frozenset())]
