"""Names by their identifiers, from the lists of persons, places and organizations in the same file."""

from __future__ import annotations

from functools import cached_property

from mabillon.source.tei_names import XML_ID, Element, children, local, words_of

_ENTRIES = frozenset(("person", "personGrp", "place", "org", "object", "item"))
_NAMES = ("persName", "placeName", "orgName", "name", "geogName", "settlement")


class Register:
    """Looks a name up only when something without words points to it."""

    def __init__(self, *roots: Element | None) -> None:
        self._roots = [root for root in roots if root is not None]

    @cached_property
    def _named(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for root in self._roots:
            for node in root.iter():
                if local(node) in _ENTRIES and (key := node.get(XML_ID)):
                    name = next(children(node, *_NAMES), None)
                    if name is not None and (words := words_of(name)):
                        found.setdefault(key, words)
        return found

    def name(self, reference: str) -> str:
        """Return the name that `#id` or `id` stands for in this file, else ""."""
        key = reference.strip().rpartition("#")[2]
        return self._named.get(key, "") if key else ""
