"""python -m bench.archive.light ARCHIVE FOLDER: take texts in with a reader that makes a record of the text alone."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.archive.letters import read_lightly
from mabillon.archive import Archive, ingest
from mabillon.archive.indexing import open_index
from mabillon.archive.keeper import Keeper


def main(place: str, folder: str) -> None:
    with Archive.create(Path(place)) as archive:
        with Keeper(archive.path, print):
            ingest([Path(folder)], archive, read_lightly, workers=2)
        open_index(archive).close()


if __name__ == "__main__":
    main(*sys.argv[1:])
