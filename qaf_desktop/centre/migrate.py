"""Make a database into a council's centre, and bring an older centre up to date."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import psycopg

from qaf_desktop.centre.office import Office
from qaf_desktop.problems import Problem

_NAME = re.compile(r"^(\d{4})_([a-z_]+)\.sql$")


class CannotInitialise(Problem):
    """The centre could not be made or brought up to date."""


@dataclass(frozen=True)
class Step:
    """One numbered file of ``centre/sql``; ``sha256`` of its text, so that a changed file is noticed."""

    number: int
    name: str
    script: str
    sha256: str


@dataclass(frozen=True)
class Initialised:
    """What ``init`` did: the steps it ran now (none = it was up to date) and the one the centre stands at."""

    council: str
    ran: tuple[str, ...]
    at: int


def steps() -> list[Step]:
    """The numbered files in order."""
    found = []
    for file in resources.files("qaf_desktop.centre").joinpath("sql").iterdir():
        if match := _NAME.match(file.name):
            script = file.read_text(encoding="utf-8")
            found.append(Step(int(match[1]), match[2], script, hashlib.sha256(script.encode()).hexdigest()))
    return sorted(found, key=lambda step: step.number)


def init(office: Office, *, council: str, rename: bool = False, wanted: Sequence[Step] | None = None) -> Initialised:
    """Make or upgrade the centre, then close again what PostgreSQL leaves open by default.

    Safe to repeat: steps already taken are not taken again; the hardening is, because a restored dump undoes it.

    Args:
        council: the name people read.
        rename: whether a centre that has another name already may take this one.
        wanted: other steps than the program's own, in tests.

    Raises:
        CannotInitialise: not an administrator, another council's centre, a newer centre, or a step that was changed
            after it ran.
    """
    if not council.strip():
        raise CannotInitialise("A centre needs the name of its council.", next_step="Give one with --council.")
    _must_be_administrator(office)
    ordered = list(steps() if wanted is None else wanted)
    with office.transaction():
        # One init at a time, also of two administrators.
        office.execute("SELECT pg_advisory_xact_lock(814123)")
        office.execute("CREATE SCHEMA IF NOT EXISTS centre_migration")
        office.execute(
            "CREATE TABLE IF NOT EXISTS centre_migration.step (number integer PRIMARY KEY, name text NOT NULL,"
            " sha256 text NOT NULL, taken_at timestamptz NOT NULL DEFAULT clock_timestamp())"
        )
        taken = {
            int(number): str(sha256)
            for number, sha256 in office.execute("SELECT number, sha256 FROM centre_migration.step")
        }
        _must_fit(taken, ordered)
        if taken and not rename:
            _must_be_the_same(office, council.strip())
        ran = [step for step in ordered if step.number not in taken]
        for step in ran:
            _run(office, step.script)
            office.execute(
                "INSERT INTO centre_migration.step (number, name, sha256) VALUES (%s, %s, %s)",
                (step.number, step.name, step.sha256),
            )
        office.execute(
            "INSERT INTO core.setting (council) VALUES (%s) ON CONFLICT (one) DO UPDATE SET council = excluded.council",
            (council.strip(),),
        )
        office.execute("SELECT core.refresh_members()")
        harden(office)
    return Initialised(council.strip(), tuple(f"{step.number:04d} {step.name}" for step in ran), ordered[-1].number)


def harden(office: Office) -> None:
    """Close what PostgreSQL leaves open to everybody; also after every restore, and in every copied database."""
    _run(office, resources.files("qaf_desktop.centre").joinpath("sql", "hardening.sql").read_text(encoding="utf-8"))


def _run(office: Office, script: str) -> None:
    # Bytes and no parameters: several statements in one go, and a % in them is just a %.
    office.execute(script.encode())
    office.execute("RESET ROLE")


def _must_be_administrator(office: Office) -> None:
    found = office.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if not (found and found[0]):
        raise CannotInitialise(
            "Making a centre needs the database administrator’s login.",
            safe="Nothing was changed.",
            next_step="Use a login with superuser rights: only it can close what PostgreSQL leaves open by default.",
        )
    version = office.info.server_version
    if version < 150000:
        raise CannotInitialise(
            f"This PostgreSQL is too old (version {version // 10000}).",
            safe="Nothing was changed.",
            next_step="The centre needs PostgreSQL 15 or newer.",
        )


def _must_be_the_same(office: Office, council: str) -> None:
    found = office.execute("SELECT council FROM core.setting").fetchone()
    if found and found[0] != council:
        raise CannotInitialise(
            f"This database is already the centre of “{found[0]}”.",
            safe="Nothing was changed.",
            next_step="Give that name; or, if the council is really called otherwise now, say so with --rename.",
        )


def _must_fit(taken: dict[int, str], ordered: Sequence[Step]) -> None:
    known = {step.number: step.sha256 for step in ordered}
    if any(number not in known for number in taken):
        raise CannotInitialise(
            "This centre was made by a newer version of the program.",
            safe="Nothing was changed.",
            next_step="Install the newer version and run it again.",
        )
    if changed := [number for number, sha256 in taken.items() if known[number] != sha256]:
        raise CannotInitialise(
            f"Step {changed[0]:04d} of this centre was taken in another wording.",
            safe="Nothing was changed.",
            next_step="Ask whoever looks after the program: a step already taken must never be edited.",
        )


def upgrade_needed(office: Office) -> bool:
    """Whether this program has steps the centre has not taken yet."""
    try:
        found = office.execute("SELECT max(number) FROM centre_migration.step").fetchone()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        return True
    return not (found and found[0]) or int(found[0]) < steps()[-1].number
