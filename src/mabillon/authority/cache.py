"""Where tables that are made from others are kept between runs. All of it can be thrown away."""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path


def folder() -> Path:
    """Return the folder for derived tables: $MABILLON_CACHE, else `mabillon` in the user's cache folder."""
    own = os.environ.get("MABILLON_CACHE")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "mabillon"


def read(name: str) -> bytes | None:
    """Return a derived table, None if it is not there or cannot be read."""
    try:
        return (folder() / name).read_bytes()
    except OSError:
        return None


def write(name: str, content: bytes) -> Path | None:
    """Keep a derived table; None where the folder cannot be written: then it is made anew each time."""
    try:
        return write_file(folder() / name, content)
    except OSError:
        return None


def write_file(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all, making its folder. Raises OSError if it cannot."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path


def _hash(entry: Traversable, suffix: str, digest: hashlib._Hash) -> None:
    for file in sorted(entry.iterdir(), key=lambda file: file.name):
        if file.name.endswith(suffix):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())


@cache
def edition() -> str:
    """Return a mark of the rules and vocabulary that derived tables come from: another one makes them anew."""
    digest = hashlib.sha256()
    vocabulary = resources.files("mabillon.vocabulary")
    _hash(resources.files("mabillon.authority"), ".py", digest)
    _hash(vocabulary.joinpath("names"), ".yaml", digest)
    _hash(vocabulary, ".yaml", digest)
    return digest.hexdigest()[:16]
