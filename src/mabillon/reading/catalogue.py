"""What the holding archive or edition says of the document: summary, source, people, places, topics, rights."""

from __future__ import annotations

import re
from functools import cache

from mabillon.citation import parse_citation
from mabillon.dates import find_dates
from mabillon.evidence import Citation, Word
from mabillon.parts import PartLine
from mabillon.reading.context import CERTAIN, FAIR, LIKELY, Context
from mabillon.record import Catalogue
from mabillon.text import Span
from mabillon.vocabulary import alternation, canon, fold_space, wordings

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NAME = (
    r"(?:[A-ZÀ-Þ]\.\s?)*[A-ZÀ-Þ0-9][\w'’-]*(?:\s(?:[A-ZÀ-Þ]\.|(?:von|van|de|der|di)\s|[A-ZÀ-Þ][\w'’-]+))*(?:"
    r"(?<=\s[A-Z])\.|(?<=^[A-Z])\.)?"
)
_BOTH = rf"\b[Oo]btained and translated(?:\s+for\s+(?:\w+\s+){{1,3}}?)?\s*by\s+(?P<both>{_NAME})"
_TRANSLATOR = re.compile(
    rf"{_BOTH}|^\s*[Tt]ranslator\s*:\s*(?P<labelled>{_NAME})|\b(?:[Tt]ranslat(?:ed|ion)|[Tt]ransl?\.)(?:\s+(?:for|from)\s+(?:(?:the|this)\s+)?[\w-]+)*\s+by\s+(?P<name>{_NAME})",
    re.MULTILINE,
)
_OBTAINED = re.compile(
    rf"{_BOTH}|\b(?:[Oo]btained|[Pp]rovided|[Cc]ontributed)\b(?:\s+(?:for|to)\s+(?:the\s+)?[A-Z][\w-]*(?:\s+[A-Z][\w-]*)*)*\s+by\s+(?P<name>{_NAME})"
    rf"|\b[Cc]opy courtesy of\s+(?:the\s+)?(?P<giver>{_NAME})"
)
_LABEL_LEAD = re.compile(r"^\W*(?P<label>[^:\n]{2,40}?)\s*:\s*(?=\S)")
_CITATION_END = re.compile(
    r"\.?\s*\b(?:Translat|Transl\.|Obtained|Provided|Published|Reprinted|Typed off|Original\.|Подлинник"
    r"|Copy courtesy|Contributed|https?://)|;\s*(?:first )?(?:printed|published)\b"
    r"|;\s*(?:copy\b|translated)|(?<=[\d)a-z])\.\s+(?:Top Secret|Secret"
    r"|Confidential|Unclassified|No classification|Limited|Official|Drafted|Repeated|Sent|A |Sensitive|Eyes Only"
    r"|Priority)",
    re.IGNORECASE,
)
_OLD_STYLE = re.compile(
    r"[“\"][^”\"]+[,.]?[”\"],?\s+(?P<date>[A-Z][a-z]+ \d{1,2}, \d{4}),\s+"
    r"(?:(?:History and Public Policy Program|Wilson Center)[^,]*,\s+)?(?P<cite>\S.*)",
    re.DOTALL,
)


@cache
def _labels() -> dict[str, str]:
    return canon("label")


def _label_of(words: str) -> str | None:
    return _labels().get(fold_space(words.strip(" :•*")))


_INVERTED = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?:[ -][A-ZÀ-Þ][\w'’-]+)?, [A-ZÀ-Þ][\w .'’-]*(?:, [\d–-]+)?")
"""`Ky, Nguyen Cao`: a name in a list of persons beside the text."""


def _fields(context: Context) -> dict[str, list[Span]]:
    """Return what stands behind each label of the archive's block: on its own line, or on the lines below it."""
    found: dict[str, list[Span]] = {}
    label = None
    for line in context.zone("archive", "furniture", "summary", "source-note"):
        words = context.text[line.start : line.end]
        if own := _label_of(words):
            label = own
            continue
        if line.zone == "archive" and (led := _led_by_label(words)):
            found.setdefault(led[0], []).append((line.start + led[1], line.end))
            label = None
            continue
        lead = _LABEL_LEAD.match(words)
        if lead and (named := _label_of(lead["label"])):
            found.setdefault(named, []).append((line.start + lead.end(), line.end))
            label = None
        elif label and line.zone in ("archive", "summary") or label == "people" and _INVERTED.fullmatch(words.strip()):
            found.setdefault(label, []).append((line.start, line.end))
        else:
            label = None
    return found


@cache
def _run_in_label() -> re.Pattern[str]:
    return re.compile(rf"\s*(?P<label>{alternation(sorted(_labels()))})\s+(?=[A-Z])", re.IGNORECASE)


def _led_by_label(words: str) -> tuple[str, int] | None:
    """`Language Russian`, `Associated Places Pyongyang`: a label and its value, run together in a page's text copy."""
    lead = _run_in_label().match(words)
    if (
        lead is None
        or not lead["label"][0].isupper()
        or lead["label"].casefold() in ("date", "type", "reference", "archive")
    ):
        return None
    return _labels()[fold_space(lead["label"])], lead.end()


def read_catalogue(context: Context) -> Catalogue | None:
    """Return the archive's description; None where nothing is said."""
    fields = _fields(context)
    description = Catalogue(
        summary=_summary(context, fields),
        sponsor=_sponsor(context),
        people=_listed(context, fields, "people", "person"),
        places=_listed(context, fields, "places", "place"),
        topics=_attribute_topics(context) or _listed(context, fields, "topics", "topic"),
        citation=_parted(_citation(context, fields)),
        obtained_by=_named(context, _OBTAINED),
        translator=_named(context, _TRANSLATOR) or _stated(context, "translator"),
        rights=_first(context, fields, "rights") or _stated(context, "rights"),
        contact=_contact(context),
        date=_archive_date(context),
        collection=_first(context, fields, "collection"),
        identifiers=_identifiers(context),
    )
    return description if description != Catalogue() else None


_KEYWORDS = re.compile(r"^\s*(?:Concepts|Keywords|TAGS)\s*:\s*(?P<list>\S.*)$", re.IGNORECASE)


def _attribute_topics(context: Context) -> list[Word]:
    """`Concepts: NEGOTIATIONS, ARMISTICE`: what the attribute block of a machine record is indexed by."""
    found = []
    for line in context.zone("attributes"):
        keywords = _KEYWORDS.match(context.text[line.start : line.end])
        for piece in re.finditer(r"[^,;]+", keywords["list"]) if keywords and keywords["list"].strip() != "n/a" else ():
            start = line.start + (keywords.start("list") if keywords else 0)
            found.append(context.word(start + piece.start(), start + piece.end(), confidence=LIKELY))
    return found


def _stated(context: Context, field: str) -> Word | None:
    for datum in context.metadata.get(field, ()):
        return context.stated(datum)
    return None


def _first(context: Context, fields: dict[str, list[Span]], name: str) -> Word | None:
    return context.word(*fields[name][0], confidence=LIKELY) if name in fields else None


def _summary(context: Context, fields: dict[str, list[Span]]) -> Word | None:
    lines = [line for line in context.zone("summary") if not _label_of(context.text[line.start : line.end])]
    if lines:
        start = lines[0].start
        lead = _LABEL_LEAD.match(context.text[start : lines[0].end])
        if lead and _label_of(lead["label"]) == "summary":
            start += lead.end()
        end = (
            lines[-1].end
            if all(b.index - a.index <= 2 for a, b in zip(lines, lines[1:], strict=False))
            else lines[0].end
        )
        return context.word(start, end, confidence=LIKELY)
    return _first(context, fields, "summary") or _stated(context, "summary") or _opening_sentence(context)


def _opening_sentence(context: Context) -> Word | None:
    """A sentence that opens the archive's block, before its first label, says what the document is about."""
    for line in context.zone("archive"):
        words = context.text[line.start : line.end].strip()
        if (
            _label_of(words)
            or _LABEL_LEAD.match(words)
            or len(words.split()) < 8
            or not words.endswith((".", "”", '"'))
        ):
            return None
        return context.word(line.start, line.end, confidence=FAIR)
    return None


@cache
def _sponsor_lead() -> re.Pattern[str]:
    return re.compile(rf"{alternation(wordings('sponsor'))}\s*:?\s*(?:the\s+)?", re.IGNORECASE)


def _sponsor(context: Context) -> Word | None:
    for line in context.zone("sponsor", "archive", "furniture"):
        found = _sponsor_lead().search(context.text, line.start, line.end)
        if found and found.end() < line.end:
            end = line.start + len(context.text[line.start : line.end].rstrip(" ."))
            return context.word(found.end(), end, confidence=CERTAIN)
    return _stated(context, "sponsor")


def _listed(context: Context, fields: dict[str, list[Span]], name: str, datum_field: str) -> list[Word]:
    found = []
    for start, end in fields.get(name, ()):
        position = start
        for piece in re.split(r"(\s*;\s*|\s+[·|]\s+|(?<=\d{4}-\d{4}),\s+|(?<=\d{4}-),\s+)", context.text[start:end]):
            if piece.strip() and not re.fullmatch(r"\s*[;·|,]\s*", piece):
                found.append(context.word(position, position + len(piece), confidence=LIKELY))
            position += len(piece)
    return found or [
        context.stated(datum)
        for datum in context.metadata.get(datum_field, ())
        if datum.attributes.get("role") not in ("author", "creator", "editor") and "=" not in datum.value
    ]


def _named(context: Context, pattern: re.Pattern[str]) -> Word | None:
    zones = ("archive", "source-note", "summary", "furniture", "sponsor", "footnote")
    # what the edition says elsewhere on the page is weighed last: "Translated from Czech by O. Lenz" under the text
    for line in [*context.zone(*zones), *context.zone("apparatus", "mark", "signature")]:
        found = pattern.search(context.text, line.start, line.end)
        if found:
            name = next(key for key, value in found.groupdict().items() if value)
            start, end = found.span(name)
            words = context.text[start:end]
            if words.endswith(".") and not re.search(r"(?:^|[\s.])[A-Z]\.$", words):
                end -= 1
            return context.word(start, end, confidence=LIKELY)
    return None


def _identifiers(context: Context) -> dict[str, str]:
    """Return the archive's own identifiers of the record, by their labels."""
    found = {
        datum.attributes.get("label") or datum.attributes.get("type") or "identifier": datum.value
        for datum in context.metadata.get("identifier", ())
    }
    for line in context.zone("attributes"):
        number = re.match(
            r"\s*(Document Number|Document Unique ID)\s*:\s*(\S+)\s*$", context.text[line.start : line.end]
        )
        if number:
            found.setdefault(number[1], number[2])
    return found


def _contact(context: Context) -> Word | None:
    for line in [*context.zone("archive"), *context.zone("furniture")]:
        found = _MAIL.search(context.text, line.start, line.end)
        if found:
            return context.word(*found.span(), confidence=LIKELY)
    return None


def _archive_date(context: Context) -> Word | None:
    for line in context.zone("archive-date"):
        for mention in context.dates_in(line.start, line.end):
            if mention.value:
                return context.dated(mention, CERTAIN, with_time=False)
    for line in context.zone("title")[:1]:
        dates = context.fresh_dates(line.start, line.end)
        if dates and dates[0].start <= line.start + 1 and dates[0].value and dates[0].end < line.end:
            return context.dated(dates[0], LIKELY, with_time=False)
    for field in ("draft-date", "date-bounds", "date"):
        for datum in context.metadata.get(field, ()):
            read = find_dates(datum.value)
            value = (
                datum.attributes.get("when")
                or (read[0].value if read and read[0].value else None)
                or datum.attributes.get("min")
                or datum.value
            )
            if re.match(r"\d{4}-\d\d-\d\d", value) and (value[:10] == (datum.attributes.get("max") or value)[:10]):
                return context.stated(datum, value[:10])
    return None


def _parted(citation: Citation | None) -> Citation | None:
    """Return a citation with the levels that it names."""
    if citation is not None:
        citation.parts = parse_citation(citation.value) or None
    return citation


def _citation(context: Context, fields: dict[str, list[Span]]) -> Citation | None:
    if len(fields.get("citation", ())) > 1 and all(end - start < 80 for start, end in fields["citation"]):
        words = [context.word(*span) for span in fields["citation"]]
        return Citation(
            value=", ".join(word.value for word in words),
            text=" … ".join(word.text for word in words),
            spans=[word.spans[0] for word in words],
            confidence=LIKELY,
        )
    span = (
        _old_citation(context) or (fields["citation"][0] if "citation" in fields else None) or _bare_citation(context)
    )
    if span is None:
        word = _stated(context, "citation")
        return (
            Citation(value=word.value, text=word.text, spans=word.spans, confidence=word.confidence, reason=word.reason)
            if word
            else None
        )
    start, end = span
    stop = _CITATION_END.search(context.text, start + 3, end)
    if stop:
        end = stop.start()
    start, end = context.trim(start, end)
    while (
        end > start
        and context.text[end - 1] in " ]),;\n"
        and context.text[start:end].count("(") < context.text[start:end].count(")") + (context.text[end - 1] != ")")
    ):
        end -= 1
    word = context.word(start, end, confidence=LIKELY)
    return Citation(value=word.value, text=word.text, spans=word.spans, confidence=word.confidence)


def _old_citation(context: Context) -> Span | None:
    """`"Title," June 10, 1961, History and Public Policy Program Digital Archive, AMPJSh, …`"""
    for line in context.zone("archive", "source-note", "furniture"):
        found = _OLD_STYLE.search(context.text, line.start, line.end)
        if found:
            return found.start("cite"), line.end
    return None


_ARCHIVAL = re.compile(
    r"\b(?:[Ff]ond|f\.|F\.|опись|Ф\.|RG\s?\d+|FO\s?\d{3}|[Ll]ot\s\d|Central (?:Decimal )?Files?|National Archives"
    r"|APRF|AVP ?RF|RGASPI|TsAMO|TsKhSD|AGSh|РГАНИ|АВП|AA :|Presidential Materials|NSC Files|Box [\w-]*\d"
    r"|Central Files?,|RGANI|РГАСПИ|CH-BAR|SAPMO|PRC ?FMA|DEA/|MAE|AMSZ|AMAE|ASMAE|PAAA|PA AA|TNA|NARA)"
)


def _bare_citation(context: Context) -> Span | None:
    """A source note without a label: brackets, or the last line in italics."""
    for line in context.zone("source-note", "archive"):
        words = context.text[line.start : line.end]
        lead = re.match(r"^\W*(?:\d{1,2}\W*)?(?:source|quelle|fuente|источник)\s*:\s*", words, re.IGNORECASE)
        if lead:
            return line.start + lead.end(), line.end
        if _ARCHIVAL.search(words):
            bracket = len(words) - len(words.lstrip(" [("))
            return line.start + bracket, line.end
    return None


def description_lines(context: Context) -> list[PartLine]:
    """Return the lines in which the archive speaks."""
    return context.zone("archive", "summary", "sponsor", "source-note", "title", "archive-date")
