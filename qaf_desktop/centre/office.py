"""The administrator's own way in: a connection to the council's database, and what can go wrong on the way."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.rows import TupleRow

from qaf_desktop.problems import Problem

Office = psycopg.Connection[TupleRow]
"""An administrator's connection. Commands commit what they did or leave nothing behind."""


class OfficeClosed(Problem):
    """The administrator's connection to the database could not be made, or may not do what was asked."""


class NoCentre(Problem):
    """The database is there, but ``centre init`` has not been run in it."""


def open_office(address: str, **more: Any) -> Office:
    """Connect as the administrator.

    Args:
        address: a libpq connection string or URL, for example ``service=centre`` or ``postgresql://…``.
        more: further libpq parameters, for example ``password``.

    Raises:
        OfficeClosed: no connection; PostgreSQL's reason is kept as the cause.
    """
    try:
        return psycopg.connect(address, autocommit=True, connect_timeout=20, **more)
    except psycopg.Error as error:
        raise OfficeClosed(
            "The database of the centre could not be opened for administration.",
            safe="Nothing was changed.",
            next_step="Check the address, the login and its password, and that the server is running.",
        ) from error


def setting(office: Office) -> tuple[str, str, bool]:
    """The council's name, the oldest program that may sync, and whether the centre is read-only.

    Raises:
        NoCentre: this database is not a centre.
    """
    try:
        found = office.execute("SELECT council, min_client, read_only FROM core.setting").fetchone()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        found = None
    if found is None:
        raise NoCentre(
            "This database has not been made into a centre yet.",
            safe="Nothing was changed.",
            next_step="Run “qaf-desktop centre init” first.",
        )
    return str(found[0]), str(found[1]), bool(found[2])


def set_read_only(office: Office, read_only: bool) -> None:
    """Take no more records, for maintenance, or take them again. Laptops go on reading; their work waits with them."""
    setting(office)
    office.execute("UPDATE core.setting SET read_only = %s", (read_only,))


def set_oldest_program(office: Office, version: str) -> None:
    """Speak only with this version of the program or newer ones; older ones keep working without sync."""
    setting(office)
    office.execute("UPDATE core.setting SET min_client = %s", (version,))
