"""From and To lines and printed forms: agents behind a label, and the places and bodies that stand about them."""

from __future__ import annotations

import re
from functools import cache

from mabillon.clocks import hours_ahead
from mabillon.courtesies import is_honorific
from mabillon.evidence import Agent, Word
from mabillon.parts import PartLine
from mabillon.reading.context import LIKELY, Context
from mabillon.reading.names import as_agent, has_office, parse_name, presentable, strip
from mabillon.reading.parties import parties_in
from mabillon.reading.places import bare_place
from mabillon.reading.posts import at_city
from mabillon.vocabulary import alternation, wordings


@cache
def _label(name: str) -> re.Pattern[str]:
    words = alternation(wordings(f"labels.{name}"))
    return re.compile(rf"^[\s\[*“\"«']*(?:{words})\**[\]]?(?:\s*[:.—]\s*|\s+|$)\**\s*", re.IGNORECASE)


_ADDRESS_LABELS = ("recipient", "sender", "info", "copy", "subject", "reference", "date", "annex", "destination")


def is_labelled(words: str) -> bool:
    """Whether a line of an address opens with a label: `To:`, `Info:`, `Subject:`."""
    return any(_label(name).match(words) for name in _ADDRESS_LABELS)


def labelled(context: Context, name: str, capacity: str | None = None) -> list[Agent]:
    """Return the agents behind the label `name` in the addressing, with the lines that continue it."""
    found: list[Agent] = []
    for run in context.runs("addressing"):
        for start, end in _cells(context, run, name):
            found += _address(context, start, end)
    for agent in found:
        if capacity:
            agent.capacity = capacity
    return found


def _cells(context: Context, run: list[PartLine], name: str) -> list[tuple[int, int]]:
    """Return the stretches that the label `name` leads: a cell of a form's line and the lines that go on with it."""
    found: list[tuple[int, int]] = []
    open_label = False
    for line in run:
        empty = False
        for cell in re.finditer(r"\S(?:.*?\S)?(?=\s{3,}\S|\s*$)", context.text[line.start : line.end]):
            start, end = line.start + cell.start(), line.start + cell.end()
            words = context.text[start:end]
            label = None if is_honorific(words) else _label(name).match(words)
            if empty:
                found.append((start + (2 if words.startswith(": ") else 0), end))
                empty = False
            elif label:
                open_label = True
                empty = label.end() >= len(words)
                if not empty:
                    found.append((start + label.end(), end))
            elif any(_label(other).match(words) for other in _ADDRESS_LABELS if other != name):
                open_label = False
            elif open_label and cell.start() == len(context.text[line.start : line.end]) - len(
                context.text[line.start : line.end].lstrip()
            ):
                previous, following = context.text[slice(*found[-1])].rstrip() if found else "", words
                if (
                    found
                    and previous.endswith((",", " of", " de"))
                    and has_office(previous)
                    or following.startswith(("of ", "for "))
                    or found
                    and has_office(previous)
                    and _HONOURED_NAME.match(following)
                ):
                    found[-1] = (found[-1][0], end)
                else:
                    found.append((start, end))
    return found


_HONOURED_NAME = re.compile(r"(?:Comrade|Cde|Com|Comr|Genosse|тов|tow|Tow)\b\.?\s+[A-ZА-Я]")


def _address(context: Context, start: int, end: int) -> list[Agent]:
    """`the Deputy Minister / of Foreign Affairs of the USSR, / Comrade Zorin, V.A.`: an office, then its holder."""
    holder = re.compile(r"[,\n]\s*(?=(?:Comrade|Cde|Com|Mr|Hon|тов)\b)", re.IGNORECASE).search(context.text, start, end)
    if holder and "\n" in context.text[start:end] and has_office(context.text[start : holder.start()]):
        named = parse_name(context.text, holder.end(), end)
        if named:
            first = strip(context.text, start, holder.start())
            agent = as_agent(context, named, LIKELY)
            agent.role = context.word(*first, confidence=LIKELY)
            return [agent]
    return _addressees(context, start, end)


def _addressees(context: Context, start: int, end: int) -> list[Agent]:
    """Return the addressees in a stretch of an address: bodies keep their commas, persons are parted at them."""
    start, end = strip(context.text, start, _before_columns(context.text, start, end))
    if end <= start:
        return []
    if (apposed := _IN_OFFICE.fullmatch(context.text[start:end])) and not has_office(apposed["name"]):
        named = parse_name(context.text, start, start + apposed.end("name"))
        if named:
            agent = as_agent(context, named, LIKELY)
            agent.role = context.word(start + apposed.start("role"), end, confidence=LIKELY)
            return [agent]
    return at_city(parties_in(context, start, end, LIKELY))


_IN_OFFICE = re.compile(
    r"(?P<name>[^,\n]{4,50}),\s+(?P<role>(?:the\s+)?(?:(?:First|Deputy|Vice|Acting|Assistant|Foreign|Prime|Under)[ -])*"
    r"(?:Minister|Secretary|Chairman|President|Director|Chief|Head|Premier)\s+(?:of|for|in)\b[^,\n]{3,60})"
)
"""`Comrade Corneliu Mănescu, Minister of Foreign Affairs`: one addressee and his office."""


def _before_columns(text: str, start: int, end: int) -> int:
    """Return where the first column of a printed form ends: at four spaces and more, or before a captioned column."""
    found = re.compile(r"\S\s{4,}\S|\S\s{2,}(?:DATE|INFO|CITE)\b").search(text, start, end)
    return found.start() + 1 if found else end


def opens_with_city(words: str) -> bool:
    """Whether a line of an address is a place: a known city, alone or with what is in it (`Moscow - the Kremlin`)."""
    head = re.split(r"\s+[-–—]\s+|,", words)[0]
    return hours_ahead(head) is not None and not has_office(head) and len(head.split()) <= 3


def above_addressees(context: Context, agents: list[Agent]) -> list[Agent]:
    """Give labelled recipients the place and body above them: `Moscow / MINISTRY OF TRADE / to Cde. GROMYKO`."""
    if not agents or any(has_office(agent.value) for agent in agents):
        return []
    place = org = None
    bare = []
    for line in context.zone("addressing"):
        words = context.text[line.start : line.end].strip()
        if line.start > agents[0].spans[0][0] or is_labelled(words):
            continue
        if (
            hours_ahead(re.split(r"\s+[-–—]\s+", words)[0]) is not None
            or is_place_line(words)
            and not has_office(words)
        ):
            place = context.word(line.start, line.end, presentable(bare_place(words)), LIKELY)
        elif has_office(words):
            org = context.word(line.start, line.end, presentable(words), LIKELY)
        else:
            bare.append(line)
    for agent in agents:
        agent.place = agent.place or place
        agent.org = agent.org or org
    return []


def is_place_line(words: str) -> bool:
    bare = words.strip(" ,.:;")
    return (
        bool(bare)
        and len(bare.split()) <= 3
        and not re.search(r"\b[A-Z]\.", bare)
        and not has_office(bare)
        and not bare.isdigit()
        and bool(re.fullmatch(r"[A-ZÀ-ÞА-Я][\w'’.-]+(?:[ ,]+[A-ZÀ-ÞА-Я][\w'’.-]*)*", bare))
        and not re.match(r"(?:Cde|Com|Mr|To)\b", bare)
    )


def cities_below(context: Context, agents: list[Agent]) -> list[Agent]:
    """`To the Foreign Ministry / Tirana`: a city on the line below its addressee is his place."""
    found: list[Agent] = []
    for agent in agents:
        above = found[-1] if found else None
        if (
            above is not None
            and hours_ahead(agent.value) is not None
            and not has_office(agent.value)
            and "\n" in context.text[above.spans[0][1] : agent.spans[0][0]]
        ):
            above.place = above.place or Word(
                value=presentable(agent.value), text=agent.text, spans=agent.spans, confidence=LIKELY
            )
        elif (
            above is not None
            and has_office(agent.value)
            and hours_ahead(above.value) is not None
            and not has_office(above.value)
            and "\n" in context.text[above.spans[0][1] : agent.spans[0][0]]
        ):
            # "TO BEIJING / SOVAMBASSADOR": the city on the line above
            agent.place = agent.place or Word(
                value=presentable(above.value), text=above.text, spans=above.spans, confidence=LIKELY
            )
            found[-1] = agent
        else:
            found.append(agent)
    return found


def read_destination(context: Context, agents: list[Agent]) -> None:
    """`Destination: PEKING    To Whom: SovAmbassador`: where an outgoing form sends it."""
    for run in context.runs("addressing"):
        for start, end in _cells(context, run, "destination"):
            for agent in agents:
                agent.place = agent.place or context.word(
                    start, end, presentable(context.text[start:end].strip()), LIKELY
                )
