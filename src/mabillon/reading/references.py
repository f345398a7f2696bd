"""Other documents that this one names: `To your No. 821`, `Deptel 5641, June 24`, `REF: (A) STATE 34871`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mabillon.dates import DateMention
from mabillon.dates.edtf import is_edtf
from mabillon.evidence import Word
from mabillon.parts import PartLine
from mabillon.reading.context import FAIR, LIKELY, Context
from mabillon.record import Reference
from mabillon.vocabulary import alternation, canon, wordings

_SIGN = r"(?:№|N[ºo°]s?\.?|Nos?\.|Nr\.|#|n[°ºo]s?\.?)"
_DIGITS = r"\d(?:[\d.]*\d)?(?:[-/][\dA-Za-zа-я]+)*"
_PREFIXED_DIGITS = rf"(?-i:[A-Z]{{1,2}}\s)?{_DIGITS}"
_NO_NUMBER = r"(?![\d:%]|\s?(?:o['’]clock|per cent|percent|tons|men|p\.?\s?m|a\.?\s?m|km|°))"


@cache
def _possessive() -> str:
    named = r"\w+['’]s(?=\s+(?:(?:No\.?|note|letter|telegram|despatch|cable)\s+)*(?:No\.?\s*)?[\dA-Z])"
    return rf"(?:{alternation(wordings('possessive'))}|{named})"


@cache
def _papers() -> str:
    """The words for a paper that a reference can name: those for kinds of documents, without phrases."""
    kinds = [word for word in canon("kind") if " " not in word and len(word) > 2]
    return alternation([*kinds, *wordings("papers")])


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?P<whose>{_possessive()})\s+(?:\[?\w+\]?\s+){{0,2}}?(?P<sign>{_SIGN}\s*)?(?P<number>{_PREFIXED_DIGITS}){_NO_NUMBER}",
        re.IGNORECASE,
    )


@cache
def _dated() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?P<whose>{_possessive()}|the|le|la|die|der|el)\s+(?:\w+\s+)?(?P<kind>{_papers()})"
        rf"\w{{0,3}}(?:\s+(?:de|von)\s+(?:Vuestra Excelencia|Votre Excellence|V\.\s?E\.|Usted))?"
        rf"(?:\s+{_SIGN}?\s*(?P<number>{_DIGITS})|\s+of even number)?,?\s+{alternation(wordings('dated'))}\s+(?="
        rf"(?:the\s+)?[\d\w])",
        re.IGNORECASE,
    )


@cache
def _to_number() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[.:(]\s*)(?P<whose>{alternation(wordings('reply_lead'))})\s+(?:{_possessive()}\s+)?(?:(?:{_papers()})\w{{0,3}}\s+)?(?:{_SIGN}\s*)(?P<number>{_DIGITS})"
        rf"|^\W*(?:{alternation(wordings('reply_lead'))})\s+{_possessive()}\s+(?P<bare>{_DIGITS})(?=[.,:\s]|$)",
        re.IGNORECASE,
    )


@cache
def _kinded() -> re.Pattern[str]:
    """`Riferimento al cifrato n. 121`, `Refiro-me ao telegrama n. 211`, `NSAM No. 109`: kind and number of a paper."""
    words = alternation(wordings("number"))
    sign = rf"(?:{_SIGN}|(?:{words})[.:]?)"
    return re.compile(
        rf"(?<![^\W_])(?P<kind>{_papers()}|(?-i:NS[ADS]M|E\.?O\.?))(?:\w{{0,3}})\s+{sign}\s*(?P<number>{_DIGITS}){_NO_NUMBER}"
        rf"|(?P<number2>\d{{1,6}})\.?\s*(?:{alternation(wordings('number_after'))})\s+(?P<kind2>{_papers()})",
        re.IGNORECASE,
    )


_LETTERED = re.compile(
    r"(?:^|[\s(,;])\(?[A-F][).]\s*(?P<ref>[A-Z]{2,8}\s\d{3,6}/\d{6}Z(?:\s[A-Z]{3}\s\d\d)?|[A-Z]{2,10}\s\d{6}Z"
    r"(?:\s[A-Z]{3}\s\d\d)?|[A-Z][A-Z ]{1,18}?[ -]?\d{3,6})"
)
_STATION = re.compile(
    r"(?<![\w/-])(?P<number>(?!IN |OUT |AT |REFS? )(?:[A-Z]{2,12}(?: [A-Z]{3,12})?|A|CA)[ -]\d{3,6})(?![\w/])"
)
_SYMBOL = re.compile(r"(?<![\w/.-])(?P<number>[A-Z]{1,4}(?:/\d+)?(?:-[A-Z]{1,3})?(?:\(\d{2}\)|/\d{2}/)\d{1,4})(?!\w)")
_SERIES = re.compile(
    r"\b(?P<number>(?:NSC|NIE|SNIE|NSSM|NSDM|NSAM|PRM|PD|JCS|TDCS)[ –-]\d(?:[\d/.-]|,(?=\d{3}))*\d"
    r"|[A-Z]{3,4}[A-Z]?-\d{4,6}(?![\d-]))"
)

_SUBJECTED = re.compile(r"\b(?P<kind>[Mm]emo(?:randum)?|[Ll]etter|[Rr]eport)\b[^.;()]{3,140}?,\s+(?=dated\s)")
"""`Memo for NSC from Executive Secretary, subject: …, dated September 22, 1952`"""


@cache
def _compounds() -> re.Pattern[str]:
    words = alternation(wordings("reference_words"))
    return re.compile(
        rf"(?<![^\W_])(?P<word>(?:re\s?|re:\s?)?{words})s?\s+(?:{_SIGN}\s*)?(?P<number>(?:[A-Z][\w]+ )?\d{{1,7}})"
        rf"(?P<note>\.?\d(?=\s*$))?",
        re.IGNORECASE,
    )


def read_references(context: Context) -> list[Reference]:
    """Return the references in text order, each document once; footnotes complete the date of what the text names."""
    found: list[Reference] = []
    for line in context.zone("reference", "body", "closing", "addressing", "subject", "footnote"):
        if line.zone in ("reference", "addressing") and _OWN.match(context.text[line.start : line.end]):
            continue
        for reference in _in_line(context, line):
            if not _known(found, reference):
                found.append(reference)
    _complete_from_notes(context, found)
    return [reference for reference in found if not _is_own(context, reference)]


_OWN = re.compile(
    r"^\s*(?:(?:Our )?Ref(?:erence)?\.?\s*(?:No\.?|№|Nº)\s*:?\s*\S+\s*$|(?:Repeat(?:ed)?|Rptd)\b)", re.IGNORECASE
)
"""The paper's own number under the label of the letterhead, and posts to which the message is repeated."""


def _is_own(context: Context, reference: Reference) -> bool:
    """Whether a "reference" is this document's own number, as where an annex says what it is an annex to."""
    number = reference.number
    return number is not None and context.zone_at(number.spans[0][0]) in ("enclosure-heading", "heading", "masthead")


def _near_figures(text: str) -> list[tuple[int, int]]:
    """Return the stretches of `text` around its figures, those that touch made one: the rest names nothing."""
    found: list[tuple[int, int]] = []
    for figure in _FIGURE.finditer(text):
        low, high = max(0, figure.start() - 160), min(len(text), figure.end() + 60)
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    return found


def _matches(zone: str, text: str, low: int, high: int) -> list[re.Match[str]]:
    """Return what could be a reference between two offsets, by the patterns of the zone."""
    patterns = [_compounds(), _dated(), _numbered(), _to_number(), _SYMBOL, _SERIES, _SUBJECTED]
    if zone == "reference":
        patterns += [_LETTERED, _STATION, _PLAIN, _PREFIXED]
    found = [match for pattern in patterns for match in pattern.finditer(text, low, high)]
    if zone == "body":
        found += _kinded().finditer(text, low, high)
        found += [match for match in _AFTER_REF.finditer(text, low, high) if not _compounds().match(match["number"])]
    return found


_FIGURE = re.compile(r"\d+")
"""What names another document gives its number or its date, so a line without a figure names none."""


def _in_line(context: Context, line: PartLine) -> Iterator[Reference]:
    text = context.text[line.start : line.end]
    if not _FIGURE.search(text):
        return
    taken: list[tuple[int, int]] = []
    matches = [match for low, high in _near_figures(text) for match in _matches(line.zone, text, low, high)]
    for match in sorted(matches, key=lambda found: (found.start(), -found.end())):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        reference = _reference(context, line, match)
        if reference is not None:
            taken.append(match.span())
            yield reference


_AFTER_REF = re.compile(r"\bRefs?:?\s+(?P<number>[A-Z][A-Za-z]+(?: [A-Z][a-z]+)? \d{3,6})")
"""`10631. Subject: A Call on the Shah. Ref: State 278432.`"""
_PREFIXED = re.compile(r"(?<![\w-])(?P<number>(?!IN |OUT )[A-Z]{1,3} \d{4,6})(?![\w/])")


_PLAIN = re.compile(rf"{_SIGN}\s*(?P<number>{_DIGITS})", re.IGNORECASE)


def _reference(context: Context, line: PartLine, match: re.Match[str]) -> Reference | None:
    groups = match.groupdict()
    name = next((key for key in ("ref", "bare", "number2") if groups.get(key)), "number")
    number = None
    if groups.get(name):
        start, end = line.start + match.start(name), line.start + match.end(name)
        number = context.word(start, end, _bare_number(context.text[start:end]), LIKELY)
        if not re.search(r"\d", number.value):
            number = None  # a message that its date-time group alone names
    if number is not None and re.search(
        r"\b(?:at|AT|um|à)\s*$", context.text[max(0, number.spans[0][0] - 4) : number.spans[0][0]]
    ):
        return None
    if re.search(
        r"\b(?:as\s+(?:my\s+)?|sous\s+les?\s+)$",
        context.text[max(0, line.start + match.start() - 8) : line.start + match.start()],
    ):
        # "please repeat to Caserta as my telegram No. 97": this very message, under the number of another series
        return None
    if number is not None and _SAME_MESSAGE.search(
        context.text, max(line.start, number.spans[0][0] - 20), number.spans[0][0]
    ):
        return None
    after = line.start + match.end()
    inside = _date_inside(context, line, match, name)
    if inside is not None:
        if number is not None and number.spans[0][0] >= inside.start:
            number = None
        date: Word | None = context.dated(inside, LIKELY, with_time=False)
    else:
        date = _date_after(context, after, line.end)
    if number is None and date is not None:
        number = _number_behind(context, date, line.end)
    if number is None and date is None:
        return None
    kind = groups.get("kind") or groups.get("kind2") or _kind_of(groups.get("word") or "")
    return Reference(
        kind=canon("kind").get((kind or "").casefold(), None),
        number=number,
        date=date,
        direction=_direction(context, line, match),
    )


def _number_behind(context: Context, date: Word, end: int) -> Word | None:
    """`Your despatch of the 11th of June, (No. 426,)`: the number in brackets behind the date."""
    found = re.compile(rf",?\s*\(\s*{_SIGN}\s*(?P<number>{_DIGITS}),?\s*\)").match(context.text, date.spans[0][1], end)
    return context.word(*found.span("number"), confidence=LIKELY) if found else None


_SAME_MESSAGE = re.compile(
    r"\b(?:sous|unter|con|under)\s+(?:les?\s+|den\s+|il\s+|the\s+)?(?:n[oº°]s?|Nrn?|Nos?)\.?\s*$"
)
"""`Communiqué à Washington sous les nos 6671-6674`: the numbers of this very message at another post."""
_SIGNED = re.compile(rf"{_SIGN}\s*$", re.IGNORECASE)


def _date_inside(context: Context, line: PartLine, match: re.Match[str], name: str) -> DateMention | None:
    """Return the date that the figures of `match` belong to (`your telegram of 19 May` has no number 19)."""
    if not match.groupdict().get(name):
        return None
    start, end = line.start + match.start(name), line.start + match.end(name)
    if _SIGNED.search(context.text, max(line.start, start - 6), start):
        return None  # "your No. 8 of February 17" is not of the year 1917
    for mention in context.dates_in(line.start, line.end):
        # figures that would make a year before the services existed are a number: "Embtel 1218, May 6"
        if (
            mention.start < end
            and start < mention.end
            and mention.value
            and end <= mention.end + 1
            and (mention.year or 0) > 1500
        ):
            return mention
    return None


def _bare_number(words: str) -> str:
    found = re.match(r"(.*?)[ /]\d{6}Z", words)
    return " ".join((found[1] if found else words).split()).rstrip(".")


def _kind_of(word: str) -> str | None:
    word = word.casefold()
    if "air" in word:
        return "airgram"
    return "telegram" if "tel" in word or "circ" in word else None


def _date_after(context: Context, start: int, end: int) -> Word | None:
    """Return the date that follows at once: `, June 24`, ` of 9 July`, ` dated 12.10.50`."""
    gap = re.compile(
        r"[\d¹²³]*(?: (?:to|from) [A-Z]\w+(?: [A-Z]\w+)?)?[,.]?\s*(?:of|dated|from|du|vom|от|de)?\s*(?:the\s+)?",
        re.IGNORECASE,
    ).match(context.text, start)
    position = gap.end() if gap else start
    runs_on = end - start < 12 and not context.text[start:end].rstrip().endswith((".", ";", ":"))
    window = min(len(context.text), start + 60) if runs_on else min(end, start + 60)
    glued = re.compile(r"\d\.\d{1,2}(?=\s|$)").search(context.text, start, window)
    if glued and not context.dates_in(start, window):
        window = glued.start() + 1
    for mention in context.dates_in(start, window) or context.fresh_dates(start, window):
        if start - 1 <= mention.start <= position + 1 and mention.value and (mention.day or mention.month):
            return context.dated(mention, LIKELY, with_time=False)
    return _day_alone(context, start, window)


_DAY_ALONE = re.compile(
    r"[\d¹²³]*\s*(?:(?:of|dated|du|vom|del|dell['’]|от)\s+)?(?:the\s+|le\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th|er|-го)(?![^\W_])"
    r"(?!\s+(?:of\s|day|session|meeting|instant|inst|ult|[A-Z][a-z]+ ?\d{4}))"
)


def _day_alone(context: Context, start: int, end: int) -> Word | None:
    """`Your telegram of the 10th`: the last day of that number that is not after the paper's own."""
    found = _DAY_ALONE.match(context.text, start, end)
    own = context.pivot or ""
    if found is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", own) or not 1 <= int(found["day"]) <= 31:
        return None
    year, month, day = (int(part) for part in own.split("-"))
    if int(found["day"]) > day:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    value = f"{year}-{month:02d}-{int(found['day']):02d}"
    return context.word(*found.span("day"), value, FAIR) if is_edtf(value) else None


def _direction(context: Context, line: PartLine, match: re.Match[str]) -> str:
    words = match[0].casefold()
    if re.match(r"(?:in addition to|to my|my|continu)", words):
        return "continues"
    before = context.text[line.start : line.start + match.start()].strip()
    if (
        line.zone == "reference"
        or re.match(r"\W*(?:\d{1,7}\.\s*)?(?:re:?|ref:?|for \w+\.)?\W*$", before, re.IGNORECASE)
    ) and re.search(r"\b(?:yours?|ur|dep|ваш|votre)\w*|^\W*(?:на|to|in reply to|zu|auf)\b", words):
        return "replies-to"
    return "mentions"


def _known(found: list[Reference], new: Reference) -> bool:
    for old in found:
        if new.number and old.number and new.number.value.casefold() == old.number.value.casefold():
            if old.date and new.date and old.date.value != new.date.value:
                continue  # two documents of two series that bear one number
            old.date = old.date or new.date
            return True
        if new.number is None and old.date and new.date and old.date.value == new.date.value:
            return True
    return False


_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _complete_from_notes(context: Context, found: list[Reference]) -> None:
    """A note `Dated June 24, not printed.` gives the date of the reference that carries its mark."""
    notes = {}
    for line in context.zone("footnote"):
        note = re.match(
            r"\s*[\[(]?(?P<mark>\d{1,2}|[⁰¹²³⁴-⁹]{1,2})[\])]?\.?\s*(?P<text>\S.*)",
            context.text[line.start : line.end],
            re.DOTALL,
        )
        if note:
            notes[note["mark"].translate(_RAISED)] = (line, line.start + note.start("text"))
    for reference in found:
        if reference.date is not None or reference.number is None:
            continue
        end = reference.number.spans[0][1]
        mark = re.compile(r"[.,;:)\s]{0,3}?[\[(]?(\d{1,2}|[⁰¹²³⁴-⁹]{1,2})[\])]?(?=[\s.,;]|$)").match(context.text, end)
        if not mark or mark[1].translate(_RAISED) not in notes:
            continue
        line, start = notes[mark[1].translate(_RAISED)]
        words = context.text[start : line.end]
        dates = [mention for mention in context.dates_in(start, line.end) if mention.value and mention.day]
        if dates and re.match(
            r"\W*(?:dated|of|du|vom|del|от|telegram|airgram|despatch|it is dated|not found)", words, re.IGNORECASE
        ):
            reference.date = context.dated(dates[0], FAIR, with_time=False)
        if "not printed" in words.casefold():
            reference.status = "not-printed"
