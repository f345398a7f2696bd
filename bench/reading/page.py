"""The table of results, for a terminal and for docs/reading-results.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TITLES = {
    "seed": "The seed document",
    "specimens": "Specimens",
    "unseen": "Specimens of a family that the model has not seen",
    "frus": "Foreign Relations of the United States",
    "letters": "TEI letters against their headers",
    "despatches": "Despatches of 1616–1618 as plain text",
    "machine": "Machine transcriptions",
    "speed": "Speed",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: what was measured, the figure, and what it must reach (None where it is only reported)."""

    measure: str
    value: float
    bound: float | None = None
    at_most: bool = False

    @property
    def reached(self) -> bool | None:
        if self.bound is None:
            return None
        return self.value <= self.bound if self.at_most else self.value >= self.bound

    def plain(self) -> dict[str, Any]:
        return {"measure": self.measure, "value": self.value, "bound": self.bound, "at_most": self.at_most}


def rows_text(rows: list[Row]) -> str:
    return "\n".join(
        f"{row.measure:<66} {figure(row.value):>9}  {_bound(row):<9} {_mark(row)}".rstrip() for row in rows
    )


def page(parts: dict[str, Any], machine: str) -> str:
    """Return docs/reading-results.md. `parts` holds the rows of each part and the day they were measured."""
    lines = [
        "# How well it reads",
        "",
        "Written by `make bench-reading`; do not edit. One part alone, with a list of what was wrong or missing in it:",
        "`python -m bench.reading --only frus --slips slips.txt`.",
        f"Machine: {machine}.",
    ]
    for name, part in parts.items():
        lines += ["", f"## {TITLES[name]}", "", f"Measured on {part['day']}.", ""]
        lines += ["| measure | reached | at least | |", "|---|---|---|---|"]
        rows = [Row(**row) for row in part["rows"]]
        lines += [f"| {r.measure} | {figure(r.value)} | {_bound(r)} | {_mark(r)} |" for r in rows]
    return "\n".join(lines) + "\n"


def figure(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3f}" if value <= 1 else f"{value:.2f}"


def _bound(row: Row) -> str:
    if row.bound is None:
        return ""
    return ("≤ " if row.at_most else "") + f"{row.bound:g}"


def _mark(row: Row) -> str:
    return {True: "yes", False: "not yet", None: ""}[row.reached]
