"""Classification, handling, precedence and channel: the grades that a service writes on its papers."""

from __future__ import annotations

import re
from functools import cache

from mabillon.evidence import Word
from mabillon.parts import PartLine
from mabillon.reading.context import CERTAIN, FAIR, LIKELY, Context
from mabillon.vocabulary import alternation, canon, fold_space, wordings

_ZONES = (
    "masthead",
    "addressing",
    "apparatus",
    "heading",
    "dateline",
    "source-note",
    "reference",
    "title",
    "mark",
    "signature",
)
_SPACED = re.compile(r"(?<!\S)[^\W\d_](?:[ -][^\W\d_]){2,}(?!\S)")
PROSIGNS = {"Z": "flash", "O": "immediate", "P": "priority", "R": "routine"}
"""Precedence prosigns of ACP 121, in the order of urgency."""


@cache
def _pattern(key: str) -> re.Pattern[str]:
    words = wordings(key) or tuple(canon(key))
    return re.compile(rf"(?<![^\W_]){alternation(words)}(?![^\W_])", re.IGNORECASE)


def _closed(text: str) -> tuple[str, list[int]]:
    """Return `text` with letter-spaced words closed up, and for each character of it its offset in `text`."""
    out, offsets, position = [], [], 0
    for found in _SPACED.finditer(text):
        for offset in range(position, found.start()):
            out.append(text[offset])
            offsets.append(offset)
        for offset in range(found.start(), found.end()):
            if text[offset] not in " -":
                out.append(text[offset])
                offsets.append(offset)
        position = found.end()
    for offset in range(position, len(text)):
        out.append(text[offset])
        offsets.append(offset)
    return "".join(out), offsets


def find_grades(context: Context, line: PartLine, key: str) -> list[Word]:
    """Return the wordings of `key` (`classification`, `handling`, `precedence`) in a line, as it stands there."""
    text = context.text[line.start : line.end]
    if not _SPACED.search(text):
        return [
            context.word(line.start + match.start(), line.start + match.end(), fold_space(match[0]), LIKELY)
            for match in _pattern(key).finditer(text)
        ]
    closed, offsets = _closed(text)
    found = []
    for match in _pattern(key).finditer(closed):
        start, end = offsets[match.start()], offsets[match.end() - 1] + 1
        found.append(context.word(line.start + start, line.start + end, fold_space(match[0]), LIKELY))
    return found


def _lines(context: Context) -> list[PartLine]:
    """The lines that grades are looked for in: short lines of apparatus, and the source note, form before edition."""
    short = [line for line in context.zone(*_ZONES) if line.zone == "source-note" or line.end - line.start < 160]
    return sorted(short, key=lambda line: line.zone in ("source-note", "title", "signature"))


def _first(context: Context, key: str) -> Word | None:
    for line in _lines(context):
        for word in find_grades(context, line, key):
            if _stands_alone(context, line, word):
                return word
    return None


def _stands_alone(context: Context, line: PartLine, word: Word) -> bool:
    """Whether a grade is a mark and no part of a sentence: in a heading or title only as a mark in brackets."""
    if line.zone in ("title", "heading"):
        before, after = (
            context.text[line.start : word.spans[0][0]].rstrip(),
            context.text[word.spans[0][1] : line.end].lstrip(),
        )
        return before.endswith(",") and after[:1] in (",", "")
    if line.zone == "addressing":
        return bool(re.search(r"[,;)\]]\s*$", context.text[line.start : word.spans[0][0]])) or word.text.isupper()
    if line.zone in ("signature", "dateline"):
        before, after = (
            context.text[line.start : word.spans[0][0]].rstrip(),
            context.text[word.spans[0][1] : line.end].lstrip(),
        )
        return (
            word.text.isupper()
            or before[-1:] in ("", ".", ",", "(", ")", ";")
            and (after[:1] in ("", ".", ",", ")", ";", "!", "¹", "[") or _column_ends(context, line, word))
        )
    # "PRIORITY:  MOST IMMEDIATE": the label of a form is no mark
    return not re.match(r"\s*:\s*\S", context.text[word.spans[0][1] : line.end])


def _column_ends(context: Context, line: PartLine, word: Word) -> bool:
    """`Vertraulich                Washington, 29. Juni 1950`: a mark in the left column, the dateline in the right."""
    return bool(re.match(r"\s{3,}\S", context.text[word.spans[0][1] : line.end]))


def _at_foot(context: Context) -> Word | None:
    """`CLASSIFICATION    CONFIDENTIAL / NO FOREIGN DISSEM`: the strip at the foot of a printed form."""
    for line in context.zone("furniture"):
        if re.match(r"\s*classification\b", context.text[line.start : line.end], re.IGNORECASE):
            for word in find_grades(context, line, "classification"):
                return word
    return None


def read_classification(context: Context) -> Word | None:
    """Return the mark of secrecy that the document bears."""
    word = _first(context, "classification") or _at_foot(context)
    if word is None:
        for datum in context.metadata.get("classification", ()):
            return context.stated(datum, datum.value.casefold(), FAIR)
    return word


def read_precedence(context: Context) -> Word | None:
    """Return how urgent the message is, as the service names it; a prosign is spelled out."""
    for line in context.zone("apparatus", "addressing", "masthead"):
        group = re.match(r"\s*(?P<sign>[ZOPR])(?:\s+[ZOPR])?\s+\d{6}Z\b", context.text[line.start : line.end])
        if group:
            start = line.start + group.start("sign")
            return context.word(start, start + 1, PROSIGNS[group["sign"]], CERTAIN)
    return _first(context, "precedence")


_RUN_IN = re.compile(r"\s*(?:\d{1,7}\.\s+)(?P<words>[^.]{4,40})\.")
"""`165. Limit distribution. ReEmbtel 162.`: a caveat run in before the text."""


def _run_in(context: Context) -> list[Word]:
    body = context.zone("body", "reference")
    found = _RUN_IN.match(context.text[body[0].start : body[0].end]) if body else None
    if found is None or not _pattern("handling").fullmatch(found["words"]):
        return []
    return [
        context.word(
            body[0].start + found.start("words"), body[0].start + found.end("words"), fold_space(found["words"]), LIKELY
        )
    ]


def read_handling(context: Context) -> list[Word]:
    """Return the caveats on how the document is to be handled, each once."""
    found: dict[str, Word] = {word.value: word for word in _run_in(context)}
    for line in _lines(context):
        for word in find_grades(context, line, "handling"):
            if _stands_alone(context, line, word):
                found.setdefault(word.value, word)
    return list(found.values())


@cache
def _channel() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{alternation(sorted(canon('channel')))})(?![^\W_])", re.IGNORECASE)


def read_channel(context: Context) -> Word | None:
    """Return the way that the message went, from the notes of the service or the header's."""
    for field in ("note", "sent.note", "transmitted.note", "received.note"):
        for datum in context.metadata.get(field, ()):
            found = _channel().search(datum.value)
            if found:
                return context.stated(datum, canon("channel")[fold_space(found[0])], LIKELY)
    for line in context.zone("apparatus", "masthead", "addressing", "signature", "mark", "title"):
        found = _channel().search(context.text, line.start, line.end)
        if found:
            return context.word(found.start(), found.end(), canon("channel")[fold_space(found[0])], LIKELY)
    return None
