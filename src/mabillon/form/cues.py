"""What a single line shows of itself: wordings and shapes that tell its zone.

A cue is evidence, not a verdict: the zoning weighs the cues of a line with those of its neighbours. All wordings come
from the vocabulary; only shapes (a date, a list of counts, a line of capitals) are written here.
"""

from __future__ import annotations

import re
from functools import cache

from mabillon.vocabulary import alternation, canon, pattern, wordings

DAY_MONTH = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th|er|º)?[\s.]+(?:of\s+|de\s+)?[^\W\d_]{3,9}\.?,?\s+(?:de\s+)?(?:1[5-9]|20)\d\d\b"
    r"|\b[^\W\d_]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{1,2})?,?\s+(?:1[5-9]|20)\d\d\b"
    r"|\b\d{1,2}[./]\s?(?:\d{1,2}|[IVX]{1,4})[./]\s?(?:\d{4}|\d{2})\b"
    r"|\b\d{1,2}\.(?:[IVX]{1,4})\b|\b\d{1,2}\.?[ .](?:[IVX]{1,4})\.?[ .]\d{2,4}\b"
    r"|\b(?:1[5-9]|20)\d\d-\d\d-\d\d\b"
    r"|\b\d{6,7}Z(?:\s+[A-Z]{3}\s+\d\d)?\b"
    r"|\b\d{1,2}\s+[A-Z][A-Za-z]{2,8}\.?\s+\d\d\b"
)
"""A day with its month: enough to know that a line holds a date; `mabillon.dates` reads it."""

DAY_ONLY = re.compile(r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.?\s+\d{1,2})\b")
CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d\d\b(?!\.\d)|\b\d{1,2}\s*(?:a|p)\.?\s?m\b|\b\d{4}\s*(?:Z|hours|hrs)?\b(?=\s+(?:on\s+)?\d{1,2}\s)"
    r"|\b\d{1,2}\s*(?:h|hours?|час|Uhr)\b|\bnoon\b|\bmidnight\b|\b\d{6}Z\b|\b\d{4}Z\b",
    re.IGNORECASE,
)
_SPACED = re.compile(r"(?<!\S)\S(?: \S){2,}(?!\S)")
_WORDS = re.compile(r"[^\W\d_]+")
_NUMBER = (
    r"(?:№|N[ºo°]s?\.?|No\s?[.:]|Nos\.|Nr\.?|#|n[°ºo]s?\.?|num\.|núm\.|number)\s*\(?\d"
    r"|(?:№|Nº|N°|No\.|Nr\.)\s*[A-ZА-Я]{1,3}[./-]?\s?\d"
)
NUMBER = re.compile(_NUMBER, re.IGNORECASE)
NUMBER_LINE = re.compile(rf"^\W*(?:{_NUMBER})[^\n]{{0,40}}$", re.IGNORECASE)
DECIMAL_FILE = re.compile(r"^\W*(?:File No\.\s*)?\d{3}[A-Z]?\.[\w.]*/\S+(?:\s*:\s*\w+)?$")
PAGE_MARK = re.compile(
    r"^\W*(?:\[?(?:page|p\.|стр\.?|seite)\s*\d+(?:\s+of\s+\d+)?\]?|[-–—]\s*\d+\s*[-–—]|\d{1,4}|\d+ of \d+|image \d+)\W*$",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(r"^\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}\.?\s|\d{1,2}(?=[A-Z])|[¹²³⁴⁵⁶⁷⁸⁹]|\*+\s|↑|†)\s*\S")
BRACKETED = re.compile(r"^\s*[\[(].*[\])][.\s]*$", re.DOTALL)
BUREAUS = re.compile(r"^(?:[\s\dA-Z]*\b[A-Z]{1,5}-\d\d\b[\s,/]*)(?:[A-Z]{1,5}-\d\d[\s,/]*)*(?:/\d+\s*[A-Z])?\s*$")
CAPTIONED = re.compile(r"^\s*([A-Za-zÀ-ÿА-Яа-я][\w .,'’&/()-]{1,40}?)\s*:\s*(.*)$")

STAMP = re.compile(
    r"^\W*(?:faded\s+image\s+of\s+a\s+)?(?:round\s+)?(?:stamp|seal|sello|штамп|печать|stempel|timbre|cachet|handwritten|"
    r"hand-?written|in hand|initialed|initialled|marginal|left with|от руки|manuscrit|received 1)",
    re.IGNORECASE,
)
HEADING = re.compile(
    r"^\W*(?:(?:No\.?\s*)?\d+[A-Z]?\.?\s+)?(?:\([^)]*\)\s*)?(?P<from>[^\n]{2,140}?)\s+(?:to|an|à|al|a)\s+(?P<to>(?:the\s+)?"
    r"(?:[A-ZÀ-ÞА-Я(“\"][^\n]{1,140}|[dl]['’e]\s?[A-Z][^\n]+))$"
)


@cache
def _compiled() -> dict[str, re.Pattern[str]]:
    grades = alternation([*wordings("classification"), *wordings("handling"), *wordings("precedence"), *canon("channel")])
    copy = alternation(wordings("copies.copy"))
    events = alternation(sorted(canon("event")))
    kinds = alternation(sorted(canon("kind")))
    labels = {name: alternation(wordings(f"labels.{name}")) for name in
              ("sender", "recipient", "info", "copy", "subject", "reference", "date", "place", "participants", "annex")}
    def at(body: str, tail: str = "") -> re.Pattern[str]:
        return re.compile(rf"^[\s\[(«“\"'*–—-]*{body}{tail}", re.IGNORECASE)
    found = {
        "grades": re.compile(rf"(?<![^\W_])(?:{grades})(?![^\W_])", re.IGNORECASE),
        "copy-number": at(rf"{copy}\s*[.:№NºoO#°]*\s*\d+"),
        "copies-printed": re.compile(
            r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)\s+"
            r"(?:copies|exemplaires|экз|экземпляр)\b|\b(?:printed|made) in (?:\d+|\w+) copies|отпечатано\s+\d+",
            re.IGNORECASE),
        "event": at(rf"(?:by\s+)?(?:{events})(?![^\W_])"),
        "kind": re.compile(rf"(?<![^\W_])(?:{kinds})(?![^\W_])", re.IGNORECASE),
        "kind-start": at(rf"(?:{kinds})(?![^\W_])"),
        "salutation": at(rf"(?:{alternation(wordings('salutation'))})(?![^\W_])"),
        "closing": at(rf"(?:{alternation(wordings('closing'))})"),
        "enclosure": at(rf"(?:{alternation(wordings('enclosure'))})(?![^\W_])"),
        "office": pattern("office"),
        "honorific": pattern("honorific"),
        "furniture-start": at(rf"(?:{alternation(wordings('furniture_start'))})"),
        "sponsor": re.compile(alternation(wordings("sponsor")), re.IGNORECASE),
        "sent-label": re.compile(r"^\s*(?:FM|FROM)\s+[A-Z]", re.DOTALL),
    }
    for name, body in labels.items():
        found[f"label-{name}"] = at(rf"\**(?:{body})", r"\**(?:\s*[:.—-]|\s{2,}|\s*$|(?=\s+[A-ZА-Я]{2}))")
    return found


ARCHIVAL = re.compile(
    r"\b(?:fond|f\.|F\.|opis|op\.|Op\.|delo|d\.|D\.|ll?\.|Ll?\.|listy?|papka|Ф\.|Оп\.|Д\.|Л\.|RG\s?\d+|FO\s?\d{3}|Box\s?\d+|"
    r"[Ll]ot \d|Central (?:Decimal )?Files?|Bd\.|doboz|sv\.|ar\.j\.|AMSZ|APRF|AVPRF|RGASPI|TsAMO|TsKhSD|PRC FMA|"
    r"archives?|archiv|archivo|архив)(?![^\W_])"
)


@cache
def _labels() -> dict[str, str]:
    return canon("label")


@cache
def _furniture() -> frozenset[str]:
    return frozenset(wordings("furniture"))


def despace(text: str) -> str:
    """Return `text` with letter-spaced words closed up: `S E C R E T` → `SECRET`, `T O P  S E C R E T` → `TOP SECRET`."""
    return _SPACED.sub(lambda found: found[0].replace(" ", ""), text)


def is_name(text: str) -> bool:
    """Whether `text` is shaped like a signature: one to six words, capitalized or in capitals, no sentence."""
    text = text.strip(" .,;:–—-()[]/\"“”'’*")
    words = _WORDS.findall(text)
    if not 1 <= len(words) <= 7 or len(text) > 60 or any(character.isdigit() for character in text):
        return False
    small = [word for word in words if word[0].islower() and word not in _PARTICLES]
    return not small


_PARTICLES = frozenset({"von", "van", "de", "der", "di", "da", "du", "la", "le", "den", "of", "al", "el", "bin", "m", "p", "and"})


def cues_of(text: str) -> frozenset[str]:
    """Return the cues that the line `text` shows by itself."""
    stripped = text.strip()
    if not stripped:
        return frozenset({"blank"})
    found: set[str] = set()
    compiled = _compiled()
    plain = despace(stripped) if _SPACED.search(stripped) else stripped
    folded = " ".join(plain.split()).casefold().strip(" :.*•·«»|<>›‹—-")
    words = len(_WORDS.findall(plain))
    if folded in _furniture():
        found.add("furniture")
    if folded in _labels():
        found.add("label")
        found.add(f"label:{_labels()[folded]}")
    if PAGE_MARK.match(plain):
        found.add("page-mark")
    if words > 14 or len(plain) > 110:
        found.add("prose")
    if DAY_MONTH.search(plain):
        found.add("date")
        rest = DAY_MONTH.sub(" ", plain)
        if len(_WORDS.findall(rest)) <= 1 and len(plain) < 40:
            found.add("date-only")
    elif DAY_ONLY.search(plain) and words < 14:
        found.add("day")
    if CLOCK.search(plain):
        found.add("clock")
    if NUMBER.search(plain):
        found.add("number")
        if NUMBER_LINE.match(plain):
            found.add("number-line")
    if DECIMAL_FILE.match(plain):
        found.add("decimal-file")
    if words <= 14:
        grades = compiled["grades"].sub(" ", plain)
        if grades != plain:
            found.add("grade")
            if not _WORDS.search(re.sub(r"(?i)\b(?:copy|no|nº|экз|and|of|the|via)\b\.?", " ", grades)):
                found.add("grade-only")
    if compiled["kind-start"].match(plain):
        found.add("kind-start")
    elif compiled["kind"].search(plain) and words <= 16:
        found.add("kind")
    for name in ("copy-number", "event", "salutation", "closing", "enclosure", "furniture-start", "label-sender",
                 "label-recipient", "label-info", "label-copy", "label-subject", "label-reference", "label-date",
                 "label-place", "label-participants", "label-annex"):
        if compiled[name].match(plain):
            found.add(name)
    if compiled["copies-printed"].search(plain) and words < 25:
        found.add("copies-printed")
    if compiled["sponsor"].search(plain):
        found.add("sponsor")
    if words <= 25 and compiled["office"].search(plain):
        found.add("office")
    if words <= 12 and compiled["honorific"].search(plain):
        found.add("honorific")
    if STAMP.match(plain):
        found.add("stamp")
    if BRACKETED.match(plain):
        found.add("bracketed")
    if FOOTNOTE.match(text):
        found.add("footnote")
    if BUREAUS.match(stripped):
        found.add("bureaus")
    if ARCHIVAL.search(plain):
        found.add("archival")
    if CAPTIONED.match(plain):
        found.add("captioned")
    if is_name(plain):
        found.add("name")
    if HEADING.match(plain) and len(plain) < 240 and plain[-1] not in ";:":
        found.add("heading")
    if plain.isupper():
        found.add("capitals")
    if plain[-1] in ".!?”\"»…" and words > 6:
        found.add("sentence")
    return frozenset(found)
