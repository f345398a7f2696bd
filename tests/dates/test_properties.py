"""Laws: a date written in any notation reads back as itself, offsets are exact, and no text is too odd to read."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from mabillon.dates import DateMention, complete, find_dates, find_times
from mabillon.dates.edtf import is_edtf

_NAMES = {
    "english": "January February March April May June July August September October November December",
    "russian": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "german": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "french": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "spanish": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "italian": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "polish": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "czech": "ledna února března dubna května června července srpna září října listopadu prosince",
    "romanian": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "hungarian": "január február március április május június július augusztus szeptember október november december",
    "portuguese": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "dutch": "januari februari maart april mei juni juli augustus september oktober november december",
    "turkish": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "roman": "I II III IV V VI VII VIII IX X XI XII",
}
_MONTHS = {language: names.split() for language, names in _NAMES.items()}
ENGLISH = _MONTHS["english"]
RUSSIAN = _MONTHS["russian"]
GERMAN = _MONTHS["german"]
SPANISH = _MONTHS["spanish"]
HUNGARIAN = _MONTHS["hungarian"]
PORTUGUESE = _MONTHS["portuguese"]
ROMAN = _MONTHS["roman"]
SHORT = [name[:3].upper() for name in ENGLISH]
DAY_FIRST = [names for language, names in _MONTHS.items() if language not in ("hungarian", "roman")]


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def _notations(d: date) -> list[str]:
    month = d.month - 1
    return [
        *(f"{d.day} {names[month]} {d.year}" for names in DAY_FIRST),
        *(f"{d.day} {joint} {names[month]} {joint} {d.year}" for names, joint in ((SPANISH, "de"), (PORTUGUESE, "de"))),
        f"{ENGLISH[month]} {d.day}, {d.year}",
        f"{ENGLISH[month]} {_ordinal(d.day)}, {d.year}",
        f"{_ordinal(d.day)} {ENGLISH[month]}, {d.year}",
        f"{_ordinal(d.day)} of {ENGLISH[month]}, {d.year}",
        f"{d.day}. {GERMAN[month]} {d.year}",
        f"{d.day}.{ROMAN[month]}.{d.year}",
        f"{d.day} {ROMAN[month]} {d.year}",
        f"{d.day}.{ROMAN[month]} {d.year}",
        f"{d.year}. {HUNGARIAN[month]} {d.day}.",
        f"{d.day} {SHORT[month]} {d.year}",
        f"{d.year} {SHORT[month]} {d.day:02}",
        f"{SHORT[month]} {d.day} {d.year}",
        f"{d.day}.{ENGLISH[month]}.{d.year}",
        f"{d.day:02}.{d.month:02}.{d.year}",
        f"{d.day}.{d.month}.{d.year}",
        f"{d.day}. {d.month}. {d.year}",
        d.isoformat(),
        f"{d.year}年{d.month}月{d.day}日",
        f"{d.year}년 {d.month}월 {d.day}일",
        *_short_notations(d),
    ]


def _short_notations(d: date) -> list[str]:
    """Two digits are a year only where they can be no day."""
    month, year = d.month - 1, d.year % 100
    return [f"{d.day} {SHORT[month]} {year}", f"{d.day}.{ROMAN[month]}.{year}"] if year > 31 else []


def _times(t: datetime) -> list[str]:
    half = t.hour % 12 or 12
    letter = "ap"[t.hour >= 12]
    return [
        f"{t.hour}:{t.minute:02}", f"{t.hour:02}:{t.minute:02}", f"{half}:{t.minute:02} {letter}.m.",
        f"{half}.{t.minute:02} {letter}. m.", f"{half}:{t.minute:02} {letter.upper()}M", f"{t.hour} h. {t.minute} min.",
        f"{t.hour} hours {t.minute} minutes", f"{t.hour}h{t.minute:02}", f"{t.hour} час. {t.minute} мин.",
        f"{t.hour} Uhr {t.minute} Min.", f"{t:%H%M} hours",
    ]  # fmt: skip


days = st.dates(min_value=date(1900, 1, 1), max_value=date(1999, 12, 31))
moments = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(1999, 12, 31))
surroundings = st.sampled_from(
    ["", "Peking, ", "dated ", "No. 17 of ", "on ", "(", "«", "Telegram ", "see the note of ", "the\n", "x: "]
)
endings = st.sampled_from(["", ".", ", and", " they came", ")", "»", "\n", "; the", " – no"])


@given(days, st.data(), surroundings, endings)
def test_a_day_in_any_notation_reads_back(day: date, data: st.DataObject, before: str, after: str) -> None:
    wording = data.draw(st.sampled_from(_notations(day)))
    (mention,) = find_dates(before + wording + after)
    assert (mention.value, mention.year, mention.month, mention.day) == (
        day.isoformat(), day.year, day.month, day.day,
    )  # fmt: skip
    assert mention.start == len(before)
    assert mention.text.rstrip(".") == wording.rstrip(".")
    assert mention.problems == ()


@given(moments, st.data(), st.sampled_from([", ", " ", " at ", "—"]))
def test_a_day_and_its_clock_time_read_back_as_one(moment: datetime, data: st.DataObject, joint: str) -> None:
    day = data.draw(st.sampled_from(_notations(moment.date())))
    time = data.draw(st.sampled_from(_times(moment)))
    (mention,) = find_dates(f"sent {day}{joint}{time}")
    assert mention.iso == moment.isoformat(timespec="minutes")


@given(moments, st.data(), st.sampled_from([", ", " ", " on "]))
def test_a_clock_time_may_stand_first(moment: datetime, data: st.DataObject, joint: str) -> None:
    day = data.draw(st.sampled_from(_notations(moment.date())))
    time = data.draw(st.sampled_from(_times(moment)))
    (mention,) = find_dates(f"sent {time}{joint}{day}")
    assert mention.iso == moment.isoformat(timespec="minutes")


@given(moments, st.data())
def test_a_clock_time_alone_reads_back(moment: datetime, data: st.DataObject) -> None:
    time = data.draw(st.sampled_from(_times(moment)))
    (mention,) = find_times(f"it came at {time} today")
    assert mention.time == f"{moment:%H:%M}"
    assert find_dates(f"it came at {time} today") == []


@given(moments)
def test_a_date_time_group_reads_back(moment: datetime) -> None:
    (mention,) = find_dates(f"R {moment:%d%H%M}Z {SHORT[moment.month - 1]} {moment:%y}")
    assert (mention.iso, mention.zone) == (moment.isoformat(timespec="minutes"), "Z")


@given(days)
def test_a_day_without_its_year_is_completed_from_a_neighbour(day: date) -> None:
    (mention,) = find_dates(f"{day.day} {ENGLISH[day.month - 1]}")
    assert mention.value is None
    assert complete(mention, near=day.isoformat()).value == day.isoformat()


_WORDS = (
    "at on of Z p.m. AM noon Uhr h. час. мин. GMT (Moscow time) inst. 年 月 日 昭和 三十 Thursday "
    "O52O18Z 1l . , / - — : "
    "’ « » [ ] ?] c. O.S. ² １２ ٣ in the morning d. M."
)
pieces = st.one_of(
    st.text(max_size=6),
    st.sampled_from([*ENGLISH, *SHORT, *ROMAN, *RUSSIAN, *SPANISH, *_WORDS.split(), "\n", " ", "  "]),
    st.integers(0, 99999).map(str),
)


def _is_sound(mention: DateMention, text: str) -> bool:
    return (
        0 <= mention.start < mention.end <= len(text)
        and text[mention.start : mention.end] == mention.text
        and (mention.value is None or is_edtf(mention.value))
        and ("no-such-day" not in mention.problems or mention.value is None)
    )


@settings(max_examples=400)
@given(st.lists(pieces, max_size=14), st.sampled_from(["", " "]))
def test_any_text_is_read_without_error_and_with_exact_offsets(parts: list[str], joint: str) -> None:
    text = joint.join(parts)
    for found in (find_dates(text), find_times(text)):
        assert all(_is_sound(mention, text) for mention in found)
        assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


@given(st.lists(pieces, max_size=10).map(" ".join), st.lists(pieces, max_size=6).map(" ".join))
def test_a_stretch_is_read_as_if_it_stood_alone(before: str, text: str) -> None:
    whole = before + "\n\n" + text
    start = len(before) + 2
    alone = [(m.start + start, m.end + start, m.value, m.time) for m in find_dates(text)]
    assert [(m.start, m.end, m.value, m.time) for m in find_dates(whole, start=start)] == alone
