"""The lists a form may draw on from the council's own directory: staff, teams and audit cycles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from qaf_desktop.domain.people import Person
from qaf_desktop.models.unit_of_work import UnitOfWork

CYCLES_BACK = 6
CYCLES_AHEAD = 1
_MONTHS_A_YEAR = 12


def rows_for_forms(
    work: UnitOfWork, *, read_again_from: datetime | None = None
) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """The rows of ``staff.csv``, ``teams.csv`` and ``cycles.csv`` as a form's ``select_one_from_file`` reads them.

    A sealed copy that is read again finds also people and teams that have closed since, and the months of its own day.
    """
    today = read_again_from is None
    teams = {team.code: team for team in work.people.teams(active_only=today)}
    return {
        "staff.csv": [
            {
                "name": person.code,
                "label": f"{person.name} ({person.code})",
                "role": person.role.value,
                "team": person.team or "",
                "service": teams[person.team].service if person.team in teams else "",
            }
            for person in work.people.all(active_only=today)
        ],
        "teams.csv": [{"name": team.code, "label": team.name, "service": team.service} for team in teams.values()],
        "cycles.csv": [
            {"name": f"{month:%Y-%m}", "label": f"{month:%B %Y}"} for month in cycles(read_again_from or work.now)
        ],
    }


def cycles(now: datetime) -> list[date]:
    """The first days of the months an audit may belong to, newest first: next month back to half a year ago."""
    this_month = now.year * _MONTHS_A_YEAR + now.month - 1
    return [
        date(month // _MONTHS_A_YEAR, month % _MONTHS_A_YEAR + 1, 1)
        for month in range(this_month + CYCLES_AHEAD, this_month - CYCLES_BACK - 1, -1)
    ]


def my_code(work: UnitOfWork) -> str:
    """The staff code of whoever this store belongs to; empty before the first minutes are over."""
    me = work.people.me()
    return me.code if me else ""


def who_works_here(work: UnitOfWork) -> Person | None:
    """Whose computer this is, as the newest directory describes them."""
    return work.people.me()
