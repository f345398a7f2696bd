"""An archive of four telegrams, and assistants that ask it through the SDK's own client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client
from mcp_types import CallToolResult

from mabillon.archive import Archive, ingest, link_names
from mabillon.archive.indexing import open_index
from mabillon.archive.knowing import follow_knowledge
from mabillon.publish.address import Publisher
from mabillon.web.api.desk import Desk
from mabillon.web.mcp.counter import Counter
from mabillon.web.mcp.server import mcp_server
from tests.archive.delivered import read_delivered
from tests.archive.test_knew import PAPERS

SITE = "https://archive.test"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Telegrams on who knew of the 38th parallel; one bears a number that another bears too."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in PAPERS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "d.txt").write_text(
        "No. 202\n1951-03-04\nFrom: Razuvaev, Pyongyang\nTo: Gromyko, Moscow\nrice\n", "utf-8"
    )
    with Archive.create(tmp_path / "archive") as made:
        ingest([folder], made, read_delivered)
        link_names(made)
        follow_knowledge(made.store)
        open_index(made).close()
        yield made


class Assistant:
    """Asks tools, each time through a connection of its own in this process."""

    def __init__(self, archive: Archive) -> None:
        self.counter = Counter(Desk(archive), Publisher("Test", SITE))

    def call(self, tool: str, **asked: Any) -> CallToolResult:
        async def ask() -> CallToolResult:
            async with Client(mcp_server(self.counter)) as client:
                return await client.call_tool(tool, asked)

        return anyio.run(ask)

    def ask(self, tool: str, **asked: Any) -> Any:
        """Return the answer, which the client found to be of the shape that the tool promises."""
        said = self.call(tool, **asked)
        assert not said.is_error, said.content
        assert json.loads(said.content[0].text) == said.structured_content  # type: ignore[union-attr]
        return said.structured_content

    def refused(self, tool: str, **asked: Any) -> str:
        """Return the words with which a request is refused."""
        said = self.call(tool, **asked)
        assert said.is_error and said.structured_content is None
        return said.content[0].text  # type: ignore[union-attr]


@pytest.fixture
def assistant(archive: Archive) -> Iterator[Assistant]:
    asking = Assistant(archive)
    yield asking
    asking.counter.desk.close()
