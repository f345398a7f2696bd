"""Who sent it, to whom (TEI correspDesc; persons, offices and posts alike)."""

from __future__ import annotations

import re
from functools import cache

from mabillon.clocks import is_city
from mabillon.evidence import Agent, Word
from mabillon.reading.addresses import above_addressees, cities_below, is_place_line, labelled, read_destination
from mabillon.reading.context import FAIR, LIKELY, WEAK, Context
from mabillon.reading.described import described_agents, titled_place
from mabillon.reading.headings import from_place_to_office, heading_agents, office_from_place
from mabillon.reading.inside_address import inside_address
from mabillon.reading.names import agents_in, has_office, presentable
from mabillon.reading.parties import parties_in
from mabillon.reading.places import dateline_place
from mabillon.reading.posts import is_machine, machine_agents, repeated_posts
from mabillon.reading.salutations import attention, passed_on, saluted
from mabillon.reading.signatures import read_signatories
from mabillon.vocabulary import alternation, canon, place_names, wordings


def read_senders(context: Context, signatories: list[Agent]) -> list[Agent]:
    """Return who sent it: as the header, the form or the heading says, else who signed."""
    described = described_agents(context, "sent")
    if not described and is_machine(context):
        senders, _ = machine_agents(context)
        if senders:
            return _with_origin(context, senders)
    if between := from_place_to_office(context):
        return between
    heading, _ = heading_agents(context)
    named = labelled(context, "sender")
    senders = described or _writers(named, signatories) or (heading if _heading_leads(context) else [])
    if not senders:
        senders = (
            _deciding_body(context)
            or _of_signatures(signatories)
            or heading
            or named
            or _announced(context)
            or _letterhead(context)
        )
    place = _foot_place(context) or _origin(context, named) or _closing_place(context) or titled_place(context)
    for sender in senders:
        if sender.place is None and place is not None:
            sender.place = place
    return senders


def _before_number(words: str) -> str:
    """`From PEKING No. 6612`: the place, and behind it the number of the telegram."""
    return re.sub(r"\s+(?:№|(?:No|Nr|N)\b\.?|#).*$", "", words)


def _writers(named: list[Agent], signatories: list[Agent]) -> list[Agent]:
    """Return those behind "From" who can write: not the city that a signed telegram came from."""
    if signatories and any(is_place_line(agent.value) for agent in named):
        return [agent for agent in named if has_office(agent.value)]
    return [agent for agent in named if not is_city(_before_number(agent.value))]


_DECIDING = re.compile(
    r"\b(?:Politburo|Presidium|Secretariat|Политбюро|Президиум\w*|Секретариат\w*)\b(?:\s+(?:of the\s+)?(?:CC|ЦК"
    r"|Central Committee)?(?:\s+(?:of the\s+)?(?:CPSU|VKP\(b\)|КПСС|ВКП\(б\)|[A-Z]{3,5}))?)?"
)


def _deciding_body(context: Context) -> list[Agent]:
    """An extract from the minutes of a body that decides is from that body, whoever attests it."""
    lines = context.zone("masthead", "heading", "title")
    words = " ".join(context.text[line.start : line.end] for line in lines)
    if not re.search(r"\b(?:extract|выписка)\b", words, re.IGNORECASE):
        return []
    for line in lines:
        found = _DECIDING.search(context.text, line.start, line.end)
        if found:
            word = context.word(*found.span(), confidence=LIKELY)
            return [Agent(value=word.value, text=word.text, spans=word.spans, confidence=LIKELY)]
    return []


def _letterhead(context: Context) -> list[Agent]:
    """A paper that nobody signs is from the body at its head."""
    for line in context.zone("masthead"):
        words = context.text[line.start : line.end].strip()
        if (
            has_office(words)
            and len(words.split()) <= 9
            and not any(c.isdigit() for c in words)
            and "grade-only" not in line.cues
        ):
            word = context.word(line.start, line.end, presentable(words), WEAK)
            return [Agent(value=word.value, text=word.text, spans=word.spans, confidence=WEAK)]
    return []


def _foot_place(context: Context) -> Word | None:
    return dateline_place(context, context.foot) if context.foot else None


def _closing_place(context: Context) -> Word | None:
    for line in context.closing_datelines:
        if word := dateline_place(context, line):
            return word
    return None


_FROM_WHOM = re.compile(
    r"\b(?:following|telegram|message|letter|note|despatch)\b[^.:\n]{0,60}?\bfrom\s+(?:the\s+)?(?P<who>[A-ZА-Я][^.:,;\n]{2,60}?)\s*[:.]"
)


def _announced(context: Context) -> list[Agent]:
    """An unsigned message inside another is from whom its cover says: `the following from the Consul at Nanking:`."""
    if context.cover is None:
        return []
    for line in context.cover.zone("body", "reference"):
        found = _FROM_WHOM.search(context.text, line.start, line.end)
        if found:
            agents = parties_in(context, *found.span("who"), FAIR)
            for agent in agents:
                at = re.search(r"\bat\s+(?P<place>[A-Z][\w ]+)$", agent.text)
                if at:
                    start = agent.spans[0][0] + at.start("place")
                    agent.place = context.word(start, start + len(at["place"]), confidence=FAIR)
            return agents[:1]
    return []


def _heading_leads(context: Context) -> bool:
    """Whether the heading stands in the document or edition and not only in the title that an archive made."""
    return bool(context.zone("heading"))


def _of_signatures(signatories: list[Agent]) -> list[Agent]:
    return [
        Agent(value=agent.value, text=agent.text, spans=agent.spans, confidence=agent.confidence, role=agent.role)
        for agent in signatories
    ]


@cache
def _from_where() -> re.Pattern[str]:
    leads, sent = (
        alternation(wordings("origin_lead")),
        alternation([word for word, kind in canon("event").items() if kind == "sent"]),
    )
    return re.compile(
        rf"(?<!\S)(?i:{leads})[:\s]+(?P<place>[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Яa-zà-ÿа-я'’ -]+?)"
        rf"(?=\s*(?:,|\.\s|\(|№|(?i:No|Nº|Nr)\b|(?i:{sent})(?![^\W_])|\d|(?i:to|on|at)\b|$|\n))",
        re.MULTILINE,
    )


@cache
def _from_office() -> re.Pattern[str]:
    """`DA EMBAIXADA EM WASHINGTON`, `Från beskickningen i Moskva`: the mission that a telegram comes from."""
    leads, bodies = alternation([*wordings("origin_lead"), "from", "from the"]), alternation(wordings("body"))
    return re.compile(
        rf"\W*(?:{leads})[:\s]+{bodies}\s+(?:em|in|at|à|a|en|w|we|в|во|v|ve|i|u|zu)\s+"
        r"(?P<place>[^\W\d_][\w' -]{2,25})\W*$",
        re.IGNORECASE | re.MULTILINE,
    )


def _known_place(name: str) -> bool:
    return is_city(name) or name in place_names() or name.title() in place_names()


def _origin(context: Context, named: list[Agent]) -> Word | None:
    """Return the place that the document was written or sent from."""
    for line in context.zone("apparatus", "masthead"):
        found = _from_where().search(context.text, line.start, line.end)
        # "REPÚBLICA DE CUBA" at the head of a paper is no place that it comes from
        if (
            found
            and not has_office(found["place"])
            and (context.text[found.end() : found.end() + 1] != "." or _known_place(found["place"]))
            and (line.zone == "apparatus" or found[0][:1].isascii() and len(found[0].split()[0]) > 2)
        ):
            return context.word(*found.span("place"), presentable(found["place"]), LIKELY)
    for line in context.zone("dateline"):
        if word := dateline_place(context, line):
            return word
    for line in context.zone("heading", "addressing", "masthead"):
        found = _from_office().match(context.text, line.start, line.end)
        if found and _known_place(presentable(found["place"].title())):
            return context.word(*found.span("place"), presentable(found["place"]), LIKELY)
    for line in context.zone("heading", "addressing"):
        found = _from_where().match(context.text, line.start, line.end)
        if found and _known_place(found["place"]):
            return context.word(*found.span("place"), presentable(found["place"]), LIKELY)
    for line in context.zone("title", "masthead"):
        found = re.compile(r"\b(?:from|aus|из)\s+(?P<place>[A-ZА-Я][\w'-]+(?: [A-ZА-Я][\w'-]+)?)").search(
            context.text, line.start, line.end
        )
        for words in (found["place"], found["place"].split()[0]) if found else ():
            if found and is_city(words):
                return context.word(found.start("place"), found.start("place") + len(words), confidence=FAIR)
    for line in context.zone("masthead"):
        words = context.text[line.start : line.end].strip(" .,\n")
        if is_city(words):
            return context.word(line.start, line.end, presentable(words), FAIR)
    for agent in named:
        if _known_place(agent.value) or is_place_line(agent.value) and _another_signs(context, agent):
            return Word(value=agent.value, text=agent.text, spans=agent.spans, confidence=FAIR)
    return None


def _another_signs(context: Context, agent: Agent) -> bool:
    """Whether what stands behind "From" can be a place that nobody knows: no office goes with it, and a man signs."""
    signed = [context.text[line.start : line.end].casefold() for line in context.zone("signature")]
    return bool(signed) and agent.role is None and not any(agent.value.casefold() in words for words in signed)


def read_recipients(context: Context) -> list[Agent]:
    """Return whom it is for: as the header, the form, the address or the heading says."""
    described = described_agents(context, "received")
    if not described and is_machine(context):
        _, recipients = machine_agents(context)
        if recipients:
            return recipients + _attention_line(context)
    _, heading = heading_agents(context)
    action = labelled(context, "recipient", None)
    info = labelled(context, "info", "info")
    if info:
        for agent in action:
            agent.capacity = "action"
    if described:
        return described
    if heading and _heading_leads(context):
        return _placed(heading, inside_address(context)) + _sent_to(context) + attention(context, heading)
    above_addressees(context, action)
    inside = [] if action and not any(has_office(agent.value) for agent in action) else inside_address(context)
    read_destination(context, action)
    action = cities_below(context, action)
    if heading_office := office_from_place(context):
        return _once(heading_office + info + repeated_posts(context))
    named = _once(action + info + repeated_posts(context) + inside) or saluted(context) or heading
    return named + passed_on(context, named)


_SENT_TO = re.compile(r"\b[Ss]ent (?:by \w+ )?to (?P<list>[A-Z](?:\b[A-Z]\.|[^.;()])*)")


def _sent_to(context: Context) -> list[Agent]:
    """An edition's note names the posts that a circular was sent to."""
    found: list[Agent] = []
    heading = " ".join(context.text[line.start : line.end] for line in context.zone("heading", "title"))
    if not re.search(r"\b(?:circular|certain|all|posts)\b", heading, re.IGNORECASE):
        return []
    for line in context.zone("source-note"):
        for clause in _SENT_TO.finditer(context.text, line.start, line.end):
            found += agents_in(context, *clause.span("list"), LIKELY)
    return found


def _with_origin(context: Context, senders: list[Agent]) -> list[Agent]:
    """Give senders that are named by their city alone (`FROM: LA PAZ`) that place."""
    for sender in senders:
        if sender.place is None and is_place_line(sender.value):
            sender.place = Word(value=presentable(sender.value), text=sender.text, spans=sender.spans, confidence=FAIR)
    return senders


def _attention_line(context: Context) -> list[Agent]:
    """`FOR: BRENT SCOWCROFT` below the address of a message by a special channel."""
    found: list[Agent] = []
    for line in context.zone("addressing"):
        label = re.match(r"\s*(?:FOR|EYES ONLY FOR)\s*:?\s+(?=[A-Z])", context.text[line.start : line.end])
        if label:
            found += agents_in(context, line.start + label.end(), line.end)
    return found


def _placed(heading: list[Agent], inside: list[Agent]) -> list[Agent]:
    """Give a heading's recipient the place of the address at the foot: `Hon. Wm. H. Seward, …, Washington, D. C.`."""
    if len(heading) == 1 and inside and inside[0].place and heading[0].place is None:
        heading[0].place = inside[0].place
    return heading


def _once(agents: list[Agent]) -> list[Agent]:
    found: dict[str, Agent] = {}
    for agent in agents:
        found.setdefault(agent.value.casefold(), agent)
    return list(found.values())


__all__ = ["read_recipients", "read_senders", "read_signatories"]
