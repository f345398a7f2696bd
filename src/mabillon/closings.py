"""The complimentary close of a letter: whose servant the writer says he is, between the text and his name."""

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
