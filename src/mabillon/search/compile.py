"""From a query's tree to what Tantivy answers, and to the words that its hits are to be marked with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations

import tantivy
from tantivy import Occur

from mabillon.search.analysis import stem, words
from mabillon.search.entry import slug
from mabillon.search.numbers import normal_number
from mabillon.search.query import (
    NAME_FIELDS,
    NUMBER_FIELDS,
    And,
    Dated,
    Everything,
    Exactly,
    Field,
    Fuzzy,
    Name,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
)
from mabillon.search.schema import NAMES, VALUES
from mabillon.search.snapshot import Snapshot
from mabillon.search.sought import Sought
from mabillon.search.terms import any_of, every_one, literally

ExpandName = Callable[[str], Iterable[str]]
"""A name as typed → its other spellings, in any script."""

TITLE_BOOST = 2.0
"""How much more a word of the title says of a record than one of its body."""

_MOST_VARIANTS = 40
_TYPE_NAMES = {"cable": "telegram", "wire": "telegram", "memcon": "memorandum-of-conversation", "dispatch": "despatch"}
_VAGUE = {"month": 0.3, "year": 0.2, "years": 0.1}
"""Precision of a date → what it is worth that it may mean a day asked for; a day is worth 1.4, and a vaguer date that
lies wholly in the days asked for 1 more."""


def spelt_so(name: str) -> Iterable[str]:
    """Expand a name to nothing else: what a search does without an authority file."""
    return ()


@dataclass
class Compiled:
    """match: what finds and counts; score: the same hits, ranked; sought: what to mark in them;
    unknown: words of the query that the index has not; ranked: whether the scores differ by anything but chance."""

    match: tantivy.Query
    score: tantivy.Query
    sought: tuple[Sought, ...]
    unknown: tuple[str, ...]
    ranked: bool


def compile_query(root: Node, snapshot: Snapshot, expand: ExpandName = spelt_so) -> Compiled:
    compiler = Compiler(snapshot, expand)
    match = compiler.text(root)
    score = match
    if compiler.boosts:
        optional = [(Occur.Should, boost) for boost in compiler.boosts]
        score = tantivy.Query.boolean_query([(Occur.Must, match), *optional])
    ranked = any(isinstance(node, Word | Phrase | Near | Prefix | Fuzzy) for node in _leaves(root)) or _has_date(root)
    return Compiled(match, score, tuple(compiler.sought), tuple(compiler.unknown), ranked)


def _leaves(node: Node) -> Iterable[Node]:
    if isinstance(node, And | Or):
        for child in node.nodes:
            yield from _leaves(child)
    elif not isinstance(node, Field | Not):
        yield node


def _has_date(node: Node) -> bool:
    if isinstance(node, And | Or):
        return any(_has_date(child) for child in node.nodes)
    return isinstance(node, Field) and isinstance(node.node, Dated)


class Compiler:
    def __init__(self, snapshot: Snapshot, expand: ExpandName) -> None:
        self.snapshot = snapshot
        self.schema = snapshot.schema
        self.searcher = snapshot.searcher
        self.expand = expand
        self.sought: list[Sought] = []
        self.unknown: list[str] = []
        self.boosts: list[tantivy.Query] = []
        self.negated = False

    # Operators

    def text(self, node: Node) -> tantivy.Query:
        match node:
            case And(nodes):
                return self.all_of(nodes)
            case Or(nodes):
                return any_of([self.text(child) for child in nodes])
            case Not():
                return self.all_of((node,))
            case Field(name, inner):
                return self.field(name, inner)
            case Everything():
                return tantivy.Query.all_query()
            case _:
                return self.leaf(node)

    def all_of(self, nodes: tuple[Node, ...]) -> tantivy.Query:
        clauses: list[tuple[Occur, tantivy.Query]] = []
        for child in nodes:
            if isinstance(child, Not):
                clauses.append((Occur.MustNot, self.unmarked(child.node)))
            else:
                clauses.append((Occur.Must, self.text(child)))
        if all(occur == Occur.MustNot for occur, _ in clauses):
            clauses.insert(0, (Occur.Must, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(clauses)

    def unmarked(self, node: Node) -> tantivy.Query:
        """Compile what must not be found: it marks nothing, and its unknown words are no slips."""
        outer, self.negated = self.negated, True
        found = self.text(node)
        self.negated = outer
        return found

    # Words of the text

    def leaf(self, node: Node) -> tantivy.Query:
        match node:
            case Word(text):
                return self.word(text)
            case Phrase(text) | Name(text) | Exactly(text):
                return self.phrase(words(text))
            case Near(text, distance):
                return self.near(words(text), distance)
            case Prefix(text):
                return self.prefix(words(text))
            case Fuzzy(text, distance):
                return self.fuzzy(words(text), distance)
        raise TypeError(f"no leaf of a query: {node!r}")

    def word(self, text: str) -> tantivy.Query:
        found = words(text)
        if len(found) != 1:
            return any_of([self.phrase(found), *self.spellings(text)])
        stems = {name: stem(name, found[0]) for name in self.snapshot.stem_fields}
        self.mark(Sought.of_stems(found[0], stems))
        known = [(name, one) for name, one in stems.items() if one and self.searcher.doc_freq(name, one)]
        others = self.spellings(text)
        if not known and not others:
            self.miss(text)
            return tantivy.Query.empty_query()
        if not self.negated and known:
            self.boosts.append(self.boosted(stems.get("stem") or found[0]))
        return any_of([self.term(name, one, "freq") for name, one in known] + others)

    def boosted(self, stemmed: str) -> tantivy.Query:
        return tantivy.Query.boost_query(self.term("title_stem", stemmed, "freq"), TITLE_BOOST)

    def spellings(self, name: str) -> list[tantivy.Query]:
        """Compile the other spellings of a name, where it is one."""
        return [self.phrase(variant) for variant in self.variants(name)]

    def variants(self, name: str) -> list[list[str]]:
        own = tuple(words(name))
        found = {tuple(words(variant)): None for variant in list(self.expand(name))[:_MOST_VARIANTS]}
        return [list(variant) for variant in found if variant and variant != own]

    def phrase(self, found: list[str], field: str = "words") -> tantivy.Query:
        self.mark(Sought.of_phrase(found))
        if len(found) == 1:
            if field == "words" and not self.searcher.doc_freq(field, found[0]):
                self.miss(found[0])
            return self.term(field, found[0])
        return tantivy.Query.phrase_query(self.schema, field, list(found)) if found else tantivy.Query.empty_query()

    def near(self, found: list[str], distance: int, field: str = "words") -> tantivy.Query:
        """Every two of the words near each other, in either order. Tantivy's slop is right for two words only: for more
        it misses some and, since it pays for order, needs every order asked for."""
        different = list(dict.fromkeys(found))
        for one in different:
            self.mark(Sought.of_phrase([one]))
        if len(different) == 1:
            return self.term(field, different[0])
        ask = tantivy.Query.phrase_query
        return every_one(
            [
                any_of([ask(self.schema, field, [a, b], distance), ask(self.schema, field, [b, a], distance)])
                for a, b in combinations(different, 2)
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

    # Fields

    def field(self, name: str, node: Node) -> tantivy.Query:
        if isinstance(node, Dated):
            return self.dated(node)
        if name in NAME_FIELDS:
            return self.named(name, node)
        if name in NUMBER_FIELDS:
            return self.numbered(name, node)
        if name in VALUES:
            return self.valued(name, node)
        return self.titled(node)

    def named(self, name: str, node: Node) -> tantivy.Query:
        field, whole = NAMES[name]
        match node:
            case Exactly(text):
                self.mark(Sought.of_phrase(words(text)))
                return self.term(whole, text)
            case Phrase(text):
                return self.phrase(words(text), field)
            case Near(text, distance):
                return self.near(words(text), distance, field)
            case Prefix(text):
                return self.prefix(words(text), field)
            case Fuzzy(text, distance):
                return self.fuzzy(words(text), distance, field)
            case Word(text) | Name(text):
                own = words(text)
                self.mark(*(Sought.of_phrase([one]) for one in own))
                spelt = [every_one([self.term(field, one) for one in own])]
                return any_of(spelt + [self.phrase(variant, field) for variant in self.variants(text)])
        raise TypeError(f"no value of {name}: {node!r}")

    def titled(self, node: Node) -> tantivy.Query:
        match node:
            case Word(text) if len(words(text)) == 1:
                [word] = words(text)
                self.mark(Sought.of_stems(word, {"stem": stem("stem", word)}))
                return self.term("title_stem", stem("stem", word), "freq")
            case Near(text, distance):
                return self.near(words(text), distance, "title")
            case Prefix(text):
                return self.prefix(words(text), "title")
            case Fuzzy(text, distance):
                return self.fuzzy(words(text), distance, "title")
            case Word(text) | Name(text) | Phrase(text) | Exactly(text):
                return self.phrase(words(text), "title")
        raise TypeError(f"no value of title: {node!r}")

    def numbered(self, name: str, node: Node) -> tantivy.Query:
        text = str(getattr(node, "text", ""))
        number = normal_number(text)
        if not number:
            return tantivy.Query.empty_query()
        self.mark(Sought.of_phrase(words(text)))
        if isinstance(node, Prefix):
            return tantivy.Query.regex_query(self.schema, name, f"{literally(number)}.*")
        return self.term(name, number)

    def valued(self, name: str, node: Node) -> tantivy.Query:
        field, text = VALUES[name], str(getattr(node, "text", ""))
        if isinstance(node, Exactly):
            return self.term("collection" if name == "in" else field, text)
        if isinstance(node, Prefix):
            return tantivy.Query.regex_query(self.schema, field, f"{literally(text.lower())}.*")
        if isinstance(node, Fuzzy):
            return tantivy.Query.fuzzy_term_query(self.schema, field, text.lower(), node.distance, True)
        values = {text.lower()}
        if name == "type":
            values |= {slug(text), _TYPE_NAMES.get(text.lower(), slug(text))}
        if name == "in":
            values |= {slug(text), "/".join(slug(part) for part in text.split("/"))}
        return any_of([self.term(field, value) for value in sorted(values)])

    def dated(self, when: Dated) -> tantivy.Query:
        """Overlap, as EDTF means it. What lies wholly in the days asked for ranks first, then the more exact. A date of
        one day needs one column only; there are few others, and they are found by their precision first."""
        days = self.scored(self.between("first_day", when.first, when.last), 1.4)
        kinds: list[tantivy.Query] = []
        for precision, worth in _VAGUE.items():
            if self.searcher.doc_freq("precision", precision):
                overlap = [self.between("first_day", None, when.last), self.between("last_day", when.first, None)]
                vague = every_one([self.term("precision", precision), *overlap])
                kinds.append(self.scored(vague, worth))
                wholly = [self.between("first_day", when.first, None), self.between("last_day", None, when.last)]
                kinds.append(self.scored(every_one([self.term("precision", precision), *wholly]), 1.0))
        if not kinds:
            return days
        exact = every_one([self.between("first_day", when.first, when.last), self.term("precision", "day")])
        return any_of([self.scored(exact, 1.4), *kinds])

    def between(self, field: str, first: int | None, last: int | None) -> tantivy.Query:
        return tantivy.Query.range_query(self.schema, field, tantivy.FieldType.Integer, first, last)

    def scored(self, query: tantivy.Query, score: float) -> tantivy.Query:
        return tantivy.Query.const_score_query(query, score)

    # Helpers

    def term(self, field: str, value: str, option: str = "position") -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, field, value, option)

    def mark(self, *sought: Sought) -> None:
        if not self.negated:
            self.sought.extend(sought)

    def miss(self, word: str) -> None:
        if not self.negated:
            self.unknown.append(word)
