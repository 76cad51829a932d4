"""Hands for the demonstration: they wait, look, click and type in the real windows, as a person would."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from qaf_desktop.ui.questions.line_answers import DateAnswer, LineAnswer
from qaf_desktop.ui.questions.options import Options
from qaf_desktop.ui.questions.question import Question
from qaf_desktop.ui.questions.search_list import SearchList
from qaf_desktop.ui.questions.text import TextAnswer

PATIENCE_SECONDS = 60.0
TYPED_BY_HAND = 24
"""Characters of a long answer that are typed; the rest arrives in one piece, as dictated text does."""


faults: list[BaseException] = []
"""What went wrong inside the windows while the hands were at work; the first one ends the demonstration."""


def notice_faults() -> None:
    """Let a fault in a window end the demonstration instead of passing by on the terminal."""
    sys.excepthook = lambda _kind, error, _where: faults.append(error)
    qInstallMessageHandler(_qt_said)


def _qt_said(_kind: QtMsgType, _where: object, words: str) -> None:
    if not words.startswith("This plugin does not support"):  # what a screen that is not there cannot do
        print(words, file=sys.stderr)  # noqa: T201


class Stuck(RuntimeError):
    """The demonstration waited for something that did not happen: a fault of the program."""


def wait_for(what: str, happened: Callable[[], bool]) -> None:
    """Let the program work until something has happened.

    Raises:
        Stuck: it did not, within a minute.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        if faults:
            raise Stuck(f"a fault came up while waiting for {what}") from faults[0]
        if time.monotonic() > end:
            raise Stuck(f"waited in vain for {what}")
        QApplication.processEvents()
        time.sleep(0.005)


def settle(milliseconds: int = 60) -> None:
    """Let what was just done come to rest on the screen."""
    QTest.qWait(milliseconds)


def click(button: QAbstractButton) -> None:
    """Press a button that can be pressed."""
    wait_for(f"“{button.text()}” to be ready", lambda: button.isVisible() and button.isEnabled())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def type_into(field: QLineEdit, words: str) -> None:
    """Type words into a line, in place of what stood there."""
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)


def answer(question: Question, value: str) -> None:
    """Answer one question with the mouse and the keyboard.

    Raises:
        Stuck: the question did not take the value.
    """
    before = question.item.ref
    box = question.answer
    if isinstance(box, Options):
        wanted = set(value.split())
        for choice, button in zip(question.item.choices, box.buttons, strict=True):
            if button.isChecked() != (choice.value in wanted) and (choice.value in wanted or box.several):
                button.setFocus()
                button.click()
    elif isinstance(box, SearchList):
        _choose(box, question, value)
    elif isinstance(box, LineAnswer):
        field = box.findChild(QLineEdit)
        if field is None:
            raise Stuck("an answer has no line to type in")
        type_into(field, f"{date.fromisoformat(value):%d/%m/%Y}" if isinstance(box, DateAnswer) else value)
        QTest.keyClick(field, Qt.Key.Key_Tab)
    elif isinstance(box, TextAnswer):
        _write(box, value)
    else:
        raise Stuck(f"no way to answer a question of type {question.item.type}")
    QApplication.processEvents()
    wait_for(f"{before} to hold its answer", lambda: box.value() == value)


def picture(widget: QWidget, path: Path) -> None:
    """Keep a picture of a window as it stands."""
    settle()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not widget.grab().save(str(path)):
        raise Stuck(f"no picture could be written to {path.name}")


def _choose(box: SearchList, question: Question, value: str) -> None:
    label = next(choice.label for choice in question.item.choices if choice.value == value)
    field = box.box.lineEdit()
    if field is None:
        raise Stuck("a list has no line to search in")
    type_into(field, label)
    QTest.keyClick(field, Qt.Key.Key_Return)


def _write(box: TextAnswer, words: str) -> None:
    paper = box.keyboard()
    paper.setFocus()
    QTest.keyClicks(paper, words[:TYPED_BY_HAND].replace("\n", " "))
    if rest := words[TYPED_BY_HAND:]:
        paper.insertPlainText(rest)  # type: ignore[attr-defined]
