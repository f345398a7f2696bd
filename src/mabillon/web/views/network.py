"""A search as who wrote to whom: senders on the left, recipients on the right, a band as broad as what passed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from markupsafe import Markup

from mabillon.web.rendering import shorten
from mabillon.web.views.counting import Pair
from mabillon.web.views.drawing import INK, RED, SOFT, element, joined, label, linked, picture

WIDTH = 960
_MOST_NAMES = 24
_LEFT, _RIGHT = 330, 630
_GAP, _TOP, _LEAST, _TALL = 10, 40, 15, 520


def drawn_pairs(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs that the picture shows: those of the names that occur most, on either side."""
    ones, others = (_most(pairs, side) for side in (0, 1))
    return [pair for pair in pairs if pair[0] in ones and pair[1] in others]


def _most(pairs: Sequence[Pair], side: int) -> list[str]:
    counts: Counter[str] = Counter()
    for pair in pairs:
        counts[str(pair[side])] += pair[2]
    return [name for name, _ in counts.most_common(_MOST_NAMES)]


def draw_network(pairs: Sequence[Pair], title: str, heads: tuple[str, str], link: Callable[[str], str]) -> Markup:
    """Return the picture. `heads` name the two sides, `link` is the address of a name."""
    shown = drawn_pairs(pairs)
    columns = [_column(shown, side) for side in (0, 1)]
    height = int(max((y + size for column in columns for y, size, _ in column.values()), default=_TOP) + 20)
    pieces = [
        label(_LEFT, 20, heads[0], "end", fill=SOFT, font_style="italic"),
        label(_RIGHT, 20, heads[1], "start", fill=SOFT, font_style="italic"),
    ]
    used: list[dict[str, float]] = [dict.fromkeys(column, 0.0) for column in columns]
    for one, other, count in shown:
        bands = []
        for side, name in ((0, one), (1, other)):
            y, size, total = columns[side][name]
            share = size * count / total
            bands.append((y + used[side][name], share))
            used[side][name] += share
        pieces.append(_band(bands[0], bands[1], f"{one} → {other}: {count}"))
    for side, (x, anchor) in enumerate(((_LEFT - 10, "end"), (_RIGHT + 10, "start"))):
        for name, (y, size, total) in columns[side].items():
            pieces.append(_name(x, y + size / 2, name, total, anchor, link))
    return picture(WIDTH, height, joined(*pieces), title)


def _column(pairs: Sequence[Pair], side: int) -> dict[str, tuple[float, float, int]]:
    """Return name → (top, height, count), the most frequent at the top."""
    counts: Counter[str] = Counter()
    for pair in pairs:
        counts[str(pair[side])] += pair[2]
    whole = sum(counts.values()) or 1
    column, y = {}, float(_TOP)
    for name, count in counts.most_common():
        size = max(_LEAST, _TALL * count / whole)
        column[name] = (y, size, count)
        y += size + _GAP
    return column


def _band(left: tuple[float, float], right: tuple[float, float], title: str) -> Markup:
    (a, b), (c, d) = left, right
    middle = (_LEFT + _RIGHT) / 2
    path = (
        f"M{_LEFT} {a:.1f}C{middle} {a:.1f} {middle} {c:.1f} {_RIGHT} {c:.1f}"
        f"V{c + d:.1f}C{middle} {c + d:.1f} {middle} {a + b:.1f} {_LEFT} {a + b:.1f}Z"
    )
    return element("path", element("title", title), d=path, fill=RED, fill_opacity=0.34, class_="band")


def _name(x: float, y: float, name: str, count: int, anchor: str, link: Callable[[str], str]) -> Markup:
    words = shorten(name, 38)
    return linked(link(name), label(x, y + 4, f"{words} {count}", anchor, fill=INK), name)
