"""python -m bench.knowledge [--count N] [--read N] [--folder DIR]: who knew what, measured; writes docs/performance.md.

`--read` cables are read as any document is, and what is claimed of them is compared with what happened; `--count` are
put in a store without being read, and questions are timed over them.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench.knowledge.report import section
from bench.page import put_section, put_summary


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.knowledge", description=__doc__)
    parser.add_argument("--count", type=int, default=30_000)
    parser.add_argument("--read", type=int, default=1_000)
    parser.add_argument("--folder", type=Path, help="keep what was built, so that a second run need not build it")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mabillon-bench-") as scratch:
        text = section(chosen.count, chosen.read, chosen.folder or Path(scratch), Path(scratch) / "read").markdown()
    print(text)
    put_section("knowledge", text)
    put_summary()


if __name__ == "__main__":
    main()
