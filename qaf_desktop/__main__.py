"""The command line: open the program, try it out, enrol it, look after forms and the centre."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from getpass import getpass
from pathlib import Path

from qaf_desktop.problems import Problem

Deed = Callable[[argparse.Namespace], int]


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line says. Returns 0, or 1 after a sentence that says what to do next."""
    given = _parser().parse_args(words)
    try:
        return _deed(given)(given)
    except Problem as problem:
        print(problem, file=sys.stderr)
        for finding in getattr(problem, "findings", ()):
            print(f"  {finding}", file=sys.stderr)
        return 1


def _deed(given: argparse.Namespace) -> Deed:
    deed: Deed = given.deed
    return deed


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="qaf-desktop", description="Practice audits, offline and together.")
    parser.add_argument("--folder", type=Path, help="keep store, logs and settings in this folder")
    parser.set_defaults(deed=_open)
    jobs = parser.add_subparsers(metavar="…")

    demo = jobs.add_parser("demo", help="the demonstration, with a centre of its own")
    demo.add_argument("--output", type=Path, default=Path("demo-output"), help="where paper and pictures go")
    demo.add_argument("--screens", type=Path, help="only take a picture of every screen in every theme, into here")
    demo.set_defaults(deed=_demo)

    enrol = jobs.add_parser("enrol", help="take up the enrolment file your IT service gave you")
    enrol.add_argument("file", type=Path)
    enrol.set_defaults(deed=_enrol)

    jobs.add_parser("sync", help="send and fetch once, and print the receipt").set_defaults(deed=_sync)
    jobs.add_parser("doctor", help="what works on this computer").set_defaults(deed=_doctor)

    forms = jobs.add_parser("forms", help="compile a form, or try it without a window").add_subparsers(required=True)
    publish = forms.add_parser("publish", help="compile a CSV folder or workbook to XForm XML")
    publish.add_argument("form", type=Path)
    publish.add_argument("--to", type=Path, help="write the XForm XML here")
    publish.set_defaults(deed=_forms_publish)
    preview = forms.add_parser("preview", help="try a workbook out in the real windows; nothing is kept")
    preview.add_argument("form", type=Path, help="CSV folder or .xlsx")
    preview.set_defaults(deed=_forms_preview)
    trying = forms.add_parser("try", help="fill a form in from a list of steps and print every state")
    trying.add_argument("form", type=Path, help="CSV folder, .xlsx or XForm .xml")
    trying.add_argument("--answers", type=Path, help="JSON list of {op, ref, value} steps")
    trying.add_argument("--now", type=datetime.fromisoformat, help="the form's clock, for example 2026-11-23T09:00")
    trying.add_argument("--json", action="store_true", help="print JSON; without it, a readable list")
    trying.set_defaults(deed=_forms_try)

    _add_centre(jobs.add_parser("centre", help="look after the council's database"))
    return parser


def _add_centre(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--database",
        default=os.environ.get("QAF_CENTRE", ""),
        help="how the administrator reaches it (libpq words; or QAF_CENTRE, PGHOST … in the environment)",
    )
    jobs = parser.add_subparsers(required=True)

    init = jobs.add_parser("init", help="make the database into a centre, or bring an older one up to date")
    init.add_argument("--council", required=True)
    init.set_defaults(deed=_centre_init)
    jobs.add_parser("check", help="is it closed where it must be, and whole?").set_defaults(deed=_centre_check)

    team = jobs.add_parser("team", help="teams").add_subparsers(required=True).add_parser("add")
    team.add_argument("code")
    team.add_argument("name")
    team.add_argument("--service", required=True)
    team.set_defaults(deed=_team_add)

    person = jobs.add_parser("person", help="people").add_subparsers(required=True)
    add = person.add_parser("add")
    add.add_argument("name")
    add.add_argument("--role", required=True)
    add.add_argument("--team")
    add.add_argument("--code")
    add.add_argument("--login")
    add.add_argument("--also", action="append", default=[], help="a further scope, for example role:safeguarding")
    add.set_defaults(deed=_person_add)
    for word, deed in (("deactivate", _person_deactivate), ("reactivate", _person_reactivate)):
        change = person.add_parser(word)
        change.add_argument("code")
        change.set_defaults(deed=deed)

    form = jobs.add_parser("form", help="forms").add_subparsers(required=True).add_parser("publish")
    form.add_argument("form", type=Path, help="CSV folder or .xlsx")
    form.set_defaults(deed=_centre_form_publish)

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


# On the laptop ---------------------------------------------------------------------------------------------------


def _open(given: argparse.Namespace) -> int:
    from qaf_desktop.app.program import open_program

    return open_program(given.folder)


def _demo(given: argparse.Namespace) -> int:
    from qaf_desktop.demo import show

    if given.screens:
        return show.take_pictures(given.screens, say=print)
    return show.run(given.output, say=print)


def _enrol(given: argparse.Namespace) -> int:
    from qaf_desktop.app import terminal

    print(terminal.enrol(given.folder, given.file, _ask))
    return 0


def _sync(given: argparse.Namespace) -> int:
    from qaf_desktop.app import terminal

    synced = terminal.sync_once(given.folder, _ask, say=print)
    for line in synced.lines:
        print(line)
    if synced.outcome.problem is not None:
        raise synced.outcome.problem
    return 0


def _doctor(given: argparse.Namespace) -> int:
    from qaf_desktop.app import terminal

    return terminal.doctor(given.folder, _ask, say=print)


def _ask(question: str) -> str:
    """A secret, typed on the terminal without showing it; from standard input when there is no terminal."""
    return getpass(f"{question}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


# Forms -----------------------------------------------------------------------------------------------------------


def _forms_publish(given: argparse.Namespace) -> int:
    from qaf_desktop.forms.publish.workbook import publish

    form = publish(given.form)
    if given.to:
        given.to.write_text(form.xml, encoding="utf-8")
    print(f"{form.title}: {form.form_id} {form.version}, fingerprint {form.sha256}")
    return 0


def _forms_preview(given: argparse.Namespace) -> int:
    from qaf_desktop.app.trying_out import preview

    return preview(given.form)


def _forms_try(given: argparse.Namespace) -> int:
    from qaf_desktop.forms.trying import try_form

    steps = _steps(given.answers) if given.answers else []
    tried = try_form(given.form, steps, given.now or datetime.now().astimezone())
    if given.json:
        print(json.dumps(tried, ensure_ascii=False))
    else:
        print(f"{tried['form']}: {tried['status']} {tried.get('message', '')}".rstrip())
        for state in tried.get("snapshots", [[]])[-1]:
            marks = [word for word in ("relevant", "required", "readonly", "valid") if state[word]]
            print(f"  {state['ref']} = {state['value']!r}  ({', '.join(marks)})")
    return 0 if tried["status"] == "success" else 1


class NotSteps(Problem):
    """The answers file is not a list of steps."""


def _steps(path: Path) -> list[dict[str, str]]:
    try:
        steps = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise NotSteps(
            f"The file {path.name} could not be read as JSON.", next_step="Check its path and its commas."
        ) from error
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise NotSteps(
            f"The file {path.name} does not hold a list of steps.",
            next_step='Write [{"op": "set", "ref": "/data/group/question", "value": "…"}, …].',
        )
    return steps


# The centre ------------------------------------------------------------------------------------------------------


def _centre_init(given: argparse.Namespace) -> int:
    from qaf_desktop.centre import migrate, office

    with office.open_office(given.database) as connection:
        done = migrate.init(connection, council=given.council)
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


def _calendar_load(given: argparse.Namespace) -> int:
    from qaf_desktop.centre import calendar, office, publishing

    days = calendar.read_calendar(given.file)
    with office.open_office(given.database) as connection:
        publishing.publish_calendar(connection, days)
    print(f"{len(days)} bank holidays, {min(days):%-d %B %Y} to {max(days):%-d %B %Y}.")
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


if __name__ == "__main__":
    sys.exit(main())
