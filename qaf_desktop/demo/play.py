"""The main job, played through the real windows: audit, child, seal, paper, sync, receipt."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QTabWidget, QWidget

from qaf_desktop.app.program import Program
from qaf_desktop.app.surroundings import now
from qaf_desktop.demo.filling_in import where
from qaf_desktop.demo.hands import Stuck, answer, click, picture, settle, type_into, wait_for
from qaf_desktop.domain.envelope import Kind
from qaf_desktop.domain.ids import RecordId
from qaf_desktop.domain.sending import SendState
from qaf_desktop.forms.filling import Filling
from qaf_desktop.models.projections import AuditLine
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.paths import shipped
from qaf_desktop.services.my_work import sending
from qaf_desktop.ui.audit.audit_presenter import AuditPresenter
from qaf_desktop.ui.audit.audit_view import AuditView
from qaf_desktop.ui.feedback.feedback_presenter import FeedbackPresenter
from qaf_desktop.ui.feedback.feedback_view import FeedbackView
from qaf_desktop.ui.main_window import MainWindow
from qaf_desktop.ui.my_work.my_work_view import MyWorkView
from qaf_desktop.ui.papers.sealed_view import SealedView
from qaf_desktop.ui.start.unlock_panel import UnlockWindow
from qaf_desktop.ui.sync.sync_view import SyncView

SIZE = (1280, 800)
Page = TypeVar("Page", bound=QWidget)
Say = Callable[[str], None]

STOPS = ("cf_story", "dm_grade", "gr_overall")
"""Questions after which a picture is taken."""


class Play:
    """One performance; ``output`` is where paper and pictures go."""

    def __init__(self, program: Program, passphrase: str, output: Path, say: Say) -> None:
        self._program = program
        self._passphrase = passphrase
        self._output = output
        self._say = say
        self._shots = 0
        self._job: Mapping[str, Any] = json.loads(shipped("demo", "main_job.json").read_text(encoding="utf-8"))

    def perform(self) -> Mapping[str, Any]:
        """Play it all and return what there is to tell of it."""
        self._unlock()
        before = {line.record_id for line in self._lines(Kind.AUDIT)}
        audit = self._fill_the_audit()
        self._hear_the_child(audit)
        self._complete(audit)
        audit_line = next(line for line in self._lines(Kind.AUDIT) if line.record_id not in before)
        feedback_line = next(line for line in self._lines(Kind.FEEDBACK) if line.case_id == audit_line.case_id)
        self._print(audit_line.record_id, "audit.pdf", "the audit")
        self._print(feedback_line.record_id, "feedback.pdf", "what the child said")
        self._sync()
        return {
            "audit": self._record(audit_line.record_id),
            "feedback": self._record(feedback_line.record_id),
            "sending": vars(self._program.desk.do(sending)),
        }

    # Scenes ----------------------------------------------------------------------------------------------------

    def _unlock(self) -> None:
        beginning = self._program.beginning
        if beginning is None or not isinstance(beginning.window, UnlockWindow):
            raise Stuck("the locked door is not there")
        door = beginning.window
        self._shot(door, "locked")
        field = door.findChild(QLineEdit)
        if field is None:
            raise Stuck("the locked door has no line for the passphrase")
        type_into(field, self._passphrase)
        click(next(button for button in door.findChildren(QPushButton) if button.text() == "Unlock"))
        wait_for("the store to open", lambda: self._program.window is not None)
        self._window.resize(*SIZE)
        wait_for("the window to be active", self._window.isActiveWindow)
        page = self._page(MyWorkView)
        wait_for("my work to be listed", lambda: bool(page.rows()))
        self._say("Unlocked the encrypted store.")
        self._shot(self._window, "my-work")

    def _fill_the_audit(self) -> AuditView:
        click(
            next(
                button
                for button in self._page(MyWorkView).findChildren(QPushButton)
                if button.text() == "Start an audit"
            )
        )
        self._choose(self._job["form"], lambda: isinstance(self._window.current_page(), AuditView))
        view = self._page(AuditView)
        presenter = self._program.pages.presenter_of(view, AuditPresenter)
        filling = presenter.drafting.filling
        self._shot(self._window, "audit-begun")
        steps, declaration = self._job["steps"], self._declaration()
        for step in steps:
            if "add" in step:
                self._add_row(view, filling, step)
            elif step["name"] != declaration:
                self._answer_in_audit(view, where(filling)[step["name"]], told(step))
                if step["name"] in STOPS:
                    self._shot(self._window, f"audit-{step['name'].replace('_', '-')}")
        wait_for("everything typed to be saved", lambda: presenter.drafting.all_saved)
        self._say(f"Filled in an audit with {len(steps)} answers; every one was saved as it was typed.")
        return view

    def _choose(self, form_id: str, arrived: Callable[[], bool]) -> None:
        """With more than one form a menu asks which; with one there is nothing to choose."""
        title = self._program.desk.do(_title, form_id)

        def menus() -> list[QMenu]:
            return [menu for menu in self._window.findChildren(QMenu) if menu.isVisible()]

        wait_for("a form to choose", lambda: bool(menus()) or arrived())
        for menu in menus():
            next(action for action in menu.actions() if action.text().startswith(title)).trigger()
            menu.close()
        wait_for("the form to open", arrived)

    def _hear_the_child(self, audit: AuditView) -> None:
        audit.feedback_requested.emit()
        self._choose(self._job["feedback"]["form"], lambda: isinstance(self._window.current_page(), FeedbackView))
        view = self._page(FeedbackView)
        presenter = self._program.pages.presenter_of(view, FeedbackPresenter)
        filling = presenter.drafting.filling
        answers = {step["name"]: told(step) for step in self._job["feedback"]["steps"]}
        shot_at = {"staff": "feedback-adult", "c8_kind": "feedback-faces", "c8_wand": "feedback-wish"}
        while view.current() is not view.check:
            for name, ref in where(filling).items():
                question = view.question(ref)
                if name in answers and question is not None and question.isVisible() and not question.item.value:
                    answer(question, answers[name])
                    if name in shot_at:
                        self._shot(self._window, shot_at[name])
            click(view.next)
            settle(20)
        self._shot(self._window, "feedback-check")
        click(view.check.complete)
        wait_for("the feedback to be sealed", lambda: view.current() is view.finished)
        self._shot(self._window, "feedback-thank-you")
        click(view.finished.leave)
        wait_for("the audit to be in front again", lambda: self._window.current_page() is audit)
        self._say("Heard from the child: sealed as a record of the same case.")

    def _complete(self, view: AuditView) -> None:
        view.check_requested.emit()
        wait_for("the check page", lambda: view.stack.currentWidget() is view.check)
        self._shot(self._window, "audit-check")
        name = self._declaration()
        step = next((step for step in self._job["steps"] if step.get("name") == name), None)
        if step is not None and view.check.declaration is not None:
            answer(view.check.declaration, told(step))
        settle()
        click(view.check.complete)
        wait_for("the audit to be sealed", lambda: view.stack.currentWidget() is view.finished)
        self._shot(self._window, "audit-complete")
        self._say("Completed the audit: sealed, nobody can change it any more.")

    def _print(self, record_id: RecordId, file_name: str, what: str) -> None:
        self._program.pages.open_record(record_id)
        wait_for("the sealed copy", lambda: isinstance(self._window.current_page(), SealedView))
        view = self._page(SealedView)
        wait_for("its paper", lambda: view.paper.pane.page_count() > 0)
        settle(400)
        self._shot(self._window, file_name.removesuffix(".pdf") + "-paper")
        path = self._output / file_name
        path.unlink(missing_ok=True)
        view.paper.save_requested.emit(path)
        wait_for(f"{file_name} to be written", path.exists)
        self._window.close_page(view)
        self._say(f"Printed {what} to {file_name}.")

    def _sync(self) -> None:
        self._window.go_to("sync")
        view = self._page(SyncView)
        self._shot(self._window, "sync-ready")
        click(next(button for button in view.findChildren(QPushButton) if button.text() == "Sync now"))
        wait_for("the centre to confirm", lambda: self._all_confirmed() and not self._program.syncing.under_way)
        settle(300)
        self._shot(self._window, "sync-confirmed")
        tabs = view.findChild(QTabWidget)
        if tabs is not None:
            tabs.setCurrentIndex(1)
        wait_for("the receipt", lambda: bool(view.receipt_rows()))
        self._shot(self._window, "sync-receipt")
        self._say("Synced: the centre's own log proves that it holds everything.")

    # Parts -----------------------------------------------------------------------------------------------------

    def _answer_in_audit(self, view: AuditView, ref: str, value: str) -> None:
        view.jump_requested.emit(ref)
        page = view.page(view.current_section())
        question = page.question(ref) if page else None
        if question is None:
            raise Stuck(f"{ref} is not on its page")
        settle(10)
        answer(question, value)

    def _add_row(self, view: AuditView, filling: Filling, step: Mapping[str, Any]) -> None:
        repeat = where(filling)[step["add"]]
        if view.current_section() not in repeat:
            view.section_requested.emit(repeat.rpartition("/")[0])
        before = len(filling.children(repeat))
        view.add_requested.emit(repeat)
        rows = filling.children(repeat)
        if len(rows) != before + 1:
            raise Stuck(f"no row was added to {repeat}")
        inside = where(filling, rows[-1])
        days = step.get("days", {})
        for name, value in step["row"].items():
            given = _day(days[name]) if name in days else value
            self._answer_in_audit(view, inside[name], given)
        self._shot(self._window, f"audit-{step['add'].replace('_', '-')}")

    def _declaration(self) -> str:
        return self._program.desk.do(_declaration, self._job["form"])

    def _all_confirmed(self) -> bool:
        counts = self._program.desk.do(sending)
        return not (counts.ready or counts.received or counts.held_back)

    def _lines(self, kind: Kind) -> Sequence[AuditLine]:
        return self._program.desk.do(_all_lines, kind)

    def _record(self, record_id: RecordId) -> Mapping[str, Any]:
        return self._program.desk.do(_tell, record_id)

    @property
    def _window(self) -> MainWindow:
        if self._program.window is None:
            raise Stuck("there is no window")
        return self._program.window

    def _page(self, kind: type[Page]) -> Page:
        page = self._window.current_page()
        if not isinstance(page, kind):
            raise Stuck(f"{kind.__name__} is not in front")
        return page

    def _shot(self, widget: QWidget, name: str) -> None:
        self._shots += 1
        picture(widget, self._output / f"{self._shots:02d}-{name}.png")


def told(step: Mapping[str, Any]) -> str:
    """What to answer; days and months are counted from today, so that the demonstration never grows old."""
    if "days" in step:
        return _day(step["days"])
    if "months" in step:
        return f"{now():%Y-%m}"
    return str(step["value"])


def _day(offset: int) -> str:
    return (now().date() + timedelta(days=offset)).isoformat()


def _declaration(work: UnitOfWork, form_id: str) -> str:
    return work.forms.newest(form_id).profile.declaration_question


def _title(work: UnitOfWork, form_id: str) -> str:
    return work.forms.newest(form_id).title


def _all_lines(work: UnitOfWork, kind: Kind) -> Sequence[AuditLine]:
    return work.projections.audits(mine=True, kind=kind, limit=500)


def _tell(work: UnitOfWork, record_id: RecordId) -> Mapping[str, Any]:
    envelope = work.records.envelope(record_id)
    state = work.outbox.state(record_id)
    return {
        "record_id": record_id,
        "case_id": envelope.case_id,
        "kind": envelope.kind.value,
        "content_hash": envelope.content_hash,
        "state": (state or SendState.READY).value,
    }
