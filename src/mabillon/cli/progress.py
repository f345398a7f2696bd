"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

import sys
import time
from typing import TextIO

BAR, INTERVAL = 24, 0.1


class ProgressBar:
    """Shows how far a run has come: sources, records and their rate, failures, time left. Silent off a terminal."""

    def __init__(self, label: str, stream: TextIO | None = None) -> None:
        self._label = label
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._started = time.monotonic()
        self._drawn_at = 0.0
        self._drawn = False

    def update(self, done: int, total: int | None, records: int, failures: int) -> None:
        """Tell of `done` sources out of `total` (None while it is not known)."""
        now = time.monotonic()
        if not self._live or (now - self._drawn_at < INTERVAL and done != total):
            return
        self._drawn_at, self._drawn = now, True
        self._stream.write("\r\x1b[K" + progress_line(self._label, done, total, records, failures, now - self._started))
        self._stream.flush()

    def clear(self) -> None:
        """Take the bar off the line, so that something else can be written there."""
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._drawn, self._drawn_at = False, 0.0


def progress_line(label: str, done: int, total: int | None, records: int, failures: int, seconds: float) -> str:
    """Return the bar as text. `seconds` is the time since the start."""
    rate = records / seconds if seconds > 0 else 0.0
    words = f"{records:,} records, {rate:,.0f} a second"
    if failures:
        words += f", {failures:,} failed"
    if not total:
        return f"{label} {done:,}  {words}"
    filled = BAR * min(done, total) // total
    bar = "█" * filled + "░" * (BAR - filled)
    left = f", {clock(seconds * (total - done) / done)} left" if 0 < done < total else ""
    return f"{label} {bar} {done:,}/{total:,}  {words}{left}"


def clock(seconds: float) -> str:
    """Return a length of time as `m:ss` or `h:mm:ss`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
