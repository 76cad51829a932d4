from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from qaf_desktop.domain.people import Role
from qaf_desktop.problems import Problem
from qaf_desktop.security.passphrase import WrongPassphrase, weakness
from qaf_desktop.ui.start.first_run import CreateRequest, EnrolmentSummary, FirstRunWindow
from qaf_desktop.ui.start.unlock_panel import UnlockPanel, UnlockWindow, wait_seconds

SECRET = "heron lantern gravel"


@pytest.fixture
def first_run(theme, qtbot):
    window = FirstRunWindow(theme, weakness)
    qtbot.addWidget(window)
    window.show()
    return window


def a_summary(asks_password=True):
    return EnrolmentSummary(
        path=Path("enrolment.json"),
        council="Northbridge Council",
        centre="centre.example:5432",
        person="TM-02 Ana Field",
        role=Role.TM,
        team="Locality North",
        asks_password=asks_password,
    )


def type_twice(window, qtbot, first, second):
    qtbot.keyClicks(window.key._first._field, first)
    qtbot.keyClicks(window.key._second._field, second)


def test_an_enrolment_file_can_be_dropped_on_the_window(first_run, qtbot, tmp_path):
    file = tmp_path / "enrolment.json"
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )

    with qtbot.waitSignal(first_run.enrolment_chosen) as chosen:
        first_run.welcome._drop.dropEvent(drop)

    assert chosen.args == [file]


def test_a_file_that_is_no_enrolment_is_answered_where_it_was_chosen(first_run):
    first_run.show_problem(Problem("That file is not an enrolment file.", next_step="Choose the one IT sent you."))

    assert first_run.welcome.messages.isVisible()
    assert "not an enrolment file" in first_run.welcome.messages.sentence


def test_from_enrolment_file_to_keyring(first_run, qtbot):
    first_run.show_keyring(True)
    first_run.show_enrolment(a_summary())
    qtbot.keyClicks(first_run.enrolment._password._field, "from-it")
    first_run.enrolment.go_on.click()

    with qtbot.waitSignal(first_run.create_requested) as asked:
        first_run.key.go_on.click()

    assert asked.args == [CreateRequest(enrolment=Path("enrolment.json"), centre_password="from-it")]


def test_without_a_centre_and_without_a_keyring(first_run, qtbot):
    first_run.show_keyring(False, "This computer has no keyring.")
    first_run.welcome.alone_requested.emit()
    qtbot.keyClicks(first_run.person._code, "TM-02")
    qtbot.keyClicks(first_run.person._team, "NORTH")
    first_run.person.go_on.click()
    type_twice(first_run, qtbot, SECRET, SECRET)

    with qtbot.waitSignal(first_run.create_requested) as asked:
        first_run.key.go_on.click()

    request = asked.args[0]
    assert (request.code, request.team, request.passphrase) == ("TM-02", "NORTH", SECRET)
    assert request.role in Role
    assert request.enrolment is None


def test_a_request_never_shows_its_secrets():
    request = CreateRequest(centre_password="from-it", passphrase=SECRET)

    assert SECRET not in repr(request)
    assert "from-it" not in repr(request)


def test_a_staff_code_is_needed(first_run):
    first_run.welcome.alone_requested.emit()

    assert not first_run.person.go_on.isEnabled()


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("short", "", "Use at least 12 characters; this has 5."),
        (SECRET, "", "Good. Now the same again."),
        (SECRET, "heron", "The two are not the same yet."),
        (SECRET, SECRET, "Good. Nobody can bring it back if it is forgotten: keep it where only you find it."),
    ],
)
def test_the_passphrase_is_judged_in_words_while_it_is_typed(first_run, qtbot, first, second, words):
    first_run.show_keyring(False, "This computer has no keyring.")

    type_twice(first_run, qtbot, first, second)

    assert first_run.key._verdict.text() == words
    assert first_run.key.go_on.isEnabled() == (first == second == SECRET)


def test_going_back_loses_nothing(first_run, qtbot):
    first_run.welcome.alone_requested.emit()
    qtbot.keyClicks(first_run.person._code, "TM-02")
    first_run.person.go_on.click()

    first_run.key.back_requested.emit()

    assert first_run._steps.currentWidget() is first_run.person
    assert first_run.person._code.text() == "TM-02"


def test_when_the_store_cannot_be_made_the_person_can_try_again(first_run, qtbot):
    first_run.show_keyring(True)
    first_run.show_enrolment(a_summary())
    first_run.enrolment.go_on.click()
    first_run.show_working()

    first_run.show_problem(Problem("The keyring did not keep the key."))

    assert first_run.key.go_on.isEnabled()
    assert first_run.key.go_on.text() == "Make the store"


@pytest.fixture
def panel(theme, qtbot):
    panel = UnlockPanel(theme)
    qtbot.addWidget(panel)
    panel.setMinimumSize(480, 400)
    panel.show()
    return panel


def test_enter_unlocks(panel, qtbot):
    qtbot.keyClicks(panel._field._field, SECRET)

    with qtbot.waitSignal(panel.unlock_requested) as asked:
        qtbot.keyClick(panel._field._field, Qt.Key.Key_Return)

    assert asked.args == [SECRET]


def test_a_passphrase_is_typed_unseen_and_can_be_looked_at(panel, qtbot):
    qtbot.keyClicks(panel._field._field, SECRET)
    assert SECRET not in panel._field._field.displayText()

    panel._field._eye.click()

    assert panel._field._field.displayText() == SECRET
    assert panel._field._eye.accessibleName() == "Hide what I typed"


def test_each_wrong_passphrase_makes_the_next_try_wait_longer():
    waits = [wait_seconds(number) for number in range(1, 9)]

    assert waits == [0, 1, 2, 4, 8, 16, 30, 30]


def test_there_is_no_last_try(panel, qtbot, monkeypatch):
    qtbot.keyClicks(panel._field._field, "wrong")
    for _ in range(20):
        panel.show_wrong(WrongPassphrase())
    assert not panel._unlock.isEnabled()
    assert panel._unlock.text() == "Try again in 30 seconds"

    for _ in range(30):
        panel._tick()

    assert panel._unlock.isEnabled()
    assert panel._unlock.text() == "Unlock"


def test_a_wrong_passphrase_is_said_and_can_be_typed_over(panel, qtbot):
    qtbot.keyClicks(panel._field._field, "wrong")

    panel.show_wrong(WrongPassphrase())

    assert panel._sheet.messages.sentence.startswith("That is not the passphrase")
    assert panel._field._field.selectedText() == "wrong" or panel._field._field.hasSelectedText()
    assert panel._unlock.isEnabled()


def test_a_damaged_store_offers_the_newest_backup(panel, qtbot, tmp_path):
    backup = tmp_path / "newest.backup"

    panel.show_damaged(Problem("The file that holds your work is damaged."), backup, "Go back to 22 November, 09:10")
    with qtbot.waitSignal(panel.restore_requested) as asked:
        panel._restore.click()

    assert asked.args == [backup]


def test_with_a_keyring_one_press_unlocks(theme, qtbot):
    window = UnlockWindow(theme, keyring=True)
    qtbot.addWidget(window)
    window.show()

    with qtbot.waitSignal(window.panel.unlock_requested) as asked:
        window.panel._unlock.click()

    assert asked.args == [""]
    assert not window.panel._field.isVisible()


def test_after_unlocking_the_passphrase_is_forgotten(panel, qtbot):
    qtbot.keyClicks(panel._field._field, SECRET)

    panel.show_opened()

    assert panel._field.text() == ""
    assert panel._field._field.isUndoAvailable() is False


def test_the_door_grows_so_that_the_way_back_is_seen_without_scrolling(theme, qtbot, tmp_path):
    window = UnlockWindow(theme, keyring=False)
    qtbot.addWidget(window)
    window.resize(720, 400)
    window.show()
    problem = Problem("The file that holds your work is damaged.", safe="It is kept as it is. " * 3)

    window.panel.show_damaged(problem, tmp_path / "newest.backup", "Go back to the copy of 22 November, 09:10")

    bar = window.panel._sheet.verticalScrollBar()
    qtbot.waitUntil(lambda: window.height() > 400 and bar.maximum() == 0)


def test_where_a_passphrase_is_asked_for_the_first_field_has_the_keyboard(first_run, qtbot):
    first_run.show_keyring(False, "This computer has no keyring.")
    first_run.welcome.alone_requested.emit()
    qtbot.keyClicks(first_run.person._code, "TM-02")
    first_run.activateWindow()

    first_run.person.go_on.click()

    qtbot.waitUntil(first_run.key._first._field.hasFocus)


def test_where_the_keyring_keeps_the_key_the_button_has_the_keyboard(first_run, qtbot):
    first_run.show_keyring(True)
    first_run.activateWindow()

    first_run.show_enrolment(a_summary())
    first_run.enrolment.go_on.click()

    qtbot.waitUntil(first_run.key.go_on.hasFocus)
