"""Sources read in several processes at once, their pieces in the order of the sources.

Each process answers in the order in which it was asked, so the next piece always comes from a process that is known: no
piece waits but in the process's own bounded queue, and memory does not grow with the run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from queue import Queue
from threading import Thread

from mabillon.archive.prepare import Taken
from mabillon.archive.walk import shown
from mabillon.archive.worker import Answer, decode_answer, read_messages, write_message
from mabillon.errors import ArchiveError
from mabillon.store.place import Place

CHUNK = 16
"""How many sources a process is asked for at once."""

AHEAD_SOURCES, AHEAD_BYTES, AHEAD_ANSWERS = 96, 48_000, 128
"""How far a process may run ahead: sources asked of it, bytes of their paths (a pipe holds 64 KiB), pieces unread."""

_PROGRAM = "from mabillon.archive.worker import main; main()"


class Crew:
    """The processes of one ingest. Use as a context: leaving it ends them."""

    def __init__(self, read: str, incoming: Path, workers: int) -> None:
        self.read, self.incoming = read, incoming
        self.members = [_Member(read, incoming) for _ in range(workers)]

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for member in self.members:
            member.end()

    def take(self, paths: Iterable[str]) -> Iterator[Taken]:
        """Yield the pieces of all `paths` in their order. Raises `ArchiveError` if the archive cannot be written."""
        asked: deque[tuple[int, str]] = deque()
        left = iter(paths)
        self._ask(left, asked)
        while asked:
            number, path = asked.popleft()
            yield from self._answers(number, path, asked)
            self._ask(left, asked)

    def _ask(self, left: Iterator[str], asked: deque[tuple[int, str]]) -> None:
        """Give the next chunks to whoever has the least to do, as far as all may run ahead."""
        while True:
            number = min(range(len(self.members)), key=lambda n: self.members[n].load)
            if not self.members[number].has_room:
                return
            chunk = list(islice(left, CHUNK))
            for path in chunk:
                self.members[number].ask(path)
                asked.append((number, path))
            if len(chunk) < CHUNK:
                return

    def _answers(self, number: int, path: str, asked: deque[tuple[int, str]]) -> Iterator[Taken]:
        """Yield the pieces of one path. A process that dies on it costs this source only; another takes its place."""
        member = self.members[number]
        while True:
            answer = member.answer()
            if answer is None:
                self._replace(number, [later for other, later in asked if other == number])
                yield Taken(Place(shown(path), 0, 0, 0), reason=f"the process that read it died {member.death()}")
                return
            if answer.fatal is not None:
                raise ArchiveError(answer.fatal)
            if answer.piece is not None:
                if answer.piece.last:
                    member.done(path)
                yield answer.piece
                if answer.piece.last:
                    return

    def _replace(self, number: int, paths: list[str]) -> None:
        """Let a new process do what a dead one has left."""
        self.members[number].end()
        self.members[number] = _Member(self.read, self.incoming)
        for path in paths:
            self.members[number].ask(path)


class _Member:
    """One process, and the thread that keeps its pipe empty."""

    def __init__(self, read: str, incoming: Path) -> None:
        command = [sys.executable, "-c", _PROGRAM, read, str(incoming)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        self.answers: Queue[bytes | None] = Queue(AHEAD_ANSWERS)
        self.load = self.bytes = 0
        self.ended = False
        self.thread = Thread(target=self._listen, daemon=True)
        self.thread.start()

    @property
    def has_room(self) -> bool:
        return self.load < AHEAD_SOURCES and self.bytes < AHEAD_BYTES

    def ask(self, path: str) -> None:
        self.load += 1
        self.bytes += len(path)
        assert self.process.stdin is not None
        try:
            write_message(self.process.stdin, os.fsencode(path))  # type: ignore[arg-type]
        except BrokenPipeError:
            return  # it has died: that is found out where its answer is missed

    def done(self, path: str) -> None:
        self.load -= 1
        self.bytes -= len(path)

    def answer(self) -> Answer | None:
        """Return the next answer; None if the process has died."""
        message = self.answers.get()
        return None if message is None else decode_answer(message)

    def death(self) -> str:
        status = self.process.wait()
        return f"(signal {-status})" if status < 0 else f"(exit status {status})"

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for message in read_messages(self.process.stdout):  # type: ignore[arg-type]
            self.answers.put(message)
            if self.ended:
                return
        self.answers.put(None)

    def end(self) -> None:
        """End the process, whatever it is doing: what it has not handed over is read again another time."""
        self.ended = True
        self.process.kill()
        while self.thread.is_alive():
            while not self.answers.empty():
                self.answers.get()
            self.thread.join(0.01)
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            try:
                stream.close()
            except BrokenPipeError:
                continue
        self.process.wait()
