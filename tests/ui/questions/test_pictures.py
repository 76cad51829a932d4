from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from qaf_desktop.ui.questions.drawing import read_svg, write_svg

from .items import an_item


def test_a_stroke_becomes_a_line_in_the_answer(asked):
    question = asked(an_item("text", appearance="draw"))
    sheet = question.answer.sheet

    QTest.mousePress(sheet, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    QTest.mouseMove(sheet, QPoint(80, 60))
    QTest.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=QPoint(80, 60))

    assert question.answers[-1].startswith("<svg")
    assert len(read_svg(question.answers[-1])) == 1


def test_a_drawing_reads_back_as_it_was_written():
    strokes = (("#20252B", ((1, 2), (30, 40))), ("#1F55C4", ((5, 5), (5, 5))))

    assert read_svg(write_svg(strokes)) == strokes


def test_nothing_but_strokes_is_read_from_a_drawing():
    strange = '<svg><script>alert(1)</script><path stroke="#20252B" d="M1,2 L3,4"/><image href="file:///x"/></svg>'

    assert read_svg(strange) == (("#20252B", ((1, 2), (3, 4))),)


def test_the_last_stroke_can_be_taken_back(asked):
    strokes = (("#20252B", ((1, 2), (30, 40))), ("#20252B", ((9, 9), (9, 10))))
    question = asked(an_item("text", appearance="draw", value=write_svg(strokes)))

    question.answer.back.click()

    assert question.answers == [write_svg(strokes[:1])]


def test_a_chosen_picture_is_made_small_and_kept(asked, tools, tmp_path):
    large = QImage(3000, 1000, QImage.Format.Format_RGB32)
    large.fill(Qt.GlobalColor.blue)
    large.setText("Description", "somebody's street")
    large.save(str(tmp_path / "map.png"))
    question = asked(an_item("image", parameters={"max-pixels": "600"}))

    question.answer.take_file(tmp_path / "map.png")

    kept = tools.pictures.kept["picture-0"]
    assert question.answers == ["picture-0"]
    assert QImage.fromData(kept).width() == 600
    assert b"street" not in kept


def test_a_file_that_is_no_picture_gets_a_sentence(asked, tmp_path):
    (tmp_path / "notes.txt").write_text("Not a picture")
    question = asked(an_item("image"))

    question.answer.take_file(tmp_path / "notes.txt")

    assert question.answer.said.text().startswith("This file is not a picture")
    assert question.answers == []
