"""What a single line shows of itself: wordings and shapes that tell its zone.

A cue is evidence, not a verdict: the zoning weighs the cues of a line with those of its neighbours. All wordings come
from the vocabulary; only shapes (a date, a list of counts, a line of capitals) are written here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from mabillon.form.phrases import WORD, Phrases, index, matches
from mabillon.vocabulary import canon, wordings

_YEAR = r"(?:1[5-9]|20)\d\d\b"
_DAY_MONTH_YEAR = (
    r"\b\d{1,2}(?:st|nd|rd|th|er|º)?[\s.]+(?:of\s+|de\s+)?[^\W\d_]{3,9}\.?,?\s+(?:de\s+)?" + _YEAR
    + r"|\b[^\W\d_]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{1,2})?,?\s+" + _YEAR
)  # fmt: skip
_DAY_MONTH_SHORT = (
    r"\b\d{1,2}[./]\s?(?:\d{1,2}|[IVX]{1,4})[./]\s?(?:\d{4}|\d{2})\b"
    r"|\b\d{1,2}\.(?:[IVX]{1,4})\b|\b\d{1,2}\.?[ .](?:[IVX]{1,4})\.?[ .]\d{2,4}\b"
    r"|\b(?:1[5-9]|20)\d\d-\d\d-\d\d\b"
    r"|\b[\dOl]{6,7}Z(?:\s+[A-Z]{3}\s+\d\d)?\b"
    r"|\b\d{1,2}\s+[A-Z][A-Za-z]{2,8}\.?\s+\d\d\b"
)
_WITH_YEAR, _WITHOUT_YEAR = re.compile(_DAY_MONTH_YEAR), re.compile(_DAY_MONTH_SHORT)
_YEARS = re.compile(r"\b" + _YEAR)
DAY_MONTH = re.compile(f"{_DAY_MONTH_YEAR}|{_DAY_MONTH_SHORT}")
"""A day with its month: enough to know that a line holds a date; `mabillon.dates` reads it."""

GROUP = re.compile(r"\b[\dOl]{6}Z\b")
_GROUP_MISREAD = re.compile(r"(?:SECRET|CONFIDENTIAL|T|^[ROPZ])\s+[\dOIlS]{5,6}[Z2\d]\b")
_CITE = re.compile(r"\bCITE[DR]?\s+\[?[A-Z(]|^\W*CITE\W*$")
DAY_ONLY = re.compile(r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.?\s+\d{1,2})\b")
CLOCK = re.compile(
    r"\b\d(?:\d?[:.]\d\d\b(?!\.\d)|\d?\s*[aApP]\.?\s?[mM]\b|\d{3}(?:\d\d)?Z\b|\d{3}\s*(?:hours|hrs)?\b(?=\s+(?:on\s+)?\d{1,2}\s)"
    r"|\d?\s*(?:h|[Hh]ours?|час|Uhr)\b)"
)
_NOON = frozenset({"noon", "midnight"})
_SPACED = re.compile(r"(?<!\S)[^\W_](?:[ -][^\W_]){2,}(?!\S)")
_NUMBER = (
    r"(?:[№#]|[Nn](?:[ºo°]s?\.?(?<!o)|o\s?[.:]|os\.|r\.?|[uú]m\.|umber)|N[O][.:S]?\.?|NR\.?|NUMBER)\s*\(?\d"
    r"|(?:№|N[º°]|N[or]\.)\s*[A-ZА-Я]{1,3}[./-]?\s?\d"
)
NUMBER = re.compile(_NUMBER)
NUMBER_LINE = re.compile(rf"^\W*(?:{_NUMBER})[^\n]{{0,40}}$")
DECIMAL_FILE = re.compile(r"^\W*(?:File No\.\s*)?\d{3}[A-Z]?\.[\w.]*/\S+(?:\s*:\s*\w+)?$")
PAGE_MARK = re.compile(
    r"^\W*(?:\[?(?:page|p\.|стр\.?|seite)\s*\d+(?:\s+of\s+\d+)?\]?|[-–—]\s*\d+\s*[-–—]|\d{1,4}|\d+ of \d+"
    r"|image \d+)\W*$",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(r"^\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}\.?\s|\d{1,2}(?=[A-Z])|[¹²³⁴⁵⁶⁷⁸⁹]|\*+\s|↑|†)\s*\S")
ENUMERATED = re.compile(r"^\s*(?:\(?[a-zA-Z\d]{1,2}[.)]|[IVX]{1,4}\.|[-–—•*]{1,2})\s*\S")
BRACKETED = re.compile(r"^\s*[\[(].*[\])][.\s]*$", re.DOTALL)
BUREAUS = re.compile(r"^(?:[\s\dA-Z]*\b[A-Z]{1,5}-\d\d\b[\s,/]*)(?:[A-Z]{1,5}-\d\d[\s,/]*)*(?:/\d+\s*[A-Z])?\s*$")
CAPTIONED = re.compile(r"^\s*([A-Za-zÀ-ÿА-Яа-я][\w .,'’&/()-]{1,40}?)\s*:\s*(.*)$")
HEADING = re.compile(
    r"^\W*(?:(?:No\.?\s*)?\d+[A-Z]?\.?\s+)?(?:\([^)]*\)\s*)?(?P<from>[^\n]{2,140}?)\s+(?:to|an|à|al|a)\s+(?P<to>(?:the\s+)?"
    r"(?:[A-ZÀ-ÞА-Я(“\"][^\n]{1,140}|[dl]['’e]\s?[A-Z][^\n]+))$"
)
_SPELLED_COUNT = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)\s+"
    r"(?:copies|exemplaires|экз|экземпляр)\b|\b(?:printed|made) in (?:\d+|\w+) copies|отпечатано\s+\d+",
    re.IGNORECASE,
)
_COPIES = re.compile(r"cop(?:ies|y)|COPIES|exempl|экз|Экз|printed|Printed|made in|Отпеч|отпеч")
ARCHIVAL = re.compile(
    r"\b(?:fond|f\.|F\.|opis|op\.|Op\.|delo|d\.|D\.|ll?\.|Ll?\.|listy?|papka|Ф\.|Оп\.|Д\.|Л\.|RG\s?\d+|FO\s?\d{3}|Box\s?\d+|"
    r"[Ll]ot \d|Central (?:Decimal )?Files?|Bd\.|doboz|sv\.|ar\.j\.|AMSZ|APRF|AVPRF|RGASPI|TsAMO|TsKhSD|PRC FMA|"
    r"CH-BAR|RGANI|РГАНИ|РГАСПИ|SAPMO|MOL|NARA|TNA|"
    r"[Aa]rchives?|[Aa]rchiv|[Aa]rchivo|[Аа]рхив)(?![^\W_])"
)
_STAMPS = frozenset(
    {"stamp", "seal", "sello", "штамп", "печать", "stempel", "timbre", "cachet", "handwritten", "hand", "initialed",
     "initialled", "marginal", "left", "manuscrit", "faded", "round", "от"}
)  # fmt: skip
_DIGIT = re.compile(r"\d")
_AFTER_LABEL = re.compile(r"\**(?:\s*[:.—-]|\s{2,}|\s*$|(?=\s+[A-ZА-Я]{2}))")
_IGNORED_BESIDE_GRADES = frozenset({"copy", "no", "nº", "экз", "and", "of", "the", "via", "n"})
_PARTICLES = frozenset(
    {"von", "van", "de", "der", "di", "da", "du", "la", "le", "den", "of", "al", "el", "bin", "m", "p", "and"}
)

_NOTE_MARK = re.compile(r"(?<=[^\W\d_])[.,]?\s?(?:\[\d{1,2}\]|\d{1,2}|\*)$")
_SOURCE = re.compile(r"\W{0,2}\d{0,2}[\])]?\W{0,2}(?:Source|SOURCE|Quelle|Fundort|Fuente|Источник)s?\s*:")
_REPEATED = re.compile(
    r"\W*(?:\d{1,3}\W{1,2})?(?:sent|repeated|rptd|please\s+repeat|copy\s+to|copies\s+to|addressed\s+to"
    r"|[\w ]{0,20}please\s+pass|[\w ]{0,20}pass\s+to|cc|distributed|circulated|communicated|field\s+dissem)\b",
    re.IGNORECASE,
)
_PASSING_ON = frozenset(
    {"sent", "repeated", "rptd", "repeat", "copy", "copies", "addressed", "pass", "cc", "distributed", "circulated",
     "communicated", "dissem"}
)  # fmt: skip
_LINKS = frozenset({"to", "an", "à", "al", "a"})
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_EAST_ASIAN_DATE = re.compile(
    r"(?:[〇○零一二三四五六七八九\d]{2,4}\s?[年년]\s?)?[一二三四五六七八九十\d]{1,3}\s?[月월]\s?[一二三四五六七八九十廿\d]{1,3}\s?[日일]"
)
_ADDRESSED = re.compile("同志|阁下|閣下|先生|主席|总理|總理|大使|동지|각하|귀하|殿|様")
_NOTE_MARKS = "*↑†¹²³⁴⁵⁶⁷⁸⁹"
_SIGNS = frozenset({"sig", "gez", "fir", "pod", "под", "s"})
_COPY_ENTRY = re.compile(
    r"[^\w(]*(?:(?:copy|ex|экз)\w*\.?\s*)?(?:(?:No\.?|Nº|N°|№|#)\s*)?\d{1,2}(?:\s*,\s*\d{1,2})*\s*(?:[-–—:.)=]|x\b|\bto\b|copies\b)\s*"
    r"(?:to\s+|for\s+|для\s+|т\.\s*|в\s+)?(?:the\s+)?(?:[A-ZА-ЯÀ-Þ]|file|files|addressee|дело)[^\n]{0,60}$"
)
_SIGNED = re.compile(r"\W*(?:signed|signé|gez|firmado|podpis|/s/|подпис)", re.IGNORECASE)

LONG = 180
"""Characters of a line that are looked at: what tells prose from apparatus stands at its beginning."""


@cache
def _anywhere() -> Phrases:
    grades = [*wordings("classification"), *wordings("handling"), *wordings("precedence")]
    return index({"grade": grades, "channel": canon("channel"), "kind": canon("kind"), "office": wordings("office"),
                  "honorific": wordings("honorific"), "sponsor": wordings("sponsor")})  # fmt: skip


@cache
def _opening() -> Phrases:
    labels = ("sender", "recipient", "info", "copy", "subject", "reference", "date", "place", "participants", "annex")
    table = {f"label-{name}": wordings(f"labels.{name}") for name in labels}
    table |= {"event": tuple(canon("event")), "kind-start": tuple(canon("kind")), "salutation": wordings("salutation"),
              "closing": wordings("closing"), "enclosure": wordings("enclosure"), "copy-word": wordings("copies.copy"),
              "furniture-start": wordings("furniture_start")}  # fmt: skip
    return index(table)


@cache
def _labels() -> dict[str, str]:
    return canon("label")


@cache
def _furniture() -> frozenset[str]:
    return frozenset(wordings("furniture"))


def despace(text: str) -> str:
    """Return `text` with spaced or hyphened letters closed up: `S E C R E T` and `S-E-C-R-E-T` → `SECRET`."""
    return _SPACED.sub(lambda found: found[0][::2], text)


def _may_be_spaced(text: str) -> bool:
    return sum(len(word) == 1 for word in text.split()) > 2 or text.count("-") > 2


def is_name(text: str) -> bool:
    """Whether `text` is shaped like a signature: one to seven words, capitalized or in capitals, no sentence."""
    text = _NOTE_MARK.sub("", text).strip(" .,;:–—-()[]/\"“”'’*")
    if len(text) > 60 or _DIGIT.search(text):
        return False
    words = WORD.findall(text)
    return 1 <= len(words) <= 7 and not any(word[0].islower() and word not in _PARTICLES for word in words)


def cues_of(text: str) -> frozenset[str]:
    """Return the cues that the line `text` shows by itself; of a long line, those of its beginning."""
    return _cues(text if len(text) <= LONG else text[:LONG], len(text) > LONG)


@lru_cache(maxsize=8192)
def _cues(text: str, cut: bool) -> frozenset[str]:
    stripped = text.strip()
    if not stripped:
        return frozenset({"blank"})
    plain = despace(stripped) if _may_be_spaced(stripped) else stripped
    words = WORD.findall(plain.casefold())
    found: set[str] = set()
    if _EAST_ASIAN.search(plain):
        _east_asian_cues(plain, found)
    if cut or len(words) > 14 or len(plain) > 110:
        found.add("prose")
    _wording_cues(plain, words, found)
    if cut:
        _prose_cues(plain, found)
        return frozenset(found)
    if _DIGIT.search(plain):
        _digit_cues(plain, words, found)
    elif not _NOON.isdisjoint(words):
        found.add("clock")
    _shape_cues(plain, words, found)
    return frozenset(found)


def _wording_cues(plain: str, words: list[str], found: set[str]) -> None:
    folded = " ".join(plain.split()).casefold().strip(" :.*•·«»|<>›‹—-")
    if folded in _furniture():
        found.add("furniture")
    label = _labels().get(folded)
    if label:
        found.update(("label", f"label:{label}"))
    if not words:
        return
    if words[0] in _STAMPS:
        found.add("stamp")
    for cue, length in matches(_opening(), words, 0).items():
        if cue == "closing" and length == 2 and words[0] == "i":
            if plain[_end_of(plain, length) :][:1] == ",":
                found.add(cue)
        elif not cue.startswith("label-") or _AFTER_LABEL.match(plain, _end_of(plain, length)):
            found.add(cue)
    if "copy-word" in found:
        found.discard("copy-word")
        if _DIGIT.search(plain):
            found.add("copy-number")
    if len(words) <= 25 or "sponsor" in plain or "support" in plain:
        _inner_cues(words, found)


def _inner_cues(words: list[str], found: set[str]) -> None:
    phrases, graded, count = _anywhere(), 0, len(words)
    for at, word in enumerate(words):
        if word not in phrases:
            graded += word in _IGNORED_BESIDE_GRADES or word.isdigit()
            continue
        for cue, length in matches(phrases, words, at).items():
            if cue == "grade":
                graded += length
                if count <= 14:
                    found.add(cue)
            elif cue == "sponsor" or count <= (12 if cue == "honorific" else 25):
                found.add(cue)
    if "grade" in found and graded >= count:
        found.add("grade-only")
    if "kind-start" in found:
        found.discard("kind")


def _end_of(plain: str, count: int) -> int:
    """Return the offset in `plain` at which its first `count` words end."""
    end = 0
    for position, word in enumerate(WORD.finditer(plain)):
        end = word.end()
        if position + 1 == count:
            break
    return end


def _digit_cues(plain: str, tokens: list[str], found: set[str]) -> None:
    words = len(tokens)
    if words <= 6 and PAGE_MARK.match(plain):
        found.add("page-mark")
    if (_YEARS.search(plain) and _WITH_YEAR.search(plain)) or _WITHOUT_YEAR.search(plain):
        found.add("date")
        if len(plain) < 40:
            rest = DAY_MONTH.sub(" ", plain)
            if sum(not word.isdigit() for word in WORD.findall(rest)) <= 1:
                found.add("date-only")
        if "Z" in plain and GROUP.search(plain):
            found.add("date-time-group")
    elif plain[0] in "ROPZSCT" and _GROUP_MISREAD.search(plain):
        found.add("date-time-group")
    elif words < 14 and DAY_ONLY.search(plain):
        found.add("day")
    if CLOCK.search(plain) or not _NOON.isdisjoint(tokens):
        found.add("clock")
    if NUMBER.search(plain):
        found.add("number")
        if NUMBER_LINE.match(plain):
            found.add("number-line")
    if DECIMAL_FILE.match(plain):
        found.add("decimal-file")
    if words < 16 and _COPY_ENTRY.match(plain):
        found.add("copy-entry")
    if words < 25 and _COPIES.search(plain) and _SPELLED_COUNT.search(plain):
        found.add("copies-printed")
    if FOOTNOTE.match(plain):
        found.add("footnote")
    if "-" in plain and BUREAUS.match(plain):
        found.add("bureaus")


def _east_asian_cues(plain: str, found: set[str]) -> None:
    """Of scripts without spaces: what length and punctuation say, and the dates."""
    count = len(_EAST_ASIAN.findall(plain))
    if count > 60:
        found.add("prose")
    if count >= 20 or plain[-1] in "。」』":
        found.update(("text", "sentence"))
    if count <= 24 and plain[-1] in ":：，" and _ADDRESSED.search(plain):
        found.add("salutation")
    if _EAST_ASIAN_DATE.search(plain):
        found.add("date")
        if len(_EAST_ASIAN_DATE.sub("", plain).strip()) <= 4:
            found.add("date-only")
    if 2 <= len(plain) <= 6 and count == len(plain):
        found.add("name")


def _prose_cues(plain: str, found: set[str]) -> None:
    """Of a long line only its beginning tells something: a number, a note, a source."""
    found.add("text")
    if _DIGIT.search(plain, 0, 8) or plain[0] in _NOTE_MARKS:
        if FOOTNOTE.match(plain):
            found.add("footnote")
        if ENUMERATED.match(plain):
            found.add("enumerated")
    if _SOURCE.match(plain):
        found.add("source")
        if ARCHIVAL.search(plain):
            found.add("archival")
    if "CITE" in plain and _CITE.search(plain):
        found.add("cite")


def _shape_cues(plain: str, tokens: list[str], found: set[str]) -> None:
    words, first = len(tokens), plain[0]
    if first in "[(" and BRACKETED.match(plain):
        found.add("bracketed")
    if first in _NOTE_MARKS and FOOTNOTE.match(plain):
        found.add("footnote")
    if ENUMERATED.match(plain):
        found.add("enumerated")
    if ARCHIVAL.search(plain):
        found.add("archival")
    if ":" in plain:
        if CAPTIONED.match(plain):
            found.add("captioned")
        if _SOURCE.match(plain):
            found.add("source")
    if words <= 7 and is_name(plain):
        found.add("name")
    if words <= 40 and plain[-1] not in ";:" and not _LINKS.isdisjoint(tokens) and HEADING.match(plain):
        found.add("heading")
    if plain.isupper():
        found.add("capitals")
    if plain[-1] in '.!?”"»…' and words > 6:
        found.add("sentence")
    if not words:
        found.add("wordless")
    elif words >= 6 and len(plain) >= 44 and "    " not in plain:
        found.add("text")
    _formula_cues(plain, tokens, found)


def _formula_cues(plain: str, tokens: list[str], found: set[str]) -> None:
    if not _PASSING_ON.isdisjoint(tokens[:7]) and _REPEATED.match(plain):
        found.add("repeated")
    if "&c" in plain:
        found.add("etc")
    if "CITE" in plain and _CITE.search(plain):
        found.add("cite")
    if tokens and (tokens[0][:3] in _SIGNS or plain[0] == "/") and _SIGNED.match(plain):
        found.add("signed")
