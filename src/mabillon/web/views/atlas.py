"""A search as where it went: places at their coordinates, an arc from place to place, on a ground of today's towns.

The ground needs no map of anybody's: the towns of the gazetteer, thinned to a grid, show where the land is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from markupsafe import Markup

from mabillon.authority.gazetteer import standard_gazetteer
from mabillon.authority.register import Register, standard
from mabillon.web.views.counting import Pair
from mabillon.web.views.drawing import INK, PAPER, RED, RULE, SOFT, element, joined, label, linked, picture

WIDTH = 960
_MOST_PLACES = 40
_CELLS = 110
"""Cells of the ground from west to east."""

_LEAST_SPAN = 24.0
"""Degrees that a map shows at the least, so that a few near places stand in their country."""

_BROAD = 5
"""Records that an arc of full breadth stands for at the least."""

_POLE = 86.0
"""Degrees of latitude beyond which nothing is shown."""

_SURE = 0.8
Point = tuple[float, float]


@cache
def register() -> Register:
    """Return the register of places, with the gazetteer's towns where these can be kept on this machine."""
    try:
        return Register(gazetteer=standard_gazetteer())
    except OSError:
        return standard()


@cache
def _towns() -> tuple[Point, ...]:
    try:
        return tuple(town.at for town in standard_gazetteer().towns())
    except OSError:
        return ()


@cache
def locate(name: str) -> Point | None:
    """Return latitude and longitude of the place that `name` surely means, None where it may mean several or none."""
    for id, score, _ in register().candidates(name, "place")[:1]:
        authority = register().get(id)
        if score >= _SURE and authority is not None:
            return authority.at
    return None


def located(pairs: Sequence[Pair]) -> dict[str, Point]:
    """Return the places of these pairs that can be shown, the most frequent of them."""
    counts: Counter[str] = Counter()
    for one, other, count in pairs:
        counts.update({name: count for name in (one, other) if name})
    found: dict[str, Point] = {}
    for name, _ in counts.most_common():
        at = locate(name) if len(found) < _MOST_PLACES else None
        if at is not None:
            found[name] = at
    return found


class Frame:
    """An equirectangular stretch of the world, true to scale at its middle latitude."""

    def __init__(self, points: Sequence[Point]) -> None:
        south, north = min(p[0] for p in points), max(p[0] for p in points)
        west, east = min(p[1] for p in points), max(p[1] for p in points)
        tall, wide = max(north - south, _LEAST_SPAN / 2) * 1.3, max(east - west, _LEAST_SPAN) * 1.2
        tall, wide = max(tall, wide * 0.42), max(wide, tall * 1.35)
        self.wide, self.tall = min(wide, 360.0), min(tall, 2 * _POLE)
        self.west = max(-180.0, min((west + east - self.wide) / 2, 180.0 - self.wide))
        self.north = min(_POLE, max((south + north + self.tall) / 2, self.tall - _POLE))
        self.height = int(WIDTH * self.tall / self.wide * 1.15)

    def __call__(self, point: Point) -> tuple[float, float]:
        """Return x and y of a latitude and longitude."""
        return (
            (point[1] - self.west) / self.wide * WIDTH,
            (self.north - point[0]) / self.tall * self.height,
        )

    def holds(self, point: Point) -> bool:
        return self.west <= point[1] <= self.west + self.wide and self.north - self.tall <= point[0] <= self.north


def draw_map(pairs: Sequence[Pair], title: str, link: Callable[[str], str]) -> Markup | None:
    """Return the picture, None where no place can be shown. `link` is the address of a place."""
    found = located(pairs)
    if not found:
        return None
    pairs, places = _as_places(pairs, found)
    frame = Frame(list(places.values()))
    pieces = [
        element("rect", width=WIDTH, height=frame.height, fill=PAPER, stroke=RULE, class_="sea"),
        *_grid(frame), _ground(frame),
    ]  # fmt: skip
    shown = [pair for pair in pairs if pair[0] in places and pair[1] in places and pair[0] != pair[1]]
    highest = max([_BROAD, *(count for *_, count in shown)])
    pieces += [_arc(frame(places[a]), frame(places[b]), n / highest, f"{a} → {b}: {n}") for a, b, n in shown]
    pieces += _places(frame, places, pairs, link)
    return picture(WIDTH, frame.height, joined(*pieces), title)


def _as_places(pairs: Sequence[Pair], found: Mapping[str, Point]) -> tuple[list[Pair], dict[str, Point]]:
    """Return pairs and places with one name, the most frequent, for each point: Peking and Beijing are one dot."""
    names: dict[Point, str] = {}
    for name, at in found.items():
        names.setdefault(at, name)
    counts: Counter[tuple[str, str]] = Counter()
    for one, other, count in pairs:
        ends = (names[found[name]] if name in found else "" for name in (one, other))
        counts[next(ends), next(ends)] += count
    return [(one, other, count) for (one, other), count in counts.items()], {name: at for at, name in names.items()}


def _grid(frame: Frame) -> list[Markup]:
    step = next(step for step in (2, 5, 10, 20, 30, 60) if frame.wide / step <= 9)
    lines = []
    for degree in range(-180, 181, step):
        x, _ = frame((0.0, float(degree)))
        if 20 < x < WIDTH - 20:
            lines += [element("line", x1=x, y1=0, x2=x, y2=frame.height, stroke=RULE, stroke_width=0.7),
                      label(x + 3, frame.height - 5, _degrees(degree, "E", "W"), fill=SOFT, font_size=10)]  # fmt: skip
        _, y = frame((float(degree), 0.0))
        if abs(degree) <= 85 and 14 < y < frame.height - 14:
            lines += [element("line", x1=0, y1=y, x2=WIDTH, y2=y, stroke=RULE, stroke_width=0.7),
                      label(4, y - 3, _degrees(degree, "N", "S"), fill=SOFT, font_size=10)]  # fmt: skip
    return lines


def _degrees(degree: int, plus: str, minus: str) -> str:
    return f"{abs(degree)}°{plus if degree > 0 else minus if degree < 0 else ''}"


def _ground(frame: Frame) -> Markup:
    """Return the towns of the frame, one dot for each cell of a grid that holds one."""
    size = WIDTH / _CELLS
    cells = {(int(x / size), int(y / size)) for x, y in (frame(town) for town in _towns() if frame.holds(town))}
    path = "".join(f"M{(x + 0.5) * size:.0f} {(y + 0.5) * size:.0f}h0" for x, y in sorted(cells))
    return element("path", d=path or "M0 0", fill="none", stroke=RULE, stroke_width=5, stroke_linecap="round",
                   class_="land")  # fmt: skip


def _arc(start: tuple[float, float], end: tuple[float, float], share: float, title: str) -> Markup:
    (x1, y1), (x2, y2) = start, end
    bend = 0.18
    cx, cy = (x1 + x2) / 2 + (y2 - y1) * bend, (y1 + y2) / 2 - (x2 - x1) * bend
    path = f"M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}"
    return element(
        "path", element("title", title), d=path, fill="none", stroke=RED, stroke_opacity=0.55,
        stroke_width=0.6 + 5 * share, stroke_linecap="round", class_="arc",
    )  # fmt: skip


def _places(
    frame: Frame, places: Mapping[str, Point], pairs: Sequence[Pair], link: Callable[[str], str]
) -> list[Markup]:
    """Return dots as big as what came and went, and names where there is room for them."""
    counts = Counter[str]()
    for one, other, count in pairs:
        counts.update({one: count, other: count})
    highest = max((counts[name] for name in places), default=1)
    taken: list[tuple[float, float, float, float]] = []
    marks = []
    for name in sorted(places, key=lambda name: -counts[name]):
        x, y = frame(places[name])
        radius = 3 + 7 * (counts[name] / highest) ** 0.5
        dot = element("circle", cx=x, cy=y, r=radius, fill=RED, stroke=PAPER, stroke_width=1.2, class_="place")
        box = _box(x, y, radius, name)
        if not any(_overlap(box, other) for other in taken):
            taken.append(box)
            left = box[0] < x
            words = label(
                x - radius - 4 if left else x + radius + 4, y + 4, name, "end" if left else "start", fill=INK,
                paint_order="stroke", stroke=PAPER, stroke_width=3, stroke_linejoin="round", class_="name",
            )  # fmt: skip
            dot = joined(dot, words)
        marks.append(linked(link(name), dot, f"{name}: {counts[name]}"))
    return marks[::-1]


def _box(x: float, y: float, radius: float, name: str) -> tuple[float, float, float, float]:
    width = 7.2 * len(name) + radius + 4
    return (x - width, y - 9, x, y + 8) if x + width > WIDTH - 4 else (x, y - 9, x + width, y + 8)


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
