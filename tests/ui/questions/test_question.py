from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from .items import an_item


def test_the_visible_label_is_the_name_a_screen_reader_says(asked):
    question = asked(an_item(label="What was seen?", hint="In her own words", required=True))
    box = question.answer.box

    assert box.accessibleName() == "What was seen?"
    assert box.accessibleDescription() == "Required. In her own words"
    assert any(label.buddy() is box for label in question.findChildren(QLabel))


def test_optional_is_said_in_words(asked):
    question = asked(an_item(hint="In her own words"))

    assert "Optional – In her own words" in [label.text() for label in question.findChildren(QLabel)]


def test_a_broken_rule_is_said_when_the_keyboard_leaves_and_not_before(asked):
    question = asked(an_item("integer", value="1"))
    question.take_keyboard()

    question.set_item(an_item("integer", value="-1", valid=False, message="Months cannot be negative."))
    while_typing = question.message()
    question.answer.box.clearFocus()
    question.keyboard_left()

    assert while_typing == ""
    assert question.message() == "Months cannot be negative."
    assert question.answer.box.accessibleDescription().startswith("Months cannot be negative.")


def test_a_mended_answer_loses_its_message_at_once(asked):
    question = asked(an_item("integer", value="-1", valid=False, message="Months cannot be negative."))

    question.set_item(an_item("integer", value="1"))

    assert question.message() == ""


def test_a_missing_answer_is_only_said_once_somebody_insists(asked):
    question = asked(an_item(required=True, message="Needs an answer."))
    before = question.message()

    question.insist()

    assert before == ""
    assert question.message() == "Needs an answer."


def test_putting_an_earlier_answer_back_is_an_answer(asked):
    question = asked(an_item(value="Now"))

    question.put("Before")

    assert question.answers == ["Before"]


def test_a_box_to_tick_says_ok(asked):
    question = asked(an_item("acknowledge", "I have read the record"))
    question.take_keyboard()

    QTest.keyClick(question.answer.box, Qt.Key.Key_Space)

    assert question.answers == ["OK"]


def test_a_slider_has_no_answer_until_it_is_moved(asked):
    question = asked(an_item("range", parameters={"start": "0", "end": "10", "step": "2"}))
    before = question.answer.value()
    question.take_keyboard()

    QTest.keyClick(question.answer.slider, Qt.Key.Key_Right)

    assert before == ""
    assert question.answers == ["2"]
