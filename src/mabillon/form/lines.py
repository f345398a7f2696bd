"""Corrections of single lines after the sequence model, where a line and its neighbours leave no doubt.

Each rule is a shape that has one meaning in every service: `(-) Kiryluk` under the text signs it, `[Received …]` above
it is a link of the chain. All wordings are data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from mabillon.clocks import is_city
from mabillon.form.cues import BUREAUS, DAY_MONTH, is_name
from mabillon.parts import ZONES, PartLine
from mabillon.vocabulary import alternation, canon, wordings

YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_SIGNED = re.compile(
    r"^\s*(?:\(\s?[-–—]\s?\)|\(ss\)|/[-–—]/|/s/|\(?(?:sd|sgd|signed|signé|gez|firmado|podp)\b\.?\)?\s*:?)\s*"
    r"(?=[^\W\d_])(?P<name>[^\n]{2,50})$",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"^\s*[A-Z]{2,4}\s?[:/]\s?[A-Za-z]{2,4}(?:[:/]\s?[a-z]{2,4})?\s*$")
_OFFICES = re.compile(
    r"^\s*(?:ACTION|[I1l]NF[O0]|ORIG(?:IN)?)\s*:?\s+(?=\S)(?:[A-Z]{1,5}(?:/[A-Z]{1,5})?(?:[ -]\d{1,2})?(?:\s*,\s*"
    r"|\s+|$)){1,24}\s*(?:/\d+\s*[WR])?\s*$"
)
_SYMBOL_COUNT = re.compile(r"\b[A-Z]{1,5}(?:/[A-Z]{1,5})?[ -]\d{1,2}\b|\b[A-Z]{1,3}/[A-Z]{1,4}\b")
COLUMN_DATELINE = re.compile(
    r"\S\s{3,}\[?(?P<place>[A-ZÀ-ÞА-Я][\w'’.-]+(?:[ -][A-ZÀ-ÞА-Я][\w'’.-]+){0,2}),?\]?,?\s+(?:(?:le|den|the|dnia|am"
    r"|on)\s+)?(?:\d{1,2}|[A-Z][a-z]{2,8}\.? \d{1,2})"
)
_PASSED = re.compile(
    r"^\W*(?:sent|repeated|rptd|copy to|copies to|communicated|communiqué|copie à|comunicato|comunicado"
    r"|mitgeteilt|wiederholt)\b",
    re.IGNORECASE,
)
_STAMPED_IN = re.compile(r"\bIN\s+\d{4,6}\b")


_PLACE_AND_DAY = re.compile(
    r"^\s*[A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þ][\w'’.-]+){0,2},\s+"
    r"(?:[A-Z][a-z]+\.? \d{1,2},|\d{1,2}\.? [^\W\d_]{3,9},?) (?:1[5-9]|20)\d\d"
)
_HONOURED = re.compile(r"^\s*(?:Comrade|Cde|Com|тов|tow|Tow|Genosse|Gen|Mr|Herr)\b\.?\s+[A-ZА-ЯÀ-Þ]")
_ADDRESSED = re.compile(r"^\s*(?:addressed\s+to|to)\s+the\s+[A-Z]", re.IGNORECASE)
_MADE_BY = re.compile(
    r"^\s*(?:recorded|noted|taken down|written|written down|minuted|interpreted|prepared|drafted) by\b", re.I
)
_BRACKETED_NAME = re.compile(r"^\s*[(/]\s*(?P<name>[^()/]{3,40}?)\s*[)/]\s*$")
_ROUTED = re.compile(r"^\s*R[A-Z]{4,7}/\s?[A-Z]{2,}[A-Z /.-]*\d{0,4}\s*$")


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


@cache
def holds_office() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){alternation(wordings('office'))}(?![^\W_])", re.IGNORECASE)


@cache
def _handling_alone() -> re.Pattern[str]:
    return re.compile(rf"^\s*(?:{alternation(wordings('handling'))})\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of one of the zones `taken` belongs to `zone` where `tells` says so.

    `where`: "before" or "after" the text proper (its first and last line included), or "anywhere".
    """

    zone: str
    taken: frozenset[str]
    tells: Callable[[Sequence[PartLine], int], bool]
    where: str = "anywhere"


def _zones(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _matches(pattern: re.Pattern[str], longest: int = 140) -> Callable[[Sequence[PartLine], int], bool]:
    return lambda filled, at: len(filled[at].text) <= longest and pattern.match(filled[at].text) is not None


def _behind(zone: str, filled: Sequence[PartLine], at: int) -> bool:
    return at > 0 and filled[at - 1].zone == zone


def _dated_in_column(filled: Sequence[PartLine], at: int) -> bool:
    text = filled[at].text
    return len(text) <= 140 and bool(COLUMN_DATELINE.search(text) and YEAR.search(text))


def _bare_dateline(filled: Sequence[PartLine], at: int) -> bool:
    text = filled[at].text
    return (
        len(text) < 90
        and bool(YEAR.search(text))
        and (_dated_in_column(filled, at) or _PLACE_AND_DAY.match(text) is not None)
    )


def _drafters_initials(filled: Sequence[PartLine], at: int) -> bool:
    return _behind("signature", filled, at) and _INITIALS.match(filled[at].text) is not None


def _named_addressee(filled: Sequence[PartLine], at: int) -> bool:
    text = filled[at].text
    return _behind("addressing", filled, at) and len(text) < 50 and _HONOURED.match(text) is not None


def _city_over_grade(filled: Sequence[PartLine], at: int) -> bool:
    below = filled[at + 1] if at + 1 < len(filled) else None
    return below is not None and below.zone == "masthead" and "grade" in below.cues and is_city(filled[at].text.strip())


def _heading_goes_on(filled: Sequence[PartLine], at: int) -> bool:
    return _behind("heading", filled, at) and len(filled[at].text) <= 140 and bool(_ADDRESSED.match(filled[at].text))


def _told(filled: Sequence[PartLine], at: int) -> bool:
    """A long line of prose is no list of copies, unless it begins as one."""
    line = filled[at]
    listed = {"label-copy", "repeated"} & line.cues
    return len(line.text) > 100 and not listed and re.search(r"[a-zа-я]{3}\. [A-ZА-Я]", line.text) is not None


def _said(filled: Sequence[PartLine], at: int) -> bool:
    """Whether a short line is said and not signed: `Просьба подтвердить получение.`"""
    text = filled[at].text
    words = text.strip().rstrip(".").split()
    plain = [word for word in words[1:] if word.isalpha() and word.islower() and len(word) > 3]
    return text.rstrip().endswith(".") and len(words) >= 3 and len(plain) >= 2 and len(plain) * 2 >= len(words)


def _office_over_name(filled: Sequence[PartLine], at: int) -> bool:
    text = filled[at].text
    below = filled[at + 1].text if at + 1 < len(filled) else ""
    return text.isupper() and bool(holds_office().search(text) and _BRACKETED_NAME.match(below))


def _bracketed_signature(filled: Sequence[PartLine], at: int) -> bool:
    inner = _BRACKETED_NAME.match(filled[at].text)
    return _behind("signature", filled, at) and inner is not None and is_name(inner["name"])


def _office_symbols(filled: Sequence[PartLine], at: int) -> bool:
    text = filled[at].text
    return bool(_OFFICES.match(text)) and bool(BUREAUS.match(text) or _SYMBOL_COUNT.search(text))


def _stamped_in(filled: Sequence[PartLine], at: int) -> bool:
    text = filled[at].text
    return len(text) <= 140 and bool(_STAMPED_IN.search(text) and DAY_MONTH.search(text))


def _passed_on(filled: Sequence[PartLine], at: int) -> bool:
    text = filled[at].text
    return len(text) < 120 and text.rstrip().endswith(".") and _PASSED.match(text) is not None


_NO_SIGNATURE = _zones("signature distribution apparatus archive summary metadata sponsor attributes source-note")


@cache
def _rules() -> tuple[Rule, ...]:
    every = frozenset(ZONES)
    return (
        Rule("signature", _zones("body mark furniture closing"), _matches(_SIGNED), "after"),
        Rule("mark", _zones("signature"), _drafters_initials),
        Rule("body", _zones("salutation"), lambda filled, at: len(filled[at].text) > 100),
        Rule("dateline", _zones("salutation reference"), _bare_dateline, "before"),
        Rule("addressing", _zones("body masthead"), _named_addressee, "before"),
        Rule("masthead", _zones("addressing"), _city_over_grade, "before"),
        Rule("heading", _zones("distribution addressing masthead"), _heading_goes_on, "before"),
        Rule("apparatus", _zones("distribution"), _matches(_MADE_BY)),
        Rule("body", _zones("distribution"), _told, "not after"),
        Rule("body", _zones("signature"), _said, "not before"),
        Rule("signature", _zones("heading addressing title masthead body"), _office_over_name, "not before"),
        Rule("addressing", _zones("furniture masthead"), _matches(_ROUTED), "before"),
        Rule("masthead", _zones("furniture"), _matches(_handling_alone()), "before"),
        Rule("signature", every - _NO_SIGNATURE, _bracketed_signature),
        Rule("distribution", _zones("masthead body furniture reference apparatus"), _office_symbols, "before"),
        Rule("dateline", _zones("masthead heading addressing"), _dated_in_column, "before"),
        Rule("apparatus", _zones("body masthead furniture footnote closing"), _matches(_stamp_event()), "before"),
        Rule("apparatus", _zones("reference dateline masthead"), _stamped_in, "before"),
        Rule("salutation", _zones("addressing masthead"), _matches(_salutation_alone()), "before"),
        Rule("distribution", _zones("furniture"), _passed_on, "after"),
    )


def settle_lines(filled: Sequence[PartLine], first: int, last: int) -> None:
    """Give each line the zone of the first rule that tells; `first`, `last`: positions of the text proper."""
    for at, line in enumerate(filled):
        sides = {"anywhere", "before" if at <= first else "not before", "after" if at >= last else "not after"}
        for rule in _rules():
            if line.zone in rule.taken and rule.where in sides and rule.tells(filled, at):
                settle(line, rule.zone)
                break


def settle(line: PartLine, zone: str) -> None:
    """Set the zone of `line`; its probability becomes that of such a rule."""
    if line.zone != zone:
        line.zone, line.probability = zone, 0.85
