"""Notations of dates and clock times as patterns over token codes (tokens.py). All of them stand here.

A group's name says what the number is: `d` day, `m` month, `y` year, `d2` `m2` `y2` the end of an interval; `a` `b`
two numbers whose order has to be found; `h` hour, `n` minute, `t` four or six digits, `k` a clock time within a date.
"""

from __future__ import annotations

import re
from functools import cached_property

_START = r"(?<![0-9A-Za-z/.-])"
_START_LOOSE = r"(?<![0-9A-Za-z])"
_DAY = r"[12](?:-?o)?"
_NO_CLOCK = r"(?![0-9:]|[.][0-9]| ?[aAhZ](?![a-z])|時)"
_FOUR = r"4(?! ?[Zh](?![ ]?[12][^0-9]))(?![,.]3|[:0-9]|-[0-9])"
_TWO = r"'?2" + _NO_CLOCK
_YEAR = rf"(?:(?:[.]?,?[ \n]?(?:p )?|-| ?, ?\n?)(?P<y>{_FOUR})|(?:[.]?,? ?|-)(?P<yy>{_TWO}))"
_ERA = r"(?: ?e[.]?)?"
_TO = r"(?: ?[-=] ?| t | ?/ ?)"
_STAMP_TIME = r"(?:[aA] )?[12] 2(?: [aA])?|[40]Z?|[12][:.]2(?: ?[aA])?|[12] ?[aA]"

DATES: dict[str, str] = {
    # 231405Z JUN 88; 19/1822Z APR 64; 111655Z
    "group": r"(?P<t>G)(?:[ ]?(?P<m>[Mq])[.]?(?:[ ](?P<y>[24]))?(?![0-9]))?",
    "slashgroup": _START + r"(?P<d>[12])/(?P<t>[40])Z(?: ?(?P<m>[Mq])[.]?(?:[ ](?P<y>[24]))?(?![0-9]))?",
    # 1950-09-30, 1950.9.30, 1950/9/30
    "iso": _START + r"(?P<y>4)(?P<s>[-./])(?P<m>[12])(?P=s)(?P<d>[12])(?![0-9]|[-/:.][0-9])",
    # 24-26 September 1964, 3/15 March 1867, 1 through 18 April 1958
    "span_dd_m": _START_LOOSE + rf"(?P<d>{_DAY})[.]?{_TO}(?P<d2>{_DAY})[.]?[ -]?(?:p )?(?P<m>M)(?:{_YEAR})?{_ERA}",
    # 30 September-1 October 1950, 19 April/1 May 1876
    "span_dm_dm": _START_LOOSE
    + rf"(?P<d>{_DAY})[.]? ?(?:p )?(?P<m>M)[.]?(?:,? (?P<y0>4))?{_TO}(?P<d2>{_DAY})[.]? ?(?:p )?(?P<m2>M)(?:{_YEAR})?{_ERA}",
    # September 24-26, 1964; March 3/15, 1867
    "span_m_dd": _START_LOOSE + rf"(?P<m>M)[.]? (?P<d>{_DAY})(?: ?[-/] ?| t )(?P<d2>{_DAY}){_NO_CLOCK}(?:{_YEAR})?",
    # September 30-October 1, 1950
    "span_md_md": _START_LOOSE
    + rf"(?P<m>M)[.]? (?P<d>{_DAY})(?:,? (?P<y0>4))?{_TO}(?P<m2>M)[.]? (?P<d2>{_DAY}){_NO_CLOCK}(?:{_YEAR})?",
    # NOV 4  9 05 AM 1964; FEB 14 2347Z 61
    "stamp": _START_LOOSE + rf"(?P<m>M)[.]? ?(?P<d>[12]),?[ _](?P<k>{_STAMP_TIME})[ _](?P<y>4|2(?! ?[aA:]))(?![0-9])",
    # 1964 APR 19; 1950. szeptember 30.
    "ymd": _START_LOOSE + rf"(?P<y>4)[ .,-]{{1,2}}(?:e ?)?(?P<m>M)[ .-]{{1,2}}(?P<d>[12])(?:[.]|o|-o)?(?:{_NO_CLOCK}|(?= [aA] [12] 2(?![0-9])))(?!/)",
    # 30 September 1950, 21.June.1951, 9 de noviembre de 1962, the 21st of September, 31. Juli 1914
    "dmy": _START_LOOSE + rf"(?P<d>{_DAY})(?:[.]?[ \n]?(?:p[ \n])*|[-.])(?P<m>[Mq])(?:[.]?{_YEAR}{_ERA}|(?![A-Za-z0-9]))",
    # 24.X.62, 12.IV, 13 III 1963, 7-VII-1950, 2.XI 1962
    "roman": _START
    + r"(?P<d>[12])(?:(?:[.] ?|[-/])(?P<m>[Rr])(?:[./-] ?(?P<y>4|2)| (?P<y1>4)|[.]?(?![A-Za-z0-9]| ?[.]?[0-9]))"
    + rf"| (?P<m1>R)[. ] ?(?P<y2>4|2))(?![0-9])(?![.:-][0-9]){_ERA}",
    # September 30, 1950; Sept. 4; November 6th
    "mdy": _START_LOOSE + rf"(?P<m>M)(?:[.,]?[ \n]{{1,2}}|[-.])(?:p )?(?P<d>{_DAY}){_NO_CLOCK}(?:{_YEAR})?(?![.,:/-]?[0-9])",
    # 29.6.1951, 10/13/50, 30-9-1950
    "numbers": _START + r"(?P<a>[12])(?P<s>[./-] ?)(?P<b>[12])(?P=s)(?P<y>4|2)(?![0-9A-Za-z]|[-:]|/(?![12]:)|[.][0-9])" + _ERA,
    # 1./8.
    "day_month": _START + r"(?P<d>[12])[.] ?/ ?(?P<m>[12])[.](?![0-9/])",
    # 1950年9月30日, 9月30日, 昭和25年9月30日, 1950年9月
    "signs": r"(?:(?P<E>E)? ?(?P<y>[0-9]) ?年 ?)(?:(?P<m>[12]) ?月(?: ?(?P<d>[12]) ?日)?)?|(?P<m1>[12]) ?月 ?(?P<d1>[12]) ?日",
    # 8th instant, the 3rd ult.
    "instant": _START_LOOSE + rf"(?P<d>{_DAY}) (?:p )?(?P<I>I)[.]?",
    # September 1950, late September 1950, Sept. '50
    "month_year": _START_LOOSE + rf"(?:l[ -](?:p )?)?(?P<m>[Mq])[.]?(?:,? |\n|, ?\n|[-.] ?)(?:p )?(?P<y>{_FOUR}|'2)(?![0-9])",
    # 1950 г.
    "year_word": _START_LOOSE + r"(?P<y>4) ?(?P<e>e)[.]?",
}  # fmt: skip

_MERIDIEM = r"(?: ?(?P<a>[aA])(?![A-Za-z0-9]))"
_TAIL = r"(?: ?[-=] ?[12](?:[:.]2)?(?: ?(?P<a2>[aA])(?![A-Za-z0-9]))?(?![0-9:]))?"

TIMES: dict[str, str] = {
    # 20:35, 3:25 am, 4:30-5:15 p.m.
    "clock": rf"(?<![0-9:.,])(?<![0-9][-/])(?P<h>[12]) ?:(?P<n>2)(?::2)?{_MERIDIEM}?(?![0-9:]){_TAIL}(?: ?[hi][.]?(?![A-Za-z]))?",
    # 13 h. 20 min.; 21 hours 15 minutes; 17h40; 3 Uhr 45 M. p. m.; 14 hours
    "hours": r"(?<![0-9:.,])(?P<h>[12])(?:-?o)? ?h[.]?(?:,?[ \n]?(?:p )?(?P<n>[12])(?:[ \n]?(?P<i>i)[.]?(?![A-Za-z0-9])|"
    r"(?<=2)(?![0-9]|-?o|[.]?[ \n]?(?:p )?[MqRr]|[./-][0-9MRr]| ?[a-zA-Z])))?(?:[ ](?P<a>a))?",
    # godz. 18.30, ora 16
    "hour_first": r"(?<![0-9A-Za-z])h[.]? (?P<h>[12])(?:[:.,](?P<n>2))?(?![0-9]|[.,/-][0-9]| ?[.]? ?[MRq])(?: ?(?P<a>a))?",
    # 1300Z, 0600 hours
    "military": r"(?<![0-9A-Za-z:.,/-])(?P<t>[40])(?:Z(?![0-9])| ?h[.]?(?![A-Za-z0-9])| Z(?![A-Za-z0-9]))",
    "spaced": r"(?<![0-9A-Za-z:.,/-])(?P<h>2) (?P<n>2)Z",
    # 5.15 p.m.
    "dotted": rf"(?<![0-9A-Za-z:.,/-])(?P<h>[12])[.](?P<n>2)(?:{_MERIDIEM}|{_TAIL[3:-2]}(?<=[aA]))",
    # 6 p.m., 10 p. m.
    "meridiem": rf"(?<![0-9A-Za-z:.,/-])(?P<h>[12])(?: ?[-=] ?[12](?= ?[aA]))?{_MERIDIEM}",
    # 午後3時20分
    "signs": r"(?P<a>a)? ?(?P<h>[12]) ?時(?: ?(?P<n>[12]) ?分)?",
    # midnight
    "noon": r"(?:(?<![0-9])12 )?(?P<N>N)(?![0-9])",
}  # fmt: skip

WEAK_TIMES: dict[str, str] = {
    "stamp_a": r"(?<![0-9A-Za-z:.,/-])(?P<a>[aA]) (?P<h>[12]) (?P<n>2)(?![0-9]|[.:/-][0-9])",
    "stamp_z": r"(?<![0-9A-Za-z:.,/-])(?P<h>[12]) (?P<n>2)(?: (?P<a>[aA]))?(?![0-9A-Za-z]|[.:/,-][0-9])",
    "digits": r"(?<![0-9A-Za-z:.,/-])(?P<t>[40])(?![0-9A-Za-z]|[.:/,-][0-9])",
    "plain_dotted": r"(?<![0-9A-Za-z:.,/-])(?P<h>[12])[.](?P<n>2)(?![0-9]|[.:/,-][0-9])",
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
WEEKDAY_BEFORE = re.compile(r"(?<![A-Za-z0-9])w(?:-x)?[.]?(?: ?[,(]? ?|\n)(?:[pA][ \n])*$")
WEEKDAY_AFTER = re.compile(r"(?: ?\( ?|, )(w)(?:-x)?[.]?(?![A-Za-z0-9])\)?")
