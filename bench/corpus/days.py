"""A day as each service writes it."""

from __future__ import annotations

from datetime import date

ENGLISH = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
FRENCH = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre")  # fmt: skip
GERMAN = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
          "Dezember")  # fmt: skip


def write_day(day: date, style: str) -> str:
    """Return `day` in a style: dots, dmy, mdy, mdy-upper, fr, de or zh."""
    match style:
        case "dots":
            return f"{day.day}.{day.month}.{day.year}"
        case "mdy" | "mdy-upper":
            text = f"{ENGLISH[day.month - 1]} {day.day}, {day.year}"
            return text.upper() if style == "mdy-upper" else text
        case "fr":
            return f"{day.day} {FRENCH[day.month - 1]} {day.year}"
        case "de":
            return f"{day.day}. {GERMAN[day.month - 1]} {day.year}"
        case "zh":
            return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {ENGLISH[day.month - 1]} {day.year}"
