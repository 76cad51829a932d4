"""The council's teams and the services they belong to."""

from __future__ import annotations

import psycopg

from qaf_desktop.centre.office import Office, setting
from qaf_desktop.centre.publishing import publish_directory
from qaf_desktop.domain.people import Team
from qaf_desktop.problems import Problem


class TeamRefused(Problem):
    """A team could not be kept as described."""


def add(office: Office, team: Team) -> Team:
    """Add a team, or change the name, service or state of one that is there; laptops hear of it with their next sync.

    A team that closed stays, with ``active`` false: its finished work is still its work.

    Raises:
        TeamRefused: the code or the service is empty or written in a way the centre does not take.
        NoCentre: ``centre init`` has not been run here.
    """
    setting(office)
    with office.transaction():
        try:
            office.execute(
                "INSERT INTO core.team (code, name, service, active) VALUES (%s, %s, %s, %s)"
                " ON CONFLICT (code) DO UPDATE SET name = excluded.name, service = excluded.service,"
                " active = excluded.active",
                (team.code, team.name, team.service, team.active),
            )
        except psycopg.errors.CheckViolation as error:
            raise TeamRefused(
                "A team needs a short code and a service.",
                safe="Nothing was changed.",
                next_step="Write the code with letters, digits, dots and dashes, and name the service.",
            ) from error
        office.execute("SELECT core.refresh_members()")
        publish_directory(office)
    return team


def everything(office: Office) -> list[Team]:
    """Every team, closed ones included, by code."""
    rows = office.execute("SELECT code, name, service, active FROM core.team ORDER BY code")
    return [Team(str(code), str(name), str(service), bool(active)) for code, name, service, active in rows]
