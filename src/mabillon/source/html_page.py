"""The body of a page, written as a browser shows it."""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from mabillon.source import html_hints as hints
from mabillon.source.builder import TextBuilder
from mabillon.source.html_table import is_labelled, is_layout, label_field

_REGIONS = {
    "p": "paragraph", "li": "item", "blockquote": "quotation", "q": "quotation", "tr": "row", "td": "cell",
    "th": "cell",
    "table": "table", "pre": "preformatted", "address": "paragraph",
}  # fmt: skip
_LAYOUT_PARTS = frozenset(("table", "tr", "td", "th"))
_SHORT_ITEM = 60


@dataclass(slots=True)
class _Frame:
    """An element that is open: what to do when it ends."""

    node: LexborNode
    tag: str
    marks: list[int] = field(default_factory=list)
    block: int = 0  # 0 inline, 1 a line of its own, 2 with blank lines around it
    verbatim: bool = False
    flat: bool = False
    table: str = ""  # "layout", "labelled" or "data"
    cells: int = 0
    counter: int | None = None
    note: bool = False
    label: str = ""
    weak_furniture: int = -1


class PageWriter:
    """Walks the tree without recursion, so that no depth of nesting can exhaust the stack."""

    def __init__(self, builder: TextBuilder, title: str = "") -> None:
        self._builder = builder
        self._title = title
        self._stack: list[_Frame] = []
        self._verbatim = 0
        self._flat = 0
        self._furniture = 0
        self._articles = 0
        self._after_related = False

    def write(self, body: LexborNode) -> None:
        self._enter(body, "body")
        node = body.child
        while node is not None:
            if self._visit(node):
                node = node.child
                continue
            while node is not None and node.next is None:
                node = node.parent
                if node is None or node == body:
                    node = None
                    break
                self._leave()
            if node is not None:
                node = node.next
        while self._stack:
            self._leave()

    def _visit(self, node: LexborNode) -> bool:
        """Write a node or open it; say whether its children come next."""
        tag = node.tag or "-comment"
        if tag == "-text":
            words = node.text_content
            if words:
                if self._verbatim:
                    self._builder.verbatim(words)
                else:
                    self._builder.inline(words)
            return False
        if tag in hints.UNSEEN:
            return False
        if tag == "br":
            self._break()
            return False
        if tag == "hr":
            self._block(2)
            return False
        if tag == "a" and self._footnote_link(node):
            return False
        if tag == "sup" and self._footnote_mark(node):
            return False
        self._enter(node, tag)
        if node.child is None:
            self._leave()
            return False
        return True

    def _break(self) -> None:
        if self._flat:
            if not self._builder.at_line_start:
                self._builder.inline("; ")
        else:
            self._builder.line_break()

    def _block(self, size: int) -> None:
        if self._flat:
            self._builder.gap()
        else:
            self._builder.block(blank_line=size == 2)

    # opening and closing

    def _enter(self, node: LexborNode, tag: str) -> None:
        frame = _Frame(node, tag)
        attributes = node.attributes
        parent = self._stack[-1] if self._stack else None
        if tag in hints.SPACED_BLOCKS:
            frame.block = 2
        elif tag in hints.BLOCKS:
            frame.block = 1
        if tag in ("ul", "ol") and any(open_frame.tag == "li" for open_frame in self._stack[-2:]):
            frame.block = 1
        if tag == "table":
            frame.table = "layout" if is_layout(node) else "labelled" if is_labelled(node) else "data"
        elif tag in ("tbody", "thead", "tfoot", "tr") and parent is not None:
            frame.table = parent.table
        self._before(frame, parent, attributes)
        self._open_regions(frame, attributes)
        self._list_number(frame, parent, attributes)
        if tag in ("pre", "xmp", "listing", "plaintext"):
            frame.verbatim = True
            self._verbatim += 1
        if tag in ("article", "main"):
            self._articles += 1
        self._stack.append(frame)

    def _before(self, frame: _Frame, parent: _Frame | None, attributes: hints.Attributes) -> None:
        """Set the element apart from what stands before it."""
        tag = frame.tag
        if tag in ("td", "th") and parent is not None and parent.table in ("labelled", "data"):
            if parent.cells:
                self._part_cells(parent, bool(frame.node.text().strip()))
            parent.cells += 1
            frame.flat = True
            self._flat += 1
        elif tag == "dd" and parent is not None:
            if parent.label:
                self._builder.inline("; " if parent.cells else " ")
            else:
                self._block(1)
            parent.cells += 1
            frame.block = 0
            frame.flat = True
            self._flat += 1
        elif tag in ("td", "th"):
            frame.block = 1
            self._block(1)
        elif frame.block:
            self._block(1 if tag == "tr" else frame.block)
        elif tag in ("button", "input", "option"):
            self._builder.gap()

    def _part_cells(self, row: _Frame, filled: bool) -> None:
        if row.table == "labelled" and row.cells == 1:
            row.label = self._label(row)
            self._builder.inline(" " if row.label.endswith((":", "?")) else ": ")
        elif not self._builder.at_line_start and (filled or row.table == "data"):
            self._builder.verbatim("\t")

    def _label(self, row: _Frame) -> str:
        return self._builder.words(row.marks[0]) if row.marks else ""

    def _open_regions(self, frame: _Frame, attributes: hints.Attributes) -> None:
        builder, tag = self._builder, frame.tag
        why = hints.furniture(tag, attributes) if not self._furniture and tag != "body" else None
        if (
            why is None
            and self._after_related
            and not self._furniture
            and tag in ("ul", "ol", "dl", "div", "p", "table")
        ):
            why = "name"
        if tag in hints.HEADINGS or tag in ("ul", "ol", "dl", "div", "p", "table", "section"):
            self._after_related = False
        if why == "name" and self._is_document_head(frame.node, tag):
            why = None
        if why:
            self._furniture += 1
            frame.marks.append(builder.open("furniture", {"by": why}))
            frame.weak_furniture = len(frame.marks)
        if not attributes and tag in ("div", "span", "font", "tbody", "body"):
            return
        region = _REGIONS.get(tag)
        if region and not (frame.table == "layout" and tag in _LAYOUT_PARTS) and not self._in_layout(tag):
            frame.marks.append(builder.open(region))
        elif tag in hints.HEADINGS:
            frame.marks.append(builder.open("heading", {"level": tag[1]}))
        elif tag in hints.EMPHASIS:
            frame.marks.append(builder.open("emphasis", {"rend": hints.EMPHASIS[tag]}))
        elif tag == "time" and attributes.get("datetime"):
            frame.marks.append(builder.open("date", {"when": attributes["datetime"] or ""}))
        if attributes and not self._furniture:
            self._open_hinted(frame, attributes)

    def _in_layout(self, tag: str) -> bool:
        return tag in ("td", "th") and bool(self._stack) and self._stack[-1].table == "layout"

    def _open_hinted(self, frame: _Frame, attributes: hints.Attributes) -> None:
        for kind in hints.kinds(frame.tag, attributes):
            frame.marks.append(self._builder.open(kind))
        number = hints.note_number(attributes) if frame.tag in ("li", "p", "div", "dd", "aside", "td") else None
        if number:
            frame.note = True
            frame.marks.append(self._builder.open("footnote", {"n": number}))

    def _is_document_head(self, node: LexborNode, tag: str) -> bool:
        """A header inside the article, or one that shows the title of the page, is the head of the document."""
        if tag == "header" and self._articles:
            return True
        if self._title:
            top = node.css_first("h1")
            if top is not None:
                shown = " ".join(top.text(separator=" ").split())
                return len(shown) > 3 and self._title.startswith(shown)
        return False

    def _list_number(self, frame: _Frame, parent: _Frame | None, attributes: hints.Attributes) -> None:
        if frame.tag == "ol":
            start = attributes.get("start") or "1"
            frame.counter = int(start) if start.isdigit() and len(start) < 7 else 1
        elif frame.tag == "li" and parent is not None and parent.counter is not None:
            value = attributes.get("value") or ""
            if value.isdigit() and len(value) < 7:
                parent.counter = int(value)
            self._builder.word(f"[{parent.counter}]" if frame.note else f"{parent.counter}.")
            self._builder.gap()
            parent.counter += 1

    def _leave(self) -> None:
        frame = self._stack.pop()
        builder, tag = self._builder, frame.tag
        if frame.verbatim:
            self._verbatim -= 1
        if frame.flat:
            self._flat -= 1
        if tag in ("article", "main"):
            self._articles -= 1
        if frame.weak_furniture > 0:
            self._furniture -= 1
        for mark in frame.marks:
            builder.close(mark)
        if tag in hints.HEADINGS and frame.marks:
            self._after_related = hints.related(builder.words(frame.marks[-1]))
        elif tag == "dt":
            self._end_label(frame)
        elif tag in ("td", "th", "dd") and frame.flat:
            self._state(frame)
        if frame.block:
            self._block(frame.block if tag != "tr" else 1)

    # labelled values

    def _end_label(self, frame: _Frame) -> None:
        """A term of a definition list: what follows on the line is its value."""
        if not self._stack:
            return
        parent = self._stack[-1]
        mark = frame.marks[0] if frame.marks else None
        parent.label = self._builder.words(mark) if mark is not None else ""
        parent.cells = 0
        if parent.label:
            frame.block = 0
            self._builder.inline(":" if not parent.label.endswith((":", "?", "-", "—")) else "")

    def _state(self, frame: _Frame) -> None:
        row = self._stack[-1] if self._stack else None
        if row is None or not row.label or not frame.marks or self._furniture:
            return
        name = label_field(row.label)
        if name and row.cells >= 1:
            self._builder.state(name, mark=frame.marks[0], attributes={"label": row.label})

    # footnotes

    def _footnote_link(self, node: LexborNode) -> bool:
        attributes = node.attributes
        words = node.text().strip()
        if hints.points_to_note(attributes):
            found = hints.NOTE_MARK.fullmatch(words)
            if found:
                self._mark(found[1])
                return True
        return hints.points_back(attributes) and hints.BACK_MARK.fullmatch(words) is not None

    def _footnote_mark(self, node: LexborNode) -> bool:
        link = node.css_first("a")
        found = hints.NOTE_MARK.fullmatch(node.text().strip())
        if found is None or self._verbatim:
            return False
        if link is not None and not found[1].isalpha():
            self._mark(found[1])
            return True
        return False

    def _mark(self, number: str) -> None:
        mark = self._builder.open("footnote-mark", {"n": number})
        self._builder.inline(f"[{number}]")
        self._builder.close(mark)
