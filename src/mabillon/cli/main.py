"""The entry point: finds the subcommand, and turns errors into one clear line."""

from __future__ import annotations

import importlib
from typing import Any

import click

from mabillon.cli.options import Failure
from mabillon.errors import MabillonError

COMMANDS = {
    "read": "mabillon.cli.read",
    "columns": "mabillon.cli.columns",
    "ingest": "mabillon.cli.ingest",
    "search": "mabillon.cli.search",
    "name": "mabillon.cli.name",
    "thread": "mabillon.cli.thread",
    "knew": "mabillon.cli.knew",
    "series": "mabillon.cli.series",
    "transit": "mabillon.cli.transit",
    "findings": "mabillon.cli.findings",
    "verdict": "mabillon.cli.findings",
    "serve": "mabillon.cli.serve",
    "mcp": "mabillon.cli.mcp",
    "access": "mabillon.cli.editing",
    "redact": "mabillon.cli.editing",
    "correct": "mabillon.cli.editing",
    "verify": "mabillon.cli.upkeep",
    "backup": "mabillon.cli.upkeep",
    "preserve": "mabillon.cli.upkeep",
    "restore": "mabillon.cli.upkeep",
    "reindex": "mabillon.cli.upkeep",
    "export": "mabillon.cli.export",
    "publish": "mabillon.cli.publish",
    "schema": "mabillon.cli.schema",
}
"""Each subcommand and the module that holds it under its own name."""


class LazyGroup(click.Group):
    """A group that imports a subcommand when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command = getattr(importlib.import_module(module), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except MabillonError as error:
            raise Failure(str(error)) from error


@click.group(
    cls=LazyGroup,
    name="mabillon",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Each command explains itself: mabillon read --help",
)
@click.version_option(package_name="mabillon")
def mabillon() -> None:
    """Read diplomatic cables, telegrams and letters; keep them in an archive; find and show them."""


def main() -> None:
    """Run the command line."""
    mabillon(prog_name="mabillon")
