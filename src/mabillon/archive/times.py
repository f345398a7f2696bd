"""The time as revisions and runs note it."""

from __future__ import annotations

import datetime as dt


def timestamp() -> str:
    """Return the time now in UTC, to the second, as RFC 3339 writes it."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
