"""`mabillon search`, `reindex` and `serve` over an archive of the samples."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.command import Command
from tests.cli.conftest import ROOT


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("held") / "archive"
    command = [sys.executable, "-m", "mabillon", "ingest", "--archive", folder, ROOT / "samples"]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, capture_output=True)
    return folder


def test_a_word_of_the_text_finds_the_cable_and_is_shown(mabillon: Command, archive: Path) -> None:
    said = mabillon("search", "--archive", archive, "Chemulpo")
    assert said.returncode == 0, said.stderr
    assert re.match(r"1950-09-30  Cable No\. 600308", said.stdout)
    assert "(Chemulpo)" in said.stdout
    assert said.stdout.endswith("1 found\n")


def test_fields_and_json(mabillon: Command, archive: Path) -> None:
    said = mabillon("search", "--archive", archive, "to:Stalin", "date:1950-09-20..1950-10-05", "--json")
    titles = [json.loads(line)["title"]["value"] for line in said.stdout.splitlines()]
    assert any("600308" in title for title in titles)


def test_nothing_found_is_status_1_as_with_grep(mabillon: Command, archive: Path) -> None:
    said = mabillon("search", "--archive", archive, "qqqqqqqq")
    assert (said.returncode, said.stdout) == (1, "0 found\n")


def test_a_slip_is_mended_and_said(mabillon: Command, archive: Path) -> None:
    said = mabillon("search", "--archive", archive, '"38th parallel')
    assert said.returncode == 0 and said.stderr.startswith("mabillon: ")


def test_no_archive_here(mabillon: Command) -> None:
    said = mabillon("search", "anything")
    assert said.returncode == 1
    assert said.stderr == "mabillon: archive: no archive here; make one with: mabillon ingest --archive archive PATH\n"


def test_the_index_can_be_made_anew(mabillon: Command, archive: Path) -> None:
    before = mabillon("search", "--archive", archive, "Korea").stdout
    said = mabillon("reindex", "--archive", archive)
    assert re.fullmatch(r"\d+ records indexed\n", said.stdout), said.stderr
    assert mabillon("search", "--archive", archive, "Korea").stdout == before


@pytest.fixture
def site(archive: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mabillon", "serve", "--archive", archive, "--port", str(port)]
    server = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, stdout=subprocess.PIPE)
    assert server.stdout is not None
    try:
        yield server.stdout.readline().decode().strip().removesuffix("/")
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)
        server.stdout.close()


def get(address: str) -> str:
    for _ in range(100):
        try:
            with urlopen(address, timeout=10) as answer:
                return str(answer.read().decode())
        except ConnectionRefusedError:
            time.sleep(0.1)
        except OSError as failure:
            if "refused" not in str(failure):
                raise
            time.sleep(0.1)
    raise AssertionError(f"nobody answers at {address}")


def test_the_archive_is_shown_in_a_browser(site: str) -> None:
    assert site.startswith("http://127.0.0.1:")
    assert "<title>" in get(f"{site}/")
    assert "600308" in get(f"{site}/search?q=Chemulpo")
