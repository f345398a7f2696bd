"""The correspondents that a source's own metadata describes (TEI correspDesc)."""

from __future__ import annotations

from mabillon.document import Metadatum
from mabillon.evidence import Agent, Word
from mabillon.reading.context import CERTAIN, Context
from mabillon.reading.names import as_agent, parse_name


def described_agents(context: Context, action: str) -> list[Agent]:
    """Return the agents that the source's metadata gives for a correspAction."""
    found: list[Agent] = []
    persons = context.metadata.get(f"{action}.person", []) or context.metadata.get(f"{action}.organization", [])
    for datum in persons:
        agent = _stated_agent(context, datum)
        agent.place = _beside(context, f"{action}.place", datum)
        agent.role = _beside(context, f"{action}.role", datum)
        found.append(agent)
    return found


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
