from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget

from .items import an_item


def test_a_date_is_typed_the_british_way_and_sent_as_iso(asked):
    question = asked(an_item("date"))
    question.take_keyboard()

    QTest.keyClicks(question.answer.box, "2/11/2026")
    QTest.keyClick(question.answer.box, Qt.Key.Key_Return)

    assert question.answers[-1] == "2026-11-02"
    assert question.answer.box.text() == "02/11/2026"


def test_today_is_a_date(asked):
    question = asked(an_item("date"))

    QTest.keyClicks(question.answer.box, "today")

    assert question.answers[-1] == "2026-11-23"


def test_what_is_no_date_is_kept_as_typed(asked):
    question = asked(an_item("date"))

    QTest.keyClicks(question.answer.box, "31/2/2026")

    assert question.answers[-1] == "31/2/2026"


def test_a_date_being_typed_is_not_rewritten_under_the_caret(asked):
    question = asked(an_item("date"))
    QTest.keyClicks(question.answer.box, "2/11/2026")

    question.set_item(an_item("date", value="2026-11-02"))

    assert question.answer.box.text() == "2/11/2026"


def test_a_day_is_picked_from_the_calendar(asked, qtbot):
    question = asked(an_item("date", value="2026-11-02"))

    question.answer.open_calendar()
    calendar = QApplication.activePopupWidget().findChild(QCalendarWidget)
    calendar.clicked.emit(QDate(2026, 11, 5))

    assert question.answers == ["2026-11-05"]


def test_a_comma_between_thousands_is_forgiven(asked):
    question = asked(an_item("integer"))

    QTest.keyClicks(question.answer.box, "1,250")

    assert question.answers[-1] == "1250"


def test_letters_in_a_number_are_kept_for_the_form_to_object(asked):
    question = asked(an_item("integer"))

    QTest.keyClicks(question.answer.box, "ten")

    assert question.answers[-1] == "ten"


def test_a_time_is_hours_and_minutes(asked):
    question = asked(an_item("time"))

    QTest.keyClicks(question.answer.box, "0930")

    assert question.answers[-1] == "09:30:00.000"


def test_a_moment_is_a_day_and_a_time(asked):
    question = asked(an_item("datetime"))

    QTest.keyClicks(question.answer.box, "2/11/2026 14:05")

    assert question.answers[-1] == "2026-11-02T14:05:00.000"
