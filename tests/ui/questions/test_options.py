import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from qaf_desktop.ui.questions.faces import Face, Faces
from qaf_desktop.ui.questions.grade_cards import GradeCard, GradeCards
from qaf_desktop.ui.questions.options import ManyOptions, Options
from qaf_desktop.ui.questions.search_list import SearchList
from qaf_desktop.ui.questions.segments import Segment, Segments

from .items import FACES, GRADES, YPN, an_item, choices


@pytest.mark.parametrize(
    ("kind", "appearance", "options", "answer"),
    [
        ("select_one", "", YPN, Options),
        ("select_one", "columns-pack", YPN, Segments),
        ("select_one", "", GRADES, GradeCards),
        ("select_one", "minimal", YPN, SearchList),
        ("select_one", "autocomplete", YPN, SearchList),
        ("select_one", "faces", FACES, Faces),
        ("select_multiple", "", YPN, ManyOptions),
        ("select_one", "columns-pack", {"a": "A very long choice that would not fit", "b": "B"}, Options),
    ],
)
def test_a_list_looks_as_the_form_asks(asked, kind, appearance, options, answer):
    question = asked(an_item(kind, appearance=appearance, options=options))

    assert type(question.answer) is answer


def test_key_four_chooses_the_fourth_grade(asked):
    question = asked(an_item("select_one", options=GRADES))
    question.take_keyboard()

    QTest.keyClick(question.answer.keyboard(), Qt.Key.Key_4)

    assert question.answers == ["I"]
    assert [type(button) for button in question.answer.buttons] == [GradeCard] * 4 + [Segment]


def test_delete_takes_a_choice_back(asked):
    question = asked(an_item("select_one", appearance="columns-pack", options=YPN, value="no"))
    question.take_keyboard()

    QTest.keyClick(question.answer.keyboard(), Qt.Key.Key_Delete)

    assert question.answers == [""]


def test_ctrl_z_goes_back_to_the_choice_before(asked):
    item = an_item("select_one", options=YPN, value="yes")
    question = asked(item)
    question.take_keyboard()
    QTest.keyClick(question.answer.keyboard(), Qt.Key.Key_3)
    question.set_item(an_item("select_one", options=YPN, value="no"))

    QTest.keyClick(question.answer.keyboard(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert question.answers == ["no", "yes"]


def test_several_choices_are_sent_in_the_order_of_the_list(asked):
    question = asked(an_item("select_multiple", options=YPN))
    question.take_keyboard()

    for key in (Qt.Key.Key_3, Qt.Key.Key_1):
        QTest.keyClick(question.answer.keyboard(), key)

    assert question.answers == ["no", "yes no"]


def test_enter_goes_on(asked, qtbot):
    question = asked(an_item("select_one", options=YPN, value="yes"))
    question.take_keyboard()

    with qtbot.waitSignal(question.finished, timeout=1000):
        QTest.keyClick(question.answer.keyboard(), Qt.Key.Key_Return)


def test_a_list_that_changes_keeps_what_is_still_offered(asked):
    question = asked(an_item("select_one", options=YPN, value="no"))

    question.set_item(an_item("select_one", options={"no": "No", "yes": "Yes"}, value="no"))

    assert [button.text() for button in question.answer.buttons] == ["No", "Yes"]
    assert question.answer.value() == "no"
    assert question.answers == []


def test_every_option_has_its_own_name_and_the_list_the_question(asked):
    question = asked(an_item("select_one", "Is there a plan?", options=YPN, required=True))

    assert question.answer.accessibleName() == "Is there a plan?"
    assert [button.accessibleName() for button in question.answer.buttons] == list(YPN.values())
    assert question.answer.buttons[0].accessibleDescription() == "Is there a plan? Required."


def test_a_face_is_chosen_by_pointing_and_skip_stands_beside(asked):
    question = asked(an_item("select_one", appearance="faces", options=FACES), large=True)
    faces = [button for button in question.answer.buttons if isinstance(button, Face)]

    QTest.mouseClick(faces[3], Qt.MouseButton.LeftButton)
    QTest.mouseClick(question.answer.buttons[-1], Qt.MouseButton.LeftButton)

    assert [face.text() for face in faces] == ["Not at all", "A little", "Quite a lot", "A lot"]
    assert question.answers == ["4", "SK"]


def test_a_long_list_is_searched_by_any_part_of_a_name(asked):
    question = asked(an_item("select_one", appearance="autocomplete", options={"a": "Team North", "b": "Team South"}))
    question.take_keyboard()

    QTest.keyClicks(question.answer.box.lineEdit(), "sou")
    completer = question.answer.box.completer()

    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "Team South"
    completer.popup().hide()


def test_half_a_name_is_no_answer(asked, qtbot):
    question = asked(an_item("select_one", appearance="minimal", options={"a": "Team North"}, value="a"))
    question.take_keyboard()
    question.answer.box.lineEdit().setText("mmm")

    question.answer.box.clearFocus()

    assert question.answer.box.currentText() == "Team North"
    assert question.answers == []


def test_options_filtered_away_leave_no_buttons_behind(asked):
    question = asked(an_item("select_one", options=YPN))

    question.set_item(an_item("select_one", choices=choices({"yes": "Yes"})))

    assert len(question.answer.buttons) == 1


AGES = {"a": "0 to 4 years", "b": "8 to 11 years", "c": "Child protection plan", "d": "Looked after child"}


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
@pytest.mark.parametrize(("typed", "chosen"), [("8 to", "b"), ("child prot", "c"), ("AFTER", "d"), ("child", "c")])
def test_what_was_typed_chooses_what_begins_so(asked, key, typed, chosen):
    question = asked(an_item("select_one", appearance="minimal", options=AGES))
    elsewhere = QPushButton("Elsewhere", question.host)
    elsewhere.show()
    question.take_keyboard()

    QTest.keyClicks(question.answer.box, typed)
    question.answer.box.completer().popup().hide()
    QTest.keyClick(question.answer.box, key)

    assert question.answers == [chosen]
    assert question.answer.box.currentText() == AGES[chosen]


def test_what_begins_nothing_keeps_the_old_answer_and_says_so(asked):
    question = asked(an_item("select_one", appearance="minimal", options=AGES, value="b"))
    question.take_keyboard()
    question.answer.box.lineEdit().setText("zebra")

    question.answer.box.clearFocus()

    assert question.answers == []
    assert question.answer.box.currentText() == "8 to 11 years"
    assert question.answer.said.text() == "Nothing in the list begins with that."
    assert question.answer.said.isVisible()


def test_an_emptied_line_takes_the_choice_back(asked):
    question = asked(an_item("select_one", appearance="minimal", options=AGES, value="b"))
    question.take_keyboard()
    question.answer.box.lineEdit().clear()

    question.answer.box.clearFocus()

    assert question.answers == [""]
