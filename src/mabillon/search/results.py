"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass, field

from mabillon.text import Span


@dataclass(frozen=True, slots=True)
class SnippetPart:
    """A stretch of plain text, hostile until escaped; `marked` where it answers the query."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found.

    snippet: the words around what was found; an ellipsis stands as a part of its own where text was left out
    span: where the snippet lies in the record's `source.text`; None if it lies nowhere there
    highlights: what answers the query in the snippet, in offsets of `source.text`
    because: what it says of the names sought by another name, and how that is known
    """

    id: str
    score: float
    title: str
    title_parts: tuple[SnippetPart, ...]
    date: str | None
    snippet: tuple[SnippetPart, ...] = ()
    span: Span | None = None
    highlights: tuple[Span, ...] = ()
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits.

    total: the exact number of records found
    facets: facet → values with the number of hits that bear them, the most frequent first
    reading: the query as it was read; notes: what had to be mended, and how
    spellings: other spellings of the names in it that were found too
    suggestion: the query with slips of typing mended, where it finds nothing as it stands
    next, previous, last: cursors of other pages of the same list, None where there is none
    """

    total: int
    hits: tuple[Hit, ...] = ()
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    reading: str = ""
    notes: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    suggestion: str | None = None
    next: str | None = None
    previous: str | None = None
    last: str | None = None
