from dataclasses import replace

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from qaf_desktop.ui.questions.question import Question
from qaf_desktop.ui.questions.text import plain

from .items import an_item

PROSE = "text"


def prose(**more):
    return an_item(PROSE, appearance="multiline", required=True, **more)


def test_every_keystroke_is_sent(asked):
    question = asked(prose())
    question.take_keyboard()

    QTest.keyClicks(question.answer.box, "Seen")

    assert question.answers == ["S", "Se", "See", "Seen"]


def test_the_box_grows_with_the_words(asked):
    question = asked(prose())
    before = question.answer.box.height()

    question.answer.box.setPlainText("She was seen at home and at school.\n" * 12)

    assert question.answer.box.height() > before * 2
    assert question.answer.box.verticalScrollBar().maximum() == 0


def test_only_plain_words_are_pasted(asked):
    question = asked(prose())
    clip = QMimeData()
    clip.setHtml("<b>Seen</b><img src='file:///secret'>")
    clip.setText("Seen\r\nat\u00a0home\x00")

    question.answer.box.insertFromMimeData(clip)

    assert question.answer.value() == "Seen\nat home"


def test_a_pasted_page_becomes_one_line_where_one_line_is_asked():
    assert plain(" Seen\r\n\r\nat home ", lines=False) == "Seen at home"


def test_tab_leaves_the_box(asked):
    question = asked(prose())
    after = QLineEdit(question.host)
    after.show()
    question.take_keyboard()

    QTest.keyClick(question.answer.box, Qt.Key.Key_Tab)

    assert after.hasFocus()
    assert question.answer.value() == ""


def test_words_are_counted_quietly(asked):
    question = asked(prose())

    question.answer.box.setPlainText("Seen at home twice")

    assert question.answer.count.text() == "4 words"


def test_showing_the_same_words_again_leaves_the_caret_alone(asked):
    question = asked(prose(value="Seen at home"))
    cursor = question.answer.box.textCursor()
    cursor.setPosition(4)
    question.answer.box.setTextCursor(cursor)

    question.set_item(prose(value="Seen at home"))

    assert question.answer.box.textCursor().position() == 4
    assert question.answers == []


def test_ctrl_z_takes_back_typing_and_says_so(asked):
    question = asked(prose(value="Seen"))
    question.take_keyboard()
    QTest.keyClicks(question.answer.box, " twice")

    QTest.keyClick(question.answer.box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert question.answers[-1] == question.answer.value()
    assert question.answer.value() != "Seen twice"


def test_spelling_is_offered_every_box_for_words(qtbot, tools):
    seen = []

    question = Question(prose(), replace(tools, spelling=seen.append))
    qtbot.addWidget(question)

    assert seen == [question.answer.box]
