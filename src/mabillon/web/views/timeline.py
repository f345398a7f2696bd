"""A search over time: one bar for each day, month or year."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from mabillon.web.views.counting import Bucket
from mabillon.web.views.drawing import RED, RULE, SOFT, element, joined, label, linked, picture

WIDTH, HEIGHT = 960, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 16, 44
_LABELS = 12


def draw_timeline(
    buckets: Sequence[Bucket], title: str, name: Callable[[str], str], link: Callable[[str], str],
    across: int = WIDTH, high: int = HEIGHT,
) -> Markup:  # fmt: skip
    """Return the picture, `across` by `high` pixels. `name` says a date in words, `link` is the address of what is of
    it."""
    highest = max((bucket.count for bucket in buckets), default=1) or 1
    width = (across - _LEFT - _RIGHT) / max(1, len(buckets))
    tall = high - _TOP - _BOTTOM
    levels = sorted({0, highest // 2, highest})
    pieces = [_level(count, high - _BOTTOM - tall * count / highest, across) for count in levels]
    step = max(1, -(-len(buckets) * WIDTH // (_LABELS * across)))
    for number, bucket in enumerate(buckets):
        x = _LEFT + number * width
        if bucket.count:
            size = tall * bucket.count / highest
            bar = element("rect", x=x + width * 0.1, y=high - _BOTTOM - size, width=width * 0.8, height=size,
                          fill=RED, class_="bar")  # fmt: skip
            pieces.append(linked(link(bucket.date), bar, f"{name(bucket.date)}: {bucket.count}"))
        if number % step == 0:
            pieces.append(label(x + width / 2, high - _BOTTOM + 20, bucket.date, "middle", fill=SOFT, font_size=12))
    return picture(across, high, joined(*pieces), title)


def _level(count: int, y: float, across: int) -> Markup:
    line = element("line", x1=_LEFT, y1=y, x2=across - _RIGHT, y2=y, stroke=RULE)
    return joined(line, label(_LEFT - 8, y + 4, str(count), "end", fill=SOFT, font_size=12))
