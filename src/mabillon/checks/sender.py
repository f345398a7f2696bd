"""Signatures that are not the sender's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from mabillon.checks.registry import finding
from mabillon.clocks import is_city
from mabillon.evidence import Agent, Value
from mabillon.record import Record
from mabillon.vocabulary import pattern


def _surnames(agent: Agent) -> set[str]:
    """Return the words of a name that can be a surname, folded."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", agent.value) if not unicodedata.combining(c)).casefold()
    return set(re.findall(r"[^\W\d_]{3,}", folded))


def _person(agent: Agent) -> bool:
    return (
        not is_city(agent.value)
        and not pattern("office").search(agent.value)
        and not pattern("body").search(agent.value)
    )


def _is_no_name(words: str) -> bool:
    """Whether what stands in the place of a signature is a caption (`Article VII`, `Problems/Objectives`)."""
    return bool(re.search(r"[/:]|\b(?=[IVX]{2})[IVX]+\b|\d", words))


def _initials(agent: Agent) -> str:
    """Return the initials of a name: Robert W. Komer signs `RWK`."""
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", agent.value))


@finding("sender.conflict")
def conflict(record: Record) -> Iterator[tuple[str, list[Value]]]:
    """Yield the sender named and the signature, where they are two persons and nothing says "for"."""
    for agent in record.senders:
        if agent.reason == "content" and agent.alternatives and agent.spans and record.title:
            yield f"the title has {agent.value} write, the header {agent.alternatives[0]}", [record.title, agent]
            return
    senders = [agent for agent in record.senders if _person(agent) and agent.spans]
    signatories = [agent for agent in record.signatories if _person(agent) and agent.spans]
    if not senders or not signatories or len(signatories) > 1:
        return
    names = set().union(*(_surnames(agent) for agent in senders))
    for agent in senders:
        for other in agent.alternatives or []:
            names |= _surnames(Agent(value=str(other), text="", spans=[], confidence=1.0))
    signed = signatories[0]
    if _is_no_name(signed.text) or any(_initials(agent) == re.sub(r"\W", "", signed.text) for agent in senders):
        return
    if _surnames(signed) & names or not _surnames(signed) or not names or _signed_for(record, signed):
        return
    yield f"sent by {senders[0].value}, signed by {signed.value}", [senders[0], signed]


def _signed_for(record: Record, signed: Agent) -> bool:
    """Whether the words before the signature say that it was given for another."""
    text = record.source.text if record.source else None
    if not text:
        return False
    before = text[max(0, signed.spans[0][0] - 80) : signed.spans[0][0]]
    return bool(
        re.search(
            r"\b(?:for|per pro|p\.p|by direction|acting|i\.\s?a|pour|für|за)\b[^.\n]*:?\s*$",
            before.strip(),
            re.IGNORECASE,
        )
    )
