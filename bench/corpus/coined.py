"""Names that nobody bore, as many as are asked for: the long tail of a vocabulary."""

from __future__ import annotations

from functools import lru_cache
from random import Random

_STARTS = ("Ba", "Che", "Dor", "El", "Fa", "Gra", "Ha", "Ivo", "Ju", "Kor", "Li", "Mor", "Na", "Or", "Pe", "Ra", "Sha",
           "Tu", "Ul", "Ve", "Wa", "Ya", "Zho", "Bre", "Cla")  # fmt: skip
_MIDDLES = ("", "ra", "lin", "sto", "ne", "gor", "mi", "va", "chen", "du", "ka", "ro", "ber", "zi", "pol")
_ENDS = (
    "nov",
    "sky",
    "man",
    "ton",
    "berg",
    "chuk",
    "yan",
    "ville",
    "grad",
    "hae",
    "dong",
    "ers",
    "ini",
    "escu",
    "wick",
)


@lru_cache(maxsize=100_000)
def coin(rank: int) -> str:
    """Return the name of this rank, always the same, and of others another (5,625 without a numeral in letters)."""
    start, rest = rank % len(_STARTS), rank // len(_STARTS)
    middle, rest = rest % len(_MIDDLES), rest // len(_MIDDLES)
    end, rest = rest % len(_ENDS), rest // len(_ENDS)
    again = _MIDDLES[1 + rest % (len(_MIDDLES) - 1)] if rest else ""
    more = coin((rest - 1) // (len(_MIDDLES) - 1)).lower() if rest >= len(_MIDDLES) else ""
    return _STARTS[start] + _MIDDLES[middle] + again + more + _ENDS[end]


def draw_rank(random: Random, most: int = 1_000_000) -> int:
    """Draw a rank by Zipf's law (exponent 1): the inverse of its distribution, which is the logarithm."""
    return int(most ** random.random()) - 1
