"""Plain text: the text is the source's own, to the last space and form feed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mabillon.document import Document
from mabillon.source.builder import normal_text
from mabillon.source.encoding import decode
from mabillon.source.original import Original
from mabillon.text import Region, Text

_PAGE = re.compile("\f")


def read(original: Original) -> Iterator[Document]:
    """Yield the one document of a plain text. Form feeds stay, each with a region "page-break" behind it."""
    value = normal_text(decode(original.whole))
    pages = tuple(Region("page-break", found.end(), found.end()) for found in _PAGE.finditer(value))
    yield Document(original.filename, "text/plain", original.sha256, Text(value, pages))
