"""The document's own date: of signing or sending, at the precision stated."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mabillon.dates import DateMention
from mabillon.evidence import Word
from mabillon.parts import PartLine
from mabillon.reading.context import CERTAIN, FAIR, LIKELY, WEAK, Context
from mabillon.reading.described import described_date
from mabillon.record import Event

_ORDER: tuple[tuple[tuple[str, ...], float], ...] = (
    (("dateline",), CERTAIN),
    (("signature",), LIKELY),
    (("masthead", "addressing"), LIKELY),
    (("heading",), FAIR),
    (("title",), FAIR),
    (("subject",), WEAK),
    (("archive-date",), FAIR),
)


def read_date(context: Context, events: list[Event]) -> Word | None:
    """Return the date that the document itself bears; the archive's only where the document is silent."""
    described = described_date(context)
    if described is not None:
        return _with_rival(context, described)
    if word := _dated_paper(context) or _closing(context, [context.foot] if context.foot else []):
        return word
    for zones, confidence in _ORDER[:1]:
        word = _in_zones(context, zones, confidence)
        if word and (
            "/" not in word.value
            or not any(event.time and event.type.value in ("sent", "distributed") for event in events)
        ):
            return word
    if word := _impossible_day(context):
        return word
    for kind in ("sent", "signed"):
        for event in events:
            if (
                event.type.value == kind
                and event.time
                and _day(event.time.value)
                and _credible(context, event.time.value)
            ):
                return _as_day(event.time)
    if word := _closing(context, context.closing_datelines):
        return word
    if any("/" in word.value for zones, confidence in _ORDER[:1] if (word := _in_zones(context, zones, confidence))):
        for event in events:
            if event.type.value == "distributed" and event.time and _day(event.time.value):
                return _as_day(event.time)
    for zones, confidence in _ORDER[1:-2]:
        if word := _in_zones(context, zones, confidence):
            return word
    for event in events:
        if (
            event.type.value in ("received", "arrived", "distributed", "drafted")
            and event.time
            and _day(event.time.value)
        ):
            return _as_day(event.time, FAIR)
    for zones, confidence in _ORDER[-2:]:
        if word := _in_zones(context, zones, confidence):
            return word
    if word := _without_year(context):
        return word
    for field in ("sent.date", "date", "date-bounds"):
        for datum in context.metadata.get(field, ()):
            value = datum.attributes.get("when") or datum.attributes.get("when-iso") or datum.value
            if re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", value[:10]):
                return context.stated(datum, value[:10], FAIR)
    return None


def _closing(context: Context, lines: Sequence[PartLine]) -> Word | None:
    for line in lines[:1]:
        mention = next(mention for mention in context.fresh_dates(line.start, line.end) if mention.value)
        return context.dated(mention, LIKELY, with_time=False)
    return None


def _with_rival(context: Context, described: Word) -> Word:
    """Return the header's date, with the dateline's as an alternative where it is another day."""
    own = _in_zones(context, ("dateline",), LIKELY)
    if (
        own is not None
        and _day(own.value)
        and _day(described.value)
        and "/" not in own.value + described.value
        and own.value != described.value
    ):
        described.alternatives = [own.value]
    return described


_DATED_PAPER = re.compile(r"^\W*(?:letter|note verbale|note|telegram|cable|cablegram) dated\s+(?=\d)", re.IGNORECASE)


def _dated_paper(context: Context) -> Word | None:
    """`LETTER DATED 18 JULY 1960 FROM …`: an international body reprints a paper under its own later date."""
    for line in context.zone("heading", "title"):
        if lead := _DATED_PAPER.match(context.text[line.start : line.end]):
            for mention in context.dates_in(line.start, line.end):
                if mention.value and mention.day and abs(mention.start - line.start - lead.end()) < 3:
                    return context.dated(mention, CERTAIN, with_time=False)
    return None


def _impossible_day(context: Context) -> Word | None:
    """`DATE: February 30, 1968`: a day that no calendar has leaves the month."""
    lines = context.zone("dateline") or context.zone("masthead", "addressing")
    mentions = [mention for line in lines for mention in context.dates_in(line.start, line.end)]
    if any(mention.value for mention in mentions):
        return None
    for mention in mentions:
        if "no-such-day" in mention.problems and mention.year and 1 <= (mention.month or 0) <= 12:
            return context.word(mention.start, mention.end, f"{mention.year}-{mention.month:02d}", FAIR)
    return None


_DAY_OF_YEAR = re.compile(r"^\s*(?P<month>\d{1,2})/(?P<day>\d{1,2})\s*$")


def _without_year(context: Context) -> Word | None:
    """A day and month whose year nothing gives: `XXXX-06-13`, the unspecified digits of EDTF level 1."""
    for line in context.zone("dateline", "masthead", "signature", "addressing"):
        for mention in context.fresh_dates(line.start, line.end):
            if mention.value is None and mention.month and mention.day and not mention.problems:
                return context.word(mention.start, mention.end, f"XXXX-{mention.month:02d}-{mention.day:02d}", FAIR)
        slash = _DAY_OF_YEAR.match(context.text[line.start : line.end])
        if slash and 1 <= int(slash["month"]) <= 12 and 1 <= int(slash["day"]) <= 31:
            return context.word(line.start, line.end, f"XXXX-{int(slash['month']):02d}-{int(slash['day']):02d}", WEAK)
    return None


def _in_zones(context: Context, zones: tuple[str, ...], confidence: float) -> Word | None:
    mentions = [m for line in context.zone(*zones) for m in context.dates_in(line.start, line.end) if m.value]
    days = [mention for mention in mentions if mention.day] or mentions
    if not days:
        return None
    chosen = _preferred(zones, days)
    return context.dated(chosen, confidence, with_time=False)


def _preferred(zones: tuple[str, ...], days: list[DateMention]) -> DateMention:
    # beside a signature the last date is that of signing; elsewhere the first
    return days[-1] if zones == ("signature",) else days[0]


def _credible(context: Context, value: str) -> bool:
    """Whether the year of an event agrees with the rest of the page; a slip of the pen does not date a document."""
    years = [int(mention.value[:4]) for mention in context.dates if mention.value and mention.value[:4].isdigit()]
    return not years or sorted(years)[len(years) // 2] == int(value[:4])


def _day(value: str) -> bool:
    return len(value) >= 10 and value[4:5] == "-" and value[:4].isdigit()


def _as_day(word: Word, confidence: float = LIKELY) -> Word:
    return Word(value=word.value[:10], text=word.text, spans=word.spans, confidence=min(confidence, word.confidence))
