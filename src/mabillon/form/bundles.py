"""Several documents in one source: where each begins.

Sections and pages of one message are one document: two page headings of a machine telegram with the same number, or
two sheets of a form with the same cite, belong together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mabillon.document import Document, Metadatum
from mabillon.form.cues import DECIMAL_FILE, HEADING, cues_of
from mabillon.text import Line, Region, Text


@dataclass(frozen=True, slots=True)
class Start:
    """Where a document begins: a position among the lines that are not blank, and what tells it from others."""

    at: int
    key: tuple[str, ...]


_PAGE_ONE = re.compile(r"^\s*PAGE\s+0?1\b(?:\s+OF\s+\d+)?\s*(?P<rest>.*)$")
_POST_NUMBER = re.compile(r"^\s*(?P<post>[A-Z][A-Z .'/-]*?)\s+0*(?P<number>\d{2,6})\b")
_GROUP = re.compile(r"^\W*(?:[ROPZ]{1,2}\s+){0,2}(?P<group>\d{6}Z\s+[A-Z]{3}\s+\d{2,4})\b")
_FROM = re.compile(r"^\s*FM\s+(?P<post>\S.*)$")
_ENDS = re.compile(r"^\W*(?:N{3,4}\w*|END OF (?:MESSAGE|CABLE|TEXT)|/END LETTER/|BT)\W*$")
_REEL = re.compile(r"^\W*(?:\d\d-0{5}|/START LETTER/|#*\s*Page\s+\d+)\W*$")
_LETTER = re.compile(r"^\W*START LETTER\W*$")
_NUMBERED = re.compile(
    r"^\W*(?:Document|DOCUMENT|Doc\.|Dokument|Документ)\s+(?:No\.?\s*|Nr\.?\s*|№\s*)?(?P<number>\d{1,4})\b(?!\s+of\b)"
)
_EDITED = re.compile(
    r"^\W*(?:No\.\s*)?(?P<number>\d{1,4})\.\s+(?:\[?(?:Telegram|Letter|Memorandum|Circular|Airgram|Despatch|Note|Editorial|"
    r"Message|Report|Minutes|Record|National|Paper|Summary|Notes|Briefing|Draft|Intelligence|Backchannel)\b)"
)
_PAPER = re.compile(r"^\W*No\.\s*(?P<number>\d{1,4})\.?\W*$")
_CITE = re.compile(r"\bCITE\s+(?P<cite>[A-Z\[\]() ]{3,12}?\s*\d{3,5})\b")
_TO = re.compile(r"^\W*(?:TO|To|MEMORANDUM\s+(?:FOR|TO))\s*:?\s+(?P<who>\w.{2,})$")
_BY = re.compile(r"^\W*(?:FROM|From)\s*:?\s+(?P<who>[\w\[].*)$")
_NUMBER_NEAR = re.compile(r"\d")
_LATER_PAGE = re.compile(r"^.{0,40}\bPAGE\s+(?:TWO|THREE|FOUR|FIVE|SIX|[2-9])\b")
_SHORTEST = 5
"""Lines that a numbered document has at the least; headings that follow closer are a list."""
_LOOK = 30
"""Lines at the head of a page that are looked through for who to whom."""


def cut(document: Document) -> list[Document]:
    """Return the documents that `document` holds, itself where it is one."""
    lines = [line for line in document.text.lines if line.text.strip()]
    starts = find_starts(lines)
    if len(starts) < 2:
        return [document]
    offsets = [0, *(_offset(lines, start) for start in starts[1:]), len(document.text)]
    return [
        _slice(document, ordinal, begin, end)
        for ordinal, (begin, end) in enumerate(zip(offsets, offsets[1:], strict=False), 1)
    ]


def find_starts(lines: Sequence[Line]) -> list[Start]:
    """Return where the documents among `lines` (none blank) begin; one or none where they are one document."""
    whole = "\n".join(line.text for line in lines)
    for finder, needs in _FINDERS:
        if any(word in whole for word in needs):
            starts = _distinct(finder(lines))
            if len(starts) > 1:
                return starts
    return []


def _distinct(starts: list[Start]) -> list[Start]:
    """Return `starts` without those that repeat the key before them."""
    return [start for at, start in enumerate(starts) if not at or start.key != starts[at - 1].key]


def _machine_pages(lines: Sequence[Line]) -> list[Start]:
    """Page headings `PAGE 01 POST 01234`, whose number may stand on the next line."""
    found = []
    for at, line in enumerate(lines):
        match = _PAGE_ONE.match(line.text)
        if match is None:
            continue
        rest = match["rest"] or (lines[at + 1].text if at + 1 < len(lines) else "")
        key = _POST_NUMBER.match(rest)
        if key:
            found.append(Start(at, (key["post"], key["number"])))
    return found


def _messages(lines: Sequence[Line]) -> list[Start]:
    """Date-time groups with the line FM below them."""
    found = []
    for at, line in enumerate(lines):
        group = _GROUP.match(line.text)
        if group is None:
            continue
        sender = next((match for after in lines[at + 1 : at + 4] if (match := _FROM.match(after.text))), None)
        if sender:
            found.append(Start(at, (sender["post"].strip(), group["group"])))
    return found


def _numbered_documents(lines: Sequence[Line]) -> list[Start]:
    """Headings `Document 1`, `Document 2`, in order."""
    return _in_order(lines, _NUMBERED)


def _edited_documents(lines: Sequence[Line]) -> list[Start]:
    """An edition's headings: `62. Telegram From …`, or file numbers with a heading below them."""
    found = _in_order(lines, _EDITED)
    if len(found) > 1:
        return found
    return [
        Start(at, (line.text.strip(), str(at)))
        for at, line in enumerate(lines)
        if "/" in line.text and DECIMAL_FILE.match(line.text.strip()) and _heading_follows(lines, at)
    ]


def _papers(lines: Sequence[Line]) -> list[Start]:
    """The papers of a printed correspondence: `No. 12.` and below it who to whom."""
    return [start for start in _in_order(lines, _PAPER) if _heading_follows(lines, start.at)]


def _heading_follows(lines: Sequence[Line], at: int) -> bool:
    return any(HEADING.match(line.text.strip()) and len(line.text) < 200 for line in lines[at + 1 : at + 3])


def _in_order(lines: Sequence[Line], pattern: re.Pattern[str]) -> list[Start]:
    """Return the lines that `pattern` numbers, each number the next one or soon after it."""
    found: list[Start] = []
    last = 0
    for at, line in enumerate(lines):
        match = pattern.match(line.text) if len(line.text) < 300 and _NUMBER_NEAR.search(line.text, 0, 24) else None
        if match and (not found or last < int(match["number"]) <= last + 3):
            last = int(match["number"])
            found.append(Start(at, (match["number"],)))
    lengths = [following.at - start.at for start, following in zip(found, found[1:], strict=False)]
    return found if all(length >= _SHORTEST for length in lengths) else []


def _letters(lines: Sequence[Line]) -> list[Start]:
    """Letters that a transcriber has marked off."""
    return [Start(at, (str(at),)) for at, line in enumerate(lines) if _LETTER.match(line.text)]


def _sheets(lines: Sequence[Line]) -> list[Start]:
    """Sheets of a scan, each with a cite, or with a sender and addressee, of its own."""
    pages = [at for at, line in enumerate(lines) if _REEL.match(line.text)]
    pages = pages or [at for at, line in enumerate(lines) if "CLASSIFIED MESSAGE" in line.text]
    found: list[Start] = []
    for page, following in _spans(pages, len(lines)):
        head = lines[page : min(following, page + _LOOK)]
        key = None if any(_LATER_PAGE.match(line.text) for line in head) else _sheet_key(head)
        if key and not (found and _misread(key, found[-1].key)):
            found.append(Start(page, key))
    return found


def _misread(key: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two keys are the same but for a letter or two that a scan has misread."""
    one, two = "".join(key), "".join(other)
    return abs(len(one) - len(two)) <= 1 and sum(a != b for a, b in zip(one, two, strict=False)) <= 2


def _spans(pages: list[int], count: int) -> list[tuple[int, int]]:
    """Return pages as spans; a mark and a form's head that follow closely are the head of one page."""
    merged: list[int] = []
    for page in pages:
        if not merged or page - merged[-1] > 6:
            merged.append(page)
    return list(zip(merged, [*merged[1:], count], strict=False))


def _sheet_key(lines: Sequence[Line]) -> tuple[str, ...] | None:
    for line in lines:
        if cite := _CITE.search(line.text):
            return ("cite", "".join(cite["cite"].split()))
    to = next((match["who"] for line in lines if (match := _TO.match(line.text))), None)
    by = next((match["who"] for line in lines if (match := _BY.match(line.text))), None)
    return ("sheet", to[:24], by[:24]) if to and by and "DIRECTOR" not in by[:10] else None


_FINDERS: tuple[tuple[Callable[[Sequence[Line]], list[Start]], tuple[str, ...]], ...] = (
    (_machine_pages, ("PAGE",)),
    (_numbered_documents, ("Document", "DOCUMENT", "Doc.", "Dokument", "Документ")),
    (_edited_documents, (". ", "/")),
    (_papers, ("No.",)),
    (_messages, ("FM ",)),
    (_letters, ("START LETTER",)),
    (_sheets, ("CLASSIFIED MESSAGE", "-0000", "Page ")),
)
"""The finders in the order of their trust, each with the words without which it can find nothing."""


def _offset(lines: Sequence[Line], start: Start) -> int:
    """Return where the document of `start` begins: above it stand its marks and notes, not the end of the last one."""
    at = start.at
    while at and _belongs_above(lines, at):
        at -= 1
    return lines[at].start


def _belongs_above(lines: Sequence[Line], at: int) -> bool:
    above = lines[at - 1]
    if _ENDS.match(above.text) or len(above.text) > 90:
        return False
    cues = cues_of(above.text)
    if "grade-only" in cues:
        return at < 2 or not _is_foot(lines, at)
    return (
        bool({"page-mark", "kind-start"} & cues)
        or bool(_REEL.match(above.text))
        or "DRAFTED BY" in above.text
        or "APPROVED BY" in above.text
    )


def _is_foot(lines: Sequence[Line], at: int) -> bool:
    """Whether the grade above line `at` closes the page before: another grade or a gap parts it from the line."""
    return lines[at].index - lines[at - 1].index > 3


def _slice(document: Document, ordinal: int, start: int, end: int) -> Document:
    part = str(ordinal) if document.part is None else f"{document.part}.{ordinal}"
    text = Text(document.text.value[start:end], _regions(document.text.regions, start, end))
    return Document(
        document.filename, document.media_type, document.sha256, text, part, document.url,
        tuple(_metadata(document.metadata, start, end)),
    )  # fmt: skip


def _regions(regions: Sequence[Region], start: int, end: int) -> tuple[Region, ...]:
    return tuple(
        Region(region.kind, max(region.start, start) - start, min(region.end, end) - start, region.attributes)
        for region in regions
        if region.start < end and region.end > start
    )


_OF_THE_WHOLE = frozenset({"collection", "rights", "language", "contact", "sponsor", "published"})


def _metadata(metadata: Sequence[Metadatum], start: int, end: int) -> list[Metadatum]:
    """Return what is said of the whole source, and what is said within the slice."""
    found = []
    for each in metadata:
        if each.span is None or not start <= each.span[0] < each.span[1] <= end:
            if each.field in _OF_THE_WHOLE:
                found.append(Metadatum(each.field, each.value, None, each.group, each.attributes))
        else:
            span = (each.span[0] - start, each.span[1] - start)
            found.append(Metadatum(each.field, each.value, span, each.group, each.attributes))
    return found
