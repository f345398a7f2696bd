"""From a query's tree to what Tantivy answers, and to the words that its hits are to be marked with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import tantivy
from tantivy import Occur

from mabillon.search.aliases import Alias, FindAliases, no_aliases
from mabillon.search.analysis import lowered, stems_of, words
from mabillon.search.entry import slug
from mabillon.search.leaves import ExpandName, Leaves, spelt_so
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

_LONGEST_NAME = 4
_TYPE_NAMES = {"cable": "telegram", "wire": "telegram", "memcon": "memorandum-of-conversation", "dispatch": "despatch"}
_VAGUE = {"month": 0.3, "year": 0.2, "years": 0.1}
"""Precision of a date → what it is worth that it may mean a day asked for; a day is worth 1.4, and a vaguer date that
lies wholly in the days asked for 1 more."""


@dataclass
class Compiled:
    """match: what finds and counts; score: the same hits, ranked; sought: what to mark in them
    unknown: words of the query that the index has not; also: other spellings of its names that the index has
    aliases: cover names of whoever is sought that it has; notes: what was not looked for as it was asked
    costly: whether words are looked for beside each other, which takes long and had better be done once
    ranked: whether the scores differ by anything but chance
    """

    match: tantivy.Query
    score: tantivy.Query
    sought: tuple[Sought, ...]
    unknown: tuple[str, ...]
    also: tuple[str, ...]
    aliases: tuple[Alias, ...]
    notes: tuple[str, ...]
    costly: bool
    ranked: bool


def compile_query(
    root: Node, snapshot: Snapshot, expand: ExpandName = spelt_so, covers: FindAliases = no_aliases
) -> Compiled:
    compiler = Compiler(snapshot, expand, covers)
    match = compiler.text(root)
    score = match
    if compiler.boosts:
        optional = [(Occur.Should, boost) for boost in compiler.boosts]
        score = tantivy.Query.boolean_query([(Occur.Must, match), *optional])
    ranked = any(isinstance(node, Word | Phrase | Near | Prefix | Fuzzy) for node in _leaves(root)) or _has_date(root)
    sought, unknown, also = tuple(compiler.sought), tuple(compiler.unknown), tuple(compiler.also)
    return Compiled(
        match, score, sought, unknown, also, tuple(compiler.aliases), tuple(compiler.notes), compiler.looked > 0, ranked
    )


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


class Compiler(Leaves):
    """Compiles a whole query: operators, fields, and the leaves below them."""

    def text(self, node: Node) -> tantivy.Query:
        match node:
            case And(nodes):
                return self.all_of(nodes)
            case Or(nodes):
                return any_of([self.text(child) for child in dict.fromkeys(nodes)])
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
        for child in self.with_names(nodes):
            if isinstance(child, Not):
                clauses.append((Occur.MustNot, self.unmarked(child.node)))
            elif isinstance(child, Node):
                clauses.append((Occur.Must, self.text(child)))
            else:
                clauses.append((Occur.Must, child))
        if all(occur == Occur.MustNot for occur, _ in clauses):
            clauses.insert(0, (Occur.Must, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(clauses)

    def with_names(self, nodes: tuple[Node, ...]) -> Iterator[Node | tantivy.Query]:
        """Yield the members of an AND, each once, with a query in place of each run of words that is one name."""
        at, seen = 0, set[Node]()
        while at < len(nodes):
            for length in range(min(_LONGEST_NAME, len(nodes) - at), 1, -1):
                run = nodes[at : at + length]
                text = " ".join(word.text for word in run if isinstance(word, Word))
                if all(isinstance(word, Word) for word in run) and (others := list(self.expand(text))):
                    yield self.name_of_words(run, text, others)
                    break
            else:
                length = 1
                if nodes[at] not in seen:
                    seen.add(nodes[at])
                    yield nodes[at]
            at += length

    def name_of_words(self, run: tuple[Node, ...], text: str, others: list[str]) -> tantivy.Query:
        own = [self.word(word.text, alone=False) for word in run if isinstance(word, Word)]
        return any_of([every_one(own), *self.spellings(text, others), *self.covered(text)])

    def unmarked(self, node: Node) -> tantivy.Query:
        """Compile what must not be found: it marks nothing, and its unknown words are no slips."""
        outer, self.negated = self.negated, True
        found = self.text(node)
        self.negated = outer
        return found

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
                spelt = every_one([self.term(field, one) for one in own])
                return any_of([spelt, *self.spellings(text, self.expand(text), field), *self.covered(text, field)])
        raise TypeError(f"no value of {name}: {node!r}")

    def titled(self, node: Node) -> tantivy.Query:
        match node:
            case Word(text) if len(words(text)) == 1:
                low = lowered(text).strip()
                wanted = stems_of("stem", low)
                self.mark(Sought.of_stems(low, [("stem", one) for one in wanted]))
                return any_of([self.term("title_stem", one, "freq") for one in wanted])
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
