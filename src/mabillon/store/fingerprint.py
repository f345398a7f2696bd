"""The name of a finding that stays: who reads a record anew, or derives everything anew, gets the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from mabillon.evidence import Value

SIZE = 10
"""Bytes: among a million findings the odds that two have one name are one in a million million."""


def fingerprint(finding: str, record: str, *about: str) -> str:
    """Return the fingerprint of a finding of this id at the record of this id. `about` tells it from others there.

    It holds values, never offsets or wordings: those change when a text is read better.
    """
    return hashlib.blake2b("\x1f".join((finding, record, *about)).encode(), digest_size=SIZE).hexdigest()


def said(evidence: Iterable[Value]) -> list[str]:
    """Return the values of some evidence in an order of their own, each once."""
    return sorted({str(value.value) for value in evidence})
