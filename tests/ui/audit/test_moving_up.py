import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from qaf_desktop.app.pages import Pages
from qaf_desktop.models.drafts import Save
from qaf_desktop.services import audits
from qaf_desktop.services.desk import Desk
from qaf_desktop.settings import SettingsFile
from qaf_desktop.ui.audit.audit_view import AuditView
from qaf_desktop.ui.audit.move_up_view import AsideView, MoveUpView
from qaf_desktop.ui.main_window import MainWindow
from tests.ui.audit.desk import CHOICES, SETTINGS, SURVEY, published

NEWER = SURVEY.replace(
    "text,dm_timely_ev,Evidence: in time,,,${dm_timely} = 'partly',yes,,,multiline\n",
    "text,dm_next,What next?,,,,yes,,,\n",
)
WHY = "/data/dm/dm_timely_ev"


@pytest.fixture
def program(store, small_form, tmp_path, theme, background, qtbot, clock):
    """The main window over a real store with one draft on version 1, and version 2 offered."""
    newer = published(
        tmp_path / "newer", survey=NEWER, choices=CHOICES, settings=SETTINGS.replace("audit,1,", "audit,2,")
    )
    desk = Desk(store)
    with store.work() as work:
        work.forms.keep(small_form)
        (draft_id,) = audits.start_audit(work, "small_audit").drafts
        work.drafts.save(
            draft_id, [Save(WHY, "Because of the visits."), Save("/data/cd/cd_ref", "CH-7K4QM")], by="TM-02"
        )
        clock.move_on(days=1)
    with store.work() as work:
        work.forms.keep(newer)
    window = MainWindow(theme, QLabel("locked"))
    qtbot.addWidget(window)
    pages = Pages(window, theme, background, desk, SettingsFile(tmp_path / "settings.json"))
    pages.add_destinations(None, lambda _: None)
    window.resize(1280, 800)
    window.show()
    window.go_to("my_work")
    window.pages, window.desk, window.draft_id = pages, desk, draft_id

    def settle():
        qtbot.waitUntil(lambda: not background.busy)
        qtbot.wait(20)
        qtbot.waitUntil(lambda: not background.busy)

    window.settle = settle
    pages.open_draft(draft_id)
    settle()
    yield window
    settle()


def menu(window):
    return {action.text().replace("&", ""): action for action in window.current_page().page_actions()}


def test_a_newer_version_is_offered_calmly_in_the_notice_and_in_the_menu(program):
    page = program.current_page()

    assert isinstance(page, AuditView)
    assert page.message.sentence.startswith("Version 2 of this form is here.")
    assert "Move up to version 2…" in menu(program)
    assert page.form_words() == "Small audit, version 1"


def test_the_page_says_what_comes_along_what_is_new_and_what_is_kept_aside(program):
    menu(program)["Move up to version 2…"].trigger()
    program.settle()

    page = program.current_page()
    assert isinstance(page, MoveUpView)
    assert "Comes along: 1 answer" in page.words()
    assert "Decision making\nWhat next?" in page.words()
    assert "Because of the visits." in page.words()


def test_moving_up_opens_the_draft_in_the_newer_version_and_lists_what_was_kept_aside(program):
    menu(program)["Move up to version 2…"].trigger()
    program.settle()
    QTest.mouseClick(program.current_page().move_up, Qt.MouseButton.LeftButton)
    program.settle()
    page = program.current_page()
    opened_with, said = page.form_words(), page.message.sentence
    keyboard = page.isAncestorOf(QApplication.focusWidget())

    menu(program)["Answers kept aside…"].trigger()
    program.settle()

    assert opened_with == "Small audit, version 2"
    assert said.startswith("The draft is on the newer version now.")
    assert program.messages.sentence == ""
    assert keyboard
    assert isinstance(program.current_page(), AsideView)
    assert "Because of the visits." in program.current_page().words()


def test_what_was_just_typed_moves_too_and_going_back_has_everything_again(program):
    page = program.current_page()
    page.answered.emit("/data/cd/cd_ref", "CH-9ZZZZ")
    menu(program)["Move up to version 2…"].trigger()
    program.settle()
    QTest.mouseClick(program.current_page().move_up, Qt.MouseButton.LeftButton)
    program.settle()
    moved = program.desk.do(lambda work: work.drafts.saved(program.draft_id))[0]

    menu(program)["Go back to version 1"].trigger()
    program.settle()

    back = program.desk.do(lambda work: work.drafts.saved(program.draft_id))[0]
    assert moved["/data/cd/cd_ref"] == back["/data/cd/cd_ref"] == "CH-9ZZZZ"
    assert WHY not in moved
    assert back[WHY] == "Because of the visits."
    assert program.current_page().form_words() == "Small audit, version 1"


def test_staying_changes_nothing(program):
    before = program.desk.do(lambda work: json.dumps(work.drafts.saved(program.draft_id)))
    menu(program)["Move up to version 2…"].trigger()
    program.settle()

    QTest.mouseClick(program.current_page().stay, Qt.MouseButton.LeftButton)
    program.settle()

    assert isinstance(program.current_page(), AuditView)
    assert program.desk.do(lambda work: json.dumps(work.drafts.saved(program.draft_id))) == before
