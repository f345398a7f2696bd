"""The words around what was found, as parts that the site escapes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mabillon.search.glance import Shown
from mabillon.search.results import Hit, SnippetPart
from mabillon.search.sought import Folded, Sought
from mabillon.text import Span

LENGTH = 260
"""Characters of a snippet, about."""

_MOST_MARKS, _FEW_MARKS = 30, 6
_SPACE = re.compile(r"\s+")
_LEAD = 70
ELLIPSIS = SnippetPart("…")


def hit(record: Shown, score: float, sought: Sequence[Sought], because: tuple[str, ...] = ()) -> Hit:
    """Return a record as a hit, with the stretch of its text that answers best; `because`: as `Hit` has it."""
    title = str(record.title.value) if record.title else ""
    text = record.source.text if record.source and record.source.text else ""
    span, marks = _best(text, record, sought)
    found = _clip(marks, span)
    return Hit(
        id=record.id,
        score=score,
        title=title,
        title_parts=parts(title, (0, len(title)), _marks(title, sought)),
        date=str(record.date.value) if record.date else None,
        snippet=_with_ellipses(text, span, parts(text, span, found)) if span else (),
        span=span,
        highlights=tuple(found),
        because=because,
    )


def parts(text: str, span: Span, marks: Iterable[Span]) -> tuple[SnippetPart, ...]:
    """Cut `text[span]` at the marks. White space is said once."""
    found: list[SnippetPart] = []
    at = span[0]
    for start, end in marks:
        if start > at:
            found.append(SnippetPart(_one_line(text[at:start])))
        found.append(SnippetPart(_one_line(text[start:end]), True))
        at = end
    if at < span[1]:
        found.append(SnippetPart(_one_line(text[at : span[1]])))
    return tuple(found)


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text) if "\n" in text or "  " in text or "\t" in text else text


def _best(text: str, record: Shown, sought: Sequence[Sought]) -> tuple[Span | None, list[Span]]:
    """Return the best window of the body, else of the whole text, else the beginning of the body; and the marks."""
    spans = [(max(0, a), min(len(text), b)) for a, b in record.body.spans if a < len(text)] if record.body else []
    spans = spans or ([(0, len(text))] if text else [])
    best: tuple[int, Span, list[Span]] | None = None
    for start, end in spans:
        worth, window, marks = _window(text[start:end], sought)
        if worth and (best is None or worth > best[0]):
            best = worth, (window[0] + start, window[1] + start), [(a + start, b + start) for a, b in marks]
    if best is not None:
        return best[1], best[2]
    if sought and spans != [(0, len(text))]:
        worth, window, marks = _window(text, sought)
        if worth:
            return window, marks
    return (_whole_words(text, spans[0][0], min(spans[0][1], spans[0][0] + LENGTH)) if spans else None), []


def _window(text: str, sought: Sequence[Sought]) -> tuple[int, Span, list[Span]]:
    """Return how many different things are found in the best window, the window, and all marks."""
    found = _found(text, sought)
    if not found:
        return 0, (0, 0), []
    best, first = 0, 0
    for index, (span, _) in enumerate(found):
        reach = span[0] + LENGTH - _LEAD
        inside = [which for other, which in found[index : index + _MOST_MARKS] if other[1] <= reach]
        worth = len(set(inside)) * 100 + min(len(inside), 20)
        if worth > best:
            best, first = worth, index
        if len(set(inside)) == len(sought):
            break
    start = max(0, found[first][0][0] - _LEAD)
    return max(best, 1), _whole_words(text, start, min(len(text), start + LENGTH)), _merge(span for span, _ in found)


def _marks(text: str, sought: Sequence[Sought]) -> list[Span]:
    return _merge(span for span, _ in _found(text, sought))


def _found(text: str, sought: Sequence[Sought]) -> list[tuple[Span, int]]:
    """Return the places of what is sought, in text order, each with its number. Diacritics count for nothing, but are
    taken off only where nothing is found with them on."""
    folded = Folded(text)
    most = _MOST_MARKS if len(sought) > 1 else _FEW_MARKS
    found = [(span, which) for which, one in enumerate(sought) for span in one.spans(folded, most)]
    if not found and sought and not text.isascii():
        folded = Folded(text, thorough=True)
        found = [(span, which) for which, one in enumerate(sought) for span in one.spans(folded, most)]
    found.sort()
    return found


def _merge(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _clip(marks: Iterable[Span], span: Span | None) -> list[Span]:
    if span is None:
        return []
    return [(max(start, span[0]), min(end, span[1])) for start, end in marks if start < span[1] and end > span[0]]


def _whole_words(text: str, start: int, end: int) -> Span:
    """Draw a window in to whole words, where a space is near."""
    if start > 0:
        space_at = text.find(" ", start, min(start + 25, end))
        start = space_at + 1 if space_at >= 0 else start
    if end < len(text):
        space_at = max(text.rfind(" ", end - 25, end), text.rfind("\n", end - 25, end))
        end = space_at if space_at > start else end
    return start, end


def _with_ellipses(text: str, span: Span, inner: tuple[SnippetPart, ...]) -> tuple[SnippetPart, ...]:
    before = (ELLIPSIS,) if span[0] > 0 and text[: span[0]].strip() else ()
    after = (ELLIPSIS,) if span[1] < len(text) and text[span[1] :].strip() else ()
    return (*before, *inner, *after)
