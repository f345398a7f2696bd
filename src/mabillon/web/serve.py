"""The server: one process, the archive opened before the first request is taken."""

from __future__ import annotations

import gc
from pathlib import Path

import uvicorn

from mabillon.errors import ArchiveError
from mabillon.web.api.limits import Limits
from mabillon.web.app import create_app
from mabillon.web.fonts import Making


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            # What was made at the start lives for ever: left out of collections, a lone client waits 2 ms, not 30.
            gc.collect()
            gc.freeze()
            gc.set_threshold(50_000, 20, 50)


def serve(archive_path: Path, host: str = "127.0.0.1", port: int = 8000, limits: Limits | None = None) -> None:
    """Serve the site of an archive until interrupted. Raises `ArchiveError` where there is no archive or the port is
    taken."""
    app = create_app(archive_path, limits)
    making = Making()
    shown = f"[{host}]" if ":" in host else host
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=15,
        h11_max_incomplete_event_size=65536,
    )  # fmt: skip
    print(f"http://{shown}:{port}/", flush=True)
    try:
        making.soon()
        _Server(config).run()
    except SystemExit as end:  # what uvicorn makes of a port that is taken, after it logged the reason
        raise ArchiveError(f"{host}:{port}: cannot listen here; choose another with --port") from end
    finally:
        making.stop()
