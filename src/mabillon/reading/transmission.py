"""The chain of transmission: who sent, received, deciphered, typed it, when and where.

A line of the cable service is cut into clauses at each wording of an event; the clause's date, place and agent belong
to that event (TEI correspAction, refined: RECORD.md, "Transmission events").
"""

from __future__ import annotations

import re
from functools import cache

from mabillon.dates import find_times
from mabillon.evidence import Word
from mabillon.parts import PartLine
from mabillon.reading.clauses import clauses, event_pattern, stated_zone
from mabillon.reading.context import CERTAIN, FAIR, LIKELY, Context
from mabillon.reading.places import dateline_place
from mabillon.reading.transmission_notes import (
    captioned_events,
    described_events,
    noted_events,
    review_events,
    source_note_events,
)
from mabillon.record import EVENT_TYPES, Event
from mabillon.vocabulary import alternation, canon, wordings


def read_events(context: Context, wired: bool = True) -> list[Event]:
    """Return the events of transmission in the order of the chain; the clock time in a dateline is that of sending
    only where the message was `wired`, and of the meeting in a record of one."""
    events = [event for line in _stretches(context) for event in clauses(context, line)]
    events += _printed(context)
    events += [event for line in context.zone("heading", "dateline") for event in _received_in_heading(context, line)]
    if wired:
        events += _dateline_event(context, events)
    events += _stamps(context)
    events += source_note_events(context)
    events += noted_events(context)
    events += described_events(context)
    events += captioned_events(context) + review_events(context)
    _sent_out(events)
    return sorted(_merged(events), key=lambda event: EVENT_TYPES.index(event.type.value))


_COPIES_PRINTED = re.compile(
    r"^\W*(?:\w+\s+){1,2}cop(?:y|ies)\s+(?:were\s+)?(?:printed|typed|made)\b|^\W*(?:отп|отпеч)\w*\.?\s+\d",
    re.IGNORECASE,
)


def _printed(context: Context) -> list[Event]:
    """`7 copies printed by Lapina 17.IX. 10.15`: the typing, said below the list of copies."""
    found: list[Event] = []
    for line in context.zone("distribution"):
        if _COPIES_PRINTED.match(context.text[line.start : line.end]) and context.dates_in(line.start, line.end):
            for event in clauses(context, line):
                event.type.value = "typed" if event.type.value == "printed" else event.type.value
                found.append(event)
    return found


def _sent_out(events: list[Event]) -> None:
    """`Sent by Shcherbakova at 0145` below the list of copies of a cable that has come in: the copies went out."""
    sent = [event for event in events if event.type.value == "sent" and event.time]
    came_in = [
        event.time.spans[0]
        for event in events
        if event.type.value in ("received", "arrived") and event.time and event.time.spans
    ]
    for event in sent[1:]:
        if (
            event.agent is not None
            and came_in
            and event.time
            and event.time.spans
            and event.time.spans[0] > max(came_in)
        ):
            event.type.value, event.type.confidence = "distributed", FAIR


def _received_in_heading(context: Context, line: PartLine) -> list[Event]:
    """`Sir H. Elliot to the Earl of Derby.—(Received June 23.)`"""
    found = re.compile(r"\(\s*(?:Received|Reçu|Eingetroffen)\b[^)]*\)", re.IGNORECASE).search(
        context.text, line.start, line.end
    )
    if not found:
        return []
    return clauses(context, PartLine(line.index, found.start() + 1, found.end() - 1, found[0][1:-1], "apparatus"))


def _stretches(context: Context) -> list[PartLine]:
    """Return the lines of apparatus, joined if one goes on with the time of the one above: `21 hours / 15 minutes`."""
    found: list[PartLine] = []
    for run in context.runs("apparatus"):
        for line in run:
            words = context.text[line.start : line.end]
            above = found[-1] if found and line is not run[0] else None
            if (
                above is not None
                and not event_pattern().search(words)
                and _unfinished(context, above)
                and find_times(words) + context.dates_in(line.start, line.end)
            ):
                found[-1] = PartLine(
                    above.index,
                    above.start,
                    line.end,
                    context.text[above.start : line.end],
                    above.zone,
                    above.probability,
                )
            else:
                found.append(line)
    return found


def _unfinished(context: Context, line: PartLine) -> bool:
    """Whether a line of apparatus lacks the day or the hour of its event."""
    mentions = context.dates_in(line.start, line.end)
    return not any(mention.time and (mention.value or mention.day) for mention in mentions) and bool(
        mentions
        or event_pattern().search(context.text, line.start, line.end)
        or find_times(context.text, start=line.start, end=line.end)
    )


def _dateline_event(context: Context, events: list[Event]) -> list[Event]:
    """A dateline with a clock time is the sending; `[Received …]` beside it is read as apparatus."""
    if any(event.type.value == "sent" and event.time for event in events):
        return []
    for line in context.zone("dateline"):
        for mention in context.dates_in(line.start, line.end):
            if mention.time and mention.value and not event_pattern().search(context.text[line.start : mention.start]):
                event = Event(
                    type=context.word(mention.start, mention.end, "sent", FAIR), time=context.dated(mention, CERTAIN)
                )
                if mention.zone:
                    event.zone = stated_zone(context, mention)
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
        left = re.search(r"\b(?:left with|handed to|delivered to|presented to)\b", words, re.IGNORECASE)
        if dates and left:
            event = Event(
                type=context.word(start + left.start(), start + left.end(), "handed-over", LIKELY),
                time=context.dated(dates[0], LIKELY, with_time=bool(dates[0].time)),
            )
            found.append(event)
            continue
        timed = next((mention for mention in dates if mention.time and mention.day), None)
        if timed and not register and not re.search(r"[a-zа-я]{4}", words):
            # the clock stamp of a message centre: nothing but a day and an hour
            found.append(
                Event(type=context.word(timed.start, timed.end, "received", FAIR), time=context.dated(timed, LIKELY))
            )
            continue
        received = re.search(r"\b(?:received|recibido|reçu|rec'?d|получен\w*)\b", words, re.IGNORECASE)
        if dates and (cue := register or received):
            kind = "registered" if register else "received"
            event = Event(
                type=context.word(start + cue.start(), start + cue.end(), kind, LIKELY),
                time=context.dated(dates[0], LIKELY),
            )
            found.append(event)
    return found


def _merged(events: list[Event]) -> list[Event]:
    """Return the events with those that state the same link at the same time said once."""
    found: list[Event] = []
    for event in events:
        twin = next(
            (
                other
                for other in found
                if other.type.value == event.type.value
                and _value(other.time) == _value(event.time)
                and _value(other.agent) in (None, _value(event.agent))
            ),
            None,
        )
        if twin is None:
            found.append(event)
    return found


def _value(word: Word | None) -> str | None:
    return word.value if word else None
