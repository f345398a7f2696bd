"""The server: the tools as the protocol has them, over a pipe or over HTTP. Needs the SDK, `mabillon[mcp]`."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import mcp_types as protocol
import uvicorn
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.exceptions import MCPError
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from mabillon.errors import ArchiveError, QueryError
from mabillon.record import encode
from mabillon.web.api.answers import JSON, Refusal
from mabillon.web.api.openapi import program_version
from mabillon.web.api.patience import Patience
from mabillon.web.mcp.counter import Counter
from mabillon.web.mcp.tools import BY_NAME, MOST_BYTES, TEACHING, TOOLS

log = logging.getLogger(__name__)

PATH = "/mcp"
SECONDS = 20.0
MOST_ASKED = 64 * 1024
"""Bytes of a request."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def mcp_server(counter: Counter, seconds: float = SECONDS) -> Server[Any]:
    """Return the server over what `counter` gives; no answer takes longer than `seconds`."""
    office = _Office(counter, Patience(seconds))
    return Server(
        "mabillon", version=program_version(), title=counter.desk.name, instructions=TEACHING,
        on_list_tools=office.list_tools, on_call_tool=office.call, on_list_resources=office.list_resources,
        on_list_resource_templates=office.list_templates, on_read_resource=office.read,
    )  # fmt: skip


class _Office:
    """Answers each request in a thread, within a time. What goes wrong is said in words that help to ask better."""

    def __init__(self, counter: Counter, patience: Patience) -> None:
        self.counter = counter
        self.patience = patience

    async def list_tools(self, context: Any, asked: Any) -> protocol.ListToolsResult:
        hints = protocol.ToolAnnotations(
            read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        )
        return protocol.ListToolsResult(
            tools=[
                protocol.Tool(
                    name=one.name, title=one.title, description=one.teaches, input_schema=one.asks_schema,
                    output_schema=one.gives_schema, annotations=hints,
                )
                for one in TOOLS
            ]
        )  # fmt: skip

    async def call(self, context: Any, asked: protocol.CallToolRequestParams) -> protocol.CallToolResult:
        tool = BY_NAME.get(asked.name)
        if tool is None:
            known = ", ".join(BY_NAME)
            raise MCPError(protocol.INVALID_PARAMS, f"There is no tool {asked.name[:60]!r}; there are: {known}")
        try:
            said = await self._within_time(partial(tool.answer, self.counter, asked.arguments or {}))
        except Refusal as refusal:
            words = protocol.TextContent(text=refusal.problem.detail)
            return protocol.CallToolResult(content=[words], is_error=True)
        content = protocol.TextContent(text=said.decode())
        return protocol.CallToolResult(content=[content], structured_content=json.loads(said))

    async def list_resources(self, context: Any, asked: Any) -> protocol.ListResourcesResult:
        """List none: records are too many to be listed, and are found by the tools."""
        return protocol.ListResourcesResult(resources=[])

    async def list_templates(self, context: Any, asked: Any) -> protocol.ListResourceTemplatesResult:
        template = protocol.ResourceTemplate(
            name="record", title="A record", uri_template=self.counter.publisher.record("") + "{id}", mime_type=JSON,
            description="A record as JSON, exactly as the public contract has it (mabillon/record/1).",
        )  # fmt: skip
        return protocol.ListResourceTemplatesResult(resource_templates=[template])

    async def read(self, context: Any, asked: protocol.ReadResourceRequestParams) -> protocol.ReadResourceResult:
        try:
            said = await self._within_time(partial(self._whole, str(asked.uri)))
        except Refusal as refusal:
            raise MCPError(protocol.INVALID_PARAMS, refusal.problem.detail) from refusal
        content = protocol.TextResourceContents(uri=asked.uri, mime_type=JSON, text=said.decode())
        return protocol.ReadResourceResult(contents=[content])

    def _whole(self, address: str) -> bytes:
        start = self.counter.publisher.record("")
        if not address.startswith(start):
            raise Refusal(404, f"There is nothing at {address[:100]}; addresses of records begin with {start}")
        said = encode(self.counter.record(address))
        if len(said) > MOST_BYTES:
            raise Refusal(413, f"This record has {len(said):,} bytes as JSON; read it page by page with read_record.")
        return said

    async def _within_time(self, work: Callable[[], bytes]) -> bytes:
        """Return what `work` gives. Raises Refusal, whatever goes wrong: what failed within is for the log alone."""
        try:
            return await self.patience.wait_for(work)
        except QueryError as error:
            raise Refusal(422, str(error)) from error
        except ArchiveError as error:
            log.error("%s", error)
            raise Refusal(503, "The archive or its index cannot be read just now; ask again in a while.") from error
        except Refusal:
            raise
        except Exception as error:
            log.exception("an answer failed")
            raise Refusal(500, "Something failed here; it was noted.") from error


async def serve_pipe(counter: Counter) -> None:
    """Answer on standard input and output until the input ends."""
    server = mcp_server(counter)
    async with stdio_server() as (requests, answers):
        await server.run(requests, answers, server.create_initialization_options())


def mcp_app(counter: Counter, host: str) -> Starlette:
    """Return the server as an application over Streamable HTTP, at `/mcp`. Each request stands for itself. One that
    names another host is refused, so that no page of another site reaches a closed network through a browser."""
    app = mcp_server(counter).streamable_http_app(
        streamable_http_path=PATH, stateless_http=True, json_response=True, max_request_body_size=MOST_ASKED,
        transport_security=_guard(host, counter.publisher.base),
    )  # fmt: skip
    app.add_middleware(_PostOnly)
    return app


class _PostOnly:
    """Refuses what is no POST: a GET would wait for messages that this server never sends, and hold a connection."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = Response("Send requests by POST.\n", 405, {"Allow": "POST"}, "text/plain")
        await (refused if scope["type"] == "http" and scope["method"] != "POST" else self.app)(scope, receive, send)


def _guard(host: str, base: str) -> TransportSecuritySettings:
    names = ["127.0.0.1", "localhost", "[::1]"] if host in LOOPBACK else [f"[{host}]" if ":" in host else host]
    hosts = [form for name in names for form in (name, f"{name}:*")]
    origins = [f"http://{form}" for form in hosts]
    if base:
        site = urlsplit(base)
        hosts += [site.netloc, f"{site.hostname}:*"]
        origins.append(f"{site.scheme}://{site.netloc}")
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)


def serve_http(counter: Counter, host: str, port: int) -> None:
    """Answer over HTTP until interrupted. Raises ArchiveError where the port is taken."""
    shown = f"[{host}]" if ":" in host else host
    config = uvicorn.Config(
        mcp_app(counter, host), host=host, port=port, log_level="warning", access_log=False, server_header=False,
        limit_concurrency=64,
    )  # fmt: skip
    print(f"http://{shown}:{port}{PATH}", flush=True)
    try:
        uvicorn.Server(config).run()
    except SystemExit as end:  # what uvicorn makes of a port that is taken, after it logged the reason
        raise ArchiveError(f"{host}:{port}: cannot listen here; choose another with --port") from end
