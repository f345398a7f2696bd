"""The words of a document that say so, quoted with enough around them to be understood."""

from __future__ import annotations

from collections.abc import Iterable

from mabillon.cli.options import printable
from mabillon.evidence import Value
from mabillon.text import Span

AROUND, LONGEST = 36, 200
"""Characters of context on each side where a line is too long to be quoted whole, and the longest quotation."""


def quotations(text: str | None, values: Iterable[Value]) -> list[str]:
    """Return the lines of `text` that hold the evidence of `values`, in text order, each once, in quotation marks.

    Where the text is not at hand, the wording that each value keeps is quoted.
    """
    if text is None:
        return list(dict.fromkeys(f"“{tidy(value.text)}”" for value in values if value.text))
    spans = sorted(_in_context(text, span) for value in values for span in value.spans)
    return [f"“{_shortened(text, span)}”" for span in _joined(spans)]


def tidy(text: str) -> str:
    """Return the words on one line, with nothing in them that a terminal would obey."""
    return " ".join(printable(text).split())


def _in_context(text: str, span: Span) -> Span:
    """Return the line that holds `span`, or the words around it where the line is long."""
    start, end = text.rfind("\n", 0, span[0]) + 1, text.find("\n", span[1])
    end = len(text) if end < 0 else end
    if end - start <= 2 * AROUND + 20:
        return start, end
    if span[0] - start > AROUND:
        start = _next_word(text, span[0] - AROUND, span[0])
    if end - span[1] > AROUND:
        end = _last_word(text, span[1], span[1] + AROUND)
    return start, end


def _next_word(text: str, start: int, end: int) -> int:
    space = text.find(" ", start, end)
    return space + 1 if space >= 0 else end


def _last_word(text: str, start: int, end: int) -> int:
    space = text.rfind(" ", start, end)
    return space if space >= 0 else start


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Return sorted spans with those that overlap made one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _shortened(text: str, span: Span) -> str:
    start, end = span
    words = tidy(text[start:end])
    if len(words) > LONGEST:
        return words[:LONGEST].rsplit(" ", 1)[0] + " …"
    before = "… " if start and text[start - 1] != "\n" else ""
    return before + words + (" …" if end < len(text) and text[end] != "\n" else "")
