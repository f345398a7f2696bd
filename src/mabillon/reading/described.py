"""What a source's own metadata describes: the correspondents and dates of TEI correspDesc, or of a letter's title."""

from __future__ import annotations

import re

from mabillon.document import Metadatum
from mabillon.evidence import Agent, Word
from mabillon.reading.context import CERTAIN, LIKELY, Context
from mabillon.reading.names import as_agent, has_office, parse_name

_SENDER_ROLES = frozenset({"sender", "author", "from"})
_RECIPIENT_ROLES = frozenset({"addressee", "recipient", "receiver", "to"})


def described_agents(context: Context, action: str) -> list[Agent]:
    """Return the agents that the header gives for a correspAction, `sent` or `received`.

    Some editions put both persons into one action and tell them apart by a role. Where the roles are the reverse of
    what the title says ("A an B"), the title is right, and the value keeps the header's reading as an alternative.
    """
    persons = context.metadata.get(f"{action}.person", []) or context.metadata.get(f"{action}.organization", [])
    sent = context.metadata.get("sent.person", [])
    reason = None
    if {_role(datum) for datum in sent} & _RECIPIENT_ROLES:
        reversed_roles = _reversed(context, sent)
        wanted = _SENDER_ROLES if (action == "sent") != reversed_roles else _RECIPIENT_ROLES
        persons = [datum for datum in sent if _role(datum) in wanted]
        reason = "content" if reversed_roles else None
    return [_agent(context, action, datum, reason, sent) for datum in persons]


def _agent(context: Context, action: str, datum: Metadatum, reason: str | None, sent: list[Metadatum]) -> Agent:
    agent = _stated_agent(context, datum)
    if action == "sent" or reason is None:
        agent.place = _beside(context, f"{action}.place", datum)
    agent.role = _beside(context, f"{action}.role", datum)
    if reason:
        agent.reason = reason
        agent.alternatives = [other.value for other in sent if other is not datum][:1]
    return agent


def _role(datum: Metadatum) -> str:
    return (datum.attributes.get("role") or datum.attributes.get("type") or "").casefold()


def _reversed(context: Context, persons: list[Metadatum]) -> bool:
    """Whether the title names the one whose role is addressee first: `Alfred Escher an Johann Jakob Horner`."""
    for title in context.metadata.get("title", ()):
        parted = re.split(r"\s(?:an|to|à|a|al)\s", title.value, maxsplit=1)
        if len(parted) != 2:
            continue
        first = {_role(datum) for datum in persons if datum.value in parted[0]}
        second = {_role(datum) for datum in persons if datum.value in parted[1]}
        if first & _RECIPIENT_ROLES and second & _SENDER_ROLES:
            return True
    return False


def _stated_agent(context: Context, datum: Metadatum) -> Agent:
    word = context.stated(datum)
    if datum.span:
        named = parse_name(context.text, *datum.span)
        if named:
            return as_agent(context, named, CERTAIN)
    return Agent(value=word.value, text=word.text, spans=word.spans, confidence=word.confidence, reason=word.reason)


def _beside(context: Context, field: str, datum: Metadatum) -> Word | None:
    for other in context.metadata.get(field, []):
        if other.group == datum.group:
            return context.stated(other)
    return None


def described_date(context: Context) -> Word | None:
    """Return the date that the header gives for the sending."""
    for datum in context.metadata.get("sent.date", ()):
        value = edtf_of(datum)
        if value:
            return context.stated(datum, value[:10] if "T" in value else value)
    return None


def edtf_of(datum: Metadatum) -> str | None:
    """Return the EDTF date of a TEI `date`: @when, @when-iso, or the interval of its bounds; else of its words."""
    attributes = datum.attributes
    when = attributes.get("when-iso") or attributes.get("when")
    if when and re.match(r"\d{4}(?:-\d\d){0,2}(?:T\d\d:\d\d|$)", when):
        return when[:16] if "T" in when and when[11:16] != "00:00" else when[:10]
    first = attributes.get("from") or attributes.get("notBefore") or attributes.get("notBefore-iso")
    last = attributes.get("to") or attributes.get("notAfter") or attributes.get("notAfter-iso")
    if first and last:
        return first[:10] if first[:10] == last[:10] else f"{first[:10]}/{last[:10]}"
    return f"{(first or '..')[:10]}/{(last or '..')[:10]}" if first or last else None


def titled_place(context: Context) -> Word | None:
    """Return the place in a letter's title: what stands before its date (`…, Wien, 12. Mai 1850`)."""
    spans = [(line.start, line.end) for line in context.zone("title")]
    spans += [datum.span for datum in context.metadata.get("title", ()) if datum.span]
    for start, end in spans:
        dates = context.fresh_dates(start, end)
        before = _BEFORE_DATE.search(context.text[start : dates[0].start]) if dates else None
        if before and before["place"].casefold() not in ("o. o.", "s.l.", "s. l.") and not has_office(before["place"]):
            first = start + before.start("place")
            return context.word(first, first + len(before["place"]), confidence=LIKELY)
    return None


_BEFORE_DATE = re.compile(r"(?:^|[,\n]|\s{2,})\s*(?P<place>[A-ZÀ-Þ][\w .'’-]{1,30}?),\s*$")
