"""Notations of dates and clock times as patterns over token codes (tokens.py). All of them stand here.

A group's name says what the number is: `d` day, `m` month, `y` year (`yy` two digits of it), `d2` `m2` the end of an
interval and `y0` the year of its start; `a` `b` two numbers whose order has to be found; `h` hour, `n` minute, `t` four
or six digits, `k` a clock time within a date, `j` day of the year with the clock time, `E` an era.
"""

from __future__ import annotations

import re
from functools import cached_property

_START = r"(?<![0-9A-Za-z/.-])"
_START_OR_RANGE = rf"(?:{_START}|(?<=[./][24]-))"
_AFTER_WORDS = r"(?<![0-9A-Za-z])(?<![0-9][:.,/])"
_DAY = r"[12](?:-?o)?"
_NO_CLOCK = r"(?![0-9:]|[.]2 ?[aA]| ?[aAhZ](?![a-z])|時)"
_FOUR = r"4(?! ?[Zh](?![.]? ?[12][^0-9]))(?![,.]3|[:0-9])"
_TWO = rf"'?2(?!,? {_FOUR}){_NO_CLOCK}(?![.][0-9])"
_CLOSE = r"(?:[]\"]| ?~)?"
_YEAR = (
    rf"(?:(?:[.]?,?]?[ \n]?(?:p )?|[-/]| ?, ?\n?)(?P<y>{_FOUR})|(?:[.]?,? ?|[-/])(?P<yy>{_TWO})"
    r"|[.]?,? ?\[(?P<yb>4)[?]?\])"
)
_ERA = r"(?: ?e[.]?)?"
_TO = r"(?: ?[-=] ?| t | ?/ ?)"
_END = r"(?![0-9A-Za-z])"
_STAMPED = r"(?:[aA] )?[12] 2(?: [aA])?|[40]Z|0|(?<!, )4|[12][:.]2(?: ?[aA])?|[12] ?[aA]"

DATES: dict[str, str] = {
    # 231405Z JUN 88; 281530K JUN 50; 111655Z; 2314052 JUN 88, its Z misread
    "group": r"(?:(?P<t>G)(?:[ ]?(?P<m>[Mq])[.]?(?:[ ](?P<y>[24]))?(?![0-9]))?|"
    rf"(?P<t1>g)[ ]?(?P<m1>[Mq])[.]?(?:[ ](?P<y1>[24]))?(?![0-9])|{_START}(?P<t2>7) ?(?P<m2>[Mq]) (?P<y2>2)(?![0-9]))",
    # 19/1822Z APR 64; 27 1234Z JUN 50
    "slashgroup": rf"{_START}(?P<d>[12])(?:/(?P<t>[40])Z(?: ?(?P<m>[Mq])[.]?(?:[ ](?P<y>[24]))?(?![0-9]))?|"
    r"[ ](?P<t1>[40])Z (?P<m1>[Mq])[.]?(?:[ ](?P<y1>[24]))?(?![0-9]))",
    # DE RUEHC 3317 0242231: day of the year, hour and minute, in a routing line
    "routing": r"(?:(?<=x [40] )|(?<=#[40] ))(?P<j>7)" + _END,
    # 1950-09-30, 1950.9.30, 1950/9/30, 1950. 9. 30.
    "iso": rf"{_START}(?P<y>4)(?P<s>[-./] ?)(?P<m>[12])(?P=s)(?P<d>[12])(?![0-9]|[-/:.][0-9])[.]?",
    # 22/23/VI/54: a night, or a telegram that came in on the day after
    "span_dd_r": r"(?<![0-9])(?P<d>[12])[/-](?P<d2>[12])[./-](?P<m>[Rr])[./-](?P<y>4|2)(?![0-9])",
    # 24-26 September 1964, 3/15 March 1867, 1 through 18 April 1958
    "span_dd_m": rf"{_AFTER_WORDS}(?P<d>{_DAY})[.]?{_TO}(?P<d2>{_DAY})[.]?[ -]?(?:p )?(?P<m>M)(?:{_YEAR})?{_ERA}",
    # 30 September-1 October 1950, 19 April/1 May 1876
    "span_dm_dm": rf"{_AFTER_WORDS}(?P<d>{_DAY})[.]? ?(?:p )?(?P<m>M)[.]?(?:,? (?P<y0>4)(?: ?e[.]?)?)?{_TO}"
    rf"(?P<d2>{_DAY})[.]? ?(?:p )?(?P<m2>M)(?:{_YEAR})?{_ERA}",
    # September 24-26, 1964; March 3/15, 1867
    "span_m_dd": rf"{_AFTER_WORDS}(?P<m>M)[.]? (?P<d>{_DAY})(?: ?[-/] ?| t )(?P<d2>{_DAY}){_NO_CLOCK}(?:{_YEAR})?",
    # September 30-October 1, 1950
    "span_md_md": rf"{_AFTER_WORDS}(?P<m>M)[.]? (?P<d>{_DAY})(?:,? (?P<y0>4))?{_TO}"
    rf"(?P<m2>M)[.]? (?P<d2>{_DAY}){_NO_CLOCK}(?:{_YEAR})?",
    # September-October 1950, FEB 45-DEC 46
    "span_m_m": rf"{_AFTER_WORDS}(?P<m>M)[.]?(?:,? (?P<y0>[24]))?(?: ?[-/=] ?| t )(?P<m2>M)[.]?,? (?:p )?"
    rf"(?P<y>{_FOUR}|2{_NO_CLOCK}){_ERA}",
    # NOV 4  9 05 AM 1964; FEB 14 2347Z 61
    "stamp": rf"{_AFTER_WORDS}(?P<m>M)[.]? ?(?P<d>[12]),?[ _](?P<k>{_STAMPED})[ _]"
    rf"(?P<y>{_FOUR}|'?2(?! ?[aAh:]|[.]2))(?![0-9])",
    # 1964 APR 19; 1950. szeptember 30.
    "ymd": rf"{_AFTER_WORDS}(?P<y>4)[ .-]{{1,2}}(?:e ?)?(?P<m>M)[ .-]{{1,2}}(?P<d>[12])(?:[.](?![0-9])|o|-o)?"
    rf"(?:{_NO_CLOCK}|(?= [aA] [12] 2(?![0-9])))(?!/)",
    # 30 September 1950, 21.June.1951, 9 de noviembre de 1962, the 21st of September, 31. Juli 1914
    "dmy": rf"{_AFTER_WORDS}(?P<d>{_DAY})(?:[.]?{_CLOSE}[ \n]?(?:p[ \n])*|[-./])(?P<m>[Mq])(?![.]? {_DAY},? {_FOUR})"
    rf"(?:[.]?{_YEAR}{_ERA}|{_END})",
    # the first day of May, 1720; all'ultimo di aprile 1618; den letzten April 1848; x luglio 1618
    "worded": rf"(?<![0-9A-Za-z])(?P<d>[DIRr])(?:[ \n]x(?=[ \n]p))?[ \n](?:p[ \n]|[px]')*(?P<m>M)"
    rf"(?:[.]?,?[ \n](?:p )?(?P<y>{_FOUR}))(?![0-9]){_ERA}",
    # 24.X.62, 12.IV, 13 III 1963, 7-VII-1950, 2.XI 1962
    "roman": rf"{_START}(?P<d>[12])(?:(?:[.] ?|[-/])(?P<m>[Rr])"
    rf"(?:[./-] ?(?P<y>4|2)| (?P<y1>4|2)|(?<![ ].)[.]?(?![A-Za-z0-9]| ?[.]?[0-9]))"
    rf"| (?P<m1>R)[. ] ?(?P<y2>4|2))(?![0-9]|[:-][0-9]|[.]2){_ERA}",
    # September 30, 1950; Sept. 4; November 6th
    "mdy": rf"{_AFTER_WORDS}(?P<m>M)(?:[.,]?[ \n]{{1,2}}|[-./])(?:p )?(?P<d>{_DAY}){_NO_CLOCK}(?:{_YEAR})?"
    r"(?![:/]?[0-9]|,3|-[0-9](?!:))",
    # 29.6.1951, 10/13/50, 30-9-1950
    "numbers": rf"{_START_OR_RANGE}(?P<a>[12])(?P<s>[./-] ?)(?P<b>[12])(?:(?P=s)(?P<y>4|2)|[.] ?\[(?P<yb>4)[?]?\])"
    rf"(?![0-9A-Za-z:]|-(?![12][./])|/(?![12]:)|[.][0-9]{{2}}){_ERA}",
    # 1./8.
    "day_month": rf"{_START}(?P<d>[12])[.] ?/ ?(?P<m>[12])[.](?![0-9/])",
    # 1950年9月30日, 9月30日, 昭和25年9月30日, 1950年9月
    "signs": r"(?:(?:(?P<E>E) ?(?P<y1>[0-9])|(?P<y>[24])) ?年 ?(?:(?P<m>[12]) ?月(?: ?(?P<d>[12]) ?日)?)?|"
    r"(?P<m1>[12]) ?月 ?(?P<d1>[12]) ?日)",
    # 8th instant, the 3rd ult.
    "instant": rf"{_AFTER_WORDS}(?P<d>{_DAY})[.]?,? (?:p )?I{_END}[.]?",
    # September 1950, late September 1950, Sept. '50
    "month_year": rf"{_AFTER_WORDS}(?:l[ -](?:p )?)?(?P<m>[Mq])[.]?(?:,? |\n|, ?\n|[-.] ?)(?:p )?"
    rf"(?P<y>{_FOUR}|'?2{_NO_CLOCK})(?![0-9/]|-(?!M)){_ERA}",
    # 1950 г.
    "year_word": rf"{_AFTER_WORDS}(?P<y>4) ?e{_END}[.]?",
}

_NOT_AFTER_NUMBER = r"(?<![0-9A-Za-z:.,/-])"
_MERIDIEM = rf"(?:[ \n]?(?P<a>[aA]){_END})"
_PART_OF_DAY = rf"(?:[ \n](?:p[ \n]){{0,2}}(?P<a>[ab]){_END})"
_UNTIL = rf"(?: ?[-=] ?(?:(?P<h2>[12])(?:[:.]2)?(?:[ \n]?(?P<a2>[aA]){_END})?|N)(?![0-9:]))"
_NO_DATE = r"(?![0-9]|-?o|[.]?[ \n]?(?:p )?[MqRr]|[./-][0-9MRr])"
_THEN = r"(?: ?[-=] ?(?:[12](?:[:.]2)?(?: ?[aA])?|N)(?![0-9A-Za-z:]))"
_HOUR_WORD = rf"(?: ?[hi][.]?{_END})"

TIMES: dict[str, str] = {
    # 20:35, 3:25 am, 4:30-5:15 p.m., 20:10 hours
    "clock": rf"(?<![0-9:.,])(?<![0-9][-/])(?P<h>[12]) ?:(?P<n>2)(?::2)?(?![0-9:])"
    rf"(?:{_MERIDIEM}?{_UNTIL}?{_HOUR_WORD}?(?![ \n](?:p[ \n]){{0,2}}b)|"
    rf"(?: ?h[.]?)?[ \n](?:p[ \n]){{0,2}}(?P<b>b){_END})",
    # 13 h. 20 min.; 21 hours 15 minutes; 17h40; 3 Uhr 45 M. p. m.; 14 hours
    "hours": rf"{_NOT_AFTER_NUMBER}(?P<h>[12])(?:-?o)? ?(?P<H>h)(?:[.]?,?[ \n]?(?:p )?(?P<n>[12])[ \n]?i{_END}[.]?"
    rf"|(?:[.] ?)?(?P<n1>2){_NO_DATE}|[ ](?P<n2>2){_NO_DATE}(?! ?[A-Za-z])|[.]?){_PART_OF_DAY}?",
    # godz. 18.30, ora 16
    "hour_first": r"(?<![0-9A-Za-z])(?<![0-9x] )h[.]? (?P<h>[12])(?:[:.,](?P<n>2))?"
    rf"(?![0-9]|[.,/-][0-9]| ?[.]? ?[MRq]| ?h){_PART_OF_DAY}?",
    # 1300Z, 0600 hours
    "military": rf"{_NOT_AFTER_NUMBER}(?P<t>[40])(?: ?Z{_END}| ?h{_END}(?![.]? [12][.:]2)[.]?)",
    "spaced": rf"{_NOT_AFTER_NUMBER}(?P<h>2) (?P<n>2)Z{_END}",
    # 5.15 p.m., 5.15-6.30 p.m., 18.30 Uhr, 4.0 p.m.
    "dotted": rf"{_NOT_AFTER_NUMBER}(?P<h>[12])[.](?P<n>2|1(?= ?[aA]))"
    rf"(?:{_MERIDIEM}{_THEN}?|{_UNTIL}(?<=[aA])|{_HOUR_WORD})",
    # 16,20 ч.; 18,30 Uhr
    "comma": rf"{_NOT_AFTER_NUMBER}(?P<h>[12]),(?P<n>2){_HOUR_WORD}[.]?",
    # 6 p.m., 10 p. m., 6-7 p.m.
    "meridiem": rf"{_NOT_AFTER_NUMBER}(?P<h>[12])(?:{_MERIDIEM}{_THEN}?|{_UNTIL}(?<=[aA]))",
    # 午後3時20分
    "signs": r"(?P<a>b)? ?(?P<h>[12]) ?時(?: ?(?P<n>[12]) ?分)?",
    # midnight, 12 noon
    "noon": r"(?<![0-9A-Za-z])(?:(?:2|1) )?(?P<N>N)(?![0-9])",
}

WEAK_TIMES: dict[str, str] = {
    "stamp_a": rf"{_NOT_AFTER_NUMBER}(?P<a>[aA]) (?P<h>[12]) (?P<n>2)(?![0-9]|[.:/-][0-9])",
    "stamp_z": rf"{_NOT_AFTER_NUMBER}(?P<h>[12]) (?P<n>2)(?: (?P<a>[aA]))?(?![0-9A-Za-z]|[.:/,-][0-9])",
    "digits": rf"{_NOT_AFTER_NUMBER}(?P<t>[40])(?![0-9A-Za-z]|[.:/,-][0-9])",
    "plain_dotted": rf"{_NOT_AFTER_NUMBER}(?P<h>[12])[.](?P<n>2)(?![0-9]|[.:/,-][0-9])",
}
"""Notations that are clock times only beside a date: 2035, 18 41, AM 9 12, 19.30."""


class Notations:
    """A family of notations: one pattern finds the next of any kind, one each reads the kinds in turn."""

    def __init__(self, patterns: dict[str, str]) -> None:
        self.patterns = patterns
        self._each: dict[str, re.Pattern[str]] = {}

    @cached_property
    def any(self) -> re.Pattern[str]:
        """Finds any of them; only the name of the kind is kept, and the separator that a kind repeats."""
        bare = ((kind, _SEPARATOR.sub(rf"(?P\g<1>{kind}_s", pattern)) for kind, pattern in self.patterns.items())
        return re.compile("|".join(f"(?P<{kind}>{_NAMES.sub('(?:', pattern)})" for kind, pattern in bare))

    def match(self, kind: str, codes: str, position: int) -> re.Match[str] | None:
        if kind not in self._each:
            self._each[kind] = re.compile(self.patterns[kind])
        return self._each[kind].match(codes, position)


_SEPARATOR = re.compile(r"\(\?P([<=])s(?=[>)])")
_NAMES = re.compile(r"\(\?P<(?!\w+_s>)\w+>")

DATE_NOTATIONS = Notations(DATES)
TIME_NOTATIONS = Notations(TIMES)
WEAK_TIME_NOTATIONS = Notations(WEAK_TIMES)
WEEKDAY_BEFORE = re.compile(r"(?<![A-Za-z0-9])w(?:-x)?[.]?(?: ?[,(]? ?|\n)(?:[pA][ \n])*\Z")
WEEKDAY_AFTER = re.compile(r"(?: ?\( ?|, )(w)(?:-x)?[.]?(?![A-Za-z0-9])\)?")
