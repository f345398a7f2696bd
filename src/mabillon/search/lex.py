"""What was typed, cut into tokens. Nothing is refused here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u300c\u300d'
"""Marks that open or close a phrase: people paste them from word processors."""

_UNTYPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u009f\ufeff\ufffe\uffff\ud800-\udfff]")
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<field>[A-Za-z][A-Za-z-]*)[:：](?=[^\s)])
    |(?P<empty>[A-Za-z][A-Za-z-]*)[:：](?=[\s)]|$)
    |(?P<phrase>(?P<exactly>=?)[{QUOTES}](?P<inside>[^{QUOTES}]*)(?P<closed>[{QUOTES}]?)(?:~(?P<slop>\d*))?\*?)
    |(?P<open>\()|(?P<close>\))
    |(?P<both>&&(?=\s|$))|(?P<either>\|\|?(?=\s|$))
    |(?P<not>[-!](?=[^\s\-!)]))
    |(?P<word>[^\s(){QUOTES}]+)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is word, phrase, field, empty (a field without a value), open, close, and, or, not."""

    kind: str
    text: str
    start: int
    slop: str | None = None
    closed: bool = True
    exactly: bool = False


def clean(typed: str) -> str:
    """Return `typed` composed (NFC), with characters that nobody types made spaces."""
    return unicodedata.normalize("NFC", _UNTYPABLE.sub(" ", typed))


def tokens(text: str) -> list[Token]:
    """Return the tokens of `text`, which went through `clean`."""
    return [_token(match) for match in _TOKEN.finditer(text) if match["space"] is None]


_OPERATORS = {"AND": "and", "OR": "or", "NOT": "not"}
_MARKS = {"both": "and", "either": "or", "not": "not", "open": "open", "close": "close"}


def _token(match: re.Match[str]) -> Token:
    start, whole = match.start(), match.group()
    if match["phrase"] is not None:
        return Token("phrase", match["inside"], start, match["slop"], bool(match["closed"]), bool(match["exactly"]))
    if match["word"] is not None:
        return Token(_OPERATORS.get(whole, "word"), whole, start)
    if match["field"] is not None or match["empty"] is not None:
        return Token("field" if match["field"] else "empty", match["field"] or match["empty"], start)
    return Token(next(_MARKS[name] for name in _MARKS if match[name] is not None), whole, start)
