"""Who was in the room, by the list that heads a record of conversation or minutes: `Participants`, `Present:`.

Only what is plainly a name is taken: a title or an honorific stands before it, or it has several words in capitals, and
it is no place. Whoever is listed by his office alone (`The Secretary`) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mabillon.authority.offices import state_codes
from mabillon.evidence import Word
from mabillon.record import Record
from mabillon.text import Span
from mabillon.vocabulary import alternation, place_names, wordings

MEETINGS = frozenset({"memorandum-of-conversation", "minutes"})
READ = 0.85
"""Confidence that such a name is somebody who was present."""

_MOST_LINES, _LONGEST_LINE = 60, 110
_PART = r"(?:[^\W\d_]\.|(?:[dD]e|von|van|al-|bin|di|la|le)\b|[^\W\d_a-zà-þа-я][\w'’-]+)"
_NAME = re.compile(rf"{_PART}(?:[ \t]*{_PART})*(?:,? Jr\.)?")
_BULLET = re.compile(r"[\s*•·–—\-]*(?:\(?\d{1,2}[.)]\s+)?")
_COLUMNS = re.compile(r" {3,}|\t+")
_OTHER_LABEL = re.compile(r"^\W*[^\W\d_][^:\n]{2,30}:")


@cache
def _label() -> re.Pattern[str]:
    words = alternation(list(wordings("labels.participants")))
    return re.compile(rf"^[\W_]*(?:also\s+)?(?:{words})[*_ \t]*(?P<colon>:?)[*_ \t]*(?P<rest>.*)$", re.IGNORECASE)


@cache
def _titles() -> re.Pattern[str]:
    words = alternation([word for word in (*wordings("honorific"), *wordings("office")) if len(word) > 1])
    return re.compile(rf"(?:(?:the\s+)?(?:{words})\.?\s+)+", re.IGNORECASE)


@cache
def _offices() -> frozenset[str]:
    said = (*wordings("office"), *wordings("body"), "staff", "department")
    return frozenset(word for wording in said for word in wording.split() if len(word) > 3)


def _is_office(name: str) -> bool:
    """Tell whether the words name an office or a body and nobody."""
    words = name.split()
    return words[-1].casefold() in _offices() or (words[0].isupper() and "." not in words[0] and len(words[0]) < 5)


def present(record: Record) -> list[Word]:
    """Return those who were in the room, each with his words; none for what is no record of a meeting."""
    text = record.source.text if record.source else None
    if not text or record.type is None or str(record.type.value) not in MEETINGS:
        return []
    found: dict[str, Word] = {}
    for start, end in _spans(text):
        name = text[start:end]
        found.setdefault(name.casefold(), Word(value=name, text=name, spans=[(start, end)], confidence=READ))
    return list(found.values())


def _spans(text: str) -> Iterator[Span]:
    lines = _lines(text)
    for number, (at, line) in enumerate(lines):
        label = _label().match(line)
        if label is None or (not label["colon"] and label["rest"].strip()):
            continue
        if label["rest"].strip():
            yield from _listed(text, at + label.start("rest"), label["rest"])
        yield from _below(text, lines[number + 1 : number + 1 + _MOST_LINES])
        return


def _lines(text: str) -> list[tuple[int, str]]:
    at, found = 0, []
    for line in text.split("\n"):
        found.append((at, line))
        at += len(line) + 1
    return found


def _below(text: str, lines: list[tuple[int, str]]) -> Iterator[Span]:
    """Yield the names in the lines below the label, up to the first after a gap that has none, or another label."""
    gap, begun = False, False
    for at, line in lines:
        if not line.strip():
            gap = True
            continue
        names = [] if len(line) > _LONGEST_LINE or _OTHER_LABEL.match(line) else list(_in_line(text, at, line))
        short = len(line.split()) <= (2 if line.rstrip().endswith(".") else 4)  # a heading within the list: `U.S.`
        heading = (
            short and _OTHER_LABEL.match(line) is None and not (begun and line.isupper() and len(line.split()) > 2)
        )
        if not names and not heading and (gap or begun):
            return
        begun = begun or bool(names)
        gap = False
        yield from names


def _in_line(text: str, at: int, line: str) -> Iterator[Span]:
    """Yield the name that begins each column of a line; a house may stand before it: `State - Mr. Nutter`."""
    start = 0
    for column in [*_COLUMNS.finditer(line), None]:
        end = column.start() if column else len(line)
        before, dash, after = line[start:end].partition(" - ")
        own = after if dash and _person(before) is None else before
        offset = at + start + (len(before) + 3 if dash and own is after else 0)
        if (span := _person(own)) is not None:
            yield offset + span[0], offset + span[1]
        start = column.end() if column else end


_BETWEEN = re.compile(r"[,;]|\s(?:and|und|et|и|i|y|e|a)\s")


def _listed(text: str, at: int, rest: str) -> Iterator[Span]:
    """Yield the names of a list on one line: `Present: Stalin, Molotov and Mikoyan`."""
    start = 0
    for found in [*_BETWEEN.finditer(rest), None]:
        piece = rest[start : found.start() if found else len(rest)]
        if len(piece.split()) <= 6 and (span := _person(piece, alone=True)) is not None:
            yield at + start + span[0], at + start + span[1]
        start = found.end() if found else len(rest)


def _person(words: str, alone: bool = False) -> Span | None:
    """Return where in `words` the name of a person begins and ends; `alone`: one word will do."""
    start = _BULLET.match(words).end()  # type: ignore[union-attr]
    title = _titles().match(words, start)
    name = _NAME.match(words, title.end() if title else start)
    if name is None:
        return None
    said = name[0].strip()
    parts = [part for part in said.split() if len(part.strip(".")) > 1]
    if not parts or (len(said.split()) < 2 and not title and not alone):
        return None
    if said in place_names() or state_codes(said) or _is_office(said) or (said.isupper() and not alone):
        return None
    return name.start(), name.start() + len(said)
