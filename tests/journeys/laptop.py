"""A laptop in a process of its own, driven through its real windows, so that it can be killed at any moment.

``python -m tests.journeys.laptop type FOLDER PASSPHRASE`` types without pausing and prints what the store holds;
``… look FOLDER PASSPHRASE`` opens it again and prints, as JSON, what a person sees.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from qaf_desktop import paths
from qaf_desktop.app.program import Program
from qaf_desktop.demo.filling_in import where
from qaf_desktop.demo.hands import click, notice_faults, settle, type_into, wait_for
from qaf_desktop.domain.ids import DraftId
from qaf_desktop.models.unit_of_work import UnitOfWork
from qaf_desktop.services.my_work import my_work
from qaf_desktop.ui.audit.audit_presenter import AuditPresenter
from qaf_desktop.ui.audit.audit_view import AuditView

QUESTION = "cf_story"
ALPHABET = "a tired child who draws boats and waits for the bell "


def opened(folder: Path, passphrase: str) -> tuple[Program, AuditView, AuditPresenter, DraftId]:
    """Unlock through the window and open the one draft there is."""
    application = QApplication([])
    application.setApplicationName("QAF Desktop")
    program = Program(application, paths.below(folder))
    notice_faults()
    program.begin()
    door = program.beginning.window if program.beginning else None
    assert door is not None
    field = door.findChild(QLineEdit)
    assert field is not None
    type_into(field, passphrase)
    click(next(button for button in door.findChildren(QPushButton) if button.text() == "Unlock"))
    wait_for("the store to open", lambda: program.window is not None)
    window = program.window
    assert window is not None
    wait_for("the window to be active", window.isActiveWindow)
    (draft,) = program.desk.do(my_work).drafts
    program.pages.open_draft(draft.id)
    wait_for("the draft", lambda: isinstance(window.current_page(), AuditView))
    view = window.current_page()
    assert isinstance(view, AuditView)
    return program, view, program.pages.presenter_of(view, AuditPresenter), draft.id


def type_until_killed(folder: Path, passphrase: str) -> None:
    """Type without pausing; after every save print how many characters the store gave back."""
    program, view, presenter, draft = opened(folder, passphrase)
    ref = where(presenter.drafting.filling)[QUESTION]
    slot = presenter.drafting.filling.slot(ref)
    view.jump_requested.emit(ref)
    page = view.page(view.current_section())
    question = page.question(ref) if page else None
    assert question is not None
    settle(50)
    paper = question.answer.keyboard()
    paper.setFocus()

    def held(work: UnitOfWork) -> str:
        return work.drafts.saved(draft)[0].get(slot, "")

    presenter.drafting.saved.connect(lambda _: print(len(program.desk.do(held)), flush=True))  # noqa: T201
    for number in range(100_000):
        QTest.keyClicks(paper, ALPHABET[number % len(ALPHABET)])
        QTest.qWait(3)


def look(folder: Path, passphrase: str) -> None:
    """Open the draft again and print what a person finds."""
    program, view, presenter, draft = opened(folder, passphrase)
    settle(100)
    filling = presenter.drafting.filling
    question = view.question_in_focus()
    print(  # noqa: T201
        json.dumps(
            {
                "value": filling.look(where(filling)[QUESTION]).value,
                "caret": filling.look(presenter.drafting.caret).name if presenter.drafting.caret else "",
                "in_front": question.item.name if question else "",
                "said": view.message.sentence,
                "faults": program.desk.do(lambda work: work.drafts.get(draft).form_id),
            }
        ),
        flush=True,
    )
    assert program.window is not None
    program.window.close()
    program.close()


if __name__ == "__main__":
    {"type": type_until_killed, "look": look}[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])
