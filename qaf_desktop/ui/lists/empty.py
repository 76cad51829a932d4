"""What stands where a list will be, when there is nothing in it yet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from qaf_desktop.ui.theme import Theme


class EmptyState(QWidget):
    """A picture, a heading, a sentence, and the one thing to do next when there is one."""

    acted = Signal()

    def __init__(self, theme: Theme, drawing: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawing = drawing
        self._picture = QLabel()
        self._heading = QLabel()
        self._heading.setProperty("role", "heading")
        self._sentence = QLabel()
        self._sentence.setProperty("role", "muted")
        self._button = QPushButton()
        self._button.clicked.connect(self.acted)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 32)
        column.setSpacing(12)
        column.addStretch(2)
        for label in (self._picture, self._heading, self._sentence):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(label is not self._picture)
            column.addWidget(label)
        column.addSpacing(4)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        theme.changed.connect(self._dress)
        self._dress()

    def say(self, heading: str, sentence: str, button: str = "") -> None:
        """The words; without a ``button`` there is none."""
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        self._button.setText(button)
        self._button.setVisible(bool(button))

    def _dress(self) -> None:
        self._picture.setPixmap(self._theme.pixmap(self._drawing, "muted", 48))
