"""Who signed: names, offices without names, initials, signatures run in behind the last sentence."""

from __future__ import annotations

import re

from mabillon.courtesies import compliment
from mabillon.evidence import Agent, Word
from mabillon.parts import PartLine
from mabillon.reading.context import FAIR, LIKELY, Context
from mabillon.reading.names import agents_in, as_agent, has_office, parse_name
from mabillon.reading.posts import is_form_caption, is_machine

_SIGNED_NOISE = re.compile(
    r"\((?:ss|-)\)|\(?(?:signed|sd\.?(?=\)|\s)|signé|gez\.?|подпись)\)?\s*:?|\[signature\]|/s/|\bm\.\s?p\.|\[initial\w*\]"
    r"|\bfor the [A-Z]\w+(?: \w+){0,3}:",
    re.IGNORECASE,
)
_REST_OF_OFFICE = re.compile(r"\s*(?:of|for|in|der|des|für|du|de la|del|della|по|при)\s+(?:the\s+)?[A-ZÀ-ÞА-Я]")
"""The second line of an office: `Chairman of the Foreign Policy Commission / of the CC VKP(b)`."""
_NAME_PART = re.compile(r"(?:^|\s{2,}|/|\()(?P<name>[^\W\d_][^\d/()]{1,60}?)(?:\)|/|$)")


def read_signatories(context: Context) -> list[Agent]:
    """Return who signed; a line of office without a name signs only where no name stands beside it."""
    found: list[Agent] = []
    offices: list[Agent] = []
    datelines = {line.index for line in context.closing_datelines}
    for line in context.zone("signature") or _run_in_signature(context):
        if is_form_caption(context.text[line.start : line.end]):
            continue
        if line.index in datelines or _REST_OF_OFFICE.match(context.text, line.start, line.end):
            continue
        for agent in _signed(context, line):
            (offices if _is_office_only(agent.text) else found).append(agent)
    for agent in found if len(found) == 1 else ():
        office = next((office for office in offices if _beside(context, agent, office)), None)
        if agent.role is None and office is not None:
            agent.role = Word(value=office.value, text=office.text, spans=office.spans, confidence=LIKELY)
    return found or [office for office in offices if not _is_nameless(office.text)][:1]


def _beside(context: Context, agent: Agent, office: Agent) -> bool:
    """Whether an office is printed right above or below the name, and is not that of another, illegible signature."""
    lines = context.document.text
    apart = abs(lines.line_at(agent.spans[0][0]).index - lines.line_at(office.spans[0][0]).index)
    words = lines.line_at(office.spans[0][0]).text
    return apart <= 2 and "illegible" not in words.casefold()


def _run_in_signature(context: Context) -> list[PartLine]:
    """`REPORT HOURLY. KISSINGER`: machine telegrams may end the last sentence with the name that signs them."""
    body = context.zone("body")
    found = (
        re.search(r"[.?]\s+(?P<name>[A-Z]{4,}(?:\s[A-Z]{3,})?)\s*$", context.text[body[-1].start : body[-1].end])
        if body and is_machine(context)
        else None
    )
    if not found:
        return []
    start, end = body[-1].start + found.start("name"), body[-1].start + found.end("name")
    return [PartLine(body[-1].index, start, end, context.text[start:end], "signature", 0.8)]


def _is_office_only(words: str) -> bool:
    return has_office(words)


def _is_nameless(words: str) -> bool:
    return bool(re.match(r"\s*(?:secretary|chief|chairman|секретарь)\b", words, re.IGNORECASE))


def _signed(context: Context, line: PartLine) -> list[Agent]:
    """Return the names on a line of signature, dates and numbers beside them left out."""
    text = list(context.text[line.start : line.end])
    for mention in context.dates_in(line.start, line.end):
        text[mention.start - line.start : mention.end - line.start] = " " * (mention.end - mention.start)
    masked = "".join(text)
    if initials := re.fullmatch(r"\s*(?P<name>(?:[A-ZА-Я]\.\s?){2,4})\s*", masked):
        return [
            Agent(
                value=initials["name"].strip(),
                text=initials["name"].strip(),
                spans=[context.trim(line.start + initials.start("name"), line.start + initials.end("name"))],
                confidence=FAIR,
            )
        ]
    for noise in (
        compliment(),
        _SIGNED_NOISE,
        re.compile(r"(?:№|N[ºo°]\.?|#)\s*[\w/-]+(?:\s[-–]\s*$)?"),
        re.compile(r"(?<=\w)\s+\d{2,6}\s*$"),
        re.compile(r"(?<!\bin )(?<!\bof )\[[^\]]*\]"),
    ):
        masked = noise.sub(lambda found: " " * len(found[0]), masked)
    masked = re.sub(r"(?<=[^\W\d])\d{1,2}\s*$", lambda found: " " * len(found[0]), masked)
    if not re.search(r"[^\W\d_]{2}", masked) and not re.fullmatch(r"\s*(?:[^\W\d_]\s+){2,}[^\W\d_]\s*", masked):
        return []
    found = []
    pieces = list(re.finditer(r"\S(?:.*?\S)?(?=\s{2,}|\t|$)", masked))
    for piece in _unspaced(pieces, masked):
        start, end = line.start + piece[0], line.start + piece[1]
        slashed = re.search(r"[/(]\s*([^/()]{2,40}?)\s*[/)]\s*$", context.text[start:end])
        if slashed and not has_office(slashed[1]):
            start, end = start + slashed.start(1), start + slashed.end(1)
        found += (
            list(agents_in(context, start, end, LIKELY))
            if not has_office(context.text[start:end])
            else _office(context, start, end)
        )
    return found


def _unspaced(pieces: list[re.Match[str]], masked: str) -> list[tuple[int, int]]:
    """Letter-spaced signatures are one piece."""
    if re.fullmatch(r"\s*(?:\S\s+)+\S\s*", masked):
        return [(len(masked) - len(masked.lstrip()), len(masked.rstrip()))]
    return [piece.span() for piece in pieces]


def _office(context: Context, start: int, end: int) -> list[Agent]:
    named = parse_name(context.text, start, end)
    return [as_agent(context, named, FAIR)] if named else []
