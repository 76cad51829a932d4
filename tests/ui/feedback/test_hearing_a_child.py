"""A child's answers, recorded one question at a time as a record of the same case."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from qaf_desktop.ui.audit.section_page import SectionPage
from qaf_desktop.ui.feedback.child_page import ChildPage
from qaf_desktop.ui.questions.faces import Face

BEFORE = {
    "/data/staff/fb_gatherer_role": "participation",
    "/data/staff/fb_gathered_on": "2026-11-23",
    "/data/staff/fb_route": "home",
    "/data/staff/fb_language": "en",
    "/data/staff/fb_interpreter": "no",
    "/data/staff/fb_aids": "none",
    "/data/staff/fb_who_else": "nobody",
    "/data/staff/fb_parent_told": "yes",
    "/data/staff/fb_not_why": "none",
}


def begin(view):
    for ref, value in BEFORE.items():
        view.answered.emit(ref, value)
    view.next.click()


def to_the_first_face(view):
    begin(view)
    view.next.click()
    view.answered.emit("/data/hello/c8_ok", "yes")
    view.next.click()


def name(view):
    return view.current().item.name


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_the_adult_comes_first_on_an_ordinary_page(heard):
    assert isinstance(heard.current(), SectionPage)
    assert heard.guidance.isVisible()
    assert not heard.back.isEnabled()


def test_then_the_child_has_one_question_at_a_time(heard):
    begin(heard)
    first = (type(heard.current()), name(heard), heard.current().question)
    heard.next.click()

    assert first == (ChildPage, "c8_hello", None)
    assert name(heard) == "c8_ok"


def test_the_childs_page_shows_nothing_of_the_case(heard):
    to_the_first_face(heard)

    shown = words(heard)

    assert "How are you feeling right now?" in shown
    assert all(secret not in shown for secret in ("CH-7K4QM", "AST-N", "SW-11", "participation", "Optional"))
    assert not heard.guidance.isVisible()


def test_a_question_that_must_be_answered_is_waited_for(heard):
    begin(heard)
    heard.next.click()

    heard.next.click()

    assert name(heard) == "c8_ok"
    assert heard.current().question.message() != ""


def test_a_face_is_pointed_at_and_kept(bench, heard):
    to_the_first_face(heard)
    faces = [button for button in heard.current().question.answer.buttons if isinstance(button, Face)]

    QTest.mouseClick(faces[2], Qt.MouseButton.LeftButton)
    heard.next.click()
    bench.settle()

    assert bench.kept()["/data/you/c8_warm"] == "3"
    assert name(heard) == "c8_know_why"


def test_no_face_has_a_ring_before_the_child_points_and_keys_choose_all_the_same(heard):
    to_the_first_face(heard)
    ringed = [button for button in heard.current().question.answer.buttons if button.hasFocus()]

    QTest.keyClick(heard.current(), Qt.Key.Key_4)

    assert ringed == []
    assert heard.current().question.answer.value() == "4"


def test_words_can_be_skipped_without_a_reason(heard):
    to_the_first_face(heard)
    while name(heard) != "c8_best":
        heard.next.click()
    QTest.keyClicks(heard.current().question.answer.box, "no")

    heard.skip.click()
    heard.back.click()

    assert name(heard) == "c8_best"
    assert heard.current().question.answer.value() == ""


def test_faces_carry_their_own_skip(heard):
    to_the_first_face(heard)

    labels = [button.text() for button in heard.current().question.answer.buttons]

    assert labels[-2:] == ["Not sure", "Skip"]
    assert not heard.skip.isVisible()


def test_stepping_stones_tell_the_way(heard):
    to_the_first_face(heard)

    assert heard.stones.here == 2
    assert heard.stones.count > 12
    assert heard.stones.accessibleName() == f"Page 3 of {heard.stones.count}"


def test_a_child_who_says_not_today_is_asked_nothing_more(heard):
    begin(heard)
    heard.next.click()
    heard.answered.emit("/data/hello/c8_ok", "not_today")

    heard.next.click()

    assert isinstance(heard.current(), SectionPage)
    assert heard.current().section == "/data/staff_after"


def test_back_goes_back_and_the_answer_is_still_there(heard):
    to_the_first_face(heard)
    QTest.keyClick(heard.current(), Qt.Key.Key_2)
    heard.next.click()

    heard.back.click()

    assert name(heard) == "c8_warm"
    assert heard.current().question.answer.value() == "2"


def test_reopening_goes_on_at_the_same_question(bench, heard, open_feedback):
    to_the_first_face(heard)
    heard.next.click()
    heard.current().question.take_keyboard()
    bench.settle()
    heard.hide()

    again = open_feedback()

    assert name(again) == "c8_know_why"


def test_what_is_missing_can_be_jumped_to_before_completing(bench, heard):
    begin(heard)
    heard.next.click()
    heard.answered.emit("/data/hello/c8_ok", "not_today")
    heard.answered.emit("/data/staff/fb_route", "")
    while heard.current() is not heard.check:
        heard.next.click()

    heard.check.first.click()

    assert heard.current().section == "/data/staff"
    assert heard.current().question("/data/staff/fb_route").message() != ""


def test_completing_says_thank_you_and_seals_a_record_of_the_same_child(bench, heard):
    to_the_first_face(heard)
    for ref in ("c8_warm", "c8_kind", "c8_listen", "c8_say", "c8_mood_end"):
        heard.answered.emit(f"/data/you/{ref}", "4")
    for _ in range(40):
        if heard.current() is heard.check:
            break
        heard.next.click()

    heard.check.complete.click()
    bench.settle()

    (record_id,) = heard.sealed[0].records
    record = bench.desk.do(lambda work: work.records.get(record_id))
    assert heard.finished.title.text() == "Thank you"
    assert heard.stack.currentWidget() is heard.finished
    assert heard.finished.print.hasFocus()
    assert (record.kind.value, record.child_ref) == ("feedback", "CH-7K4QM")
    assert record.content["you"]["c8_kind"] == "4"
