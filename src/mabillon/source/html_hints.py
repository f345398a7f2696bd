"""What tag names, roles, class names and styles of web pages say about the parts of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mabillon.source.builder import word_set

Attributes = Mapping[str, str | None]

UNSEEN = word_set(
    "script style template noscript head svg math iframe object embed applet audio video canvas map datalist "
    "-comment !doctype"
)
"""Elements of which a reader of the page sees no words."""

BLOCKS = word_set(
    "div section article main header footer nav aside li tr dt dd caption address center figcaption tbody thead "
    "tfoot form fieldset legend details summary body html option"
)
SPACED_BLOCKS = word_set("p h1 h2 h3 h4 h5 h6 blockquote pre ul ol dl table figure hr xmp listing plaintext")
HEADINGS = word_set("h1 h2 h3 h4 h5 h6")
EMPHASIS = {"i": "italic", "em": "italic", "cite": "italic", "var": "italic", "b": "bold", "strong": "bold",
            "u": "underline"}  # fmt: skip

_FURNITURE_TAGS = word_set("nav footer aside button input select textarea dialog menu")
_FURNITURE_ROLES = word_set("navigation banner contentinfo complementary search menu menubar dialog")
_WHERE = r"(?:site|page|main|global|top|bottom|left|right|side|sub|primary|secondary|mw|print|region|block|hsg|foot)"
_FURNITURE_NAME = re.compile(
    rf"(?:{_WHERE}[-_]?)*(?:nav|navi|navigation|navbar|menu|breadcrumbs?|crumbs?|header|head|masthead|banner|footer|foot|"
    r"sidebar|side|toolbar|tools?|cookies?\w*|consent|share|sharing|social|addthis|pager|pagination|related|persons|"
    r"skip\w*|search\w*|login|links?|legal|copyright|jump|printfooter|toc|contents-list|ads?|advert\w*|newsletter|"
    r"comments?|hidden|visually[-_]?hidden|screen[-_]?reader|sr|noprint|quality|top|bottom|siteSub|catlinks|hint|title|description|branding|logo|prev|previous|"
    r"next|editsection|utility|tags)(?:[-_](?!n?ote)\w*)*",
    re.IGNORECASE,
)
_NOT_FURNITURE_NAME = re.compile(
    r"head|masthead|title|description|logo|tags|(?:page|main|sub)[-_]?title\w*|header[-_]?(?:text|block|line)s?",
    re.IGNORECASE,
)
_RELATED_HEADING = re.compile(
    r"(?:related|similar|other) (?:items|documents|cables|records|postings|links|content)|see also|share|"
    r"navigation menu|"
    r"(?:you may also|more) .{0,30}|tools|cookies|menu|navigation|contents|table of contents|categories|"
    r"search within .{0,30}|download .{0,20}|follow us|newsletter|archives by .{0,20}",
    re.IGNORECASE,
)

_KINDS = {
    "dateline": "dateline", "salute": "salutation", "salutation": "salutation", "opener": "opener", "closer": "closer",
    "closing": "closer", "signed": "signature", "signature": "signature", "sign": "signature", "sig": "signature",
    "postscript": "postscript", "ps": "postscript", "source-note": "source-note", "sourcenote": "source-note",
    "legend": "source-note", "footnote": "footnote", "enclosure": "enclosure", "inclosure": "enclosure",
    "attachment": "enclosure", "distribution": "distribution", "participants": "participants", "subject": "subject",
    "stamp": "stamp", "head": "heading", "heading": "heading", "quote": "quotation", "smallcaps": "small-capitals",
    "small-caps": "small-capitals", "smcap": "small-capitals", "sc": "small-capitals", "persname": "person",
    "placename": "place", "orgname": "organization", "right": "right", "align-right": "right", "text-right": "right",
    "alignright": "right", "src": "source-note", "fn": "footnote", "endnote": "footnote", "date": "date",
    "subject-line": "subject", "pb": "page-break", "pagenum": "page-break", "pagebreak": "page-break",
}  # fmt: skip
_RIGHT = re.compile(r"text-align\s*:\s*(?:right|end)|float\s*:\s*right", re.IGNORECASE)
_SMALL = re.compile(r"font-variant(?:-caps)?\s*:\s*(?:all-)?small-caps", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTE_ID = re.compile(
    r"_?(?:fn|ftn|edn|note|footnote|endnote|cite_note|n|en)[-_:.]?(?:[a-z]{0,4}[-_.]?)?(?:\d{1,4}[.:_-]){0,4}(\d{1,4}|[*†‡])",
    re.IGNORECASE,
)
_NOTE_HREF = re.compile(r"#_?(?:fn|ftn|edn|note|footnote|endnote|cite_note|n|en)[-_:.]?[\w.:-]*", re.IGNORECASE)
_BACK_HREF = re.compile(r"#_?(?:fnref|ftnref|ednref|noteref|cite_ref|ref|back|r)[-_:.]?[\w.:-]*", re.IGNORECASE)
NOTE_MARK = re.compile(r"[\[(]?\s*(\d{1,3}|[a-z]|[*†‡§]{1,3})\s*[\])]?")
BACK_MARK = re.compile(r"[\s↩↑^⏎\ufe0e\ufe0f]+")
NOTE_START = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡§]{1,3})[\])]?[.:]?\s")
_BASE_NAME = re.compile(r"(?:tei|hsg|document|doc|field)[-_]{1,2}|\d+$")
_LABEL_NAME = re.compile(r"(?:\w+[-_]{1,2})*(?:label|key|lbl|term)", re.IGNORECASE)


def names(attributes: Attributes) -> list[str]:
    """Return the class names and the id of an element."""
    found = (attributes.get("class") or "").split()
    if attributes.get("id"):
        found.append(attributes["id"] or "")
    return found


def furniture(tag: str, attributes: Attributes) -> str | None:
    """Say why an element is furniture of the site: "tag", or the weaker "name"; None if nothing says so."""
    if tag in _FURNITURE_TAGS:
        return "tag"
    if not attributes:
        return "name" if tag == "header" else None
    if (attributes.get("role") or "").casefold() in _FURNITURE_ROLES:
        return "tag"
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return "tag"
    if _HIDDEN.search(attributes.get("style") or ""):
        return "tag"
    if tag == "header":
        return "name"
    if attributes.get("id") == "masthead":
        return "name"
    for name in names(attributes):
        if name.casefold() == "foot" and tag in ("p", "li", "small", "td"):
            continue  # of the page as often as of the site; the words decide
        if _FURNITURE_NAME.fullmatch(name) and not _NOT_FURNITURE_NAME.fullmatch(name):
            return "name"
    return None


def related(heading: str) -> bool:
    """Say whether a heading opens a list of other documents or of the site's tools."""
    return _RELATED_HEADING.fullmatch(heading.strip(" :")) is not None


def kinds(tag: str, attributes: Attributes) -> list[str]:
    """Return the kinds of region that class names, alignment and style of an element name."""
    found = []
    for name in (attributes.get("class") or "").split():
        kind = _KINDS.get(_BASE_NAME.sub("", name.casefold()))
        if kind == "enclosure" and tag not in ("div", "section", "blockquote", "article"):
            kind = "enclosure-heading"
        if kind and kind not in found:
            found.append(kind)
    style = attributes.get("style") or ""
    if (attributes.get("align") or "").casefold() == "right" or _RIGHT.search(style):
        found.append("right")
    if _SMALL.search(style):
        found.append("small-capitals")
    return list(dict.fromkeys(found))


def is_label(attributes: Attributes) -> bool:
    """Say whether class names call an element the label of a value."""
    return any(_LABEL_NAME.fullmatch(name) for name in (attributes.get("class") or "").split())


def floats_right(attributes: Attributes) -> bool:
    return "float" in (attributes.get("style") or "") and _RIGHT.search(attributes["style"] or "") is not None


def note_number(attributes: Attributes) -> str | None:
    """Return the number of the note whose text has this element's id."""
    found = _NOTE_ID.fullmatch(attributes.get("id") or attributes.get("name") or "")
    return found[1] if found else None


def points_to_note(attributes: Attributes) -> bool:
    return _NOTE_HREF.fullmatch(attributes.get("href") or "") is not None


def points_back(attributes: Attributes) -> bool:
    return _BACK_HREF.fullmatch(attributes.get("href") or "") is not None
