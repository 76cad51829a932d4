"""Going through an audit: what is asked, what is shown beside it, and how far it is."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qaf_desktop.domain.grades import Grade
from qaf_desktop.ui.audit.guidance_pane import grade_descriptions
from qaf_desktop.ui.audit.progress import SectionState


def question(view, ref):
    return view.page(ref.rpartition("/")[0]).question(ref)


def states(view):
    return {line.ref: line.state for line in view.sections.lines()}


def test_the_first_section_is_open_with_the_keyboard_in_its_first_question(workspace):
    assert workspace.current_section() == "/data/cd"
    assert workspace.question_in_focus().item.name == "cd_ref"
    assert [line.title for line in workspace.sections.lines()] == [
        "The child",
        "Decision making",
        "Actions",
        "Declaration",
    ]


def test_evidence_appears_when_it_is_asked_for_and_its_words_stay_when_it_goes(workspace):
    workspace.section_requested.emit("/data/dm")
    timely, evidence = question(workspace, "/data/dm/dm_timely"), question(workspace, "/data/dm/dm_timely_ev")
    timely.take_keyboard()
    hidden_at_first = not evidence.isVisible()

    QTest.keyClick(timely.answer.keyboard(), Qt.Key.Key_2)
    shown = evidence.isVisible()
    QTest.keyClicks(evidence.answer.box, "Nine days late.")
    timely.take_keyboard()
    QTest.keyClick(timely.answer.keyboard(), Qt.Key.Key_1)
    hidden_again = not evidence.isVisible()
    QTest.keyClick(timely.answer.keyboard(), Qt.Key.Key_2)

    assert hidden_at_first
    assert shown
    assert hidden_again
    assert evidence.answer.value() == "Nine days late."


def test_showing_evidence_moves_neither_keyboard_nor_page(workspace, qtbot):
    workspace.section_requested.emit("/data/dm")
    timely = question(workspace, "/data/dm/dm_timely")
    timely.take_keyboard()
    page = workspace.page("/data/dm")
    before = timely.mapTo(page.viewport(), timely.rect().topLeft())

    QTest.keyClick(timely.answer.keyboard(), Qt.Key.Key_2)
    qtbot.wait(20)

    assert workspace.question_in_focus() is timely
    assert timely.mapTo(page.viewport(), timely.rect().topLeft()) == before


def test_a_grade_is_chosen_with_one_key_and_stands_in_the_list(workspace, qtbot):
    workspace.section_requested.emit("/data/dm")
    grade = question(workspace, "/data/dm/dm_grade")
    grade.take_keyboard()

    QTest.keyClick(grade.answer.keyboard(), Qt.Key.Key_4)
    qtbot.waitUntil(lambda: workspace.sections.lines()[1].grade == "I", timeout=1000)

    assert workspace.sections.lines()[1].state is SectionState.IN_PROGRESS


def test_guidance_follows_the_keyboard(workspace):
    first = workspace.guidance.words()

    workspace.section_requested.emit("/data/dm")
    question(workspace, "/data/dm/dm_timely").take_keyboard()
    second = workspace.guidance.words()
    question(workspace, "/data/dm/dm_grade").take_keyboard()
    third = workspace.guidance.words()

    assert "Copy it from the allocation." in first
    assert "Start from the child's clock." in second
    assert all(words in third for words in ("Outstanding\nAhead of events.", "Inadequate\nNever made."))


def test_grade_descriptions_are_parted_from_the_rest():
    described, rest = grade_descriptions(
        "Think first.\n\nGood – In time.\nGoodness is not a grade.\nInadequate: Never."
    )

    assert described == ((Grade.GOOD, "In time."), (Grade.INADEQUATE, "Never."))
    assert rest == ("Think first.", "Goodness is not a grade.")


def test_a_section_tells_how_far_it_is(workspace, qtbot):
    before = states(workspace)
    QTest.keyClicks(question(workspace, "/data/cd/cd_ref").answer.box, "CH-7K4QM")
    qtbot.waitUntil(lambda: states(workspace)["/data/cd"] is SectionState.IN_PROGRESS, timeout=1000)

    QTest.keyClicks(question(workspace, "/data/cd/cd_months").answer.box, "-3")
    qtbot.waitUntil(lambda: states(workspace)["/data/cd"] is SectionState.NEEDS_ATTENTION, timeout=1000)
    question(workspace, "/data/cd/cd_months").answer.box.clear()
    QTest.keyClicks(question(workspace, "/data/cd/cd_months").answer.box, "3")
    qtbot.waitUntil(lambda: states(workspace)["/data/cd"] is SectionState.DONE, timeout=1000)

    assert before["/data/cd"] is SectionState.NOT_STARTED


def test_the_next_unanswered_question_is_one_step_away_and_the_search_goes_round(workspace):
    question(workspace, "/data/cd/cd_months").take_keyboard()

    workspace.next_unanswered_requested.emit()
    first = workspace.question_in_focus().item.name
    for _ in range(3):
        workspace.next_unanswered_requested.emit()

    assert first == "dm_timely"
    assert workspace.question_in_focus().item.name == "cd_ref"


def test_ctrl_page_down_goes_to_the_next_section(workspace):
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)

    assert workspace.current_section() == "/data/dm"
    assert workspace.question_in_focus().item.name == "dm_timely"


def test_enter_in_a_short_answer_goes_to_the_next_question(workspace):
    QTest.keyClick(question(workspace, "/data/cd/cd_ref").answer.box, Qt.Key.Key_Return)

    assert workspace.question_in_focus().item.name == "cd_months"


def test_an_action_is_added_with_the_keyboard_in_it(bench, workspace):
    workspace.section_requested.emit("/data/ac")
    rows = workspace.page("/data/ac").row_list("/data/ac/ac_list")

    rows.add.click()
    QTest.keyClicks(QApplication.focusWidget(), "See the child at school.")
    workspace.save_now()
    bench.settle()

    assert rows.cards[0].accessibleName() == "Action 1"
    assert workspace.guidance.words().startswith("What will be done?")
    assert bench.rows("/data/ac/ac_list") == (1,)
    assert "See the child at school." in bench.kept().values()


def test_a_removed_action_can_be_put_back_with_its_words(bench, workspace):
    workspace.section_requested.emit("/data/ac")
    page = workspace.page("/data/ac")
    rows = page.row_list("/data/ac/ac_list")
    for words in ("First.", "Second."):
        rows.add.click()
        QTest.keyClicks(QApplication.focusWidget(), words)

    rows.cards[0].remove.click()
    left = [card.accessibleName() for card in rows.cards]
    still = page.question("/data/ac/ac_list[1]/ac_text").answer.value()
    rows.put_back.click()
    bench.settle()

    assert left == ["Action 1"]
    assert still == "Second."
    assert len(rows.cards) == 2
    assert page.question("/data/ac/ac_list[2]/ac_text").answer.value() == "First."
    assert sorted(bench.kept().values()) == ["First.", "Second."]
    assert bench.rows("/data/ac/ac_list") == (2, 3)


def test_typing_goes_to_the_right_action_after_one_before_it_was_removed(bench, workspace):
    workspace.section_requested.emit("/data/ac")
    rows = workspace.page("/data/ac").row_list("/data/ac/ac_list")
    for words in ("First.", "Second."):
        rows.add.click()
        QTest.keyClicks(QApplication.focusWidget(), words)
    second = workspace.page("/data/ac").question("/data/ac/ac_list[2]/ac_text")

    rows.cards[0].remove.click()
    QTest.keyClicks(second.answer.box, " More.")
    workspace.save_now()
    bench.settle()

    assert bench.kept() == {"/data/ac/ac_list[#2]/ac_text": "Second. More."}


def test_reading_mode_leaves_only_the_questions(workspace):
    workspace.set_reading_mode(True)
    alone = (workspace.left.isVisible(), workspace.centre.isVisible(), workspace.guidance.isVisible())
    workspace.set_reading_mode(False)

    assert alone == (False, True, False)
    assert workspace.left.isVisible()


def test_a_narrow_window_shows_fewer_panes_and_keeps_them_within_reach(workspace):
    workspace.resize(600, 700)
    two = (workspace.left.isVisible(), workspace.centre.isVisible(), workspace.guidance.isVisible())
    workspace.bar.guidance.click()
    other = (workspace.left.isVisible(), workspace.centre.isVisible(), workspace.guidance.isVisible())

    assert two == (True, True, False)
    assert other == (False, True, True)


def test_where_there_is_room_for_one_pane_the_keyboard_follows_it(workspace):
    asked = workspace.question_in_focus()
    workspace.resize(480, 700)

    workspace.bar.guidance.click()
    beside = workspace.guidance.hasFocus(), workspace.centre.isVisible()
    workspace.bar.guidance.click()

    assert beside == (True, False)
    assert workspace.question_in_focus() is asked


def test_pane_sizes_are_remembered(bench, open_workspace):
    kept = []
    view = open_workspace(bench, recall_panes=lambda: (180, 700, 260), keep_panes=kept.append)

    view.splitter.splitterMoved.emit(200, 1)

    assert abs(view.splitter.sizes()[0] - 180) < 12
    assert len(kept) == 1


def test_every_field_has_the_visible_label_as_its_name(workspace):
    for section in ("/data/cd", "/data/dm", "/data/dec"):
        workspace.section_requested.emit(section)
        for asked in workspace.page(section).questions():
            assert asked.answer.accessibleName() == asked.item.label


def test_the_window_brings_the_keyboard_back_to_the_question_it_left(workspace):
    workspace.section_requested.emit("/data/dm")
    grade = question(workspace, "/data/dm/dm_grade")
    grade.take_keyboard()
    workspace.sections.setFocus()

    workspace.setFocus()

    assert workspace.question_in_focus() is grade
    assert workspace.centre.focusProxy() is workspace.focusProxy()


def test_panes_grow_with_the_words(theme, workspace):
    before = workspace.left.width()

    theme.resize_text(200)

    assert workspace.left.width() > before * 1.4
    assert not workspace.guidance.isVisible()
