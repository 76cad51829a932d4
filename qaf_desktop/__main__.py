"""The command line: open the program, try it out, enrol it, look after forms and the centre."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from getpass import getpass
from pathlib import Path

from qaf_desktop.app.centre_words import add_centre_words
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

    _add_forms(jobs.add_parser("forms", help="check, publish, export or try forms without a window"))
    add_centre_words(jobs.add_parser("centre", help="look after the council's database"))
    return parser


def _add_forms(parser: argparse.ArgumentParser) -> None:
    forms = parser.add_subparsers(required=True)
    check = forms.add_parser("check", help="everything wrong with a form, and what to write instead")
    check.add_argument("forms", type=Path, nargs="+", metavar="form", help="CSV folder or .xlsx")
    check.add_argument("--json", action="store_true", help="print JSON for tools")
    check.set_defaults(deed=_forms_check)
    publish = forms.add_parser("publish", help="compile a CSV folder or workbook to XForm XML")
    publish.add_argument("form", type=Path)
    publish.add_argument("--to", type=Path, help="write the XForm XML here")
    publish.set_defaults(deed=_forms_publish)
    export = forms.add_parser("export", help="write a form as a tidy Excel workbook, to change it there")
    export.add_argument("form", type=Path, help="CSV folder or .xlsx")
    export.add_argument("--to", type=Path, required=True, help="the new .xlsx")
    export.set_defaults(deed=_forms_export)
    preview = forms.add_parser("preview", help="try a workbook out in the real windows; nothing is kept")
    preview.add_argument("form", type=Path, help="CSV folder or .xlsx")
    preview.set_defaults(deed=_forms_preview)
    trying = forms.add_parser("try", help="fill a form in from a list of steps and print every state")
    trying.add_argument("form", type=Path, help="CSV folder, .xlsx or XForm .xml")
    trying.add_argument("--answers", type=Path, help="JSON list of {op, ref, value} steps")
    trying.add_argument("--now", type=datetime.fromisoformat, help="the form's clock, for example 2026-11-23T09:00")
    trying.add_argument("--json", action="store_true", help="print JSON; without it, a readable list")
    trying.set_defaults(deed=_forms_try)


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


def _forms_check(given: argparse.Namespace) -> int:
    from qaf_desktop.forms.publish.telling import json_of, lines_of
    from qaf_desktop.forms.publish.workbook import check

    # A shell without patterns, as on Windows, hands over the star itself.
    named = [sorted(form.parent.glob(form.name)) if "*" in form.name else [form] for form in given.forms]
    checked = [(str(source), check(source)) for sources in named for source in sources]
    if given.json:
        print(json.dumps([json_of(name, one) for name, one in checked], ensure_ascii=False, indent=1))
    else:
        for name, one in checked:
            print("\n".join(lines_of(name, one)))
    return 1 if any(one.errors for _, one in checked) else 0


def _forms_publish(given: argparse.Namespace) -> int:
    from qaf_desktop.forms.publish.workbook import publish

    form = publish(given.form)
    if given.to:
        try:
            given.to.write_text(form.xml, encoding="utf-8")
        except OSError as error:
            raise NotWritten(
                f"The XML could not be written to {given.to.name}.", next_step="Choose another folder."
            ) from error
    print(f"{form.title}: {form.form_id} {form.version}, fingerprint {form.sha256}")
    return 0


def _forms_export(given: argparse.Namespace) -> int:
    from qaf_desktop.forms.publish.exporting import export

    exported = export(given.form, given.to)
    beside = f", its pictures in {exported.media}" if exported.media else ""
    print(f"{exported.form.title} {exported.form.version} is in {exported.workbook}{beside}.")
    return 0


def _forms_preview(given: argparse.Namespace) -> int:
    from qaf_desktop.app.trying_out import preview

    return preview(given.form)


def _forms_try(given: argparse.Namespace) -> int:
    from qaf_desktop.forms.trying import try_form

    steps = _steps(given.answers) if given.answers else []
    tried = try_form(given.form, steps, given.now or datetime.now().astimezone())
    if given.json:
        print(json.dumps(tried, ensure_ascii=True))
    else:
        print(f"{tried['form']}: {tried['status']} {tried.get('message', '')}".rstrip())
        for state in tried.get("snapshots", [[]])[-1]:
            marks = [word for word in ("relevant", "required", "readonly", "valid") if state[word]]
            print(f"  {state['ref']} = {state['value']!r}  ({', '.join(marks)})")
    return 0 if tried["status"] == "success" else 1


class NotWritten(Problem):
    """A file could not be written where it was asked for."""


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


if __name__ == "__main__":
    sys.exit(main())
