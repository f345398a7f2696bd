"""Values that carry the words which say so."""

from __future__ import annotations

from typing import Any

import msgspec

from mabillon.text import Span

REASONS = ("content", "neighbours", "scan", "outside", "editor")


class Value(msgspec.Struct, omit_defaults=True, kw_only=True):
    """A value read from a document, with its evidence (RECORD.md, "Values carry evidence").

    value: the normalized value, what a program compares and a search finds
    text: the wording as it stands in the source; "" where no words state the value
    spans: `[start, end)` into the record's `source.text`; empty only where the value was inferred
    confidence: 0 to 1, calibrated
    reason: one of REASONS, where the value was inferred or corrected and not simply read
    alternatives: other values that the document leaves open
    """

    value: Any
    text: str
    spans: list[Span]
    confidence: float
    reason: str | None = None
    alternatives: list[Any] | None = None


class Word(Value):
    """A value that is a string."""

    value: str


class Count(Value):
    """A value that is a number of things."""

    value: int


class Number(Word):
    """A number of the document: `kind` is message, sender, incoming, file or other."""

    kind: str


class Mark(Word):
    """What stands on the paper beside its text: stamp, handwritten, illegible, editorial, signature-illegible,
    omission, footnote, letterhead."""

    kind: str


class Mention(Word):
    """A person, organization or place named in the body. `certainty` is that of the link to `authority`."""

    kind: str
    authority: str | None = None
    certainty: float | None = None


class Agent(Word):
    """A correspondent: the value is the name without title or honorific."""

    role: Word | None = None
    place: Word | None = None
    org: Word | None = None
    capacity: str | None = None
    via: str | None = None
    authority: str | None = None


class Citation(Word):
    """An archival reference and its parsed parts, from the widest (`repository`) to the narrowest."""

    parts: dict[str, str] | None = None
