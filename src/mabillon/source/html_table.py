"""Tables of a web page: which hold data, which only lay out the page, and which label values in a first column."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from mabillon.source.html_labels import label_field

_LAYOUT = "table, h1, h2, h3, h4, h5, h6, pre, hr, blockquote, ul, ol, dl, p + p, div + div"
_LABEL_LIMIT = 40


def rows(table: LexborNode) -> Iterator[list[LexborNode]]:
    """Yield the cells of each row of `table`, those of nested tables left out."""
    for part in _children(table):
        if part.tag == "tr":
            yield [cell for cell in _children(part) if cell.tag in ("td", "th")]
        elif part.tag in ("tbody", "thead", "tfoot"):
            for row in _children(part):
                if row.tag == "tr":
                    yield [cell for cell in _children(row) if cell.tag in ("td", "th")]


def is_layout(table: LexborNode) -> bool:
    """Say whether the cells of `table` hold blocks of the page, so that it is no table to a reader."""
    found = list(rows(table))
    return any(cell.css_first(_LAYOUT) is not None for cells in found for cell in cells) or all(
        len(cells) < 2 for cells in found
    )


def is_labelled(table: LexborNode) -> bool:
    """Say whether the first cell of each row labels the others: it is a header cell, bold, ends with a colon, or
    half of the first cells are labels that archives use."""
    pairs = [cells for cells in rows(table) if len(cells) >= 2]
    if pairs and all(cell.tag == "th" for cell in pairs[0]):
        pairs = pairs[1:]
    firsts = [cells[0] for cells in pairs]
    words = [cell.text().strip() for cell in firsts]
    if not words or max(map(len, words)) > _LABEL_LIMIT:
        return False
    if all(cell.tag == "th" and cells[1].tag == "td" for cell, cells in zip(firsts, pairs, strict=True)):
        return True
    marked = sum(1 for cell, word in zip(firsts, words, strict=True) if word.endswith(":") or _is_bold(cell))
    return marked == len(words) or sum(1 for word in words if label_field(word)) * 2 >= len(words)


def column_labels(table: LexborNode) -> list[str]:
    """Return the heads of the columns of a table that holds one record in one row below them, else nothing."""
    found = list(rows(table))
    if len(found) != 2 or len(found[0]) != len(found[1]) or any(cell.tag != "th" for cell in found[0]):
        return []
    return [cell.text().strip() for cell in found[0]]


def _is_bold(cell: LexborNode) -> bool:
    inner = list(_children(cell))
    return len(inner) == 1 and inner[0].tag in ("b", "strong")


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        if (child.tag or "-")[0] not in "-!":
            yield child
        child = child.next
