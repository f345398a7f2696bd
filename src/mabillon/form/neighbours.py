"""Corrections that the lines around a line settle: what closes a letter and who signs below it, addresses and lists of
readers that go on line by line, stamps of several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from mabillon.courtesies import is_compliment, is_honorific
from mabillon.parts import PartLine
from mabillon.vocabulary import alternation, canon, wordings

SETTLED = frozenset(
    {"furniture", "metadata", "archive", "summary", "footnote", "source-note", "title", "archive-date", "mark"}
)
"""Zones that no neighbour changes."""


def settle_neighbours(filled: Sequence[PartLine]) -> None:
    """Set the zone of lines whose neighbours leave no doubt; `filled` are the lines of one part, blank ones
    left out."""
    _compliments(filled)
    _bracketed_signatures(filled)
    _registered_days(filled)
    _addresses_go_on(filled)
    _lists_go_on(filled)
    _foot_address(filled)


_FOOT_ADDRESS = re.compile(
    r"^\s*(?:Al (?:Excelent\w+|Excm\w+|Señor)|[ÀA] (?:Son Excellence|S\.\s?E\.)|Seiner Exzellenz|An (?:den|das|die)\b"
    r"|A Sua Eccellenza|Shri|Smt\.?|The (?:Right )?Hon|Hon\.|His Excellency|Her Excellency|H\.\s?E\.|Messrs|Excmo"
    r"|A Son Excellence|An Seine|Sr\.\s)\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"^\s*(?:[\w.'’-]+,?\s+){0,2}[A-ZÀ-ÞА-Я][\w.'’-]*(?:\s+(?:[a-z]{1,3}\s+)?[A-ZÀ-ÞА-Я][\w.'’-]*){0,3}\W*$"
)


def _compliments(filled: Sequence[PartLine]) -> None:
    """`de Votre Excellence / le très humble serviteur / Jules Morel`: compliments close a letter, the name
    below signs."""
    saluted = written = False
    above = None
    for line in filled:
        if saluted and written and line.zone not in SETTLED - {"furniture", "mark"} and is_compliment(line.text):
            line.zone, line.probability = "closing", 0.9
        elif (
            above is not None
            and above.zone == "closing"
            and is_compliment(above.text)
            and line.zone not in ("signature", "dateline", "addressing")
            and _NAME.match(line.text)
        ):
            line.zone, line.probability = "signature", 0.85
        saluted = saluted or line.zone == "salutation"
        written = written or saluted and line.zone == "body"
        above = line


@cache
def _copy_label() -> re.Pattern[str]:
    labels = alternation([*wordings("labels.copy"), "copy", "copies"])
    return re.compile(rf"^\W*(?:{labels}\s*:\s*|(?:printed\s+)?\d+\s+copies(?:\s+printed)?\s*:?\s*$)", re.IGNORECASE)


def _adjoin(above: PartLine | None, line: PartLine) -> bool:
    """Whether no blank line parts two lines."""
    return above is not None and line.start - above.end <= 1


_READER = re.compile(r"^(?!(?:From|To|Subject|No)\b)[^;:!?]{2,60}$")
_POST_AND_NUMBER = re.compile(
    r"^\s*(?:and\s+)?[A-Z][\w'-]+(?: [A-Z][\w'-]+)*,?\s+(?:tel(?:egram)?\.?\s+)?(?:No\.?|Nos\.)\s*\d+"
)


_LISTED = re.compile(r"^\s*(?:\d{1,2}[\s.)–-]+\S|(?:Comrade|Cde|Com|тов|Gen|tow)\b)")
_STRAY_READERS = frozenset({"signature", "addressing", "body", "masthead", "closing"})


def _lists_go_on(filled: Sequence[PartLine]) -> None:
    """`Sent to: / Comrade Stalin / Comrade Molotov`, `Repeated to Washington No. 31 / Warsaw No. 12`: a list of readers
    goes on line by line until a blank one or a sentence."""
    above = None
    listing = opened = numbered = False
    for line in filled:
        adjoins = _adjoin(above, line) or opened
        opened = False
        if line.zone in ("distribution", "addressing") and _copy_label().match(line.text):
            line.zone, listing = "distribution", True
            opened = line.text.rstrip().endswith(":")
        elif listing and adjoins and _READER.match(line.text.strip()) and len(line.text.split()) <= 8:
            doubtful = line.probability < 0.8 or bool(_LISTED.match(line.text))
            if line.zone in _STRAY_READERS or line.zone in ("furniture", "attributes", "footnote") and doubtful:
                line.zone, line.probability = "distribution", 0.85
        else:
            listing = False
        post = numbered and adjoins and _POST_AND_NUMBER.match(line.text)
        if post and line.zone in ("masthead", "addressing", "apparatus"):
            line.zone, line.probability = "distribution", 0.85
        numbered = (
            line.zone == "distribution"
            and bool(re.search(r"\b[Rr]epeated\b|\bREPEATED\b", line.text))
            or (numbered and adjoins and line.zone == "distribution")
        )
        above = line


_BRACKETED_NAME = re.compile(r"^\s*\((?:[A-ZА-Я]\.\s?){1,3}[A-ZÀ-ÞА-Я][\w'’-]+\)\s*$")


def _bracketed_signatures(filled: Sequence[PartLine]) -> None:
    """`Chairman of the Foreign Policy Commission / of the CC / (V. Grigorian)`: below the text an office, and in
    brackets on a line of its own the name that signs for it."""
    written = False
    for at, line in enumerate(filled):
        if written and line.zone not in SETTLED | {"distribution"} and _BRACKETED_NAME.match(line.text):
            block = [line]
            while at and _adjoin(filled[at - 1], block[0]) and len(filled[at - 1].text) < 70:
                at -= 1
                block.insert(0, filled[at])
            for signed in block:
                signed.zone, signed.probability = "signature", 0.85
        written = written or line.zone == "body" and len(line.text) > 60


_DAY_ONLY = re.compile(r"^\W*\d{1,2}[./ ]\s?(?:\d{1,2}|[IVX]+|[^\W\d_]{3,9})[./ ]\s?(?:\d{2}|\d{4})\W*$")


@cache
def _register() -> re.Pattern[str]:
    words = [word for word, kind in canon("event").items() if kind == "registered" and len(word) > 3]
    return re.compile(rf"^\W*{alternation(sorted(words))}(?![^\W_])", re.IGNORECASE)


def _registered_days(filled: Sequence[PartLine]) -> None:
    """`Registered in the Special Sector / No. P-188 / 23.I.50`: the day of a register's stamp dates no paper that bears
    another one."""
    datelines = [line for line in filled if line.zone == "dateline"]
    for at, line in enumerate(filled):
        if len(datelines) < 2 or line.zone != "dateline" or not _DAY_ONLY.match(line.text):
            continue
        block = [line, *filled[max(0, at - 2) : at][::-1]]
        for above, below in zip(block[1:], block, strict=False):
            if not _adjoin(above, below):
                break
            if _register().match(above.text):
                line.zone, line.probability = "mark", 0.8
                break


_TO_BODY = re.compile(r"^\s*(?:To|TO)\s+(?:the\s+|THE\s+)?[A-Z][^.:;\d]{3,70}$")


def _to_body(text: str) -> bool:
    return bool(_TO_BODY.match(text)) and not text.isupper()


_STRAY = frozenset({"body", "masthead", "signature", "participants", "apparatus"})


def _addresses_go_on(filled: Sequence[PartLine]) -> None:
    """`A Sua Eminenza Reverendissima / il Sig. Cardinale … / Segretario di Stato`: under an honorific on a line of its
    own stand the name and the office; `To the State Secretariat` above the text opens an address."""
    above = None
    going = False
    body = next((at for at, line in enumerate(filled) if line.zone == "body" and len(line.text) > 90), len(filled))
    for line in filled[:body]:
        adjoins = _adjoin(above, line)
        short = len(line.text.split()) <= 9 and not line.text.rstrip().endswith((".", ";"))
        goes_on = going and adjoins and short and line.zone in _STRAY
        unsure = line.zone in ("apparatus", "masthead") and line.probability < 0.6 and _to_body(line.text)
        if goes_on or unsure or line.zone in ("apparatus", "masthead") and is_honorific(line.text):
            line.zone, line.probability = "addressing", 0.8
        opens = line.zone == "addressing" and (is_honorific(line.text) or _to_body(line.text))
        going = opens or going and adjoins and short and line.zone == "addressing"
        above = line


def _foot_address(filled: Sequence[PartLine]) -> None:
    """`(Sd.) H. Dayal / Shri S. Dutt, / Foreign Secretary, / New Delhi.`: behind the name that signs, the addressee."""
    signed = False
    going = False
    for line in filled:
        if line.zone in ("signature", "distribution") and signed and _FOOT_ADDRESS.match(line.text):
            going = True
        elif (
            line.zone not in ("signature", "addressing", "distribution")
            or line.zone == "distribution"
            and "label-copy" in line.cues
        ):
            going = False
        if going and line.zone in ("signature", "distribution"):
            line.zone, line.probability = "addressing", 0.85
        signed = signed or line.zone == "signature"
