"""From "check and complete" to the sealed copy."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton


def words(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.text()]


def fill(view, bench):
    for ref, value in {
        "/data/cd/cd_ref": "CH-7K4QM",
        "/data/cd/cd_months": "7",
        "/data/dm/dm_timely": "yes",
        "/data/dm/dm_grade": "G",
    }.items():
        view.answered.emit(ref, value)
    bench.settle()


def test_what_is_missing_stands_under_its_sections_and_the_first_is_one_press_away(workspace):
    QTest.keyClick(workspace.bar.check, Qt.Key.Key_Space)
    listed = words(workspace.check)
    focused = workspace.check.first.hasFocus()

    QTest.keyClick(workspace.check.first, Qt.Key.Key_Space)

    assert focused
    assert listed.index("The child") < listed.index("Child reference") < listed.index("Decision making")
    assert "I have read the record myself" not in listed
    assert workspace.current_section() == "/data/cd"
    assert workspace.question_in_focus().item.name == "cd_ref"
    assert workspace.question_in_focus().message() == "Needs an answer."


def test_any_missing_answer_can_be_jumped_to(workspace):
    workspace.check_requested.emit()
    go = next(
        button
        for button in workspace.check.findChildren(QPushButton)
        if button.accessibleName() == "Go to: Grade for decision making"
    )

    go.click()

    assert workspace.question_in_focus().item.name == "dm_grade"


def test_only_the_declaration_is_left_to_complete(bench, workspace):
    fill(workspace, bench)

    workspace.check_requested.emit()
    before = workspace.check.complete.isEnabled()
    QTest.keyClick(workspace.check.declaration.answer.box, Qt.Key.Key_Space)
    bench.qtbot.waitUntil(workspace.check.complete.isEnabled, timeout=1000)

    assert not before


def test_completing_seals_the_audit_and_offers_paper_and_feedback(bench, workspace):
    fill(workspace, bench)
    workspace.check_requested.emit()
    QTest.keyClick(workspace.check.declaration.answer.box, Qt.Key.Key_Space)
    bench.qtbot.waitUntil(workspace.check.complete.isEnabled, timeout=1000)

    workspace.check.complete.click()
    bench.settle()

    (change,) = workspace.sealed
    (record_id,) = change.records
    record = bench.desk.do(lambda work: work.records.get(record_id))
    assert record.child_ref == "CH-7K4QM"
    assert workspace.stack.currentWidget() is workspace.finished
    assert workspace.finished.print.hasFocus()
    assert workspace.finished.feedback.isVisible()


def test_the_last_words_before_completing_are_in_the_sealed_copy(bench, workspace):
    fill(workspace, bench)
    workspace.answered.emit("/data/dec/dec_sign", "OK")
    workspace.check_requested.emit()
    bench.settle()
    workspace.answered.emit("/data/cd/cd_months", "8")

    workspace.complete_requested.emit()
    bench.settle()

    (record_id,) = workspace.sealed[0].records
    assert bench.desk.do(lambda work: work.records.get(record_id)).content["cd"]["cd_months"] == "8"


def test_nothing_is_written_down_after_sealing(bench, workspace):
    fill(workspace, bench)
    workspace.answered.emit("/data/dec/dec_sign", "OK")
    workspace.complete_requested.emit()
    bench.settle()

    workspace.save_now()
    closed = workspace.can_close()
    bench.settle()

    assert closed
    assert workspace.message.sentence == ""
