"""One committed state of an index, as searches see it, and which of its records a reader may find."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from types import FunctionType
from typing import TypeVar

import tantivy

from mabillon.search.analysis import stem_field
from mabillon.search.entry import ACCESS_SEPARATOR
from mabillon.search.generation import short_hash
from mabillon.search.terms import any_of

Visible = Collection[str] | Callable[[frozenset[str]], bool] | None
"""Who asks: the access tokens that he holds (one that the record has too is enough); or a function that decides on the
tokens of a record; or None for all records, for the archive's own work."""

Clause = tuple[tantivy.Occur, tantivy.Query]
Counts = dict[str, list[tuple[str, int]]]

_MOST_REMEMBERED = 256
_MANY = 12


@dataclass(frozen=True)
class AccessClass:
    """All records that bear the same access tokens."""

    name: str
    tokens: frozenset[str]
    count: int


@dataclass(frozen=True)
class Access:
    """What a reader may find: `clause` keeps it, None if that is everything; `key` is the same for whoever may find the
    same, None for the archive's own staff."""

    key: str | None
    clause: Clause | None


@dataclass
class Snapshot:
    """Whatever a search needs of the index, unchanged while it runs."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    identity: str
    classes: tuple[AccessClass, ...]
    stem_fields: tuple[str, ...]
    _readers: dict[object, Access] = field(default_factory=dict)
    _clauses: dict[str, Clause | None] = field(default_factory=dict)
    _counts: dict[object, Counts] = field(default_factory=dict)

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

    def access(self, visible: Visible, left_out: Collection[str] = ()) -> Access:
        """Return what a reader may find; none of the records `left_out`, whatever the index says of them."""
        found = self._of_reader(visible)
        return self._without(found, left_out) if left_out else found

    def _of_reader(self, visible: Visible) -> Access:
        key = visible if visible is None or callable(visible) else frozenset(visible)
        found = self._readers.get(key)
        if found is None:
            found = self._access(visible)
            if not isinstance(visible, FunctionType):  # a function of the moment is asked but once
                _remember(self._readers, key, found)
        return found

    def _access(self, visible: Visible) -> Access:
        if visible is None:
            return Access(None, None)
        allows = visible if callable(visible) else _holder(visible)
        shown = tuple(one for one in self.classes if allows(one.tokens))
        name = ACCESS_SEPARATOR.join(f"{len(one.name)}:{one.name}" for one in shown)
        if name not in self._clauses:
            _remember(self._clauses, name, self._clause(shown))
        return Access(name, self._clauses[name])

    def _without(self, access: Access, left_out: Collection[str]) -> Access:
        key = f"{access.key or ''} without {short_hash(' '.join(sorted(left_out)))}"
        if key not in self._clauses:
            outside = tantivy.Occur.MustNot, tantivy.Query.term_set_query(self.schema, "id", list(left_out))
            _remember(self._clauses, key, _both(access.clause, outside) if access.clause else outside)
        return Access(key, self._clauses[key])

    def _clause(self, shown: Sequence[AccessClass]) -> Clause | None:
        hidden = [one for one in self.classes if one not in shown]
        if not hidden:
            return None
        if not shown:
            return tantivy.Occur.Must, tantivy.Query.empty_query()
        if sum(one.count for one in shown) <= sum(one.count for one in hidden):
            return tantivy.Occur.Must, self._one_of(shown)
        return tantivy.Occur.MustNot, self._one_of(hidden)

    def counted(self, key: object, count: Callable[[], Counts]) -> Counts:
        """Return what `count` gives, from memory if it was asked for before: all pages of a list have the same."""
        found = self._counts.get(key)
        if found is None:
            found = count()
            _remember(self._counts, key, found)
        return found

    def forget(self) -> None:
        """Forget what was counted, so that it can be measured how long that takes."""
        self._counts.clear()

    def _one_of(self, classes: Sequence[AccessClass]) -> tantivy.Query:
        """Return the query for records of these classes. A set of terms takes longer than a few terms."""
        names = [one.name for one in classes]
        if len(names) > _MANY:
            found = tantivy.Query.term_set_query(self.schema, "access", names)
        else:
            found = any_of([tantivy.Query.term_query(self.schema, "access", name) for name in names])
        return tantivy.Query.const_score_query(found, 0.0)


def _both(clause: Clause, outside: Clause) -> Clause:
    """Return what keeps a clause and what lies outside of another query as well."""
    if clause[0] == tantivy.Occur.MustNot:
        return tantivy.Occur.MustNot, any_of([clause[1], outside[1]])
    return tantivy.Occur.Must, tantivy.Query.const_score_query(tantivy.Query.boolean_query([clause, outside]), 0.0)


def _holder(held: Collection[str]) -> Callable[[frozenset[str]], bool]:
    tokens = frozenset(held)
    return lambda borne: not tokens.isdisjoint(borne)


T = TypeVar("T")
K = TypeVar("K")


def _remember(memory: dict[K, T], key: K, value: T) -> None:
    """Put one more in, the oldest out where there are too many. Safe among threads: at worst one is put in twice."""
    if len(memory) >= _MOST_REMEMBERED:
        memory.pop(next(iter(list(memory))), None)
    memory[key] = value
