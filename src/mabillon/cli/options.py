"""What several subcommands share: options, the shape of an error, and text made safe for a terminal."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

ARCHIVE = Path("archive")

F = TypeVar("F", bound=Callable[..., Any])


class Failure(click.ClickException):
    """An error as the command shows it: `mabillon: what, and why`."""

    def show(self, file: Any = None) -> None:
        complain(self.message)


def complain(message: str) -> None:
    """Write one line to standard error."""
    click.echo(f"mabillon: {printable(message)}", err=True)


def printable(text: str) -> str:
    """Return `text` on one line without anything that a terminal would obey or that would reorder what is shown."""
    return "".join(_shown(character) for character in text).encode("utf-8", "backslashreplace").decode("utf-8")


def _shown(character: str) -> str:
    if character.isascii():
        return character if character.isprintable() else " "
    if unicodedata.category(character) in ("Cc", "Zl", "Zp") or character in _REORDERING:
        return " "
    return character


_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def archive_option(command: F) -> F:
    return click.option(
        "--archive",
        type=click.Path(path_type=Path, file_okay=False),
        default=ARCHIVE,
        show_default=True,
        metavar="DIR",
        help="The directory that is the archive.",
    )(command)


def workers_option(command: F) -> F:
    return click.option(
        "--workers",
        type=click.IntRange(min=1),
        default=default_workers(),
        show_default="one for each core",
        metavar="N",
        help="How many processes read.",
    )(command)


def default_workers() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
