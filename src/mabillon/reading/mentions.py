"""People, organizations and places named in the body, where the markup or the archive marks them."""

from __future__ import annotations

from mabillon.evidence import Mention
from mabillon.reading.context import CERTAIN, Context

_KINDS = {"person": "person", "place": "place", "organization": "organization"}


def read_mentions(context: Context) -> list[Mention]:
    """Return the names that the source's markup marks in the body, with the key that it gives them."""
    body = {line.index for line in context.zone("body", "footnote")}
    found = []
    for region in context.document.text.regions:
        if region.kind not in _KINDS or context.document.text.line_at(region.start).index not in body:
            continue
        word = context.word(region.start, region.end, confidence=CERTAIN)
        if word.text:
            found.append(
                Mention(
                    value=word.value,
                    text=word.text,
                    spans=word.spans,
                    confidence=CERTAIN,
                    kind=_KINDS[region.kind],
                    authority=region.attributes.get("ref") or region.attributes.get("key"),
                )
            )
    return found
