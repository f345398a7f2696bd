"""One committed state of an index, as searches see it, and which of its records a reader may find."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import tantivy

from mabillon.search.analysis import stem_field
from mabillon.search.entry import ACCESS_SEPARATOR
from mabillon.search.terms import any_of

Visible = Collection[str] | Callable[[frozenset[str]], bool] | None
"""Who asks: the access tokens that he holds (one that the record has too is enough); or a function that decides on the
tokens of a record; or None for all records, for the archive's own work."""

Clause = tuple[tantivy.Occur, tantivy.Query]

_MOST_REMEMBERED = 64
_MANY = 12


@dataclass(frozen=True)
class AccessClass:
    """All records that bear the same access tokens."""

    name: str
    tokens: frozenset[str]
    count: int


@dataclass
class Snapshot:
    searcher: tantivy.Searcher
    schema: tantivy.Schema
    identity: str
    classes: tuple[AccessClass, ...]
    stem_fields: tuple[str, ...]
    _filters: dict[object, Clause | None] = field(default_factory=dict)

    @classmethod
    def of(cls, index: tantivy.Index, schema: tantivy.Schema, identity: str) -> Snapshot:
        searcher = index.searcher()
        classes = tuple(
            AccessClass(name, frozenset(name.split(ACCESS_SEPARATOR)), count)
            for name, count in searcher.terms_with_prefix("access", "")
        )
        languages = [name for name, _ in searcher.terms_with_prefix("language", "")]
        fields = dict.fromkeys(("stem", *map(stem_field, languages)))
        return cls(searcher, schema, identity, classes, tuple(fields))

    def access_filter(self, visible: Visible) -> Clause | None:
        """Return the clause that keeps what `visible` allows; None if that is everything."""
        key = visible if callable(visible) or visible is None else frozenset(visible)
        if key not in self._filters:
            if len(self._filters) >= _MOST_REMEMBERED:
                self._filters.clear()
            self._filters[key] = self._filter(visible)
        return self._filters[key]

    def _filter(self, visible: Visible) -> Clause | None:
        if visible is None:
            return None
        allows = visible if callable(visible) else _holder(visible)
        shown = [one for one in self.classes if allows(one.tokens)]
        hidden = [one for one in self.classes if not allows(one.tokens)]
        if not hidden:
            return None
        if not shown:
            return tantivy.Occur.Must, tantivy.Query.empty_query()
        if sum(one.count for one in shown) <= sum(one.count for one in hidden):
            return tantivy.Occur.Must, self._one_of(shown)
        return tantivy.Occur.MustNot, self._one_of(hidden)

    def _one_of(self, classes: list[AccessClass]) -> tantivy.Query:
        """Return the query for records of these classes. A set of terms takes longer than a few terms."""
        names = [one.name for one in classes]
        if len(names) > _MANY:
            found = tantivy.Query.term_set_query(self.schema, "access", names)
        else:
            found = any_of([tantivy.Query.term_query(self.schema, "access", name) for name in names])
        return tantivy.Query.const_score_query(found, 0.0)


def _holder(held: Collection[str]) -> Callable[[frozenset[str]], bool]:
    tokens = frozenset(held)
    return lambda borne: not tokens.isdisjoint(borne)
