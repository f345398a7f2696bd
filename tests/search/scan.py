"""A search by brute force: every record is looked at, word by word, with no index. Slow and plain."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations, product

from mabillon.dates.edtf import day_number
from mabillon.evidence import Agent
from mabillon.record import Record
from mabillon.search.analysis import lowered, stem_field, stems_of, words
from mabillon.search.entry import passages
from mabillon.search.numbers import normal_number, number_forms
from mabillon.search.query import (
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


def answers(record: Record, node: Node) -> bool:
    """Tell whether `record` answers the query."""
    match node:
        case Everything():
            return True
        case And(nodes):
            return all(answers(record, child) for child in nodes)
        case Or(nodes):
            return any(answers(record, child) for child in nodes)
        case Not(child):
            return not answers(record, child)
        case Field(name, child):
            return field_answers(record, name, child)
        case Word(text) if len(words(text)) == 1:
            field = stem_field(record.language.value if record.language else None)
            return not all_stems(record, field).isdisjoint(stems_of(field, lowered(text).strip()))
    return any_list_answers([all_words(record)], node)


_read: dict[str, list[str]] = {}
_stems: dict[tuple[str, str], set[str]] = {}


def all_words(record: Record) -> list[str]:
    if record.id not in _read:
        _read[record.id] = words("\n\n".join(passages(record)))
    return _read[record.id]


def all_stems(record: Record, field: str) -> set[str]:
    if (record.id, field) not in _stems:
        _stems[record.id, field] = set(stems_of(field, lowered("\n\n".join(passages(record)))))
    return _stems[record.id, field]


def any_list_answers(lists: list[list[str]], node: Node) -> bool:
    """Tell whether one of the lists of words answers a phrase, beginning or the like."""
    match node:
        case Phrase(text) | Word(text) | Name(text) | Exactly(text):
            wanted = words(text)
            return any(found[at : at + len(wanted)] == wanted for found in lists for at in range(len(found)))
        case Prefix(text):
            *before, last = words(text)
            return any(
                found[at : at + len(before)] == before and found[at + len(before)].startswith(last)
                for found in lists
                for at in range(len(found) - len(before))
            )
        case Fuzzy(text, distance):
            return all(
                any(abs(len(one) - len(other)) <= distance and
                    steps(one, other) <= (0 if len(one) <= 2 else 1 if len(one) <= 4 else distance)
                    for other in {other for found in lists for other in found})
                for one in words(text)
            )  # fmt: skip
        case Near(text, distance):
            return any(is_near(found, words(text), distance) for found in lists)
    raise AssertionError(node)


def is_near(found: list[str], wanted: list[str], distance: int) -> bool:
    places = {one: [at for at, word in enumerate(found) if word == one] for one in wanted}
    return all(places.values()) and all(
        any(abs(a - b) - 1 <= distance for a in places[one] for b in places[other])
        for one, other in combinations(places, 2)
    )


@lru_cache(maxsize=200_000)
def steps(a: str, b: str) -> int:
    """The distance in letters put in, left out, changed, or swapped with the next (optimal string alignment)."""
    table = [[max(i, j) if not i or not j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i, j in product(range(1, len(a) + 1), range(1, len(b) + 1)):
        table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
        if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
            table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


def field_answers(record: Record, name: str, node: Node) -> bool:
    match name, node:
        case "date", Dated(first, last):
            if record.date is None:
                return False
            low, high = day_number(record.date.value)
            return low <= last and high >= first
        case "number", _:
            return number_answers([number.value for number in record.numbers], node)
        case "cites", _:
            return number_answers([one.number.value for one in record.references if one.number], node)
        case "type", Exactly(text) | Word(text):
            return record.type is not None and record.type.value == text
        case "lang", Word(text):
            return record.language is not None and record.language.value == text
        case "class", Name(text) | Word(text) | Phrase(text):
            return record.classification is not None and record.classification.value.lower() == text.lower()
        case "finding", Word("any"):
            return bool(record.findings)
        case "finding", Word(text):
            return text in {finding.id for finding in record.findings}
        case "from", Exactly(text):
            return text in {agent.value for agent in record.senders}
    agents = {"from": record.senders, "to": record.recipients, "signed": record.signatories}[name]
    lists = [words(said) for agent in agents for said in said_of(agent)]
    if isinstance(node, Word | Name):
        return all(any(one in found for found in lists) for one in words(node.text))
    return any_list_answers(lists, node)


def said_of(agent: Agent) -> list[str]:
    return [agent.value, agent.text, *(part.value for part in (agent.role, agent.place, agent.org) if part)]


def number_answers(values: list[str], node: Node) -> bool:
    forms = {form for value in values for form in number_forms(value)}
    wanted = normal_number(node.text)
    if isinstance(node, Prefix):
        return any(form.startswith(wanted) for form in forms)
    return wanted in forms
