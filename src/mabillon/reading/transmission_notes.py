"""Links of the chain that stand elsewhere than on the form: in notes, captions, slips of review, TEI headers."""

from __future__ import annotations

import re

from mabillon.dates import find_dates, find_times
from mabillon.document import Metadatum
from mabillon.evidence import Word
from mabillon.parts import PartLine
from mabillon.reading.captions import cells
from mabillon.reading.clauses import clauses, event_pattern, event_type
from mabillon.reading.context import CERTAIN, FAIR, LIKELY, Context
from mabillon.reading.described import edtf_of
from mabillon.record import EVENT_TYPES, Event

_RECEIVED_AT = re.compile(
    r"\b(?P<verb>received|passed|transmitted|repeated|relayed|sent)\b[^.;]{0,60}?\bat\s+(?P<time>\d{1,2}(?::\d\d)?\s*[ap]\.\s?m\.?)",
    re.IGNORECASE,
)


def source_note_events(context: Context) -> list[Event]:
    """An edition's source note may say when the message came in and was passed on, and who drafted it."""
    found = []
    for line in context.zone("source-note", "footnote"):
        words = context.text[line.start : line.end]
        if not re.match(r"^\W*\d{0,2}\W*(?:source|handed in|received|drafted|transmitted)", words, re.IGNORECASE):
            continue
        for clause in _RECEIVED_AT.finditer(words):
            times = find_times(
                context.text, start=line.start + clause.start("time"), end=line.start + clause.end("time")
            )
            day = context.pivot
            if times and times[0].time and day:
                kind = {"received": "received", "sent": "sent"}.get(clause["verb"].casefold(), "relayed")
                time = context.word(times[0].start, times[0].end, f"{day}T{times[0].time}", FAIR, reason="content")
                start = line.start + clause.start("verb")
                found.append(Event(type=context.word(start, start + len(clause["verb"]), kind, LIKELY), time=time))
        drafted = re.search(
            r"\bDrafted (?:on [^.]{4,20} )?by:? (?P<name>[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3})(?=[\s.;,(]|$)", words
        )
        if drafted:
            start = line.start + drafted.start("name")
            found.append(
                Event(
                    type=context.word(
                        line.start + drafted.start(), line.start + drafted.start() + 7, "drafted", LIKELY
                    ),
                    agent=context.word(start, line.start + drafted.end("name"), confidence=LIKELY),
                    time=_drafted_on(context, line.start + drafted.end(), line.end),
                )
            )
    return found


def _drafted_on(context: Context, start: int, end: int) -> Word | None:
    """`Drafted by Ausland on October 19 and approved …`: the day behind the name."""
    lead = re.compile(r"\s*(?:\([^)]{1,12}\)\s*)?on\s+").match(context.text, start, end)
    if lead is None:
        return None
    for mention in context.fresh_dates(lead.end(), min(end, lead.end() + 24)):
        if mention.start - lead.end() < 2 and mention.value and mention.day:
            return context.dated(mention, LIKELY, with_time=False)
    return None


def captioned_events(context: Context) -> list[Event]:
    """Events that a printed form asks for by a caption: `DATE DISPATCHED`."""
    found = []
    for cell in cells(context):
        if cell.holds in EVENT_TYPES:
            for mention in context.fresh_dates(*cell.span):
                if mention.value:
                    found.append(
                        Event(
                            type=context.word(*cell.caption, cell.holds, CERTAIN), time=context.dated(mention, CERTAIN)
                        )
                    )
                    break
    return found


_DECLASSIFIED = re.compile(r"\b(?:declassified|released)\b", re.IGNORECASE)


def review_events(context: Context) -> list[Event]:
    """The slip or stamp of a review, with its day: on the same line, or on those of the slip below it."""
    lines = sorted(
        enumerate(context.lines),
        key=lambda item: "declassified" not in context.text[item[1].start : item[1].end].casefold(),
    )
    for position, line in lines:
        if line.zone not in ("furniture", "mark", "attributes", "signature", "archive", "distribution", "masthead"):
            continue
        cue = _DECLASSIFIED.search(context.text, line.start, line.end)
        if cue is None or re.search(
            r"not declassified|mise en lecture", context.text[line.start : line.end], re.IGNORECASE
        ):
            continue
        slip = (
            [line]
            if "released" in context.text[line.start : line.end].casefold()
            else [line, *(other for other in context.lines[position + 1 : position + 5] if other.zone == line.zone)]
        )
        for part in slip:
            for mention in find_dates(context.text, start=part.start, end=part.end, prefer="mdy"):
                if mention.value and mention.day:
                    return [
                        Event(
                            type=context.word(*cue.span(), "declassified", LIKELY), time=context.dated(mention, LIKELY)
                        )
                    ]
    return []


_NOTE_LEAD = re.compile(
    r"^\s*[\[(]?(?:\d{1,2}|[¹²³⁴⁵⁶⁷⁸⁹])?[\])]?\.?\s*(?:(?:The|This)\s+(?:telegram|letter|despatch|dispatch|message|cable|note)\s+(?:was\s+)?)?",
    re.IGNORECASE,
)


def noted_events(context: Context) -> list[Event]:
    """Editions of the powers' documents print the chain in a note: `2 Handed in at Rome 8.35 p.m.; received at …`."""
    found: list[Event] = []
    for line in context.zone("footnote"):
        words = context.text[line.start : line.end]
        lead = _NOTE_LEAD.match(words)
        begin = lead.end() if lead else 0
        opening = event_pattern().match(words, begin)
        later = event_pattern().search(words, begin)
        sentence = later and re.search(r"[.;]\s*$", words[: later.start()])
        first = opening or later
        if first and (opening and event_type(opening[0]) != "drafted" or sentence):
            part = PartLine(
                line.index, line.start + first.start(), line.end, words[first.start() :], "apparatus", line.probability
            )
            found += [event for event in clauses(context, part) if event.time and (event.type.value in _SERVICE_EVENTS)]
    return found


_SERVICE_EVENTS = frozenset(
    {"sent", "received", "arrived", "registered", "distributed", "decrypted", "handed-over", "relayed"}
)
_ACTIONS = {
    "sent": "sent",
    "received": "received",
    "transmitted": "relayed",
    "redirected": "relayed",
    "forwarded": "relayed",
    "delivered": "arrived",
}
"""TEI correspAction/@type → the link of the chain that it is."""


def described_events(context: Context) -> list[Event]:
    """Return the events that a TEI header describes; the writing of a letter is no event without a clock time."""
    found = [
        Event(type=context.stated(datum, "published"), time=context.stated(datum, datum.value.replace(" ", "T")[:16]))
        for datum in context.metadata.get("released", ())
        if re.match(r"\d{4}-\d\d-\d\d", datum.value)
    ]
    groups: dict[tuple[str, int], dict[str, Metadatum]] = {}
    for field, data in context.metadata.items():
        action, _, part = field.partition(".")
        for datum in data if part and action in _ACTIONS else ():
            groups.setdefault((action, datum.group), {}).setdefault(part, datum)
    for (action, _), parts in sorted(groups.items(), key=lambda item: item[0][1]):
        event = _described_event(context, action, parts)
        if event is not None:
            found.append(event)
    return found


_PLACED_PARTS = {"place": "place", "person": "agent", "organization": "org"}


def _described_event(context: Context, action: str, parts: dict[str, Metadatum]) -> Event | None:
    """Return the event of one correspAction: its writing needs a clock time to be one, its receipt a date, the links
    between them a date or a place."""
    value = edtf_of(parts["date"]) if "date" in parts else None
    if action == "sent" and "T" not in (value or "") or action == "received" and value is None:
        return None
    named = parts.get("date") or parts.get("place")
    if named is None or value is None and "place" not in parts:
        return None
    event = Event(type=context.stated(named, _ACTIONS[action]))
    if value is not None:
        event.time = context.stated(parts["date"], value)
    for part, attribute in _PLACED_PARTS.items():
        if part in parts:
            setattr(event, attribute, context.stated(parts[part]))
    return event
