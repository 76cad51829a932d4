"""Dates as people here write them: 23/11/2026, 23 Nov 26, today, yesterday."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s*([a-z]{3,9})\.?\s*(\d{4}|\d{2})?")
_AHEAD = re.compile(r"in (\d{1,3}) (day|week)s?")


def read_date(text: str, today: date) -> date | None:
    """The day a person meant, or None if that is no day. Two-digit years are this century."""
    words = " ".join(text.lower().replace(",", " ").split())
    near = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if words in near:
        return today + timedelta(days=near[words])
    if ahead := _AHEAD.fullmatch(words):
        return today + timedelta(days=int(ahead[1]) * (7 if ahead[2] == "week" else 1))
    if parts := _ISO.fullmatch(words):
        return _day(int(parts[1]), int(parts[2]), int(parts[3]))
    if parts := _NUMBERS.fullmatch(words):
        return _day(_year(parts[3]), int(parts[2]), int(parts[1]))
    if (parts := _WORDS.fullmatch(words)) and parts[2][:3] in _MONTHS:
        year = _year(parts[3]) if parts[3] else today.year
        return _day(year, _MONTHS.index(parts[2][:3]) + 1, int(parts[1]))
    return None


def write_date(day: date) -> str:
    """A day in figures, always two, two and four: 03/02/2026."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def _year(figures: str) -> int:
    return int(figures) + (2000 if len(figures) == 2 else 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
