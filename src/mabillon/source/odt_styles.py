"""What an ODT says apart from its words: how its styles set them, and the numbers of its lists."""

from __future__ import annotations

from collections.abc import Iterator

from mabillon.source.docx_styles import numeral
from mabillon.source.tei_names import Element, local

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TITLES = {"Title": 1, "Subtitle": 2}
_CHAIN = 20


def whole(raw: str | None, default: int) -> int:
    return int(raw) if raw and raw.isascii() and raw.isdigit() and len(raw) < 9 else default


def _nodes(tag: str, *roots: Element | None) -> Iterator[Element]:
    return (node for root in roots if root is not None for node in root.iter(tag))


class Styles:
    """Automatic and named styles; what one leaves open, its parent says."""

    def __init__(self, root: Element, styles: Element | None) -> None:
        self._properties: dict[str, dict[str, str]] = {}
        self._parents: dict[str, str] = {}
        for node in _nodes(f"{_STYLE}style", styles, root):  # automatic styles of the text have the last word
            name = node.get(f"{_STYLE}name", "")
            self._parents[name] = node.get(f"{_STYLE}parent-style-name", "")
            self._properties[name] = {
                str(key).rpartition("}")[2]: str(value) for group in node for key, value in group.attrib.items()
            }

    def says(self, style: str, name: str) -> str:
        """Return a property's value, empty where nothing states it."""
        for _ in range(_CHAIN):
            if not style:
                break
            value = self._properties.get(style, {}).get(name)
            if value is not None:
                return value
            style = self._parents.get(style, "")
        return ""

    def emphasis(self, style: str) -> str:
        if self.says(style, "font-style") in ("italic", "oblique"):
            return "italic"
        if self.says(style, "font-weight") in ("bold", "600", "700", "800", "900"):
            return "bold"
        return "underline" if self.says(style, "text-underline-style") not in ("", "none") else ""

    def title_level(self, style: str) -> int:
        """Titles are paragraphs; only their style says what they are."""
        for _ in range(_CHAIN):
            if not style or style in _TITLES:
                break
            style = self._parents.get(style, "")
        return _TITLES.get(style, 0)


class Lists:
    """Counts the items of lists. One whose style was used before begins anew unless it says that it goes on."""

    def __init__(self, root: Element, styles: Element | None) -> None:
        self._levels = {
            node.get(f"{_STYLE}name", ""): {whole(level.get(f"{TEXT}level"), 1): level for level in node}
            for node in _nodes(f"{TEXT}list-style", styles, root)
        }
        self._counts: dict[tuple[str, int], int] = {}

    def begin(self, style: str, level: int, goes_on: bool) -> None:
        if not goes_on:
            self._counts.pop((style, level), None)

    def label(self, style: str, level: int, item: Element) -> str:
        """Return the number of an item as it is set, "" for a bullet. Counts it."""
        form = self._levels.get(style, {}).get(level)
        if form is None or local(form) != "list-level-style-number":
            return ""
        first = whole(form.get(f"{TEXT}start-value"), 1)
        count = whole(item.get(f"{TEXT}start-value"), self._counts.get((style, level), first - 1) + 1)
        self._counts[style, level] = count
        number = numeral(count, form.get(f"{_STYLE}num-format", "1"))
        return (form.get(f"{_STYLE}num-prefix", "") + number + form.get(f"{_STYLE}num-suffix", ""))[:40]
