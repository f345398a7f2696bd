"""People, organizations and places named in the body.

Markup that names them is taken as it is. In plain text a name shows itself by what stands with it: an honorific or an
office before a person, capitals in a text that is not all in capitals (as Soviet services set names), a body's own word
in a run of capitalized words, a city of the table of clocks. Nothing else is guessed at: a name missed costs less here
than a common word taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mabillon.clocks import cities
from mabillon.evidence import Mention
from mabillon.reading.context import CERTAIN, FAIR, LIKELY, Context
from mabillon.reading.names import presentable
from mabillon.text import Span
from mabillon.vocabulary import alternation, place_names, wordings

_MARKED = {"person": "person", "place": "place", "organization": "organization"}
_NAME = r"[A-ZÀ-ÞА-Я][\w'’-]+"
_NAMES = rf"(?:[A-ZÀ-ÞА-Я]\.\s?)*{_NAME}(?:[ -](?:[A-ZÀ-ÞА-Я]\.\s?)*{_NAME}){{0,2}}"
_CAPITALS = re.compile(r"(?<![\w.-])[A-ZА-Я][A-ZА-Я'’-]{2,}(?: [A-ZА-Я][A-ZА-Я'’-]+){0,2}(?![\w-])")
_SHORT = frozenset(
    {
        "USSR",
        "DPRK",
        "PRC",
        "ROK",
        "USA",
        "GDR",
        "FRG",
        "CPSU",
        "UNO",
        "KPA",
        "CPV",
        "NKVD",
        "MFA",
        "TASS",
        "СССР",
        "КНДР",
        "КНР",
        "США",
    }
)


@cache
def _titled() -> re.Pattern[str]:
    # "the" and initials alone announce nobody
    words = [
        word
        for word in (*wordings("honorific"), *wordings("office"))
        if len(word) > 1 and word not in ("the", "head", "king", "com")
    ]
    return re.compile(rf"(?<![^\W_])(?i:{alternation(words)})\.?\s+(?P<name>{_NAMES})")


@cache
def _bodies() -> re.Pattern[str]:
    words = alternation([word.title() for word in wordings("body") if len(word) > 4])
    return re.compile(rf"(?<![^\W_])(?:{words})(?:\s+of\s+(?:the\s+)?{_NAME}(?:\s+{_NAME}){{0,2}})?(?![^\W_])")


_BEFORE_BODY = re.compile(rf"(?:{_NAME}\s+){{1,3}}$")


def _body_spans(text: str) -> Iterator[Span]:
    """Yield the bodies named in `text` by more than one word: `Soviet Embassy`, `Ministry of Foreign Affairs`."""
    for match in _bodies().finditer(text):
        before = _BEFORE_BODY.search(text, max(0, match.start() - 60), match.start())
        start = before.start() if before else match.start()
        if " " in text[start : match.end()]:
            yield start, match.end()


@cache
def _cities() -> re.Pattern[str]:
    names = {city.title() for city in cities()} | {
        name for name in place_names() if len(name) > 2 or not name.isascii()
    }
    return re.compile(rf"(?<![\w-]){alternation(sorted(names))}(?![\w-])")


def read_mentions(context: Context) -> list[Mention]:
    """Return each name once, with all the places of the body that it stands in."""
    found: dict[tuple[str, str], Mention] = {}
    for mention in (*_marked(context), *_shown(context)):
        key = (mention.kind, mention.value.casefold())
        known = found.setdefault(key, mention)
        if known is not mention and mention.spans[0] not in known.spans:
            known.spans.append(mention.spans[0])
    for mention in found.values():
        mention.text = " … ".join(context.text[start:end] for start, end in mention.spans)
    return list(found.values())


def _marked(context: Context) -> Iterator[Mention]:
    body = {line.index for line in context.zone("body", "footnote")}
    for region in context.document.text.regions_of(*_MARKED):
        if context.document.text.line_at(region.start).index in body:
            key = region.attributes.get("ref") or region.attributes.get("key")
            yield _mention(context, (region.start, region.end), _MARKED[region.kind], CERTAIN, key)


def _shown(context: Context) -> Iterator[Mention]:
    for line in context.zone("body"):
        text = context.text[line.start : line.end]
        if text.isupper():
            # where all is in capitals, capitals show nothing: only cities are known by their names
            for match in _cities().finditer(text.title()):
                yield _mention(context, _shifted(match.span(), line.start), "place", FAIR)
            continue
        taken: list[Span] = []
        for kind, spans, confidence in (
            ("organization", list(_body_spans(text)), FAIR),
            ("person", [match.span("name") for match in _titled().finditer(text)], LIKELY),
            (
                "person",
                [match.span() for match in _CAPITALS.finditer(text) if match[0] not in _SHORT and len(match[0]) > 3],
                FAIR,
            ),
            ("place", [match.span() for match in _cities().finditer(text)], LIKELY),
        ):
            for start, end in spans:
                if not any(start < last and first < end for first, last in taken):
                    taken.append((start, end))
                    yield _mention(context, _shifted((start, end), line.start), kind, confidence)


def _shifted(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _mention(context: Context, span: Span, kind: str, confidence: float, authority: str | None = None) -> Mention:
    start, end = context.trim(*span)
    words = context.text[start:end]
    return Mention(
        value=presentable(words),
        text=words,
        spans=[(start, end)],
        confidence=confidence,
        kind=kind,
        authority=authority,
    )
