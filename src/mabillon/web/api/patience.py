"""Work that takes a thread, within a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

import anyio
from anyio.to_thread import run_sync

from mabillon.web.api.answers import Refusal

T = TypeVar("T")
_MOST_LINGERING = 8


class Patience:
    """Waits `seconds` for an answer and no longer."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._lingering: list[threading.Event] = []

    async def wait_for(self, work: Callable[[], T]) -> T:
        """Return what `work` gives. Raises Refusal (503) where it takes too long: its thread then ends by itself, and
        while many such threads run on nothing more is begun."""
        if len(self._lingering) >= _MOST_LINGERING and not any(job.is_set() for job in self._lingering):
            raise Refusal(503, "Too many long answers are being worked on; ask again in a while.", retry_after=10)
        over = threading.Event()

        def working() -> T:
            try:
                return work()
            finally:
                over.set()

        with anyio.move_on_after(self.seconds):
            return await run_sync(working, abandon_on_cancel=True)
        self._lingering = [job for job in (*self._lingering, over) if not job.is_set()]
        raise Refusal(503, f"This took longer than {self.seconds:g} seconds and was given up; ask for less.")
