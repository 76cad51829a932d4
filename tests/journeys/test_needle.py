"""A needle typed into every field is found in clear in no file the program leaves, while it runs and after."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from qaf_desktop import paths
from qaf_desktop.app.program import Program
from qaf_desktop.demo.filling_in import where
from qaf_desktop.demo.hands import answer, settle, wait_for
from qaf_desktop.demo.play import told
from qaf_desktop.domain.people import Person, Role, Team
from qaf_desktop.services import audits, setting_up
from qaf_desktop.services.forms import shipped_forms
from qaf_desktop.services.my_work import my_work
from qaf_desktop.ui.audit.audit_presenter import AuditPresenter
from qaf_desktop.ui.audit.audit_view import AuditView
from tests.stores import StoppedClock

PASSPHRASE = "eleven green kites above the harbour"
NEEDLE = "Xq7needleZ"


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, clock: StoppedClock) -> Iterator[Program]:
    """The program with an audit begun, all its files in one folder."""
    store = setting_up.create_with_passphrase(paths.below(tmp_path).store, PASSPHRASE, clock)
    me = Person("TM-02", "", f"Manager {NEEDLE}", Role.TM, "FSE")
    store.do(setting_up.say_who_works_here, me, None, [Team("FSE", f"East {NEEDLE}", "Family Safeguarding")])
    store.do(setting_up.keep_forms, shipped_forms(paths.shipped("forms")))
    store.do(audits.start_audit, "child_practice_audit")
    centre_people = [me, *_demo_people()]
    with store.work() as work:
        work.people.replace(centre_people, _demo_teams())
    made = Program(qapp, paths.below(tmp_path))
    made.enter(store)
    yield made
    assert made.window is not None
    made.window.close()
    made.close()


def _demo_people() -> list[Person]:
    rows = csv.DictReader(paths.shipped("demo", "people.csv").read_text(encoding="utf-8").splitlines())
    return [
        Person(row["code"], row["login"], f"{row['name']} {NEEDLE}", Role(row["role"]), row["team"] or None)
        for row in rows
        if row["code"] != "TM-02"
    ]


def _demo_teams() -> list[Team]:
    rows = csv.DictReader(paths.shipped("demo", "teams.csv").read_text(encoding="utf-8").splitlines())
    return [Team(row["code"], f"{row['name']} {NEEDLE}", row["service"]) for row in rows]


def _in_clear(folder: Path) -> list[str]:
    """Every file below the folder that holds the needle, in any of the ways text is written down."""
    ways = [NEEDLE.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(way in path.read_bytes() for way in ways)
    ]


def _steps(view: AuditView, presenter: AuditPresenter) -> Iterator[tuple[str, str]]:
    """The answers of a whole audit, rows included: what to answer by name or by ref, and with what."""
    job = json.loads(paths.shipped("demo", "main_job.json").read_text(encoding="utf-8"))
    for step in job["steps"]:
        if "add" not in step:
            if step["name"] != "dec_sign":
                yield step["name"], told(step)
            continue
        filling = presenter.drafting.filling
        repeat = where(filling)[step["add"]]
        view.section_requested.emit(repeat.rpartition("/")[0])
        view.add_requested.emit(repeat)
        inside = where(filling, filling.children(repeat)[-1])
        days = step.get("days", {})
        for name, value in step["row"].items():
            yield inside[name], told({"value": value, "days": days[name]} if name in days else {"value": value})


def test_a_needle_typed_into_every_field_is_in_clear_nowhere(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    window = program.window
    assert window is not None
    (draft,) = program.desk.do(my_work).drafts
    program.pages.open_draft(draft.id)
    wait_for("the audit", lambda: isinstance(window.current_page(), AuditView))
    view = window.current_page()
    assert isinstance(view, AuditView)
    presenter = program.pages.presenter_of(view, AuditPresenter)
    filling = presenter.drafting.filling

    typed = 0
    for name, value in _steps(view, presenter):
        ref = where(filling)[name] if "/" not in name else name
        text = filling.look(ref).type == "text"
        view.jump_requested.emit(ref)
        page = view.page(view.current_section())
        question = page.question(ref) if page else None
        assert question is not None, name
        answer(question, f"{value} {NEEDLE}" if text else value)
        typed += text
    wait_for("everything to be saved", lambda: presenter.drafting.all_saved and not program.background.busy)

    assert typed >= 45
    assert _in_clear(tmp_path) == []
    window.lock()
    settle()
    assert NEEDLE not in window.windowTitle()
    assert NEEDLE not in QApplication.clipboard().text()
    window.unlock()
    window.close()
    program.close()
    assert _in_clear(tmp_path) == []
    kept = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    assert any(name.startswith("store.qaf") for name in kept)


def test_the_needle_would_be_found_if_it_were_there(tmp_path: Path) -> None:
    (tmp_path / "left-behind.tmp").write_text(f"notes {NEEDLE}", encoding="utf-16-le")

    assert _in_clear(tmp_path) == ["left-behind.tmp"]
