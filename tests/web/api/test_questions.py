"""The worked questions of the documentation, asked of an archive of the samples over HTTP."""

from __future__ import annotations

import contextlib
import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from typing import Any

import pytest
import uvicorn

from mabillon.archive import Archive, ingest
from mabillon.archive.indexing import open_index
from mabillon.pipeline import read_path
from mabillon.web.app import create_app

ROOT = Path(__file__).resolve().parents[3]
NOTEBOOK = json.loads((ROOT / "docs" / "questions.ipynb").read_text("utf-8"))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where an archive of the samples answers."""
    path = tmp_path_factory.mktemp("samples") / "archive"
    with Archive.open(path, create=True) as archive:
        ingest([ROOT / "samples"], archive, read_path, workers=1)
        open_index(archive)
    server = uvicorn.Server(uvicorn.Config(create_app(path), port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server ended before it had begun"
        sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def answers(address: str) -> dict[str, str]:
    """Title of a question → what its cell prints."""
    found: dict[str, str] = {}
    names: dict[str, Any] = {}
    title = ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MABILLON", address)
        for cell in NOTEBOOK["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                title = source.splitlines()[0].strip("# ")
                continue
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(source, title, "exec"), names)
            found[title] = printed.getvalue()
        names["api"].close()
    return found


EXPECTED = {
    "Five questions to an archive": (),
    "All that Beria was copied on in October 1950": ("1950-10-13 Shtykov", "(copy "),
    "The delay between sending and receipt, by route and month": ("1950-11  Pyongyang", "195 min", "26 min  Z"),
    "What reached Stalin in one week, and when": (
        "1950-09-30 600308/sh", "distributed 1940-10-01T01:45", "but: distributed in 1940",
    ),
    "All findings of a kind, with both sides of their evidence": ("600308", "2330", "2332", "in all"),
    "The correspondence of two people as CSV": ("1950-09-30 Shtykov", "600308/sh", "APRF"),
}  # fmt: skip
"""Title → what must stand in the answer."""


def test_each_question_of_the_page_is_tried(answers: dict[str, str]):
    assert set(answers) == set(EXPECTED)


@pytest.mark.parametrize("title", EXPECTED)
def test_a_question_is_answered(title: str, answers: dict[str, str]):
    assert [words for words in EXPECTED[title] if words not in answers[title]] == [], answers[title]
