"""BagIt 1.0 (RFC 8493): files with their fixity in one folder, written once, and judged before they are used."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from mabillon.errors import ArchiveError

PAYLOAD = "data"
MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_LINE = re.compile(r"([0-9a-fA-F]{64}) [ \t*]*(\S.*)")
_CHUNK = 1 << 20


class BagWriter:
    """Writes a bag into the folder `root`, which must be absent or empty."""

    def __init__(self, root: Path) -> None:
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise ArchiveError(f"{root}: something is there already; a bag needs a place of its own")
        self.root = root
        self._sums: dict[str, str] = {}
        self._bytes = 0
        (root / PAYLOAD).mkdir(parents=True)

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a file of the payload, `name` with slashes, piece by piece."""
        path = self.root / PAYLOAD / name
        path.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with path.open("xb") as out:
            for piece in pieces:
                digest.update(piece)
                self._bytes += out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        self._sums[f"{PAYLOAD}/{name}"] = digest.hexdigest()

    def copy(self, source: Path, name: str) -> None:
        """Copy a file, or all files of a folder and below."""
        if source.is_dir():
            for below in sorted(source.iterdir()):
                self.copy(below, f"{name}/{below.name}")
        else:
            self.add(name, _read(source))

    def close(self, about: dict[str, str]) -> None:
        """Write what makes the folder a bag; `about` goes into bag-info.txt. The manifests come last."""
        info = {**about, "Payload-Oxum": f"{self._bytes}.{len(self._sums)}"}
        tags = {
            "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "bag-info.txt": "".join(f"{name}: {' '.join(said.split())}\n" for name, said in info.items()),
            MANIFEST: "".join(f"{sum}  {_encoded(name)}\n" for name, sum in sorted(self._sums.items())),
        }
        sums = ""
        for name, words in tags.items():
            content = words.encode("utf-8")
            (self.root / name).write_bytes(content)
            sums += f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        (self.root / TAGS).write_text(sums, "utf-8")


def is_bag(folder: Path) -> bool:
    return (folder / "bagit.txt").is_file()


def check_bag(root: Path, tell: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Take the fixity of everything in a bag. Raises `ArchiveError`, naming the file, where something is lost, altered
    or too much."""
    listed = _manifest(root, MANIFEST)
    there = {path.relative_to(root).as_posix() for path in (root / PAYLOAD).rglob("*") if path.is_file()}
    for name in sorted(listed.keys() ^ there):
        raise ArchiveError(f"{root}: {name} is {'missing' if name in listed else 'in no manifest'}")
    if not (root / TAGS).is_file():
        raise ArchiveError(f"{root}: {TAGS} is missing")
    both = {**_manifest(root, TAGS), **listed}
    for done, (name, sum) in enumerate(sorted(both.items()), 1):
        path = root / name
        if not path.is_file() or path.is_symlink():
            raise ArchiveError(f"{root}: {name} is missing")
        digest = hashlib.sha256()
        for piece in _read(path):
            digest.update(piece)
        if digest.hexdigest() != sum:
            raise ArchiveError(f"{root}: {name} is not what it was: its SHA-256 differs")
        tell(done, len(both))


def _manifest(root: Path, name: str) -> dict[str, str]:
    """Return file → SHA-256. A name that leads out of the bag is refused."""
    found: dict[str, str] = {}
    try:
        lines = (root / name).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as failure:
        raise ArchiveError(f"{root}: {name} cannot be read; this is no whole bag") from failure
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None:
            raise ArchiveError(f"{root}: {name} has a line that is none: {line[:80]!r}")
        file = match[2].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
        if file in found or file.startswith(("/", "~")) or ".." in file.split("/"):
            raise ArchiveError(f"{root}: {name} names what cannot be in a bag: {file[:80]!r}")
        found[file] = match[1].lower()
    return found


def _encoded(name: str) -> str:
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as source:
        while piece := source.read(_CHUNK):
            yield piece
