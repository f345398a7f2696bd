"""Headings that say who to whom: `The Ambassador in Korea (Muccio) to the Secretary of State`."""

from __future__ import annotations

import re
from functools import cache

from mabillon.evidence import Agent
from mabillon.reading.context import CERTAIN, LIKELY, Context
from mabillon.reading.names import as_agent, has_office, parse_name, presentable
from mabillon.reading.parties import parties_in
from mabillon.vocabulary import alternation, canon


@cache
def _kind_lead() -> re.Pattern[str]:
    kinds = alternation(sorted(canon("kind")))
    return re.compile(
        rf"^\W*(?:title\s*:\s*)?(?:(?:No\.?\s*)?\d+[A-Z]?\.?\s+)?(?:(?:\w+\s+){{0,3}}?{kinds})(?:\s+(?:No\.?|Nº|#)?\s*[\w/-]*\d[\w/-]*)?\s*,?\s*(?:(?:from|by|of|von|de)\s+)?",
        re.IGNORECASE,
    )


def heading_agents(context: Context) -> tuple[list[Agent], list[Agent]]:
    """Return senders and recipients of the heading `The Ambassador in Korea (Muccio) to the Secretary of State`; the
    same objects whenever it is asked of one part."""
    if context.headed is None:
        context.headed = _heading_agents(context)
    return list(context.headed[0]), list(context.headed[1])


_FROM_OFFICE = re.compile(
    r"\W*(?:From|FROM)\s+(?:the\s+|THE\s+)?(?P<who>(?i:(?:acting |deputy )?(?:ambassador|minister|charg|consul|chief"
    r"|head|envoy|adviser|trade representative|military attach|secretary|chairman|director))[^:]*,\s+"
    r"[A-ZÀ-ÞА-Я][\w.'’ -]+)$"
)
"""`From the Ambassador of the USSR in Poland, N. Mikhailov`: who writes, and whom to stands elsewhere."""


def _heading_agents(context: Context) -> tuple[list[Agent], list[Agent]]:
    for zone, confidence in (("heading", CERTAIN), ("title", LIKELY)):
        for run in context.runs(zone):
            start, end = context.unmarked(run[0].start, run[-1].end)
            words = re.sub(r"\s", " ", context.text[start:end])
            offset = _lead_end(words)
            cut = _cut(words, offset)
            if cut is None:
                if writer := _FROM_OFFICE.match(words):
                    return parties_in(context, start + writer.start("who"), end, confidence, heading=True), []
                continue
            senders = parties_in(context, start + offset, start + cut[0], confidence, heading=True)
            recipients = parties_in(
                context, start + cut[1], start + _recipient_end(words, cut[1]), confidence, heading=True
            )
            if senders or recipients:
                return senders, recipients
    return _titled_agents(context)


def _titled_agents(context: Context) -> tuple[list[Agent], list[Agent]]:
    """Return who wrote to whom as the title in a header says, for letters that nothing else heads."""
    for datum in context.metadata.get("title", ()):
        if datum.span is None:
            continue
        words = re.sub(r"\s", " ", context.text[slice(*datum.span)])
        start, offset = datum.span[0], _lead_end(words)
        cut = _cut(words, offset)
        if cut is not None:
            end = re.compile(r",|\s\d|$").search(words, cut[1])
            stop = min(_recipient_end(words, cut[1]), end.start() if end else len(words))
            return (
                parties_in(context, start + offset, start + cut[0], LIKELY, heading=True),
                parties_in(context, start + cut[1], start + stop, LIKELY, heading=True),
            )
    return [], []


_SENDER_WORD = re.compile(
    r"^[^()]*?\b(?:From|FROM|[Bb]y|BY|[Bb]etween|BETWEEN)\s+(?:the\s+)?(?=[A-Z(])|^\W*(?:(?:No\.?\s*)?\d+\.?\s+)?(?:[A-Z][a-z]+\s+){1,3}from\s+(?:the\s+)?(?=[A-Z])|^\W*(?:[Tt]itle|TITLE)\s*:\s*(?:\w+\s+){1,3}from\s+(?:the\s+)?(?=[A-Z])"
)


def _lead_end(words: str) -> int:
    """Return where the sender begins: behind the running number, the kind of document and "From"."""
    start = (
        _SENDER_WORD.match(words)
        or re.match(r"^\W*[IVXLC]+,\s*\d+\.\s+", words)
        or _kind_lead().match(words)
        or re.match(r"^\W*(?:No\.?\s*)?\d+[A-Z]?\.?\s+(?=[A-Z])", words)
    )
    return start.end() if start else 0


_ARTICLE = r"(?:(?i:the|den|die|das|dem|le|la|les|il|lo|los|el)\s+|[Ll]['’]\s?)?"
_TO = re.compile(rf"\s+(?:(?:addressed|ADDRESSED)\s+)?(?:to|TO|an|AN|à|À|al|AL|кому)\s+{_ARTICLE}(?=[\w(\[“\"А-Я])")


_AND = re.compile(r"\s+and\s+(?:the\s+)?(?=[\w(\[“\"А-Я])")


def _cut(words: str, offset: int) -> tuple[int, int] | None:
    """Return where the sender ends and the recipient begins: at the first "to" outside brackets before a name."""
    between = re.search(r"\b[Bb]etween\b", words[:offset])
    cuts = []
    for found in (_AND if between else _TO).finditer(words, offset):
        after = words[found.end() : found.end() + 1]
        if words.count("(", offset, found.start()) == words.count(")", offset, found.start()) and (
            after.isupper() or after in '([“"'
        ):
            cuts.append(found.span())
    held = [cut for cut in cuts if words[: cut[0]].rstrip(" ,").endswith(")")]
    if held:
        return held[0]
    if len(cuts) == 1 and _ALWAYS_TAKES_TO.search(words[offset : cuts[0][0]]):
        return None
    # "the Ambassador to Japan", "the Political Adviser to SCAP": that "to" belongs to the office
    return next((cut for cut in cuts if cut == cuts[-1] or not _TAKES_TO.search(words[offset : cut[0]])), None)


_ALWAYS_TAKES_TO = re.compile(
    r"\b(?:(?:ambassadeur|ministre|consul(?: général)?|chargé d['’]affaires) d(?:e |u |es |['’])\w+|ambassador"
    r"|envoy|minister|mission|delegation)$",
    re.IGNORECASE,
)
_TAKES_TO = re.compile(
    r"\b(?:(?:ambassadeur|ministre|consul(?: général)?|chargé d['’]affaires) d(?:e |u |es |['’])\w+|ambassador"
    r"|advis[eo]r|assistant|deputy|successor|consultant|representative|delegate|observer|aide|counsel|envoy|mission|minister|delegation"
    r"|emissary)$",
    re.IGNORECASE,
)


def _recipient_end(words: str, begin: int) -> int:
    """Return where the recipient ends: before the subject of the letter, the date, the note of receipt."""
    found = re.compile(
        r",?\s+(?:about|concerning|regarding|re:|on the|containing|transmitting|conveying|approved|dated|relaying"
        r"|with)\b|,\s+[A-Z][\w ]+(?:,\s+[A-Z][\w .]+)?,\s+[A-Z][a-z]+ \d{1,2}, \d{4}|"
        r",\s+(?=(?:Approved|Containing|Transmitting|Conveying|Regarding)\b)|\s*[—–-]?\s*\(\s*Received|,?\s+\d{1,2}\.?\s+[A-ZÀ-Þ][a-zà-ÿ]+\.?\s+\d{4}|"
        r",?\s+[A-Z][a-z]+ \d{1,2}, \d{4}|\.\s*$|\s*\(\d{1,2} [A-Z]",
        re.IGNORECASE,
    ).search(words, begin)
    if found is None or words.rstrip().endswith(")") and re.search(r"\((?!\d)(?!\s*Received)", words[found.start() :]):
        return len(words)
    return found.start()


_FROM_TO = re.compile(
    r"\s*FROM\s+(?P<place>[A-Z][A-Z .'-]+?)\s+TO\s+"
    r"(?P<office>[A-Z][A-Z .'-]*[A-Z])\s*(?:\(|\d|\s{3}|$)"
)


def from_place_to_office(context: Context) -> list[Agent]:
    """`FROM PEKING TO FOREIGN OFFICE / Mr. Hutchison`: the heading names the post, the line below who writes."""
    for position, line in enumerate(context.lines):
        found = _FROM_TO.match(context.text, line.start, line.end)
        if not found or line.zone not in ("heading", "addressing", "masthead"):
            continue
        place = context.word(*found.span("place"), presentable(found["place"].title()), LIKELY)
        below = context.lines[position + 1] if position + 1 < len(context.lines) else None
        if below is not None and below.zone in ("addressing", "heading", "signature", "apparatus", "masthead"):
            column = re.compile(r"\S\s{3,}\S|$").search(context.text, below.start, below.end)
            end = column.start() + 1 if column and column[0] else below.end
            named = parse_name(context.text, below.start, end)
            if named and _is_person(context.text[slice(*named.name)]):
                agent = as_agent(context, named, LIKELY)
                agent.place = place
                return [agent]
    return []


def office_from_place(context: Context) -> list[Agent]:
    """Return the office that such a heading sends to: `FROM PEKING TO FOREIGN OFFICE`."""
    for line in context.zone("heading", "addressing", "masthead"):
        found = _FROM_TO.match(context.text, line.start, line.end)
        if found:
            return parties_in(context, *found.span("office"), LIKELY)
    return []


def _is_person(words: str) -> bool:
    """Whether a line below the heading can be who writes: no office, no number, no mark of secrecy or urgency."""
    return not has_office(words) and not re.search(r"\d|[:\[\]]", words) and not words.isupper()
