"""The body of a page, written as a browser shows it."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from mabillon.source import html_hints as hints
from mabillon.source.builder import TextBuilder
from mabillon.source.html_frame import Frame, footnote_mark, labelled_by, number_or
from mabillon.source.html_labels import Labels, label_field
from mabillon.source.html_table import column_labels, is_labelled, is_layout

_REGIONS = {
    "p": "paragraph", "li": "item", "blockquote": "quotation", "q": "quotation", "tr": "row", "td": "cell",
    "th": "cell", "table": "table", "pre": "preformatted", "address": "paragraph", "dd": "cell", "dt": "",
}  # fmt: skip
_CELLS = ("td", "th")
_LISTS = ("ul", "ol")
_AFTER_HEADING = ("ul", "ol", "dl", "div", "p", "table")
_PREFORMATTED = ("pre", "xmp", "listing", "plaintext")
_ARTICLES = ("article", "main")
_NOTES = ("li", "p", "div", "dd", "aside", "td")
_CONTROLS = ("a", "span", "button", "label")


DEPTH_LIMIT = 2000
"""Open elements; browsers stop at 512."""


class PageWriter:
    """Walks the tree without recursion, so that no depth of nesting can exhaust the stack."""

    def __init__(self, builder: TextBuilder, title: str = "") -> None:
        self._builder = builder
        self._labels = Labels(builder)
        self._title = title
        self._stack: list[Frame] = []
        self._verbatim = 0
        self._flat = 0
        self._furniture = 0
        self._articles = 0
        self._after_related = False

    def write(self, body: LexborNode) -> bool:
        """Write the page; say whether its nesting stayed within DEPTH_LIMIT."""
        self._enter(body, "body")
        node = body.child
        while node is not None:
            if self._visit(node):
                if len(self._stack) > DEPTH_LIMIT:
                    return False
                node = node.child
                continue
            after = node.next
            while after is None and len(self._stack) > 1:
                after = self._stack[-1].node.next
                self._leave()
            node = after
        self._leave()
        return True

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
        if tag == "a" or (tag == "sup" and not self._verbatim):
            number = footnote_mark(node, tag, self._builder.last)
            if number:
                self._mark(number)
            if number is not None:
                return False
        self._enter(node, tag)
        if node.child is None:
            self._leave()
            return False
        return True

    def _break(self) -> None:
        if not self._flat:
            self._builder.line_break()
        elif not self._builder.at_line_start:
            self._builder.inline("; ")

    def _block(self, size: int) -> None:
        if self._flat:
            self._builder.gap()
        else:
            self._builder.block(blank_line=size == 2)

    # opening

    def _enter(self, node: LexborNode, tag: str) -> None:
        frame = Frame(node, tag, self._builder.length)
        attributes = node.attributes
        parent = self._stack[-1] if self._stack else None
        if tag in hints.SPACED_BLOCKS:
            frame.block = 1 if tag in _LISTS and any(above.tag == "li" for above in self._stack[-2:]) else 2
        elif tag in hints.BLOCKS or (attributes and hints.floats_right(attributes)):
            frame.block = 1
        if tag == "table":
            frame.table = "layout" if is_layout(node) else "labelled" if is_labelled(node) else "data"
            frame.columns = column_labels(node) if frame.table == "data" else []
        elif tag in ("tbody", "thead", "tfoot", "tr") and parent is not None:
            frame.table, frame.columns = parent.table, parent.columns
        self._set_apart(frame, parent)
        self._open_furniture(frame, attributes)
        self._open_regions(frame, parent, attributes)
        if tag == "ol" or (parent is not None and parent.counter is not None and tag == "li"):
            self._list_number(frame, parent, attributes)
        if tag in _PREFORMATTED:
            frame.verbatim = True
            self._verbatim += 1
        elif tag in _ARTICLES:
            self._articles += 1
        self._stack.append(frame)

    def _set_apart(self, frame: Frame, parent: Frame | None) -> None:
        """Begin the line, cell or value that the element is."""
        tag = frame.tag
        if tag in _CELLS and parent is not None and parent.table in ("labelled", "data"):
            if parent.cells:
                self._part_cells(parent, bool(frame.node.text().strip()))
            parent.cells += 1
            self._flatten(frame)
        elif tag == "dd" and parent is not None:
            if parent.label:
                self._builder.inline("; " if parent.cells else " ")
            else:
                self._block(1)
            parent.cells += 1
            self._flatten(frame)
        elif tag in _CELLS:
            frame.block = 1
            self._block(1)
        elif frame.block:
            self._block(1 if tag == "tr" else frame.block)
        elif tag in ("button", "input"):
            self._builder.gap()
        elif tag == "q":
            self._builder.inline("“")

    def _flatten(self, frame: Frame) -> None:
        frame.flat, frame.block = True, 0
        self._flat += 1

    def _part_cells(self, row: Frame, filled: bool) -> None:
        if row.table == "labelled" and row.cells == 1:
            self._builder.inline(" " if row.label.endswith((":", "?")) else ": ")
        elif self._builder.at_line_start:
            if filled and row.table == "data":
                self._builder.verbatim("\t" * row.cells)  # the columns before it are empty
        elif filled or row.table == "data":
            self._builder.verbatim("\t")

    def _open_furniture(self, frame: Frame, attributes: hints.Attributes) -> None:
        tag = frame.tag
        after_related, self._after_related = self._after_related, False
        if self._furniture or tag == "body":
            return
        why = hints.furniture(tag, attributes)
        if why is None and after_related:
            if tag in _AFTER_HEADING:
                why = "name"
            elif tag not in hints.HEADINGS and tag != "section":
                self._after_related = True  # something inline stands between
        if why == "name" and self._is_document_head(frame.node, tag):
            why = None
        if why:
            self._furniture += 1
            frame.furniture = True
            frame.marks.append(self._builder.open("furniture", {"by": why}))

    def _is_document_head(self, node: LexborNode, tag: str) -> bool:
        """A header inside the article, or one that shows the title of the page, is the head of the document."""
        if tag == "header" and self._articles:
            return True
        top = node.css_first("h1") if self._title else None
        if top is None:
            return False
        shown = " ".join(top.text(separator=" ").split())
        return len(shown) > 3 and self._title.startswith(shown)

    def _open_regions(self, frame: Frame, parent: Frame | None, attributes: hints.Attributes) -> None:
        builder, tag = self._builder, frame.tag
        kind = _REGIONS.get(tag)
        layout = frame.table == "layout" or (tag in _CELLS and parent is not None and parent.table == "layout")
        if kind is not None and not layout:
            frame.own = builder.open(kind, labelled_by(parent))
        elif tag in hints.HEADINGS:
            frame.own = builder.open("heading", {"level": tag[1]})
        elif tag in hints.EMPHASIS:
            frame.own = builder.open("emphasis", {"rend": hints.EMPHASIS[tag]})
        elif tag == "time" and attributes.get("datetime"):
            frame.own = builder.open("date", {"when": attributes["datetime"] or ""})
        elif attributes and hints.is_label(attributes):
            frame.own, frame.named = builder.open(), True
        elif tag == "a" and self._labels.listing:
            frame.own = builder.open()
        if frame.own is not None:
            frame.marks.append(frame.own)
        if attributes and not self._furniture:
            self._open_hinted(frame, attributes)

    def _open_hinted(self, frame: Frame, attributes: hints.Attributes) -> None:
        """Open what class names, style and identifier say of an element."""
        kinds = hints.kinds(frame.tag, attributes)
        number = hints.note_number(attributes) if frame.tag in _NOTES else None
        if number:
            frame.note = True
            kinds = [kind for kind in kinds if kind != "footnote"]
            number = attributes.get("value") or number
            frame.marks.append(self._builder.open("footnote", {"n": number}))
        elif "foot" in (attributes.get("class") or "").split() and hints.NOTE_START.match(frame.node.text()):
            kinds.append("footnote")
        frame.marks.extend(self._builder.open(kind) for kind in kinds)

    def _list_number(self, frame: Frame, parent: Frame | None, attributes: hints.Attributes) -> None:
        """An ordered list shows its numbers, other than in menus."""
        if frame.tag == "ol":
            frame.counter = number_or(attributes.get("start"), 1) if not self._furniture else None
        elif parent is not None and parent.counter is not None:
            number = number_or(attributes.get("value"), parent.counter)
            self._builder.word(f"[{number}]" if frame.note else f"{number}.")
            self._builder.gap()
            parent.counter = number + 1

    # closing

    def _leave(self) -> None:
        frame = self._stack.pop()
        builder, tag, depth = self._builder, frame.tag, len(self._stack)
        self._verbatim -= frame.verbatim
        self._flat -= frame.flat
        self._furniture -= frame.furniture
        if tag in _ARTICLES:
            self._articles -= 1
        if tag == "q":
            builder.inline("”")
        for mark in frame.marks:
            builder.close(mark)
        if tag in hints.HEADINGS and frame.own is not None:
            words = builder.words(frame.own)
            self._after_related = hints.related(words)
            if not self._furniture:
                self._labels.heading(words, depth)
        elif tag == "dt":
            self._end_term(frame)
        elif frame.flat:
            self._end_value(frame)
        elif not self._furniture:
            if frame.named or tag in ("b", "strong"):
                self._end_label(frame, depth)
            if tag == "a" and frame.own is not None:
                self._labels.link(frame.own)
            self._labels.block(tag, frame.own, depth)
        if frame.block:
            self._block(1 if tag == "tr" else frame.block)
        elif frame.furniture or (self._furniture and tag in _CONTROLS):
            builder.gap()  # menus are spaced by their style

    def _end_term(self, frame: Frame) -> None:
        """A term of a definition list: what follows on the line is its value."""
        if not self._stack or frame.own is None:
            return
        parent = self._stack[-1]
        parent.label, parent.cells = self._builder.words(frame.own), 0
        if parent.label:
            frame.block = 0
            self._builder.inline("" if parent.label.endswith((":", "?", "-", "—")) else ":")

    def _end_value(self, frame: Frame) -> None:
        """A cell or definition: in the first column it labels the next, else it is a value with a label."""
        row = self._stack[-1] if self._stack else None
        if row is None or frame.own is None:
            return
        if row.table == "labelled" and row.cells == 1:
            row.label = self._builder.words(frame.own)
            return
        label = row.label
        if row.columns and frame.tag == "td":
            label = row.columns[min(row.cells, len(row.columns)) - 1]
        name = label_field(label) if label and not self._furniture else None
        if name:
            self._labels.value(name, label, frame.own)

    def _end_label(self, frame: Frame, depth: int) -> None:
        """Words in bold, or of the class of labels, that begin a block and name a field of a description."""
        parent = self._stack[-1] if self._stack else None
        if parent is not None and parent.block and frame.own is not None and frame.start == parent.start:
            self._labels.inline(self._builder.words(frame.own), frame.named, depth - 1)

    # footnotes

    def _mark(self, number: str) -> None:
        mark = self._builder.open("footnote-mark", {"n": number})
        self._builder.inline(f"[{number}]")
        self._builder.close(mark)
