"""The administrator's own way in: a connection to the council's database, and what can go wrong on the way."""

from __future__ import annotations

import re
from typing import Any

import psycopg
from psycopg.rows import TupleRow

from qaf_desktop.problems import Problem

Office = psycopg.Connection[TupleRow]
"""An administrator's connection. Commands commit what they did or leave nothing behind."""


# What libpq says, and what that means. The furthest point reached comes first: where a name has two addresses, one of
# them may be silent while the other refuses the password.
_MEANINGS = (
    (
        r"password authentication failed|no password supplied|role \".*\" does not exist|not permitted to log in",
        "The database does not accept this login or its password.",
        "Check the login and its password.",
    ),
    (
        r"database \".*\" does not exist",
        "The server has no database of that name.",
        "Check the name, or have the database made first.",
    ),
    (
        r"no pg_hba.conf entry|permission denied",
        "The server does not let this login in from here.",
        "Ask whoever looks after the server, and check the login.",
    ),
    (
        r"failed to resolve host(?!.*servname)|could not translate host name",
        "The name of the database’s server is not known on this network.",
        "Check the host, and characters in the address that have a meaning there, such as @ in a password.",
    ),
    (
        r"certificate|ssl error|does not support ssl|ssl negotiation|does not match host name|channel binding",
        "No safe line (TLS) to the database could be made.",
        "Check sslmode and sslrootcert, and the server’s certificate.",
    ),
    (
        r"connection refused|timeout|timed out|no route to host|unreachable|is the server running",
        "Nobody answers at the address of the database.",
        "Check the host and the port, and that the server is running.",
    ),
    (
        r"invalid|servname|definition of service|missing|option",
        "The address of the database was not understood.",
        "Write it as postgresql://login@host/database, or as host=… dbname=… user=….",
    ),
)
_OTHER_MEANING = (
    "The database of the centre could not be opened for administration.",
    "Check that the server is running and has room for one more connection.",
)


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
        OfficeClosed: no connection, and why. PostgreSQL's own words are left behind: where an address is mistyped
            they repeat parts of it, and a part may be the password.
    """
    try:
        return psycopg.connect(address, autocommit=True, connect_timeout=20, **more)
    except (psycopg.ProgrammingError, UnicodeError):
        # What the address says cannot be read at all, or its host can be the name of nothing.
        _, happened, next_step = _MEANINGS[-1]
    except psycopg.Error as error:
        happened, next_step = _meaning(str(error))
    raise OfficeClosed(happened, safe="Nothing was changed.", next_step=next_step)


def _meaning(words: str) -> tuple[str, str]:
    lowered = words.lower()
    found = (told for pattern, *told in _MEANINGS if re.search(pattern, lowered))
    happened, next_step = next(found, _OTHER_MEANING)
    return happened, next_step


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
