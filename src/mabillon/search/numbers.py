"""Numbers of documents in the forms that they are asked for: 600308/sh as №600308/ш, 600308/Sh or plain 600308."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu",
        "я": "ia",
    }
)  # fmt: skip
"""Register letters are Cyrillic in the original and Latin in translation: the ALA-LC letters make them one."""

_DASHES = re.compile("[\u2010-\u2015\u2212\uff0d\u00ad]")
_LEAD = re.compile(
    r"^(?:nos|no|nr|number|num|n|#|º|°|ref|telegram|tel)(?:[.:º°]+\s*|\s+|(?<=[#º°]))(?=\w)", re.IGNORECASE
)
_NOISE = re.compile(r"[^\w/.:+-]+")
_PART = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")
LONGEST = 80
"""Letters of a number that are compared."""


def normal_number(number: str) -> str:
    """Return `number` as it is compared: lower case, Latin letters, one kind of dash, no spaces, no "No."."""
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", number.replace("№", " "))).strip().lower()
    text = _LEAD.sub("", text).translate(_LETTERS)
    return _NOISE.sub("", text).strip("/.:+-")[:LONGEST]


def number_forms(number: str) -> list[str]:
    """Return the forms under which an index keeps `number`: the whole first, then each part that holds a digit."""
    whole = normal_number(number)
    parts = [part for part in _PART.findall(whole) if any(sign.isdigit() for sign in part)]
    digits = [run for part in parts for run in _DIGITS.findall(part) if len(run) > 2]
    return list(dict.fromkeys(form for form in (whole, *parts, *digits) if form))


def leading_number(number: str) -> int | None:
    """Return the first run of digits as a number, what a list sorted by number goes by."""
    found = _DIGITS.search(normal_number(number))
    return int(found.group()[:9]) if found else None
