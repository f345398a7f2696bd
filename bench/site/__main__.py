"""python -m bench.site ARCHIVE PACKS: take packs in, as whoever keeps an archive does while others read it."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.site.holdings import read_pack
from mabillon.archive import Archive, ingest
from mabillon.archive.indexing import open_index

if __name__ == "__main__":
    with Archive.open(Path(sys.argv[1])) as opened:
        ingest([Path(sys.argv[2])], opened, read_pack, workers=1)
        open_index(opened).close()
