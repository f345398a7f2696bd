"""What a page's writer remembers of an open element, and small judgements on single elements."""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from mabillon.source import html_hints as hints

_MAX_NUMBER = 999_999


@dataclass(slots=True)
class Frame:
    """An element that is open, and what to do when it ends."""

    node: LexborNode
    tag: str
    start: int  # length of the text when it was opened
    marks: list[int] = field(default_factory=list)
    own: int | None = None  # the mark that covers its words
    block: int = 0  # 0 inline, 1 a line of its own, 2 with blank lines around it
    verbatim: bool = False
    flat: bool = False  # its blocks stay on one line
    table: str = ""  # "layout", "labelled" or "data"
    columns: list[str] = field(default_factory=list)
    cells: int = 0  # cells or definitions written so far
    counter: int | None = None  # number of the next list item
    note: bool = False
    label: str = ""
    furniture: bool = False
    named: bool = False  # its class calls it a label


def footnote_mark(node: LexborNode, tag: str, last: str) -> str | None:
    """Return the number of the footnote that a link or a raised number marks, "" for an arrow back from the note to
    its mark, None if it is something else.

    `last` is the character before it: a raised number is no note's where it raises a number or a unit to a power.
    """
    words = node.text()
    found = hints.NOTE_MARK.fullmatch(words.strip())
    if tag == "a":
        attributes = node.attributes
        if found and hints.points_to_note(attributes):
            return found[1]
        return "" if attributes and hints.BACK_MARK.fullmatch(words) else None
    if found is None or found[1].isalpha() or (node.css_first("a") is None and (last.isdigit() or last in ("m", ""))):
        return None
    return found[1]


def labelled_by(row: Frame | None) -> dict[str, str]:
    return {"label": row.label.rstrip(" :")} if row is not None and row.label else {}


def number_or(raw: str | None, otherwise: int) -> int:
    return int(raw) if raw and raw.isascii() and raw.isdigit() and int(raw[:7]) <= _MAX_NUMBER else otherwise
