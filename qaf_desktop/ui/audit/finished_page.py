"""After completing: a calm page that says what happens now and offers what usually comes next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from qaf_desktop.ui.audit.rows import plain_label
from qaf_desktop.ui.theme import Theme


class FinishedPage(QScrollArea):
    """Sealed: print it, hear the child, or go back to the desk."""

    print_requested = Signal()
    feedback_requested = Signal()
    leave_requested = Signal()

    def __init__(self, theme: Theme, *, title: str, happens: Sequence[str], offers_feedback: bool) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        page.setProperty("role", "page")
        column = QWidget()
        column.setMaximumWidth(theme.pixels(620))
        sign = QLabel()
        sign.setPixmap(theme.pixmap("check", "success", 48))
        self.title = plain_label(title, "title")
        self.waiting = plain_label("", "muted")
        self.waiting.hide()
        self.print = QPushButton("Print…")
        self.print.setProperty("role", "primary")
        theme.decorate(self.print, "print", "on_primary")
        self.print.clicked.connect(self.print_requested)
        self.feedback = QPushButton("Add the child's feedback…")
        theme.decorate(self.feedback, "feedback")
        self.feedback.clicked.connect(self.feedback_requested)
        if not offers_feedback:  # showing it before it has a parent would flash a window of its own
            self.feedback.hide()
        self.leave = QPushButton("Back to My work")
        self.leave.clicked.connect(self.leave_requested)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(14)
        rows.addWidget(sign)
        rows.addWidget(self.title)
        for sentence in happens:
            rows.addWidget(plain_label(sentence, ""))
        rows.addWidget(self.waiting)
        rows.addSpacing(10)
        for button in (self.print, self.feedback, self.leave):
            line = QHBoxLayout()
            line.addWidget(button)
            line.addStretch(1)
            rows.addLayout(line)
        rows.addStretch(1)
        around = QHBoxLayout(page)
        around.setContentsMargins(24, 48, 24, 40)
        around.addStretch(1)
        around.addWidget(column, 1_000)
        around.addStretch(1)
        self.setWidget(page)

    def show_waiting(self, words: str) -> None:
        """What waits to be sent, in a sentence."""
        self.waiting.setText(words)
        self.waiting.setVisible(bool(words))
