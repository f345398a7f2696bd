#!/usr/bin/env python3
"""Write anew the parts of the documentation that are made from the program itself (`make docs`).

docs/commands.md, from `--help` of every command; the card of cable 600308 in README.md, from `mabillon read`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = "samples/seed/cable-600308-paraphrase.txt"
WIDTH = "96"
CARD = re.compile(r"(?<=<!-- card -->\n```\n).*?(?=```\n<!-- /card -->)", re.DOTALL)


def said(*arguments: str) -> str:
    """Return what the command prints."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": WIDTH, "NO_COLOR": "1"}
    run = subprocess.run(
        [sys.executable, "-m", "mabillon", *arguments],
        cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return run.stdout


def commands_page() -> str:
    """Return docs/commands.md."""
    from mabillon.cli.main import COMMANDS

    page = [
        "# Commands",
        "",
        "Made from `--help` by `make docs`; do not edit. The same from Python: [library.md](library.md).",
        "",
        *_block("mabillon --help", said("--help")),
    ]
    for name in COMMANDS:
        page += ["", f"## mabillon {name}", "", *_block(f"mabillon {name} --help", said(name, "--help"))]
    return "\n".join(page) + "\n"


def _block(command: str, printed: str) -> list[str]:
    return ["```", f"$ {command}", *(line.rstrip() for line in printed.rstrip("\n").split("\n")), "```"]


def readme_page(readme: str) -> str:
    """Return README.md with the card that the command prints today."""
    card = f"$ mabillon read {SAMPLE}\n{said('read', SAMPLE).rstrip()}\n"
    page, found = CARD.subn(lambda _: card, readme)
    if found != 1:
        raise SystemExit("README.md: the marks <!-- card --> and <!-- /card --> are missing")
    return page


def main() -> None:
    sys.path.insert(0, str(ROOT / "src"))
    (ROOT / "docs" / "commands.md").write_text(commands_page(), encoding="utf-8")
    readme = ROOT / "README.md"
    readme.write_text(readme_page(readme.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
