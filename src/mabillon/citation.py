"""Archival citations: where a document stands, from the repository down to the item.

The wordings (names of archives, unit words of each tradition, shapes of references without unit words) are data in
`vocabulary/citations.yaml`. What a citation says that fits no level is left out, never forced into one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LONGEST, LONGEST_NAME = 1000, 80
"""Longer texts are cut here, and longer names are prose: no archive cites at such length."""


@dataclass(frozen=True, slots=True)
class CitedLevel:
    """One level of a citation: its `kind` (one of `level_kinds()`), its `code`, and the `unit` word that named it."""

    kind: str
    code: str
    unit: str = ""


def parse_citation(text: str) -> dict[str, str]:
    """Return the levels of a citation, widest first: `{"repository": "APRF", "fonds": "45", "series": "1", …}`.

    Keys are some of repository, fonds, series, subseries, box, file, item (ISAD(G) 3.1.4, with the box as it
    stands). A repository is given by its code in `vocabulary/citations.yaml` where it is known, else by its name.
    Where a text cites several places, the first is read. Empty if the text cites nothing that can be told.
    """
    return {level.kind: level.code for level in cited_levels(text)}


@lru_cache(4096)
def cited_levels(text: str) -> tuple[CitedLevel, ...]:
    """Return the levels of a citation, widest first, each with the unit word that names it (opis, Box, папка)."""
    return _Reading(" ".join(text[:LONGEST].split()).rstrip(" .")).levels()


def repository_name(code: str) -> str:
    """Return the full name of a repository, or `code` itself where the vocabulary does not know it."""
    found = _vocabulary()["repositories"].get(code)
    return str(found["name"]) if found else code


@cache
def level_kinds() -> tuple[str, ...]:
    """Return the kinds of level, widest first."""
    return tuple(_vocabulary()["levels"])


@cache
def _vocabulary() -> dict[str, Any]:
    content = resources.files("mabillon.vocabulary").joinpath("citations.yaml").read_bytes()
    found: dict[str, Any] = yaml.load(content, Loader=_Loader)
    return found


@cache
def _repositories() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern for every wording of every repository, longest first, and wording (casefolded) → code."""
    codes: dict[str, str] = {}
    for code, entry in _vocabulary()["repositories"].items():
        for wording in entry["wordings"]:
            codes.setdefault(wording.casefold(), code)
    pieces = []
    for code, entry in _vocabulary()["repositories"].items():
        pieces += [(wording, code) for wording in entry["wordings"]]
    pieces.sort(key=lambda piece: -len(piece[0]))
    alternatives = "|".join(_loosely(wording) for wording, _ in pieces)
    return re.compile(rf"(?<!\w)(?:the )?({alternatives})(?!\w)"), codes


def _loosely(wording: str) -> str:
    """Let a spelled-out name match in any case; an abbreviation must match as it is written."""
    pattern = re.escape(wording).replace(r"\ ", " ")
    return pattern if len(wording) <= 10 and wording[:2].isupper() else f"(?i:{pattern})"


@dataclass(frozen=True, slots=True)
class _Units:
    """The unit words of one tradition: patterns for a segment, and unit word → kinds."""

    before: re.Pattern[str]
    after: re.Pattern[str] | None
    kinds: dict[str, str]
    kinds_after: dict[str, str]


@cache
def _units(tradition: str) -> _Units:
    table = _vocabulary()["traditions"][tradition]
    kinds = {word: kind for kind, words in table["before"].items() for word in words}
    kinds_after = {word: kind for kind, words in table.get("after", {}).items() for word in words}
    words = "|".join(re.escape(word) for word in sorted(kinds, key=len, reverse=True))
    behind = "|".join(re.escape(word) for word in sorted(kinds_after, key=len, reverse=True))
    return _Units(
        before=re.compile(
            rf"(?P<unit>{words})(?:\.|(?![\w'/-])) *(?:: *|no\. *|№ *|n\. *)?(?P<code>\S.*)", re.IGNORECASE
        ),
        after=re.compile(rf"(?P<code>[\w/-]+)\.? (?P<unit>{behind})\.?", re.IGNORECASE) if behind else None,
        kinds=kinds,
        kinds_after=kinds_after,
    )


@cache
def _cut(tradition: str) -> re.Pattern[str]:
    """Return where a citation is cut: at commas and semicolons, and before a unit word (Ф. 059а. Оп. 5а.)."""
    words = "|".join(re.escape(word) for name in (tradition, "russian") for word in _units(name).kinds)
    return re.compile(
        rf"[,;](?: |$)|/(?=[A-Z][a-z]+[ :])|\. ?(?=(?i:{words})\. ?[\w(])|(?<=[\w)]) (?=(?i:{words})\. ?\d)"
    )


class _Reading:
    """One citation as it is read: what is settled so far, and the text that is left."""

    def __init__(self, text: str) -> None:
        self.found: dict[str, CitedLevel] = {}
        self.tradition = "generic"
        self.text = text

    def levels(self) -> tuple[CitedLevel, ...]:
        self._take_repository()
        self._take_shapes()
        segments = [piece for piece in self._segments() if piece]
        self.tradition = self._likeliest(segments)
        self._take_units(segments)
        order = {kind: n for n, kind in enumerate(level_kinds())}
        found = sorted(self.found.values(), key=lambda level: order[level.kind])
        return tuple(found) if self._says_enough() else ()

    def _says_enough(self) -> bool:
        return bool(self.found.keys() - {"item"})

    def _put(self, kind: str, code: str, unit: str = "") -> None:
        code = _plain(code)
        if code and kind not in self.found:
            self.found[kind] = CitedLevel(kind, code, unit)

    def _take_repository(self) -> None:
        """Find the archive by name. Its place and abbreviation beside it belong to it; a second archive ends the
        citation: what follows tells of another copy."""
        pattern, codes = _repositories()
        matches = [(match, codes[match[1].casefold()]) for match in pattern.finditer(self.text)]
        if not matches:
            return
        first, code = matches[0]
        other = next((match for match, its in matches if its != code and match.start() > first.end() + 3), None)
        end = other.start() if other else len(self.text)
        self._put("repository", code)
        self.tradition = _vocabulary()["repositories"][code]["tradition"]
        before = self.text[: first.start()].rstrip(" (")
        after = self.text[first.end() : end]
        for match, its in reversed(matches[1:]):
            if its == code and match.end() <= end:
                after = after[: match.start() - first.end()] + after[match.end() - first.end() :]
        after = re.sub(r"\( *\)|^\)", "", after)
        self.text = f"{before.strip(' ,')}, {after.lstrip(' :,.')}"

    def _take_shapes(self) -> None:
        for shape, pattern in _shapes():
            match = pattern.search(self.text)
            if not match or self._speaks_against(shape):
                continue
            for kind, code in match.groupdict().items():
                if code:
                    self._put(kind, code)
            self._imply(shape.get("implies", {}))
            self.text = f"{self.text[: match.start()]}, {self.text[match.end() :]}"

    def _imply(self, levels: dict[str, str]) -> None:
        """Put what a shape's readers know without being told: FO 371 lies at Kew."""
        if "repository" in levels and "repository" not in self.found:
            self.tradition = _vocabulary()["repositories"][levels["repository"]]["tradition"]
        for kind, code in levels.items():
            self._put(kind, code)

    def _speaks_against(self, shape: dict[str, Any]) -> bool:
        """A shape of one tradition says nothing in a citation of another."""
        return "tradition" in shape and shape["tradition"] != self.tradition

    def _segments(self) -> list[str]:
        return [_plain(piece) for piece in _cut(self.tradition).split(self.text)]

    def _likeliest(self, segments: list[str]) -> str:
        """Return the tradition whose unit words fit most segments; a known archive's own wins a tie."""

        def fitting(name: str) -> int:
            return sum(_unit_of(segment, _units(name)) is not None for segment in segments)

        if self.tradition != "generic":
            return self.tradition
        likeliest = max(_vocabulary()["traditions"], key=fitting)
        return likeliest if fitting(likeliest) > max(1, fitting("generic")) else "generic"

    def _take_units(self, segments: list[str]) -> None:
        for n, segment in enumerate(segments):
            unit = _unit_of(segment, _units(self.tradition)) or _unit_of(segment, _units("generic"))
            if unit is not None and unit.kind not in self.found:
                self._put(unit.kind, unit.code, unit.unit)
            elif segment not in _places() and not self._take_bare(segment, n == len(segments) - 1):
                return

    def _take_bare(self, segment: str, last: bool) -> bool:
        """Give a segment without a unit word the level that stands next below what is settled.

        Returns False where the segment is prose: the citation has ended.
        """
        if segment[:1].islower() or segment[:1] == "[" or len(segment) > LONGEST_NAME:
            return False
        if _names_an_archive(segment) and not re.search(r"\d", segment):
            self._put("repository", segment)
        elif not self.found and not re.search(r"\d", segment):
            self._put("fonds", segment)
        else:
            self._put_below(segment, last)
        return True

    def _put_below(self, segment: str, last: bool) -> None:
        kinds = level_kinds()
        deepest = max((kinds.index(kind) for kind in self.found), default=0)
        numbered = re.search(r"\d", segment) is not None
        kind = kinds[min(deepest + 1, len(kinds) - 1)]
        if kind in ("series", "subseries", "box") and numbered and (last or kind != "series"):
            kind = "file"
        elif kind == "box":
            kind = "subseries" if "subseries" not in self.found else "file"
        if kind == "item" and self._joins("file"):
            self.found["file"] = replace(self.found["file"], code=f"{self.found['file'].code}, {segment}")
        elif kind != "item" or (numbered and len(segment.split()) <= 3):
            self._put(kind, segment)

    def _joins(self, kind: str) -> bool:
        """Tell whether commas belong to a title at this level: folder titles behind a box have them."""
        joins = _vocabulary()["traditions"][self.tradition].get("joins") == kind
        return joins and kind in self.found and not self.found[kind].unit


def _unit_of(segment: str, units: _Units) -> CitedLevel | None:
    if match := units.before.fullmatch(segment):
        word = match["unit"].lower()
        return CitedLevel(units.kinds[word], match["code"], match["unit"])
    if units.after and (match := units.after.fullmatch(segment)):
        return CitedLevel(units.kinds_after[match["unit"].lower()], match["code"], match["unit"])
    return None


@cache
def _shapes() -> list[tuple[dict[str, Any], re.Pattern[str]]]:
    return [(shape, re.compile(shape["pattern"])) for shape in _vocabulary()["shapes"]]


@cache
def _places() -> frozenset[str]:
    return frozenset(_vocabulary()["places"])


def _plain(code: str) -> str:
    """Return a code without the punctuation around it, Cyrillic letters as the Latin ones they stand for."""
    code = re.sub(r" and$", "", code.strip(" .,;:"))
    for left, right in ("()", "[]"):
        if code.count(left) > code.count(right):
            code = code + right if code[-1:] != left else code[:-1]
        elif code.count(right) > code.count(left):
            code = code[::-1].replace(right, "", 1)[::-1]
    if re.fullmatch(r"[\d\s/–-]+[а-я]", code, re.IGNORECASE):
        code = code.translate(_LETTERS)
    return code.strip()


_LETTERS = str.maketrans("абвгдежАБВГДЕЖ", "abvgdežABVGDEŽ")


def _names_an_archive(segment: str) -> bool:
    return not set(re.findall(r"\w+", segment.casefold())).isdisjoint(_vocabulary()["repository_words"])


def file_order(code: str | None) -> Iterator[tuple[int, str]]:
    """Yield a key that sorts codes as a person would: `list 9` before `list 10`."""
    for digits, rest in re.findall(r"(\d+)|(\D+)", code or ""):
        yield (int(digits), "") if digits else (-1, rest.casefold())
