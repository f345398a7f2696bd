"""How long messages were under way, as pictures: how many took how long, and how that changed from month to month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log

from markupsafe import Markup

from mabillon.archive.series.ways import BOUNDS, Measured
from mabillon.web.views.drawing import INK, RED, RULE, SOFT, element, joined, label, picture

WIDTH = 960
_BINS, _FOOT, _LEFT, _RIGHT = 150, 40, 60, 12
_MONTHS, _MOST_MONTHS = 170, 240
_LEAST = 10
"""Minutes at the foot of the scale of months; what is quicker stands there."""


def draw_bins(bins: Sequence[int], title: str, name: Callable[[int], str]) -> Markup:
    """Return the distribution of one step. `name` says minutes in words."""
    first = next((n for n, count in enumerate(bins) if count), 0)
    last = len(bins) - next((n for n, count in enumerate(reversed(bins)) if count), 0)
    first, last = max(0, first - 1), min(len(bins), last + 1)
    wide = (WIDTH - _LEFT - _RIGHT) / (last - first)
    highest = max(bins) or 1
    pieces = [element("line", x1=_LEFT, y1=_BINS, x2=WIDTH - _RIGHT, y2=_BINS, stroke=RULE)]
    for n in range(first, last):
        x, tall = _LEFT + (n - first) * wide, (_BINS - 24) * bins[n] / highest
        if bins[n]:
            bar = element("rect", x=x + 1, y=_BINS - tall, width=wide - 2, height=tall, fill=RED, class_="bar")
            pieces += [bar, label(x + wide / 2, _BINS - tall - 5, str(bins[n]), "middle", font_size=12)]
        if n < len(BOUNDS) and n + 1 < last:
            said = name(BOUNDS[n])
            pieces.append(label(x + wide, _BINS + 18, said, "middle", fill=SOFT, font_size=11))
    return picture(WIDTH, _BINS + _FOOT - 10, joined(*pieces), title)


def draw_months(
    months: Sequence[Measured], title: str, name: Callable[[int], str], say: Callable[[str], str]
) -> Markup:
    """Return the quartiles of each month on a scale of powers. `name` says minutes in words, `say` a month."""
    shown = [one for one in months if one.by][-_MOST_MONTHS:]
    marks = [mark for mark in (10, 60, 240, 1440, 7 * 1440, 30 * 1440) if mark <= _highest(shown) * 3]
    top = log(max(_highest(shown), 2 * _LEAST) * 1.3 / _LEAST)

    def height(minutes: float) -> float:
        return 12 + (_MONTHS - 12) * (1 - min(1.0, log(max(minutes, _LEAST) / _LEAST) / top))

    pieces = []
    for mark in marks:
        y = height(mark)
        pieces += [element("line", x1=_LEFT, y1=y, x2=WIDTH - _RIGHT, y2=y, stroke=RULE),
                   label(_LEFT - 8, y + 4, name(mark), "end", fill=SOFT, font_size=11)]  # fmt: skip
    wide = (WIDTH - _LEFT - _RIGHT) / max(1, len(shown))
    step = max(1, -(-len(shown) // 12))
    for n, one in enumerate(shown):
        x = _LEFT + (n + 0.5) * wide
        low, middle, high = height(one.lower), height(one.median), height(one.upper)
        span = element("line", x1=x, y1=low, x2=x, y2=high, stroke=INK, stroke_width=1.5, class_="half")
        dot = element("circle", cx=x, cy=middle, r=2.6, fill=RED, class_="bar")
        words = f"{say(one.by)}: {name(one.median)} ({one.messages})"
        pieces.append(element("g", joined(element("title", words), span, dot)))
        if n % step == 0:
            pieces.append(label(x, _MONTHS + 20, one.by, "middle", fill=SOFT, font_size=11))
    return picture(WIDTH, _MONTHS + _FOOT - 10, joined(*pieces), title)


def _highest(months: Sequence[Measured]) -> int:
    return max((one.upper for one in months), default=_LEAST)
