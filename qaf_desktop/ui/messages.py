"""A calm line that says what happened, what is safe and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from qaf_desktop.problems import Problem
from qaf_desktop.ui.theme import Theme

Tone = Literal["problem", "notice", "success"]

_ICONS: dict[Tone, str] = {"problem": "warning", "notice": "info", "success": "check"}
_SPOKEN: dict[Tone, str] = {"problem": "Problem", "notice": "Note", "success": "Done"}


@runtime_checkable
class ShowsMessages(Protocol):
    """A window with a message bar of its own."""

    def show_problem(self, problem: Problem) -> None:
        """Show it where the person is looking."""


def show_problem(near: QWidget, problem: Problem) -> None:
    """Show a problem in the nearest message bar around ``near``; without one, in a small window of its own."""
    widget: QWidget | None = near
    while widget is not None:
        if isinstance(widget, ShowsMessages):
            widget.show_problem(problem)
            return
        widget = widget.parentWidget()
    from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - late: seldom needed, and the door opens sooner

    box = QMessageBox(near)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("QAF Desktop")
    box.setText(problem.happened)
    box.setInformativeText(" ".join(part for part in (problem.safe, problem.next_step) if part))
    box.open()


def announce(widget: QWidget, sentence: str) -> None:
    """Have a screen reader say a sentence without moving the focus."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415 - late, as above

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


class MessageBar(QWidget):
    """One message at a time; it waits until it is closed or replaced and never takes the focus away."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._frame = QFrame()
        self._frame.setObjectName("message_bar")
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._happened = QLabel()
        self._happened.setProperty("role", "strong")
        self._rest = QLabel()
        for label in (self._happened, self._rest):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = QPushButton()
        self._action.setProperty("role", "quiet")
        self._action.clicked.connect(self._act)
        self._deed: Callable[[], None] | None = None
        self._close = QToolButton()
        self._close.setAccessibleName("Close this message")
        self._close.setToolTip("Close this message")
        self._close.clicked.connect(self.clear)
        theme.decorate(self._close, "remove", "text")
        self._lay_out()
        self._tone: Tone = "notice"
        theme.changed.connect(self._dress)
        self.hide()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._happened)
        words.addWidget(self._rest)
        around = QVBoxLayout(self)
        around.setContentsMargins(24, 16, 24, 0)
        around.addWidget(self._frame)
        row = QHBoxLayout(self._frame)
        row.setContentsMargins(16, 12, 8, 12)
        row.setSpacing(12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def sentence(self) -> str:
        """The whole message as it is read aloud; empty when there is none."""
        return " ".join(part for part in (self._happened.text(), self._rest.text()) if part)

    def show_problem(self, problem: Problem, *, action: str = "", act: Callable[[], None] | None = None) -> None:
        """Show an expected failure in its own three sentences; ``action`` and ``act`` as for ``say``."""
        rest = " ".join(part for part in (problem.safe, problem.next_step) if part)
        self.say(problem.happened, rest, tone="problem", action=action, act=act)

    def say(
        self,
        happened: str,
        rest: str = "",
        *,
        tone: Tone = "notice",
        action: str = "",
        act: Callable[[], None] | None = None,
    ) -> None:
        """Show a message; ``action`` is the label of a button that closes it and calls ``act``."""
        self._tone = tone
        self._happened.setText(happened)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self._deed = act
        self._action.setText(action)
        self._action.setVisible(act is not None)
        self.setAccessibleName(f"{_SPOKEN[tone]}. {self.sentence}")
        self._dress()
        self.show()
        announce(self, f"{_SPOKEN[tone]}. {self.sentence}")

    def clear(self) -> None:
        """Take the message away."""
        self._happened.clear()
        self._rest.clear()
        self._deed = None
        self.hide()
        self.closed.emit()

    def clear_good_news(self) -> None:
        """Take a success away, because it belongs to the page before; a problem or a note stays until it is read."""
        if self._tone == "success" and self.sentence:
            self.clear()

    def _act(self) -> None:
        deed = self._deed
        self.clear()
        if deed is not None:
            deed()

    def _dress(self) -> None:
        self._frame.setProperty("tone", self._tone)
        self._frame.style().unpolish(self._frame)
        self._frame.style().polish(self._frame)
        token = {"problem": "danger", "notice": "info", "success": "success"}[self._tone]
        self._icon.setPixmap(self._theme.pixmap(_ICONS[self._tone], token, 20))
