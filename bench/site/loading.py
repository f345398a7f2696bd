"""Servers and the load on them: wrk on the loopback device, one server at a time."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 16
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
_ASK = """local paths = {{ {paths} }}
local at = 0
request = function() at = at % #paths + 1; return wrk.format("GET", paths[at]) end
done = function(summary, latency, requests)
  io.write(string.format("took %d asked %d p50 %d p99 %d wrong %d\\n", summary.duration, summary.requests,
    latency:percentile(50), latency:percentile(99), summary.errors.status + summary.errors.timeout))
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What a server answered: requests a second, milliseconds in the middle and of the 99th of a hundred, and how many
    answers were none (an error, or none in time)."""

    rate: float
    median: float
    p99: float
    wrong: int


def wrk(address: str, paths: Sequence[str], seconds: int, connections: int = CONNECTIONS) -> Load:
    """Ask for `paths` by turns for some seconds."""
    script = Path(f"/tmp/mabillon-wrk-{time.monotonic_ns()}.lua")
    script.write_text(_ASK.format(paths=", ".join(_quoted(path) for path in paths)))
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", str(script), address]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    finally:
        script.unlink()
    found = re.search(r"took (\d+) asked (\d+) p50 (\d+) p99 (\d+) wrong (\d+)", said)
    assert found is not None, said
    took, asked, p50, p99, wrong = map(int, found.groups())
    return Load(asked / (took / 1e6), p50 / 1000, p99 / 1000, wrong)


def ask_each(address: str, paths: Sequence[str]) -> None:
    """Ask for each path once, so that a server that keeps what it made has it."""
    for path in paths:
        with urllib.request.urlopen(address + path, timeout=60) as answer:
            answer.read()


def _quoted(path: str) -> str:
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def missing() -> list[str]:
    """Return the programs that this bench needs and that are not here."""
    return [name for name in ("wrk", "datasette") if shutil.which(name) is None]


@contextlib.contextmanager
def served(command: Sequence[str], port: int, path: str = "/") -> Iterator[tuple[str, float]]:
    """Run a server; yields its address and the seconds until it had answered `path` for the first time."""
    begun = time.perf_counter()
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        while not _answers(address + path):
            assert server.poll() is None, f"{command[0]} ended with {server.returncode}"
            time.sleep(0.01)
        yield address, time.perf_counter() - begun
    finally:
        server.terminate()
        server.wait(20)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            answer.read()
        return True
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
