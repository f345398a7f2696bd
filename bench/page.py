"""docs/performance.md: a section for each bench, each replaced by its own run and the others left as they are."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
HEAD = """# Performance

Written by `make bench`; do not edit. Read the figures as ratios: everything that is compared was measured in one run,
by turns, on the machine that each section names. On a machine that others use as well, figures by the clock are longer
than they need be, and processor time says more.

`make bench` measures with 30,000 documents; `python -m bench.run --count 300000` takes an idle machine some hours, and
`python -m bench.run --only search --count 1000000` measures search alone in a million.
"""
_GOAL = re.compile(r"^\| .+ \| (?:yes|\*\*no\*\*) \|$", re.MULTILINE)
_SECTION = "<!-- {name} -->\n{text}\n<!-- end of {name} -->\n"


@dataclass
class Section:
    """Lines of Markdown, and what was to be reached: (measure, figure, bound, whether it was)."""

    lines: list[str] = field(default_factory=list)
    goals: list[tuple[str, str, str, bool]] = field(default_factory=list)

    def goal(self, measure: str, figure: float, unit: str, bound: float, at_most: bool, digits: int = 1) -> None:
        reached = figure <= bound if at_most else figure >= bound
        said = f"{figure:,.{digits}f}{unit}"
        self.goals.append((measure, said, f"{'≤' if at_most else '≥'} {bound:g}{unit}", reached))

    def markdown(self) -> str:
        rows = [f"| {m} | {f} | {b} | {'yes' if ok else '**no**'} |" for m, f, b, ok in self.goals]
        return "\n".join([*self.lines, "", "| measure | reached | wanted | |", "|---|---|---|---|", *rows, ""])


def put_section(name: str, text: str, page: Path = PAGE) -> None:
    """Write `text` (Markdown) as the section `name`, in place of its last one."""
    content = page.read_text("utf-8") if page.is_file() else HEAD
    section = _SECTION.format(name=name, text=text.strip())
    found = re.compile(rf"<!-- {name} -->\n.*?<!-- end of {name} -->\n", re.DOTALL)
    content = found.sub(lambda _: section, content) if found.search(content) else f"{content.rstrip()}\n\n{section}"
    page.write_text(content, "utf-8")


def put_summary(page: Path = PAGE) -> None:
    """Write what was to be reached, of all sections together, as the first section."""
    name = "summary"
    content = re.sub(rf"<!-- {name} -->\n.*?<!-- end of {name} -->\n+", "", page.read_text("utf-8"), flags=re.DOTALL)
    table = "\n".join(["| measure | reached | wanted | |", "|---|---|---|---|", *_GOAL.findall(content)])
    section = _SECTION.format(name=name, text=f"## What was to be reached\n\n{table}")
    sections = content[content.index("<!-- ") :]
    page.write_text(f"{HEAD}\n{section}\n{sections}", "utf-8")


def machine() -> str:
    """Return a sentence on the machine and the libraries that a section was measured with."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("tantivy", "msgspec", "sqlalchemy"))
    load = os.getloadavg()[0]
    busy = f"; others were using it (load {load:.0f})" if load > (os.cpu_count() or 1) * 1.5 else ""
    return f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, {libraries}{busy}."


def _processor() -> str:
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()
