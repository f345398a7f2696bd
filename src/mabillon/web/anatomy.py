"""The anatomy of a record for the eye: sections of rows, each value with a key that its words share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from mabillon.evidence import Agent, Citation, Mention, Value
from mabillon.record import Copies, Finding, Record, Reference
from mabillon.text import Span
from mabillon.web.language import Language
from mabillon.web.moments import show_moment

DOUBTFUL = 0.5
"""Below this confidence a value is shown as doubtful: it is likelier wrong than right."""


@dataclass(slots=True)
class ValueView:
    """One value: `key` names it and its words; `find` is the address of a search for more of the same, or None."""

    key: str
    shown: str
    wording: str
    percent: int
    doubtful: bool
    stated: bool
    reason: str | None = None
    alternatives: list[str] = field(default_factory=list)
    find: str | None = None
    machine: str | None = None
    findings: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """A label (a key of the locale) with the value it names and what else is said of that value."""

    label: str
    value: ValueView | None
    details: list[Row] = field(default_factory=list)
    note: str = ""


@dataclass(slots=True)
class FindingView:
    """A finding with its number on the page and both sides of its evidence."""

    number: int
    id: str
    message: str
    severity: str
    evidence: list[ValueView]


@dataclass(slots=True)
class Section:
    name: str
    rows: list[Row]
    findings: list[FindingView] = field(default_factory=list)


class Register:
    """Hands out keys: every value that is shown gets its own, and the spans that state it in a text of `length`
    characters. `day` is that of the record, for searches of what else there was then."""

    def __init__(self, language: Language, length: int, day: str = "") -> None:
        self.language = language
        self.length = length
        self.day = day
        self.evidence: list[tuple[str, list[Span]]] = []
        self.findings: dict[tuple[Span, ...], list[int]] = {}

    def view(self, value: Value, shown: str | None = None, find: str | None = None) -> ValueView:
        """Register `value` and return its view; `shown` replaces the bare value."""
        key = f"v{len(self.evidence) + 1}"
        spans = [(start, end) for start, end in value.spans]
        self.evidence.append((key, spans))
        return ValueView(
            key=key,
            shown=shown if shown is not None else str(value.value),
            wording=value.text,
            percent=round(value.confidence * 100),
            doubtful=value.confidence < DOUBTFUL,
            stated=any(max(0, start) < min(self.length, end) for start, end in spans),
            reason=value.reason,
            alternatives=[str(other) for other in value.alternatives or []],
            find=self.address(find) if find else None,
            findings=self.findings.get(tuple(spans), []) if spans else [],
        )

    def address(self, words: str) -> str:
        """Return the address of a search that remembers the record's day."""
        return "/search?" + urlencode({"q": words, **({"day": self.day} if self.day else {})})

    def moment(self, value: Value) -> ValueView:
        view = self.view(value, show_moment(str(value.value), self.language))
        view.machine = str(value.value)
        return view

    def term(self, group: str, value: Value) -> ValueView:
        return self.view(value, self.language.term(group, str(value.value)))


def note_findings(register: Register, findings: Sequence[Finding], first: int) -> None:
    """Tell the register, before values are shown, which spans take part in which finding (numbered from `first`)."""
    for number, finding in enumerate(findings, first):
        for value in finding.evidence:
            spans = tuple((start, end) for start, end in value.spans)
            if spans:
                register.findings.setdefault(spans, []).append(number)


def finding_views(register: Register, findings: Sequence[Finding], first: int) -> list[FindingView]:
    return [
        FindingView(
            number,
            finding.id,
            finding.message,
            finding.severity,
            [_evidence_view(register, value) for value in finding.evidence],
        )
        for number, finding in enumerate(findings, first)
    ]


def _evidence_view(register: Register, value: Value) -> ValueView:
    view = register.view(value, show_moment(str(value.value), register.language))
    view.findings = []
    return view


_NAMES = frozenset({"from", "to", "copy", "signed", "about", "place"})
_OPERATORS = re.compile(r'["“”„«»()*~]+')


def query(field_name: str, value: object) -> str:
    """Return the search for `value` in a field: a name in any spelling, anything else as a phrase."""
    words = " ".join(_OPERATORS.sub(" ", str(value)).split())
    return f"{field_name}:({words})" if field_name in _NAMES else f'{field_name}:"{words}"'


def sections_of(record: Record, register: Register) -> list[Section]:
    """Return the sections of one record but for its transmission, those without rows left out."""
    sections = [
        Section("identity", _identity(record, register)),
        Section("correspondents", _correspondents(record, register)),
        Section("copies", _copies(record.copies, register)),
        Section("references", [_reference(reference, register) for reference in record.references]),
        Section("mentions", _mentions(record.mentions, register)),
        Section("marks", [Row(f"mark.{m.kind}", register.view(m, _short(m.value))) for m in record.marks]),
        Section("catalogue", _catalogue(record, register)),
    ]
    return [section for section in sections if section.rows]


def _short(words: str, length: int = 90) -> str:
    words = " ".join(words.split())
    return words if len(words) <= length else words[:length].rsplit(" ", 1)[0] + " …"


def _identity(record: Record, register: Register) -> list[Row]:
    rows = []
    if record.title:
        rows.append(Row("label.title", register.view(record.title)))
    if record.type:
        rows.append(Row("label.type", register.term("type", record.type)))
    if record.date:
        rows.append(Row("label.date", register.moment(record.date)))
    rows += [
        Row(f"number.{number.kind}", register.view(number, find=query("number", number.value)))
        for number in record.numbers
    ]
    for name in ("precedence", "classification"):
        value = getattr(record, name)
        if value:
            rows.append(Row(f"label.{name}", register.view(value)))
    rows += [Row("label.handling", register.view(value)) for value in record.handling]
    for name, group in (("channel", "channel"), ("language", "language"), ("translated_from", "language"),
                        ("witness", "witness")):  # fmt: skip
        value = getattr(record, name)
        if value:
            rows.append(Row(f"label.{name}", register.term(group, value)))
    return rows


def _correspondents(record: Record, register: Register) -> list[Row]:
    rows = [_agent("label.sender", agent, register, "from") for agent in record.senders]
    rows += [_agent("label.recipient", agent, register, "to") for agent in record.recipients]
    return rows + [_agent("label.signatory", agent, register, "signed") for agent in record.signatories]


def _agent(label: str, agent: Agent, register: Register, search: str) -> Row:
    row = Row(label, register.view(agent, find=query(search, agent.value)))
    for name in ("role", "org", "place"):
        value = getattr(agent, name)
        if value:
            find = query("place", value.value) if name == "place" else None
            row.details.append(Row(f"label.{name}", register.view(value, find=find)))
    notes = [register.language.term("capacity", agent.capacity)] if agent.capacity else []
    notes += [register.language("record.via", agent=agent.via)] if agent.via else []
    row.note = ", ".join(notes)
    return row


def _copies(copies: Copies | None, register: Register) -> list[Row]:
    if copies is None:
        return []
    rows = [Row("label.copies-stated", register.view(copies.stated))] if copies.stated else []
    for copy in copies.entries:
        details = [Row("label.copy-number", register.view(copy.number))] if copy.number else []
        details += [Row("label.copy-count", register.view(copy.count))] if copy.count else []
        if copy.recipient:
            view = register.view(copy.recipient, find=query("copy", copy.recipient.value))
            rows.append(Row("label.copy", view, details))
        else:
            rows += details
    return rows


def _reference(reference: Reference, register: Register) -> Row:
    language = register.language
    shown = []
    if reference.number:
        shown.append(Row("label.number", register.view(reference.number, find=query("number", reference.number.value))))
    if reference.date:
        shown.append(Row("label.date", register.moment(reference.date)))
    for name, value in (("from", reference.from_), ("to", reference.to)):
        if value:
            shown.append(Row(f"label.{name}", register.view(value)))
    note = [reference.kind or "", language.term("status", reference.status) if reference.status else ""]
    return Row(f"direction.{reference.direction}", None, shown, ", ".join(part for part in note if part))


def _mentions(mentions: Iterable[Mention], register: Register) -> list[Row]:
    """Return one row a kind and name: a name that stands in the text ten times has ten spans, not ten rows."""
    gathered: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        key = (mention.kind, mention.value)
        if key in gathered:
            known = gathered[key]
            gathered[key] = Mention(
                value=known.value, text=known.text, spans=[*known.spans, *mention.spans], kind=known.kind,
                confidence=max(known.confidence, mention.confidence), authority=known.authority,
                certainty=known.certainty,
            )  # fmt: skip
        else:
            gathered[key] = mention
    ordered = sorted(gathered.values(), key=lambda m: ("person", "organization", "place").index(m.kind)
                     if m.kind in ("person", "organization", "place") else 3)  # fmt: skip
    return [
        Row(f"mention.{m.kind}", register.view(m, find=query("place" if m.kind == "place" else "about", m.value)))
        for m in ordered
    ]


def _catalogue(record: Record, register: Register) -> list[Row]:
    catalogue = record.catalogue
    if catalogue is None:
        return []
    rows = []
    for name in ("summary", "collection", "citation", "date", "obtained_by", "translator", "sponsor", "rights",
                 "contact"):  # fmt: skip
        value = getattr(catalogue, name)
        if value is None:
            continue
        row = Row(f"catalogue.{name}", register.moment(value) if name == "date" else register.view(value))
        if isinstance(value, Citation) and value.parts:
            row.note = " · ".join(f"{part} {number}" for part, number in value.parts.items())
        rows.append(row)
    for name in ("people", "places", "topics"):
        rows += [Row(f"catalogue.{name}", register.view(value, find=query(
            {"people": "about", "places": "place", "topics": "about"}[name], value.value)))
            for value in getattr(catalogue, name)]  # fmt: skip
    return rows
