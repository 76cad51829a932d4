"""Staff, teams and bank holidays as the council keeps them, and who sits at this computer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection, Row

from qaf_desktop.domain.people import Person, Role, Team
from qaf_desktop.models.meta import Meta
from qaf_desktop.models.schema import bank_holiday, person, team

Me = Person
"""The person this store belongs to."""


class People:
    """The directory, replaced whole whenever a newer one arrives."""

    def __init__(self, connection: Connection, meta: Meta) -> None:
        self._connection = connection
        self._meta = meta

    def replace(self, people: Iterable[Person], teams: Iterable[Team]) -> None:
        """Take a new directory in place of the old one."""
        self._connection.execute(delete(person))
        self._connection.execute(delete(team))
        if rows := [asdict(someone) | {"role": someone.role.value} for someone in people]:
            self._connection.execute(insert(person), rows)
        if rows := [asdict(unit) for unit in teams]:
            self._connection.execute(insert(team), rows)

    def person(self, code: str) -> Person | None:
        """The member of staff with this code, or ``None`` for one this directory does not know (any more)."""
        row = self._connection.execute(select(person).where(person.c.code == code)).first()
        return None if row is None else _person(row)

    def all(self, *, active_only: bool = False) -> tuple[Person, ...]:
        """Everybody, by code."""
        rows = self._connection.execute(select(person).order_by(person.c.code))
        return tuple(_person(row) for row in rows if row.active or not active_only)

    def teams(self, *, active_only: bool = False) -> tuple[Team, ...]:
        """Every reporting unit, by code."""
        rows = self._connection.execute(select(team).order_by(team.c.code))
        return tuple(Team(row.code, row.name, row.service, row.active) for row in rows if row.active or not active_only)

    def me(self) -> Me | None:
        """Who this store belongs to, as the newest directory describes them; ``None`` before enrolment."""
        kept = self._meta.get("me")
        if kept is None:
            return None
        return self.person(kept["code"]) or Person(**kept | {"role": Role(kept["role"])})

    def set_me(self, me: Me) -> None:
        """Say who this store belongs to: everything sealed from now on carries their code."""
        self._meta.set("me", asdict(me) | {"role": me.role.value})

    def bank_holidays(self) -> dict[date, str]:
        """Days the framework does not count as working days, with their names."""
        rows = self._connection.execute(select(bank_holiday).order_by(bank_holiday.c.day))
        return {date.fromisoformat(row.day): row.name for row in rows}

    def replace_bank_holidays(self, days: Mapping[date, str]) -> None:
        """Take a new calendar in place of the old one."""
        self._connection.execute(delete(bank_holiday))
        if rows := [{"day": day.isoformat(), "name": name} for day, name in sorted(days.items())]:
            self._connection.execute(insert(bank_holiday), rows)


def _person(row: Row[tuple[object, ...]]) -> Person:
    return Person(row.code, row.login, row.name, Role(row.role), row.team, row.active)
