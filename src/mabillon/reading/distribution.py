"""How many copies there were, and who got which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mabillon.evidence import Count, Word
from mabillon.parts import PartLine
from mabillon.reading.context import CERTAIN, FAIR, LIKELY, Context
from mabillon.reading.names import agents_in, parse_name, presentable, split_names, word_of
from mabillon.record import Copies, Copy
from mabillon.text import Span
from mabillon.vocabulary import alternation, wordings

NUMERALS = {
    word: value
    for value, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        start=1,
    )
}

_COUNT = rf"(?P<count>\d{{1,4}}|{'|'.join(NUMERALS)})"


@cache
def _stated_pattern() -> re.Pattern[str]:
    units = alternation([word for word in wordings("copies.printed") if " " not in word or word.split()[0] == "copies"])
    return re.compile(
        rf"(?<![^\W_]){_COUNT}\s+(?:{units})(?![^\W_])|\b(?:printed|made"
        rf"|typed) in {_COUNT.replace('count', 'count2')} copies|"
        rf"отпечатано\s+(?P<count3>\d+)|:\s*(?P<count4>\d+)\s+copies|/(?P<count5>\d{{1,4}})\s+[WR]\b",
        re.IGNORECASE,
    )


_SERVICE = re.compile(
    r"\b(?:ACTION DEPARTMENT|SENT DEPARTMENT|SENT TO|[Rr]epeat(?:ed)?|REPEATED|[Rr]ptd?|[Ss]ent (?:to )?"
    r"(?:Department|Dept)|[Cc]opy to|[Dd]epartment (?:please )?pass|[Cc]ommunicated|[Cc]ommuniqué à"
    r"|[Aa]ddressed to|please pass)\b"
)


@cache
def _numbered() -> re.Pattern[str]:
    copy = alternation([*wordings("copies.copy"), "copy", "copies", "экз", "екз", "ex"])
    return re.compile(
        rf"^\s*(?:{copy}\.?\s*)?(?:№|N[ºo°]\.?|No\.?|nr\.?|č\.?|#)?\s*"
        r"(?P<numbers>\d{1,3}\s*[-–—]\s*\d{1,3}(?=\s*(?:[:)]|[-–—]\s|to\b|for\b))|\d{1,3}[-–]\d{1,3}(?=\s+(?:[A-ZА-Я]|\d+(?:st|nd|rd|th)\b))|\d{1,3}(?:\s*(?:[,и&]|and)\s*\d{1,3})*)"
        r"(?:(?:st|nd|rd|th|\.)?\s*(?:copy|cop\.|exemplar|ausfertigung|egz\.?|экз\.?|példány|výtisk)\b\.?)?\s*"
        rf"(?:[-–—.:)]|\bto\b|\bfor\b|(?<=\d)(?=\s+(?:[A-ZА-Яa-zа-я]|\d+(?:st|nd|rd|th)\b)))\s*(?:to\s+)?(?P<who>\S.*)$",
        re.IGNORECASE,
    )


_TIMES = re.compile(r"^\s*(?P<count>\d{1,3})\s*[x×]\s*(?P<who>\S.*)$", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?P<who>[^\W\d_][^,;:\n]*?)\s*(?:[-–—]\s*(?P<dash>\d{1,2})|\((?P<round>\d{1,2})\))(?=\s*(?:[,;.]|$))"
)
_BUREAU = re.compile(r"(?<![\w-])(?P<who>[A-Z]{1,5})-(?P<count>\d\d)(?![\w-])")
_WORDED = re.compile(
    rf"\b(?P<count>{'|'.join(NUMERALS)})\s+(?:copy\s+|copies\s+)?(?:to|for)\s+(?:the\s+)?(?P<who>[^,.;]+)",
    re.IGNORECASE,
)


_OFFICE_LABELS = ("conf", "action", "info", "origin", "1nfo", "lnfo", "inf0", "action copy", "info copy")
"""What leads the offices of a list of distribution, as it is and as a scan misreads it."""


@cache
def _label() -> re.Pattern[str]:
    return re.compile(
        rf"^\W*(?:{alternation([*wordings('labels.copy'), *_OFFICE_LABELS])})\W*?(?:[:.\]–-]+"
        rf"|\s{{1,}}(?=\S)|$)\s*(?:to:?\s+)?",
        re.IGNORECASE,
    )


@cache
def _face() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?:{alternation(wordings('copies.copy'))})\s*[.:№NºoO#°]*\s*(?P<number>\d{{1,4}})(?!\d)",
        re.IGNORECASE,
    )


def read_copies(context: Context) -> Copies | None:
    """Return the copies stated and listed; None where the document says nothing of copies."""
    lines = context.zone("distribution")
    stated = _stated(context, lines) or _stated(context, context.zone("masthead", "apparatus", "signature"))
    entries = [
        entry
        for run in context.runs("distribution")
        for line in _own_lines(context, run)
        for entry in _entries(context, line)
    ]
    entries = _counts_not_numbers(entries) + list(_side_column(context))
    entries += list(_repeats(context))
    if not entries:
        entries = list(_face_number(context))
    return Copies(stated=stated, entries=entries) if stated or entries else None


_POSTS_LINE = re.compile(r"^[A-Z][A-Z .]*\d{2,4}(?:, [A-Z][A-Z .]*\d{2,4})*,?\s*$|^\s*[A-Z]+ UNNUMBERED\s*$")


def _own_lines(context: Context, run: list[PartLine]) -> Iterator[PartLine]:
    """Yield the lines of a list, not those that go on with a sentence of the service ("repeated to … / Nos. 512")."""
    flowing = flowing_posts = False
    for line in run:
        words = context.text[line.start : line.end]
        if _SERVICE.search(words):
            flowing = not words.rstrip().endswith((".", "]", ")"))
            flowing_posts = flowing_posts or words.isupper()
            continue
        if not flowing and not (flowing_posts and _POSTS_LINE.match(words.strip())):
            yield line
        flowing = flowing and not words.rstrip().endswith((".", "]", ")"))


def _counts_not_numbers(entries: list[Copy]) -> list[Copy]:
    """`3 - COS, Ankara / 1 - COB, Istanbul`: figures that do not count up from 1 say how many copies, not which."""
    numbers = [entry.number.value for entry in entries if entry.number]
    if not numbers or sorted(numbers) == numbers and (numbers[0] == 1 or len(numbers) == 1):
        return entries
    if len(set(numbers)) == len(numbers) and 1 in numbers and max(numbers) == len(numbers):
        return entries
    return [Copy(count=entry.number or entry.count, recipient=entry.recipient) for entry in entries]


_SYMBOL_CELL = re.compile(r"^\s*[A-Z]{1,5}(?:/[A-Z]{1,4})?\s*$")


def _side_column(context: Context) -> Iterator[Copy]:
    """The column of offices down the side of an incoming telegram, under `Action` and `Info`."""
    side = [line for line in context.lines if line.zone == "furniture"]
    for position, line in enumerate(side):
        if context.text[line.start : line.end].strip().casefold() not in ("action", "info"):
            continue
        for other in side[position + 1 :]:
            words = context.text[other.start : other.end]
            if words.strip().casefold() in ("action", "info"):
                break
            if not _SYMBOL_CELL.match(words):
                break
            yield Copy(
                count=Count(value=1, text="", spans=[], confidence=FAIR, reason="content"),
                recipient=context.word(other.start, other.end, confidence=LIKELY),
            )


def _stated(context: Context, lines: list[PartLine]) -> Count | None:
    for line in lines:
        found = _stated_pattern().search(context.text, line.start, line.end)
        if found:
            name = next(name for name, value in found.groupdict().items() if value)
            words = found[name].casefold()
            return context.count(*found.span(name), int(words) if words.isdigit() else NUMERALS[words], CERTAIN)
    return None


def _face_number(context: Context) -> Iterator[Copy]:
    """`Copy No. 3` on the face of a paper: the number of the copy that is read."""
    for line in context.zone("masthead", "addressing", "apparatus", "dateline", "mark", "title", "distribution"):
        found = _face().search(context.text, line.start, line.end)
        if found and not re.match(r"\s*(?:to|for|[-–—])\b", context.text[found.end() : line.end]):
            yield Copy(number=context.count(*found.span("number"), int(found["number"]), LIKELY))
            return


_CLERKS = re.compile(
    r"^\W*(?:(?:issued|typed|printed|prepared|executed|certified|verified|checked|encrypted|deciphered|decoded"
    r"|dispatched|drafted|authenticated|translated)\s+(?:by\b|on\b|at\b|\d)"
    r"|(?:true(?: copy)?|correct|certified)\s*(?:[:.]|$)|(?:отп|исп|верно|печатал\w*|отпечатал\w*|снята)\b)",
    re.IGNORECASE,
)
"""Lines below a list that say who printed, attested and handed out the copies: no readers."""


def _entries(context: Context, line: PartLine) -> Iterator[Copy]:
    text = context.text[line.start : line.end]
    if _SERVICE.search(text) or _CLERKS.match(text) or re.match(r"\s*\[?\d{1,2}\]\s", text):
        return
    note = re.search(r"(?:…|\.{3})\s*\]?\s*(?P<mark>\d{1,2})\s*$", text)
    if note and (named := context.notes.get(note["mark"])):
        lead = re.match(r"\s*\[?\d{1,2}\]?\.?\s*", context.text[named.start : named.end])
        for agent in agents_in(context, named.start + (lead.end() if lead else 0), named.end):
            yield Copy(recipient=word_of(agent))
        return
    bureaus = list(_BUREAU.finditer(text))
    if bureaus:
        for found in bureaus:
            yield Copy(count=_count(context, line, found, "count"), recipient=_who(context, line, found))
        return
    if worded := list(_WORDED.finditer(text)):
        for found in worded:
            yield Copy(count=_count(context, line, found, "count"), recipient=_who(context, line, found))
        return
    if times := _TIMES.match(text):
        yield Copy(count=_count(context, line, times, "count"), recipient=_who(context, line, times))
        return
    if (listed := _numbered().match(text)) and not _stated_pattern().match(text.strip()):
        for number, (start, end) in _numbers(listed["numbers"]):
            offset = line.start + listed.start("numbers")
            yield Copy(
                number=context.count(offset + start, offset + end, number, CERTAIN),
                recipient=_who(context, line, listed),
            )
        return
    region = next(
        (
            r
            for r in context.document.text.regions_of("item")
            if r.start <= line.start < r.end and r.attributes.get("n", "").isdigit()
        ),
        None,
    )
    if region is not None and (holder := parse_name(context.text, line.start, line.end)) is not None:
        # a list whose markup numbers its items
        yield Copy(
            number=Count(value=int(region.attributes["n"]), text="", spans=[], confidence=LIKELY, reason="outside"),
            recipient=context.word(*holder.name, presentable(context.text[slice(*holder.name)]), LIKELY),
        )
        return
    yield from _named(context, line, text)


_MOST_COPIES = 50


def _numbers(words: str) -> Iterator[tuple[int, Span]]:
    """Yield the numbers of copies that went to one reader (`2, 5`; `1-2`) and where they stand in `words`."""
    found = [(int(number[0]), number.span()) for number in re.finditer(r"\d+", words)]
    if re.search(r"\d\s*[-–—]\s*\d", words) and len(found) == 2 and 0 < found[1][0] - found[0][0] < _MOST_COPIES:
        yield from ((number, (0, len(words))) for number in range(found[0][0], found[1][0] + 1))
    else:
        yield from found


def _named(context: Context, line: PartLine, text: str) -> Iterator[Copy]:
    """A list of names behind a label, or alone on a line of the distribution list."""
    label = _label().match(text)
    begin = label.end() if label else 0
    colon = re.match(r"[^:]{0,60}\d+\s+cop\w+\s*:", text)
    if colon:
        begin = colon.end()
    elif _stated_pattern().search(text) and not label:
        return
    counted = list(_COUNTED.finditer(text, begin))
    taken: set[int] = set()
    for found in counted:
        taken.update(range(found.start(), found.end()))
    position = line.start + begin
    column = re.compile(r"\S(?=\s{6,}\S)").search(context.text, position, line.end)
    for start, end in split_names(context.text, position, column.end() if column else line.end):
        match = next((found for found in counted if start <= line.start + found.start("who") < end), None)
        if match:
            name = "dash" if match["dash"] else "round"
            yield Copy(count=_count(context, line, match, name), recipient=_who(context, line, match))
        elif (named := parse_name(context.text, start, end)) is not None:
            yield _with_trailing_count(context, *named.name)


def _with_trailing_count(context: Context, start: int, end: int) -> Copy:
    """`WH 8`, `S/C 2`: an office symbol with the number of its copies; else one copy, which no words state."""
    trailing = re.compile(r"^(?P<who>[A-Z][A-Z/ -]*?)\s+(?P<count>\d{1,2})$").match(context.text[start:end])
    if trailing:
        return Copy(
            count=context.count(start + trailing.start("count"), end, int(trailing["count"]), CERTAIN),
            recipient=context.word(start, start + trailing.end("who"), confidence=LIKELY),
        )
    return Copy(
        count=Count(value=1, text="", spans=[], confidence=FAIR, reason="content"),
        recipient=context.word(start, end, presentable(context.text[start:end]), LIKELY),
    )


def _count(context: Context, line: PartLine, found: re.Match[str], name: str) -> Count:
    words = found[name].casefold()
    return context.count(
        line.start + found.start(name),
        line.start + found.end(name),
        int(words) if words.isdigit() else NUMERALS[words],
        CERTAIN,
    )


def _who(context: Context, line: PartLine, found: re.Match[str]) -> Word | None:
    start, end = line.start + found.start("who"), line.start + found.end("who")
    named = parse_name(context.text, start, end)
    if named is None:
        return None
    if with_att := re.search(r"\s+w(?:/o|/)?\s*att\.?\S*$|\s+\(?w/\w+\)?$", context.text[slice(*named.name)]):
        return context.word(named.name[0], named.name[0] + with_att.start(), confidence=LIKELY)
    if re.match(r"^\s*(?:to\s+)?(?:the\s+)?file", context.text[start:end], re.IGNORECASE):
        return context.word(*named.name, "file", LIKELY)
    return context.word(*named.name, presentable(context.text[slice(*named.name)]), LIKELY)


_REPEATED = re.compile(
    r"\b(?:[Rr]epeated|REPEATED|[Rr]ptd?|[Cc]ommunicated|[Cc]ommuniqué|[Cc]opied|(?:A )?[Cc]op(?:y|ies) (?:was "
    r"|were )?(?:sent )?to|[Cc]op(?:y|ies) of this \w+(?= to )|^\s*[Rr]epeat(?= [A-Z])|[Pp]ass(?:ed)?)\b"
    r":?(?:\s+(?:were sent|was sent|priority|immediate|niact|information|info|for information|by mail|saving"
    r"|on the \d+\w\w|by [A-Z]\w+))*\s*,?\s+(?:to\s+|à\s+)?"
    r"(?P<list>(?:the\s+)?(?=[A-Z])(?:\b(?:[A-Z]|St|Ste|Ft|Mt|No|Nos)\.|\([^)]*\)|[^.;()])+)"
)


def _repeats(context: Context) -> Iterator[Copy]:
    """Posts to which a message was repeated got it as a copy."""
    stretches = [(run[0].start, run[-1].end) for run in context.runs("distribution")]
    stretches += [
        (max(line.start, line.end - 400), line.end)
        for line in context.zone("body", "source-note", "footnote", "addressing", "closing", "apparatus", "reference")
    ]
    said: set[str] = set()
    for offset, end in stretches:
        text = context.text[offset:end]
        for found in _REPEATED.finditer(text):
            if re.search(r"(?:please|pls|request|not)\s*$", text[: found.start()], re.IGNORECASE):
                continue
            for entry in _posts(context, offset + found.start("list"), offset + found.end("list")):
                if entry.recipient and entry.recipient.value.casefold() not in said:
                    said.add(entry.recipient.value.casefold())
                    yield entry


_SEATED = re.compile(
    r"(?:(?:(?:His|Her)\s+)?(?:Britannic\s+)?(?:Majesty['’]s|H\.? ?M\.?)\s+"
    r"|(?:the\s+)?(?:British|American|United States)\s+)?"
    r"(?:Ambassador|Minister|Chargé d['’]Affaires|Consul(?:-General)?|Representative|High Commissioner|Embassy"
    r"|Legation)s? (?:at|in)\s+(?P<place>[A-Z][\w-]+(?: [A-Z][\w-]+)?)"
)
"""`His Majesty's Ambassador at Ankara`: the post that a copy went to."""


def _posts(context: Context, start: int, end: int) -> Iterator[Copy]:
    for agent in agents_in(context, start, end, flowing=True):
        if re.fullmatch(r"(?:[Dd]epartment|[Dd]ept|DEPT|DEPARTMENT)(?:\s\d+)?", agent.text):
            continue
        words = re.sub(
            r"(?:\s+(?:as|unnumbered|No\.?|for|by|at|le|on|am|il|sous|unter|con)\b.*|\s+\d+.*)$",
            "",
            context.text[agent.spans[0][0] : agent.spans[0][1]],
        )
        words = re.sub(r"^(?:and\s+)?(?:by bag,?\s+|,\s*)?(?:[Ss]aving\s+to|[Ii]nfo(?:rmation)?|to)\s+", "", words)
        if seated := _SEATED.match(context.text[agent.spans[0][0] : end]):
            first = agent.spans[0][0] + seated.start("place")
            yield Copy(recipient=context.word(first, first + len(seated["place"]), confidence=LIKELY))
            continue
        if not words or not words[0].isupper():
            continue
        begin = context.text.index(words, agent.spans[0][0])
        yield Copy(
            recipient=word_of(agent)
            if words == agent.text
            else context.word(begin, begin + len(words), confidence=LIKELY)
        )
