"""The forms of name of many authorities by their blocking keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from mabillon.authority import cache as kept
from mabillon.authority.keys import keys
from mabillon.authority.names import fold
from mabillon.authority.records import Authority, Variant


def plain(text: str) -> str:
    """Return what two spellings share that differ in case, accents, hyphens and apostrophes only."""
    if text.isascii() or any("a" <= char <= "z" for char in text.casefold()):
        return fold(text).replace("-", "").replace(" ", "")
    return "".join(text.split()).casefold()


class NameIndex:
    """Key → places of forms. `forms` lists (authority's place, form) in the order of the authorities."""

    def __init__(self, authorities: Sequence[Authority], derived: dict[str, list[int]] | None = None) -> None:
        self.forms: list[tuple[int, Variant]] = [
            (place, form) for place, authority in enumerate(authorities) for form in authority.forms
        ]
        self._kinds = [authority.kind for authority in authorities]
        self.exact: dict[str, list[int]] = {}
        for number, (_, form) in enumerate(self.forms):
            self.exact.setdefault(plain(form.text), []).append(number)
        self.keyed = derived if derived is not None else self._derive(range(len(self.forms)))

    def _derive(self, numbers: Iterable[int]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number in numbers:
            place, form = self.forms[number]
            kind = self._kinds[place]
            for key in keys(form.text, kind):
                found.setdefault(key, []).append(number)
        return found

    def find(self, name: str, kind: str) -> set[int]:
        """Return the places of the forms that share a key with `name` or are written like it, of one kind."""
        found = set(self.exact.get(plain(name), ()))
        for key in keys(name, kind):
            found.update(self.keyed.get(key, ()))
        return {number for number in found if self._kinds[self.forms[number][0]] == kind}


@cache
def standard_index(authorities: tuple[Authority, ...]) -> NameIndex:
    """Return the index of the project's own vocabulary, from the tables kept of an earlier run where there are any."""
    name = f"names-{kept.edition()}.json"
    content = kept.read(name)
    if content is not None:
        try:
            return NameIndex(authorities, msgspec.json.decode(content, type=dict[str, list[int]]))
        except msgspec.DecodeError:
            pass
    index = NameIndex(authorities)
    kept.write(name, msgspec.json.encode(index.keyed))
    return index
