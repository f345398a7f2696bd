"""The numbers of a document: on the wire, in the originator's and the recipient's registers, of its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mabillon.evidence import Number
from mabillon.parts import PartLine
from mabillon.reading.captions import cells
from mabillon.reading.context import CERTAIN, FAIR, LIKELY, Context
from mabillon.vocabulary import alternation, canon, wordings

_WORDED = alternation([word for word in wordings("number") if word.isalpha()])
_SIGN = (
    rf"(?<![^\W_])(?:№№?|(?:{_WORDED})[.:]\s*(?=\d)"
    r"|N[ºo°]s?\.?|Nos?\s?[.:]|Nr\.?|#|n[°ºo]s?\.?|num\.|núm\.|no(?=\s\d))(?![^\W\d_])"
)
_BODY = (
    r"(?:[A-ZА-Яa-zа-я]{1,4}[./-]?\s?)?\d(?:[\d.]|,(?=\d{3}(?!\d)))*(?:[a-zа-я]{1,2}(?![^\W_]))?"
    r"(?:[-–/][\dA-Za-zА-Яа-я]+)*(?:\s(?:et|and|и|à|bis)\s\d+)?"
)
_NUMBERED = re.compile(
    rf"(?P<sign>{_SIGN}:?|Nr:)\s*(?P<number>{_BODY}|(?:[A-Z]{{1,4}}\s){{1,2}}\d{{3,6}})", re.IGNORECASE
)
_DECIMAL = re.compile(
    r"(?<![\w.])(?P<number>\d{3}[A-Z]?\.[0-9A-Z.]*(?: (?:[A-Z][A-Za-z.]*|\([A-Z]\w+\))"
    r"(?: (?:[A-Z]\w*|\([A-Z]\w+\)|\d{4})){0,4})?"
    r"/\d[\w–-]*(?:/\d+)*)"
)
"""`795.00/9–3050`, `740.00119 European War 1939/1443`: class, subject and paper of the Central Decimal File."""
_STATION = re.compile(r"(?<![\w/])(?P<number>[A-Z][A-Z]+(?: [A-Z]{3,})?\s\d{3,6})(?![\w/])")
_BRACKETED_FILE = re.compile(r"\[(?P<number>[A-Z]{1,3}\s?\d{2,6}/\d+(?:/\d+)?)\]")
"""`[FC 1022/498]`: file reference of the Foreign Office."""
_REGISTER_SHAPE = re.compile(
    r"^[\s\[(]*(?:(?:Our )?Ref(?:erence)?[.:]\s*)?(?P<number>[A-ZА-Я]{0,3}\s?\.?\d{2,5}/(?:\w+\.?/)?(?:\d{2,4}"
    r"|[IVXLC]+)(?:/\d+)?)[\])\s.]*$"
)
_COPY_BEFORE = re.compile(
    r"(?:copy|copies|экз\w*\.?|exemplaire|page|p\.|protocol\w*|протокол\w*|point|item|form|passport|part|paragraph|para)\s*$",
    re.IGNORECASE,
)


@cache
def _incoming() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_]){alternation([w for w in wordings('number_incoming') if w != 'in'])}[\s.:,]*(?:№|N[ºo°]"
        rf"|No\.?)?\s*$",
        re.IGNORECASE,
    )


@cache
def _kind_before() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{alternation(sorted(canon('kind')))})[\s.:,(]*$", re.IGNORECASE)


def read_numbers(context: Context) -> list[Number]:
    """Return the numbers in the order of their lines, each value once."""
    found: dict[str, Number] = {}
    for number in _all(context):
        found.setdefault(re.sub(r"\W", "", number.value).casefold(), number)
    numbers = list(found.values())
    return [number for number in numbers if not any(_within(number, other) for other in numbers)]


def _within(number: Number, other: Number) -> bool:
    """Whether `number` is only a part of the words of `other`."""
    (start, end), (first, last) = number.spans[0], other.spans[0]
    return first <= start and end <= last and (last - first) > (end - start)


def _all(context: Context) -> Iterator[Number]:
    editions = _edition_lines(context)
    for line in context.zone(
        "masthead", "addressing", "apparatus", "signature", "mark", "heading", "dateline", "distribution"
    ):
        if line.index in editions or _ROUTING_LINE.match(context.text[line.start : line.end]):
            continue
        if line.zone == "distribution" and not _REGISTERED_DAY.match(context.text[line.start : line.end]):
            continue
        yield from _numbered(context, line)
        yield from _unsigned(context, line)
    for line in context.zone("attributes"):
        if labelled := _NUMBER_ALONE.match(context.text[line.start : line.end]):
            yield number_at(
                context, line.start + labelled.start("number"), line.start + labelled.end("number"), "message", LIKELY
            )
    for line in context.zone("reference"):
        if labelled := _LABELLED.match(context.text[line.start : line.end]):
            yield number_at(
                context, line.start + labelled.start("number"), line.start + labelled.end("number"), "sender"
            )
    yield from _files(context)
    yield from _captioned(context)
    yield from _symbols(context)
    for line in context.zone("masthead", "apparatus", "furniture", "signature"):
        serial = re.fullmatch(r"\s*#(?P<number>\d{3,5})\s*", context.text[line.start : line.end])
        if serial:
            yield number_at(
                context, line.start + serial.start("number"), line.start + serial.end("number"), "other", FAIR
            )
    for cell in cells(context):
        if (
            cell.holds.startswith("number-")
            and cell.holds != "number-reference"
            and any(c.isdigit() for c in context.text[slice(*cell.span)])
        ):
            yield number_at(context, *cell.span, cell.holds.removeprefix("number-"), CERTAIN)
    yield from _leading(context)
    yield from _machine(context)


_REGISTERED_DAY = re.compile(rf"^\s*{_SIGN}\s*\d+\s*[-–—,]\s*\d{{1,2}}[\s.]", re.IGNORECASE)
"""`Nº 204 - 18 April 1958`: the typing pool's number and day under a list of copies."""
_AIRGRAM = re.compile(r"(?<![\w-])(?P<number>(?:A|CA|CG)-\d{1,5})(?![\w-])")


def _unsigned(context: Context, line: PartLine) -> Iterator[Number]:
    """Numbers without a sign: behind a register's word (`Incoming 3318-gs`, `entry 907`), and of airgrams."""
    words = context.text[line.start : line.end]
    for pattern, zones in (
        (_ABBREVIATED, ("masthead", "dateline")),
        (_LABELLED, ("masthead", "apparatus", "dateline")),
    ):
        if line.zone in zones and (found := pattern.match(words)):
            start, end = found.span("number")
            yield number_at(context, line.start + start, line.start + end, "message", LIKELY)
    if line.zone in ("mark", "apparatus"):
        for found in _entry().finditer(context.text, line.start, line.end):
            yield number_at(context, *found.span("number"), "incoming", LIKELY)
        for found in _AFTER_DAY.finditer(context.text, line.start, line.end):
            yield number_at(context, *found.span("number"), "incoming", LIKELY)
    if line.zone == "masthead":
        register = _BESIDE_HEADING.match(context.text[line.start : line.end])
        if register and any(head.start < line.start for head in context.zone("heading")):
            yield number_at(
                context, line.start + register.start("number"), line.start + register.end("number"), "incoming", FAIR
            )
        for found in _SUBJECT_NUMERIC.finditer(context.text, line.start, line.end):
            yield number_at(context, *found.span("number"), "file", LIKELY)
        for found in _AIRGRAM.finditer(context.text, line.start, line.end):
            yield number_at(context, *found.span("number"), "message", CERTAIN)


_ABBREVIATED = re.compile(
    r"^\s*(?:T|Tel|Telegr|Disp)\.\s+(?:(?:s\.n\.d\.|gab\.|segr?\.|r\.|per corriere)\s*)*"
    r"(?P<number>\d{1,6}(?:/\d{1,5})?)(?=\s*[A-Z]?\.|\s|$)"
)
"""`T. 4412/611 R.`: in Italian editions the kind is a letter before the number."""
_ROUTING_LINE = re.compile(r"^\s*DE R[A-Z]{3,7} #?\d")
"""`DE RUEHNT #1372/01 3221340`: the relay's line repeats the number of the message."""
_BESIDE_HEADING = re.compile(r"^\s*\(?(?P<number>\d{4,6})\)?\.?\s*$")
"""`35074`: the register's number of the receiving office, alone on a line under the heading of an edition."""
_LABELLED = re.compile(
    r"^\s*(?i:number|message no\.?|msg no\.?|our ref(?:erence)?\.?(?: no\.?)?|ref(?:erence)?\.? no\.?"
    r"|telegram no\.?|cable no\.?)\s*:?\s+"
    r"(?P<number>(?:[A-Z]{2,8}[ -])?\d[\w./-]*)\s*$"
)
"""`NUMBER:    UNEF 1417`, `Ref. No. 214/s`: a label of the form, and the paper's own number behind it."""
_NUMBER_ALONE = re.compile(rf"^\s*(?:{_WORDED})\s*[.:]\s*(?P<number>\d[\w./-]*)\s*$", re.IGNORECASE)
"""`Szám: 287`: a line of a form that gives the number and nothing else."""
_SUBJECT_NUMERIC = re.compile(
    r"(?<![\w-])(?P<number>(?:POL|DEF|FN|FT|AID|SOC|CUL|PET|TRV|INCO|ORG|UN|CSM|STR|E|LAB|AV|TEL)\s\d{1,2}"
    r"(?:-\d{1,2})?\s[A-Z][A-Z-]+(?: [A-Z]+)?)(?=\s{2,}|\s*$)"
)
"""Files of the Department of State by subject and country, 1963-1973: `POL 23-8 SUDAN`."""


_AFTER_DAY = re.compile(
    r"\b(?:rec|received|reg|präs|eing)\.?\s[^\n]{4,24}?\b\d{4}[,;]?\s+(?P<number>\d{2,3}(?:\.\d{3})+|\d{3,6})\s*$",
    re.IGNORECASE | re.MULTILINE,
)
"""`Rec. 21.VI.1937 84.515`: the register's number behind the day of receipt."""


@cache
def _entry() -> re.Pattern[str]:
    words = alternation([word for word in wordings("number_incoming") if word not in ("in", "control")])
    return re.compile(
        rf"(?<![^\W_]){words}\s+(?P<number>\d[\d.]*(?!\d)(?:[-/]\w+)?)(?![\w.]*[-/.:]\d)(?!\s+(?:[A-Z][a-z]{{2}}|[IVX]+\b))",
        re.IGNORECASE,
    )


def _edition_lines(context: Context) -> set[int]:
    """A bare number right above the heading, or at its start, is the edition's own and no number of the document."""
    found: set[int] = set()
    for above, previous, line in zip([None, *context.lines], context.lines, context.lines[1:], strict=False):
        if (
            line.zone in ("heading", "title")
            and previous.zone in ("masthead", "heading")
            and not (above is not None and above.zone == "masthead" and _kind_alone(context, above))
            and re.fullmatch(
                r"\W*(?:No\.?\s*|№\s*|Nr\.?\s*|Doc(?:ument)?\.?\s*)?\d{1,4}[A-Z]?\W*",
                context.text[previous.start : previous.end],
            )
        ):
            found.add(previous.index)
    found.update(
        line.index
        for line in context.zone("heading")
        if re.match(r"\W*(?:No\.?\s*)?\d{1,4}\.\s", context.text[line.start : line.end])
    )
    return found


def _kind_alone(context: Context, line: PartLine) -> bool:
    """Whether a line says what kind of paper it is, and nothing else: the number below it is the paper's own."""
    return context.text[line.start : line.end].strip(" .:*").casefold() in canon("kind")


def number_at(context: Context, start: int, end: int, kind: str, confidence: float = LIKELY) -> Number:
    """Return the number between two offsets, without the punctuation that closes it."""
    start, end = context.trim(start, end)
    words = context.text[start:end].rstrip(".,;:]) ")
    return Number(
        value=" ".join(words.split()), text=words, spans=[(start, start + len(words))], confidence=confidence, kind=kind
    )


def _numbered(context: Context, line: PartLine) -> Iterator[Number]:
    text = context.text[line.start : line.end]
    for found in _NUMBERED.finditer(text):
        before = text[: found.start()]
        if _COPY_BEFORE.search(before) or _another_paper().search(before) or "copy-number" in line.cues:
            continue
        start = line.start + found.start("number")
        yield number_at(context, start, line.start + found.end("number"), _kind_of(context, line, before), CERTAIN)


@cache
def _another_paper() -> re.Pattern[str]:
    """`your telegram No. 588`: the number of another paper."""
    return re.compile(rf"(?<![^\W_]){alternation(wordings('possessive'))}\s+(?:[^\W\d_]+\s+){{0,2}}$", re.IGNORECASE)


def _kind_of(context: Context, line: PartLine, before: str) -> str:
    if _incoming().search(before) or line.zone == "mark":
        return "incoming"
    if _kind_before().search(before) or line.zone in ("masthead", "apparatus"):
        return "message"
    return "sender"


_REGISTRY = re.compile(r"(?<![\w/])(?P<number>[A-Z]{2,4}/\d{4,6}(?:-[A-Z])?-\d{1,3})(?![\w/-])")
"""Files of a department's registry: `DEA/50134-40`."""
_FILM = re.compile(r"(?<![\w-])(?P<number>[A-Z]\d{6}[–-]\d{4})(?!\w)")
"""Reel and frame of the central foreign policy file, 1973 and after."""


def _files(context: Context) -> Iterator[Number]:
    """Decimal file numbers stand above the heading or in the source note; register numbers alone on a line."""
    for line in context.zone("source-note", "archive", "attributes"):
        for found in _FILM.finditer(context.text, line.start, line.end):
            yield number_at(context, *found.span("number"), "file", LIKELY)
    for line in context.zone("masthead", "mark", "source-note", "heading"):
        for found in _REGISTRY.finditer(context.text, line.start, line.end):
            yield number_at(context, *found.span("number"), "file", LIKELY)
    for line in context.zone("masthead", "source-note", "reference", "dateline"):
        for found in _DECIMAL.finditer(context.text, line.start, line.end):
            yield number_at(context, *found.span("number"), "file", CERTAIN)
        if line.zone != "source-note":
            for found in _BRACKETED_FILE.finditer(context.text, line.start, line.end):
                yield number_at(context, *found.span("number"), "file", LIKELY)
            alone = _REGISTER_SHAPE.match(context.text[line.start : line.end])
            if alone and not context.dates_in(line.start, line.end):
                yield number_at(
                    context, line.start + alone.start("number"), line.start + alone.end("number"), "sender", LIKELY
                )


@cache
def _kind_number() -> re.Pattern[str]:
    kinds = alternation(sorted(canon("kind")))
    return re.compile(
        rf"(?<![^\W_])(?<!\d\s){kinds}\s*(?:[:,]\s*|number\s+)?(?P<number>(?:(?-i:[A-Z]{{1,4}})-)?\d{{1,7}}(?:[/-]\w+)?)(?=[\s.,;)]"
        rf"|$)",
        re.IGNORECASE,
    )


def _captioned(context: Context) -> Iterator[Number]:
    """`Telegram 160.`, `Cablegram 208,`: the number right behind the kind; `Pavlíček 324`: behind the signature."""
    for line in context.zone("masthead", "dateline", "apparatus", "heading"):
        found = _kind_number().search(context.text, *context.unmarked(line.start, line.end))
        if found and not re.match(r"1[5-9]\d\d$", found["number"]):
            yield number_at(context, *found.span("number"), "message", LIKELY)
    for line in context.zone("signature"):
        found = re.match(r"\s*[^\W\d_]+(?:\s[^\W\d_]+)?\s+(?P<number>\d{2,6})\s*$", context.text[line.start : line.end])
        if found:
            yield number_at(
                context, line.start + found.start("number"), line.start + found.end("number"), "message", LIKELY
            )


SYMBOL = re.compile(r"(?<![\w/.-])(?P<number>[A-Z]{1,4}(?:/\d+)?(?:-[A-Z]{1,3})?(?:\(\d{2}\)|/\d{2}/)\d{1,4})(?!\w)")
"""Document symbols of international bodies: `AC/119-WP(66)71`, `PO/62/418`."""


_UNITED_NATIONS = re.compile(
    r"(?<!\S)(?P<number>(?:[SAETD]|A/C\.\d|[SA]/PV|[SAE]/(?:CN|AC|SC|CONF)\.\d+|ST/\w+)[./]\d{1,5}(?:/(?:Rev|Add|Corr)\.\d+)*)\s*$"
)
"""`S/4393`, `A/C.1/782`: symbols of the United Nations, at the end of a line of the masthead."""


def _symbols(context: Context) -> Iterator[Number]:
    for line in context.zone("masthead", "dateline"):
        for found in _UNITED_NATIONS.finditer(context.text[line.start : line.end]):
            yield number_at(context, line.start + found.start("number"), line.start + found.end("number"), "sender")
    for line in context.zone("masthead", "addressing", "dateline", "heading"):
        for found in SYMBOL.finditer(context.text, line.start, line.end):
            yield number_at(context, *found.span("number"), "sender", CERTAIN)


_SIGNED_LEAD = re.compile(rf"\s*{_SIGN}\s*(?P<number>\d{{1,7}})\s*[-–—.]\s", re.IGNORECASE)


def _leading(context: Context) -> Iterator[Number]:
    """The editions of the Department of State print a telegram's number before its first words: `1874. Quirino …`."""
    body = context.zone("body", "reference")
    if not body:
        return
    first = body[0]
    signed = _SIGNED_LEAD.match(context.text[first.start : first.end])
    if signed:
        yield number_at(
            context, first.start + signed.start("number"), first.start + signed.end("number"), "message", LIKELY
        )
        return
    found = re.match(r"\s*(?P<number>\d{2,7})\.\s", context.text[first.start : first.end])
    if found and not re.match(r"\s*1\.", context.text[first.start : first.end]):
        yield number_at(
            context, first.start + found.start("number"), first.start + found.end("number"), "message", CERTAIN
        )


def _machine(context: Context) -> Iterator[Number]:
    """Station and number on the line of classification, CITE numbers, serials behind an addressee, control numbers."""
    for line in context.zone("masthead", "addressing", "apparatus"):
        text = context.text[line.start : line.end]
        cite = re.search(r"\bCITE:?\s+(?P<number>[A-Z]{2,10}\s+\d{3,6})", text)
        if cite:
            yield number_at(
                context, line.start + cite.start("number"), line.start + cite.end("number"), "message", CERTAIN
            )
        control = re.match(r"\s*(?:-{3,}\s*)?(?P<number>\d{5,6})(?:\s+\d{6}Z\b.*)?\s*$", text)
        if control and (text.strip().startswith("-") or line.end - line.start > 20):
            yield number_at(
                context, line.start + control.start("number"), line.start + control.end("number"), "other", LIKELY
            )
        serial = re.match(r"\s*TO\s+(?:[A-Z]+/)?SECSTATE\b.*?(?P<number>\d{3,6})\s*$", text)
        if serial:
            yield number_at(
                context, line.start + serial.start("number"), line.start + serial.end("number"), "other", LIKELY
            )
        received = re.search(r"\b(?:IN|OUT|Control)\s*:?\s+(?P<number>\d{3,6})\b", text)
        if received:
            kind = "sender" if text[received.start() : received.start() + 3] == "OUT" else "incoming"
            yield number_at(
                context, line.start + received.start("number"), line.start + received.end("number"), kind, LIKELY
            )
        if (
            re.match(r"\s*(?:[A-Z] ){3,}|\s*UNCLAS|\s*LIMITED OFFICIAL USE|\s*[A-Z]+ [A-Z]+ +\d{3,5}\s*$", text)
            and not cite
        ):
            station = re.search(
                r"(?<![\w/])(?P<number>[A-Z]{3,}(?: [A-Z]{3,}| (?!OF\b)[A-Z]{1,2}\d{1,2})?\s\d{2,6})\s*$", text
            )
            if station:
                start = line.start + station.start("number")
                yield number_at(
                    context,
                    _after_grade(context, start, line.start + station.end("number")),
                    line.start + station.end("number"),
                    "message",
                    CERTAIN,
                )


def _after_grade(context: Context, start: int, end: int) -> int:
    """Return where the station begins: a handling caveat or the end of a grade may stand before it."""
    words = context.text[start:end].split()
    while len(words) > 2 and words[0].casefold() in {*wordings("handling"), *wordings("classification"), "use"}:
        start += len(words.pop(0)) + 1
    return start
