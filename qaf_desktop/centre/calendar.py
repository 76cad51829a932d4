"""The council's bank holidays, loaded from a file so that working days can be counted."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from qaf_desktop.problems import Problem


class NotACalendar(Problem):
    """A file that should list bank holidays does not."""


def read_calendar(path: Path) -> dict[date, str]:
    """Bank holidays from a CSV file with the columns ``date`` (``2026-12-25``) and ``name``.

    Raises:
        NotACalendar: no such file, other columns, a date that is none, or the same day twice.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise NotACalendar("The calendar file could not be read.", next_step="Check its name and place.") from error
    days: dict[date, str] = {}
    for number, row in enumerate(rows, start=2):
        try:
            day, name = date.fromisoformat(row["date"].strip()), row["name"].strip()
        except (KeyError, ValueError, AttributeError) as error:
            raise _refused(number, "needs a date such as 2026-12-25 and a name") from error
        if day in days or not name:
            raise _refused(number, "names a day twice or has no name")
        days[day] = name
    if not days:
        raise NotACalendar("The calendar file lists no day.", next_step="Give it the columns date and name.")
    return days


def _refused(line: int, why: str) -> NotACalendar:
    return NotACalendar(f"Line {line} of the calendar {why}.", safe="Nothing was loaded.")
