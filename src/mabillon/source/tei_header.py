"""The TEI header as lines of words and statements: what the edition says of a document before its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from mabillon.source.builder import TextBuilder
from mabillon.source.tei_names import Element, below, children, first, local, plain_attributes, squeeze, words_of
from mabillon.source.tei_register import Register

DATING = ("when", "when-iso", "from", "to", "notBefore", "notAfter", "from-iso", "to-iso", "notBefore-iso",
          "notAfter-iso", "calendar", "cert", "precision")  # fmt: skip
NAMING = ("ref", "key", "type", "role", "cert", "corresp")
_TRANSLATOR = re.compile(r"translat|übersetz|tradu[czt]|перев[её]?[дл]|vertal|çevir", re.IGNORECASE)
_SERIES = frozenset(("s", "m", "series", "complete", "volume", "subseries", "sub-series", "volume-number", "vol"))
_SHELF = re.compile(r"shelf|signat|call", re.IGNORECASE)


_Title = tuple[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `words` are put into the text; without them `value` comes from attributes alone."""

    name: str
    words: str
    value: str = ""
    group: int = 0
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """One line of the text's head: `label: words; words`."""

    label: str
    statements: tuple[Statement, ...]
    joint: str = "; "


def write_header(lines: list[HeaderLine], builder: TextBuilder) -> None:
    """Write the lines in regions of kind "metadata", and state what they say."""
    for line in lines:
        spoken = [said for said in line.statements if said.words]
        if spoken:
            region = builder.open("metadata", {"field": spoken[0].name})
            builder.inline(f"{line.label}: ")
        for said in line.statements:
            mark = None
            if said.words:
                if said is not spoken[0]:
                    builder.inline(line.joint)
                mark = builder.open()
                builder.inline(said.words)
                builder.close(mark)
            builder.state(said.name, said.value, mark, said.group, said.attributes)
        if spoken:
            builder.close(region)
            builder.block()
    builder.block(blank_line=True)


def header_lines(header: Element | None, register: Register, volume: bool = False) -> list[HeaderLine]:
    """Return what a `teiHeader` states. In a `volume` of many documents its titles are the volume's."""
    if header is None:
        return []
    found: list[HeaderLine] = []
    description = first(header, "fileDesc")
    if description is not None:
        found += _titles(description, volume)
        found += _responsible(description)
        found += _manuscript(description, volume)
    profile = first(header, "profileDesc")
    if profile is not None:
        found += _correspondence(profile, register)
        found += _profile(profile)
    if description is not None:
        found += _publication(description, volume)
    return found


def _line(label: str, *said: Statement, joint: str = "; ") -> list[HeaderLine]:
    kept = tuple(entry for entry in said if entry.words or entry.value)
    return [HeaderLine(label, kept, joint)] if kept else []


def _titles(description: Element, volume: bool) -> list[HeaderLine]:
    statement = first(description, "titleStmt")
    found: list[HeaderLine] = []
    if statement is None:
        return found
    own: list[_Title] = []
    series: list[_Title] = []
    seen: set[str] = set()
    for title in children(statement, "title"):
        words, kind = words_of(title), title.get("type") or title.get("level") or ""
        if not words or words in seen or kind in ("iso-date", "short", "label", "desc", "filing"):
            continue
        seen.add(words)
        target = series if volume or kind in _SERIES or title.get("level") in _SERIES else own
        target.append((words, plain_attributes(title, "type", "level", "n")))
    if volume:
        series = sorted(series, key=lambda entry: entry[1].get("type") != "complete")[:1]
    if not own and not volume:
        own = [
            (words_of(title), plain_attributes(title, "type"))
            for title in children(statement, "title")
            if words_of(title)
        ][:1]
        series = [entry for entry in series if not own or entry[0] != own[0][0]]
    for words, attributes in own:
        found += _line("Title", Statement("title", words, attributes=attributes))
    for words, attributes in series:
        found += _line("Collection", Statement("collection", words, attributes=attributes))
    for statement in children(description, "seriesStmt"):
        series_title = first(statement, "title")
        words = words_of(series_title) if series_title is not None else ""
        if words and not volume and words not in seen:
            seen.add(words)
            found += _line("Collection", Statement("collection", words))
    return found


def _responsible(description: Element) -> list[HeaderLine]:
    found: list[HeaderLine] = []
    statement = first(description, "titleStmt")
    if statement is None:
        return found
    authors = [
        Statement("person", words_of(author), attributes={"role": "author", **_reference(author)})
        for author in children(statement, "author")
    ]
    found += _line("Author", *authors)
    for entry in below(description, "respStmt"):
        duty = first(entry, "resp")
        if duty is not None and _TRANSLATOR.search(words_of(duty)):
            people = [
                Statement("translator", words_of(name), attributes=_reference(name))
                for name in children(entry, "name", "persName", "orgName")
            ]
            found += _line("Translator", *people)
    for editor in children(statement, "editor"):
        if _TRANSLATOR.search(editor.get("role") or ""):
            found += _line("Translator", Statement("translator", words_of(editor), attributes=_reference(editor)))
    sponsors = [
        Statement("sponsor", words_of(node)) for node in children(statement, "sponsor", "funder") if not len(node)
    ]
    found += _line("Sponsor", *sponsors)
    return found


def _reference(node: Element) -> dict[str, str]:
    own = plain_attributes(node, "ref", "key")
    inner = next(children(node, "persName", "name", "orgName"), None)
    return own or (plain_attributes(inner, "ref", "key") if inner is not None else {})


def _manuscript(description: Element, volume: bool) -> list[HeaderLine]:
    source = first(description, "sourceDesc")
    found: list[HeaderLine] = []
    if source is None or volume:
        return found
    for number, place in enumerate(below(source, "msIdentifier")):
        found += _identifier(place, number)
    for kind in below(source, "objectType"):
        value = kind.get("corresp") or kind.get("key") or ""
        found += _line(
            "Object", Statement("type", words_of(kind), value, attributes=plain_attributes(kind, "corresp", "ana"))
        )
    if not found:
        for node in children(source, "bibl", "biblStruct", "biblFull", "p"):
            words = words_of(node)
            if words and (local(node) != "p" or (re.search(r"\d", words) and "," in words)):
                found += _line("Source", Statement("citation", words, attributes={"element": local(node)}))
    contents = next(below(source, "msContents"), None)
    if contents is not None:
        words = words_of(contents)
        found += _line("Summary", Statement("summary", words))
    return found


def _identifier(place: Element, group: int) -> list[HeaderLine]:
    """The archival reference from the widest part to the narrowest, and the identifiers that are no part of it."""
    parts: dict[str, str] = {}
    names, numbers = [], []
    for node in children(place, "country", "region", "settlement", "institution", "repository", "collection"):
        words = words_of(node)
        if words and words not in names:
            names.append(words)
            parts[local(node)] = words
    marks = list(below(place, "idno"))
    shelf = (
        [node for node in marks if _SHELF.search(node.get("type") or "")]
        or [node for node in marks if not node.get("type") or len(marks) == 1]
        or marks
    )
    for node in shelf:
        words = words_of(node)
        if words and words not in numbers:
            numbers.append(words)
    names = [name for name in names if not any(name in number for number in numbers)]
    if numbers:
        parts["idno"] = "; ".join(numbers)
    found = _line("Archive", Statement("citation", ", ".join([*names, *numbers]), group=group, attributes=parts))
    for node in marks:
        if node not in shelf and (words := words_of(node)):
            found += _line(
                "Identifier", Statement("identifier", words, group=group, attributes=plain_attributes(node, "type"))
            )
    return found


# correspondence


def _correspondence(profile: Element, register: Register) -> list[HeaderLine]:
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
            found.extend(_line(kind.capitalize(), *said))
        for note in children(description, "note"):
            words = words_of(note)
            found.extend(_line("Note", Statement("note", words, attributes={**desc, **plain_attributes(note, "type")})))
    return found


_ACTION = {
    "persName": "person", "name": "person", "person": "person", "orgName": "organization", "org": "organization",
    "roleName": "role", "placeName": "place", "settlement": "place", "country": "place", "region": "place",
    "district": "place", "geogName": "place", "place": "place", "bloc": "place", "address": "place", "date": "date",
    "time": "date", "num": "number", "idno": "number", "note": "note", "desc": "note",
}  # fmt: skip
_RS = {"person": "person", "pers": "person", "place": "place", "org": "organization", "organisation": "organization",
       "organization": "organization", "corporate": "organization"}  # fmt: skip


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
        value = next((node.get(name) or "" for name in DATING[:10] if node.get(name)), "")
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


def _profile(profile: Element) -> list[HeaderLine]:
    found: list[HeaderLine] = []
    creation = first(profile, "creation")
    if creation is not None:
        for date in below(creation, "date"):
            value = next((date.get(name) or "" for name in DATING[:10] if date.get(name)), "")
            found += _line("Date", Statement("date", words_of(date), value, attributes=plain_attributes(date, *DATING)))
        places = [
            Statement("place", words_of(node), attributes=_reference(node)) for node in below(creation, "placeName")
        ]
        found += _line("Place", *places)
    for usage in children(profile, "langUsage"):
        said = [
            Statement(
                "language", words_of(node), node.get("ident") or "", attributes=plain_attributes(node, "ident", "usage")
            )
            for node in children(usage, "language")
        ]
        found += _line("Language", *said)
    for text_class in children(profile, "textClass"):
        terms = [
            Statement("topic", words_of(term), attributes=plain_attributes(term, "ref", "key", "type"))
            for term in below(text_class, "term")
        ]
        found += _line("Topics", *terms)
    for abstract in children(profile, "abstract"):
        found += _line("Summary", Statement("summary", words_of(abstract)))
    return found


def _publication(description: Element, volume: bool) -> list[HeaderLine]:
    statement = first(description, "publicationStmt")
    found: list[HeaderLine] = []
    if statement is None:
        return found
    publisher = first(statement, "publisher")
    if publisher is not None:
        found += _line("Publisher", Statement("publisher", words_of(publisher)))
    for date in children(statement, "date"):
        found += _line(
            "Published",
            Statement("published", words_of(date), date.get("when") or "", attributes=plain_attributes(date, *DATING)),
        )
        break
    for licence in below(statement, "licence"):
        paragraph = first(licence, "p")
        words = words_of(paragraph if paragraph is not None else licence)
        found += _line(
            "Rights",
            Statement("rights", words, licence.get("target") or "", attributes=plain_attributes(licence, "target")),
        )
        break
    for node in () if volume else below(statement, "idno"):
        found += _line("Identifier", Statement("identifier", words_of(node), attributes=plain_attributes(node, "type")))
    return found
