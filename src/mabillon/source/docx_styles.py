"""What a DOCX says apart from its words: which styles are headings, and the numbers of its lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mabillon.source.tei_names import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAME = {"i": "italic", "b": "bold", "u": "underline"}
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_PLACE = re.compile(r"%(\d)")
_CHAIN = 20
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def value_of(parent: Element | None, name: str) -> str:
    """Return `w:val` of a child; empty where there is none."""
    found = parent.find(f"{W}{name}") if parent is not None else None
    return found.get(f"{W}val", "") if found is not None else ""


def is_on(toggle: Element | None) -> bool:
    return toggle is not None and toggle.get(f"{W}val", "true") not in ("false", "0", "none", "off")


def _whole(raw: str, default: int = 0) -> int:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else default


@dataclass(frozen=True, slots=True)
class Style:
    """level: of a heading, 0 for none; number: its list and level in it; align: as `w:jc` has it."""

    level: int = 0
    number: tuple[str, int] | None = None
    align: str = ""


class Styles:
    """Paragraph styles by their id. A heading is known by the name of its style or of one that it is based on; the
    outline level of a single paragraph is not trusted, since whole letters carry one by mistake."""

    def __init__(self, root: Element | None) -> None:
        self._nodes = {
            node.get(f"{W}styleId", ""): node for node in (root.iter(f"{W}style") if root is not None else ())
        }
        self._known: dict[str, Style] = {}

    def of(self, name: str) -> Style:
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> Style:
        level, number, align = 0, None, ""
        for _ in range(_CHAIN):
            node = self._nodes.get(name)
            if node is None:
                break
            properties = node.find(f"{W}pPr")
            level = level or _level(value_of(node, "name"))
            number = number or _number(properties)
            align = align or value_of(properties, "jc")
            name = value_of(node, "basedOn")
        return Style(level, number, align)


def _level(name: str) -> int:
    found = _HEADING.fullmatch(name)
    if found:
        return max(1, int(found[1]))
    return {"title": 1, "subtitle": 2}.get(name.casefold(), 0)


def _number(properties: Element | None) -> tuple[str, int] | None:
    node = properties.find(f"{W}numPr") if properties is not None else None
    list_id = value_of(node, "numId")
    return (list_id, _whole(value_of(node, "ilvl"))) if list_id else None


class Numbering:
    """Counts the items of lists, as Word does when it sets them."""

    def __init__(self, root: Element | None) -> None:
        nodes = list(root) if root is not None else []
        levels = {node.get(f"{W}abstractNumId", ""): _levels(node) for node in nodes if node.tag == f"{W}abstractNum"}
        self._abstract = {
            node.get(f"{W}numId", ""): value_of(node, "abstractNumId") for node in nodes if node.tag == f"{W}num"
        }
        self._levels = levels
        self._counts: dict[str, dict[int, int]] = {}

    def label(self, properties: Element | None, inherited: tuple[str, int] | None) -> str | None:
        """Return the number of a paragraph as set, "" for a bullet, None where it is no item. Counts it."""
        number = _number(properties) or inherited
        if number is None or number[0] == "0":
            return None
        abstract = self._abstract.get(number[0], "")
        levels = self._levels.get(abstract, {})
        level = min(number[1], 8)
        counts = self._counts.setdefault(abstract, {})
        counts[level] = counts.get(level, levels.get(level, ("", "", 1))[2] - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        form, words, _ = levels.get(level, ("bullet", "", 1))
        if form in ("bullet", "none"):
            return ""
        return _PLACE.sub(lambda place: self._count(levels, counts, int(place[1]) - 1), words)

    @staticmethod
    def _count(levels: dict[int, tuple[str, str, int]], counts: dict[int, int], level: int) -> str:
        form, _, start = levels.get(level, ("decimal", "", 1))
        return numeral(counts.get(level, start), form)


def _levels(node: Element) -> dict[int, tuple[str, str, int]]:
    """Return form, words and first number of each level."""
    return {
        _whole(level.get(f"{W}ilvl", "")): (
            value_of(level, "numFmt") or "decimal",
            value_of(level, "lvlText")[:40],
            _whole(value_of(level, "start"), 1),
        )
        for level in node.findall(f"{W}lvl")
    }


def numeral(count: int, form: str) -> str:
    """Return a count in the form that Word and ODF name: letters, Roman numerals, else figures."""
    if form in ("lowerLetter", "upperLetter", "a", "A") and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * min(1 + (count - 1) // 26, 9)
        return letters.upper() if form in ("upperLetter", "A") else letters
    if form in ("lowerRoman", "upperRoman", "i", "I") and 0 < count < 4000:
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (count // value)
            count %= value
        return roman.upper() if form in ("upperRoman", "I") else roman
    return str(count)
