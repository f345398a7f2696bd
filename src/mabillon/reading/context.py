"""What every reader of values looks at: one part, its zones, its dates, its metadata."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from mabillon.dates import DateMention, complete, find_dates
from mabillon.dates.edtf import is_edtf
from mabillon.document import Metadatum
from mabillon.evidence import Agent, Count, Word
from mabillon.parts import Part, PartLine
from mabillon.text import Span
from mabillon.vocabulary import alternation, wordings

APPARATUS_ZONES = (
    "masthead", "heading", "addressing", "apparatus", "reference", "subject", "dateline", "signature", "distribution",
    "mark", "archive-date", "title", "source-note", "closing", "participants",
)  # fmt: skip
"""The zones that hold values other than the text proper."""

CERTAIN, LIKELY, FAIR, WEAK = 0.98, 0.92, 0.8, 0.6
"""Raw confidences of rules, from a form filled in to a guess by position; `calibration` turns them into frequencies."""


_GLUED = re.compile(r"(?<!\d)(?P<number>\d{1,4})[.,)](?P<mark>\d{1,2})(?=\s|$)")
_MONTH_BEFORE = re.compile(
    r"\b(?:jan|feb|fév|mar|apr|avr|ma[iy]|jun|jui|jul|aug|ao[uû]|sep|oct|okt|nov|dec|déc)[^\W\d_]* $", re.IGNORECASE
)


def _without_glued_marks(text: str) -> str:
    """Return `text` with the marks of notes glued to a date blanked out: `July 30, 1914.2`, `July 11.1 Called`."""
    pieces, position = [], 0
    for found in _GLUED.finditer(text):
        number, start = found["number"], found.start("mark")
        after_year = len(number) == 4 and "1500" <= number < "2100"
        after_day = (
            len(number) <= 2
            and _MONTH_BEFORE.search(text, max(0, found.start() - 12), found.start())
            and (start + len(found["mark"]) == len(text) or text[found.end() :].lstrip()[:1].isupper())
        )
        if after_year or after_day:
            pieces += [text[position:start], " " * len(found["mark"])]
            position = found.end()
    return "".join([*pieces, text[position:]]) if pieces else text


_SALUTED = re.compile(rf"\W*{alternation(wordings('salutation'))}(?:\s+\w+){{0,3}}\s*[:,!]", re.IGNORECASE)


_COLUMN_SALUTATION = re.compile(rf"\W*{alternation(wordings('salutation'))}\s*[:,]\s{{4,}}\S", re.IGNORECASE)
"""`Sir,                      Cairo, March 6, 1937.`: the salutation and the dateline on one line."""


_NOTE_MARK = re.compile(r"(?:(?<=[^\W\d])\d{1,2}|\s*[¹²³⁴⁵⁶⁷⁸⁹]+|\s*\[\d{1,2}\]|(?<=[)\]])\s?\d{1,2})\s*$")
_LONE_MARK = re.compile(
    r"(?<![Nn]o\.)(?<![Nn]umber)(?<![Mm]emorandum)(?<!elegram)(?<![Aa]irgram)(?<!Directive)(?<!Protocol)(?<!January)(?<!February)(?<!March)(?<!April)"
    r"(?<!May)(?<!June)(?<!July)(?<!August)(?<!September)(?<!October)(?<!November)(?<!December)(?<=[^\W\d_])\s\d{1,2}\s*$"
)
"""A number alone behind a word at the end of a heading is the mark of a note, unless the word asks for a number."""


_REVIEW_LINE = re.compile(r"\bE\.?\s?O\.?\s?\d{5}|\bX?GDS\b|\bDECL:")
"""The line of an executive order says when secrecy ends; its dates are no dates of the message."""


_FULL_YEAR = re.compile(r"(?<![\w./-])(?:1[5-9]|20)\d\d(?![\w/])")


def _moved_on(mention: DateMention) -> DateMention:
    """Return a date whose year was written with two figures in the century after."""
    if mention.year is None or mention.year >= 1950 or str(mention.year) in mention.text or mention.value is None:
        return mention
    return replace(
        mention, year=mention.year + 100, value=mention.value.replace(str(mention.year), str(mention.year + 100))
    )


_CLOSING_DATELINE = re.compile(rf"\W*(?i:{alternation(wordings('dateline_lead'))})(?:[’'`]\s?|\s+)(?=[A-ZÀ-ÞА-Я])")


class Context:
    """One part, with what several readers need of it worked out once."""

    def __init__(self, part: Part, cover: Context | None = None, ordinal: int = 0) -> None:
        """`ordinal` is 0 for a document by itself and counts the enclosures of a cover from 1: a TEI header describes
        them with a `correspDesc` each, in that order."""
        self.ordinal = ordinal
        self.part = part
        self.cells: Any = None
        self.headed: tuple[list[Agent], list[Agent]] | None = None
        self.cover = cover
        self.document = part.document
        self.text = part.document.text.value
        self.lines = [line for line in part.lines if line.zone != "blank"]
        self._zoned: dict[str, list[PartLine]] = {}
        self._found_dates: dict[Span, list[DateMention]] = {}
        for line in self.lines:
            self._zoned.setdefault(line.zone, []).append(line)

    def zone(self, *zones: str) -> list[PartLine]:
        """Return the lines of these zones in text order."""
        if len(zones) == 1:
            return self._zoned.get(zones[0], [])
        return sorted((line for zone in zones for line in self._zoned.get(zone, ())), key=lambda line: line.start)

    def runs(self, *zones: str) -> list[list[PartLine]]:
        """Return the runs of lines of these zones that no line of another zone parts."""
        found: list[list[PartLine]] = []
        last = None
        for position, line in enumerate(
            line for line in self.lines if line.zone != "furniture" or "furniture" in zones
        ):
            if line.zone in zones:
                if last is not None and position == last + 1:
                    found[-1].append(line)
                else:
                    found.append([line])
                last = position
        return found

    @cached_property
    def metadata(self) -> dict[str, list[Metadatum]]:
        found: dict[str, list[Metadatum]] = {}
        description = str(self.ordinal + 1)
        for datum in self.document.metadata:
            described = datum.attributes.get("desc")
            if described == description or described is None and self.cover is None:
                found.setdefault(datum.field, []).append(datum)
        return found

    @cached_property
    def american(self) -> bool:
        """Whether figures such as 10/11/50 have the month first: where some date of the part can only be read so."""
        return any(
            mention.order == "mdy" and (mention.day or 0) > 12 and "/" in mention.text for mention in self._raw_dates
        )

    @cached_property
    def _raw_dates(self) -> list[DateMention]:
        return [
            mention
            for line in self.zone(*APPARATUS_ZONES)
            if not _REVIEW_LINE.search(self.text, line.start, line.end)
            for mention in self._dates_in(line.start, line.end)
        ]

    def _dates_in(self, start: int, end: int) -> list[DateMention]:
        found = self._found_dates.get((start, end))
        if found is None:
            found = find_dates(self._unmarked, start=start, end=end)
            if self._this_century:
                found = [_moved_on(mention) for mention in found]
            self._found_dates[start, end] = found
        return found

    @cached_property
    def _this_century(self) -> bool:
        """Whether the years written in full are all of the twenty-first century: then `NOV 08` is of 2008."""
        years = (
            _FULL_YEAR.findall(self.text, self.part.lines[0].start, self.part.lines[-1].end) if self.part.lines else []
        )
        return bool(years) and all(year.startswith("20") for year in years)

    @cached_property
    def _unmarked(self) -> str:
        """The text with the marks of notes that are glued to dates blanked out: `ROME, July 30, 1914.2`."""
        return _without_glued_marks(self.text)

    @cached_property
    def dates(self) -> list[DateMention]:
        """The dates and times in the apparatus of this part, years left to be understood filled in."""
        mentions = [self._reordered(mention) for mention in self._raw_dates]
        return [self.completed(mention) for mention in mentions]

    def _reordered(self, mention: DateMention) -> DateMention:
        if "ambiguous-order" not in mention.problems or not self.american:
            return mention
        again = find_dates(self.text, start=mention.start, end=mention.end, prefer="mdy")
        return again[0] if again else mention

    @cached_property
    def pivot(self) -> str | None:
        """A full date of this part (or of its cover) that shortened dates are completed from."""
        for zones in (("dateline",), ("apparatus",), ("signature",), ("masthead", "addressing", "mark")):
            for mention in self._raw_dates:
                if mention.value and mention.day and self.zone_at(mention.start) in zones:
                    return mention.value
        for mention in self._raw_dates:
            if mention.value and mention.day:
                return mention.value
        if self.cover is not None and self.cover.pivot:
            return self.cover.pivot
        for mention in self._raw_dates:
            if "no-such-day" in mention.problems and mention.year and 1 <= (mention.month or 0) <= 12:
                return f"{mention.year}-{mention.month:02d}-28"
        for field in ("sent.date", "date", "date-bounds"):
            for datum in self.metadata.get(field, ()):
                stated = (datum.attributes.get("when") or datum.value)[:10]
                if is_edtf(stated):  # where only words stand there, as `24. Mai [1851?]`, they are no anchor
                    return stated
        return None

    def completed(self, mention: DateMention) -> DateMention:
        """Return `mention` with a missing year or month taken from the part's own date."""
        if mention.value is None and mention.day is not None and "no-such-day" not in mention.problems and self.pivot:
            return complete(mention, near=self.pivot)
        return mention

    def dates_in(self, start: int, end: int) -> list[DateMention]:
        """Return the dates between two offsets, completed; from the cache where the stretch is apparatus."""
        cached = [mention for mention in self.dates if start <= mention.start and mention.end <= end]
        if cached or _REVIEW_LINE.search(self.text, start, end):
            return cached
        return [self.completed(self._reordered(mention)) for mention in self._dates_in(start, end)]

    def fresh_dates(self, start: int, end: int) -> list[DateMention]:
        """Return the dates between two offsets, read anew: for a stretch that begins inside what looks like a date."""
        return [self.completed(self._reordered(mention)) for mention in self._dates_in(start, end)]

    def dates_of(self, lines: Iterable[PartLine]) -> list[DateMention]:
        return [mention for line in lines for mention in self.dates_in(line.start, line.end)]

    @cached_property
    def _zone_by_index(self) -> dict[int, str]:
        return {line.index: line.zone for line in self.part.lines}

    def zone_at(self, offset: int) -> str:
        """Return the zone of the line that holds `offset`; "" where it belongs to another part."""
        return self._zone_by_index.get(self.document.text.line_at(offset).index, "")

    @cached_property
    def notes(self) -> dict[str, PartLine]:
        """The notes at the foot by their marks."""
        found: dict[str, PartLine] = {}
        for line in self.zone("footnote", "source-note"):
            mark = re.match(r"\s*[\[(]?(\d{1,2})[\])]?\.?(?=\s|[A-Z])", self.text[line.start : line.end])
            if mark:
                found.setdefault(mark[1], line)
        return found

    @cached_property
    def closing_datelines(self) -> list[PartLine]:
        """Lines at the foot of a letter that hold its place and date and nothing else: `Dall’Haya a’ 17 aprile 1618`,
        `Given at Vienna, the 3rd of May 1720`. The line begins where the place does."""
        found = []
        for line in self._behind_salutation():
            words = self.text[line.start : line.end]
            lead = _CLOSING_DATELINE.match(words) if len(words) < 90 else None
            if lead is None:
                continue
            for mention in self.fresh_dates(line.start, line.end):
                rest = self.text[mention.end : line.end].strip(" .,;")
                between = self.text[line.start + lead.end() : mention.start]
                if mention.value and mention.day and len(rest) < 4 and len(between.split()) <= 7:
                    found.append(
                        PartLine(line.index, line.start + lead.end(), line.end, words[lead.end() :], "dateline", 0.8)
                    )
        return found

    @cached_property
    def foot(self) -> PartLine | None:
        """The closing dateline of a letter that opens with its salutation: any dateline further down is that of a paper
        sent along with it."""
        closing = self.closing_datelines
        if not closing or not self.zone("salutation"):
            return None
        return None if any(line.start < closing[0].start for line in self.zone("dateline")) else closing[0]

    def _behind_salutation(self) -> list[PartLine]:
        """Lines where a letter may end: all that follow its salutation, of whatever zone they were taken for."""
        saluted = self.zone("salutation")
        own = self.zone("body", "closing", "signature", "dateline", "mark")
        if not saluted:
            return own
        stray = self.zone("apparatus", "distribution", "participants", "masthead")
        return sorted(own + [line for line in stray if line.start > saluted[0].start], key=lambda line: line.start)

    @cached_property
    def saluted(self) -> bool:
        """Whether the text addresses its reader: on a line of its own, or `Sir: I have the honor` run in."""
        body = self.zone("body")
        if any(_COLUMN_SALUTATION.match(self.text[line.start : line.end]) for line in self.zone("dateline")):
            return True
        return bool(self.zone("salutation")) or bool(body and _SALUTED.match(self.text[body[0].start : body[0].end]))

    def word(self, start: int, end: int, value: Any = None, confidence: float = LIKELY, **more: Any) -> Word:
        """Return a value with the words between two offsets as its evidence; white space at the ends is left out."""
        start, end = self.trim(start, end)
        words = self.text[start:end]
        return Word(
            value=" ".join(words.split()) if value is None else value,
            text=words,
            spans=[(start, end)],
            confidence=confidence,
            **more,
        )

    def count(self, start: int, end: int, value: int, confidence: float = LIKELY) -> Count:
        start, end = self.trim(start, end)
        return Count(value=value, text=self.text[start:end], spans=[(start, end)], confidence=confidence)

    def unmarked(self, start: int, end: int) -> Span:
        """Return the span of a heading without the mark of a note at its end, glued to a word or number or not."""
        start, end = self.trim(start, end)
        if end == start or not (self.text[end - 1].isdigit() or self.text[end - 1] == "]"):
            return start, end  # a mark ends with its figure, set high or not, or with its bracket
        mark = _NOTE_MARK.search(self.text, max(start, end - 8), end)
        if mark:
            return start, mark.start()
        lone = _LONE_MARK.search(self.text, start, end)
        if lone:
            return start, lone.start()
        trailing = re.compile(r"\s?(?P<digits>\d+)$").search(self.text, start, end)
        if trailing and len(trailing["digits"]) <= 3:
            for length in (1, 2):
                digits = trailing["digits"]
                if digits[-length:] in self.notes and (len(digits) > length or self.text[trailing.start()].isspace()):
                    return start, end - length - (len(digits) == length)
        return start, end

    def trim(self, start: int, end: int) -> Span:
        """Return the span without white space at its ends."""
        words = self.text[start:end]
        return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))

    def dated(self, mention: DateMention, confidence: float = LIKELY, with_time: bool = True) -> Word:
        """Return the date (and clock time) of `mention` as a value; an impossible day keeps its wording as value."""
        value = mention.iso if with_time and mention.iso else mention.value
        return self.word(mention.start, mention.end, value or mention.text, confidence)

    def stated(self, datum: Metadatum, value: str | None = None, confidence: float = CERTAIN) -> Word:
        """Return a statement of the source's metadata as a value."""
        value = datum.value if value is None else value
        if datum.span is None:
            return Word(value=value, text="", spans=[], confidence=confidence, reason="outside")
        return Word(
            value=value, text=self.text[datum.span[0] : datum.span[1]], spans=[datum.span], confidence=confidence
        )


def first(words: Sequence[Any]) -> Any:
    """Return the first of `words`, or None."""
    return words[0] if words else None


def with_confidence(line: PartLine, raw: float) -> float:
    """Return the confidence of a value read by a rule of confidence `raw` from a line whose zone may be wrong."""
    return raw * (0.5 + 0.5 * line.probability)


__all__ = [
    "APPARATUS_ZONES", "CERTAIN", "FAIR", "LIKELY", "WEAK", "Context", "DateMention", "first", "replace",
    "with_confidence",
]  # fmt: skip
