"""A page typed from a layout: it remembers where each value stands, since the truth must show its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from mabillon.text import Span

_PLACE = re.compile(r"\{(\w+)(?::([\w-]+))?\}")


@lru_cache(maxsize=256)
def layout_pieces(layout: str) -> tuple[tuple[str, str, str], ...]:
    """Return the pieces of a layout: (literal text before, name of a value or "", style)."""
    found, at = [], 0
    for match in _PLACE.finditer(layout):
        found.append((layout[at : match.start()], match[1], match[2] or ""))
        at = match.end()
    return (*found, (layout[at:], "", ""))


@dataclass
class Page:
    """text: what was typed so far; places: name → spans of the value's words."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    places: dict[str, list[Span]] = field(default_factory=dict)

    def type(self, text: str, name: str = "") -> None:
        if name and text:
            self.places.setdefault(name, []).append((self.length, self.length + len(text)))
        self.pieces.append(text)
        self.length += len(text)

    def fill(self, layout: str, values: Mapping[str, Mapping[str, str] | str]) -> None:
        """Type a layout. A value is its words, or style → words."""
        for literal, name, style in layout_pieces(layout):
            self.type(literal)
            if name:
                self.type(_styled(values[name], style), name)

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def _styled(value: Mapping[str, str] | str, style: str) -> str:
    if not isinstance(value, str):
        return value[style]
    return value.upper() if style == "upper" else value
