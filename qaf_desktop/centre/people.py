"""Who may sign in at the centre, as what, and with which password."""

from __future__ import annotations

import difflib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from qaf_desktop.centre.office import Office, setting
from qaf_desktop.centre.publishing import publish_directory
from qaf_desktop.centre.references import CROCKFORD
from qaf_desktop.domain.people import Person, Role
from qaf_desktop.problems import Problem

_CONNECTIONS_A_PERSON = 4

_IN_A_TEAM = frozenset({Role.SW, Role.ATM, Role.TM})
"""Roles that read and write as part of one team: without it their work would reach nobody [§8.1.1]."""

# With an @ in it where single sign-on names people so; PostgreSQL cuts longer ones off without a word.
_LOGIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._@-]{0,62}")
_PANEL = re.compile(r"panel:[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}")

# What a login starts with. A person can change some of it for his own session, so nothing that matters rests on it.
_SESSION = {
    "statement_timeout": "60s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "30s",
    "idle_session_timeout": "60s",
    "temp_file_limit": "64MB",
    "search_path": "pg_catalog",
}


class PersonRefused(Problem):
    """A person could not be added or changed as described."""


@dataclass(frozen=True)
class Admission:
    """A person who may now sign in. ``password`` is kept nowhere: hand it over apart from the enrolment file."""

    person: Person
    password: str = field(repr=False)


def add(
    office: Office,
    *,
    name: str,
    role: Role,
    team: str | None = None,
    code: str | None = None,
    login: str | None = None,
    password: str | None = None,
    also: Sequence[str] = (),
) -> Admission:
    """Give a person a login of their own and a place in the directory.

    Args:
        code: what records carry, for example ``TM-02``; the next free number of the role when left out.
        login: an opaque name when left out – everybody with a login can list logins.
        password: twenty characters from a source of randomness when left out. Only its SCRAM verifier is sent.
        also: scopes beyond those of the role: ``role:safeguarding``, ``panel:<name>``, ``service:<name>``.

    Raises:
        PersonRefused: no name; no such team, or none where the role needs one; a scope nobody can be given; or code
            or login are taken, ill-formed or an administrator's.
        NoCentre: ``centre init`` has not been run here.
    """
    setting(office)
    name = " ".join(name.split())
    login = f"u{secrets.token_hex(4)}" if login is None else login
    password = password or new_password()
    if not name:
        raise _refused("A person needs a name.", "Give the name people at the council know.")
    _must_have_a_team(office, role, team)
    _must_be_free(office, login)
    for scope in also:
        _must_be_a_scope(office, scope)
    with office.transaction():
        person = Person(code or _next_code(office, role), login, name, role, team)
        try:
            _make_login(office, login, password)
            office.execute(
                "INSERT INTO core.principal (login, code, name, role, team, also) VALUES (%s, %s, %s, %s, %s, %s)",
                (login, person.code, name, role.value, team, list(also)),
            )
        except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation) as error:
            raise _refused(
                "That staff code or login is already in use.",
                "Choose another, or leave it out and let the centre choose.",
            ) from error
        except (psycopg.errors.CheckViolation, psycopg.errors.ReservedName) as error:
            raise _not_usable() from error
        office.execute("SELECT core.refresh_members()")
        publish_directory(office)
    return Admission(person, password)


def deactivate(office: Office, code: str) -> Person:
    """Close a person's account: no sync any more, and open sessions end. What they wrote stays.

    Work still on their laptop is not lost: :func:`reactivate` lets it in.
    """
    person = _set_active(office, code, active=False)
    office.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (person.login,))
    return person


def reactivate(office: Office, code: str) -> Person:
    """Open a closed account again."""
    return _set_active(office, code, active=True)


def set_password(office: Office, code: str, password: str | None = None) -> Admission:
    """A new password for somebody who lost theirs."""
    person = find(office, code)
    password = password or new_password()
    _set_verifier(office, person.login, password)
    return Admission(person, password)


def find(office: Office, code: str) -> Person:
    """One person by staff code.

    Raises:
        PersonRefused: nobody has it; the codes most like it are named.
    """
    here = {person.code: person for person in everybody(office)}
    if code in here:
        return here[code]
    nearest = difflib.get_close_matches(code.upper(), here, n=5, cutoff=0.0)
    raise PersonRefused(
        "Nobody has that staff code.",
        safe="Nothing was changed.",
        next_step=f"The nearest codes in use are {', '.join(nearest)}." if nearest else "Add the person first.",
    )


def everybody(office: Office) -> list[Person]:
    """Every person, closed accounts included, by code."""
    rows = office.execute("SELECT code, login, name, role, team, active FROM core.principal ORDER BY code")
    return [
        Person(str(code), str(login), str(name), Role(role), team, bool(active))
        for code, login, name, role, team, active in rows
    ]


def new_password() -> str:
    """Twenty characters of a hundred bits, without the letters that are mistaken for others."""
    letters = "".join(secrets.choice(CROCKFORD) for _ in range(20))
    return "-".join(letters[start : start + 5] for start in range(0, 20, 5))


def _must_have_a_team(office: Office, role: Role, team: str | None) -> None:
    if team is None:
        if role in _IN_A_TEAM:
            raise _refused(f"A person in the role {role} needs a team.", "Name the team they belong to.")
    elif not office.execute("SELECT FROM core.team WHERE code = %s", (team,)).fetchall():
        raise _refused("There is no team with that code.", "Add the team first.")


def _must_be_free(office: Office, login: str) -> None:
    if not _LOGIN.fullmatch(login):
        raise _not_usable()
    found = office.execute(
        "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication FROM pg_roles"
        " WHERE rolname = %s",
        (login,),
    ).fetchone()
    # By its usual name too, where the administrator of this server is called otherwise.
    if login == "postgres" or (found and found[0]):
        raise _refused(
            "That login is an administrator’s of the database server; nobody audits with it.",
            "Choose another, or leave it out and let the centre choose.",
        )


def _must_be_a_scope(office: Office, scope: str) -> None:
    """Only what the table ``core.audience`` leaves to be given by name, and the service of a team that is there."""
    kind, _, rest = scope.partition(":")
    if kind == "service":
        known = office.execute("SELECT FROM core.team WHERE service = %s LIMIT 1", (rest,)).fetchone() is not None
    elif kind == "panel":
        known = _PANEL.fullmatch(scope) is not None
    else:
        by_name = "SELECT FROM core.audience WHERE scope_kind = %s AND roles = '{}' AND scope_kind LIKE 'role:%%'"
        known = office.execute(by_name, (scope,)).fetchone() is not None
    if not known:
        raise _refused(
            f"Nobody can be given “{scope}”.",
            "Use role:safeguarding, panel:<name>, or service:<the service of one of the teams>.",
        )


def _refused(happened: str, next_step: str) -> PersonRefused:
    return PersonRefused(happened, safe="Nobody was added.", next_step=next_step)


def _not_usable() -> PersonRefused:
    return _refused(
        "That staff code or login cannot be used.", "Use letters, digits, dots and dashes, at most forty characters."
    )


def _make_login(office: Office, login: str, password: str) -> None:
    name = sql.Identifier(login)
    office.execute(
        sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS CONNECTION LIMIT {}").format(
            name, sql.Literal(_CONNECTIONS_A_PERSON)
        )
    )
    _set_verifier(office, login, password)
    for key, value in _SESSION.items():
        office.execute(sql.SQL("ALTER ROLE {} SET {} = {}").format(name, sql.Identifier(key), sql.Literal(value)))
    office.execute(sql.SQL("GRANT app_user TO {}").format(name))


def _set_verifier(office: Office, login: str, password: str) -> None:
    # The clear password never reaches the server, so it cannot end in a log.
    verifier = office.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256")
    office.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(login), sql.Literal(verifier.decode())))


def _set_active(office: Office, code: str, *, active: bool) -> Person:
    person = find(office, code)
    with office.transaction():
        office.execute("UPDATE core.principal SET active = %s WHERE code = %s", (active, code))
        publish_directory(office)
    return Person(person.code, person.login, person.name, person.role, person.team, active)


def _next_code(office: Office, role: Role) -> str:
    rows = office.execute("SELECT code FROM core.principal WHERE code ~ %s", (f"^{role.value}-[0-9]+$",)).fetchall()
    taken = max((int(str(code).rpartition("-")[2]) for (code,) in rows), default=0)
    return f"{role.value}-{taken + 1:02d}"
