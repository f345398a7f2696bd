"""A query as a tree of frozen values. `parse` makes it from what a person typed, `describe` says it back."""

from __future__ import annotations

from dataclasses import dataclass

NAME_FIELDS = ("from", "to", "copy", "signed", "about", "place")
WORD_FIELDS = ("title",)
NUMBER_FIELDS = ("number", "cites")
VALUE_FIELDS = ("type", "class", "finding", "lang", "in", "id")
DATE_FIELDS = ("date",)
FIELDS = (*NAME_FIELDS, *WORD_FIELDS, *NUMBER_FIELDS, *VALUE_FIELDS, *DATE_FIELDS)

ALIASES = {
    "sender": "from", "recipient": "to", "copies": "copy", "cc": "copy", "signatory": "signed", "sign": "signed",
    "mentions": "about", "place-name": "place", "no": "number", "num": "number", "classification": "class",
    "findings": "finding", "language": "lang", "collection": "in", "fonds": "in", "dated": "date", "year": "date",
    "references": "cites", "kind": "type",
}  # fmt: skip
"""Other names of fields that people try."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any inflection, or in a field of names, one word of a name in any spelling."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """Words that stand together in a field of names or of values: one name in any spelling, or one value."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted words, spelt so and in this order."""

    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """Quoted words in any order, every two of them somewhere with at most `distance` words between."""

    text: str
    distance: int


@dataclass(frozen=True, slots=True)
class Exactly:
    """The whole of a field's value, letter by letter: what a facet counts."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words that differ from this one by at most `distance` letters (1 or 2)."""

    text: str
    distance: int


@dataclass(frozen=True, slots=True)
class Dated:
    """Records whose date overlaps the days `first` to `last` (yyyymmdd, both inclusive)."""

    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A query put to one field, one of FIELDS."""

    name: str
    node: Node


@dataclass(frozen=True, slots=True)
class And:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    node: Node


@dataclass(frozen=True, slots=True)
class Everything:
    """All records: an empty query."""


Node = Word | Name | Phrase | Near | Exactly | Prefix | Fuzzy | Dated | Field | And | Or | Not | Everything


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, how it was read, and in what it had to be mended."""

    typed: str
    root: Node
    notes: tuple[str, ...] = ()


def describe(node: Node) -> str:
    """Return `node` in the query language, with every operator spelt out. Parsing it again gives the same tree."""
    match node:
        case Word(text):
            return text
        case Name(text):
            return f"({text})"
        case Phrase(text):
            return f'"{text}"'
        case Near(text, distance):
            return f'"{text}"~{distance}'
        case Exactly(text):
            return f'="{text}"'
        case Prefix(text):
            return f"{text}*"
        case Fuzzy(text, distance):
            return f"{text}~" if distance == 1 else f"{text}~{distance}"
        case Dated(text=text):
            return text
        case Field(name, inner):
            return f"{name}:{_operand(inner)}"
        case Not(inner):
            return f"NOT {_operand(inner)}"
        case And(nodes):
            return " AND ".join(_operand(child) for child in nodes)
        case Or(nodes):
            return " OR ".join(f"({describe(c)})" if isinstance(c, Or) else describe(c) for c in nodes)
        case _:
            return ""


def _operand(node: Node) -> str:
    return f"({describe(node)})" if isinstance(node, And | Or) else describe(node)
