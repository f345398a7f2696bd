"""Texts made from the layouts of `training/forms`: what papers of a service look like, with their zones known.

A layout is a list of `zone|text`; `?` behind the zone makes a line optional, `*` repeats it. `<a/b>` chooses, `{x}` is
filled in, `@name` sets in a block of page furniture. A division slash (∕) stands for a slash that does not divide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from textwrap import wrap
from typing import Any

import yaml

Row = tuple[str, str]
"""Zone and text of a line; the zone of a blank line is "blank"."""

_CHOICE = re.compile(r"<([^<>]*)>")
_SLOT = re.compile(r"\{([^{}]+)\}")
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_MONTHS_OF = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre"),
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober"),
    "it": ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre"),
    "ru": ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября"),
}
_CYRILLIC = ("Иванов", "Петров", "Соколов", "Орлов", "Чернов", "Морозов", "Волков", "Зайцев", "Лебедев")
_CITIES_RU = ("ПХЕНЬЯН", "ПЕКИН", "БЕЛГРАД", "БУДАПЕШТ", "ПРАГА", "ЛОНДОН", "ГАВАНА", "БЕРЛИН")
_PARAGRAPH = re.compile(r"^(P|p|W|WU)(?:\.(\w\w))?$")


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of one kind of paper: its name and its lines as they stand in the file."""

    name: str
    lines: tuple[str, ...]


def read_layouts(folder: Path) -> tuple[list[Layout], dict[str, Layout], dict[str, Any]]:
    """Return the layouts of `folder`, its blocks by name, and the words to fill them with."""
    layouts: list[Layout] = []
    blocks: dict[str, Layout] = {}
    for path in sorted(folder.glob("*.txt")):
        name, lines = "", list[str]()
        for line in [*path.read_text(encoding="utf-8").split("\n"), "== "]:
            if line.startswith(("== ", "@@ ")):
                if name:
                    layout = Layout(name[3:], tuple(lines))
                    if name[0] == "@":
                        blocks[layout.name] = layout
                    else:
                        layouts.append(layout)
                name, lines = line if line[3:] else "", []
            elif line and not line.startswith("# "):
                lines.append(line)
    return layouts, blocks, yaml.safe_load((folder / "words.yaml").read_text(encoding="utf-8"))


class Filler:
    """Fills the blanks of one document: dates and clock times keep one style throughout."""

    def __init__(self, words: Mapping[str, Any], random: Random) -> None:
        self._words, self._random = words, random
        self.day, self.month, self.year = random.randint(1, 28), random.randint(1, 10), random.randint(1861, 1989)
        self._date = random.choice(("plain", "plain", "american", "dots", "roman", "short", "slashes"))
        self._clock = random.choice(("colon", "four", "words", "point", "meridian"))
        self.grade = random.choice(("SECRET", "CONFIDENTIAL", "TOP SECRET", "LIMITED OFFICIAL USE", "UNCLASSIFIED"))

    def fill(self, text: str) -> str:
        """Return `text` with every `<a/b>` decided and every `{x}` filled."""
        while match := _CHOICE.search(text):
            text = text[: match.start()] + self._random.choice(match[1].split("/")) + text[match.end() :]
        return _SLOT.sub(lambda slot: self._slot(slot[1]), text).replace("∕", "/")

    def paragraph(self, language: str | None = None, sentences: int | None = None) -> str:
        pool = self._words["sentences"][language or "en"]
        count = sentences or self._random.randint(1, 4)
        return " ".join(self._random.sample(pool, min(count, len(pool))))

    def _slot(self, name: str) -> str:
        if match := _PARAGRAPH.match(name):
            text = self.paragraph(match[2], 1 if match[1] == "p" else None)
            return text.upper() if match[1] == "WU" else text
        if name.startswith("S P A C E D"):
            rest = name.removeprefix("S P A C E D").strip()
            word = self.grade if rest == "GRADE" else self._pick("cities") if rest else self._pick("surnames").upper()
            return "  ".join(" ".join(part) for part in word.split())
        if name[0] == "n" and name[1:].isdigit():
            digits = int(name[1:])
            return str(self._random.randint(10 ** (digits - 1), 10**digits - 1))
        found = _FILLERS.get(name) or _FILLERS[name.lower()]
        value: str = found(self)
        return value.upper() if name.isupper() and len(name) > 1 else value

    def _pick(self, key: str) -> str:
        return str(self._random.choice(self._words[key]))

    def _some_day(self) -> tuple[int, int]:
        return min(28, self.day + self._random.randint(0, 2)), self.month

    def date(self) -> str:
        day, month = self._some_day()
        styles = {
            "plain": f"{day} {_MONTHS[month - 1]} {self.year}", "american": f"{_MONTHS[month - 1]} {day}, {self.year}",
            "dots": f"{day}.{month}.{self.year}", "roman": f"{day}.{_ROMAN[month - 1]}.{self.year}",
            "short": f"{day}.{month:02}.{self.year % 100:02}", "slashes": f"{month}/{day}/{self.year % 100:02}",
        }  # fmt: skip
        return styles[self._date]

    def clock(self) -> str:
        hour, minute = self._random.randint(0, 23), self._random.randint(0, 59)
        half = "a.m." if hour < 12 else "p.m."
        styles = {
            "colon": f"{hour:02}:{minute:02}", "four": f"{hour:02}{minute:02}",
            "words": f"{hour} hours {minute} minutes", "point": f"{hour}.{minute:02}",
            "meridian": f"{hour % 12 or 12}:{minute:02} {half}",
        }  # fmt: skip
        return styles[self._clock]

    def hour(self) -> str:
        return f"{self._random.randint(1, 12)} {self._random.choice(('a. m', 'p. m', 'a.m', 'p.m'))}."

    def foreign(self, language: str, between: str = " ") -> str:
        return f"{self.day}{between}{self._random.choice(_MONTHS_OF[language])}{between}{self.year}"

    def bureaus(self) -> str:
        return " ".join(f"{self._pick('bureaus')}-{self._random.randint(0, 20):02}" for _ in range(5))

    def copies(self) -> str:
        names = self._random.sample(self._words["surnames"], 4)
        return ", ".join(f"{name}{self._random.choice((' (2)', '', ' - 1'))}" for name in names)

    def office(self) -> str:
        post = self._random.choice(("Ambassador in", "Minister in", "Consul General at", "Chargé in", "Embassy in"))
        return f"{post} {self._pick('countries')}"

    def title(self) -> str:
        one, two = self._pick("surnames"), self._pick("surnames")
        kind = self._pick("kinds")
        return self._random.choice(
            (
                f"{kind}, {one} to {two}", f"{kind} No. {self._random.randint(100, 9999)}, {one} to {two}",
                f"{kind} from the Embassy in {self._pick('cities')} to {self._pick('ministries')}",
                f"{self._pick('kinds_long')}, {one} and {two}, {self.date()}",
                f"{kind} from {one} to {two}, Containing a Message on {self._pick('topics')}",
            )
        )  # fmt: skip

    def summary(self) -> str:
        verb = self._random.choice(("reports on", "asks about", "describes", "passes on what was said of", "discusses"))
        one, two, city = self._pick("surnames"), self._pick("surnames"), self._pick("cities")
        first, second = self._pick("topics"), self._pick("topics")
        return self._random.choice(
            (
                f"{one} {verb} {first} and {second}.",
                f"{one} {verb} {first}, {second} and the attitude of {two} toward {self._pick('topics')} in {city}.",
                f"{self._pick('kinds')} from {one} to {two} telling of {first} and of the lack of supplies that "
                f"followed {second}, with a request for instructions about {self._pick('topics')}.",
                f"The ambassador of {self._pick('countries')} in {city} {verb} {first}, and says what the Government "
                f"there thinks of {second}.",
                f"A conversation between {one} and {two} on {first}. They also speak of {second}.",
            )
        )


_FILLERS: dict[str, Any] = {
    "d": Filler.date, "t": Filler.clock, "h": Filler.hour, "copyline": Filler.copies, "bureaus": Filler.bureaus,
    "office": Filler.office, "title": Filler.title, "summary": Filler.summary,
    "dus": lambda f: f"{_MONTHS[f.month - 1]} {f.day}, {f.year}",
    "dUS": lambda f: f"{_MONTHS[f.month - 1]} {f.day}, {f.year}",
    "D": lambda f: f"{f.day} {_MONTHS[f.month - 1].upper()} {f.year}",
    "D2": lambda f: f"{f.day} {_MONTHS[f.month - 1][:3].upper()} {f.year % 100:02}",
    "dR": lambda f: f"{f.day}.{_ROMAN[f.month - 1]}.{f.year % 100:02}",
    "dm": lambda f: f"{_MONTHS[f.month - 1]} {f.day}",
    "dd": lambda f: f"{f.day:02}", "mm": lambda f: f"{f.month:02}", "year": lambda f: str(f.year),
    "dfr": lambda f: f.foreign("fr"), "dde": lambda f: f"{f.day}. {f.foreign('de').split(' ', 1)[1]}",
    "dit": lambda f: f.foreign("it"), "des": lambda f: f.foreign("es", " de "),
    "dru": lambda f: f.foreign("ru") + " г.",
    "dtg": lambda f: f"{f.day:02}{f._random.randint(0, 23):02}{f._random.randint(0, 59):02}Z "
                     f"{_MONTHS[f.month - 1][:3].upper()} {f.year % 100:02}",
    "dtgs": lambda f: f"{f.day:02}{f._random.randint(0, 23):02}{f._random.randint(0, 59):02}Z",
    "prosign": lambda f: f._random.choice("RPOZ"), "N": lambda f: f._random.choice("ABCDEFGHJKLMNPRSTVW"),
    "sur": lambda f: f._pick("surnames"), "given": lambda f: f._pick("given"),
    "name": lambda f: f"{f._random.choice((f._pick('given'), f._pick('given')[0] + '.'))} {f._pick('surnames')}",
    "city": lambda f: f._pick("cities"), "country": lambda f: f._pick("countries"),
    "ministry": lambda f: f._pick("ministries"), "post": lambda f: f._pick("posts"),
    "POST6": lambda f: f._pick("cities").upper()[:6], "CIT4": lambda f: f._pick("cities").upper()[:4],
    "bureau": lambda f: f._pick("bureaus"), "grade": lambda f: f.grade.title(), "topic": lambda f: f._pick("topics"),
    "kind": lambda f: f._pick("kinds"), "cite": lambda f: f._pick("citations"),
    "sponsor": lambda f: f._pick("sponsors"),
    "tags": lambda f: ", ".join(f._random.sample(("PFOR", "PINT", "EAID", "ECON", "EAGR", "KS", "FR", "MO"), 3)),
    "frusnote": lambda f: f.fill(f._pick("frus_notes")),
    "SURRU": lambda f: f._random.choice(_CYRILLIC).upper(), "CITYRU": lambda f: f._random.choice(_CITIES_RU),
}  # fmt: skip


def compose(layout: Layout, blocks: Mapping[str, Layout], words: Mapping[str, Any], random: Random) -> list[Row]:
    """Return one document set in `layout`."""
    filler = Filler(words, random)
    return list(_rows(layout.lines, blocks, filler, random))


def _rows(lines: Sequence[str], blocks: Mapping[str, Layout], filler: Filler, random: Random) -> Iterator[Row]:
    for line in lines:
        if line.startswith("@"):
            block = blocks.get(filler.fill(line[1:]))
            if block is not None:
                yield from _rows(block.lines, blocks, filler, random)
            continue
        zone, text = line.split("|", 1)
        optional, repeated = "?" in zone, "*" in zone
        zone = zone.rstrip("?*")
        if not zone:
            yield "blank", ""
        elif not optional or random.random() < 0.5:
            for ordinal in range(1, (random.randint(1, 6) if repeated else 1) + 1):
                pattern = _body(text, random) if zone == "body" and repeated else text
                yield from _set(zone, pattern.replace("{i}", str(ordinal)), filler, random)


_OF_BODIES = (
    "{TOPIC}", "{topic}", "The Problem", "Recommendations:", "Discussion", "{N}. {topic}", "I. {TOPIC}", "{n1}. {p}",
    "({i}) {p}", "{N}.", "{i}.", "({i})", "a. {p}", "—{p}", "- {p}", "{name}: {p}", "Mr. {sur}: {p}",
    "[Here follows discussion of {topic}.]", "{sur} ({country})", "[{n2} lines not declassified]", "Q. {p}",
    "{country}          {n2}          {n3}", "1. The {topic}", "Comment: {p}", "Summary: {P} End summary.", "{p}2",
    "The Committee:", ". . . . . . .", "[Page {n3}]", "{p} ({city} {n4})",
)  # fmt: skip
"""What stands between the paragraphs of a text: heads, items, speakers, omissions."""


def _body(text: str, random: Random) -> str:
    """Return now and then, in place of a paragraph, what else stands in a body."""
    return random.choice(_OF_BODIES) if text == "{P}" and random.random() < 0.18 else text


def _set(zone: str, text: str, filler: Filler, random: Random) -> Iterator[Row]:
    """Yield one filled line, or the lines of a wrapped paragraph with a blank line behind it."""
    while match := _CHOICE.search(text):
        text = text[: match.start()] + random.choice(match[1].split("/")) + text[match.end() :]
    wrapped = "{W" in text
    filled = filler.fill(text)
    if not filled.strip():
        return
    if not wrapped:
        yield zone, filled
    else:
        indent = " " * (random.choice((0, 0, 1)) * (len(filled) - len(filled.lstrip())))
        for piece in wrap(filled, random.choice((60, 68, 72)), subsequent_indent=indent, drop_whitespace=True):
            yield zone, piece
    if zone == "body" and random.random() < 0.8:
        yield "blank", ""
