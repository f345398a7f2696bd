"""What kind of document it is (RECORD.md, `type`), by its own words first and its shape last."""

from __future__ import annotations

import re
from functools import cache

from mabillon.evidence import Word
from mabillon.reading.context import CERTAIN, FAIR, LIKELY, WEAK, Context
from mabillon.vocabulary import alternation, canon, fold_space

_SPACED = re.compile(r"(?<!\S)[^\W\d_](?:\s[^\W\d_]){3,}(?!\S)")


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){alternation(sorted(canon('kind')))}(?![^\W_])", re.IGNORECASE)


def read_kind(context: Context) -> Word | None:
    """Return the kind of document; the form's own caption outranks the edition's title, that the shape."""
    for zones, confidence in ((("masthead",), CERTAIN), (("heading",), CERTAIN), (("title",), LIKELY)):
        for line in context.zone(*zones):
            if word := _named(context, line.start, line.end, confidence):
                return word
    for line in context.zone("source-note"):
        suffix = re.compile(r":\s*(?P<kind>[A-Za-z ]+?)\.?\s*$").search(context.text, line.start, line.end)
        if suffix and fold_space(suffix["kind"]) in canon("kind"):
            return context.word(*suffix.span("kind"), canon("kind")[fold_space(suffix["kind"])], CERTAIN)
    return _by_shape(context)


def _named(context: Context, start: int, end: int, confidence: float) -> Word | None:
    text = context.text[start:end]
    found = _kinds().search(text)
    if found is None and (spaced := _SPACED.search(text)):
        closed = re.sub(r"\s", "", spaced[0])
        if closed.casefold() in canon("kind"):
            return context.word(start + spaced.start(), start + spaced.end(), canon("kind")[closed.casefold()], confidence)
    if found is None:
        return None
    return context.word(start + found.start(), start + found.end(), canon("kind")[fold_space(found[0])], confidence)


def _by_shape(context: Context) -> Word | None:
    """Return a kind from what the paper has: links of a wire, a salutation, an address."""
    wired = context.zone("apparatus")
    if any(re.search(r"\d{6}Z|\b(?:sent|received|отправлен|получен)", context.text[line.start : line.end], re.IGNORECASE) for line in wired):
        return _inferred("telegram", LIKELY)
    if context.zone("salutation"):
        return _inferred("letter", FAIR)
    if any(mention.time for mention in context.dates_of(context.zone("dateline"))):
        return _inferred("telegram", FAIR)
    if context.zone("participants"):
        return _inferred("memorandum-of-conversation", FAIR)
    if context.zone("addressing"):
        return _inferred("telegram", WEAK)
    return _inferred("other", WEAK)


def _inferred(kind: str, confidence: float) -> Word:
    return Word(value=kind, text="", spans=[], confidence=confidence, reason="content")
