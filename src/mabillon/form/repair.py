"""Corrections that a line's own words settle, after the sequence model: what is decisive is not left to odds.

Few rules, each for a shape that has one meaning in every service: a salutation before the text, a place with its
date, a link of the chain with its hour.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from mabillon.form.cues import cues_of
from mabillon.form.neighbours import SETTLED, settle_neighbours
from mabillon.parts import PartLine
from mabillon.vocabulary import alternation, canon, wordings

_DAY_AND_CLOCK = re.compile(
    r"\d{1,2}[.:h]\s?\d\d|\b\d{1,2}\s?(?:h|Uhr|час|hrs?|hours|godz)\b|\b\d{4}\s*(?:hours|hrs|Z)\b|\b(?:a|p)\.\s?m\b",
    re.IGNORECASE,
)
_FROM_PLACE = re.compile(r"^\s*From\s+[A-Z][\w'-]+(?: [A-Z][\w'-]+)?[.,]\s+", re.IGNORECASE)
"""`From Pyongyang. Received at 3 hours 15 minutes`: the station before the link of the chain."""
_YEARED = re.compile(r"\b(?:1[5-9]|20)\d\d\b|\b\d{1,2}[./]\s?(?:\d{1,2}|[IVX]+)[./]\s?\d\d\b")
_PLACE_FIRST = re.compile(
    r"^\s*\[?[A-ZÀ-ÞА-Я][\w'’.-]+(?:[ -][A-ZÀ-ÞА-Я][\w'’.-]+){0,2},?\]?,?\s+(?:(?:le|den|the|dnia|dne|la|am"
    r"|on)\s+)?\d{1,2}|^\s*\[?[A-ZÀ-ÞА-Я][\w'’.-]+(?:[ -][A-ZÀ-ÞА-Я][\w'’.-]+){0,2},\s+[A-Z][a-z]+\.? \d{1,2}"
)


@cache
def _event() -> re.Pattern[str]:
    words = [
        word
        for word, kind in canon("event").items()
        if kind in ("sent", "received", "arrived", "decrypted", "typed") and len(word) > 3
    ]
    return re.compile(rf"^\W*{alternation(sorted(words))}(?![^\W_])", re.IGNORECASE)


@cache
def _salutation() -> re.Pattern[str]:
    return re.compile(
        rf"^\W*(?:my\s+)?{alternation(wordings('salutation'))}(?![^\W_])[^.;]{{0,50}}[,:!]\s*$", re.IGNORECASE
    )


@cache
def _answers() -> re.Pattern[str]:
    lead, whose = alternation(wordings("reply_lead")), alternation(wordings("possessive"))
    return re.compile(rf"^\W*{lead}\s+{whose}\s+(?:\[?\w+\]?\s+)?(?:№|No\.?|Nr\.?)?\s*\d[\w/-]*\W*$", re.IGNORECASE)


@cache
def _addressee() -> re.Pattern[str]:
    words = alternation(
        [word for key in ("sender", "recipient") for word in wordings(f"labels.{key}") if len(word) > 1]
    )
    return re.compile(rf"^\s*{words}\s*:\s*\S", re.IGNORECASE)


@cache
def _special() -> re.Pattern[str]:
    """`Special No. 911`: a number of the series for messages of their own, on a line by itself."""
    return re.compile(
        rf"^\W*{alternation(wordings('number_special'))}\.?\s*(?:№|No\.?|Nr\.?)?\s*\d+\W*$", re.IGNORECASE
    )


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(rf"^\W*{alternation(wordings('closing'))}(?![^\W_])[^.]{{0,60}}[,.]?\s*$", re.IGNORECASE)


def repair(lines: Sequence[PartLine]) -> None:
    """Set the zone of lines whose own words leave no doubt; `probability` becomes that of such a rule."""
    filled = [line for line in lines if line.zone != "blank"]
    body = [index for index, line in enumerate(filled) if line.zone == "body"]
    first, last = (body[0], body[-1]) if body else (len(filled), -1)
    for index, line in enumerate(filled):
        zone = _decided(line, before_body=index <= first, after_body=index >= last)
        if zone and zone != line.zone:
            line.zone, line.probability = zone, 0.9
    settle_neighbours(filled)


_HEAD = frozenset({"masthead", "heading", "dateline", "addressing", "distribution", "attributes"})
"""Zones of the head of a form, whose captioned lines are easily taken for one another."""


_UNDER_TEXT = frozenset({"body", "signature", "closing", "distribution", "apparatus", "attributes"})
_RAISED_NOTE = re.compile(r"[¹²³⁴-⁹]{1,2}\s?[^\W\d]")
"""`¹ Dated May 11, not printed.`: a note under the text, by its raised mark."""


def _decided(line: PartLine, before_body: bool, after_body: bool) -> str | None:
    text = line.text.strip()
    if not before_body and line.zone in _UNDER_TEXT and _RAISED_NOTE.match(text):
        return "footnote"
    if before_body and line.zone == "furniture" and line.probability < 0.6 and _addressee().match(text):
        return "addressing"
    if len(text) > 120 or line.zone in SETTLED or line.zone == "attributes" and line.probability > 0.6:
        return None
    if before_body and line.zone in _HEAD | {"body"} and len(text) < 60 and _salutation().match(text):
        return "salutation"
    if after_body and line.zone in ("body", "signature", "addressing") and _closing().match(text):
        return "closing"
    if before_body and line.zone == "reference" and _special().match(text):
        return "masthead"
    if not before_body or line.zone not in _HEAD:
        return None
    if line.zone != "addressing" and "label-copy" not in line.cues and _addressee().match(text):
        return "addressing"
    dated = bool(_YEARED.search(text))
    if dated and _event().match(_FROM_PLACE.sub("", text)) and _DAY_AND_CLOCK.search(text):
        return "apparatus"
    if (
        line.zone in ("masthead", "heading", "addressing")
        and dated
        and len(text) < 70
        and _PLACE_FIRST.match(text)
        and "kind-start" not in cues_of(text)
    ):
        return "dateline"
    if len(text) < 40 and _answers().match(text):
        return "reference"
    if line.zone == "attributes":
        return "masthead"
    return None
