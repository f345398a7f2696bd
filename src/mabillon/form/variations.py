"""Variations of labelled lines, as scans, copies and other pages would show them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from mabillon.form.layouts import Row

_NOISE = str.maketrans({"O": "0", "I": "l", "l": "1", "e": "c", "S": "5", "o": "0"})


def vary(rows: Sequence[Row], random: Random) -> list[Row]:
    """Return `rows` as another copy of them might stand: other spacing, no indents, no furniture, misread letters."""
    found = list(rows)
    for change, chance in ((_without_furniture, 0.25), (_unindented, 0.3), (_misread, 0.2), (_recased, 0.06)):
        if random.random() < chance:
            found = change(found, random)
    return _respaced(found, random)


def _without_furniture(rows: list[Row], random: Random) -> list[Row]:
    return [row for row in rows if row[0] not in ("furniture", "sponsor")]


def _unindented(rows: list[Row], random: Random) -> list[Row]:
    return [(zone, " ".join(text.split())) for zone, text in rows]


def _misread(rows: list[Row], random: Random) -> list[Row]:
    rate = random.choice((0.01, 0.03, 0.06))

    def misread(text: str) -> str:
        return "".join(letter.translate(_NOISE) if random.random() < rate else letter for letter in text)

    return [(zone, misread(text)) for zone, text in rows]


def _recased(rows: list[Row], random: Random) -> list[Row]:
    return [(zone, text.upper()) for zone, text in rows]


def _respaced(rows: list[Row], random: Random) -> list[Row]:
    way = random.random()
    if way < 0.35:
        return [row for row in rows if row[1].strip()]
    if way < 0.55:
        filled = [row for row in rows if row[1].strip()]
        return [spaced for row in filled for spaced in (row, ("blank", ""))]
    return rows
