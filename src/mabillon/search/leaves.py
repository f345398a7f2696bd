"""The leaves of a query: words and phrases, as Tantivy answers them and as they are marked in what is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations, islice

import tantivy

from mabillon.search.aliases import Alias, FindAliases, no_aliases
from mabillon.search.analysis import lowered, stems_of, words
from mabillon.search.snapshot import Snapshot
from mabillon.search.sought import Sought
from mabillon.search.terms import any_of, every_one

ExpandName = Callable[[str], Iterable[str]]
"""A name as typed → its other spellings, in any script; nothing for what is no name."""

TITLE_BOOST = 2.0
"""How much more a word of the title says of a record than one of its body."""

_MOST_SPELLINGS = 80

MAX_LOOKED = 1_000_000
"""Records that are looked through for words beside each other, in one query: a second's work or two."""


def spelt_so(name: str) -> Iterable[str]:
    """Expand a name to nothing else: what a search does without an authority file."""
    return ()


class Leaves:
    """Compiles leaves and remembers what else there is to say of them.

    sought: what to mark; boosts: what ranks higher; unknown: words that the index has not; also: other spellings of
    names that it has; aliases: cover names that it has. Nothing of the kind is remembered of what is `negated`.
    notes: what was not looked for as it was asked
    """

    def __init__(self, snapshot: Snapshot, expand: ExpandName, covers: FindAliases = no_aliases) -> None:
        self.snapshot = snapshot
        self.schema = snapshot.schema
        self.searcher = snapshot.searcher
        self.expand = expand
        self.covers = covers
        self.sought: list[Sought] = []
        self.unknown: list[str] = []
        self.boosts: list[tantivy.Query] = []
        self.also: dict[str, None] = {}
        self.aliases: dict[Alias, None] = {}
        self.notes: dict[str, None] = {}
        self.looked = 0
        self.negated = False

    def word(self, text: str, alone: bool = True) -> tantivy.Query:
        """A word in any inflection; `alone`: and in the other spellings of the name that it may be."""
        found = words(text)
        others = [*self.spellings(text, self.expand(text)), *self.covered(text)] if alone else []
        if len(found) != 1:
            return any_of([self.phrase(found), *others])
        low = lowered(text).strip()
        wanted = [(name, one) for name in self.snapshot.stem_fields for one in stems_of(name, low)]
        self.mark(Sought.of_stems(low, wanted))
        known = [(name, one) for name, one in wanted if self.searcher.doc_freq(name, one)]
        if not known and not others:
            self.miss(text)
            return tantivy.Query.empty_query()
        if not self.negated and known:
            self.boosts += [self.boosted(one) for one in stems_of("stem", low)]
        return any_of([self.term(name, one, "freq") for name, one in known] + others)

    def boosted(self, stemmed: str) -> tantivy.Query:
        return tantivy.Query.boost_query(self.term("title_stem", stemmed, "freq"), TITLE_BOOST)

    def spellings(self, name: str, others: Iterable[str], field: str = "words") -> list[tantivy.Query]:
        """Compile the other spellings of a name, as far as their words are in the index."""
        spelt: dict[tuple[str, ...], str] = {}
        for other in islice(others, _MOST_SPELLINGS):
            spelt.setdefault(tuple(words(other)), other)
        spelt.pop(tuple(words(name)), None)
        known = {
            found: other
            for found, other in spelt.items()
            if found and all(self.searcher.doc_freq(field, word) for word in found)
        }
        if not self.negated:
            self.also.update(dict.fromkeys(known.values()))
        return [self.phrase(list(found), field) for found in known]

    def covered(self, name: str, field: str = "words") -> list[tantivy.Query]:
        """Compile the cover names of whoever a name means, each at its time and among its words."""
        found = []
        for alias in self.covers(name):
            forms = [spelt for form in alias.forms if self._in_index(spelt := words(form), field)]
            if not forms:
                continue
            if not self.negated:
                self.aliases[alias] = None
            clauses = [any_of([self.phrase(list(form), field) for form in forms]), *self._at_its_time(alias)]
            if alias.among:
                clauses.append(any_of([phrase_of(self.schema, word) for word in alias.among]))
            found.append(every_one(clauses))
        return found

    def _in_index(self, found: list[str], field: str) -> bool:
        return bool(found) and all(self.searcher.doc_freq(field, word) for word in found)

    def _at_its_time(self, alias: Alias) -> list[tantivy.Query]:
        whole, ask = tantivy.FieldType.Integer, tantivy.Query.range_query
        begun = ask(self.schema, "last_day", whole, alias.first or 0, None)
        return [begun, ask(self.schema, "first_day", whole, None, alias.last)] if alias.last else [begun]

    def phrase(self, found: list[str], field: str = "words") -> tantivy.Query:
        self.mark(Sought.of_phrase(found))
        if len(found) == 1:
            if field == "words" and not self.searcher.doc_freq(field, found[0]):
                self.miss(found[0])
            return self.term(field, found[0])
        if not found:
            return tantivy.Query.empty_query()
        if self.looked and not self.affords(self.least(field, found)):
            return every_one([self.term(field, one) for one in dict.fromkeys(found)])
        self.looked = self.looked or self.least(field, found)
        return tantivy.Query.phrase_query(self.schema, field, list(found))

    def least(self, field: str, found: Iterable[str]) -> int:
        """Return in how many records the rarest of these words stands: so many are looked through for a phrase."""
        return min(self.searcher.doc_freq(field, one) for one in found)

    def affords(self, records: int) -> bool:
        """Tell whether so many records more may be looked through."""
        if self.looked + records > MAX_LOOKED:
            self.notes[
                "words as frequent as these take too long to be looked for beside each other; some were looked for "
                "anywhere in the same record"
            ] = None
            return False
        self.looked += records
        return True

    def near(self, found: list[str], distance: int, field: str = "words") -> tantivy.Query:
        """Every two of the words near each other, in either order. Tantivy's slop is right for two words only: for more
        it misses some and, since it pays for order, needs every order asked for."""
        different = list(dict.fromkeys(found))
        for one in different:
            self.mark(Sought.of_phrase([one]))
        if len(different) == 1:
            return self.term(field, different[0])
        pairs = list(combinations(different, 2))
        if not self.affords(sum(2 * self.least(field, pair) for pair in pairs)):
            return every_one([self.term(field, one) for one in different])
        ask = tantivy.Query.phrase_query
        return every_one(
            [
                any_of([ask(self.schema, field, [a, b], distance), ask(self.schema, field, [b, a], distance)])
                for a, b in pairs
            ]
        )

    def prefix(self, found: list[str], field: str = "words") -> tantivy.Query:
        self.mark(Sought.of_prefix(found))
        if len(found) == 1:
            return tantivy.Query.regex_query(self.schema, field, f"{found[0]}.*")
        patterns: list[str | tuple[int, str]] = [*found[:-1], f"{found[-1]}.*"]
        return tantivy.Query.regex_phrase_query(self.schema, field, patterns)

    def fuzzy(self, found: list[str], distance: int, field: str = "words") -> tantivy.Query:
        parts = []
        for one in found:
            allowed = 0 if len(one) <= 2 else 1 if len(one) <= 4 else distance
            self.mark(Sought.of_fuzzy(one, allowed))
            parts.append(tantivy.Query.fuzzy_term_query(self.schema, field, one, allowed, True))
        return every_one(parts)

    def term(self, field: str, value: str, option: str = "position") -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, field, value, option)

    def mark(self, *sought: Sought) -> None:
        if not self.negated:
            self.sought.extend(sought)

    def miss(self, word: str) -> None:
        if not self.negated:
            self.unknown.append(word)


def phrase_of(schema: tantivy.Schema, text: str, field: str = "words") -> tantivy.Query:
    """Return the query for these words in this order."""
    found = words(text)
    if len(found) == 1:
        return tantivy.Query.term_query(schema, field, found[0])
    return tantivy.Query.phrase_query(schema, field, list(found)) if found else tantivy.Query.empty_query()
