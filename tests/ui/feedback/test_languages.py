from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from qaf_desktop.ui.questions.faces import Face
from qaf_desktop.ui.questions.languages import direction_of, draft_translation_words, own_name
from tests.ui.feedback.test_hearing_a_child import begin, to_the_first_face

URDU, POLISH = "Urdu (ur)", "Polish (pl)"


def choose(view, language):
    view.language.setCurrentIndex(view.language.findData(language))
    view.language.activated.emit(view.language.currentIndex())


def words(view):
    return " ".join(label.text() for label in view.current().findChildren(QLabel) if label.isVisible())


def faces(view):
    return [button for button in view.current().question.answer.buttons if isinstance(button, Face)]


def x_of(widget, view):
    return widget.mapTo(view, QPoint()).x()


def test_each_language_is_offered_in_its_own_name(heard):
    shown = [heard.language.itemText(place) for place in range(heard.language.count())]

    assert heard.language.isVisible()
    assert shown == ["English", "Polski", "Português", "اردو"]


def test_a_language_nobody_knows_keeps_the_forms_word_for_it():
    assert own_name("Elvish") == "Elvish"
    assert own_name("Romani (xx-unknown)") == "Romani"
    assert direction_of("Elvish") == Qt.LayoutDirection.LeftToRight


def test_switching_is_live_and_keeps_what_was_said(bench, heard):
    to_the_first_face(heard)
    QTest.mouseClick(faces(heard)[2], Qt.MouseButton.LeftButton)
    english = words(heard)

    choose(heard, POLISH)
    bench.settle()

    assert words(heard) != english
    assert heard.current().question.answer.value() == "3"
    assert bench.kept()["/data/you/c8_warm"] == "3"


def test_the_adults_own_page_falls_back_to_english_string_by_string(heard):
    before = words(heard)

    choose(heard, URDU)

    assert words(heard) == before
    assert heard.current().layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_in_urdu_the_page_the_faces_and_the_stones_run_from_right_to_left(heard):
    to_the_first_face(heard)
    left_to_right = [x_of(face, heard) for face in faces(heard)]
    stones = [heard.stones.place_of(stone) for stone in range(heard.stones.count)]

    choose(heard, URDU)
    QTest.qWait(20)

    right_to_left = [x_of(face, heard) for face in faces(heard)]
    assert heard.current().layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert left_to_right == sorted(left_to_right)
    assert right_to_left == sorted(right_to_left, reverse=True)
    assert [heard.stones.place_of(stone) for stone in range(heard.stones.count)] == [
        heard.stones.width() - place for place in stones
    ]
    assert x_of(heard.next, heard) < x_of(heard.back, heard)


def test_coming_back_to_english_comes_back_to_left_to_right(heard):
    to_the_first_face(heard)
    choose(heard, URDU)

    choose(heard, "English (en)")
    QTest.qWait(20)

    assert heard.current().layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert [x_of(face, heard) for face in faces(heard)] == sorted(x_of(face, heard) for face in faces(heard))


def test_the_letters_of_urdu_are_our_own_on_every_computer(theme):
    layout = QTextLayout("آپ اس وقت کیسا محسوس کر رہے ہیں؟ سے۔", theme.font())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()

    runs = layout.glyphRuns()

    assert {run.rawFont().familyName() for run in runs} <= {"Noto Sans", "Noto Sans Arabic"}
    assert all(glyph for run in runs for glyph in run.glyphIndexes())


def test_only_the_adult_is_told_that_a_translation_is_a_draft(heard):
    choose(heard, POLISH)
    on_the_adults_page = heard.draft.isVisible()

    begin(heard)

    assert on_the_adults_page
    assert not heard.draft.isVisible()
    assert heard.language.isVisible()


def test_english_is_no_draft(heard):
    assert not heard.draft.isVisible()


def test_the_draft_mark_is_one_calm_sentence_for_staff():
    assert draft_translation_words((POLISH, "Portuguese (pt)", URDU)) == (
        "Polish, Portuguese, Urdu: draft translation – have it checked"
    )
    assert draft_translation_words(()) == ""
