"""Each notation in a sentence of its own: the wording, the value and the clock time that must come out."""

from __future__ import annotations

import pytest

from mabillon.dates import DateMention, find_dates, find_times

# sentence with the wording in «», EDTF value, clock time, zone
DATES = [
    ("sent at «2035 30 September 1950» by wire", "1950-09-30", "20:35", None),
    ("«17:40 29.6.1951»", "1951-06-29", "17:40", None),
    ("From PEKING, «7.VII.1950, 13 h. 20 min.»", "1950-07-07", "13:20", None),
    ("on «10/13/50 at 02:40 a.m.»", "1950-10-13", "02:40", None),
    ("left Havana on «10.28.1962 at 18:30» and came on", "1962-10-28", "18:30", None),
    ("at «4 h. 10 min. 24 May 1949»", "1949-05-24", "04:10", None),
    ("No. 13908. «16 hours 20 minutes. 18.VII.1949»", "1949-07-18", "16:20", None),
    ("No. 1562 «21 hours 15\nminutes, 18.1.1951»", "1951-01-18", "21:15", None),
    ("Получена «22 час. 40 мин. 12.IV.1950»", "1950-04-12", "22:40", None),
    ("«4 апреля 1958 г.» решение", "1958-04-04", None, None),
    ("«6 hours 35 minutes on 9 March 1948»", "1948-03-09", "06:35", None),
    ("on «3:25 am, 22 May 1950»", "1950-05-22", "03:25", None),
    ("Diary, «19 January 1950, 14 hours»", "1950-01-19", "14:00", None),
    ("Manila, «June 26, 1950—10 p. m.»", "1950-06-26", "22:00", None),
    ("Nanking, «October 9, 1931—noon»", "1931-10-09", "12:00", None),
    ("London, «November 6, 1914, 6 p.m.»", "1914-11-06", "18:00", None),
    ("«March 23, 1955--5:50 p.m.»", "1955-03-23", "17:50", None),
    ("Saigon, «November 3, 1965, 0915Z».", "1965-11-03", "09:15", "Z"),
    ("P «231405Z JUN 88»", "1988-06-23", "14:05", "Z"),
    ("R «250802Z FEB 74» ZFF", "1974-02-25", "08:02", "Z"),
    ("«1964 APR 19  18 41»", "1964-04-19", "18:41", None),
    ("RECEIVED «1966 MAY 25 AM 9 12» / RM/R", "1966-05-25", "09:12", None),
    ("«NOV 4  9 05 AM 1964»", "1964-11-04", "09:05", None),
    ("«FEB 14 2347Z 61»", "1961-02-14", "23:47", "Z"),
    ("Rec'd: «August 14, 1961\n       13:52 p.m.»]", "1961-08-14", "13:52", None),
    ("Saint-Pétersbourg, «30 juillet 1914, 9 h. 15».", "1914-07-30", "09:15", None),
    ("D. «11.20 a.m. (Peking time) 6th October, 1950».", "1950-10-06", "11:20", "Peking time"),
    ("«22.10.1971, 19.30 (New York time)»", "1971-10-22", "19:30", "New York time"),
    ("«20:10 Beijing time 21.6.51»", "1951-06-21", "20:10", "Beijing time"),
    ("Date: «09.05.1974/16:00»", "1974-05-09", "16:00", None),
    ("«October 11, 1966, 4:30-5:15 p.m.»", "1966-10-11", "16:30", None),
    ("le «mardi 22 novembre 1960 à 17h40»", "1960-11-22", "17:40", None),
    ("Warszawa, «30 września 1950 r., godz. 18.30»", "1950-09-30", "18:30", None),
    ("«1950. szeptember 30. 18 óra 30 perc»", "1950-09-30", "18:30", None),
    ("Dall’Haya all’«ultimo di aprile 1618»", "1618-04-30", None, None),
    ("Dall’Haya a’ «x luglio 1618»", "1618-07-10", None, None),
    ("datum Viennae «xxiii Martii 1716»", "1716-03-23", None, None),
    ("given the «first day of May, 1720»", "1720-05-01", None, None),
    ("on the «twenty-first of June 1788»", "1788-06-21", None, None),
    ("Berlin, den «letzten Februar 1848»", "1848-02-29", None, None),
    ("Paris, le «premier mai 1720»", "1720-05-01", None, None),
    ("Рим, «двадцать первого марта 1916 г.»", "1916-03-21", None, None),
    ("see volume II, «May 1950»", "1950-05", None, None),
    ("in part IV «September 1950» is", "1950-09", None, None),
    ("Dall’Haya a’ «19 giungo 1618»", "1618-06-19", None, None),
    ("Seoul, «3 Septemher 1950»", "1950-09-03", None, None),
    ("4 regiment 1950 and «June 1950»", "1950-06", None, None),
    ("Avsänt den «27 februari 1948 kl. 18.30»", "1948-02-27", "18:30", None),
    ("Mottatt «3. mars 1949 kl. 14.05»", "1949-03-03", "14:05", None),
    ("Получена на «19 юли 1968 г., 16,20 ч.»", "1968-07-19", "16:20", None),
    ("(Received «January 5, 1939, 4.0 p.m.»)", "1939-01-05", "16:00", None),
    ("printed «17.IX. 10.15»", None, "10:15", None),
    ("EM/«22/23/VI/54»", "1954-06-22/1954-06-23", None, None),
    ("«1950-09-30T20:35»", "1950-09-30", "20:35", None),
    ("«昭和25年9月30日午後3時20分»", "1950-09-30", "15:20", None),
    ("«1950年9月30日»金日成", "1950-09-30", None, None),
    ("«1950년 9월 30일»", "1950-09-30", None, None),
    ("«September 30, 1950» and later", "1950-09-30", None, None),
    ("«30 Sept 50»", "1950-09-30", None, None),
    ("from «24.X.62» on", "1962-10-24", None, None),
    ("Praha, «13 III 1963»", "1963-03-13", None, None),
    ("«2.XI 1962»", "1962-11-02", None, None),
    ("«21.June.1951»", "1951-06-21", None, None),
    ("Wien, «31. Juli 1914»", "1914-07-31", None, None),
    ("Paris, le «1er janvier 1960»", "1960-01-01", None, None),
    ("La Habana, «9 de noviembre de 1962»", "1962-11-09", None, None),
    ("recibido «12 NOV. 1962»]", "1962-11-12", None, None),
    ("Parigi, «12 giugno 1866».", "1866-06-12", None, None),
    ("«13th June, 1962»", "1962-06-13", None, None),
    ("declassified «05/17/1999»", "1999-05-17", None, None),
    ("«30.09.50»", "1950-09-30", None, None),
    ("«18 Mar 63»", "1963-03-18", None, None),
    ("«26-го сентября 1950 года»", "1950-09-26", None, None),
    ("in «late September 1950» they", "1950-09", None, None),
    ("since «September 1950» they", "1950-09", None, None),
    ("«24 - 26 SEPTEMBER 1964»", "1964-09-24/1964-09-26", None, None),
    ("for the period «1 through 18 April 1958»", "1958-04-01/1958-04-18", None, None),
    ("«30 September-1 October 1950»", "1950-09-30/1950-10-01", None, None),
    ("«December 31, 1950-January 2, 1951»", "1950-12-31/1951-01-02", None, None),
    ("St. Petersburg, «March 3-15, 1867».", "1867-03-15", None, None),
    ("«3/15 March 1867»", "1867-03-15", None, None),
    ("«24 February/8 March 1867»", "1867-03-08", None, None),
    ("R «281530K JUN 50»", "1950-06-28", "15:30", "K"),
    ("SECRET «2518022 JUL 74» CITE", "1974-07-25", "18:02", "Z"),
    ("«05/1300Z May 50»", "1950-05-05", "13:00", "Z"),
    ("«DEC 7 4 13 PM '50»", "1950-12-07", "16:13", None),
    ("«JAN 1 1959 1000 hours»", "1959-01-01", "10:00", None),
    ("Received: «3.XI 62. at 08.30»", "1962-11-03", "08:30", None),
    ("«9:30 A.M. (Washington time), November 5, 1950»", "1950-11-05", "09:30", "Washington time"),
    ("«20 час. 10 мин. по московскому времени 5.V.50»", "1950-05-05", "20:10", "по московскому времени"),
    ("à «20 h. 10 (heure de Paris), 5 mai 1950»", "1950-05-05", "20:10", "heure de Paris"),
    ("«5 May 1950, 20:10 (Moscow)»", "1950-05-05", "20:10", "Moscow"),
    ("um «20.10 Uhr am 31. Juli 1914»", "1914-07-31", "20:10", None),
    ("le «3 août 1914, à 8 heures du matin»", "1914-08-03", "08:00", None),
    ("в «2 часа 30 минут дня 5 мая 1950 г.»", "1950-05-05", "14:30", None),
    ("il «3 marzo 1950 alle ore 18,30»", "1950-03-03", "18:30", None),
    ("«5 Ekim 1950 saat 10:30»", "1950-10-05", "10:30", None),
    ("«September 28, 1971, 5:30\n    p.m.»", "1971-09-28", "17:30", None),
    ("«May 3, 1950, 11–12:15 p.m.»", "1950-05-03", "11:00", None),
    ("«20:15 September 30, 1950»", "1950-09-30", "20:15", None),
    ("No. 15 «September 30, 1950»", "1950-09-30", None, None),
    ("No. 1655 «24 October 1962»", "1962-10-24", None, None),
    ("within 24 hours of «3 May 1950»", "1950-05-03", None, None),
    ("for 6 hours on «9 March 1948»", "1948-03-09", None, None),
    ("«民國三十九年九月三十日»", "1950-09-30", None, None),
    ("«一九五〇年九月三十日»", "1950-09-30", None, None),
    ("«[30 September] 1950»", "1950-09-30", None, None),
    ("«30 September [1950]»", "1950-09-30", None, None),
    ("««30» сентября 1950 г.»", "1950-09-30", None, None),
    ("Wien, «7. Julii 1719»", "1719-07-07", None, None),
    ("«4 7bris 1857»", "1857-09-04", None, None),
    ("released «8/00/1963»", "1963-08", None, None),
    ("RELATIONS, «FEB 45-DEC 46»", "1945-02/1946-12", None, None),
    ("visited in «DEC 55» AND", "1955-12", None, None),
    ("«1950»", "1950", None, None),
    ("[«c. 3 May 1950»]", "1950-05-03~", None, None),
    ("[«3 May 1950?»]", "1950-05-03?", None, None),
    ("«December 30, 1950-January 2»", "1950-12-30/1951-01-02", None, None),
]


def _split(marked: str) -> tuple[str, int, str]:
    before, _, rest = marked.partition("«")
    wording, _, after = rest.rpartition("»")
    return before + wording + after, len(before), wording


@pytest.mark.parametrize(("marked", "value", "time", "zone"), DATES)
def test_a_date_is_read_with_its_exact_wording(marked: str, value: str, time: str | None, zone: str | None) -> None:
    text, start, wording = _split(marked)
    (mention,) = find_dates(text)
    assert (mention.text, mention.start, mention.end) == (wording, start, start + len(wording))
    assert (mention.value, mention.time, mention.zone) == (value, time, zone)


# sentence, day, month, clock time
YEARLESS = [
    ("received at «2332 30 September»", 30, 9, "23:32"),
    ("your «Sept. 4».", 4, 9, None),
    ("from «12.IV» on", 12, 4, None),
    ("[Received «September 28—2:49 p. m.»]", 28, 9, "14:49"),
    ("S E C R E T «111655Z»", 11, None, "16:55"),
    ("DE ESI 88A «19/1822Z APR»", 19, 4, "18:22"),
    ("S E C R E T «O52O18Z»    ", 5, None, "20:18"),
    ("on «1l JUL»", 11, 7, None),
    ("eingetr. «9 Uhr 30 M. a. m. 1./8.»", 1, 8, "09:30"),
    ("le «mardi 22 novembre»", 22, 11, None),
    ("the «21st of September»", 21, 9, None),
    ("your letter of the «8th instant»", 8, None, None),
    ("“«October 8, 9 p. m.» The Vice Minister", 8, 10, "21:00"),
]


@pytest.mark.parametrize(("marked", "day", "month", "time"), YEARLESS)
def test_a_date_without_its_year_has_parts_and_no_value(
    marked: str, day: int, month: int | None, time: str | None
) -> None:
    text, start, wording = _split(marked)
    (mention,) = find_dates(text)
    assert (mention.text, mention.start) == (wording, start)
    assert (mention.value, mention.year, mention.month, mention.day, mention.time) == (None, None, month, day, time)


TIMES = [
    ("R. «7.05 a.m. (G.M.T.)»", "07:05", "G.M.T."),
    ("at «5.15 p.m.» today", "17:15", None),
    ("until «11 o’clock».", "11:00", None),
    ("it took until «13 h. 20 min.»", "13:20", None),
    ("at «0600 hours».", "06:00", None),
    ("at «2:30 this afternoon»", "14:30", None),
    ("towards «midnight» they", "00:00", None),
    ("DTG «23 05Z»", "23:05", "Z"),
    ("à «17h40»", "17:40", None),
    ("reçu «15 h. 40»", "15:40", None),
    ("Aufg. «3 Uhr 45 M. p. m.»", "15:45", None),
    ("came in at «01:20» here", "01:20", None),
]


@pytest.mark.parametrize(("marked", "time", "zone"), TIMES)
def test_a_clock_time_alone(marked: str, time: str, zone: str | None) -> None:
    text, start, wording = _split(marked)
    (mention,) = find_times(text)
    assert (mention.text, mention.start, mention.time, mention.zone) == (wording, start, time, zone)
    assert mention.value is None
    assert find_dates(text) == []


def test_old_style_is_said_to_be_a_calendar_of_its_own() -> None:
    (mention,) = find_dates("3 May 1905 (O.S.)")
    assert (mention.text, mention.value, mention.problems) == ("3 May 1905 (O.S.)", "1905-05-03", ("calendar",))


def test_two_zones_of_one_moment_are_two_times() -> None:
    times = find_times("at 8:00 a.m. Moscow Time (6:00 a.m. CET)")
    assert [(t.time, t.zone) for t in times] == [("08:00", "Moscow Time"), ("06:00", "CET")]


@pytest.mark.parametrize(
    "text",
    [
        "795.00/9–2650: Telegram", "611.95B/7–955", "FO 371/84076", "793.94/16241", "Nº 600308/sh", "P78/184",
        "ll. 158–159", "scale 1:100,000", "PL 480", "1. The Embassy", "File # 10.902", "no. 84.515", "IN 48816",
        "WASHINGTON, D.C. 20520", "fond 45, opis 1, delo 335", "3/64/802", "16/3139", "tel. 555-12-50",
        "it may 3 times", "In 3 may the law", "they march 5 abreast", "48 hours at Catavi", "31 to 12",
        "TsKhSD 89/45/8", "ACTION NEA-07 INFO OCT-01",
        "4. I said", "ratio 60:40", "in 1954", "12 set. Then", "two hours 10", "3 MAY BE READ",
        "558/11/334", "12 copies printed", "No. 8109-rs", "for 24 hours", "I 12 II",
    ],
)  # fmt: skip
def test_numbers_that_are_no_dates(text: str) -> None:
    assert find_dates(text) == []


IMPOSSIBLE = [
    ("31 September 1950", "no-such-day", 31),
    ("30 February", "no-such-day", 30),
    ("29 February 1951", "no-such-day", 29),
    ("31/11/50", "no-such-day", 31),
]


@pytest.mark.parametrize(("text", "problem", "day"), IMPOSSIBLE)
def test_an_impossible_day_keeps_its_wording_and_has_no_value(text: str, problem: str, day: int) -> None:
    (mention,) = find_dates(text)
    assert (mention.text, mention.value, mention.day) == (text, None, day)
    assert mention.problems == (problem,)


def test_an_impossible_time_keeps_the_day() -> None:
    (mention,) = find_dates("on 5 May 1950 at 25:10")
    assert (mention.value, mention.time, mention.problems) == ("1950-05-05", "25:10", ("no-such-time",))


def test_half_past_one_in_the_afternoon_is_told_twice() -> None:
    (mention,) = find_dates("on 10/13/50 at 13:10 p.m.")
    assert (mention.time, mention.problems) == ("13:10", ("meridiem-clash",))


class TestOrder:
    def test_slashes_are_read_month_first_and_said_to_be_ambiguous(self) -> None:
        (mention,) = find_dates("10/11/50")
        assert (mention.value, mention.order, mention.problems) == ("1950-10-11", "mdy", ("ambiguous-order",))

    def test_full_stops_are_read_day_first(self) -> None:
        (mention,) = find_dates("10.11.50")
        assert (mention.value, mention.problems) == ("1950-11-10", ())

    def test_preference_decides(self) -> None:
        (mention,) = find_dates("10/11/50", prefer="dmy")
        assert (mention.value, mention.problems) == ("1950-11-10", ())

    def test_another_date_of_the_text_decides(self) -> None:
        first, second = find_dates("from 10/11/50 to 23/11/50")
        assert (first.value, first.problems, second.value) == ("1950-11-10", (), "1950-11-23")

    def test_what_is_possible_outweighs_preference(self) -> None:
        (mention,) = find_dates("10/13/50", prefer="dmy")
        assert mention.value == "1950-10-13"


WEEKDAYS = [
    ("Thursday, 26 September 1950", 3), ("Friday 2 November 1956", 4), ("Wednesday, 11 April 1962", 2),
    ("mardi 22 novembre", 1), ("в среду 11 апреля 1962 г.", 2), ("am Freitag, den 31. Juli 1914", 4),
    ("martes, 9 de noviembre de 1962", 1), ("1950年9月30日(土曜日)", 5),
]  # fmt: skip


@pytest.mark.parametrize(("text", "weekday"), WEEKDAYS)
def test_the_weekday_named_with_a_date(text: str, weekday: int) -> None:
    (mention,) = find_dates(text)
    assert mention.weekday == weekday


def test_offsets_are_absolute_in_a_stretch_of_text() -> None:
    text = "1 May 1949. Then 2 May 1950, then 3 May 1951."
    (mention,) = find_dates(text, start=12, end=30)
    assert text[mention.start : mention.end] == "2 May 1950"


def test_the_default_year_fills_in_and_settles_the_century() -> None:
    values = [m.value for m in find_dates("October 8; 9/10/63", default_year=1863, prefer="mdy")]
    assert values == ["1863-10-08", "1863-09-10"]


def test_iso_joins_day_and_time() -> None:
    mention: DateMention = find_dates("2035 30 September 1950")[0]
    assert mention.iso == "1950-09-30T20:35"
    assert find_dates("2332 30 September")[0].iso is None


def test_only_the_languages_asked_for_are_read() -> None:
    text = "30 September 1950, 30 сентября 1950 г."
    assert [m.text for m in find_dates(text, languages=["ru"])] == ["30 сентября 1950 г."]
    assert [m.text for m in find_dates(text, languages=["en"])] == ["30 September 1950"]


def test_a_long_register_is_read_to_its_end() -> None:
    lines = [f"26.10.62 22:{index % 60:02} No. {index} of 3 May 1950" for index in range(400)]
    found = find_dates("\n".join(lines))
    assert [mention.iso or mention.value for mention in found[-2:]] == ["1962-10-26T22:39", "1950-05-03"]
    assert len(found) == 800
