"""EDTF dates as whole numbers, yyyymmdd, that a database can compare."""

from __future__ import annotations

import re

from mabillon.dates.edtf import day_number

UNDATED = 99999999
_SHAPE = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")


def days_of(edtf: str | None) -> tuple[int | None, int | None]:
    """Return the first and the last day (yyyymmdd) that an EDTF date can mean, None where it cannot be told.

    A day that does not exist (1950-09-31) keeps its place in the order, for the record that bears it must be found.
    """
    if not edtf:
        return None, None
    try:
        return day_number(edtf)
    except ValueError:
        shape = _SHAPE.match(edtf)
    if shape is None:
        return None, None
    month = int(shape[1]) * 10000 + int(shape[2]) * 100
    return month + int(shape[3] or 1), month + int(shape[3] or 31)
