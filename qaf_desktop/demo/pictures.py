"""A picture of every screen in every look, for whoever judges how it looks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QPushButton

from qaf_desktop.app.program import Program
from qaf_desktop.demo.hands import Stuck, click, picture, settle, type_into, wait_for
from qaf_desktop.services.audits import case_of
from qaf_desktop.services.my_work import my_work
from qaf_desktop.ui.audit.audit_view import AuditView
from qaf_desktop.ui.feedback.feedback_view import FeedbackView
from qaf_desktop.ui.main_window import MainWindow
from qaf_desktop.ui.papers.sealed_view import SealedView
from qaf_desktop.ui.start.unlock_panel import UnlockWindow

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
        ref = next((ref for ref in view.section_refs() if ref.endswith(f"/{section}")), None)
        if ref is None:
            raise Stuck(f"there is no section {section}")
        view.section_requested.emit(ref)
        settle(150)
        picture(window, folder / f"audit-{section}.png")
    view.check_requested.emit()
    picture(window, folder / "audit-check.png")


def _feedback(program: Program, window: MainWindow, folder: Path) -> None:
    work = program.desk.do(my_work)
    case = program.desk.do(case_of, work.drafts[0].case_id)
    if not case.feedback:
        program.pages.hear(work.drafts[0].case_id)
        view = _wait_for_page(window, FeedbackView)
        picture(window, folder / "feedback-adult.png")
        window.close_page(view)


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


def _wait_for_page(window: MainWindow, kind: type[AuditView | SealedView | FeedbackView]) -> object:
    wait_for(f"{kind.__name__} to be in front", lambda: isinstance(window.current_page(), kind))
    settle(250)
    return window.current_page()
