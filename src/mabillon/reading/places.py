"""The place of a dateline: `Saigon, November 3, 1965`, `LEGATION OF THE UNITED STATES, London, October 9, 1863`."""

from __future__ import annotations

import re
from functools import cache

from mabillon.evidence import Word
from mabillon.parts import PartLine
from mabillon.reading.context import CERTAIN, LIKELY, Context
from mabillon.reading.names import has_office, presentable, strip
from mabillon.vocabulary import alternation, wordings

_LABEL = re.compile(
    r"^\s*(?:(?:date|datum|datum|дата|no|nr|place)\s*[.:]\s*\d*[,\s]*|\([^)]*\)\s*|.*\s{3,}(?=\S)|(?:[A-Za-z]+\.?\s+)?(?:№|Nos?\.?|Nr\.?|nos?)?\s*\d+(?:[.,]\s+|\s+(?=[A-Z]{4})))",
    re.IGNORECASE,
)


def dateline_place(context: Context, line: PartLine) -> Word | None:
    """Return the place that a dateline names, as the markup says or as what stands before the date."""
    for region in context.document.text.regions_of("place"):
        if line.start <= region.start and region.end <= line.end:
            words = bare_place(context.text[region.start : region.end].split("\n")[-1])
            start = context.text.rfind(words, region.start, region.end)
            if words and not has_office(words) and start >= 0:
                return context.word(start, start + len(words), presentable(words), CERTAIN)
    dates = context.dates_in(line.start, line.end) or context.fresh_dates(line.start, line.end)
    end = dates[0].start if dates else line.end
    label = _LABEL.match(context.text[line.start : end])
    start, end = strip(context.text, line.start + (label.end() if label else 0), end)
    for piece in re.finditer(r"[^,;\n]+", context.text[start:end]):
        if has_office(piece[0]) or _is_mark(piece[0]):
            continue
        first, last = strip(context.text, start + piece.start(), end)
        if has_office(context.text[first:last]) or len(context.text[first:last].split()) > 4:
            last = strip(context.text, first, start + piece.end())[1]
        words = _without_site(bare_place(context.text[first:last]))
        if (
            words
            and words[0].isupper()
            and not has_office(words)
            and len(words.split()) <= 4
            and not re.search(r"\d", words)
        ):
            return context.word(first, first + len(words), presentable(words), LIKELY)
    return None


@cache
def _marks() -> re.Pattern[str]:
    words = [word for kind in ("classification", "handling", "precedence", "duplicate") for word in wordings(kind)]
    return re.compile(rf"\W*(?:{alternation(words)}\W*)+$", re.IGNORECASE)


def _is_mark(words: str) -> bool:
    """Whether the words are a mark of secrecy, urgency or duplicates that stands where a place could: `NIACT`,
    `SECRET`, `Prima` (of a despatch that was sent by two ways)."""
    return bool(_marks().fullmatch(words))


_SITE = re.compile(r"\s+(?:nel|nella|in|im|near|nigh|près|bei|cerca|presso|auprès|dans|en)\s.*")


def _without_site(words: str) -> str:
    """Return a place of many words without where it lies: `Helder nel porto di Tessel`."""
    return _SITE.sub("", words) if len(words.split()) > 3 else words


def bare_place(words: str) -> str:
    """Return a place without the article of its date (`Rom, den 31. Juli`) and without punctuation."""
    return re.sub(
        r"(?:,\s*|\s+|^)(?:den|le|the|il|el|li|alli|all[’']?|alla|a[’']|a|à|am|on|undated|no date|ohne datum"
        r"|without date)$",
        "",
        words.strip(" ,.[]()"),
    ).strip(" ,")
