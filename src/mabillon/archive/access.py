"""Who may see what. The one place that decides; every way to read an archive goes through it.

A record *opens* on a day: a public one before all days, an embargoed one on its date, a restricted one never. Before
that day only the groups named with it see it. A record that may not be seen is absent, not refused. A redacted passage
is blackened, and every value that its words say is absent with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, exists, or_, true

from mabillon.evidence import Value
from mabillon.record import Finding, Record, SourceNote
from mabillon.store.schema import access_groups, records
from mabillon.text import Span

ALWAYS, NEVER = 0, 99991231
BLACK = "\N{FULL BLOCK}"


@dataclass(frozen=True, slots=True)
class Access:
    """What the holder allows: `kind` is public, restricted (to `groups`), or embargo (to `groups` until `until`)."""

    kind: str = "public"
    groups: frozenset[str] = frozenset()
    until: dt.date | None = None

    def __post_init__(self) -> None:
        if self.kind not in ("public", "restricted", "embargo"):
            raise ValueError(f"access is public, restricted or embargo, not {self.kind!r}")
        if (self.kind == "embargo") != (self.until is not None):
            raise ValueError("an embargo, and nothing else, has a date until which it holds")

    @property
    def opens(self) -> int:
        """The first day, as yyyymmdd, on which everybody may see the record."""
        if self.kind == "public":
            return ALWAYS
        return NEVER if self.until is None else day_number(self.until)

    @classmethod
    def of(cls, opens: int, groups: Iterable[str]) -> Access:
        """Return the access that a store's row means."""
        if opens == ALWAYS:
            return cls()
        if opens == NEVER:
            return cls("restricted", frozenset(groups))
        year, month, day = opens // 10000, opens // 100 % 100, opens % 100
        return cls("embargo", frozenset(groups), dt.date(year, month, day))


@dataclass(frozen=True, slots=True)
class Redaction:
    """A passage of the record's `source.text`, `[start, end)`, that only `groups` may read."""

    start: int
    end: int
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: the groups that he belongs to, and the day (today, if None). `everything` is the archive's own staff.

    `blackened` shows redacted passages to nobody, whatever the groups: so an index is built that all may search.
    """

    groups: frozenset[str] = frozenset()
    today: dt.date | None = None
    everything: bool = False
    blackened: bool = False

    @property
    def day(self) -> int:
        return day_number(self.today or dt.date.today())

    def condition(self) -> ColumnElement[bool]:
        """Return what a row of `records` must fulfil to be seen by this reader."""
        if self.everything:
            return true()
        opened = records.c.opens <= self.day
        if not self.groups:
            return opened
        named = access_groups.c.record_key == records.c.key, access_groups.c.name.in_(sorted(self.groups))
        return or_(opened, exists().where(*named))

    def visible(self, access: Access) -> bool:
        """Tell whether this reader sees a record of this access: the same law as `condition`, for one at a time."""
        return self.everything or access.opens <= self.day or bool(self.groups & access.groups)

    def hidden(self, redactions: Iterable[Redaction]) -> list[Span]:
        """Return the passages that this reader may not read."""
        return [
            (passage.start, passage.end)
            for passage in redactions
            if self.blackened or not (self.everything or self.groups & passage.groups)
        ]

    def redacted(self, record: Record, redactions: Iterable[Redaction]) -> Record:
        """Return `record` without what this reader may not read. Offsets keep their meaning."""
        hidden = self.hidden(redactions)
        return _Blackened(record, hidden).record() if hidden else record


PUBLIC = Reader()
"""Anybody."""

ARCHIVIST = Reader(everything=True)
"""The archive's own staff, from whom nothing is hidden."""

INDEXER = Reader(everything=True, blackened=True)
"""What builds an index for all: every record, no redacted passage. Whoever searches it filters by access."""


def day_number(day: dt.date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


class _Blackened:
    """Takes out of a record what stands in hidden passages, and what repeats their words without saying where."""

    def __init__(self, record: Record, hidden: Sequence[Span]) -> None:
        self.original = record
        self.hidden = [(max(0, start), end) for start, end in hidden if end > start]
        text = record.source.text if record.source and record.source.text else ""
        self.words = "\n".join(text[start:end] for start, end in self.hidden).casefold()

    def record(self) -> Record:
        return self._struct(self.original)  # type: ignore[no-any-return]

    def _node(self, node: Any) -> Any:
        if isinstance(node, list):
            return [kept for item in node if (kept := self._node(item)) is not None]
        if isinstance(node, SourceNote):
            return msgspec.structs.replace(node, text=self._blacken(node.text))
        if isinstance(node, Value):
            return None if self._says_hidden(node) else self._struct(node)
        if isinstance(node, Finding):
            return None if any(self._says_hidden(value) for value in node.evidence) else node
        if isinstance(node, msgspec.Struct):
            return self._struct(node)
        return node

    def _struct(self, node: msgspec.Struct) -> Any:
        """Return a copy with its parts cleaned; None if a part that it cannot be without is hidden."""
        changed: dict[str, Any] = {}
        for field in msgspec.structs.fields(node):
            before = getattr(node, field.name)
            after = self._text_beside(field.name, self._node(before))
            if after is None and before is not None and field.required:
                return None
            if after is not before:
                changed[field.name] = after
        return msgspec.structs.replace(node, **changed)

    def _text_beside(self, name: str, value: Any) -> Any:
        """Drop a bare string that repeats hidden words: `via` of a recipient has no span of its own."""
        if name in ("via", "reason") and isinstance(value, str) and self._repeats(value):
            return None
        return value

    def _says_hidden(self, value: Value) -> bool:
        if value.spans:
            return any(start < stop and begin < end for start, end in value.spans for begin, stop in self.hidden)
        return self._repeats(str(value.value)) or self._repeats(value.text)

    def _repeats(self, words: str) -> bool:
        return bool(words.strip()) and words.casefold() in self.words

    def _blacken(self, text: str | None) -> str | None:
        if text is None:
            return None
        for start, end in self.hidden:
            passage = text[start:end]
            text = text[:start] + "".join("\n" if mark == "\n" else BLACK for mark in passage) + text[end:]
        return text
