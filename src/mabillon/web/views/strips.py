"""A strip chart: one strip for each year or counter, one column for each week, what is held and what is lacking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from mabillon.archive.series.sheets import Week
from mabillon.web.views.drawing import INK, RED, RULE, SOFT, element, joined, label, linked, picture

WIDTH, _LEFT, _RIGHT, _TOP = 960, 150, 12, 26
_ROW, _TALL = 34, 26
_COLUMNS = 53
_LABEL = 21
"""Characters of a label that fit left of a strip."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One strip: the weeks of a year; `link` is the address of what it shows."""

    label: str
    year: int
    weeks: Sequence[Week]
    link: str = ""


def draw_strips(
    strips: Sequence[Strip], months: Sequence[str], title: str, name: Callable[[Week], str], link: Callable[[Week], str]
) -> Markup:
    """Return the picture. `months` are the names of the twelve, `name` says a week in words, `link` leads to it."""
    heights = sorted(week.held + week.missing for strip in strips for week in strip.weeks) or [1.0]
    highest = heights[int(0.98 * (len(heights) - 1))] or 1
    wide = (WIDTH - _LEFT - _RIGHT) / _COLUMNS
    pieces = [
        label(_LEFT + (dt.date(2001, n, 1).timetuple().tm_yday - 1) / 7 * wide, 14, month[:3], fill=SOFT, font_size=12)
        for n, month in enumerate(months, 1)
    ]
    for row, strip in enumerate(strips):
        base = _TOP + (row + 1) * _ROW
        pieces.append(element("line", x1=_LEFT, y1=base, x2=WIDTH - _RIGHT, y2=base, stroke=RULE))
        shown = strip.label if len(strip.label) <= _LABEL else strip.label[: _LABEL - 1] + "…"
        words = label(0, base - 5, shown)
        pieces.append(linked(strip.link, words, strip.label) if strip.link else words)
        pieces += [_week(week, strip.year, base, wide, highest, name, link) for week in strip.weeks]
    return picture(WIDTH, _TOP + len(strips) * _ROW + 6, joined(*pieces), title)


def _week(
    week: Week, year: int, base: float, wide: float, highest: float,
    name: Callable[[Week], str], link: Callable[[Week], str],
) -> Markup:  # fmt: skip
    """Return the bar of a week: what is held stands on the line, what is lacking hangs above it, hollow."""
    start = dt.date(year, 1, 1)
    column = (week.monday - (start - dt.timedelta(days=start.weekday()))).days // 7
    x = _LEFT + max(0, min(_COLUMNS - 1, column)) * wide
    whole = max(highest, week.held + week.missing)  # the few busiest weeks fill their strip, no more
    held, missing = _TALL * week.held / whole, _TALL * week.missing / whole
    bars = []
    if week.held:
        bars.append(element("rect", x=x + 1, y=base - held, width=wide - 2, height=held, fill=INK, class_="kept"))
    if week.missing:
        bars.append(
            element("rect", x=x + 1.5, y=base - held - missing, width=wide - 3, height=max(missing, 0.8),
                    fill="none", stroke=RED, class_="lacking")
        )  # fmt: skip
    return linked(link(week), joined(*bars), name(week))


def merged(weeks: Sequence[Week]) -> list[Week]:
    """Return the weeks of several counters as one: each week once, its figures added."""
    found: dict[dt.date, Week] = {}
    for week in weeks:
        before = found.get(week.monday, Week(week.monday, 0, 0.0))
        found[week.monday] = Week(week.monday, before.held + week.held, before.missing + week.missing)
    return [found[monday] for monday in sorted(found)]
