"""The typeface of the site: Source Serif Pro (SIL Open Font License) as the package font-source-serif-pro brings it,
cut down to what pages need and kept in the user's cache folder.

It has true small capitals and old-style figures, which the system's own typefaces mostly lack. Where it cannot be made,
pages are set in those.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mabillon.authority import cache as kept

FAMILY = "Mabillon Text"
_PACKAGE = "font-source-serif-pro"
_FORMAT = 1
_DELAY = 3.0
"""Seconds after the start of a server at which the files are made if they are missing."""

RANGES = {
    "latin": ((0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x2010, 0x2027), (0x2030, 0x203A), (0x20AC, 0x20AC),
              (0x2116, 0x2116), (0x2190, 0x2193), (0x2212, 0x2212)),
    "cyrillic": ((0x400, 0x45F), (0x490, 0x491)),
}  # fmt: skip
"""Characters of each file: Latin scripts, and Cyrillic for those pages that have it."""

FACES = {"regular": ("SourceSerifPro-Regular.otf", "normal"), "italic": ("SourceSerifPro-It.otf", "italic")}
"""Name → the package's file and the style; its italic has no Cyrillic."""


@dataclass(frozen=True, slots=True)
class Face:
    """A file of the typeface: `style` and the characters it has, as CSS names both."""

    name: str
    style: str
    range: str
    path: Path

    fingerprint: str

    @property
    def address(self) -> str:
        return f"/fonts/{self.name}.woff2?{self.fingerprint}"


def paths() -> dict[tuple[str, str], Path]:
    """Return (face, part of the characters) → where its file is kept. Raises PackageNotFoundError."""
    edition = f"{version(_PACKAGE)}-{_FORMAT}"
    return {
        (face, part): kept.folder() / f"serif-{face}-{part}-{edition}.woff2"
        for face in FACES
        for part in RANGES
        if (face, part) != ("italic", "cyrillic")
    }


class Making:
    """Makes what is missing, in a process of its own and some seconds after the start, so that no request waits."""

    def __init__(self) -> None:
        self._timer = threading.Timer(_DELAY, self._begin)
        self._timer.daemon = True
        self._process: subprocess.Popen[bytes] | None = None

    def soon(self) -> None:
        if not _all_made():
            self._timer.start()

    def _begin(self) -> None:
        command = [sys.executable, "-m", "mabillon.web.make_fonts"]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)

    def stop(self) -> None:
        self._timer.cancel()
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()


def _all_made() -> bool:
    try:
        return all(path.is_file() for path in paths().values())
    except PackageNotFoundError:
        return False


_found: list[tuple[Face, ...]] = []


def faces() -> tuple[Face, ...]:
    """Return the files of the typeface, none while they are not all there."""
    if not _found and _all_made():
        _found.append(tuple(_face(face, part, path) for (face, part), path in paths().items()))
    return _found[0] if _found else ()


def _face(face: str, part: str, path: Path) -> Face:
    return Face(f"{face}-{part}", FACES[face][1], _css_range(part), path, _fingerprint(path))


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def _css_range(part: str) -> str:
    return ", ".join(f"U+{first:X}-{last:X}" if first != last else f"U+{first:X}" for first, last in RANGES[part])


@cache
def style_sheet(made: tuple[Face, ...]) -> str:
    """Return the style sheet that brings the typeface. `optional`: a page never moves because it came late."""
    rules = (
        f'@font-face {{ font-family: "{FAMILY}"; font-style: {face.style}; font-weight: 400; font-display: optional; '
        f'src: url("{face.address}") format("woff2"); unicode-range: {face.range}; }}'
        for face in made
    )
    return "\n".join(rules) + "\n"


@cache
def sheet_address(made: tuple[Face, ...]) -> str:
    """Return where `style_sheet` is served, with its fingerprint."""
    return f"/fonts.css?{hashlib.sha256(style_sheet(made).encode()).hexdigest()[:10]}"
