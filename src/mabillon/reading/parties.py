"""The agents in a stretch of a heading or address, with what stands behind them: a place, how urgent it is."""

from __future__ import annotations

import re
from functools import cache

from mabillon.clocks import hours_ahead, is_city
from mabillon.evidence import Agent
from mabillon.reading.context import FAIR, LIKELY, Context
from mabillon.reading.names import agents_in, as_agent, has_office, parse_name, presentable, strip
from mabillon.reading.posts import post_place
from mabillon.text import Span
from mabillon.vocabulary import alternation, wordings


def parties_in(context: Context, start: int, end: int, confidence: float, heading: bool = False) -> list[Agent]:
    """Return the agents named between two offsets; in a heading one office with its commas is one agent."""
    start, end = strip(context.text, start, end)
    end = _before_copied(context.text, start, end)
    words = context.text[start:end]
    if not words:
        return []
    if heading and (agent := _office_then_holder(context, start, end, confidence)):
        agents = [agent]
    elif heading and has_office(words) and not re.search(r"\)\s*(?:,|and)\s", words):
        named = parse_name(context.text, start, end)
        agents = [as_agent(context, named, confidence)] if named else []
    else:
        agents = list(agents_in(context, start, _before_grades(context.text, start, end), confidence))
    for agent in agents:
        _place_in_brackets(context, agent, end)
    agents = [_without_place(context, agent, confidence) for agent in agents]
    for agent in agents:
        agent.place = agent.place or post_place(context, agent)
    return agents


_COPIED = re.compile(r",?\s+(?:and\s+)?(?:copied to|with (?:a )?cop(?:y|ies) to|cop(?:y|ies) to|cc:)\s", re.IGNORECASE)


def _before_copied(text: str, start: int, end: int) -> int:
    """`the Ministry of Foreign Affairs, copied to …`: who got a copy is no addressee."""
    found = _COPIED.search(text, start, end)
    return found.start() if found else end


@cache
def _holder() -> re.Pattern[str]:
    titles = alternation(
        [word for word in wordings("honorific") if len(word) > 2 and word not in ("the", "hon", "general")]
    )
    name = r"(?:[A-ZÀ-Þ](?:\.|[\w'’-]*\.?)(?:[\s-]+(?:(?:von|van|de|di|der|zu|af)\s+)?|$)){1,4}"
    return re.compile(
        rf"^(?P<role>[^,()]{{6,110}}?)(?:,\s+(?P<after>{name})$|\s+(?=(?i:{titles})\s+[A-ZÀ-Þv])(?P<titled>\S.*)$)"
    )


def _office_then_holder(context: Context, start: int, end: int, confidence: float) -> Agent | None:
    """`L'ambasciatore a Londra, Grandi`, `Der Botschafter in London Graf Metternich`: the office, then who held it."""
    words = " ".join(context.text[start:end].split("\n"))
    found = _holder().match(words)
    if found is None or not has_office(found["role"]):
        return None
    name = "after" if found["after"] else "titled"
    if has_office(found[name]) or hours_ahead(found[name]) is not None:
        return None
    named = parse_name(context.text, start + found.start(name), start + found.end(name))
    if named is None:
        return None
    agent = as_agent(context, named, confidence)
    agent.role = context.word(start, start + found.end("role"), confidence=confidence)
    return agent


_BEHIND = re.compile(r"(?:,\s+(?P<at>at\s+|in\s+)?|\s+(?P<stay>at|in)\s+)(?P<place>[A-Z][\w -]+(?:, D\. ?C\.?)?),?$")


def _without_place(context: Context, agent: Agent, confidence: float) -> Agent:
    """`the Secretary of State, at Paris`, `Secretary of State Rusk at Geneva`: where an officer is for the time being
    is no part of his office or name."""
    found = _BEHIND.search(agent.text)
    if found is None:
        return agent
    start, end = agent.spans[0][0], agent.spans[0][0] + found.start()
    known = hours_ahead(found["place"]) is not None
    if found["stay"]:
        behind = agent.role is not None and (known or not has_office(agent.value))
    else:
        before = agent.text[: found.start()]
        behind = bool(found["at"]) or known and has_office(before) and not re.match(r"(?i)chief of", agent.text)
    if not behind:
        return agent
    place = context.word(start + found.start("place"), start + found.end("place"), confidence=LIKELY)
    if (named := parse_name(context.text, start, end)) is None:
        return agent
    freed = as_agent(context, named, confidence, place=place)
    freed.role = freed.role or agent.role
    return freed


@cache
def _grades() -> re.Pattern[str]:
    words = alternation([*wordings("precedence"), *wordings("handling"), *wordings("classification")])
    return re.compile(rf"\s*[,;(]\s*\d{{0,2}}\s*(?:{words})(?![^\W_])", re.IGNORECASE)


def _before_grades(text: str, start: int, end: int) -> int:
    """Return where the names end: `To: WINIEWICZ,1 IMMEDIATE, EYES ONLY` goes on with how urgent it is."""
    found = _grades().search(text, start + 1, end)
    return found.start() if found else end


def _place_in_brackets(context: Context, agent: Agent, end: int) -> None:
    """`Sir N. Henderson (Berlin)`: a place in brackets behind a person is where he wrote from."""
    if agent.alternatives and agent.role is None and not has_office(agent.value):
        after = re.compile(r"\s*\((?P<place>[A-Z][\w .'-]+)\)").match(context.text, agent.spans[0][1])
        if after and after.end() <= end + 1 and not _looks_like_person(after["place"]):
            agent.alternatives = None
            if is_city(agent.value) and not is_city(after["place"]):
                _name_behind_city(context, agent, after.span("place"))
                return
            agent.place = context.word(*after.span("place"), confidence=FAIR)


def _name_behind_city(context: Context, agent: Agent, holder: Span) -> None:
    """`From: Tokyo (Togo)`: the city, and in brackets who wrote there."""
    agent.place = context.word(*agent.spans[0], agent.value, FAIR)
    agent.text = context.text[slice(*holder)]
    agent.value, agent.spans = presentable(agent.text), [holder]


def _looks_like_person(words: str) -> bool:
    return bool(re.search(r"\b[A-Z]\.", words)) or words.isupper()
