"""A made-up council: its own PostgreSQL with TLS, its teams and people, and the forms it uses."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qaf_desktop.centre import calendar, enrol, migrate, people, publishing, teams
from qaf_desktop.centre.embedded import EmbeddedServer
from qaf_desktop.centre.people import Admission
from qaf_desktop.domain.people import Role, Team
from qaf_desktop.forms.published import PublishedForm
from qaf_desktop.paths import shipped
from qaf_desktop.services.forms import shipped_forms

COUNCIL = "Demonstration Council"
DATABASE = "qaf_demo"


@dataclass(frozen=True)
class Council:
    """A centre that answers, and everybody who may sign in to it, by staff code."""

    server: EmbeddedServer
    people: Mapping[str, Admission]
    earlier: tuple[PublishedForm, ...]
    """The versions its people's audits so far were written with."""
    forms: tuple[PublishedForm, ...]
    """Today's versions, published when :meth:`move_on` says so."""

    def move_on(self) -> None:
        """Publish today's versions: they come with the next sync, and drafts stay on the version they have."""
        with self.server.office(DATABASE) as office:
            for form in self.forms:
                publishing.publish_form(office, form)

    def enrolment_file(self, code: str, folder: Path) -> Path:
        """The file the IT service would send this person; the password travels apart from it."""
        path = folder / f"{self.people[code].person.login}.qaf-enrolment"
        with self.server.office(DATABASE) as office:
            enrol.write_enrolment(
                office,
                path,
                code=code,
                host=self.server.host,
                port=self.server.port,
                ca_pem=self.server.ca_pem,
            )
        return path

    def holds(self, table: str) -> int:
        """How many rows the centre has in one of its tables, as the administrator counts them."""
        with self.server.office(DATABASE) as office:
            found = office.execute(f"SELECT count(*) FROM core.{table} WHERE author <> 'centre'").fetchone()  # noqa: S608
        return int(found[0]) if found else 0

    def hash_of(self, record_id: str) -> str:
        """The fingerprint of a record as the centre holds it; empty when it does not."""
        with self.server.office(DATABASE) as office:
            found = office.execute(
                "SELECT encode(content_hash, 'hex') FROM core.record WHERE id = %s", (record_id,)
            ).fetchone()
        return str(found[0]) if found else ""


@contextmanager
def open_council() -> Iterator[Council]:
    """A council for as long as the demonstration lasts; its server and files are gone afterwards."""
    forms = shipped_forms(shipped("forms"))
    before = shipped_forms(shipped("demo", "forms"))
    changed = {form.form_id for form in before}
    earlier = (*before, *(form for form in forms if form.form_id not in changed))
    with EmbeddedServer() as server:
        server.create_database(DATABASE)
        with server.office(DATABASE) as office:
            migrate.init(office, council=COUNCIL)
            for row in _rows("teams.csv"):
                teams.add(office, Team(row["code"], row["name"], row["service"]))
            admitted = {
                row["code"]: people.add(
                    office,
                    name=row["name"],
                    role=Role(row["role"]),
                    team=row["team"] or None,
                    code=row["code"],
                    login=row["login"],
                )
                for row in _rows("people.csv")
            }
            publishing.publish_calendar(office, calendar.read_calendar(shipped("demo", "calendar.csv")))
            for form in earlier:
                publishing.publish_form(office, form)
        yield Council(server, admitted, earlier, forms)


def _rows(name: str) -> list[dict[str, str]]:
    with shipped("demo", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
