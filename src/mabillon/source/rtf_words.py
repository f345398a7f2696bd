"""The control words of RTF 1.9.1 that matter to a reader of the text, and the code pages of its fonts."""

from __future__ import annotations

import codecs
import re

from mabillon.source.builder import word_set

TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<group>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
UNSEEN = word_set(
    "colortbl info pict header headerl headerr headerf footer footerl footerr footerf fldinst object objdata themedata "
    "datastore listtable listoverridetable generator ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn xmlnstbl template "
    "private nonshppict revtbl rsidtbl xe rxe bkmkstart bkmkend atnid atnauthor annotation filetbl latentstyles "
    "mmathPr colorschememapping wgrffmtfilter pgptbl docvar falt panose"
)
"""Groups of these are no words of the text; so are all that begin with `\\*`."""

SIGNS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "tab": "\t", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
}  # fmt: skip
SYMBOLS = {b"~": "\xa0", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}
TOGGLES = {"i": "italic", "b": "bold", "ul": "underline", "scaps": "capitals", "v": "hidden", "deleted": "deleted"}
CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


def code_page(number: int) -> str:
    """Return the codec of `\\ansicpgN`, Windows-1252 for one that Python does not know."""
    name = {10000: "mac_roman", 65001: "utf-8"}.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
