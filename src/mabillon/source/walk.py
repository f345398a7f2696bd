"""Which files a command is asked to read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from mabillon.errors import SourceError

DESCRIPTIONS = frozenset({"README", "README.md", "README.txt"})
"""Files that speak of the folder they lie in."""

GOLD = ".gold.json"
MAPPING = ".mapping.yaml"
"""Says what the columns of the table beside it hold."""


def walk(paths: Iterable[Path | str]) -> Iterator[Path | SourceError]:
    """Yield the files named by `paths`, folders walked in the order of their names.

    A file named outright is always yielded. In folders, hidden files, what describes the folder (`README`,
    `README.md`), gold files of specimens (`*.gold.json`) and the index beside them, and mappings of tables
    (`*.mapping.yaml`) are left out. A path that does not exist, or a folder that may not be listed, is yielded as a
    SourceError in its place, so that a run reports it and goes on.
    """
    for given in paths:
        path = Path(given)
        if path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield path
        else:
            yield SourceError(str(path), "does not exist")


def _folder(folder: Path) -> Iterator[Path | SourceError]:
    try:
        entries = list(folder.iterdir())
    except OSError as error:
        yield SourceError(str(folder), f"cannot be listed: {error.strerror or error}")
        return
    named = {entry.name: entry for entry in entries}
    for entry in (named[name] for name in in_order(named)):
        if not entry.is_dir():
            yield entry
        elif not entry.is_symlink():  # a link may lead back here
            yield from _folder(entry)


def in_order(names: Collection[str]) -> list[str]:
    """Return the names of a folder that a walk goes to, in order: see `walk` for what is left out."""
    specimens = any(name.endswith(GOLD) for name in names)
    left_out = {*DESCRIPTIONS, "INDEX.md"} if specimens else DESCRIPTIONS
    return sorted(
        name
        for name in names
        if not name.startswith(".") and not name.endswith((GOLD, MAPPING)) and name not in left_out
    )
