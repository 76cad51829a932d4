"""The real program in a process of its own, up to the moment at which a person can type.

``python -m tests.bench.starting door FOLDER`` ends when the locked door is painted; ``… typing FOLDER DRAFT PASSPHRASE
PAUSE`` goes on: after PAUSE seconds it presses Unlock, and opens the draft as a person does. Each moment is printed as
it comes, by the clock that all processes of a computer share.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QTextEdit, QWidget

from qaf_desktop import paths
from qaf_desktop.app.program import Program

PATIENCE_SECONDS = 60


class Painted(QObject):
    """Notices the first time a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.yes = False
        widget.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        self.yes |= event.type() == QEvent.Type.Paint
        return False


class Hands:
    """Waits and types in the windows of one program."""

    def __init__(self, folder: Path) -> None:
        self.application = QApplication([])
        self.application.setApplicationName("QAF Desktop")
        self.program = Program(self.application, paths.below(folder))

    def to_the_door(self) -> None:
        """Up to the painted door."""
        self.program.begin()
        assert self.program.beginning is not None
        assert self.program.beginning.window is not None
        painted = Painted(self.program.beginning.window)
        self.until(lambda: painted.yes)

    def through_the_door(self, passphrase: str) -> None:
        """Press Unlock, and wait until my work is listed."""
        assert self.program.beginning is not None
        door = self.program.beginning.window
        assert door is not None
        if passphrase:
            field = door.findChild(QLineEdit)
            assert field is not None
            field.setText(passphrase)
        next(button for button in door.findChildren(QPushButton) if button.text() == "Unlock").click()
        self.until(lambda: self.program.window is not None)
        assert self.program.window is not None
        page: object = self.program.window.current_page()
        self.until(lambda: bool(page.rows()))

    def into_the_draft(self, draft: str) -> QWidget:
        """Open a draft from my work; returns the widget that takes the keys."""
        window = self.program.window
        assert window is not None
        page: object = window.current_page()
        page.draft_opened.emit(draft)
        self.until(lambda: window.current_page() is not page)
        self.until(lambda: self._paper() is not None)
        paper = self._paper()
        assert paper is not None
        painted = Painted(paper.viewport() if isinstance(paper, QPlainTextEdit | QTextEdit) else paper)
        paper.update()
        self.until(lambda: painted.yes)
        return paper

    def type_once(self, paper: QWidget) -> None:
        """Type one letter; what it types into takes it."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
            QApplication.sendEvent(paper, key)
        self.application.processEvents()

    def wait(self, seconds: float) -> None:
        """Do nothing, as somebody who is typing elsewhere."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() >= end)

    def until(self, happened: Callable[[], bool]) -> None:
        """Let the program work until something has happened."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not happened():
            if time.monotonic() > end:
                raise TimeoutError
            self.application.processEvents()
            time.sleep(0.001)

    def end(self) -> None:
        """Close as a person does."""
        if self.program.window is not None:
            self.program.window.close()
        self.program.close()

    def _paper(self) -> QWidget | None:
        focus = self.application.focusWidget()
        page = self.program.window.current_page() if self.program.window else None
        return focus if focus is not None and page is not None and page.isAncestorOf(focus) else None


def tell() -> None:
    """Print this moment."""
    print(time.monotonic(), flush=True)  # noqa: T201


def main(words: list[str]) -> None:
    hands = Hands(Path(words[1]))
    hands.to_the_door()
    tell()
    if words[0] == "typing":
        draft, passphrase, pause = words[2:]
        hands.wait(float(pause))
        tell()
        hands.through_the_door(passphrase)
        tell()
        paper = hands.into_the_draft(draft)
        hands.type_once(paper)
        tell()
    hands.end()


if __name__ == "__main__":
    main(sys.argv[1:])
