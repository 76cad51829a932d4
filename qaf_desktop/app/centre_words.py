"""``qaf-desktop centre …``: what whoever looks after the council's database types."""

from __future__ import annotations

import argparse
import os
from pathlib import Path


def add_centre_words(parser: argparse.ArgumentParser) -> None:
    """Teach a parser the words for the council's database; each sets the deed that does it."""
    parser.add_argument(
        "--database",
        default=os.environ.get("QAF_CENTRE", ""),
        help="how the administrator reaches it (libpq words; or QAF_CENTRE, PGHOST … in the environment)",
    )
    jobs = parser.add_subparsers(required=True)

    init = jobs.add_parser("init", help="make the database into a centre, or bring an older one up to date")
    init.add_argument("--council", required=True)
    init.add_argument("--rename", action="store_true", help="the council of an existing centre has a new name")
    init.set_defaults(deed=_centre_init)
    jobs.add_parser("check", help="is it closed where it must be, and whole?").set_defaults(deed=_centre_check)

    teams = jobs.add_parser("team", help="teams").add_subparsers(required=True)
    team = teams.add_parser("add", help="add a team, or change its name or service")
    team.add_argument("code")
    team.add_argument("name")
    team.add_argument("--service", required=True)
    team.set_defaults(deed=_team_add)

    person = jobs.add_parser("person", help="people").add_subparsers(required=True)
    add = person.add_parser("add", help="give a person a login of their own; prints the password once")
    add.add_argument("name")
    add.add_argument("--role", required=True, help="SW ATM TM SM QARO HOS DIR DCS QA PSW BI PART FBK ADM")
    add.add_argument("--team")
    add.add_argument("--code")
    add.add_argument("--login")
    add.add_argument("--also", action="append", default=[], help="a further scope, for example role:safeguarding")
    add.set_defaults(deed=_person_add)
    for word, deed in (("deactivate", _person_deactivate), ("reactivate", _person_reactivate)):
        change = person.add_parser(word)
        change.add_argument("code")
        change.set_defaults(deed=deed)

    form = jobs.add_parser("form", help="forms").add_subparsers(required=True)
    publish = form.add_parser("publish", help="send a version of a form to every laptop")
    publish.add_argument("form", type=Path, help="CSV folder or .xlsx")
    publish.set_defaults(deed=_centre_form_publish)
    withdraw = form.add_parser("withdraw", help="offer a form no more; what was begun with it can be finished")
    withdraw.add_argument("form_id")
    withdraw.add_argument("version", nargs="?", help="only this version; without it, all of them")
    withdraw.set_defaults(deed=_centre_form_withdraw)

    calendar = jobs.add_parser("calendar", help="bank holidays").add_subparsers(required=True).add_parser("load")
    calendar.add_argument("file", type=Path)
    calendar.set_defaults(deed=_calendar_load)

    refs = jobs.add_parser("refs", help="child references").add_subparsers(required=True).add_parser("new")
    refs.add_argument("count", type=int)
    refs.set_defaults(deed=_refs_new)

    enrol = jobs.add_parser("enrol", help="write the enrolment file of one person")
    enrol.add_argument("code")
    enrol.add_argument("file", type=Path)
    enrol.add_argument("--host", required=True, help="the centre's name as laptops reach it")
    enrol.add_argument("--port", type=int, default=5432)
    enrol.add_argument("--ca", type=Path, required=True, help="PEM of the authority that signed its certificate")
    enrol.add_argument("--sign-in", choices=["password", "sso"], default="password")
    enrol.set_defaults(deed=_centre_enrol)


def _centre_init(given: argparse.Namespace) -> int:
    from qaf_desktop.centre import migrate, office

    with office.open_office(given.database) as connection:
        done = migrate.init(connection, council=given.council, rename=given.rename)
    for step in done.ran:
        print(f"took step {step}")
    print(f"The centre of {done.council} stands at step {done.at:04d}.")
    return 0


def _centre_check(given: argparse.Namespace) -> int:
    from qaf_desktop.centre import check, office

    with office.open_office(given.database) as connection:
        findings = check.check(connection)
    for finding in findings:
        print(f"{'good' if finding.good else 'LOOK'}  {finding.name}: {finding.words}")
    return 0 if all(finding.good for finding in findings) else 1


def _team_add(given: argparse.Namespace) -> int:
    from qaf_desktop.centre import office, teams
    from qaf_desktop.domain.people import Team

    with office.open_office(given.database) as connection:
        team = teams.add(connection, Team(given.code, given.name, given.service))
    print(f"{team.code}: {team.name}, {team.service}")
    return 0


def _person_add(given: argparse.Namespace) -> int:
    from qaf_desktop.centre import office, people
    from qaf_desktop.domain.people import Role

    if given.role not in set(Role):
        raise people.PersonRefused(
            f"There is no role “{given.role}”.", safe="Nobody was added.", next_step=f"Use one of {', '.join(Role)}."
        )
    with office.open_office(given.database) as connection:
        admitted = people.add(
            connection,
            name=given.name,
            role=Role(given.role),
            team=given.team,
            code=given.code,
            login=given.login,
            also=given.also,
        )
    print(f"code      {admitted.person.code}\nlogin     {admitted.person.login}\npassword  {admitted.password}")
    print("The password is kept nowhere. Hand it over apart from the enrolment file.")
    return 0


def _person_deactivate(given: argparse.Namespace) -> int:
    from qaf_desktop.centre import office, people

    with office.open_office(given.database) as connection:
        print(f"{people.deactivate(connection, given.code).code} can no longer sign in.")
    return 0


def _person_reactivate(given: argparse.Namespace) -> int:
    from qaf_desktop.centre import office, people

    with office.open_office(given.database) as connection:
        print(f"{people.reactivate(connection, given.code).code} can sign in again.")
    return 0


def _centre_form_publish(given: argparse.Namespace) -> int:
    from qaf_desktop.centre import office, publishing
    from qaf_desktop.forms.publish.workbook import publish

    form = publish(given.form)
    with office.open_office(given.database) as connection:
        done = publishing.publish_form(connection, form)
    words = "was published before; nothing was changed" if done.already else "goes to every laptop with its next sync"
    print(f"{form.title} ({form.form_id} {form.version}) {words}.")
    return 0


def _centre_form_withdraw(given: argparse.Namespace) -> int:
    from qaf_desktop.centre import office, publishing

    with office.open_office(given.database) as connection:
        versions = publishing.withdraw_form(connection, given.form_id, given.version)
    said = f"{', '.join(versions)} is offered no more" if versions else "had been withdrawn before; nothing was changed"
    print(f"{given.form_id} {said}.")
    return 0


def _calendar_load(given: argparse.Namespace) -> int:
    from qaf_desktop.centre import calendar, office, publishing

    days = calendar.read_calendar(given.file)
    with office.open_office(given.database) as connection:
        publishing.publish_calendar(connection, days)
    first, last = min(days), max(days)
    print(f"{len(days)} bank holidays, {first.day} {first:%B %Y} to {last.day} {last:%B %Y}.")
    return 0


def _refs_new(given: argparse.Namespace) -> int:
    from qaf_desktop.centre import office, references

    with office.open_office(given.database) as connection:
        print("\n".join(references.new_references(connection, given.count)))
    return 0


def _centre_enrol(given: argparse.Namespace) -> int:
    from qaf_desktop.centre import enrol, office

    try:
        authority = given.ca.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise enrol.CannotEnrol(
            "The file of the certificate authority could not be read.", next_step="Give its PEM file with --ca."
        ) from error
    with office.open_office(given.database) as connection:
        path = enrol.write_enrolment(
            connection,
            given.file,
            code=given.code,
            host=given.host,
            port=given.port,
            ca_pem=authority,
            sign_in=given.sign_in,
        )
    print(f"Written: {path}. It holds no password.")
    return 0
