"""The page of a record as plain data: `Record` in, view model out. Knows no archive and no HTTP."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, groupby

from markupsafe import Markup

from mabillon.record import Record
from mabillon.text import Text
from mabillon.web.anatomy import (
    FindingView,
    Register,
    Row,
    Section,
    finding_views,
    note_findings,
    sections_of,
)
from mabillon.web.chain import Link, chain_of
from mabillon.web.language import Language, language_tag
from mabillon.web.moments import machine_date, show_moment
from mabillon.web.segments import marks_of
from mabillon.web.textview import WordMarks, render_block
from mabillon.web.titles import kind_of, title_of
from mabillon.web.typeset import stretches_of

FOLDED = 3
"""Blocks of a page's furniture from which on they are folded away."""

_PLACES = {
    "chain": "transmission", "date": "transmission", "copies": "copies", "number": "identity",
    "sender": "correspondents", "enclosure": "enclosures", "reference": "references",
}  # fmt: skip
"""Which section a family of findings belongs to: there the contradiction is seen."""


@dataclass(slots=True)
class Anatomy:
    """One record's anatomy. `anchor` is "cover", "e1", "e1-2"; `loose` are the findings of no shown section; `in_text`
    tells whether it has a stretch of the text, to which `anchor` leads."""

    anchor: str
    title: str
    kind: str
    date: str
    machine_date: str
    sections: list[Section]
    chain: list[Link]
    findings: list[FindingView]
    loose: list[FindingView]
    placed: dict[str, list[FindingView]]
    enclosures: list[Anatomy] = field(default_factory=list)
    in_text: bool = False

    def walk(self) -> Iterator[Anatomy]:
        yield self
        for enclosure in self.enclosures:
            yield from enclosure.walk()


@dataclass(slots=True)
class BlockView:
    """A block as HTML and as plain `words`. `number` counts the blocks of the page from 1, `note` its footnotes."""

    kind: str
    gap: bool
    right_to_left: bool
    html: Markup
    number: int
    note: int | None = None
    words: str = ""

    @property
    def anchor(self) -> str:
        return f"note-{self.note}" if self.note else f"p{self.number}"

    @property
    def folds(self) -> bool:
        return self.kind == "archive" and "data-v" not in self.html


@dataclass(slots=True)
class StretchView:
    """Blocks of one record. `opens` where it is that record's first stretch. `runs` are the blocks in runs, each with
    whether it is folded away: words of the page around the document that state no value."""

    anatomy: Anatomy
    opens: bool
    blocks: list[BlockView]

    @property
    def runs(self) -> list[tuple[bool, list[BlockView]]]:
        runs = [(folds, list(blocks)) for folds, blocks in groupby(self.blocks, lambda block: block.folds)]
        return [(folds and len(blocks) >= FOLDED, blocks) for folds, blocks in runs]


@dataclass(slots=True)
class RecordPage:
    id: str
    title: str
    language: str | None
    anatomy: Anatomy
    stretches: list[StretchView]

    def places_of(self, words: str) -> list[str]:
        """Return the anchors of the blocks in which `words` stand, whatever their case and accents."""
        wanted = folded(words)
        blocks = (block for stretch in self.stretches for block in stretch.blocks)
        return [block.anchor for block in blocks if wanted and wanted in folded(block.words)]

    @property
    def noted(self) -> bool:
        return any(block.note for stretch in self.stretches for block in stretch.blocks)

    @property
    def findings(self) -> list[FindingView]:
        return [finding for anatomy in self.anatomy.walk() for finding in anatomy.findings]


def folded(words: str) -> str:
    """Return words on one line without case and accents."""
    plain = (sign for sign in unicodedata.normalize("NFD", words) if not unicodedata.combining(sign))
    return " ".join("".join(plain).casefold().split())


def record_page(record: Record, language: Language) -> RecordPage:
    """Return the view model of a record. Values are keyed `v1`, `v2` …; the words of `v1` stand at `w-v1`."""
    day = str(record.date.value) if record.date else ""
    text = Text(record.source.text if record.source and record.source.text else "")
    register = Register(language, len(text), day if len(day) == len("1950-09-30") else "")
    counter = [1]
    anatomy = _anatomy(record, register, "cover", counter)
    stretches = _stretches(text, record, register, anatomy)
    for stretch in stretches:
        stretch.anatomy.in_text = True
    return RecordPage(
        id=record.id,
        title=anatomy.title,
        language=language_tag(record),
        anatomy=anatomy,
        stretches=stretches,
    )


def _anatomy(record: Record, register: Register, anchor: str, counter: list[int]) -> Anatomy:
    first = counter[0]
    counter[0] += len(record.findings)
    note_findings(register, record.findings, first)
    language = register.language
    date = str(record.date.value) if record.date else ""
    sections = sections_of(record, register)
    chain = chain_of(record, register)
    findings = finding_views(register, record.findings, first)
    shown = {section.name for section in sections} | ({"transmission"} if chain else set())
    placed: dict[str, list[FindingView]] = {}
    loose = []
    for finding in findings:
        place = _PLACES.get(finding.id.partition(".")[0], "")
        if place in shown:
            placed.setdefault(place, []).append(finding)
        else:
            loose.append(finding)
    type = str(record.type.value) if record.type else None
    prefix = "e" if anchor == "cover" else f"{anchor}-"
    return Anatomy(
        anchor=anchor,
        title=title_of(
            str(record.title.value) if record.title else None,
            type,
            [agent.value for agent in record.senders],
            [agent.value for agent in record.recipients],
            language,
        ),
        kind=kind_of(type, language),
        date=show_moment(date, language) if date else "",
        machine_date=machine_date(date),
        sections=sections,
        chain=chain,
        findings=findings,
        loose=loose,
        placed=placed,
        enclosures=[
            _anatomy(enclosure, register, f"{prefix}{number}", counter)
            for number, enclosure in enumerate(record.enclosures, 1)
        ],
    )


def _stretches(text: Text, record: Record, register: Register, anatomy: Anatomy) -> list[StretchView]:
    stretches = stretches_of(text, record)
    calls = [block.call for stretch in stretches for block in stretch.blocks if block.call]
    words = WordMarks(marks_of(register.evidence, len(text)), _labels(anatomy, register), _flagged(anatomy), calls)
    numbers, noted = count(1), count(1)
    return [
        StretchView(
            _at(anatomy, stretch.path),
            stretch.first,
            [
                BlockView(
                    block.kind, block.gap, block.right_to_left, render_block(text, block, words), next(numbers),
                    next(noted) if block.call else None,
                    text[block.start, block.end],
                )
                for block in stretch.blocks
            ],
        )
        for stretch in stretches
    ]  # fmt: skip


def _at(anatomy: Anatomy, path: tuple[int, ...]) -> Anatomy:
    for index in path:
        anatomy = anatomy.enclosures[index]
    return anatomy


def _labels(anatomy: Anatomy, register: Register) -> dict[str, str]:
    """Return what each value is called: its row's label, the kind of event, the finding's name."""
    language = register.language
    names: dict[str, str] = {}
    for part in anatomy.walk():
        for row in (row for section in part.sections for row in section.rows):
            _name_row(row, language, names)
        for link in part.chain:
            names[link.type.key] = link.type.shown
            if link.time:
                names[link.time.key] = f"{link.type.shown}: {language('label.time')}"
            for row in link.details:
                _name_row(row, language, names, f"{link.type.shown}: ")
        for finding in part.findings:
            names.update((view.key, language.term("finding", finding.id)) for view in finding.evidence)
    return names


def _name_row(row: Row, language: Language, names: dict[str, str], prefix: str = "") -> None:
    if row.value:
        names[row.value.key] = prefix + language(row.label)
    for detail in row.details:
        _name_row(detail, language, names, f"{language(row.label)}: ")


def _flagged(anatomy: Anatomy) -> set[str]:
    return {view.key for part in anatomy.walk() for finding in part.findings for view in finding.evidence}
