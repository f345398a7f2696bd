"""Makes the files of the site's typeface; run as a program, so that a server need not while it answers."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib.resources import files

from fontTools import subset

from mabillon.web.fonts import FACES, RANGES, paths

_MODULE = "font_source_serif_pro"
_FEATURES = ("kern", "liga", "mark", "mkmk", "ccmp", "locl", "onum", "lnum", "pnum", "tnum", "smcp", "c2sc", "sups")


def make_faces() -> None:
    """Make the files that are missing. Takes some seconds. Raises OSError if they cannot be kept, or
    PackageNotFoundError where the package is absent."""
    for (face, part), path in paths().items():
        if path.is_file():
            continue
        options = subset.Options(
            flavor="woff2", layout_features=_FEATURES, hinting=False, desubroutinize=True, name_IDs=[],
            notdef_outline=True,
        )  # fmt: skip
        beside = path.with_suffix(f".{os.getpid()}.new")
        path.parent.mkdir(parents=True, exist_ok=True)
        with subset.load_font(str(files(_MODULE) / "files" / FACES[face][0]), options) as font:
            cut = subset.Subsetter(options)
            cut.populate(unicodes=list(_codes(part)))
            cut.subset(font)
            subset.save_font(font, str(beside), options)
        os.replace(beside, path)


def _codes(part: str) -> Iterable[int]:
    for first, last in RANGES[part]:
        yield from range(first, last + 1)


if __name__ == "__main__":
    make_faces()
