"""An author tries a workbook out in the real windows, changes it, presses F5, and is told why."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from qaf_desktop.app.pages import Pages
from qaf_desktop.app.trying_out import preview_window, trial
from qaf_desktop.services.desk import Desk
from qaf_desktop.settings import SettingsFile
from qaf_desktop.ui.audit.audit_view import AuditView
from qaf_desktop.ui.feedback.feedback_view import FeedbackView
from qaf_desktop.ui.main_window import MainWindow
from tests.ui.audit.desk import CHOICES, SETTINGS, SURVEY

FORMS = Path(__file__).parents[3] / "resources" / "forms"
EVIDENCE = "/data/dm/dm_timely_ev"


@pytest.fixture
def workbook(tmp_path):
    folder = tmp_path / "my_audit"
    folder.mkdir()
    for name, text in (("survey", SURVEY), ("choices", CHOICES), ("settings", SETTINGS)):
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


@pytest.fixture
def open_trial(theme, background, qtbot):
    def open_it(source):
        view, presenter = trial(source, theme, background)
        qtbot.addWidget(view)
        view.resize(1280, 760)
        view.show()
        view.presenter = presenter
        view.settle = lambda: (qtbot.waitUntil(lambda: not background.busy, timeout=10_000), qtbot.wait(200))
        view.settle()
        return view

    return open_it


def change(workbook, before, after):
    survey = workbook / "survey.csv"
    text = survey.read_text("utf-8")
    assert before in text
    survey.write_text(text.replace(before, after), "utf-8")


def press_f5(view):
    QTest.keyClick(view.workspace or view, Qt.Key.Key_F5)
    view.settle()


def test_the_form_opens_in_the_real_workspace(workbook, open_trial):
    view = open_trial(workbook)

    assert isinstance(view.workspace, AuditView)
    assert view.workspace.form_words() == "Small audit, version 1"
    assert "Nothing you type here is kept" in view.said.text()


def test_a_feedback_form_opens_page_by_page(open_trial):
    view = open_trial(FORMS / "feedback_child_8_12")

    assert isinstance(view.workspace, FeedbackView)


def test_the_question_in_focus_is_explained(workbook, open_trial):
    view = open_trial(workbook)

    view.workspace.entered.emit("/data/cd/cd_months")
    view.settle()

    assert "Accepted when this answer is at least 0." in view.why.words()
    assert ". >= 0" in view.why.words()


def test_a_hidden_question_can_be_chosen_and_says_what_it_waits_for(workbook, open_trial):
    view = open_trial(workbook)
    hidden = [view.why.hidden.item(place) for place in range(view.why.hidden.count())]

    view.why.hidden.itemClicked.emit(hidden[0])

    assert [item.text() for item in hidden] == ["Evidence: in time (dm_timely_ev)"]
    assert "Shown when “Were decisions made in time?” is Partly." in view.why.words()
    assert "No, this does not hold now." in view.why.words()
    assert "${dm_timely} = 'partly'" in view.why.words()
    assert "Were decisions made in time? (dm_timely): (empty)" in view.why.words()


def test_an_answer_changes_what_is_explained(workbook, open_trial):
    view = open_trial(workbook)
    view.why.chosen.emit(EVIDENCE)

    view.workspace.answered.emit("/data/dm/dm_timely", "partly")
    view.settle()

    assert view.why.hidden.count() == 0
    assert "Yes, this holds now." in view.why.words()
    assert "(dm_timely): Partly" in view.why.words()


def test_after_a_change_f5_carries_the_answers_over_by_name(workbook, open_trial):
    view = open_trial(workbook)
    view.workspace.answered.emit("/data/cd/cd_ref", "CH-7K4QM")
    change(workbook, "integer,cd_months,Months open,", "integer,cd_months,Whole months open,")

    press_f5(view)

    page = view.workspace.page(view.workspace.current_section())
    labels = [label.text() for label in page.findChildren(QLabel)]
    assert "Whole months open" in labels
    assert page.question("/data/cd/cd_ref").item.value == "CH-7K4QM"


def test_an_answer_with_no_place_any_more_is_said(workbook, open_trial):
    view = open_trial(workbook)
    view.workspace.answered.emit("/data/cd/cd_months", "7")
    change(workbook, "integer,cd_months,Months open,,,,yes,. >= 0,Months cannot be negative.,\n", "")

    press_f5(view)

    assert "Months open: 7 (The question is not in this version.)" in view.message.sentence


def test_a_refused_workbook_says_where_and_a_mended_one_opens_again(workbook, open_trial):
    view = open_trial(workbook)
    view.workspace.answered.emit("/data/cd/cd_ref", "CH-7K4QM")
    change(workbook, "${dm_timely} = 'partly'", "${dm_timly} == 'partly'")
    press_f5(view)
    refused = [label.text() for label in view.refused.findChildren(QLabel)]
    hidden, shown = view.why.isVisible(), view.refused.isVisible()

    change(workbook, "${dm_timly} == 'partly'", "${dm_timely} = 'partly'")
    press_f5(view)

    assert shown
    assert refused[0] == "This workbook cannot be published yet"
    assert any("row 8" in text for text in refused)
    assert not hidden
    assert isinstance(view.stack.currentWidget(), AuditView)
    page = view.workspace.page(view.workspace.current_section())
    assert page.question("/data/cd/cd_ref").item.value == "CH-7K4QM"


def test_a_file_that_is_no_workbook_is_refused_with_a_sentence(tmp_path, open_trial):
    (tmp_path / "notes.xlsx").write_bytes(b"not a workbook")

    view = open_trial(tmp_path / "notes.xlsx")

    assert view.workspace is None
    assert len([label for label in view.refused.findChildren(QLabel) if label.text()]) >= 3


def test_a_list_beside_the_form_that_cannot_be_read_is_said_and_can_be_mended(workbook, open_trial):
    (workbook / "media").mkdir()
    (workbook / "media" / "schools.csv").write_bytes("name,label\ns1,École".encode("cp1252"))
    change(workbook, "integer,cd_months", "select_one_from_file schools.csv,cd_school,School,,,,,,,\ninteger,cd_months")
    view = open_trial(workbook)
    refused = view.refused.isVisible()

    (workbook / "media" / "schools.csv").write_text("name,label\ns1,École", "utf-8")
    view.reload.click()
    view.settle()

    assert refused
    assert isinstance(view.stack.currentWidget(), AuditView)


def test_completing_a_trial_seals_nothing_and_says_so(workbook, open_trial, qtbot):
    view = open_trial(workbook)
    for name, value in {"cd/cd_ref": "CH-7K4QM", "cd/cd_months": "7", "dm/dm_timely": "yes", "dm/dm_grade": "G",
                        "dec/dec_sign": "OK"}.items():  # fmt: skip
        view.workspace.answered.emit(f"/data/{name}", value)
    view.workspace.check_requested.emit()

    view.workspace.complete_requested.emit()
    view.settle()

    assert view.message.sentence.startswith("Nothing is missing: this could be completed.")


def test_a_trial_leaves_no_file_behind(workbook, open_trial):
    before = sorted(path.name for path in workbook.parent.rglob("*"))

    view = open_trial(workbook)
    view.workspace.answered.emit("/data/cd/cd_ref", "CH-7K4QM")
    view.workspace.save_now()
    view.settle()

    assert sorted(path.name for path in workbook.parent.rglob("*")) == before


def test_in_the_main_window_f5_reads_the_workbook_and_does_not_sync(
    workbook, store, theme, background, qtbot, tmp_path
):
    window = MainWindow(theme, QLabel("locked"))
    qtbot.addWidget(window)
    asked = []
    window.sync_requested.connect(lambda: asked.append("sync"))
    pages = Pages(window, theme, background, Desk(store), SettingsFile(tmp_path / "settings.json"))
    pages.add_destinations(None, lambda _: None)
    window.menus.allow(start_audit=True, sync=True)
    window.show()
    window.go_to("forms")
    pages.try_workbook(workbook)
    view = window.current_page()
    qtbot.waitUntil(lambda: view.workspace is not None and not background.busy, timeout=10_000)
    first = view.workspace

    QTest.keyClick(first, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: view.workspace is not first and not background.busy, timeout=10_000)

    assert asked == []
    view.stop.click()
    assert window.current_page() is not view


def test_from_the_command_line_it_has_a_window_of_its_own(tmp_path, theme, background, qtbot):
    source = tmp_path / "child_practice_audit"
    shutil.copytree(FORMS / "child_practice_audit", source)

    window = preview_window(source, theme, background)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.centralWidget().workspace is not None, timeout=10_000)

    assert window.centralWidget().workspace.form_words().startswith("Child practice audit, version 2026.2")
    assert window.centralWidget().why.hidden.count() > 100
