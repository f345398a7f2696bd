"""`mabillon mcp`: the archive for assistants, by the Model Context Protocol."""

from __future__ import annotations

from pathlib import Path

import click

from mabillon.cli.options import Failure, archive_option, complain


@click.command(
    epilog="""\b
Examples:
  mabillon mcp --archive korea
  mabillon mcp --archive korea --address https://archive.example.org
  mabillon mcp --http --port 8001

An assistant starts it itself: give it the command and the arguments, with the full path of the archive:

\b
  {"mcpServers": {"korea": {"command": "mabillon", "args": ["mcp", "--archive", "/data/korea"]}}}

Its tools: search, read_record, follow_thread, who_knew, who_knew_first, how_it_spread. Every answer has the address of
each record and the words that say so. Only what everybody may see is in it, and nothing can be changed. With --http it
answers this machine at http://127.0.0.1:8001/mcp; for others give --host, and with --address the name by which they
reach it, for requests to any other name are refused. It needs an extra: pip install 'mabillon[mcp]'
"""
)
@archive_option
@click.option("--http", is_flag=True, help="Answer over Streamable HTTP, not on standard input and output.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port to listen on.")
@click.option("--address", default="", metavar="URL", help="Where the site of the archive is; records are cited by it.")
@click.option("--name", default="Mabillon", show_default=True, metavar="NAME", help="The name of the archive.")
def mcp(archive: Path, http: bool, host: str, port: int, address: str, name: str) -> None:
    """Answer assistants that speak the Model Context Protocol: search, read, follow an exchange, who knew what."""
    if http and host in ("0.0.0.0", "::") and not address:
        raise click.UsageError("Say with --address by which name others reach it: requests to any other are refused.")
    import anyio

    from mabillon.archive import Archive
    from mabillon.archive.indexing import open_index
    from mabillon.archive.keeper import Keeper
    from mabillon.archive.knowing import follow_knowledge
    from mabillon.cli.progress import ProgressBar
    from mabillon.publish.address import Publisher
    from mabillon.web.api.desk import Desk
    from mabillon.web.mcp.counter import Counter

    try:
        from mabillon.web.mcp.server import serve_http, serve_pipe
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("mcp"):
            raise
        raise Failure("this needs the SDK of the protocol: pip install 'mabillon[mcp]'") from error
    bar = ProgressBar("Indexing")
    with Archive.open(archive) as opened:
        total = opened.count()
        open_index(opened, lambda count: bar.update(count, max(total, count), count, 0))
        follow_knowledge(opened.store, lambda done: bar.update(done, max(total, done), done, 0))
        bar.clear()
        counter = Counter(Desk(opened, name=name), Publisher(name, address.rstrip("/")))
        with Keeper(archive, complain):
            if http:
                serve_http(counter, host, port)
            else:
                anyio.run(serve_pipe, counter)
        counter.desk.close()
