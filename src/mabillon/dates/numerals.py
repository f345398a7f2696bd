"""Numbers written in Chinese characters, as dates of the older papers have them."""

from __future__ import annotations

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "元": 1, "○": 0, "两": 2}
_TENS = {"十": 10, "廿": 20, "卅": 30}
NUMERALS = "".join((*_DIGITS, *_TENS))


def ideographic_number(numerals: str) -> int:
    """Return the number that `numerals` (of NUMERALS) write: digit by digit (一九五〇) or by tens (三十, 廿九).

    元, the first year of an era, is 1.
    """
    if not any(sign in _TENS for sign in numerals):
        value = 0
        for sign in numerals:
            value = value * 10 + _DIGITS[sign]
        return value
    value = pending = 0
    for sign in numerals:
        if sign == "十":
            value += 10 * (pending or 1)
            pending = 0
        elif sign in _TENS:
            value += _TENS[sign]
        else:
            pending = _DIGITS[sign]
    return value + pending
