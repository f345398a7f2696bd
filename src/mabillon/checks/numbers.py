"""Numbers that disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mabillon.checks.registry import finding
from mabillon.evidence import Number, Value, Word
from mabillon.record import Record

_IN_TITLE = re.compile(
    r"(?:No\.?|Nº|#|№|Nr\.?|telegram|cable|cablegram|despatch|dispatch|ciphergram|шифртелеграмма)\s*(?:No\.?|Nº|#|№)?\s*(?P<number>\d{2,7})(?![\d/.]|-\d)|\b(?:19|20)?\d\d(?P<station>[A-Z]{3,})(?P<coded>\d{3,6})\b",
    re.IGNORECASE,
)


@finding("number.conflict")
def conflict(record: Record) -> Iterator[tuple[str, list[Value]]]:
    """Yield the number in the title and that of the heading, where they are near but not the same."""
    if record.title is None:
        return
    own = [
        number
        for number in record.numbers
        if number.kind == "message" and number.spans and not _inside(number, record.title)
    ]
    titles = record.title.text or record.title.value
    if record.catalogue:
        titles = " ".join([titles, *record.catalogue.identifiers.values()])
    stated_numbers = [(found["number"] or found["coded"]).lstrip("0") for found in _IN_TITLE.finditer(titles)]
    for stated in [*stated_numbers, *_of_stations(own, titles)]:
        digits = [re.sub(r"\D", "", number.value).lstrip("0") for number in own]
        if own and stated not in digits and any(_slip(stated, other) for other in digits):
            rival = own[next(index for index, other in enumerate(digits) if _slip(stated, other))]
            yield f"the title has {stated}, the heading {rival.value}", [record.title, rival]
            return


def _of_stations(own: list[Number], titles: str) -> Iterator[str]:
    """Yield the numbers of the title that stand behind a station of the message's own: `LIMA 4413: MINING DECREE`."""
    for number in own:
        if station := re.match(r"[A-Z]{3,}(?: [A-Z]{3,})?(?=\s+\d)", number.value):
            yield from (
                found["number"].lstrip("0")
                for found in re.finditer(rf"\b{station[0]}\s+(?P<number>\d{{2,6}})\b", titles)
            )


def _inside(value: Value, title: Word) -> bool:
    return bool(title.spans and title.spans[0][0] <= value.spans[0][0] < title.spans[0][1])


def _slip(first: str, second: str) -> bool:
    """Whether two numbers are one number with a slip: as long, and at most two figures changed."""
    return len(first) == len(second) and 0 < sum(a != b for a, b in zip(first, second, strict=True)) <= 2
