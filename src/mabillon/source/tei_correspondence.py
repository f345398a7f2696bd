"""Who sent what to whom: `correspDesc` of the TEI Correspondence SIG."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from mabillon.source.tei_names import Element, below, children, local, plain_attributes, squeeze, words_of
from mabillon.source.tei_register import Register
from mabillon.source.tei_statements import DATING, NAMING, HeaderLine, Statement, line, moment

_ACTION = {
    "persName": "person", "name": "person", "person": "person", "orgName": "organization", "org": "organization",
    "roleName": "role", "placeName": "place", "settlement": "place", "country": "place", "region": "place",
    "district": "place", "geogName": "place", "place": "place", "bloc": "place", "address": "place", "date": "date",
    "time": "date", "num": "number", "idno": "number", "note": "note", "desc": "note",
}  # fmt: skip
_RS = {"person": "person", "pers": "person", "place": "place", "org": "organization", "organisation": "organization",
       "organization": "organization", "corporate": "organization"}  # fmt: skip


def correspondence(profile: Element, register: Register) -> list[HeaderLine]:
    """Return a line for each `correspAction`, and one for each note on the correspondence."""
    found: list[HeaderLine] = []
    descriptions = list(below(profile, "correspDesc"))
    groups = count()
    for number, description in enumerate(descriptions):
        desc = {"desc": description.get("n") or str(number + 1)} if len(descriptions) > 1 else {}
        for action in children(description, "correspAction"):
            kind, group = action.get("type") or "sent", next(groups)
            said = [
                Statement(f"{kind}.{entry.name}", entry.words, entry.value, group, {**desc, **entry.attributes})
                for entry in _action(action, register)
            ]
            found.extend(line(kind.capitalize(), *said))
        for note in children(description, "note"):
            words = words_of(note)
            found.extend(line("Note", Statement("note", words, attributes={**desc, **plain_attributes(note, "type")})))
    return found


def _action(node: Element, register: Register) -> Iterator[Statement]:
    for child in node:
        name = local(child)
        kind = _ACTION.get(name)
        if name in ("rs", "name"):
            kind = _RS.get((child.get("type") or "").casefold(), "person")
        if kind is None:
            if name:
                yield from _action(child, register)
            continue
        yield _actor(child, kind, register)
        if kind == "person":
            for role in below(child, "roleName"):
                yield Statement("role", words_of(role))


def _actor(node: Element, kind: str, register: Register) -> Statement:
    words = _without_roles(node) if kind == "person" else words_of(node)
    attributes = plain_attributes(node, *(DATING if kind == "date" else NAMING), "n")
    if kind == "place" and not attributes.get("ref"):
        inner = next((part for part in node if part.get("ref") or part.get("key")), None)
        if inner is not None:
            attributes.update(plain_attributes(inner, "ref", "key"))
    value = ""
    if kind == "date":
        value = moment(node)
    elif not words:
        value = register.name(node.get("ref") or node.get("key") or "")
    return Statement(kind, words, value, attributes=attributes)


def _without_roles(node: Element) -> str:
    if not any(local(child) == "roleName" for child in node):
        return words_of(node)
    parts = [node.text or ""]
    for child in node:
        if local(child) not in ("roleName", "note"):
            parts.append(words_of(child))
        parts.append(child.tail or "")
    return squeeze("".join(parts)).strip(" ,") or words_of(node)
