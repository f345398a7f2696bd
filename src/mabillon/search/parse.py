"""From what a person typed to a query. A slip never fails: it gets the best reading, and a note says how it was read.

either  := both ("OR" both)*
both    := one ("AND"? one)*
one     := ("NOT" | "-")* operand
operand := "(" either ")" | field ":" operand | leaf
leaf    := word | prefix* | fuzzy~2 | "phrase" | "near these"~8 | ="whole value"
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from mabillon.search.analysis import CJK, words
from mabillon.search.lex import Token, clean, tokens
from mabillon.search.query import (
    ALIASES,
    DATE_FIELDS,
    FIELDS,
    NAME_FIELDS,
    VALUE_FIELDS,
    And,
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
    Query,
    Word,
)
from mabillon.search.when import read_when

MAX_LENGTH = 20_000
"""Characters of a query that are read."""

MAX_WEIGHT = 300
"""How much a query may ask for: a word 1, a phrase 1 a word, a beginning 5, two near words 5, a near miss 20.
The heaviest query is answered in a second or two, among a million records."""

MAX_PHRASE = 200
"""Words of a quotation that are looked for."""

MAX_DEPTH = 40
"""Parentheses within each other that are read."""

MAX_DISTANCE = 50
"""Words that may lie between two of a `"near these"~N`."""

MAX_NEAR = 6
"""Words of a `"near these"~N` that are read."""

_FUZZY = re.compile(r"~(\d*)$")
_SUFFIX = re.compile(r"[~^][\d.]*$")
_BOOST = re.compile(r"\^[\d.]*$")
_LOOKS_LIKE_FIELD = re.compile(r"[A-Za-z][A-Za-z-]*[:：]")
_OPERATORS = ("AND", "OR", "NOT")
_SHORTEST_PREFIX = 2
_SPACE = re.compile(r"\s+")


def parse(typed: str) -> Query:
    """Return the best reading of `typed`."""
    return _Parser(typed).query()


class _Parser:
    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.notes: dict[str, None] = {}
        text = clean(typed[:MAX_LENGTH])
        if len(typed) > MAX_LENGTH:
            self.note(f"only the first {MAX_LENGTH:,} of {len(typed):,} characters were read")
        self.tokens = tokens(text)
        self.left = MAX_WEIGHT
        self.at = 0
        self.depth = 0
        self.inside: str | None = None

    def note(self, text: str) -> None:
        self.notes[text] = None

    def query(self) -> Query:
        parts: list[Node] = []
        while self.at < len(self.tokens):
            if (found := self.either()) is not None:
                parts.append(found)
            if self.peek() == "close":
                self.at += 1
                self.note("a closing parenthesis without an opening one was left out")
        root = _and(parts)
        return Query(self.typed, Everything() if root is None else root, tuple(self.notes))

    def peek(self) -> str:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else "end"

    def either(self) -> Node | None:
        found: list[Node | None] = [self.both()]
        while self.peek() == "or":
            self.at += 1
            found.append(self.both())
        if len(found) > 1 and None in found:
            self.note("an OR with nothing on one side was left out")
        return _or([node for node in found if node is not None])

    def both(self) -> Node | None:
        found: list[Node] = []
        joined = False
        while (kind := self.peek()) not in ("or", "close", "end"):
            if kind == "and":
                if joined or not found:
                    self.note("an AND with nothing on one side was left out")
                joined = True
                self.at += 1
                continue
            node = self.one()
            if node is not None:
                found.append(node)
                joined = False
        if joined and found:
            self.note("an AND with nothing on one side was left out")
        return _and(found)

    def one(self) -> Node | None:
        negated = False
        while self.peek() == "not":
            self.at += 1
            negated = not negated
        if self.peek() in ("and", "or", "close", "end"):
            self.note("a NOT with nothing after it was left out")
            return None
        node = self.operand(self.inside)
        return _not(node) if negated and node is not None else node

    def operand(self, field: str | None) -> Node | None:
        token = self.tokens[self.at]
        self.at += 1
        match token.kind:
            case "open":
                return self.group(field)
            case "field":
                return self.field(token)
            case "empty":
                return self.field_without_value(token)
            case "phrase":
                return self.afforded(self.phrase(token, field))
            case _:
                return self.afforded(self.word(token.text, field))

    def afforded(self, leaf: Node | None) -> Node | None:
        """Return `leaf`, or None where the query would take too long with it."""
        asked = 0 if leaf is None else weight(leaf)
        if asked > self.left:
            self.left = 0
            self.note("the query asks for too much, and only its beginning was read")
            return None
        self.left -= asked
        return leaf

    def group(self, field: str | None) -> Node | None:
        if field in NAME_FIELDS or field in VALUE_FIELDS:
            name = self.name_in_parentheses()
            if name is not None:
                return name
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.note(f"parentheses more than {MAX_DEPTH} deep were left out")
            self.depth -= 1
            return None
        found = self.either() if field is None else self.either_in(field)
        self.depth -= 1
        if self.peek() == "close":
            self.at += 1
        else:
            self.note("a parenthesis that was not closed was closed at the end")
        return found

    def either_in(self, field: str) -> Node | None:
        """Read a group whose members all belong to `field`."""
        outer, self.inside = self.inside, field
        found = self.either()
        self.inside = outer
        return found

    def name_in_parentheses(self) -> Node | None:
        """Read `(Pak Hon-yong)` as one name; None, and nothing read, where the group is no mere run of words."""
        end = self.at
        while end < len(self.tokens) and self.tokens[end].kind == "word" and self.tokens[end].text[-1] not in "*~":
            end += 1
        closed = end < len(self.tokens) and self.tokens[end].kind == "close"
        if end - self.at < 2 or not (closed or end == len(self.tokens)):
            return None
        text = " ".join(tidy(token.text) for token in self.tokens[self.at : end])
        if not closed:
            self.note("a parenthesis that was not closed was closed at the end")
        self.at = end + closed
        text = _SPACE.sub(" ", text).strip()
        return self.afforded(Name(text)) if words(text) else None

    def field(self, token: Token) -> Node | None:
        name = token.text.lower()
        name = name if name in FIELDS else ALIASES.get(name, "")
        if not name:
            self.note(f"{token.text}: is not a field, it was read as a word")
            return self.word(token.text, None)
        negated = False
        while self.peek() == "not":
            self.at += 1
            negated = not negated
        if self.peek() in ("and", "or", "close", "end"):
            return self.field_without_value(token)
        if self.peek() in ("field", "empty"):
            self.note(f"{token.text}: with no value was left out")
            return None
        node = self.when(name) if name in DATE_FIELDS else _in_field(name, self.operand(name))
        return _not(node) if negated and node is not None else node

    def field_without_value(self, token: Token) -> Node | None:
        name = token.text.lower()
        if name in FIELDS or name in ALIASES:
            self.note(f"{token.text}: with no value was left out")
            return None
        return self.word(token.text, None)

    def when(self, field: str) -> Node | None:
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "open":
            text = []
            while self.peek() not in ("close", "end"):
                text.append(self.tokens[self.at].text)
                self.at += 1
            self.at += self.peek() == "close"
            token = Token("phrase", " ".join(text), token.start)
        found = read_when(token.text)
        if found is not None:
            return Field(field, found)
        self.note(f"{token.text[:40]} is no date, it was read as words; dates are like 1950-09-20..1950-10-05")
        return self.phrase(token, None) if token.kind == "phrase" else self.word(token.text, None)

    def phrase(self, token: Token, field: str | None) -> Node | None:
        if not token.closed:
            self.note("a quotation that was not closed was closed at the end")
        text = _SPACE.sub(" ", token.text).strip()
        if token.exactly and field is not None and text:
            return Exactly(text)
        count = len(words(text))
        if not count:
            return None
        if not token.slop or count == 1 or field in VALUE_FIELDS:
            if count > MAX_PHRASE:
                self.note(f"of a quotation only the first {MAX_PHRASE} words were looked for")
                text = " ".join(words(text)[:MAX_PHRASE])
            return Phrase(text)
        distance = int(token.slop[:6])
        if distance > MAX_DISTANCE:
            self.note(f"words at most {MAX_DISTANCE} apart were looked for, not {token.slop[:6]}")
        if count > MAX_NEAR:
            self.note(f"of words near each other only the first {MAX_NEAR} were looked for")
            text = " ".join(words(text)[:MAX_NEAR])
        return Near(text, min(distance, MAX_DISTANCE))

    def word(self, text: str, field: str | None) -> Node | None:
        while (boost := _BOOST.search(text)) is not None:
            text = text[: boost.start()]
            self.note("weights (^) are not used and were left out")
        if field in VALUE_FIELDS and text in ("*", "any"):
            return Word("any")
        fuzzy = _FUZZY.search(text)
        text = text[: fuzzy.start()] if fuzzy else text
        star = text.find("*", 1)
        if text.startswith("*") and text.strip("*"):
            self.note(f"{text[:40]}: a word cannot be found by its end, * at the beginning was left out")
            star = text.lstrip("*").find("*")
            text = text.lstrip("*")
        if star > 0:
            if text[star:].strip("*"):
                self.note(f"{text[:40]}: only the letters before * were looked for")
            return self.prefix(text[:star])
        return self.plain(text, fuzzy.group(1) if fuzzy else None)

    def prefix(self, text: str) -> Node | None:
        text = tidy(text)
        letters = words(text)
        if not letters:
            return None
        if len(letters[-1]) < _SHORTEST_PREFIX and not re.match(f"[{CJK}]", letters[-1]):
            self.note(f"{text}*: one letter is too little for a beginning, it was read as a word")
            return self.splittable(text, Word)
        return self.splittable(text, Prefix)

    def plain(self, text: str, fuzzy: str | None) -> Node | None:
        text = tidy(text)
        if not words(text):
            return None
        if fuzzy is None or fuzzy == "0":
            return self.splittable(text, Word)
        if fuzzy not in ("", "1", "2"):
            self.note("at most 2 letters may differ (~2)")
        distance = 1 if fuzzy in ("", "1") else 2
        return self.splittable(text, lambda part: Fuzzy(part, distance))

    def splittable(self, text: str, make: Callable[[str], Node]) -> Node | None:
        """Make the leaf of a word, apart where it would be read as an operator or a field when said back."""
        if text in _OPERATORS:
            return make(text.lower())
        if _LOOKS_LIKE_FIELD.match(text):
            parts = [part for part in re.split("[:：]", text) if words(part)]
            return _and([node for part in parts if (node := self.plain(part, None)) is not None])
        return make(text)


def tidy(text: str) -> str:
    """Return a word without the signs at its ends that are no part of any, or that would be read as an operator."""
    start, end = 0, len(text)
    while start < end and not _belongs(text[start]):
        start += 1
    while end > start and not _belongs(text[end - 1]):
        end -= 1
    while (left := _SUFFIX.search(text, start, end)) is not None:
        end = left.start()
        while end > start and not _belongs(text[end - 1]):
            end -= 1
    return text[start:end]


def weight(node: Node) -> int:
    """Return how much of MAX_WEIGHT a leaf takes."""
    match node:
        case And(nodes):
            return sum(map(weight, nodes))
        case Prefix(text):
            return 5 * len(words(text))
        case Fuzzy(text, _):
            return 20 * len(words(text))
        case Near(text, _):
            count = len(words(text))
            return 5 * count * (count - 1) // 2
        case Phrase(text) | Name(text) | Word(text) | Exactly(text):
            return max(1, len(words(text)))
    return 1


def _belongs(sign: str) -> bool:
    """Letters and digits, and the vowel signs of Indian scripts, but no accent that stands alone."""
    return sign.isalnum() or (unicodedata.category(sign) in ("Mc", "Mn") and not "\u0300" <= sign <= "\u036f")


def _in_field(name: str, node: Node | None) -> Node | None:
    """Put `node` to the field, field by field for the members of a group."""
    match node:
        case None | Field():
            return node
        case And(nodes):
            return _and([child for n in nodes if (child := _in_field(name, n)) is not None])
        case Or(nodes):
            return _or([child for n in nodes if (child := _in_field(name, n)) is not None])
        case Not(inner):
            child = _in_field(name, inner)
            return None if child is None else _not(child)
        case _:
            return Field(name, node)


def _and(nodes: list[Node]) -> Node | None:
    flat = [part for node in nodes for part in (node.nodes if isinstance(node, And) else (node,))]
    return None if not flat else flat[0] if len(flat) == 1 else And(tuple(flat))


def _or(nodes: list[Node]) -> Node | None:
    flat = [part for node in nodes for part in (node.nodes if isinstance(node, Or) else (node,))]
    return None if not flat else flat[0] if len(flat) == 1 else Or(tuple(flat))


def _not(node: Node) -> Node:
    return node.node if isinstance(node, Not) else Not(node)
