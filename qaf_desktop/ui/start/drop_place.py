"""A place to drop a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from qaf_desktop.ui.theme import Theme


class DropPlace(QFrame):
    """Takes one file that is on this computer."""

    dropped = Signal(object)
    """The ``Path`` of the file."""

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        self._picture = QLabel()
        label = QLabel(words)
        label.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 24)
        column.setSpacing(8)
        for part in (self._picture, label):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)
        theme.changed.connect(self._dress)
        self._dress()

    def take(self, path: str) -> None:
        """A file was chosen some other way."""
        self.dropped.emit(Path(path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome a file from this computer."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()
            self._mark(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went away again."""
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        self._mark(False)
        self.dropped.emit(Path(event.mimeData().urls()[0].toLocalFile()))

    def _mark(self, over: bool) -> None:
        self.setProperty("over", over)
        self.style().unpolish(self)
        self.style().polish(self)

    def _dress(self) -> None:
        self._picture.setPixmap(self._theme.pixmap("open", "muted", 28))
