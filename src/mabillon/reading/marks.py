"""What stands on the paper beside its text: stamps, handwriting, what cannot be read, what an editor added."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mabillon.evidence import Mark
from mabillon.parts import Part, PartLine
from mabillon.reading.context import CERTAIN, LIKELY, Context
from mabillon.text import Span

_KINDS = (
    ("signature-illegible", re.compile(
        r"\[\[?[^\]\n]*(?:illegible[^\]\n]*signature|signature[^\]\n]*illegible|подпись неразборчива)[^\]\n]*\]?\]",
        re.I,
    )),
    ("illegible", re.compile(
        r"\[\[?[^\]\n]*(?:illegible|unreadable|cannot be read|not legible|indecipherable|нрзб|неразборчив|illisible"
        r"|unleserlich|garbled)[^\]\n]*\]?\]|\(PORTION GARBLED[^)]*\)", re.I)),
    ("stamp", re.compile(r"\[[^\]]{0,40}?(?:stamp|seal|sello|штамп|печать|stempel|cachet)\b[^\]]*(?:\]|$)", re.I)),
    ("handwritten", re.compile(
        r"\[[^\]\n]{0,20}?(?:handwritten|hand-written|in hand|от руки|initial(?:l)?ed)[^\]]*(?:\]|$)", re.I
    )),
    ("omission", re.compile(
        r"\[\s*(?:…|\.\s?\.\s?\.|matter omitted|omitted|less than \d+ lines?[^\]]*|\d+ (?:lines?|paragraphs?"
        r"|pages?)[^\]]*not declassified)\s*\]", re.I)),
    ("editorial", re.compile(r"\[(?:sic|sic!|\?|[a-z][^\]\n]{0,80})\]")),
)  # fmt: skip


def read_marks(context: Context) -> list[Mark]:
    """Return the marks in text order; a stretch of text gives one mark, of the most telling kind.

    A message copied into its cover stands on the same paper: its marks are the cover's.
    """
    if context.cover is not None:
        return []
    found: list[Mark] = []
    taken: list[tuple[int, int]] = []
    stretches = [
        run for run in _stretches(context) if "[" in context.text[slice(*run)] or "GARBLED" in context.text[slice(*run)]
    ]
    for kind, pattern in _KINDS if stretches else ():
        for start, end in _found(context, pattern, stretches):
            if (
                any(
                    start < other_end
                    and other_start < end
                    and (start, end) != (other_start, other_end)
                    and not _nested((start, end), (other_start, other_end))
                    for other_start, other_end in taken
                )
                or (start, end) in taken
            ):
                continue
            taken.append((start, end))
            words = context.text[start:end]
            found.append(
                Mark(
                    value=" ".join(words.strip("[]() ").split()),
                    text=words,
                    spans=[(start, end)],
                    confidence=CERTAIN if kind != "editorial" else LIKELY,
                    kind=kind,
                )
            )
    return sorted(found, key=lambda mark: mark.spans[0])


def _nested(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] or inner[0] <= outer[0] and outer[1] <= inner[1]


def _found(context: Context, pattern: re.Pattern[str], stretches: list[Span]) -> Iterator[Span]:
    for run in stretches:
        for match in pattern.finditer(context.text, *run):
            yield match.span()


def _all_lines(part: Part) -> list[PartLine]:
    return [
        *(line for line in part.lines if line.zone != "blank"),
        *(line for enclosure in part.enclosures for line in _all_lines(enclosure)),
    ]


def _stretches(context: Context) -> list[tuple[int, int]]:
    """The stretches of text that belong to this part, furniture and the archive's own words left out."""
    found: list[tuple[int, int]] = []
    for line in sorted(_all_lines(context.part), key=lambda line: line.start):
        if line.zone in (
            "furniture",
            "metadata",
            "archive",
            "summary",
            "sponsor",
            "title",
            "attributes",
            "footnote",
            "source-note",
        ):
            continue
        if (
            found
            and "\n" * 3 not in context.text[found[-1][1] : line.start]
            and not context.text[found[-1][1] : line.start].strip()
        ):
            found[-1] = (found[-1][0], line.end)
        else:
            found.append((line.start, line.end))
    return found
