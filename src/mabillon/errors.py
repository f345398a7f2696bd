"""Errors that a person can act on: each names what failed and why."""

from __future__ import annotations


class MabillonError(Exception):
    """Base of all errors raised on purpose. `status` is the exit status of a command that ends with it."""

    status = 1


class SourceError(MabillonError):
    """A source cannot be read. Names the source, the reason, and is never fatal to the other sources of a run."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class ArchiveError(MabillonError):
    """The archive cannot be used as asked: missing, locked, damaged, of another version, or the disk is full."""


class QueryError(MabillonError):
    """A search query that cannot be answered at all. A mere slip of syntax is repaired and reported instead."""
