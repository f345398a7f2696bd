"""Sketches of texts: short signatures by which near duplicates are found without comparing each text with each other.

MinHash (Broder 1997): the share of equal places in two signatures estimates the Jaccard overlap of the texts' word
triples.
The signature is cut into bands; two texts that overlap by 0.8 share a band in 99 cases of 100, by 0.4 in 10.
"""

from __future__ import annotations

import array
import hashlib
import re

from rensa import RMinHash

from mabillon.record import Record

PLACES, BANDS, SEED = 60, 12, 1950
ROWS = PLACES // BANDS
FEWEST, MOST = 12, 800
"""Words: a shorter text says too little to be told from others, of a longer one the beginning is enough."""

_CJK = "\u2e80-\u9fff\uac00-\ud7af"
_UNSPACED = re.compile(f"[{_CJK}]")
_UNSPACED_WORDS = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+")
"""Where no spaces part the words, each character is one."""

_MARKS = ".,;:!?()[]{}<>\"'«»„“”‚‘’—–-…*/|"
_LONGEST = 7 * MOST


def signature(record: Record) -> bytes | None:
    """Return the signature of a record's body, None where it is too short to have one."""
    words = _words(_body(record).casefold())[:MOST]
    if len(words) < FEWEST:
        return None
    sketch = RMinHash(num_perm=PLACES, seed=SEED)
    sketch.update(list(map(" ".join, zip(words, words[1:], words[2:], strict=False))))
    return array.array("I", sketch.digest()).tobytes()


def _words(text: str) -> list[str]:
    if not _is_western(text) and _UNSPACED.search(text):
        return _UNSPACED_WORDS.findall(text)
    return [word for piece in text.split() if (word := piece.strip(_MARKS))]


def _is_western(text: str) -> bool:
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def _body(record: Record) -> str:
    text = (record.source.text or "") if record.source else ""
    spans = record.body.spans if record.body else []
    return "\n".join(text[start:end] for start, end in spans)[:_LONGEST] if spans else text[:_LONGEST]


def overlap(a: bytes, b: bytes) -> float:
    """Return the estimated overlap of two texts, 0 to 1, from their signatures."""
    left, right = array.array("I", a), array.array("I", b)
    return sum(map(int.__eq__, left, right)) / PLACES


def bands_of(signature: bytes) -> list[int]:
    """Return the bands of a signature as whole numbers of 56 bits."""
    width = len(signature) // BANDS
    return [_band(n, signature[n * width : (n + 1) * width]) for n in range(BANDS)]


def message_band(number: str, day: int) -> int:
    """Return the band that all messages of this number and day (yyyymmdd) share."""
    return _band(BANDS, f"{day}/{number}".encode())


def _band(number: int, piece: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(piece, digest_size=7, salt=bytes([number])).digest(), "big")
