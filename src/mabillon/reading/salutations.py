"""Words to the reader that name him: salutations, attention lines, letters that are to be passed on."""

from __future__ import annotations

import re
from functools import cache

from mabillon.evidence import Agent
from mabillon.reading.addresses import opens_with_city
from mabillon.reading.context import FAIR, LIKELY, Context
from mabillon.reading.names import agents_in, as_agent, has_office, parse_name, presentable
from mabillon.reading.places import bare_place
from mabillon.vocabulary import alternation, wordings


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
            if opens_with_city(context.text[line.start : line.end])
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
    r"^\s*(?:\d{1,7}\.\s+)?(?:For|FOR|for)\s+(?P<who>(?:the\s+)?(?:(?:Mr|Mrs|Messrs|Dr|Hon|Amb|Ambs|Sec|Sen|Gen|Lt|Col|Maj|Capt|Adm|Brig|Gov|Min)\.\s?)*"
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
    if named is None or has_office(name := context.text[slice(*named.name)]) or name.casefold() in _NOBODY:
        return []
    return [as_agent(context, named, LIKELY, via=heading[0].value)]


_NOBODY = frozenset(
    {"only", "action", "info", "information", "comment", "guidance", "background", "reply", "immediate"}
)
"""What stands behind "for" at the head of a message, other than a man: `For Ambassador only.`, `For information.`"""
