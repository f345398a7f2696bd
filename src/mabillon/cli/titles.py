"""What a record is called where it bears no title: one supplied as an editor supplies it (ISAD(G) 3.1.2)."""

from __future__ import annotations

from collections.abc import Sequence


def titled(title: str | None, type: str | None, senders: Sequence[str], recipients: Sequence[str]) -> str:
    """Return `title`, or one made of kind, senders and recipients as far as they are known: `Telegram, Muccio to the
    Secretary of State`."""
    if title and title.strip():
        return title
    kind = (type or "document").replace("-", " ").capitalize()
    sender, recipient = ", ".join(filter(None, senders)), ", ".join(filter(None, recipients))
    if sender and recipient:
        return f"{kind}, {sender} to {recipient}"
    return f"{kind} from {sender}" if sender else f"{kind} to {recipient}" if recipient else kind
