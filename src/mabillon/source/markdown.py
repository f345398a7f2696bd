"""Markdown: the words as a reader sees them, with headings, quotations, tables and emphasis as regions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mabillon.document import Document
from mabillon.source.builder import TextBuilder, normal_text
from mabillon.source.encoding import decode
from mabillon.source.original import Original

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_PAIR = re.compile(r"([A-Za-z][\w .-]{0,40}?)\s*:\s*(.+)")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]|$)")
_RULE = re.compile(r"[ \t]{0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
_FENCE = re.compile(r"[ \t]{0,3}(```+|~~~+)[^`]*$")
_QUOTE = re.compile(r"(?:[ \t]{0,3}>)+[ \t]?")
_IMAGE_PAGE = re.compile(r"<!--.*?-->|<a (?:id|name)=[^>]*>\s*</a>", re.DOTALL)
_INLINE = re.compile(
    r"\\([\\`*_{}\[\]()#+.!|>~-])"  # 1: escaped
    r"|(\*\*|__)(?=\S)(.{1,800}?)(?<=\S)\2"  # 2, 3: bold
    r"|(?<![\w*])(\*)(?![\s*])([^*\n]+?)(?<![\s*])\*(?![\w*])"  # 4, 5: italic
    r"|(?<![\w_])(_)(?![\s_])([^_\n]+?)(?<![\s_])_(?![\w_])"  # 6, 7: italic
    r"|`([^`\n]+)`"  # 8: code
    r"|!?\[([^\[\]\n]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)"  # 9: link or picture
    r"|<(https?://[^<>\s]+)>"  # 10: address
    r"|<(/?(?:br|u|b|i|em|strong|sup|sub|center|span|div|p)\b[^<>]*)>"  # 11: HTML
)
_MARK_LIMIT = 400
"""Marks of emphasis in one line beyond which it is no Markdown; a row of them takes the square of its length."""

FIELDS = {
    "title": "title", "date": "date", "author": "sender", "from": "sender", "sender": "sender", "to": "recipient",
    "recipient": "recipient", "source": "citation", "citation": "citation", "archive": "citation",
    "collection": "collection", "language": "language", "lang": "language", "tags": "topic", "keywords": "topic",
    "topics": "topic", "subject": "topic", "subjects": "topic", "type": "type", "rights": "rights",
    "license": "rights", "summary": "summary", "description": "summary", "abstract": "summary",
    "translator": "translator", "classification": "classification", "url": "url", "place": "place",
    "identifier": "identifier", "id": "identifier", "number": "number", "people": "person", "places": "place",
}  # fmt: skip
"""What people call a field in front matter, or in the head of a table."""


def read(original: Original) -> Iterator[Document]:
    """Yield the one document of a Markdown text. Columns set with spaces stay; only the marks of the markup go."""
    raw = normal_text(decode(original.whole))
    writer = _Writer()
    front = _FRONT.match(raw)
    if front and _PAIR.search(front[1]):
        writer.front(front[1])
        raw = raw[front.end() :]
    writer.write(raw)
    text, metadata = writer.builder.finish()
    if not text.value.strip():
        raise original.fail("holds no words")
    url = next((said.value for said in metadata if said.field == "url"), None)
    yield Document(original.filename, "text/markdown", original.sha256, text, url=url, metadata=metadata)


class _Writer:
    def __init__(self) -> None:
        self.builder = TextBuilder()
        self._fenced = ""

    def front(self, raw: str) -> None:
        """Write the front matter as metadata lines `key: value`. A list goes on the line of its key."""
        key = ""
        for line in raw.split("\n"):
            pair = _PAIR.fullmatch(line.strip())
            entry = line.strip().removeprefix("- ").strip().strip("\"'")
            if pair and not line.startswith((" ", "\t", "-")):
                key = pair[1]
                self._statement(key, pair[2])
            elif line.strip().endswith(":") and not line.startswith((" ", "\t", "-")):
                key = line.strip().removesuffix(":")
            elif entry:
                self._statement(key, entry)
        self.builder.block(blank_line=True)

    def _statement(self, key: str, value: str) -> None:
        name = FIELDS.get(key.casefold())
        entries = [value]
        if value.startswith("[") and value.endswith("]"):
            entries = [entry.strip() for entry in value[1:-1].split(",")]
        for entry in entries:
            line = self.builder.open("metadata", {"field": name or key})
            self.builder.inline(f"{key}: ")
            words = self.builder.open()
            self.builder.inline(entry.strip("\"'"))
            self.builder.close(words)
            self.builder.close(line)
            self.builder.block()
            if name:
                self.builder.state(name, mark=words)

    def write(self, raw: str) -> None:
        lines = _IMAGE_PAGE.sub("", raw).split("\n")
        quote: int | None = None
        for index, line in enumerate(lines):
            quoted = _QUOTE.match(line) is not None and not self._fenced
            if quoted and quote is None:
                quote = self.builder.open("quotation")
            elif not quoted and quote is not None:
                self.builder.close(quote)
                quote = None
            if quoted:
                line = _QUOTE.sub("", line, count=1)
            self._line(line.rstrip(" \t"), last=index == len(lines) - 1)
        if quote is not None:
            self.builder.close(quote)

    def _line(self, line: str, last: bool) -> None:
        builder = self.builder
        fence = _FENCE.fullmatch(line)
        if fence and (not self._fenced or fence[1].startswith(self._fenced)):
            self._fenced = "" if self._fenced else fence[1]
            return
        if self._fenced:
            builder.verbatim(line)
        elif _RULE.match(line) or ("|" in line and "--" in line and _TABLE_RULE.match(line.strip())):
            return
        elif heading := _HEADING.match(line):
            mark = builder.open("heading", {"level": str(len(heading[1]))})
            self._inline(line[heading.end() :].strip().rstrip("#").rstrip())
            builder.close(mark)
        elif line.lstrip().startswith("|") and line.rstrip().endswith("|") and line.count("|") > 2:
            self._row(line)
        else:
            self._inline(line)
        if not last:
            builder.line_end()

    def _row(self, line: str) -> None:
        row = self.builder.open("row")
        for index, cell in enumerate(line.strip().strip("|").split("|")):
            if index:
                self.builder.verbatim("\t")
            mark = self.builder.open("cell")
            self._inline(cell.strip())
            self.builder.close(mark)
        self.builder.close(row)

    def _inline(self, words: str) -> None:
        """Write words without the marks of emphasis, links and escapes, all spaces kept."""
        builder, at = self.builder, 0
        if words.count("**") + words.count("__") > _MARK_LIMIT:
            builder.verbatim(words)
            return
        for found in _INLINE.finditer(words):
            builder.verbatim(words[at : found.start()])
            at = found.end()
            bold, italic = found[3], found[5] or found[7]
            if bold or italic:
                mark = builder.open("emphasis", {"rend": "bold" if bold else "italic"})
                self._inline(bold or italic)
                builder.close(mark)
            elif found[11] is not None:
                if found[11].startswith("br"):
                    builder.line_break()
            else:
                builder.verbatim(
                    next(part for part in (found[1], found[8], found[9], found[10], "") if part is not None)
                )
        builder.verbatim(words[at:])
