"""Addressees of services that write to posts: `TO SECSTATE WASHDC PRIORITY 1790`, `RUHKA/CINCPAC`, `DIR INFO LIMA`.

A post keeps its whole name; precedence, serial number, routing indicator (ACP 127) and attention line are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mabillon.clocks import hours_ahead, is_city
from mabillon.evidence import Agent, Word
from mabillon.parts import PartLine
from mabillon.reading.context import CERTAIN, FAIR, LIKELY, Context
from mabillon.reading.names import presentable
from mabillon.text import Span
from mabillon.vocabulary import alternation, place_names, wordings

_LABEL = re.compile(r"^\s*(?P<label>FM|FROM|TO|INFO|XMT|DE)\b\s*:?\s*(?=\S)")
_CITE = re.compile(
    r"^\W*(?:TO\s*:?\s+)?(?P<to>[A-Z][A-Z/ ]*?)?\s*(?:\bINF[O0]\s*:?\s+(?P<info>[A-Z][A-Z,/ ]*?)\s+)?"
    r"CITE:?\s+(?P<from>[A-Z]+)"
)
_ROUTING = re.compile(r"^(?:[ZOPR]{1,2}\s+)?R[A-Z]{3,7}\s*/\s*")
_PLACED = re.compile(
    r"^(?:AM(?:ERICAN\s+)?(?:EMBASSY|CONSUL(?:ATE)?(?:\s+GENERAL)?|LEGATION)|US(?:MISSION|INT|LO|DEL)\w*)\s+"
    r"(?P<place>[A-Z][A-Z .'-]+)$",
    re.IGNORECASE,
)


@cache
def _precedence() -> str:
    return alternation([*wordings("precedence"), "prity", "prty", "oper immed", "opim"])


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_precedence()}\s+)+", re.IGNORECASE)


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\s+{_precedence()})*(?:\s+(?:UNNUMBERED|\d{{2,6}}))?(?:\s+{_precedence()})*\s*$|\s+FOR\s+\S.*$",
        re.IGNORECASE,
    )


_CAPITALS = re.compile(
    r"\s*(?:FM|TO|INFO|FROM)\b\s*:?\s+(?!THE\b|COMRADE|CDE|MR\b|GENERAL\b|ALL\b)[A-Z][A-Z\d/ ().,&'-]{2,}$"
)


def is_machine(context: Context) -> bool:
    """Whether the message is one of a machine service: addressed in capitals, with FM, CITE or a date-time group."""
    addresses = list(_addresses(context))
    if any(_CITE.match(words) or words.lstrip().startswith("FM ") for words in addresses):
        return True
    return any(_CAPITALS.match(words) for words in addresses) and any(
        _GROUP.search(context.text, line.start, line.end)
        for line in context.zone("apparatus", "masthead", "dateline", "distribution")
    )


_GROUP = re.compile(r"\b[\dOIl]{6}Z\b|\b\d\d ?\d\d ?Z\b")


def _addresses(context: Context) -> Iterator[str]:
    return (context.text[line.start : line.end] for line in context.zone("addressing"))


def bare_post(text: str, start: int, end: int) -> Span:
    """Return the span of the post's name alone."""
    words = text[start:end]
    begin = len(words) - len(words.lstrip())
    for lead in (_ROUTING, _lead()):
        found = lead.match(words[begin:])
        begin += found.end() if found else 0
    stop = len(words.rstrip(" .,;"))
    found = _tail().search(words, begin, stop)
    if found and found.start() > begin:
        stop = found.start()
    return start + begin, start + stop


_CITING = re.compile(r"(?:^|\s+)CITE\b")
_CAPTION = re.compile(
    r"\W*(?:ROUTING|PRECEDENCE|INITIALS|INFO|REFS?|CITE|PAGE(?: (?:NO|\w+))?|COPY NO|CLASSIFIED MESSAGE|END OF MESSAGE"
    r"|(?:RELEAS|AUTHENT|COORDINAT|ORIGINAT)\w*\s+O[F\w]*S?)\W*",
    re.IGNORECASE,
)


def is_form_caption(words: str) -> bool:
    """Whether words are a caption of a printed message form and no more: `RELEASING OFFICER`, `ROUTING`, `INFO`."""
    return bool(_CAPTION.fullmatch(words))


def posts_in(context: Context, start: int, end: int, confidence: float = CERTAIN) -> Iterator[Agent]:
    """Yield the posts named between two offsets: two blanks, commas and semicolons part them."""
    for piece in re.finditer(r"[^,;\n]+?(?=\s{2,}\S|[,;\n]|$)", context.text[start:end]):
        first, last = bare_post(context.text, start + piece.start(), start + piece.end())
        if cite := _CITING.search(context.text, first, last):
            last = cite.start()
        words = context.text[first:last]
        if not re.search(r"[A-Za-z]{2}|^(?:[A-Z] ){2,}[A-Z]$", words) or re.fullmatch(r"\d.*", words):
            continue
        if is_form_caption(words):
            continue
        agent = Agent(value=" ".join(words.split()), text=words, spans=[(first, last)], confidence=confidence)
        agent.place = post_place(context, agent)
        yield agent


def post_place(context: Context, agent: Agent) -> Word | None:
    """Return the city in the name of a post: `AMEMBASSY SEOUL` is at Seoul."""
    if re.search(r"\bWASHDC\b|\bWASHINGTON\b", agent.text):
        start = agent.spans[0][0] + agent.text.index("WASH")
        return context.word(start, agent.spans[0][1], "Washington", LIKELY)
    found = _PLACED.match(agent.text)
    if not found:
        return None
    start = agent.spans[0][0] + found.start("place")
    return context.word(start, start + len(found["place"]), found["place"].title(), LIKELY)


def machine_agents(context: Context) -> tuple[list[Agent], list[Agent]]:
    """Return senders and recipients of a machine message, addressees for information told apart."""
    senders: list[Agent] = []
    recipients: list[Agent] = []
    for run in context.runs("addressing"):
        state = ""
        for line in run:
            state = _line(context, line, state, senders, recipients)
    return _distinct(senders) or _citing(context), _distinct(recipients)


def _citing(context: Context) -> list[Agent]:
    """`CITE MEXI 5561`: the station that gives its number, where no line names the sender."""
    for line in context.zone("addressing"):
        if cite := _CITE.match(context.text[line.start : line.end]):
            return list(posts_in(context, line.start + cite.start("from"), line.start + cite.end("from"), FAIR))[:1]
    return []


def _line(context: Context, line: PartLine, state: str, senders: list[Agent], recipients: list[Agent]) -> str:
    """Read one line of the address; return the label that the next line continues."""
    text = context.text[line.start : line.end]
    cite = _CITE.match(text)
    if cite:
        for name, capacity in (("to", "action"), ("info", "info")):
            if cite[name]:
                recipients += _with(
                    posts_in(context, line.start + cite.start(name), line.start + cite.end(name), FAIR), capacity
                )
        return ""
    if re.match(r"\s*(?:FOR|EYES ONLY)\b", text):
        return ""
    label = _LABEL.match(text)
    name = label["label"] if label else state
    begin = line.start + (label.end() if label else 0)
    end = _column_end(context, begin, line.end)
    if name in ("FM", "FROM"):
        senders += at_city(list(posts_in(context, begin, end)))[:1]
        return ""
    if name in ("TO", "INFO", "XMT"):
        recipients += _with(
            iter(at_city(list(posts_in(context, begin, end)))),
            "action" if name == "TO" else "exempt" if name == "XMT" else "info",
        )
    return name


def at_city(agents: list[Agent]) -> list[Agent]:
    """`RIKHYE, UNEF, GAZA`: one addressee, his body and his city; `CINCPAC, SAIGON` are two posts."""
    if not agents:
        return agents
    *others, last = agents
    if not 1 <= len(others) <= 2 or not (is_city(last.value) or last.value in place_names()):
        return agents
    if any(hours_ahead(agent.value) is not None or _placeless(agent.value) for agent in others[:1]):
        return agents
    head = others[0]
    head.place = Word(value=presentable(last.value), text=last.text, spans=last.spans, confidence=FAIR)
    if len(others) == 2:
        head.org = Word(value=others[1].value, text=others[1].text, spans=others[1].spans, confidence=FAIR)
    return [head]


def _placeless(words: str) -> bool:
    return bool(re.match(r"(?:CINC|COM[A-Z]{3}|JCS|SEC|AM(?:EMB|CON)|US)", words))


_SERVICE = re.compile(
    r"^\s*(?:ACTION|SENT)\s+(?:TO\s+)?(?:DEPARTMENT|DEPT|[A-Z]+)(?:\s+[A-Z]+)?\s+\d+\s*[,;]\s*(?:REPEATED\s+|RPTD\s+)?(?:INFORMATION|INFO)\b"
)


def repeated_posts(context: Context) -> list[Agent]:
    """`ACTION DEPARTMENT 195, INFORMATION PRIORITY BONN 166, MOSCOW 121`: a message form names whom else it went to."""
    found: list[Agent] = []
    going = False
    for line in context.zone("distribution", "addressing", "masthead"):
        lead = _SERVICE.match(context.text[line.start : line.end])
        if lead:
            going = True
            found += _with(posts_in(context, line.start + lead.end(), line.end), "info")
        elif (
            going and re.fullmatch(r"[A-Z\d ,.;]+", context.text[line.start : line.end]) and line.zone == "distribution"
        ):
            found += _with(posts_in(context, line.start, line.end), "info")
    return found


def _column_end(context: Context, begin: int, end: int) -> int:
    """Return where the address ends on a printed form whose right column holds something else."""
    found = re.compile(r"\s{6,}(?=\S)|\s{2,}(?=DATE\b|INFO\b|CITE\b)").search(context.text, begin, end)
    return found.start() if found else end


def _with(agents: Iterator[Agent], capacity: str) -> list[Agent]:
    found = list(agents)
    for agent in found:
        agent.capacity = capacity
    return found


def _distinct(agents: list[Agent]) -> list[Agent]:
    """Return the agents without indicators of those already named in full: `DIR` is `DIRECTOR`, `BRLN` is `BERLIN`."""
    found: list[Agent] = []
    for agent in agents:
        if not any(_abbreviates(agent.value, other.value) for other in found):
            found.append(agent)
    return found


def _abbreviates(short: str, full: str) -> bool:
    """Whether the letters of `short` stand in `full` in the same order, from the same first one."""
    short, full = re.sub(r"[^A-Z]", "", short.upper()), re.sub(r"[^A-Z]", "", full.upper())
    if short == full:
        return True
    if not 2 < len(short) <= 5 or short[:1] != full[:1] or len(short) >= len(full):
        return False
    letters = iter(full)
    return all(letter in letters for letter in short)
