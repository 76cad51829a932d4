"""What is typed is safe a moment later, whatever happens next."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qaf_desktop.problems import Problem
from qaf_desktop.ui.audit.history_dialog import HistoryDialog
from qaf_desktop.ui.questions.draft_deeds import DraftDeeds


def box(view, ref):
    return view.page(ref.rpartition("/")[0]).question(ref).answer.box


def test_typing_without_a_pause_is_kept_within_300_ms(bench, workspace):
    box(workspace, "/data/cd/cd_ref").setFocus()
    began = time.monotonic()
    kept_after = None

    while kept_after is None and time.monotonic() - began < 2:
        QTest.keyClicks(box(workspace, "/data/cd/cd_ref"), "x")
        QTest.qWait(10)
        if bench.kept():
            kept_after = time.monotonic() - began

    assert kept_after is not None
    assert kept_after < 0.3


def test_going_to_another_question_keeps_the_answer_at_once(bench, workspace):
    QTest.keyClicks(box(workspace, "/data/cd/cd_ref"), "CH-7K4QM")

    box(workspace, "/data/cd/cd_months").setFocus()
    bench.settle()

    assert bench.kept() == {"/data/cd/cd_ref": "CH-7K4QM"}


@pytest.mark.parametrize("why", ["ctrl+s", "another program", "hidden", "closed", "another section"])
def test_everything_that_might_be_the_end_keeps_the_answer_at_once(bench, workspace, why):
    QTest.keyClicks(box(workspace, "/data/cd/cd_ref"), "CH-7K4QM")

    if why == "ctrl+s":
        workspace.save_now()
    elif why == "another program":
        QApplication.instance().applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    elif why == "hidden":
        workspace.hide()
    elif why == "closed":
        assert workspace.can_close()
    else:
        workspace.section_requested.emit("/data/dm")
    waiting = not workspace.presenter.drafting.all_saved and not bench.background.busy
    bench.settle()

    assert not waiting
    assert bench.kept() == {"/data/cd/cd_ref": "CH-7K4QM"}


def test_a_full_disk_is_said_and_what_was_typed_is_tried_again(bench, tools, theme, open_workspace):
    class DiskFull(Problem):
        pass

    real = bench.deeds
    full = [True]

    def save(saves, *, caret, index):
        if full[0]:
            raise DiskFull("The disk is full.", safe="What you typed is kept on the screen.")
        return real.save(saves, caret=caret, index=index)

    bench.deeds = DraftDeeds(**{**vars(real), "save": save})
    view = open_workspace(bench)
    QTest.keyClicks(box(view, "/data/cd/cd_ref"), "CH-7K4QM")
    view.save_now()
    bench.settle()
    said = view.message.sentence

    full[0] = False
    QTest.keyClicks(box(view, "/data/cd/cd_months"), "7")
    view.save_now()
    bench.settle()

    assert "The disk is full." in said
    assert bench.kept() == {"/data/cd/cd_ref": "CH-7K4QM", "/data/cd/cd_months": "7"}
    assert view.message.sentence == "Everything is saved again."


def test_reopening_puts_the_caret_where_it_was(bench, open_workspace):
    first = open_workspace(bench)
    first.section_requested.emit("/data/dm")
    first.page("/data/dm").question("/data/dm/dm_grade").take_keyboard()
    bench.settle()
    first.hide()

    second = open_workspace(bench)

    assert second.current_section() == "/data/dm"
    assert second.question_in_focus().item.name == "dm_grade"


def test_a_draft_that_was_not_closed_in_good_order_says_what_was_recovered(bench, open_workspace):
    first = open_workspace(bench)
    QTest.keyClicks(box(first, "/data/cd/cd_ref"), "CH-7K4QM")
    first.save_now()
    bench.settle()
    first.hide()

    second = open_workspace(bench)

    assert second.message.sentence.startswith("Your work was recovered.")


def test_a_window_that_stays_open_after_all_goes_on_keeping_answers(bench, workspace):
    assert workspace.can_close()
    bench.settle()

    QTest.keyClicks(box(workspace, "/data/cd/cd_ref"), "CH-7K4QM")
    workspace.save_now()
    bench.settle()

    assert bench.kept() == {"/data/cd/cd_ref": "CH-7K4QM"}


def test_an_earlier_wording_can_be_put_back(bench, clock, workspace):
    words = box(workspace, "/data/cd/cd_ref")
    QTest.keyClicks(words, "CH-AAAAA")
    workspace.save_now()
    bench.settle()
    clock.move_on(hours=1)
    words.selectAll()
    QTest.keyClicks(words, "CH-BBBBB")
    workspace.save_now()
    bench.settle()

    workspace.history_requested.emit()
    bench.settle()
    dialog = workspace.findChild(HistoryDialog)
    dialog.buttons[-1].click()
    bench.settle()

    assert words.toPlainText() == "CH-AAAAA"
