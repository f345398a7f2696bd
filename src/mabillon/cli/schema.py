"""`mabillon schema`: the contract of a record as JSON Schema."""

from __future__ import annotations

import click


@click.command(
    epilog="""\b
Examples:
  mabillon schema > record.schema.json
  mabillon schema | jq '."$defs".Event'
"""
)
def schema() -> None:
    """Print the JSON Schema of the records that `read --json` writes.

    It is generated from the types that the program itself uses. Its `$id` carries the version of the contract.
    """
    from mabillon.record import json_schema

    click.echo(json_schema().decode())
