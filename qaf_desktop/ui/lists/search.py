"""A field that narrows a list while one types."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from qaf_desktop.ui.theme import Theme

WAIT_MILLISECONDS = 120
"""After the last key, so that a quick typist asks the store once."""


class SearchField(QLineEdit):
    """Ctrl+F puts the caret here; Escape clears it."""

    changed = Signal(str)
    """What is looked for, in small letters, without white space around it."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(160)
        self.setMaximumWidth(420)
        self._theme = theme
        self._glass = QLabel(self)
        self._glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self._dress)
        self._dress()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MILLISECONDS)
        self._timer.timeout.connect(self._rested)
        self.textChanged.connect(self._typed)

    def words(self) -> str:
        """What is looked for now."""
        return self.text().strip().lower()

    def _typed(self) -> None:
        self._timer.start()

    def _rested(self) -> None:
        self.changed.emit(self.words())

    def begin(self) -> None:
        """Ready to type over what was looked for before."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The glass stands in the middle of the left edge."""
        super().resizeEvent(event)
        size = self._glass.sizeHint()
        self._glass.setGeometry(12, (self.height() - size.height()) // 2, size.width(), size.height())

    def _dress(self) -> None:
        self._glass.setPixmap(self._theme.pixmap("search", "muted", 18))
        self.setTextMargins(self._theme.pixels(18) + 8, 0, 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape clears."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
