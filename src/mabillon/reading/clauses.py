"""One line of the cable service, cut at each wording of an event: date, place and agent of a clause are its event's."""

from __future__ import annotations

import re
from functools import cache

from mabillon.dates import DateMention, find_times
from mabillon.evidence import Word
from mabillon.parts import PartLine
from mabillon.reading.context import CERTAIN, FAIR, LIKELY, Context
from mabillon.reading.names import parse_name, presentable
from mabillon.record import Event
from mabillon.vocabulary import alternation, canon, fold_space

_PLACE = re.compile(
    r"\b(?:from|in|at|to|из|в|von|aus|à|de)\s+(?P<at>the\s+)?(?P<place>(?:(?:[A-ZÀ-ÞА-Я]|\d+(?:th|st|nd|rd|[A-Z]))[\w'’./-]*\.?(?:\s+(?:of\s+(?:the\s+)?|the\s+|de\s+)?)?)+)"
)
_BY = re.compile(
    r"\b(?:by|BY|von|par)\b:?\s+(?:[A-Z][A-Z/\d]*\s?:\s?)?(?P<name>[A-ZÀ-ÞА-Я][\w.'’-]*(?:\s(?!(?:on|at|in)\b)[A-ZÀ-ÞА-Я][\w.'’-]*){0,3})"
)
_NAME_AFTER = re.compile(r"^\s*[:.]?\s*(?:[A-Z][A-Z/\d]*\s?:\s?)?(?P<name>[А-ЯA-Z][\w'’-]+(?:\s+[А-ЯA-Z][\w.'’-]+)?)")
_OFFICE_PLACE = re.compile(
    r"\b(?:department|directorate|office|ministry|station|registry|division|branch|8D/GS|section)\b", re.IGNORECASE
)


@cache
def event_pattern() -> re.Pattern[str]:
    words = sorted(word for word in canon("event") if len(word) > 2)
    # "R. August 2, 1.5 A.M." in British prints; in "1956 r." the letter is the Polish year
    return re.compile(
        rf"(?<![^\W_]){alternation(words)}(?![^\W_])|(?<![^\W_])(?<!\d\s)(?-i:[DR])[.:](?=\s*(?:\d|[A-Z][a-z]+\.? \d))",
        re.IGNORECASE,
    )


_ABBREVIATED = {"d.": "sent", "r.": "received", "d:": "sent", "r:": "received"}


def event_type(words: str) -> str:
    folded = fold_space(words)
    return _ABBREVIATED.get(folded) or canon("event").get(folded) or canon("event")[folded.rstrip(".")]


def clauses(context: Context, line: PartLine) -> list[Event]:
    """Return the events that one line of apparatus states."""
    text = context.text[line.start : line.end]
    starts = list(event_pattern().finditer(text))
    starts = [found for index, found in enumerate(starts) if index == 0 or _opens_clause(text, found.start())]
    dates = context.fresh_dates(line.start, line.end) if "\n" in text else context.dates_in(line.start, line.end)
    if group := _machine_event(context, line, dates):
        stamp = next(
            (
                mention
                for mention in dates
                if mention.value and mention.order != "dtg" and mention.start > group.type.spans[0][0]
            ),
            None,
        )
        entered = re.search(r"\bIN\s+\d{4,6}", context.text[line.start : line.end])
        if stamp is None or entered is None:
            return [group]
        return [
            group,
            Event(type=context.word(stamp.start, stamp.end, "received", FAIR), time=context.dated(stamp, LIKELY)),
        ]
    if not starts:
        return _unlabelled(context, line, dates) or _entered(context, line, dates)
    found = []
    for index, start in enumerate(starts):
        begin = line.start if index == 0 else line.start + start.start()
        end = line.start + (starts[index + 1].start() if index + 1 < len(starts) else len(text))
        kind = context.word(line.start + start.start(), line.start + start.end(), event_type(start[0]), CERTAIN)
        mine = [mention for mention in dates if begin <= mention.start < end]
        event = Event(type=kind)
        _fill(context, event, mine, begin, line.start + start.end(), end)
        if kind.value == "handed-over" and start[0].casefold().startswith("deliver") and event.org is not None:
            kind.value = "arrived"  # "Delivered to the 8th Directorate": at the office that handles it
        if event.time or event.agent or event.place or kind.value == "translated":
            found.append(event)
    return found


_SECTION_LINE = re.compile(r"\b\d\d OF \d\d\s+\d{6}Z")
_CONTROL_LINE = re.compile(r"^\s*-{5,}\s*\d{5,6}\s+\d{6}Z")
"""`------------------051188 141601Z /21`: the relay's own number and hour."""
_PAGE_LINE = re.compile(r"^\s*PAGE\s+\d+\b")
_GROUP_LINE = re.compile(
    r"^\s*(?:[ZOPR]\s+){0,2}[\dOIl]{6}Z\b|^\s*(?:[A-Z]\s?-?){4,}.*\b[\dOIl]{6}Z\b|^\s*(?:SECRET|CONFIDENTIAL|UNCLASSIFIED)\b"
)


_PROSIGNED = re.compile(r"^\s*[ZOPR](?:\s+[ZOPR])?\s+\d{6}Z\b")


def _grouped_elsewhere(context: Context, line: PartLine) -> bool:
    """Whether another line gives the date-time group with its prosign: then the printed head has the receipt's."""
    return any(
        other is not line and _PROSIGNED.match(context.text[other.start : other.end])
        for other in context.zone("apparatus")
    )


def _machine_event(context: Context, line: PartLine, dates: list[DateMention]) -> Event | None:
    """The page line of a machine telegram bears the hour of receipt, the date-time group that of sending."""
    text = context.text[line.start : line.end]
    kind = (
        "received"
        if _PAGE_LINE.match(text) or _SECTION_LINE.search(text)
        else "relayed"
        if _CONTROL_LINE.match(text)
        else "sent"
        if _GROUP_LINE.match(text)
        else None
    )
    timed = next((mention for mention in dates if mention.time and mention.order == "dtg"), None)
    if kind is None or timed is None:
        return None
    if kind == "sent" and not _PROSIGNED.match(text) and _grouped_elsewhere(context, line):
        kind = "received"
    event = Event(type=context.word(timed.start, timed.end, kind, LIKELY), time=context.dated(timed, CERTAIN))
    if timed.zone:
        event.zone = stated_zone(context, timed)
    return event


def _opens_clause(text: str, offset: int) -> bool:
    before = text[:offset].rstrip().casefold()
    return (
        before.endswith((",", ";", ".", "and", ":", "|", ")", "и", "et", "und"))
        or before == ""
        or bool(re.search(r"\d$", before))
    )


def _unlabelled(context: Context, line: PartLine, dates: list[DateMention]) -> list[Event]:
    """A line that gives place, number and hour without a verb was written by the sending station."""
    timed = [mention for mention in dates if mention.time]
    if not timed:
        return []
    # on a form that gives the recipient's number of the message ("IN 0061") the stamp is that of receipt
    incoming = any(
        re.search(r"\bIN\s+\d{4,6}", context.text[other.start : other.end])
        for other in context.zone("masthead", "apparatus")
    )
    bare_group = re.fullmatch(r"\W*\d{6}Z\W*", context.text[line.start : line.end])
    event = Event(
        type=context.word(timed[0].start, timed[0].end, "received" if incoming and not bare_group else "sent", FAIR)
    )
    _fill(context, event, timed, line.start, line.start, line.end)
    return [event]


def _entered(context: Context, line: PartLine, dates: list[DateMention]) -> list[Event]:
    """`13 Apr 1963   IN 18842`: the day on which the message came in, beside the number that it was given there."""
    days = [mention for mention in dates if mention.value and mention.day]
    if len(days) != 1 or not re.search(r"(?<!\w)IN[ -]\d{4,6}\b", context.text[line.start : line.end]):
        return []
    return [Event(type=context.word(days[0].start, days[0].end, "received", FAIR), time=context.dated(days[0], LIKELY))]


def _fill(context: Context, event: Event, dates: list[DateMention], begin: int, verb_end: int, end: int) -> None:
    """Give `event` the time, zone, place and agent that its clause states."""
    with_day = [mention for mention in dates if mention.value or "no-such-day" in mention.problems]
    chosen = next((mention for mention in with_day if mention.time), with_day[0] if with_day else None)
    if chosen is not None:
        event.time = _time(context, chosen, dates, end)
        if chosen.zone:
            event.zone = stated_zone(context, chosen)
    else:
        _lone_time(context, event, verb_end, end)
    clause = _masked(context.text, begin, end, dates)
    by = _BY.search(clause) or (
        None if chosen is None else _NAME_AFTER.match(clause[verb_end - begin :]) if _is_personal(event) else None
    )
    if by:
        offset = begin if by.re is _BY else verb_end
        named = parse_name(context.text, offset + by.start("name"), offset + by.end("name"))
        if named and not _is_channel(context.text[by.start() + offset : by.end() + offset]):
            event.agent = context.word(*named.name, presentable(context.text[slice(*named.name)]), LIKELY)
    place = _PLACE.search(clause)
    if place and not _PERSON_LEAD.match(place["place"]):
        start, stop = context.trim(begin + place.start("place"), begin + place.end("place"))
        words = context.text[start:stop].rstrip(" ,.;")
        word = context.word(start, start + len(words), presentable(words), FAIR)
        if _OFFICE_PLACE.search(words):
            event.org = word
        else:
            event.place = word


_PERSON_LEAD = re.compile(r"(?:Comrade|Cde|Cdes|Com|Mr|Mrs|Tov|Amb|Ambassador|General|Minister|тов)\b", re.IGNORECASE)


def stated_zone(context: Context, mention: DateMention) -> Word:
    """Return the zone that `mention` states, with its own words where they can be told apart."""
    words = context.text[mention.start : mention.end]
    place = words.find(mention.zone or "")
    if place >= 0:
        return context.word(
            mention.start + place, mention.start + place + len(mention.zone or ""), mention.zone, LIKELY
        )
    return context.word(mention.start, mention.end, mention.zone, LIKELY)


_DAY_OF_MONTH = re.compile(
    r"(?<![^\W_])(?:del|dell['’]|du|le|vom|am|of the|on the|dnia)\s?(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?(?![\w:])"
)


def _day_of_month(context: Context, start: int, end: int) -> str:
    """`(per. ore 2,15 del 12)`, `(Reçu : le 8, à 21 h.)`: the day of receipt, in the dateline's month or the next."""
    own = context.pivot or ""
    found = _DAY_OF_MONTH.search(context.text, start, end)
    if found is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", own) or not 1 <= int(found["day"]) <= 31:
        return own
    year, month, day = (int(part) for part in own.split("-"))
    if int(found["day"]) < day:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return f"{year}-{month:02d}-{int(found['day']):02d}"


def _lone_time(context: Context, event: Event, start: int, end: int) -> None:
    """A clock time without a day (`Sent by VCh at 22:40`) is of the document's own day."""
    times = find_times(context.text, start=start, end=end)
    if times and times[0].time and context.pivot:
        event.time = context.word(
            times[0].start,
            times[0].end,
            f"{_day_of_month(context, start, end)}T{times[0].time}",
            FAIR,
            reason="content",
        )
        if times[0].zone:
            event.zone = stated_zone(context, times[0])


def _is_personal(event: Event) -> bool:
    return event.type.value in ("decrypted", "encrypted", "typed", "translated", "drafted")


@cache
def _channels() -> re.Pattern[str]:
    return re.compile(rf"^(?:{alternation(sorted(canon('channel')))})", re.IGNORECASE)


def _is_channel(words: str) -> bool:
    return bool(_channels().match(words.strip()))


def _masked(text: str, begin: int, end: int, dates: list[DateMention]) -> str:
    """Return the clause with its dates blanked out, so that months are not taken for places."""
    clause = list(text[begin:end])
    for mention in dates:
        for offset in range(max(mention.start, begin), min(mention.end, end)):
            clause[offset - begin] = " "
    return "".join(clause)


def _time(context: Context, mention: DateMention, dates: list[DateMention], end: int = 0) -> Word:
    if mention.time is None:
        lone = next((other for other in dates if other.time and other.value is None and not other.day), None)
        if lone is None and end > mention.end:
            lone = next(iter(find_times(context.text, start=mention.end, end=end)), None)
        if lone is not None and mention.value:
            word = context.dated(mention, LIKELY)
            word.value = f"{mention.value}T{lone.time}"
            word.spans = sorted([*word.spans, (lone.start, lone.end)])
            word.text = " … ".join(context.text[start:end] for start, end in word.spans)
            return word
    return context.dated(mention, CERTAIN)
