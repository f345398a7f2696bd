"""The text of a TEI document, set as an edition prints it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mabillon.source.builder import TextBuilder, word_set
from mabillon.source.tei_layout import is_block_quote, kind_of, lines_around, parent_name
from mabillon.source.tei_names import XML_ID, Element, local, plain_attributes, words_of
from mabillon.source.tei_statements import DATING

_KEPT = ("ref", "key", "type", "subtype", "role", "corresp", "n", *DATING)
_QUOTES = "\"'„“”»«‹›‘’‚"
_PREFERRED = {"abbr": 0, "corr": 0, "orig": 0, "lem": 0, "sic": 1, "reg": 1, "expan": 1, "seg": 2}
_HEADS = frozenset(("opener", "closer", "div", "body", "front", "back", "attachment", "group", "postscript", "text"))
_UNPRINTED = word_set(
    "teiHeader facsimile sourceDoc standOff listPerson listPlace listOrg listBibl listEvent listRelation figDesc "
    "graphic del rdg index anchor certainty respons noteGrp-hidden binaryObject formula-hidden listApp spanGrp"
)
_SMALL = re.compile(r"small-?_?caps|smallcaps", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*[(\[]?(?:\d+|[a-z])[.)\]]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Note:
    element: Element
    number: str


class TextWriter:
    """Writes elements into a builder. Notes are gathered and written by `write_notes`."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._notes: list[_Note] = []
        self._counter = 0
        self._lineated = False
        self._passed: Element | None = None
        self._flat = 0

    def write(self, element: Element) -> None:
        """Write an element and all below it (not its tail)."""
        name = local(element)
        special = _SPECIAL.get(name)
        if special is not None:
            special(self, element)
        elif name in _UNPRINTED or not name or element is self._passed:
            return
        else:
            self._element(element, name)

    def content(self, element: Element) -> None:
        text = element.text
        if text:
            self._builder.inline(text)
        for child in element:
            self.write(child)
            tail = child.tail
            if tail:
                self._builder.inline(tail)

    def _element(self, element: Element, name: str) -> None:
        block = 0 if self._flat else lines_around(element, name)
        kind = kind_of(element, name)
        builder = self._builder
        if block:
            self._lineated = False
            builder.block(blank_line=block == 2)
        marks = [builder.open(kind, plain_attributes(element, *_KEPT))] if kind else []
        rend = element.get("rend") or element.get("rendition")
        if rend:
            marks += self._rendered(rend, name)
        self.content(element)
        for mark in marks:
            builder.close(mark)
        if block:
            builder.block(blank_line=block == 2)

    def _rendered(self, rend: str, name: str) -> list[int]:
        builder, marks = self._builder, []
        if "right" in rend:
            marks.append(builder.open("right"))
        if _SMALL.search(rend):
            marks.append(builder.open("small-capitals"))
        elif name in ("hi", "emph") and ("ital" in rend or "bold" in rend or "underline" in rend or "spaced" in rend):
            marks.append(builder.open("emphasis", {"rend": rend}))
        return marks

    # elements that are not set as they stand

    def _line_begin(self, element: Element) -> None:
        if element.get("break") == "no":
            self._builder.glue()
        elif not self._flat and not self._builder.at_line_start:
            self._lineated = True
            self._builder.line_break()
        else:
            self._builder.gap()

    def _page_begin(self, element: Element) -> None:
        self._builder.point("page-break", plain_attributes(element, "n", "facs"))
        if element.get("break") == "no":
            self._builder.glue()
        elif self._lineated and not self._flat and not self._builder.at_line_start:
            self._builder.line_break()
        else:
            self._builder.gap()

    def _choice(self, element: Element) -> None:
        """One of several readings: the abbreviation and spelling of the paper, the correction of the editor."""
        options = sorted(
            (child for child in element if local(child)), key=lambda child: _PREFERRED.get(local(child), 3)
        )
        if options:
            self.content(options[0])

    def _quoted(self, element: Element) -> None:
        """`<q>` is printed with quotation marks, unless the text has them already."""
        content = words_of(element)
        marked = content[:1] in _QUOTES or is_block_quote(element)
        if marked or not content:
            self._element(element, "quote" if is_block_quote(element) else "q")
            return
        self._builder.inline("“")
        self._builder.glue()
        self.content(element)
        self._builder.glue()
        self._builder.inline("”")

    def _gap(self, element: Element) -> None:
        reason = element.get("reason") or ""
        self._builder.inline(f"[{reason}]" if reason in ("illegible", "omitted", "sampling") else "[…]")

    def _supplied(self, element: Element) -> None:
        words = words_of(element)
        if not words or words.startswith("["):
            self.content(element)
            return
        self._builder.inline("[")
        self._builder.glue()
        self.content(element)
        self._builder.glue()
        self._builder.inline("]")

    def _row_cells(self, element: Element) -> None:
        builder = self._builder
        builder.block()
        row = builder.open("row")
        self._flat += 1
        for index, cell in enumerate(child for child in element if local(child) == "cell"):
            if not builder.at_line_start:
                builder.verbatim("\t")
            elif index and words_of(cell):
                builder.verbatim("\t" * index)  # the columns before it are empty
            mark = builder.open("cell")
            self.content(cell)
            builder.close(mark)
        self._flat -= 1
        builder.close(row)
        builder.block()

    def _list_item(self, element: Element) -> None:
        parent = element.getparent()
        ordered = parent is not None and "order" in (parent.get("type") or "") + (parent.get("rend") or "")
        self._builder.block()
        mark = self._builder.open("item", plain_attributes(element, "n"))
        if ordered and not _NUMBERED.match(words_of(element)):
            number = element.get("n") or str(1 + sum(1 for _ in element.itersiblings(element.tag, preceding=True)))
            self._builder.word(f"{number.rstrip('.')}.")
            self._builder.gap()
        self.content(element)
        self._builder.close(mark)
        self._builder.block()

    def _space_between(self, element: Element) -> None:
        self._builder.gap()

    # notes

    def _note(self, element: Element) -> None:
        if not self._stands_alone(element):
            self._counter += 1
            number = element.get("n") or str(self._counter)
            self._mark(number)
            self._notes.append(_Note(element, number))
            return
        builder = self._builder
        source = element.get("type") == "source" or (element.get("rend") == "inline" and not element.get("type"))
        number = "" if source or parent_name(element) == "opener" else self._number_of(element)
        builder.block(blank_line=True)
        if number:
            self._write_note(_Note(element, number))
        else:
            mark = builder.open("source-note" if source else "paragraph", plain_attributes(element, "type"))
            self.content(element)
            builder.close(mark)
        builder.block(blank_line=True)

    @staticmethod
    def _stands_alone(element: Element) -> bool:
        parent = parent_name(element)
        if element.get("rend") == "inline":
            return True
        if element.get("place") in ("foot", "end", "bottom", "margin"):
            return False
        return parent in _HEADS and not (element.get("n") and parent in ("opener", "closer"))

    @staticmethod
    def _number_of(element: Element) -> str:
        found = re.search(r"(\d+)\D*$", element.get("n") or element.get(XML_ID) or "")
        return found[1] if found else ""

    def _mark(self, number: str) -> None:
        mark = self._builder.open("footnote-mark", {"n": number})
        self._builder.inline(f"[{number}]")
        self._builder.close(mark)

    def _pointer(self, element: Element) -> None:
        """`<ptr n="1" target="#tn1"/>` is the mark of a note that stands elsewhere."""
        if element.get("n") and (element.get("target") or "").startswith("#"):
            self._mark(element.get("n") or "")

    def write_notes(self) -> None:
        """Write the notes gathered so far, each `[n] words`; notes within notes follow."""
        builder = self._builder
        builder.block(blank_line=True)
        for note in self._notes:  # grows while notes within notes are found
            builder.block()
            self._write_note(note)
            builder.block()
        self._notes = []

    def _write_note(self, note: _Note) -> None:
        builder, element = self._builder, note.element
        region = builder.open("footnote", {"n": note.number, **plain_attributes(element, "type", "resp")})
        source = builder.open("source-note" if element.get("type") == "source" else "")
        builder.inline(f"[{note.number}] ")
        before, self._passed = self._passed, _own_number(element, note.number)
        self._flat += 1
        self._note_content(element)
        self._flat -= 1
        self._passed = before
        builder.close(source)
        builder.close(region)

    def _note_content(self, element: Element) -> None:
        """Paragraphs of a note follow one another on lines of their own, without blank lines between."""
        text = element.text
        if text:
            self._builder.inline(text)
        for index, child in enumerate(element):
            if index and local(child) in ("p", "list", "item", "quote"):
                self._builder.block()
            self.write(child)
            if child.tail:
                self._builder.inline(child.tail)


def _own_number(note: Element, number: str) -> Element | None:
    """Return the element at the start of a note in which its number is written out, as `<hi>1</hi>`."""
    node = note
    while not (node.text or "").strip() and len(node):
        node = node[0]
    same = node is not note and not len(node) and (node.text or "").strip(" .)[]") == number
    return node if same else None


_SPECIAL = {
    "lb": TextWriter._line_begin,
    "pb": TextWriter._page_begin,
    "note": TextWriter._note,
    "choice": TextWriter._choice,
    "app": TextWriter._choice,
    "q": TextWriter._quoted,
    "soCalled": TextWriter._quoted,
    "said": TextWriter._quoted,
    "gap": TextWriter._gap,
    "supplied": TextWriter._supplied,
    "row": TextWriter._row_cells,
    "item": TextWriter._list_item,
    "space": TextWriter._space_between,
    "ptr": TextWriter._pointer,
}
