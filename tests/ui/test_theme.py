import sys
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontInfo, QImage
from PySide6.QtWidgets import QLabel, QPushButton

from qaf_desktop.domain.grades import Grade
from qaf_desktop.ui.palettes import PALETTES
from qaf_desktop.ui.steady import keep_singletons
from qaf_desktop.ui.theme import TEXT_PERCENTS, grade_look

from .conftest import RESOURCES


def test_the_programs_own_font_is_used(theme):
    assert QFontInfo(theme.font()).family() == "Noto Sans"


@pytest.mark.parametrize("choice", PALETTES)
def test_a_chosen_look_colours_the_application(theme, qapp, choice):
    theme.choose(choice)

    assert qapp.palette().window().color().name().upper() == PALETTES[choice]["window"]


def test_by_default_the_look_follows_the_computer(theme, qapp, monkeypatch):
    theme.choose("system")

    assert theme.look in {"light", "dark", "high-contrast"}
    assert qapp.palette().window().color().name().upper() == PALETTES[theme.look]["window"]


def test_text_grows_to_twice_its_size(theme, qtbot):
    label = QLabel("Words")
    qtbot.addWidget(label)
    before = label.sizeHint().height()

    theme.resize_text(200)

    assert theme.pixels(15) == 30
    assert label.sizeHint().height() >= before * 1.8


def test_larger_and_smaller_stop_at_the_ends(theme):
    for _ in range(10):
        theme.larger()
    assert theme.text_percent == TEXT_PERCENTS[-1] == 200

    for _ in range(10):
        theme.smaller()
    assert theme.text_percent == 100


def test_an_icon_takes_the_colour_of_the_look_and_follows_it(theme, qtbot):
    button = QPushButton("Add")
    qtbot.addWidget(button)
    theme.decorate(button, "add", "text")

    theme.choose("dark")

    assert PALETTES["dark"]["text"] in _colours(button.icon().pixmap(40, 40).toImage())


def test_every_grade_has_its_own_word_and_its_own_shape():
    looks = [grade_look(grade.value) for grade in Grade]

    assert len({look.word for look in looks}) == len(looks)
    assert len({look.shape for look in looks}) == len(looks)


def test_a_grade_of_another_scale_keeps_its_word():
    assert grade_look("MET").word == "MET"
    assert grade_look("").word == "Not graded"


@pytest.mark.parametrize("path", sorted((RESOURCES / "icons").rglob("*.svg")), ids=lambda path: path.stem)
def test_every_drawing_is_a_drawing(path):
    root = ElementTree.fromstring(path.read_text("utf-8"))  # noqa: S314 - our own file

    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("viewBox") in {"0 0 24 24", "0 0 64 64"}


def test_none_does_not_run_out(qapp):
    keep_singletons()
    keep_singletons()

    for _ in range(100):
        QCoreApplication.processEvents()

    assert sys.getrefcount(None) > 1_000_000_000


def _colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
