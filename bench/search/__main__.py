"""python -m bench.search [COUNT] [FOLDER]: measure search and print the section of docs/performance.md."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.search.report import section


def main(arguments: list[str]) -> None:
    count = int(arguments[0]) if arguments else 30_000
    with tempfile.TemporaryDirectory(prefix="mabillon-bench-") as scratch:
        print(section(count, Path(arguments[1]) if len(arguments) > 1 else Path(scratch)).markdown())


if __name__ == "__main__":
    main(sys.argv[1:])
