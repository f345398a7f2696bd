"""What a TEI header states, as lines of words at the head of the text."""

from __future__ import annotations

from dataclasses import dataclass, field

from mabillon.source.builder import TextBuilder
from mabillon.source.tei_names import Element

DATING = ("when", "when-iso", "from", "to", "notBefore", "notAfter", "from-iso", "to-iso", "notBefore-iso",
          "notAfter-iso", "calendar", "cert", "precision")  # fmt: skip
NAMING = ("ref", "key", "type", "role", "cert", "corresp")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `words` are put into the text; without them `value` comes from attributes alone."""

    name: str
    words: str
    value: str = ""
    group: int = 0
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """One line of the text's head: `label: words; words`."""

    label: str
    statements: tuple[Statement, ...]
    joint: str = "; "


def write_header(lines: list[HeaderLine], builder: TextBuilder) -> None:
    """Write the lines in regions of kind "metadata", and state what they say."""
    for line in lines:
        spoken = [said for said in line.statements if said.words]
        if spoken:
            region = builder.open("metadata", {"field": spoken[0].name})
            builder.inline(f"{line.label}: ")
        for said in line.statements:
            mark = None
            if said.words:
                if said is not spoken[0]:
                    builder.inline(line.joint)
                mark = builder.open()
                builder.inline(said.words)
                builder.close(mark)
            builder.state(said.name, said.value, mark, said.group, said.attributes)
        if spoken:
            builder.close(region)
            builder.block()
    builder.block(blank_line=True)


def line(label: str, *said: Statement, joint: str = "; ") -> list[HeaderLine]:
    """Return the line of these statements, or nothing if all are empty."""
    kept = tuple(entry for entry in said if entry.words or entry.value)
    return [HeaderLine(label, kept, joint)] if kept else []


def moment(date: Element) -> str:
    """Return the first dating attribute of a date, for one without words."""
    return next((date.get(name) or "" for name in DATING[:10] if date.get(name)), "")
