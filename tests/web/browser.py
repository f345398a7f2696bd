"""A real browser and a real server for the tests that look at pages as people do."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

HERE = Path(__file__).parent
ARTIFACTS = HERE.parent.parent / "artifacts"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


def need(what: str, how: str) -> None:
    """Skip, saying what is missing and how to get it; where CI is set that is a failure."""
    reason = f"needs {what}; get it with: {how}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def chromium() -> str:
    program = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if program is None:
        need("Chromium", "apt-get install chromium")
    assert program is not None
    return program


def from_npm(file: str) -> Path:
    """Return a file below node_modules, installed by npm from the lock file beside this one where it is absent."""
    path = HERE / "node_modules" / file
    if not path.is_file():
        npm = shutil.which("npm")
        if npm is None:
            need(f"{file.split('/')[0]}, and npm to install it", "apt-get install npm")
        done = subprocess.run(["npm", "ci", "--silent"], cwd=HERE, capture_output=True, text=True, timeout=300)
        if done.returncode or not path.is_file():
            need(f"{file.split('/')[0]} ({done.stderr.strip()[:200]})", f"cd {HERE.name} && npm ci")
    return path


def axe_source() -> str:
    """Return axe-core's script."""
    return from_npm("axe-core/axe.min.js").read_text("utf-8")


@contextlib.contextmanager
def serving(app: Starlette) -> Iterator[str]:
    """Serve `app` on a free port of this machine; yields its address."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
