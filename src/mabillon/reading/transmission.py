"""The chain of transmission: who sent, received, deciphered, typed it, when and where.

A line of the cable service is cut into clauses at each wording of an event; the clause's date, place and agent belong
to that event (TEI correspAction, refined: RECORD.md, "Transmission events").
"""

from __future__ import annotations

import re
from functools import cache

from mabillon.dates import DateMention, find_dates, find_times
from mabillon.document import Metadatum
from mabillon.evidence import Word
from mabillon.parts import PartLine
from mabillon.reading.captions import cells
from mabillon.reading.context import CERTAIN, FAIR, LIKELY, Context
from mabillon.reading.names import parse_name, presentable
from mabillon.reading.places import dateline_place
from mabillon.record import EVENT_TYPES, Event
from mabillon.vocabulary import alternation, canon, fold_space, wordings

_PLACE = re.compile(
    r"\b(?:from|in|at|to|из|в|von|aus|à|de)\s+(?P<at>the\s+)?(?P<place>(?:[A-ZÀ-ÞА-Я0-9][\w'’./-]*\.?(?:\s+(?:of\s+(?:the\s+)?|the\s+|de\s+)?)?)+)"
)
_BY = re.compile(r"\b(?:by|BY|von|par)\b:?\s+(?:[A-Z][A-Z/\d]*\s?:\s?)?(?P<name>[A-ZÀ-ÞА-Я][\w.'’-]*(?:\s(?!(?:on|at|in)\b)[A-ZÀ-ÞА-Я][\w.'’-]*){0,3})")
_NAME_AFTER = re.compile(r"^\s*[:.]?\s*(?:[A-Z][A-Z/\d]*\s?:\s?)?(?P<name>[А-ЯA-Z][\w'’-]+(?:\s+[А-ЯA-Z][\w.'’-]+)?)")
_OFFICE_PLACE = re.compile(r"\b(?:department|directorate|office|ministry|station|registry|division|branch|8D/GS|section)\b", re.IGNORECASE)


@cache
def _event_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_]){alternation(sorted(canon('event')))}(?![^\W_])|(?<![^\W_])(?:D|R)\.(?=\s*\d)", re.IGNORECASE)


_ABBREVIATED = {"d.": "sent", "r.": "received"}


def _type_of(words: str) -> str:
    folded = fold_space(words)
    return _ABBREVIATED.get(folded) or canon("event").get(folded) or canon("event")[folded.rstrip(".")]


def read_events(context: Context, wired: bool = True) -> list[Event]:
    """Return the events of transmission in the order of the chain; the clock time in a dateline is that of sending
    only where the message was `wired`, and of the meeting in a record of one."""
    events = [event for line in _stretches(context) for event in _clauses(context, line)]
    events += [event for line in context.zone("heading") for event in _received_in_heading(context, line)]
    if wired:
        events += _dateline_event(context, events)
    events += _stamps(context)
    events += _source_note_events(context)
    events += _noted(context)
    events += _described(context)
    events += _captioned(context) + _declassified(context)
    return sorted(_merged(events), key=lambda event: EVENT_TYPES.index(event.type.value))


def _received_in_heading(context: Context, line: PartLine) -> list[Event]:
    """`Sir H. Elliot to the Earl of Derby.—(Received June 23.)`"""
    found = re.compile(r"\(\s*(?:Received|Reçu|Eingetroffen)\b[^)]*\)", re.IGNORECASE).search(context.text, line.start, line.end)
    if not found:
        return []
    return _clauses(context, PartLine(line.index, found.start() + 1, found.end() - 1, found[0][1:-1], "apparatus"))


def _stretches(context: Context) -> list[PartLine]:
    """Return the lines of apparatus, those joined to the line above that go on with its time: `21 hours 15 / minutes, 18.1.1951`."""
    found: list[PartLine] = []
    for run in context.runs("apparatus"):
        for line in run:
            words = context.text[line.start : line.end]
            above = found[-1] if found and line is not run[0] else None
            if above is not None and not _event_pattern().search(words) and _unfinished(context, above) and find_times(words) + context.dates_in(line.start, line.end):
                found[-1] = PartLine(above.index, above.start, line.end, context.text[above.start : line.end], above.zone, above.probability)
            else:
                found.append(line)
    return found


def _unfinished(context: Context, line: PartLine) -> bool:
    """Whether a line of apparatus lacks the day or the hour of its event."""
    mentions = context.dates_in(line.start, line.end)
    return not any(mention.time and (mention.value or mention.day) for mention in mentions) and bool(
        mentions or _event_pattern().search(context.text, line.start, line.end) or find_times(context.text, start=line.start, end=line.end))


def _clauses(context: Context, line: PartLine) -> list[Event]:
    """Return the events that one line of apparatus states."""
    text = context.text[line.start : line.end]
    starts = [found for found in _event_pattern().finditer(text)]
    starts = [found for index, found in enumerate(starts) if index == 0 or _opens_clause(text, found.start())]
    dates = context.dates_in(line.start, line.end)
    if group := _machine_event(context, line, dates):
        stamp = next((mention for mention in dates if mention.value and mention.order != "dtg" and mention.start > group.type.spans[0][0]), None)
        entered = re.search(r"\bIN\s+\d{4,6}", context.text[line.start : line.end])
        if stamp is None or entered is None:
            return [group]
        return [group, Event(type=context.word(stamp.start, stamp.end, "received", FAIR), time=context.dated(stamp, LIKELY))]
    if not starts:
        return _unlabelled(context, line, dates)
    found = []
    for index, start in enumerate(starts):
        begin = line.start if index == 0 else line.start + start.start()
        end = line.start + (starts[index + 1].start() if index + 1 < len(starts) else len(text))
        kind = context.word(line.start + start.start(), line.start + start.end(), _type_of(start[0]), CERTAIN)
        mine = [mention for mention in dates if begin <= mention.start < end]
        event = Event(type=kind)
        _fill(context, event, mine, begin, line.start + start.end(), end)
        if event.time or event.agent or event.place or kind.value == "translated":
            found.append(event)
    return found


_SECTION_LINE = re.compile(r"\b\d\d OF \d\d\s+\d{6}Z")
_CONTROL_LINE = re.compile(r"^\s*-{5,}\s*\d{5,6}\s+\d{6}Z")
"""`------------------051188 141601Z /21`: the relay's own number and hour."""
_PAGE_LINE = re.compile(r"^\s*PAGE\s+\d+\b")
_GROUP_LINE = re.compile(r"^\s*(?:[ZOPR]\s+){0,2}[\dOIl]{6}Z\b|^\s*(?:[A-Z]\s?-?){4,}.*\b[\dOIl]{6}Z\b|^\s*(?:SECRET|CONFIDENTIAL|UNCLASSIFIED)\b")


def _machine_event(context: Context, line: PartLine, dates: list[DateMention]) -> Event | None:
    """The page line of a machine telegram bears the hour of receipt, the line of the date-time group that of sending."""
    text = context.text[line.start : line.end]
    kind = "received" if _PAGE_LINE.match(text) or _SECTION_LINE.search(text) else "relayed" if _CONTROL_LINE.match(text) else "sent" if _GROUP_LINE.match(text) else None
    timed = next((mention for mention in dates if mention.time and mention.order == "dtg"), None)
    if kind is None or timed is None:
        return None
    event = Event(type=context.word(timed.start, timed.end, kind, LIKELY), time=context.dated(timed, CERTAIN))
    if timed.zone:
        event.zone = _zone(context, timed)
    return event


def _opens_clause(text: str, offset: int) -> bool:
    before = text[:offset].rstrip().casefold()
    return before.endswith((",", ";", ".", "and", ":", "|", ")", "и", "et", "und")) or before == "" or bool(re.search(r"\d$", before))


def _unlabelled(context: Context, line: PartLine, dates: list[DateMention]) -> list[Event]:
    """A line that gives place, number and hour without a verb was written by the sending station."""
    timed = [mention for mention in dates if mention.time]
    if not timed:
        return []
    # on a form that gives the recipient's number of the message ("IN 0061") the stamp is that of receipt
    incoming = any(re.search(r"\bIN\s+\d{4,6}", context.text[other.start : other.end]) for other in context.zone("masthead", "apparatus"))
    bare_group = re.fullmatch(r"\W*\d{6}Z\W*", context.text[line.start : line.end])
    event = Event(type=context.word(timed[0].start, timed[0].end, "received" if incoming and not bare_group else "sent", FAIR))
    _fill(context, event, timed, line.start, line.start, line.end)
    return [event]


def _fill(context: Context, event: Event, dates: list[DateMention], begin: int, verb_end: int, end: int) -> None:
    """Give `event` the time, zone, place and agent that its clause states."""
    with_day = [mention for mention in dates if mention.value or "no-such-day" in mention.problems]
    chosen = next((mention for mention in with_day if mention.time), with_day[0] if with_day else None)
    if chosen is not None:
        event.time = _time(context, chosen, dates)
        if chosen.zone:
            event.zone = _zone(context, chosen)
    else:
        _lone_time(context, event, verb_end, end)
    clause = _masked(context.text, begin, end, dates)
    by = _BY.search(clause) or (None if chosen is None else _NAME_AFTER.match(clause[verb_end - begin :]) if _is_personal(event) else None)
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


def _zone(context: Context, mention: DateMention) -> Word:
    """Return the zone that `mention` states, with its own words where they can be told apart."""
    words = context.text[mention.start : mention.end]
    place = words.find(mention.zone or "")
    if place >= 0:
        return context.word(mention.start + place, mention.start + place + len(mention.zone or ""), mention.zone, LIKELY)
    return context.word(mention.start, mention.end, mention.zone, LIKELY)


def _lone_time(context: Context, event: Event, start: int, end: int) -> None:
    """A clock time without a day (`Sent by VCh at 22:40`) is of the document's own day."""
    times = find_times(context.text, start=start, end=end)
    if times and times[0].time and context.pivot:
        event.time = context.word(times[0].start, times[0].end, f"{context.pivot}T{times[0].time}", FAIR, reason="content")
        if times[0].zone:
            event.zone = _zone(context, times[0])


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


def _time(context: Context, mention: DateMention, dates: list[DateMention]) -> Word:
    if mention.time is None:
        lone = next((other for other in dates if other.time and other.value is None and not other.day), None)
        if lone is not None and mention.value:
            word = context.dated(mention, LIKELY)
            word.value = f"{mention.value}T{lone.time}"
            word.spans = sorted([*word.spans, (lone.start, lone.end)])
            word.text = " … ".join(context.text[start:end] for start, end in word.spans)
            return word
    return context.dated(mention, CERTAIN)


def _dateline_event(context: Context, events: list[Event]) -> list[Event]:
    """A dateline with a clock time is the sending; `[Received …]` beside it is read as apparatus."""
    if any(event.type.value == "sent" and event.time for event in events):
        return []
    for line in context.zone("dateline"):
        for mention in context.dates_in(line.start, line.end):
            if mention.time and mention.value and not _event_pattern().search(context.text[line.start : mention.start]):
                event = Event(type=context.word(mention.start, mention.end, "sent", FAIR), time=context.dated(mention, CERTAIN))
                if mention.zone:
                    event.zone = _zone(context, mention)
                event.place = dateline_place(context, line)
                return [event]
    return []


@cache
def _register() -> re.Pattern[str]:
    words = [*wordings("number_incoming"), *(word for word, kind in canon("event").items() if kind == "registered")]
    return re.compile(rf"(?<![^\W_]){alternation(sorted(set(words) - {'in', 'control'}))}(?![^\W_])", re.IGNORECASE)


def _stamps(context: Context) -> list[Event]:
    """A dated stamp of a registry is a link of the chain: registered, or received where it says so."""
    found = []
    for run in context.runs("mark"):
        start, end = run[0].start, run[-1].end
        words = context.text[start:end]
        dates = [mention for line in run for mention in context.dates_in(line.start, line.end) if mention.value]
        register = _register().search(words)
        received = re.search(r"\b(?:received|recibido|reçu|rec'?d|получен\w*)\b", words, re.IGNORECASE)
        if dates and (register or received):
            cue = register or received
            kind = "registered" if register else "received"
            event = Event(type=context.word(start + cue.start(), start + cue.end(), kind, LIKELY), time=context.dated(dates[0], LIKELY))
            found.append(event)
    return found


_RECEIVED_AT = re.compile(
    r"\b(?P<verb>received|passed|transmitted|repeated|relayed|sent)\b[^.;]{0,60}?\bat\s+(?P<time>\d{1,2}(?::\d\d)?\s*[ap]\.\s?m\.?)", re.IGNORECASE)


def _source_note_events(context: Context) -> list[Event]:
    """An edition's source note may say when the message came in and was passed on, and who drafted it."""
    found = []
    for line in context.zone("source-note", "footnote"):
        words = context.text[line.start : line.end]
        if not re.match(r"^\W*\d{0,2}\W*(?:source|handed in|received|drafted|transmitted)", words, re.IGNORECASE):
            continue
        for clause in _RECEIVED_AT.finditer(words):
            times = find_times(context.text, start=line.start + clause.start("time"), end=line.start + clause.end("time"))
            day = context.pivot
            if times and times[0].time and day:
                kind = {"received": "received", "sent": "sent"}.get(clause["verb"].casefold(), "relayed")
                time = context.word(times[0].start, times[0].end, f"{day}T{times[0].time}", FAIR, reason="content")
                start = line.start + clause.start("verb")
                found.append(Event(type=context.word(start, start + len(clause["verb"]), kind, LIKELY), time=time))
        drafted = re.search(r"\bDrafted (?:on [^.]{4,20} )?by:? (?P<name>[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3})(?=[\s.;,(]|$)", words)
        if drafted:
            start = line.start + drafted.start("name")
            found.append(Event(type=context.word(line.start + drafted.start(), line.start + drafted.start() + 7, "drafted", LIKELY),
                               agent=context.word(start, line.start + drafted.end("name"), confidence=LIKELY)))
    return found


def _captioned(context: Context) -> list[Event]:
    """Events that a printed form asks for by a caption: `DATE DISPATCHED`."""
    found = []
    for cell in cells(context):
        if cell.holds in EVENT_TYPES:
            for mention in context.fresh_dates(*cell.span):
                if mention.value:
                    found.append(Event(type=context.word(*cell.caption, cell.holds, CERTAIN), time=context.dated(mention, CERTAIN)))
                    break
    return found


_DECLASSIFIED = re.compile(r"\b(?:declassified|released)\b", re.IGNORECASE)


def _declassified(context: Context) -> list[Event]:
    """The slip or stamp of a review, with its day: on the same line, or on those of the slip below it."""
    for position, line in enumerate(context.lines):
        if line.zone not in ("furniture", "mark", "attributes", "signature", "archive", "distribution", "masthead"):
            continue
        cue = _DECLASSIFIED.search(context.text, line.start, line.end)
        if cue is None or re.search(r"not declassified|mise en lecture", context.text[line.start : line.end], re.IGNORECASE):
            continue
        slip = [line] if "released" in cue[0].casefold() else [line, *(other for other in context.lines[position + 1 : position + 5] if other.zone == line.zone)]
        for part in slip:
            for mention in find_dates(context.text, start=part.start, end=part.end, prefer="mdy"):
                if mention.value and mention.day:
                    return [Event(type=context.word(*cue.span(), "declassified", LIKELY), time=context.dated(mention, LIKELY))]
    return []


_NOTE_LEAD = re.compile(
    r"^\s*[\[(]?(?:\d{1,2}|[¹²³⁴⁵⁶⁷⁸⁹])?[\])]?\.?\s*(?:(?:The|This)\s+(?:telegram|letter|despatch|dispatch|message|cable|note)\s+(?:was\s+)?)?", re.IGNORECASE)


def _noted(context: Context) -> list[Event]:
    """Editions of the powers' documents print the chain in a note: `2 Handed in at Rome 8.35 p.m.; received at …`."""
    found: list[Event] = []
    for line in context.zone("footnote"):
        words = context.text[line.start : line.end]
        lead = _NOTE_LEAD.match(words)
        begin = lead.end() if lead else 0
        opening = _event_pattern().match(words, begin)
        later = _event_pattern().search(words, begin)
        sentence = later and re.search(r"[.;]\s*$", words[: later.start()])
        if opening and _type_of(opening[0]) != "drafted" or sentence:
            first = opening or later
            part = PartLine(line.index, line.start + first.start(), line.end, words[first.start() :], "apparatus", line.probability)
            found += [event for event in _clauses(context, part) if event.time and (event.type.value in _SERVICE_EVENTS)]
    return found


_SERVICE_EVENTS = frozenset({"sent", "received", "arrived", "registered", "distributed", "decrypted", "handed-over", "relayed"})
_ACTIONS = {"sent": "sent", "received": "received", "transmitted": "relayed", "redirected": "relayed", "forwarded": "relayed", "delivered": "arrived"}
"""TEI correspAction/@type → the link of the chain that it is."""


def _described(context: Context) -> list[Event]:
    """Return the events that a TEI header describes; the writing of a letter is no event without a clock time."""
    found = [Event(type=context.stated(datum, "published"), time=context.stated(datum, datum.value.replace(" ", "T")[:16]))
             for datum in context.metadata.get("released", ()) if re.match(r"\d{4}-\d\d-\d\d", datum.value)]
    for field, data in context.metadata.items():
        action, _, part = field.partition(".")
        if part != "date" or action not in _ACTIONS:
            continue
        for datum in data:
            event = _described_event(context, action, datum)
            if event is not None:
                found.append(event)
    return found


def _described_event(context: Context, action: str, datum: Metadatum) -> Event | None:
    value = _edtf(datum)
    if value is None or action == "sent" and "T" not in value:
        return None
    word = context.stated(datum, value)
    event = Event(type=context.stated(datum, _ACTIONS[action]), time=word)
    for name in ("place", "person", "organization"):
        beside = next((other for other in context.metadata.get(f"{action}.{name}", ()) if other.group == datum.group), None)
        if beside is not None:
            setattr(event, {"place": "place", "person": "agent", "organization": "org"}[name], context.stated(beside))
    return event


def _edtf(datum: Metadatum) -> str | None:
    """Return the EDTF date of a TEI `date`: @when, @when-iso, or the interval of its bounds."""
    attributes = datum.attributes
    when = attributes.get("when-iso") or attributes.get("when")
    if when:
        return when[:16] if "T" in when and when[11:16] != "00:00" else when[:10]
    first = attributes.get("from") or attributes.get("notBefore")
    last = attributes.get("to") or attributes.get("notAfter")
    if first and last:
        return first[:10] if first[:10] == last[:10] else f"{first[:10]}/{last[:10]}"
    return (first or last or None) and f"{(first or '..')[:10]}/{(last or '..')[:10]}"


def _merged(events: list[Event]) -> list[Event]:
    """Return the events with those that state the same link at the same time said once."""
    found: list[Event] = []
    for event in events:
        twin = next((other for other in found if other.type.value == event.type.value and _value(other.time) == _value(event.time)
                     and _value(other.agent) in (None, _value(event.agent))), None)
        if twin is None:
            found.append(event)
    return found


def _value(word: Word | None) -> str | None:
    return word.value if word else None
