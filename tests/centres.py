"""A real PostgreSQL as the council's centre: one server for the run, a fresh database for each test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from qaf_desktop.centre import migrate, people, teams
from qaf_desktop.centre.embedded import EmbeddedServer
from qaf_desktop.centre.office import Office
from qaf_desktop.centre.people import Admission
from qaf_desktop.domain.people import Role, Team

TEMPLATE = "centre_template"
COUNCIL = "Demo Council"

DEMO_TEAMS = (
    Team("NORTH", "North locality", "Safeguarding"),
    Team("SOUTH", "South locality", "Safeguarding"),
    Team("CARE", "Children looked after", "Permanence"),
)
DEMO_PEOPLE = (
    ("TM-01", "Team manager north", Role.TM, "NORTH", ()),
    ("TM-02", "Team manager south", Role.TM, "SOUTH", ()),
    ("SW-01", "Social worker north", Role.SW, "NORTH", ()),
    ("SM-01", "Service manager", Role.SM, "NORTH", ()),
    ("HOS-01", "Head of service", Role.HOS, "NORTH", ()),
    ("HOS-02", "Head of permanence", Role.HOS, "CARE", ("role:safeguarding",)),
    ("QA-01", "Quality assurance", Role.QA, None, ()),
    ("DIR-01", "Director", Role.DIR, None, ()),
)


@dataclass
class Centre:
    """One database that is a centre, and the way in for everybody in it. ``people`` by staff code."""

    server: EmbeddedServer
    database: str
    people: dict[str, Admission]
    offices: list[Office] = field(default_factory=list)

    def office(self) -> Office:
        """The administrator's connection; closed with the test."""
        office = self.server.office(self.database)
        self.offices.append(office)
        return office

    def login(self, code: str) -> str:
        return self.people[code].person.login

    def password(self, code: str) -> str:
        return self.people[code].password

    def sign_in(self, code: str, **more: object) -> AbstractContextManager[psycopg.Connection]:
        """A bare connection with a person's own login, as somebody with psql would have it."""
        settings = {
            "host": self.server.host,
            "port": self.server.port,
            "dbname": self.database,
            "user": self.login(code),
            "password": self.password(code),
            "sslmode": "verify-full",
            "sslrootcert": str(self.server.ca_file),
            "channel_binding": "require",
        }
        return psycopg.connect(autocommit=True, **settings | more)

    def count(self, table: str = "core.record", where: str = "author <> 'centre'") -> int:
        """How many rows the centre holds, as the administrator sees them."""
        found = self.office().execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()
        return found[0]

    def copy(self, name: str) -> None:
        """Keep a copy of the whole database, like last night's backup; nobody may be connected."""
        self.close_offices()
        self.server.create_database(name, template=self.database)

    def restore(self, name: str) -> None:
        """Put the copy in this database's place, as after a disaster; the copy goes."""
        self.close_offices()
        self.server.drop_database(self.database)
        self.server.create_database(self.database, template=name)
        migrate.harden(self.office())
        self.server.drop_database(name)

    def close_offices(self) -> None:
        while self.offices:
            self.offices.pop().close()


def add_demo_people(office: Office) -> dict[str, Admission]:
    """Teams and people of the demonstration council."""
    for team in DEMO_TEAMS:
        teams.add(office, team)
    return {
        code: people.add(office, name=name, role=role, team=team, code=code, also=also)
        for code, name, role, team, also in DEMO_PEOPLE
    }


@pytest.fixture(scope="session")
def centre_server() -> Iterator[EmbeddedServer]:
    """One PostgreSQL for the whole run. No server on this computer: the run fails, it never skips."""
    with EmbeddedServer() as server:
        yield server


@pytest.fixture(scope="session")
def _centre_template(centre_server: EmbeddedServer) -> dict[str, Admission]:
    centre_server.create_database(TEMPLATE)
    with centre_server.office(TEMPLATE) as office:
        migrate.init(office, council=COUNCIL)
        return add_demo_people(office)


_numbers = itertools.count(1)


@pytest.fixture
def centre(centre_server: EmbeddedServer, _centre_template: dict[str, Admission]) -> Iterator[Centre]:
    """A fresh centre with demo teams and people, gone after the test."""
    database = f"centre_{next(_numbers)}"
    centre_server.create_database(database, template=TEMPLATE)
    made = Centre(centre_server, database, dict(_centre_template))
    migrate.harden(made.office())
    yield made
    made.close_offices()
    centre_server.drop_database(database)


@pytest.fixture
def ca_file(centre_server: EmbeddedServer) -> Path:
    """The certificate authority a laptop trusts."""
    return centre_server.ca_file
