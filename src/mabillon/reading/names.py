"""From a phrase to the people and offices it names: `The Ambassador in Korea (Muccio)`, `Cde. STALIN`, `Zorin, V.A.`

The value of an agent is the name without title or honorific; what was stripped from it becomes its role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from mabillon.clocks import hours_ahead
from mabillon.evidence import Agent, Word
from mabillon.reading.context import LIKELY, Context
from mabillon.text import Span
from mabillon.vocabulary import alternation, wordings

_EDGE = " \t\n.,;:–—-*/\"“”«»'’_|"
_NOTE_MARK = re.compile(
    r"(?<=[^\W\d])\d{1,2}\s*$|(?<=[)\]])\s?\d{1,2}\s*$|\s*[¹²³⁴⁵⁶⁷⁸⁹]+\s*$|\s*\[\d{1,2}\]\s*$|\s*\(\d{1,2}\)\s*$"
)
_INITIALS = re.compile(r"^(?:[^\W\d_]{1,2}\.\s?){1,3}$")
_ABBREVIATED = re.compile(r"^(?:Jr|Sr|Esq|D\. ?C|P\. ?C|K\.C\.\w+|G\.C\.\w+|&c|etc|m\.p)\b\.?", re.IGNORECASE)
_SPACED = re.compile(r"(?<!\S)[^\W\d_](?:\s[^\W\d_]){2,}(?!\S)")


@cache
def _honorific() -> re.Pattern[str]:
    # an honorific with a full stop or in full, before a further word; "Com[rade]" is bracketed by editors
    return re.compile(
        rf"^(?:(?:il|el|al|lo|le|la|der|dem|den|o)\s+)?"
        rf"(?:(?:{alternation([w for w in wordings('honorific') if w != 'm'])})(?![^\W_])\.?|M\.(?=\s)|com\[rade\]|"
        rf"(?:the\s+)?(?:right\s+)?hon\.)[\s,]+",
        re.IGNORECASE,
    )


@cache
def _office_start() -> re.Pattern[str]:
    # the office itself, with adjectives before it and "of", "for", "in" phrases after it
    offices = alternation(wordings("office"))
    return re.compile(
        rf"^(?:(?:acting|deputy|assistant|under|vice|first|second|third|permanent|united states|u\.s\.|soviet"
        rf"|american|british|"
        rf"chinese|[a-z-]+ese|[a-z-]+ian|[a-z-]+ean|spanish|foreign|prime|secretary|extraordinary|special|senior|former|polish|turkish|french|"
        rf"swedish|danish|dutch|finnish|greek|czech|swiss|general)[\s-]+)*{offices}(?![^\W_])",
        re.IGNORECASE,
    )


@cache
def _office_anywhere() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){alternation([*wordings('office'), *wordings('body')])}(?![^\W_])", re.IGNORECASE)


@cache
def _personal_office() -> re.Pattern[str]:
    return re.compile(alternation(wordings("office")), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A name found in a phrase: its span, and those of role, organization, place, and of an identity in brackets."""

    name: Span
    role: Span | None = None
    place: Span | None = None
    also: Span | None = None


def strip(text: str, start: int, end: int) -> Span:
    """Return the span without marks of notes, quotes and punctuation at its ends (full stops of initials stay)."""
    while start < end and text[start] in _EDGE + ")]":
        start += 1
    while True:
        while end > start and (text[end - 1] in _EDGE + "([" or text[end - 1] == ")" and "(" not in text[start:end]):
            end -= 1
        if text[end : end + 1] == "]" and "[" in text[start:end] and "]" not in text[start:end]:
            end += 1
        mark = _NOTE_MARK.search(text, start, end)
        if not mark or mark.start() <= start:
            break
        end = mark.start()
    if end < len(text) and text[end] == "." and re.search(r"(?:^|[\s.])[^\W\d_]$|,\s*[JS]r$", text[start:end]):
        end += 1
    return start, end


@lru_cache(maxsize=4096)
def has_office(text: str) -> bool:
    """Whether `text` names an office, a post or a body."""
    return bool(_office_anywhere().search(text))


_SEPARATOR = re.compile(
    r"\s*,?\s*(?:and,?\s+)?(?:by\s+(?:air\s+)?(?:bag|mail|post|courier|pouch|wire)|pouched|[Ss]aving),?\s+to\s+|\s*[-–—]\s*to\s+(?=[A-Z])|\s*,?\s*(?:and\s+)?(?:passed|forwarded)\s+(?:on\s+)?to\s+|\s*[,;]\s*(?:and\s+|y\s+|et\s+|und\s+|и\s+)?|\s+(?:and|und|et|y|и|&)\s+(?:to\s+|à\s+)?|\n+"
)
_PORTFOLIO_OPEN = re.compile(r"\b(?:of|for|de|des|für)\s+(?:the\s+)?(?:[\w'-]+\s*){1,3}$")


def split_names(text: str, start: int, end: int, flowing: bool = False) -> list[Span]:
    """Return the spans of the names in a list: commas, semicolons, "and", line ends part them; initials, titles and
    parts of one office do not, nor line ends where the list is part of a `flowing` sentence."""
    cuts, found = [start], []
    for separator in _SEPARATOR.finditer(text, start, end):
        if flowing and not separator[0].strip() and not text[separator.start() - 1].isdigit():
            continue
        if _joins(text[cuts[-1] : separator.start()], separator[0], text[separator.end() : end]):
            continue
        cuts.append(separator.end())
        found.append((cuts[-2], separator.start()))
    found.append((cuts[-1], end))
    return [span for span in found if text[span[0] : span[1]].strip(_EDGE)]


def _joins(before: str, separator: str, rest: str) -> bool:
    """Whether what looks like a separator stands inside one name."""
    following = re.split(r"[,;\n]", rest, maxsplit=1)[0].strip()
    if separator.lstrip().startswith(","):
        if (
            _INITIALS.match(following.strip(" )/"))
            or re.fullmatch(r"(?:[^\W\d_]\.\s?)+[^\W\d_]\.?", following.strip(" )/"))
            or _ABBREVIATED.match(rest)
        ):
            return True
        # "Director, Bureau of the Budget", "Chief, NE": the body that the office is of
        if _personal_office().fullmatch(re.sub(r"^(?:the|to)\s+", "", before.strip(), flags=re.IGNORECASE)):
            return has_office(following) or following.isupper()
    if separator.strip().split(" ")[0] in ("and", "&", "et", "und", "y", "и"):
        # "Ministry of Trade and Industry"
        return bool(
            has_office(before)
            and _PORTFOLIO_OPEN.search(before)
            and len(following.split()) <= 2
            and not has_office(following)
        )
    if (
        separator.strip() == ","
        and has_office(before)
        and hours_ahead(following) is not None
        and not has_office(following)
    ):
        # "Chief of Station, Ankara": the post that an office is held at
        return True
    if re.match(alternation(wordings("copies.file")) + r"|в дело", following, re.IGNORECASE):
        return False
    return not following or following[0].islower() and not re.match(r"(?:the|to|von|van|de)\b", following)


def parse_name(text: str, start: int, end: int) -> Named | None:
    """Return the name, role and bracketed identity in the phrase between two offsets; None where it holds no name."""
    start, end = strip(text, start, end)
    if end <= start or not any(character.isalpha() for character in text[start:end]):
        return None
    if _WITHHELD.fullmatch(text, start, end):
        return None
    role: Span | None = None
    also: Span | None = None
    # "The Ambassador in Korea (Muccio)": an office, then its holder in round brackets
    holder = re.compile(r"\s*\(\s*([^()\d][^()]+?)\s*(?:\)[\s\d¹²³.]*|\d{0,2})$").search(text, start, end)
    if holder and holder.start() > start and has_office(text[start : holder.start()]):
        # "(Dillon 0)": the mark of a note stands inside the brackets
        mark = re.compile(r"\s\d{1,2}\s*$").search(text, *holder.span(1))
        inner = parse_name(text, holder.start(1), mark.start() if mark else holder.end(1))
        role_start = _after_article(text, start, holder.start())
        if inner:
            return Named(inner.name, (role_start, holder.start()))
    # "FILIPPOV [Stalin]", "FENG XI (Stalin)": a cover name, then who bore it
    identity = re.compile(r"\s*[\[(]([^\W\d_a-zа-яà-ÿ][^\])]*)[\])]\s*$").search(text, start, end)
    if identity and identity.start() > start:
        if _personal_office().fullmatch(text[start : identity.start()].strip()):
            # "Chairman [Mao]": the office, and an editor's name for who held it
            return Named(strip(text, *identity.span(1)), (start, identity.start()))
        also, end = identity.span(1), identity.start()
    # "[Deputy Foreign Minister Józef] WINIEWICZ": an editor's supplement before the name
    supplement = re.compile(r"\[([^\]]+)\]\s*(?=\S)").match(text, start, end)
    if supplement and "rade]" not in text[start : supplement.end()]:
        inner_role, inner_name = _cut_office(text, *supplement.span(1))
        role = inner_role
        start = inner_name if inner_name < supplement.end(1) else supplement.end()
    while found := _honorific().match(text[start:end]):
        start += found.end()
    if role is None:
        role, start = _cut_office(text, start, end)
    while found := _honorific().match(text[start:end]):
        start += found.end()
    staff = re.compile(r"(?:,\s+(?P<member>[Mm]ember))?\s+of\s+the\s+").search(text, start, end)
    if (
        staff
        and role is None
        and not has_office(text[start : staff.start()])
        and not _ALL_OF.fullmatch(text[start : staff.start()])
        and (has_office(text[staff.end() : end]) or "Staff" in text[staff.end() : end])
    ):
        role, end = (staff.start("member") if staff["member"] else staff.end(), end), staff.start()
    junior = re.compile(r",\s*(?:Jr|Sr|III|II)\b\.?").search(text, start, end)
    comma = text.find(",", junior.end() if junior else start, end)
    if comma > 0 and role is None and has_office(text[comma:end]) and not has_office(text[start:comma]):
        role, end = strip(text, comma + 1, end), comma
    if comma > 0 and re.match(r",\s*(?:Esq|K\.|G\.|&c|m\.p)", text[comma:end]):
        end = comma
    start, end = strip(text, start, end)
    return Named((start, end), role, None, also) if end > start else None


_ALL_OF = re.compile(r"(?:all\s+)?(?:members?|heads?|chiefs?|staff|officers?|leaders?)", re.IGNORECASE)
"""`Members of the Presidium`: no name and then what he is a member of, but all of them."""
_WITHHELD = re.compile(r"\[?\s*(?:\d+\s+)?(?:places?|names?|titles?|text|lines?)\b[^\]]*\bnot declassified\s*\]?")
"""Editors' note that a name is withheld; it stands where a name stood and is none."""


def _after_article(text: str, start: int, end: int) -> int:
    found = re.compile(r"(?:the|a|an|le|la|der|die|das|il)\s+", re.IGNORECASE).match(text, start, end)
    return found.end() if found else start


_PORTFOLIO = re.compile(
    r"(?P<office>(?:(?:Acting|Deputy|Under|Assistant|Vice)[ -])*(?:Secretary|Minister) (?:of|for) (?:State"
    r"|Defense|the Treasury|War|the Navy|Commerce|"
    r"Agriculture|the Interior|Labor|Foreign Affairs|Foreign Trade|Finance)|Director of Central Intelligence"
    r"|President[- ]elect|Attorney General)\s+(?=[A-Z][\w'-]+(?:\s[A-Z]|\s*$|\s*[\d(,]|\s+(?:at|in)\s+[A-Z]))"
)
"""`Secretary of State Rusk`: an office with its portfolio, then a name."""


def _cut_office(text: str, start: int, end: int) -> tuple[Span | None, int]:
    """Return (role, where the name starts): `Ambassador Kot` is cut, `Embassy in Korea` is a name by itself."""
    begin = _after_article(text, start, end)
    portfolio = _PORTFOLIO.match(text[begin:end])
    if portfolio and not has_office(text[begin + portfolio.end() : end]):
        return (begin, begin + portfolio.end("office")), begin + portfolio.end()
    found = _office_start().match(text[begin:end])
    if not found:
        return None, begin if begin > start and has_office(text[begin:end]) else start
    role_end = begin + found.end()
    rest = text[role_end:end]
    if re.match(
        r"\s+(?:(?i:of|for|in|to|at|on|de|des|du|der|für|aux|à|и|в)\b|[a-zа-я(])", rest
    ) or rest.lstrip().startswith(","):
        return None, begin
    words = rest.split()
    if not words or not words[0][0].isupper() or has_office(words[0]):
        return None, begin
    following = re.compile(r"\s+").match(text, role_end, end)
    return (begin, role_end), following.end() if following else role_end


def as_agent(context: Context, named: Named, confidence: float = LIKELY, **more: object) -> Agent:
    """Return `named` as an agent; names in capitals or letter-spaced are set as names."""
    start, end = named.name
    words = context.text[start:end]
    role = context.word(*named.role, confidence=confidence) if named.role else None
    agent = Agent(value=presentable(words), text=words, spans=[(start, end)], confidence=confidence, role=role)
    if named.also:
        agent.alternatives = [presentable(context.text[slice(*named.also)])]
    for name, value in more.items():
        setattr(agent, name, value)
    return agent


def presentable(words: str) -> str:
    """Return a name as one prints it: single spaces, brackets of editors closed, `S H T Y K O V` → `Shtykov`,
    `KIM IL SUNG` → `Kim Il Sung`; short capitals (JCS, CINCPAC) and mixed case stay."""
    words = _SPACED.sub(lambda found: re.sub(r"\s", "", found[0]), " ".join(words.split()))
    words = re.sub(r"\[([^\]]*)\]", r"\1", words)
    if words.isupper() and len(words) > 4 and not _ACRONYM.search(words):
        return re.sub(r"[^\W\d_]+", _capitalized, words)
    return words


_SMALL = {
    "of", "the", "and", "for", "in", "at", "on", "to", "de", "des", "du", "la", "le", "les", "et", "à", "von", "zu",
    "der", "die", "und", "del", "di", "e", "y", "и", "в", "на", "по", "z", "w",
}  # fmt: skip


def _capitalized(found: re.Match[str]) -> str:
    word = found[0]
    if word.casefold() in _SMALL and found.start() > 0:
        return word.casefold()
    return word.capitalize() if len(word) > 1 else word


_ACRONYM = re.compile(
    r"\b(?:CINC\w*|COM[A-Z]{4,}|JCS|AM(?:EMBASSY|CONSUL)|SEC(?:STATE|DEF)|US(?:MISSION|UN|SR|A)|WASHDC|MFA|DVO|GOU|CIA)\b"
)


def agents_in(
    context: Context, start: int, end: int, confidence: float = LIKELY, flowing: bool = False
) -> Iterator[Agent]:
    """Yield the agents of a list of names between two offsets."""
    for span in split_names(context.text, start, end, flowing):
        named = parse_name(context.text, *span)
        if named:
            yield as_agent(context, named, confidence)


def word_of(agent: Agent) -> Word:
    """Return the bare value of `agent`, for a copy's recipient or an event's agent."""
    return Word(value=agent.value, text=agent.text, spans=agent.spans, confidence=agent.confidence)
