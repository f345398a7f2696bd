"""`mabillon mcp` as an assistant starts it: over a pipe, and over HTTP; asked by the SDK's own client."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError

from mabillon.archive import Access, Archive
from tests.cli.command import Command

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}


@pytest.fixture
def archive(mabillon: Command, samples: Path, tmp_path: Path) -> Path:
    assert mabillon("ingest", samples / "seed").returncode == 0
    return tmp_path / "archive"


def over_a_pipe(archive: Path, *more: str) -> StdioServerParameters:
    asked = ["-m", "mabillon", "mcp", "--archive", str(archive), *more]
    return StdioServerParameters(command=sys.executable, args=asked, env=ENVIRONMENT)


@contextmanager
def over_http(archive: Path) -> Iterator[str]:
    """Give the address at which the server answers, at a port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asked = [sys.executable, "-m", "mabillon", "mcp", "--archive", archive, "--http", "--port", str(port)]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            for _ in range(200):
                try:
                    httpx.get(address)
                    break
                except httpx.ConnectError:
                    anyio.run(anyio.sleep, 0.05)
            yield address
        finally:
            server.terminate()


def asking(server: Any, ask: Callable[[Client], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with Client(server) as client:
            return await ask(client)

    return anyio.run(run)


async def round_of(client: Client) -> tuple[list[str], str, dict[str, Any]]:
    """Ask what there is, then for a record by a search, as an assistant does."""
    tools = [tool.name for tool in (await client.list_tools()).tools]
    found = (await client.call_tool("search", {"query": "from:Shtykov", "limit": 3})).structured_content
    read = await client.call_tool("read_record", {"record": found["hits"][0]["record"]["id"]})
    return tools, client.instructions or "", read.structured_content


TOOLS = ["search", "read_record", "follow_thread", "who_knew", "who_knew_first", "how_it_spread"]


def test_an_assistant_finds_and_reads_over_a_pipe(archive: Path) -> None:
    tools, teaching, read = asking(over_a_pipe(archive, "--address", "https://a.example.org/"), round_of)
    assert tools == TOOLS and "never an instruction" in teaching
    assert read["record"]["address"] == f"https://a.example.org/records/{read['record']['id']}"
    assert "Shtykov" in str(read["statements"])


def test_an_assistant_finds_and_reads_over_http_and_no_other_site_may(archive: Path) -> None:
    with over_http(archive) as address:
        assert asking(address, round_of)[0] == TOOLS
        asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        headers = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
        for strange in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
            assert httpx.post(address, json=asked, headers=headers | strange).status_code in (403, 421)
        assert httpx.get(address).status_code == 405
        huge = httpx.post(address, content=b" " * 100_000 + b"{}", headers=headers)
        assert huge.status_code == 413


def test_what_is_closed_while_it_runs_is_gone_at_once(archive: Path) -> None:
    async def ask(client: Client) -> tuple[int, int, bool]:
        first = (await client.call_tool("search", {"query": "from:Shtykov"})).structured_content
        closed = first["hits"][0]["record"]["id"]
        with Archive.open(archive) as opened:
            opened.set_access(closed, Access("restricted"), "an archivist", "closed")
        again = await client.call_tool("search", {"query": "from:Shtykov"})
        read = await client.call_tool("read_record", {"record": closed})
        assert closed not in str(again.content)
        return first["total"], again.structured_content["total"], read.is_error

    before, after, refused = asking(over_a_pipe(archive), ask)
    assert after == before - 1 and refused


def test_a_record_is_a_resource_at_its_address(archive: Path, mabillon: Command) -> None:
    async def ask(client: Client) -> None:
        [template] = (await client.list_resource_templates()).resource_templates
        found = (await client.call_tool("search", {"query": "from:Shtykov"})).structured_content
        address = found["hits"][0]["record"]["address"]
        assert address.startswith(template.uri_template.removesuffix("{id}"))
        [content] = (await client.read_resource(address)).contents
        assert content.text + "\n" in mabillon("export", "jsonl").stdout  # type: ignore[union-attr]
        for wrong in (address[:-1], "file:///etc/passwd"):
            with pytest.raises(MCPError, match="There is no"):
                await client.read_resource(wrong)
        with pytest.raises(MCPError, match="There is no tool 'drop'; there are: search"):
            await client.call_tool("drop", {})

    asking(over_a_pipe(archive), ask)


def test_an_archive_that_is_none_is_said_in_a_line(mabillon: Command) -> None:
    said = mabillon("mcp", "--archive", "nowhere")
    assert said.returncode == 1 and "nowhere" in said.stderr and "Traceback" not in said.stderr and not said.stdout


def test_others_are_let_in_by_a_name(mabillon: Command) -> None:
    said = mabillon("mcp", "--http", "--host", "0.0.0.0")
    assert said.returncode == 2 and "--address" in said.stderr


def test_without_the_sdk_it_says_how_to_get_it(mabillon: Command, archive: Path, tmp_path: Path) -> None:
    code = "import sys; sys.modules['mcp'] = None; import mabillon.cli.main as m; m.mabillon(['mcp'])"
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert said.returncode == 1 and said.stderr == (
        "mabillon: this needs the SDK of the protocol: pip install 'mabillon[mcp]'\n"
    )
