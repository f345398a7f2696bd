"""Fixities: the SHA-256 of every original, taken anew and compared with what was noted when it came in."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mabillon.archive.originals import Originals
from mabillon.errors import ArchiveError

_CHUNK = 1 << 20
_SIDECAR = "inventory.json.sha256"


@dataclass(slots=True)
class ObjectCheck:
    """What was found in one OCFL object: its contents by SHA-256 with their sizes, and what is wrong."""

    name: str
    sizes: dict[str, int]
    problems: list[tuple[str, str]]


def check_object(originals: Originals, name: str) -> ObjectCheck:
    """Take the fixity of every content file of an object, and check that nothing else lies in it."""
    folder = originals.root / name
    check = ObjectCheck(name, {}, list(check_inventories(folder)))
    try:
        contents = list(originals.contents(name))
    except ArchiveError as failure:
        check.problems.append((name, str(failure)))
        return check
    for content in contents:
        try:
            digest, size = digest_of(content.path)
        except OSError as failure:
            check.problems.append((str(content.path), failure.strerror or str(failure)))
            continue
        check.sizes[content.sha256] = size
        if digest != content.sha256:
            check.problems.append((str(content.path), f"its SHA-256 is {digest} now: the original has been altered"))
    strangers = _files_below(folder / "v1" / "content") - {content.path.name for content in contents}
    check.problems += [(str(folder), f"{stranger} is not in the inventory") for stranger in sorted(strangers)]
    return check


def digest_of(path: Path) -> tuple[str, int]:
    """Return the SHA-256 and the size of a file. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        digest, size = hashlib.sha256(), 0
        while chunk := os.read(handle, _CHUNK):
            digest.update(chunk)
            size += len(chunk)
        return digest.hexdigest(), size
    finally:
        os.close(handle)


def check_inventories(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what is wrong: an inventory must be what its sidecar says, and the same for the version (OCFL 1.1, 3.7)."""
    seen = set()
    for place in (folder, folder / "v1"):
        try:
            said = (place / _SIDECAR).read_text("ascii", "replace").split(" ")[0]
            seen.add(digest_of(place / "inventory.json")[0])
        except OSError as failure:
            yield str(place), f"the inventory cannot be read: {failure.strerror or failure}"
            continue
        if said not in seen:
            yield str(place), "the inventory has been altered"
    if len(seen) > 1:
        yield str(folder), "the inventories of the object and of its version differ"


def _files_below(folder: Path) -> set[str]:
    try:
        return {entry.name for entry in os.scandir(folder)}
    except OSError:
        return set()
