"""What kind of document it is (RECORD.md, `type`), by its own words first and its shape last."""

from __future__ import annotations

import re
from functools import cache

from mabillon.clocks import is_city
from mabillon.evidence import Word
from mabillon.reading.context import CERTAIN, FAIR, LIKELY, WEAK, Context
from mabillon.reading.posts import is_machine
from mabillon.vocabulary import alternation, canon, fold_space

_SPACED = re.compile(r"(?<!\S)[^\W\d_](?:\s[^\W\d_]){3,}(?!\S)")
_POST = re.compile(r"\b(?:legation|embassy|consulate|commission)\b", re.IGNORECASE)
_VAGUE = frozenset({"report", "note", "memorandum", "letter"})
"""Kinds that a journal, note or paper is called by before it says what it records."""


@cache
def _kinds() -> re.Pattern[str]:
    # the mark of a note may be glued to the last word: "Memorandum of Conversation1"
    return re.compile(rf"(?<![^\W_]){alternation(sorted(canon('kind')))}(?![^\W\d_])", re.IGNORECASE)


def read_kind(context: Context) -> Word | None:
    """Return the kind of document; the form's own caption outranks the edition's title, that the shape."""
    named = [
        word
        for zone, confidence in (("masthead", CERTAIN), ("heading", CERTAIN), ("dateline", LIKELY), ("title", LIKELY))
        for run in context.runs(zone)
        for start, end in [*((line.start, line.end) for line in run), (run[0].start, run[-1].end)]
        if (word := _named(context, start, end, confidence))
    ]
    suffix = _source_suffix(context)
    if not named:
        named = [word for line in context.zone("addressing") if (word := _leads(context, line.start, line.end))]
    if not named:
        return suffix or _announced(context) or _by_shape(context)
    record = next((word for word in named if word.value == "memorandum-of-conversation"), None)
    return record if record is not None and named[0].value in _VAGUE else named[0]


def _leads(context: Context, start: int, end: int) -> Word | None:
    """`MEMORANDUM FOR MR. ROSTOW`: an address that begins with the kind of paper."""
    found = _kinds().match(context.text[start:end].lstrip())
    if not found or not re.match(r"\s+(?:FOR|TO)\b", context.text[start:end].lstrip()[found.end() :]):
        return None
    return _named(context, start, end, LIKELY)


def _source_suffix(context: Context) -> Word | None:
    """`795.00/7–1251: Telegram` above the heading of an edition."""
    for line in context.zone("source-note", "masthead"):
        suffix = re.compile(r":\s*(?P<kind>[A-Za-z ]+?)\.?\s*$").search(context.text, line.start, line.end)
        if suffix and fold_space(suffix["kind"]) in canon("kind"):
            return context.word(*suffix.span("kind"), canon("kind")[fold_space(suffix["kind"])], CERTAIN)
    return None


def _named(context: Context, start: int, end: int, confidence: float) -> Word | None:
    text = context.text[start:end]
    found = _kinds().search(text)
    if found is None and (spaced := _SPACED.search(text)):
        closed = re.sub(r"\s", "", spaced[0])
        if closed.casefold() in canon("kind"):
            return context.word(
                start + spaced.start(), start + spaced.end(), canon("kind")[closed.casefold()], confidence
            )
    if found is None:
        return None
    return context.word(start + found.start(), start + found.end(), canon("kind")[fold_space(found[0])], confidence)


def _announced(context: Context) -> Word | None:
    """An enclosure is what its cover calls it: `the text of a letter`, `the following telegram`."""
    if context.cover is None:
        return None
    for line in context.cover.zone("body", "addressing", "title"):
        found = _carried().search(context.text, line.start, line.end)
        if found:
            return context.word(*found.span("kind"), canon("kind")[fold_space(found["kind"])], FAIR, reason="content")
    return None


@cache
def _carried() -> re.Pattern[str]:
    leads = "text of|following|enclos\\w+|copy of|copies of|conveying|containing|transmitting|forwarding|passing on"
    return re.compile(rf"\b(?:{leads})\s+(?:a|an|the|two|three)?\s*(?P<kind>{_kinds().pattern})s?", re.IGNORECASE)


def _by_shape(context: Context) -> Word | None:
    """Return a kind from what the paper has: a salutation, links of a wire, people in a room, an address."""
    if is_machine(context) or any(
        re.search(r"\bCITE\s+[A-Z]+\s+\d", context.text[line.start : line.end])
        for line in context.zone("addressing", "masthead")
    ):
        return _inferred("telegram", LIKELY)
    wired = any(mention.time for mention in context.dates_of(context.zone("apparatus", "dateline")))
    if itself := _self_named(context):
        return itself
    if context.saluted and not wired:
        return _inferred("despatch" if _from_a_post(context) else "letter", FAIR)
    if wired or _has_wire_words(context):
        return _inferred("telegram", LIKELY)
    heading = " ".join(
        context.text[line.start : line.end] for line in context.zone("heading", "title", "masthead", "addressing")
    )
    if context.zone("participants") and re.search(
        r"\b(?:meeting|session|sitzung|réunion|заседание)\b", heading, re.IGNORECASE
    ):
        return _inferred("minutes", FAIR)
    if context.zone("participants"):
        return _inferred("memorandum-of-conversation", FAIR)
    if context.cover is not None or any(field.startswith(("sent.", "received.")) for field in context.metadata):
        return _inferred("letter", FAIR)
    labels = {
        name
        for line in context.zone("addressing")
        for name in ("to", "from")
        if re.match(rf"\s*{name}\b\s*:", context.text[line.start : line.end], re.IGNORECASE)
    }
    if len(labels) == 2:
        return _inferred("telegram" if _between_cities(context) else "memorandum", FAIR)
    if context.zone("subject") and context.zone("signature") and _letterhead_of_post(context):
        return _inferred("report", WEAK)
    if context.zone("addressing") and not context.zone("addressing")[0].text.rstrip().endswith("-"):
        return _inferred("letter", WEAK)
    if context.zone("addressing"):
        return _inferred("note", WEAK)
    return _inferred("other", WEAK)


_ITSELF = re.compile(
    r"\b(?:of this|in this|this present|the present)\s+(?P<kind>despatch|dispatch|telegram|airgram|letter|memorandum)\b"
)


def _self_named(context: Context) -> Word | None:
    """`I am sending a copy of this despatch to …`: a paper that says of itself what it is."""
    for line in context.zone("body", "closing"):
        if found := _ITSELF.search(context.text, line.start, line.end):
            return context.word(*found.span("kind"), canon("kind")[found["kind"]], FAIR, reason="content")
    return None


def _letterhead_of_post(context: Context) -> bool:
    return any(_POST.search(context.text[line.start : line.end]) for line in context.zone("masthead", "heading"))


def _between_cities(context: Context) -> bool:
    """Whether From and To name cities: an intercept or a form of telegrams, no memorandum of one house."""
    lines = [context.text[line.start : line.end] for line in context.zone("addressing")]
    return any(
        (found := re.match(r"\s*(?:from|to)\s*:\s*(?P<city>[^,(\n]+)", words, re.IGNORECASE)) and is_city(found["city"])
        for words in lines
    )


def _from_a_post(context: Context) -> bool:
    """Whether a numbered paper comes from a legation or embassy: a despatch, in the language of the service."""
    lines = [
        context.text[line.start : line.end] for line in context.zone("masthead", "dateline", "addressing", "apparatus")
    ]
    numbered = any(re.search(r"\bNo\.?\s*\d+", words) for words in lines)
    return context.cover is None and numbered and any(_POST.search(words) for words in lines)


def _has_wire_words(context: Context) -> bool:
    return any(
        re.search(r"\d{6}Z|\b(?:deciphered|cipher)", context.text[line.start : line.end], re.IGNORECASE)
        for line in context.zone("apparatus")
    )


def _inferred(kind: str, confidence: float) -> Word:
    return Word(value=kind, text="", spans=[], confidence=confidence, reason="content")
