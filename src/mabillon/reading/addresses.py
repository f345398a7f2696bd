"""From and To lines, printed forms, inside addresses, salutations, attention lines."""

from __future__ import annotations

import re
from functools import cache

from mabillon.clocks import hours_ahead, is_city
from mabillon.evidence import Agent, Word
from mabillon.parts import PartLine
from mabillon.reading.context import FAIR, LIKELY, Context
from mabillon.reading.names import agents_in, as_agent, has_office, parse_name, presentable, strip
from mabillon.reading.parties import parties_in
from mabillon.reading.places import bare_place
from mabillon.reading.posts import at_city
from mabillon.vocabulary import alternation, wordings


@cache
def _label(name: str) -> re.Pattern[str]:
    words = alternation(wordings(f"labels.{name}"))
    return re.compile(rf"^[\s\[*“\"«']*(?:{words})\**[\]]?(?:\s*[:.—]\s*|\s+|$)\**\s*", re.IGNORECASE)


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
            label = None if _STYLE.fullmatch(words.strip(" ,")) else _label(name).match(words)
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


_ADDRESS_LABELS = ("recipient", "sender", "info", "copy", "subject", "reference", "date", "annex", "destination")


def inside_address(context: Context) -> list[Agent]:
    """`Hon. William H. Seward, / Secretary of State, Washington, D. C.`, `ВЫШИНСКОМУ`: an address without a label."""
    found: list[Agent] = []
    for run in context.runs("addressing"):
        lines = [
            line
            for line in run
            if not any(_label(name).match(context.text[line.start : line.end]) for name in _ADDRESS_LABELS)
        ]
        city = None
        for line in lines:
            words = context.text[line.start : line.end].strip()
            if posted := _at_body(context, line):
                found.append(posted)
            if posted or _STYLE.fullmatch(words.strip(" ,")):
                continue
            if _opens_with_city(words):
                city = context.word(
                    line.start, line.end, presentable(bare_place(re.split(r"\s+[-–—]\s+", words)[0])), FAIR
                )
                continue
            if any(
                sender.spans and sender.spans[0][0] >= line.start and sender.spans[0][1] <= line.end
                for sender in from_place_to_office(context)
            ):
                continue
            if found and _TITLED.match(words) and _office_alone(context, found[-1], line):
                named = parse_name(context.text, line.start, line.end)
                if named:
                    holder = as_agent(context, named, FAIR)
                    holder.role = found[-1].role or context.word(*found[-1].spans[0], confidence=FAIR)
                    found[-1] = holder
                    continue
            for agent in parties_in(context, line.start, line.end, FAIR):
                if (
                    found
                    and not has_office(words)
                    and (
                        hours_ahead(agent.value) is not None
                        or line is run[-1]
                        and is_place_line(words)
                        and len(run) > 2
                    )
                ):
                    found[-1].place = found[-1].place or _with_district(context, agent, line)
                elif found and has_office(words) and not has_office(found[-1].value) and not _honoured(words):
                    found[-1].place = found[-1].place or agent.place
                    found[-1].role = found[-1].role or context.word(line.start, line.end, words.strip(" ,."), FAIR)
                elif hours_ahead(agent.value) is None or has_office(agent.value) or len(lines) == 1:
                    found.append(agent)
        for agent in found:
            agent.place = agent.place or city
    return found


_STYLE = re.compile(
    r"(?:To |Al |À |A |An )?(?:(?:His|Her|Your) Excellency|(?:Excelent|Excm)\w+\.? (?:Señor|Sr\.?)"
    r"|Son Excellence|Monsieur|Seiner? Exzellenz|Herrn?|Sua Eccellenza|The (?:Right|Rt\.?) Hon(?:ou?rable)?\.?|Señor)",
    re.IGNORECASE,
)
"""The honorific of an address on a line of its own."""
_TITLED = re.compile(r"(?:Comrade|Cde|Com|тов|tow|Tow|Genosse|Gen|Mr|Herr|M)\b\.?\s+[A-ZА-ЯÀ-Þ]")


def _at_body(context: Context, line: PartLine) -> Agent | None:
    """`МОСКВА, МИД СССР, тов. ЗОРИНУ`: one line with the city, the body and the man it is for."""
    pieces = [piece for piece in re.finditer(r"[^,]+", context.text[line.start : line.end]) if piece[0].strip()]
    persons = [piece for piece in pieces if _TITLED.match(piece[0].strip())]
    if len(persons) != 1 or not 2 <= len(pieces) <= 3 or pieces[-1] is not persons[0]:
        return None
    named = parse_name(context.text, line.start + persons[0].start(), line.start + persons[0].end())
    if named is None or not all(is_city(piece[0].strip()) or _is_body(piece[0]) for piece in pieces[:-1]):
        return None
    agent = as_agent(context, named, FAIR)
    for piece in pieces[:-1]:
        span = context.trim(line.start + piece.start(), line.start + piece.end())
        word = context.word(*span, presentable(piece[0].strip()), FAIR)
        if is_city(piece[0].strip()):
            agent.place = word
        else:
            agent.org = word
    return agent


def _office_alone(context: Context, agent: Agent, line: PartLine) -> bool:
    """Whether `agent` is an office on the line right above: `ПОСЛУ СССР В ЮГОСЛАВИИ / тов. САДЧИКОВУ И.В.`"""
    between = context.text[agent.spans[0][1] : line.start]
    return (
        (agent.role is not None or has_office(agent.value)) and not between.strip(" ,\n") and between.count("\n") == 1
    )


def _is_body(words: str) -> bool:
    return has_office(words) or words.strip().isupper()


def _opens_with_city(words: str) -> bool:
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
        if line.start > agents[0].spans[0][0] or any(_label(name).match(words) for name in _ADDRESS_LABELS):
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


def _honoured(words: str) -> bool:
    """Whether a line names a further person and not the office of the one above."""
    return bool(re.search(r"\b(?:Cde|Comrade|Mr|Hon|Tov)\b", words))


def _with_district(context: Context, agent: Agent, line: PartLine) -> Word:
    """`Washington, D. C.` is one place."""
    start, end = agent.spans[0]
    district = re.compile(r",\s*D\.\s?C\.").match(context.text, end, line.end)
    end = district.end() if district else end
    return context.word(start, end, presentable(context.text[start:end]), FAIR)


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


def saluted(context: Context) -> list[Agent]:
    """`DEAR / Iosif Vissarionovich STALIN`, `Cde. Mao Zedong!`: a salutation that names, where no address does."""
    found: list[Agent] = []
    for line in context.zone("salutation"):
        start = line.start
        lead = _dear().match(context.text[line.start : line.end])
        if lead:
            start += lead.end()
        for agent in agents_in(context, start, line.end, FAIR):
            if len(agent.value) > 2 and not has_office(agent.value) and not _dear().match(agent.value + " "):
                found.append(agent)
    place = next(
        (
            context.word(
                line.start, line.end, presentable(bare_place(context.text[line.start : line.end].split(" - ")[0])), FAIR
            )
            for line in context.zone("addressing")
            if _opens_with_city(context.text[line.start : line.end])
        ),
        None,
    )
    for agent in found:
        agent.place = agent.place or place
    return found[:1]


@cache
def _dear() -> re.Pattern[str]:
    return re.compile(rf"^[\W]*(?:{alternation(wordings('salutation'))})(?![^\W_])[\s,:!]*", re.IGNORECASE)


@cache
def _addressed() -> re.Pattern[str]:
    leads = alternation(["comrade", "comr", "cde", "cdes", "com", "mr", "тов", "herr"])
    return re.compile(
        rf"(?:letter|telegram|message|note|text|письмо|телеграмм\w*)[^.\n]{{0,120}}?(?:addressed\s+)?(?:to|for|для|к)\s+(?P<who>{leads}\.?\s+(?-i:[A-ZА-Я][\w'-]*(?:\s[A-ZА-Я][\w'-]*){{0,2}}))",
        re.IGNORECASE,
    )


def passed_on(context: Context, named: list[Agent]) -> list[Agent]:
    """A cover that carries a message to another man has him for a recipient, by way of its own addressee."""
    if not context.part.enclosures or not named:
        return []
    for line in context.zone("body", "addressing"):
        found = _addressed().search(context.text[line.start : line.end]) or re.match(
            r"\s*(?:For|Для)\s+(?P<who>[A-ZА-Я][\w-]+(?:\s[A-ZА-Я][\w-]+){0,2})\s*\.?\s*$",
            context.text[line.start : line.end],
        )
        if found:
            agent = parse_name(context.text, line.start + found.start("who"), line.start + found.end("who"))
            if agent and presentable(context.text[slice(*agent.name)]).casefold() not in {
                other.value.casefold() for other in named
            }:
                return [as_agent(context, agent, LIKELY, via=named[0].value)]
    return []


_ATTENTION = re.compile(
    r"^\s*(?:\d{1,7}\.\s+)?(?:For|FOR|for)\s+(?P<who>(?:the\s+)?(?:[A-Z]{0,1}[a-z]{0,4}\.\s?)*"
    r"[A-ZА-Я][\w'-]+(?:\s(?:[A-Z]\.|[A-Z][\w'-]+)){0,3})\s*[.:—-]"
)


def attention(context: Context, heading: list[Agent]) -> list[Agent]:
    """`631. For Muccio.`: a message to an office for one man."""
    body = context.zone("body", "reference")
    found = _ATTENTION.match(context.text[body[0].start : body[0].end]) if body else None
    if not found or not heading:
        return []
    start = body[0].start + found.start("who")
    named = parse_name(context.text, start, body[0].start + found.end("who"))
    if named is None or has_office(context.text[slice(*named.name)]):
        return []
    return [as_agent(context, named, LIKELY, via=heading[0].value)]


def from_place_to_office(context: Context) -> list[Agent]:
    """`FROM PEKING TO FOREIGN OFFICE / Mr. Hutchison`: the heading names the post, the line below who writes."""
    for position, line in enumerate(context.lines):
        found = re.match(r"\s*FROM\s+(?P<place>[A-Z][A-Z .'-]+?)\s+TO\s+[A-Z]", context.text[line.start : line.end])
        if not found or line.zone not in ("heading", "addressing", "masthead"):
            continue
        place = context.word(
            line.start + found.start("place"),
            line.start + found.end("place"),
            presentable(found["place"].title()),
            LIKELY,
        )
        below = context.lines[position + 1] if position + 1 < len(context.lines) else None
        if below is not None and below.zone in ("addressing", "heading", "signature"):
            named = parse_name(context.text, below.start, below.end)
            if named and not has_office(context.text[slice(*named.name)]):
                agent = as_agent(context, named, LIKELY)
                agent.place = place
                return [agent]
    return []
