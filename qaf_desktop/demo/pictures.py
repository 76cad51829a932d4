"""A picture of every screen in every look, for whoever judges how it looks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from qaf_desktop.app.program import Program
from qaf_desktop.demo.filling_in import where
from qaf_desktop.demo.hands import Stuck, click, picture, settle, type_into, wait_for
from qaf_desktop.domain.envelope import Kind
from qaf_desktop.services.audits import discard_draft, offered_forms
from qaf_desktop.services.feedback import start_feedback
from qaf_desktop.services.my_work import my_work
from qaf_desktop.ui.audit.audit_view import AuditView
from qaf_desktop.ui.feedback.feedback_presenter import FeedbackPresenter
from qaf_desktop.ui.feedback.feedback_view import FeedbackView
from qaf_desktop.ui.main_window import MainWindow
from qaf_desktop.ui.papers.sealed_view import SealedView
from qaf_desktop.ui.start.unlock_panel import UnlockWindow

Page = TypeVar("Page", bound=QWidget)
LOOKS = (("light", 100), ("dark", 100), ("high-contrast", 100), ("light", 200))
SIZE = (1280, 720)


def every_screen(program: Program, passphrase: str, output: Path, say: Callable[[str], None]) -> None:
    """Walk through the program once in each look and keep a picture of every screen."""
    window = _unlock(program, passphrase, output)
    window.resize(*SIZE)
    work = program.desk.do(my_work)
    draft = next(line for line in work.drafts if line.answered)
    sealed = work.completed[0]
    for theme, percent in LOOKS:
        program.theme.choose(theme)
        program.theme.resize_text(percent)
        folder = output / f"{theme}-{percent}"
        for key in ("my_work", "audits", "feedback", "forms", "sync"):
            window.go_to(key)
            settle(250)
            picture(window, folder / f"{key}.png")
        window.go_to("my_work")
        program.pages.open_draft(draft.id)
        view = _wait_for_page(window, AuditView)
        picture(window, folder / "audit.png")
        _walk_the_audit(window, view, folder)
        window.close_page(view)
        program.pages.open_record(sealed.record_id)
        copy = _wait_for_page(window, SealedView)
        wait_for("its paper", lambda copy=copy: copy.paper.pane.page_count() > 0)  # type: ignore[misc]
        settle(500)
        picture(window, folder / "sealed.png")
        window.close_page(copy)
        _feedback(program, window, folder)
        window.lock()
        picture(window, folder / "locked.png")
        window.unlock()
        say(f"{theme} at {percent} %: {len(list(folder.iterdir()))} pictures")


def _walk_the_audit(window: MainWindow, view: AuditView, folder: Path) -> None:
    for section in ("nn", "dm", "ac", "gr"):
        view.section_requested.emit(f"/data/{section}")
        settle(150)
        picture(window, folder / f"audit-{section}.png")
    view.check_requested.emit()
    picture(window, folder / "audit-check.png")


def _feedback(program: Program, window: MainWindow, folder: Path) -> None:
    case = program.desk.do(my_work).drafts[0].case_id
    form = program.desk.do(offered_forms, Kind.FEEDBACK)[0]
    (draft,) = program.desk.do(start_feedback, case, form.form_id).drafts
    program.pages.open_draft(draft)
    view = _wait_for_page(window, FeedbackView)
    picture(window, folder / "feedback-adult.png")
    filling = program.pages.presenter_of(view, FeedbackPresenter).drafting.filling
    for name, value in (("fb_not_why", "none"), ("c8_ok", "yes")):
        view.answered.emit(where(filling)[name], value)
    for number in range(5):
        view.next_requested.emit()
        settle(100)
        picture(window, folder / f"feedback-child-{number}.png")
    window.close_page(view)
    program.desk.do(discard_draft, draft)


def _unlock(program: Program, passphrase: str, output: Path) -> MainWindow:
    beginning = program.beginning
    if beginning is None or not isinstance(beginning.window, UnlockWindow):
        raise Stuck("the locked door is not there")
    door = beginning.window
    for theme, _ in LOOKS:
        program.theme.choose(theme)
        picture(door, output / f"{theme}-100" / "unlock.png")
    field = door.findChild(QLineEdit)
    if field is None:
        raise Stuck("the locked door has no line for the passphrase")
    type_into(field, passphrase)
    click(next(button for button in door.findChildren(QPushButton) if button.text() == "Unlock"))
    wait_for("the store to open", lambda: program.window is not None)
    if program.window is None:
        raise Stuck("there is no window")
    return program.window


def _wait_for_page(window: MainWindow, kind: type[Page]) -> Page:
    wait_for(f"{kind.__name__} to be in front", lambda: isinstance(window.current_page(), kind))
    settle(250)
    page = window.current_page()
    if not isinstance(page, kind):
        raise Stuck(f"{kind.__name__} went away again")
    return page
