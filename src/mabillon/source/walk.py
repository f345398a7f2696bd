"""Which files a command is asked to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from mabillon.errors import SourceError

DESCRIPTIONS = frozenset({"README", "README.md", "README.txt"})
"""Files that speak of the folder they lie in."""


def walk(paths: Iterable[Path | str]) -> Iterator[Path | SourceError]:
    """Yield the files named by `paths`, folders walked in the order of their names.

    A file named outright is always yielded. In folders, hidden files, what describes the folder (`README`, `README.md`),
    gold files of specimens (`*.gold.json`) and the index beside them are left out. A path that does not exist, or a folder that may not be listed, is yielded as
    a SourceError in its place, so that a run reports it and goes on.
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
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield SourceError(str(folder), f"cannot be listed: {error.strerror or error}")
        return
    specimens = any(entry.name.endswith(".gold.json") for entry in entries)
    for entry in entries:
        if entry.name.startswith(".") or entry.name in DESCRIPTIONS or entry.name.endswith(".gold.json"):
            continue
        if entry.is_dir():
            if not entry.is_symlink():  # a link may lead back here
                yield from _folder(entry)
        elif not (specimens and entry.name == "INDEX.md"):
            yield entry
