"""Who held the post that a document names in place of a person: an embassy is its ambassador's on that day."""

from __future__ import annotations

import re

from mabillon.authority.offices import holder, state_codes
from mabillon.evidence import Agent

_MISSION = re.compile(
    r"(?P<whose>am|sov|us)?(?:embassy|legation|embtel|posol\b|ambassador|botschaft|ambassade|ambasada|посольств\w*|посол\w*)",
    re.IGNORECASE,
)
_SHORT = {"am": "American", "us": "American", "sov": "Soviet"}


def held_by(agent: Agent, date: str) -> str | None:
    """Return the authority of the one person who surely headed the mission that `agent` is at `date` (EDTF); None where
    it is no mission, or where nothing says whose it is or who that was."""
    name = str(agent.value)
    mission = _MISSION.search(name)
    if mission is None or not date:
        return None
    places = [str(agent.place.value)] if agent.place else []
    states = [_SHORT[mission["whose"].casefold()]] if mission["whose"] else []
    for word in re.findall(r"[^\W\d_]+", name[: mission.start()] + " " + name[mission.end() :]):
        if state_codes(word):
            (states if name.index(word) < mission.start() and not states else places).append(word)
    found = {person for place in places for state in states[:1] for person in _ambassadors(place, state, date)}
    return found.pop() if len(found) == 1 else None


def _ambassadors(place: str, state: str, date: str) -> set[str]:
    try:
        return {held.tenure.person for held in holder("ambassador", place, date, state) if held.certain}
    except ValueError:
        return set()
