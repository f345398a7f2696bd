"""Words of courtesy that stand on lines of their own about a letter: honorifics above an address, compliments below the
text."""

from __future__ import annotations

import re
from functools import cache

from mabillon.vocabulary import alternation, wordings


@cache
def compliment() -> re.Pattern[str]:
    """Return the pattern of a compliment at the start of a line: `your most obedient humble servant,` as far as its
    last word of devotion; `di vostra Serenità` where it is a line of its own."""
    devoted, whose = alternation(wordings("compliment")), alternation(wordings("compliment_lead"))
    return re.compile(
        rf"^.*(?<![^\W_]){devoted}(?![^\W_])[,.;:]*(?=\s|$)|^\W*{whose}(?![^\W_])[^\d,]{{0,60}}$", re.IGNORECASE
    )


def is_compliment(line: str) -> bool:
    """Whether a line is a compliment and nothing else."""
    found = compliment().match(line.strip()) if len(line) < 120 else None
    return found is not None and len(line.strip()) - found.end() < 3


_STYLE = re.compile(
    r"(?:To |Al |À |A |An )?(?:(?:His|Her|Your) Excellency|(?:Excelent|Excm)\w+\.? (?:Señor|Sr\.?)"
    r"|Son Excellence|Son [ÉE]minence|Monsieur|Seiner? Exzellenz|Seiner? Eminenz|Herrn?|Sua Eccellenza"
    r"|(?:His|Your) Eminence|Sua Eminenza(?: Reverendissima)?|(?:Su|Sua) Excel[eê]nci?a"
    r"|The (?:Right|Rt\.?) Hon(?:ou?rable)?\.?|Señor)"
    r"|An (?:das|den|die|Herrn?|Frau)",
    re.IGNORECASE,
)
"""The honorific of an address on a line of its own."""


def is_honorific(words: str) -> bool:
    """Whether a line of an address is an honorific and nothing else: `To His Excellency`."""
    return bool(_STYLE.fullmatch(words.strip(" ,")))
