"""The program met something it did not expect: what is safe, what to tell those who mend it, and the way out."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QThread, Signal
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout

SAFE = (
    "Everything that was saved is safe: the status bar showed when the last answer was written down, and each answer "
    "is written within a third of a second. Close the program and open it again; you will be where you were."
)


def details_of(error: BaseException, version: str) -> str:
    """What went wrong, for the people who mend it: types and places only, never the words of a message.

    A message could hold something a person typed; a file, a line and a function cannot.
    """
    lines = [f"QAF Desktop {version}", f"Python {platform.python_version()} on {platform.system()}", ""]
    current: BaseException | None = error
    while current is not None:
        lines.append(f"{type(current).__module__}.{type(current).__qualname__}")
        for frame in traceback.extract_tb(current.__traceback__):
            place = frame.filename.replace("\\", "/").rsplit("qaf_desktop/", 1)
            known = f"qaf_desktop/{place[1]}" if len(place) > 1 else place[0].rsplit("/", 1)[-1]
            lines.append(f"  {known}:{frame.lineno} in {frame.name}")
        current = current.__cause__ or current.__context__
    return "\n".join(lines)


class CrashWindow(QDialog):
    """Shown once; closing it ends the program."""

    close_requested = Signal()

    def __init__(self, details: str) -> None:
        super().__init__()
        self.setWindowTitle("QAF Desktop")
        self.setMinimumSize(560, 420)
        self._details = details
        heading = QLabel("Something went wrong in the program")
        heading.setProperty("role", "title")
        sentence = QLabel(SAFE)
        note = QLabel("These details help your IT service. They hold no names and nothing that was typed.")
        note.setProperty("role", "muted")
        for label in (heading, sentence, note):
            label.setWordWrap(True)
        text = QPlainTextEdit(details)
        text.setReadOnly(True)
        text.setAccessibleName("Details")
        text.setTabChangesFocus(True)
        copy = QPushButton("Copy details")
        copy.clicked.connect(self._copy)
        close = QPushButton("Close the program")
        close.setProperty("role", "primary")
        close.setDefault(True)
        close.clicked.connect(self.close_requested)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        for widget in (heading, sentence, note):
            column.addWidget(widget)
        column.addWidget(text, 1)
        column.addLayout(buttons)
        self.rejected.connect(self.close_requested)
        close.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._details)


class Crash(QObject):
    """Takes what nobody expected, from any thread, to one window. Keep it for the life of the application."""

    _raised = Signal(str)

    def __init__(self, version: Callable[[], str], log: Callable[[str], None], leave: Callable[[], None]) -> None:
        """``version`` is asked after a crash only; ``log`` takes what the window shows; ``leave`` ends the program."""
        super().__init__()
        self._version = version
        self._log = log
        self._leave = leave
        self._window: CrashWindow | None = None
        self._raised.connect(self._show, Qt.ConnectionType.AutoConnection)

    def install(self) -> None:
        """Catch what rises in the window's thread and in every other."""
        sys.excepthook = self.caught
        threading.excepthook = lambda seen: self.caught(seen.exc_type, seen.exc_value, seen.exc_traceback)

    def caught(
        self, kind: type[BaseException], error: BaseException | None, where: TracebackType | None = None
    ) -> None:
        """One unexpected failure: noted, and shown if none is on the screen yet."""
        if error is None or issubclass(kind, KeyboardInterrupt | SystemExit):
            self._leave()
            return
        details = details_of(error.with_traceback(where) if where else error, self._version())
        self._log(details)
        self._raised.emit(details)

    def _show(self, details: str) -> None:
        assert QThread.currentThread() is self.thread()  # noqa: S101 - windows live in their own thread
        if self._window is None:
            self._window = CrashWindow(details)
            self._window.close_requested.connect(self._close)
            self._window.setWindowModality(Qt.WindowModality.ApplicationModal)
            self._window.show()

    def _close(self) -> None:
        self._leave()
