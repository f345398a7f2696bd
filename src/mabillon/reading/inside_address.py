"""Inside addresses: the lines above a letter or a telegram that say, without a label, whom it is for."""

from __future__ import annotations

import re

from mabillon.clocks import hours_ahead, is_city
from mabillon.courtesies import is_honorific
from mabillon.evidence import Agent, Word
from mabillon.parts import PartLine
from mabillon.reading.addresses import is_labelled, is_place_line, opens_with_city
from mabillon.reading.context import FAIR, Context
from mabillon.reading.headings import from_place_to_office
from mabillon.reading.names import as_agent, has_office, parse_name, presentable
from mabillon.reading.parties import parties_in
from mabillon.reading.places import bare_place


def inside_address(context: Context) -> list[Agent]:
    """`Hon. William H. Seward, / Secretary of State, Washington, D. C.`, `ВЫШИНСКОМУ`: an address without a label."""
    found: list[Agent] = []
    for run in context.runs("addressing"):
        lines = [line for line in run if not is_labelled(context.text[line.start : line.end])]
        city = None
        for line in lines:
            words = context.text[line.start : line.end].strip()
            if posted := _at_body(context, line):
                found.append(posted)
            if posted or is_honorific(words):
                continue
            if opens_with_city(words):
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
                    _of_bodies(context, found, holder)
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


_TITLED = re.compile(
    r"(?:Comrade|Cde|Com|тов|др|другаря?|tow|Tow|Genoss(?:e|en|in)|Gen|Mr|Herrn?|Frau|M|Sig|Sr|Señor|Monsieur|Soudruh\w*)\b\.?\s+[A-ZА-ЯÀ-Þ]"
)


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


def _of_bodies(context: Context, found: list[Agent], holder: Agent) -> None:
    """`Ministry of Foreign Affairs / Far Eastern Department / Comrade Stark`: the man is written to, at the bodies that
    stand right above him; put him in their place."""
    below = found.pop()
    while found and has_office(found[-1].value) and _adjoining(context, found[-1], below):
        below = found.pop()
    if below.spans != (holder.role.spans if holder.role else []):
        holder.org = context.word(*below.spans[0], confidence=FAIR)
    found.append(holder)


def _adjoining(context: Context, above: Agent, below: Agent) -> bool:
    between = context.text[above.spans[0][1] : below.spans[0][0]]
    return not between.strip(" ,\n") and between.count("\n") == 1


def _office_alone(context: Context, agent: Agent, line: PartLine) -> bool:
    """Whether `agent` is an office on the line right above: `ПОСЛУ СССР В ЮГОСЛАВИИ / тов. САДЧИКОВУ И.В.`"""
    between = context.text[agent.spans[0][1] : line.start]
    return (
        (agent.role is not None or has_office(agent.value)) and not between.strip(" ,\n") and between.count("\n") == 1
    )


def _is_body(words: str) -> bool:
    return has_office(words) or words.strip().isupper()


def _honoured(words: str) -> bool:
    """Whether a line names a further person and not the office of the one above."""
    return bool(re.search(r"\b(?:Cde|Comrade|Mr|Hon|Tov)\b", words))


def _with_district(context: Context, agent: Agent, line: PartLine) -> Word:
    """`Washington, D. C.` is one place."""
    start, end = agent.spans[0]
    district = re.compile(r",\s*D\.\s?C\.").match(context.text, end, line.end)
    end = district.end() if district else end
    return context.word(start, end, presentable(context.text[start:end]), FAIR)
