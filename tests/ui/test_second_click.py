"""A double click opens a page once and presses nothing on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qaf_desktop.ui.second_click import SecondClick


def _page(qtbot: QtBot) -> tuple[QWidget, QPushButton, list[bool]]:
    page = QWidget()
    button = QPushButton("Discard", page)
    QVBoxLayout(page).addWidget(button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    qtbot.addWidget(page)
    page.show()
    return page, button, pressed


def _second_click(button: QPushButton) -> None:
    """What Qt sends for the second press of a double click, and its release."""
    place = QPointF(5, 5)
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, held in ((QEvent.Type.MouseButtonDblClick, left), (QEvent.Type.MouseButtonRelease, none)):
        event = QMouseEvent(kind, place, button.mapToGlobal(place), left, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(button, event)


def test_the_second_click_of_a_double_click_presses_nothing_on_the_page_it_opened(qtbot: QtBot) -> None:
    page, button, pressed = _page(qtbot)
    SecondClick(page)

    _second_click(button)

    assert pressed == []


def test_afterwards_the_mouse_works_as_ever(qtbot: QtBot) -> None:
    page, button, pressed = _page(qtbot)
    guard = SecondClick(page)

    with qtbot.waitSignal(guard.destroyed, timeout=5_000):
        pass
    _second_click(button)

    assert pressed == [True]
