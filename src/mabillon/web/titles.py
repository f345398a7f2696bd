"""What a record is called: the title it was given, else one supplied as an editor supplies it (ISAD(G) 3.1.2)."""

from __future__ import annotations

from collections.abc import Sequence

from mabillon.web.language import Language


def kind_of(type: str | None, language: Language) -> str:
    return language.term("type", type) if type else language("record.untyped")


def title_of(
    title: str | None, type: str | None, senders: Sequence[str], recipients: Sequence[str], language: Language
) -> str:
    """Return `title`, or one made of kind, senders and recipients as far as they are known."""
    if title and title.strip():
        return title
    kind, sender, recipient = kind_of(type, language), ", ".join(senders), ", ".join(recipients)
    for key, parts in (("from-to", (sender, recipient)), ("from", (sender,)), ("to", (recipient,))):
        if all(parts):
            return language(f"title.{key}", kind=kind, sender=sender, recipient=recipient)
    return kind
